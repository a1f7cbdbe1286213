"""Carriers of old and binary tables (.xls, .xlsb, .dbf, .db)."""

from __future__ import annotations

import sqlite3
import struct

import builders_xls as old
import builders_xlsb as new
from builders_cfb import compound
from builders_dbf import dbf
from builders_ooxml import Relation
from builders_vba import project

from .carrier import Carrier, declared, hidden, seen

B4 = "名单!B4"
NOTE_OBJECT, TEXT_BOX = 0x19, 0x06
NAME = [("证件号", "C", 30)]


def old_cell(text: str, *, around: bytes = b"", globals_: bytes = b"", state: int = 0, style: int = 0) -> bytes:
    """A .xls with the text in B4."""
    return old.xls(around + old.label(3, 1, text, style), globals_=globals_, state=state)


def old_only(records: bytes, globals_: bytes = b"") -> bytes:
    """A .xls with one plain cell and these records."""
    return old.xls(old.label(0, 0, "公示") + records, globals_=globals_)


def old_name(text: str) -> bytes:
    code = old.ptg_text(text)
    head = struct.pack("<HBBHHHBBBB", 0, 0, 1, len(code), 0, 0, 0, 0, 0, 0)
    return old_only(b"", old.record(0x0018, head, old.text8("n", 1)[1:], code))


def old_formula(text: str) -> bytes:
    value, behind = old.string_result("公示")
    return old_only(old.formula(3, 1, old.ptg_text(text), value) + behind)


def old_link(text: str) -> bytes:
    address = f"http://example.test/{text}".encode("utf-16-le") + b"\0\0"
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(address)) + address
    return old_only(old.link(3, 1, 0x3, moniker))


def old_pivot(text: str) -> bytes:
    field = old.record(0x00C7, struct.pack("<7H", 1, 0, 0, 0, 0, 0, 1), old.text8("证件号"))
    cache = field + old.record(0x00CD, old.text8(text)) + old.record(0x00C8, b"\0")
    return compound({"Workbook": old_only(b""), "_SX_DB_CUR": {"0001": cache}})


def old_external(text: str) -> bytes:
    book = old.record(0x01AE, struct.pack("<H", 1), old.text8("\x01\x01D\x03x.xls"), old.text8("表"))
    cells = old.record(0x0059, struct.pack("<HH", 1, 0)) + old.record(
        0x005A, struct.pack("<BBH", 1, 1, 3), b"\2", old.text8(text)
    )
    return old_only(b"", book + cells)


def white_old(text: str) -> bytes:
    fonts = old.font() * 4 + old.font(9)
    return old_cell(text, globals_=fonts + old.xf() + old.xf(5), style=1)


def new_cell(text: str, *, before: bytes = b"", flags: int = 0, state: int = 0) -> bytes:
    """A .xlsb with the text in B4."""
    rows = new.row(3, new.inline(1, text), flags=flags)
    return new.xlsb(new.Sheet(rows=rows, before=before, state=state))


def new_only(after: bytes = b"", **rest: object) -> bytes:
    """A .xlsb with one plain cell, and these records after its cells."""
    return new.xlsb(new.Sheet(rows=new.row(0, new.inline(0, "公示")), after=after), **rest)


def new_comment(text: str) -> bytes:
    area = struct.pack("<4I", 3, 3, 1, 1)
    content = new.record(635, bytes(4), area, bytes(16)) + new.record(637, new.rich(text))
    relation = Relation(id="r1", kind="comments", target="../comments1.bin")
    sheet = new.Sheet(rows=new.row(0, new.inline(0, "公示")), relations=[relation])
    return new.xlsb(sheet, parts={"xl/comments1.bin": content})


def new_name(text: str) -> bytes:
    head = struct.pack("<IBI", 0, 0, 0xFFFFFFFF)
    return new_only(workbook=new.record(39, head, new.wide("n"), new.code(new.ptg_text(text)), new.wide("")))


def database(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in ("PRAGMA secure_delete=OFF", *statements):
        connection.execute(statement)
    data = connection.serialize()
    connection.close()
    return data


OLD: tuple[Carrier, ...] = (
    seen("xls cell.xls", B4, old_cell),
    seen("xls shared string.xls", B4, lambda n: old.xls(old.shared(3, 1, 0), globals_=old.sst(old.text8(n)))),
    hidden("xls hidden sheet.xls", B4, lambda n: old_cell(n, state=1)),
    hidden("xls very hidden sheet.xls", B4, lambda n: old_cell(n, state=2)),
    hidden(
        "xls hidden row.xls",
        B4,
        lambda n: old_cell(n, around=old.record(0x0208, struct.pack("<8H", 3, 0, 9, 300, 0, 0, 0x20, 0))),
    ),
    hidden(
        "xls hidden column.xls",
        B4,
        lambda n: old_cell(n, around=old.record(0x007D, struct.pack("<6H", 1, 1, 2000, 0, 1, 0))),
    ),
    hidden("xls white letters.xls", B4, white_old),
    hidden(
        "xls orphan string.xls",
        "共享字符串（未使用）",
        lambda n: old.xls(old.shared(0, 0, 0), globals_=old.sst(old.text8("公示"), old.text8(n))),
    ),
    hidden("xls formula.xls", f"{B4} 公式", old_formula),
    hidden("xls constant name.xls", "名称 n", old_name),
    hidden(
        "xls note.xls",
        f"{B4} 批注",
        lambda n: old_only(old.drawn(old.shape((2, 2)), NOTE_OBJECT, 7, n) + old.note(3, 1, 7, "作者")),
    ),
    seen("xls text box.xls", "名单!C3 图形文字", lambda n: old_only(old.drawn(old.shape((2, 2)), TEXT_BOX, 1, n))),
    hidden("xls hyperlink.xls", f"{B4} 链接", old_link),
    hidden("xls pivot cache.xls", "透视表缓存1", old_pivot),
    hidden("xls external cells.xls", "外部链接1!", old_external),
    seen("xls header.xls", "名单 页眉", lambda n: old_only(old.record(0x0014, old.text8(f"&C证号{n}")))),
    hidden("xls unknown record.xls", "残留文字", lambda n: old_only(old.record(0x0867, bytes(7), old.text8(n)))),
    hidden(
        "xls unknown record in UTF-16.xls",
        "残留文字",
        lambda n: old_only(old.record(0x0867, bytes(7), n.encode("utf-16-le"))),
    ),
    hidden("xls behind the end.xls", "残留文字", lambda n: old_only(b"") + b"\xff" * 4 + n.encode()),
    hidden(
        "xls older copy.xls",
        "旧版副本!",
        lambda n: compound({"Workbook": old_only(b""), "Book": old_cell(n)}),
    ),
    declared("xls password.xls", "已加密", lambda n: old.locked([old.Sheet(records=old.label(3, 1, n))], "另一个口令")),
    hidden(
        "xls macro.xls",
        "宏",
        lambda n: compound({"Workbook": old_only(b""), "_VBA_PROJECT_CUR": project(Module1=f"' 证号{n}")}),
    ),
)

NEW: tuple[Carrier, ...] = (
    seen("xlsb cell.xlsb", B4, new_cell),
    hidden("xlsb hidden sheet.xlsb", B4, lambda n: new_cell(n, state=2)),
    hidden("xlsb hidden row.xlsb", B4, lambda n: new_cell(n, flags=0x10)),
    hidden(
        "xlsb hidden column.xlsb",
        B4,
        lambda n: new_cell(n, before=new.record(60, struct.pack("<4IH", 1, 1, 2000, 0, 1))),
    ),
    hidden("xlsb orphan string.xlsb", "共享字符串（未使用）", lambda n: new_only(strings=[new.rich(n)])),
    hidden("xlsb comment.xlsb", f"{B4} 批注", new_comment),
    hidden("xlsb constant name.xlsb", "名称 n", new_name),
    hidden("xlsb unknown record.xlsb", "残留文字", lambda n: new_only(new.record(1999, bytes(3), new.wide(n)))),
    hidden("xlsb unknown part.xlsb", "残留文字", lambda n: new_only(parts={"xl/x.bin": new.record(7, new.wide(n))})),
)

BASES: tuple[Carrier, ...] = (
    seen("dbf field.dbf", "第1条 证件号", lambda n: dbf(NAME, [(b" ", [n.encode()])])),
    hidden("dbf deleted record.dbf", "已删除的记录", lambda n: dbf(NAME, [(b"*", [n.encode()])])),
    hidden(
        "dbf beyond the count.dbf", "表尾以外", lambda n: dbf(NAME, [(b" ", [b"1"]), (b" ", [n.encode()])], count=1)
    ),
    hidden("dbf behind the records.dbf", "表尾 残留文字", lambda n: dbf(NAME, [], tail=b"\x1a" + n.encode())),
    seen("sqlite field.db", "t 第1行 a", lambda n: database("CREATE TABLE t (a)", f"INSERT INTO t VALUES ('{n}')")),
    hidden("sqlite default value.db", "结构 t", lambda n: database(f"CREATE TABLE t (a DEFAULT '{n}')")),
    hidden(
        "sqlite deleted row.db",
        "已删除的数据",
        lambda n: database("CREATE TABLE t (a)", f"INSERT INTO t VALUES ('{n}')", "DELETE FROM t"),
    ),
)

CARRIERS: tuple[Carrier, ...] = (*OLD, *NEW, *BASES)
