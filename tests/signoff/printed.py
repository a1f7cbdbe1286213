"""What stands on a printed page."""

from __future__ import annotations

import io

from docx import Document


def text_of(data: bytes) -> str:
    page = Document(io.BytesIO(data))
    cells = [cell.text for table in page.tables for row in table.rows for cell in dict.fromkeys(row.cells)]
    return "\n".join((*(one.text for one in page.paragraphs), *cells))
