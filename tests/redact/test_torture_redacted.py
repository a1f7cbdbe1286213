"""Hard files from elsewhere with a number planted in them: the copy is clear, and the number is in none of its bytes.

They are not ours to ship: see tests/extract/test_torture.py. What is not read and can be seen counts as looked at.
Tried where REVIEWER_ALL_CARRIERS is set: half a minute.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from redacting import DAY, proposed, reviewed

from reviewer.errors import RedactionError
from reviewer.redact.masks import How, masking
from reviewer.redact.search import left_over
from reviewer.screen import screener_for, settings
from reviewer.screen.redaction import Redaction, redacted
from reviewer.terms import Action, Decision

FOLDER = Path(os.environ.get("REVIEWER_TORTURE") or Path(__file__).parents[3] / "shared" / "data" / "torture")
NUMBER = "529931191506184862"
SAID = f"身份证号{NUMBER}"


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The package with the first part of this name changed."""
    out = io.BytesIO()
    done = False
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if not done and re.fullmatch(name, info.filename):
                content, done = change(content.decode()).encode(), True
            new.writestr(info, content)
    assert done
    return out.getvalue()


def in_word(data: bytes) -> bytes:
    return changed(
        data,
        "word/document.xml",
        lambda xml: re.sub(r"(<w:body[^>]*>)", rf"\1<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>", xml),
    )


def in_sheet(data: bytes) -> bytes:
    cell = f'<row r="9001"><c r="A9001" t="inlineStr"><is><t>{SAID}</t></is></c></row>'
    return changed(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", f"{cell}</sheetData>").replace(
            "<sheetData/>", f"<sheetData>{cell}</sheetData>"
        ),
    )


def on_slide(data: bytes) -> bytes:
    return changed(data, "ppt/slides/slide1.xml", lambda xml: re.sub(r"<a:t>", f"<a:t>{SAID} ", xml, count=1))


def on_page(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        helvetica = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        name = page.add_resource(pdf.make_indirect(helvetica), pikepdf.Name.Font)
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q BT {name} 9 Tf 20 20 Td (Holder {NUMBER} of the card) Tj ET".encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


PLANTERS = {".docx": in_word, ".xlsx": in_sheet, ".pptx": on_slide, ".pdf": on_page}
PACKED = {"13_password_pass.docx", "15_truncated.docx", "49_password_needed.pdf"}  # nothing can be planted in them
WANTED = bool(os.environ.get("REVIEWER_ALL_CARRIERS")) and FOLDER.is_dir()
FILES = sorted(p for p in FOLDER.glob("*") if p.suffix in PLANTERS) if WANTED else []
REFUSED = {"34_xml_bomb.xlsx": "DOCTYPE", "47_incremental_updates.pdf": "重新生成 PDF"}


def copied(name: str, data: bytes) -> Redaction:
    source, review = reviewed(name, data)
    plan = proposed(review)
    seen = replace(plan, looks=tuple(replace(look, how=How.KEEP) for look in plan.looks))
    assert name in REFUSED or any(NUMBER in review.document.text[o.start : o.end] for o in seen.operations)
    return redacted(screener_for(settings(None, DAY)), source, review, seen, masking())


@pytest.mark.parametrize("path", [p for p in FILES if p.name not in PACKED], ids=lambda path: path.name)
def test_a_number_planted_in_a_hard_file_is_gone(path: Path) -> None:
    data = PLANTERS[path.suffix](path.read_bytes())
    if path.name in REFUSED:
        with pytest.raises(RedactionError, match=REFUSED[path.name]):
            copied(path.name, data)
        return
    made = copied(path.name, data)
    kept = made.certificate.looked_at
    assert made.review.verdict.decision is Decision.CLEAR or kept
    assert all(finding.action is Action.NOTE for finding in made.review.verdict.findings)
    assert left_over(made.data, [NUMBER], "") == {}


@pytest.mark.parametrize("name", sorted(PACKED))
def test_what_cannot_be_opened_is_refused_with_what_to_do(name: str) -> None:
    if not (FOLDER / name).is_file():
        pytest.skip("not here")
    source, review = reviewed(name, (FOLDER / name).read_bytes())
    with pytest.raises(RedactionError, match=r"密码|损坏"):
        redacted(screener_for(settings(None, DAY)), source, review, proposed(review), masking())
