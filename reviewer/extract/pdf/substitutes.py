"""ActualText: words that stand in for what is drawn. pdfium reads the words; a reader sees the drawing."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from reviewer.extract.pdf.survey import Survey
from reviewer.extract.pdf.values import content_streams, stream_bytes

_KEY = b"/ActualText"
_IGNORED = b"/ActualTexX"  # of the same length, and no key that anybody knows


def without_substitutes(pdf: pikepdf.Pdf, found: Survey) -> bytes | None:
    """The file with every ActualText disarmed, so that the drawn characters are read; None if it has none."""
    changed = bool(found.substitutes)
    for holder in found.substitutes:
        del holder["/ActualText"]
    contents = (stream for page in pdf.pages for stream in content_streams(page.obj))
    for stream in (*contents, *found.drawings):
        content = stream_bytes(stream)
        if _KEY in content:
            stream.write(content.replace(_KEY, _IGNORED))
            changed = True
    return saved(pdf) if changed else None


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file as pikepdf writes it: whole, whatever it was before."""
    target = BytesIO()
    pdf.save(target, fix_metadata_version=False)
    return target.getvalue()
