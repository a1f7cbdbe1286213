"""Carriers of data: JSON, XML, SVG and dBASE."""

from __future__ import annotations

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
)
