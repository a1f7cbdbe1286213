"""Carriers of data: JSON, XML, SVG, dBASE, and old workbooks as xlwt writes them."""

from __future__ import annotations

import io
import json
import struct

from .carrier import Carrier, hidden, seen


def dbf(*records: tuple[bytes, str]) -> bytes:
    """A table with one field of 30 characters; each record is its mark and its text."""
    size = 32 + 32 + 1
    head = struct.pack("<BBBBIHH20x", 3, 126, 1, 1, len(records), size, 31)
    field = b"ZJHM".ljust(11, b"\0") + b"C" + bytes(4) + bytes([30, 0]) + bytes(14)
    rows = b"".join(mark + text.encode("gb18030").ljust(30) for mark, text in records)
    return head + field + b"\r" + rows + b"\x1a"


def book(rows: list[list[str]], **changes: object) -> bytes:
    """An old workbook; `changes` are attributes of its second sheet's or row's settings."""
    import xlwt

    file = xlwt.Workbook()
    sheet = file.add_sheet("名单")
    for at, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.write(at, column, text)
    if changes.get("row"):
        sheet.row(1).hidden = True
    if changes.get("column"):
        sheet.col(1).hidden = True
    if changes.get("state"):
        file.add_sheet("公示").write(0, 0, "公示")
        file.set_active_sheet(1)
        sheet.visibility = changes["state"]
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def rows(number: str) -> list[list[str]]:
    return [["姓名", "身份证号"], ["张三", number]]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'

CARRIERS: tuple[Carrier, ...] = (
    seen("json value.json", "证号", lambda n: json.dumps([{"姓名": "张三", "证号": n}], ensure_ascii=False).encode()),
    seen(
        "json escaped.json",
        "$.a",
        lambda n: json.dumps({"a": "".join(f"\\u{ord(c):04x}" for c in n)}).replace("\\\\", "\\").encode(),
    ),
    seen("json number.json", "$.a.b", lambda n: b'{"a": {"b": [1, "' + n.encode() + b'"]}}'),
    seen("json key.json", "$.", lambda n: json.dumps({n: 1, "b": "c"}).encode()),
    seen(
        "xml element.xml",
        "/名单/人/证号",
        lambda n: f"<?xml version='1.0'?><名单><人><证号>{n}</证号></人></名单>".encode(),
    ),
    seen("xml attribute.xml", "/r/p/@id", lambda n: f"<?xml version='1.0'?><r><p id='{n}'>甲</p></r>".encode()),
    hidden("xml comment.xml", "注释", lambda n: f"<?xml version='1.0'?><r><!-- {n} --><p>甲</p></r>".encode()),
    seen("xml cdata.xml", "/r", lambda n: f"<?xml version='1.0'?><r><![CDATA[{n}]]></r>".encode()),
    seen("svg text.svg", "文字1", lambda n: SVG.format(f"<text x='1' y='5'>{n}</text>").encode()),
    hidden("svg description.svg", "说明1", lambda n: SVG.format(f"<desc>{n}</desc>").encode()),
    hidden("svg comment.svg", "注释", lambda n: SVG.format(f"<!-- {n} -->").encode()),
    seen("dbf record.dbf", "第1条", lambda n: dbf((b" ", n), (b" ", "无"))),
    hidden("dbf deleted record.dbf", "第2条（已删除的记录）", lambda n: dbf((b" ", "无"), (b"*", n))),
    seen("xls cell.xls", "名单!B2", lambda n: book(rows(n))),
    hidden("xls hidden sheet.xls", "名单!B2", lambda n: book(rows(n), state=1)),
    hidden("xls very hidden sheet.xls", "名单!B2", lambda n: book(rows(n), state=2)),
    hidden("xls hidden row.xls", "名单!B2", lambda n: book(rows(n), row=True)),
    hidden("xls hidden column.xls", "名单!B2", lambda n: book(rows(n), column=True)),
)
