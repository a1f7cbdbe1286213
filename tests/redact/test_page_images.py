"""Pictures of the pages before and after: as many, and the same but for the lines on which something was taken out."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from builders_pdf import drawn, text
from openpyxl.styles import Border, Side
from redacting import NUMBER, Made, redact

SOFFICE = shutil.which("soffice")
PHONE = "16171247945"
SCALE = 1.5  # pixels a point
SLACK = 6  # pixels, under half a line: edges are soft, and a bar is as high as the tallest letter would be
ROWS = [("序号", "姓名", "身份证号"), *((at, f"户{at}", NUMBER if at == 9 else "") for at in range(1, 40))]


def paper() -> bytes:
    made = docx.Document()
    made.add_heading("关于补助发放的公示", 1)
    for at in range(30):
        made.add_paragraph(f"第{at}条　经审核，下列事项予以公示，公示期五个工作日。")
    made.add_paragraph(f"联系电话：{PHONE}（工作时间拨打）。")
    table = made.add_table(rows=0, cols=3, style="Table Grid")
    for row in ROWS:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    return saved(made)


def book() -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.append(["补助发放名单"])
    page.merge_cells("A1:C1")
    line = Side(style="thin")
    for row in ROWS:
        page.append(row)
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
    page.column_dimensions["C"].width = 26
    return saved(made)


def saved(made: object) -> bytes:
    out = io.BytesIO()
    made.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def bands(page: pypdfium2.PdfPage, values: Iterable[str]) -> Iterator[tuple[float, float]]:
    """The rows of pixels of each line on which one of the values stands."""
    letters = page.get_textpage()
    height = page.get_height()
    for value in values:
        search = letters.search(value)
        while (hit := search.get_next()) is not None:
            boxes = [letters.get_charbox(hit[0] + at) for at in range(hit[1])]
            top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
            yield (height - top) * SCALE - SLACK, (height - bottom) * SCALE + SLACK


def differing_rows(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> list[int]:
    before, after = (page.render(scale=SCALE, grayscale=True).to_numpy() for page in (one, other))
    assert before.shape == after.shape
    return [row for row in range(before.shape[0]) if (before[row] != after[row]).any()]


def compare(before: bytes, after: bytes, values: Iterable[str]) -> None:
    values = tuple(values)
    original, copy = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
    assert len(original) == len(copy)
    changed = 0
    for one, other in zip(original, copy, strict=True):
        where = list(bands(one, values))
        rows = differing_rows(one, other)
        assert not [row for row in rows if not any(low <= row <= high for low, high in where)]
        changed += bool(rows)
    assert changed


def taken_out(made: Made) -> list[str]:
    return [made.review.document.text[one.start : one.end] for one in made.plan.operations]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_pages_of_office_files_differ_only_on_the_lines_of_what_was_taken_out(tmp_path: Path) -> None:
    files = {"公示.docx": paper(), "名单.xlsx": book()}
    made = {name: redact(name, data) for name, data in files.items()}
    for name, data in files.items():
        (tmp_path / f"before {name}").write_bytes(data)
        (tmp_path / f"after {name}").write_bytes(made[name].data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    given = [str(path) for path in tmp_path.iterdir()]
    subprocess.run([*words, *given], check=True, capture_output=True, timeout=100)
    for name in files:
        before, after = (tmp_path / f"{when} {Path(name).stem}.pdf" for when in ("before", "after"))
        compare(before.read_bytes(), after.read_bytes(), taken_out(made[name]))


def test_pages_of_a_pdf_differ_only_on_the_lines_of_what_was_taken_out() -> None:
    lines = ("Notice of payments", "Holder 529931191506184862 of the card", "The second line stays")
    data = drawn(text(*lines), text("The next page stays"))
    made = redact("notice.pdf", data)
    compare(data, made.data, taken_out(made))
