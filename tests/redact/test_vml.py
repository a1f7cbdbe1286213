"""Buttons and comments of a workbook in the older drawing language: what is shown stays, masked; the rest goes."""

from __future__ import annotations

import io
import zipfile

from builders_ooxml import NAMESPACES, Extra, Relation, Sheet, cell, row, xlsx
from redacting import redact

from reviewer.redact.search import left_over
from reviewer.terms import Decision

NUMBER = "529931191506184862"
EXCEL = "urn:schemas-microsoft-com:office:excel"
NOTE = ("", "Note")  # the words of a comment stand in a part of their own


def shape(text: str, kind: str, more: str = "") -> str:
    data = f'<e:ClientData xmlns:e="{EXCEL}" ObjectType="{kind}"><e:Anchor>1, 2</e:Anchor>{more}</e:ClientData>'
    return f"<v:shape><v:textbox><div>{text}</div></v:textbox>{data}</v:shape>"


def book(*shapes: str) -> bytes:
    drawing = Extra(name="drawings/1.vml", content=f"<xml {NAMESPACES}>{''.join(shapes)}</xml>")
    relations = [Relation(id="r1", kind="vmlDrawing", target="../drawings/1.vml")]
    rows = row(1, cell("A1", "公示")) + row(2, cell("A2", NUMBER))
    return xlsx(Sheet(rows=rows, after='<legacyDrawing r:id="r1"/>', relations=relations), extras=[drawing])


def test_a_button_is_masked_and_comments_and_macros_go() -> None:
    made = redact(
        "名单.xlsx",
        book(shape(f"查询<font>{NUMBER}</font>：见表", "Button", "<e:FmlaMacro>查</e:FmlaMacro>"), shape(*NOTE)),
    )
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert left_over(made.data, [NUMBER], "") == {}
    copy = zipfile.ZipFile(io.BytesIO(made.data))
    drawing = copy.read("xl/drawings/1.vml").decode()
    assert "查询<font>****</font>：见表" in drawing
    assert drawing.count("<v:shape") == 1
    assert "FmlaMacro" not in drawing
    assert "legacyDrawing" in copy.read("xl/worksheets/sheet1.xml").decode()


def test_a_drawing_that_holds_only_comments_goes() -> None:
    copy = zipfile.ZipFile(io.BytesIO(redact("名单.xlsx", book(shape(*NOTE))).data))
    assert not [name for name in copy.namelist() if name.endswith(".vml")]
    assert "legacyDrawing" not in copy.read("xl/worksheets/sheet1.xml").decode()
