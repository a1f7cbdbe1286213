"""Binary workbooks made in memory, record by record ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from builders_ooxml import Relation, content_types, pack, relations_part

MAIN_TYPE = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"


def record(kind: int, *data: bytes) -> bytes:
    """One record: kind in one byte or two, length in as many as it needs."""
    whole = b"".join(data)
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(whole), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + whole


def wide(text: str) -> bytes:
    """A string."""
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def rich(text: str, runs: bytes = b"", phonetic: str = "") -> bytes:
    """A string with runs of fonts and phonetic signs."""
    flags = bool(runs) | bool(phonetic) << 1
    extra = struct.pack("<I", len(runs) // 4) + runs if runs else b""
    return bytes([flags]) + wide(text) + extra + (wide(phonetic) + bytes(4) if phonetic else b"")


def row(number: int, *cells: bytes, flags: int = 0, height: int = 300) -> bytes:
    """A row header and its cells."""
    head = record(0, struct.pack("<IIHBBBI", number, 0, height, 0, flags, 0, 0))
    return head + b"".join(cells)


def cell(kind: int, column: int, *data: bytes, style: int = 0) -> bytes:
    """A cell of any kind."""
    return record(kind, struct.pack("<II", column, style), *data)


def inline(column: int, text: str, style: int = 0) -> bytes:
    """A cell with its text in it."""
    return cell(6, column, wide(text), style=style)


def shared(column: int, index: int, style: int = 0) -> bytes:
    """A cell with a shared string."""
    return cell(7, column, struct.pack("<I", index), style=style)


def real(column: int, value: float, style: int = 0) -> bytes:
    """A cell with a number."""
    return cell(5, column, struct.pack("<d", value), style=style)


def code(tokens: bytes, extra: bytes = b"") -> bytes:
    """A formula with the lengths around it."""
    return struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", len(extra)) + extra


def formula_text(column: int, text: str, tokens: bytes, extra: bytes = b"") -> bytes:
    """A formula whose saved result is text."""
    return cell(8, column, wide(text), b"\0\0", code(tokens, extra))


def ptg_text(text: str) -> bytes:
    """The token of a text."""
    units = text.encode("utf-16-le")
    return b"\x17" + struct.pack("<H", len(units) // 2) + units


def ptg_ref(number: int, column: int) -> bytes:
    """The token of a relative reference."""
    return b"\x44" + struct.pack("<IH", number, column | 0xC000)


def styles(*, fonts: bytes = b"", fills: bytes = b"", codes: bytes = b"", xfs: bytes = b"") -> bytes:
    """A styles part: plain ones first, then these."""
    return (
        codes
        + font()
        + fonts
        + record(45, struct.pack("<I", 0), bytes(64))
        + fills
        + record(626)
        + xf()
        + record(627)
        + record(617, struct.pack("<I", 1))
        + xf()
        + xfs
        + record(618)
    )


def colour(kind: int, index: int = 0, rgb: bytes = b"\0\0\0", shade: int = 0) -> bytes:
    """A colour: 1 by index, 2 by itself, 3 by theme."""
    return struct.pack("<BBh", kind << 1 | 1, index, shade) + rgb + b"\xff"


def font(ink: bytes = bytes(8), height: int = 220) -> bytes:
    """A font."""
    return record(43, struct.pack("<HHHHBBBB", height, 0, 400, 0, 0, 0, 0, 0), ink, b"\0", wide("宋体"))


def fill(front: bytes) -> bytes:
    """A solid fill."""
    return record(45, struct.pack("<I", 1), front, bytes(56))


def xf(number_code: int = 0, font_index: int = 0, fill_index: int = 0) -> bytes:
    """A cell format."""
    return record(47, struct.pack("<HHHHH", 0, number_code, font_index, fill_index, 0), bytes(6))


def number_code(identity: int, text: str) -> bytes:
    """A number format."""
    return record(44, struct.pack("<H", identity), wide(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: rows, what stands before and after them, what it refers to."""

    rows: bytes = b""
    before: bytes = b""
    after: bytes = b""
    name: str = "名单"
    state: int = 0
    relations: Sequence[Relation] = field(default=())


def xlsb_parts(
    *sheets: Sheet,
    workbook: bytes = b"",
    strings: Sequence[bytes] = (),
    style: bytes = b"",
    parts: Mapping[str, bytes] | None = None,
    relations: Sequence[Relation] = (),
) -> dict[str, str | bytes]:
    """The members of a workbook by name."""
    tabs = b"".join(
        record(156, struct.pack("<II", sheet.state, n), wide(f"s{n}"), wide(sheet.name))
        for n, sheet in enumerate(sheets, 1)
    )
    shared_part = record(159, struct.pack("<II", len(strings), len(strings)))
    shared_part += b"".join(record(19, string) for string in strings) + record(160)
    related = [
        Relation(id=f"s{n}", kind="worksheet", target=f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)
    ]
    related += [Relation(id="t", kind="sharedStrings", target="sharedStrings.bin")] * bool(strings)
    related += [Relation(id="y", kind="styles", target="styles.bin")] * bool(style)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types({"xl/workbook.bin": MAIN_TYPE}),
        "_rels/.rels": relations_part([Relation(id="r", kind="officeDocument", target="xl/workbook.bin")]),
        "xl/workbook.bin": record(131)
        + record(143)
        + tabs
        + record(144)
        + workbook
        + record(157, bytes(26))
        + record(132),
        "xl/_rels/workbook.bin.rels": relations_part([*related, *relations]),
    }
    for n, sheet in enumerate(sheets, 1):
        body = (
            record(129)
            + record(148, bytes(16))
            + sheet.before
            + record(145)
            + sheet.rows
            + record(146)
            + sheet.after
            + record(130)
        )
        members[f"xl/worksheets/sheet{n}.bin"] = body
        if sheet.relations:
            members[f"xl/worksheets/_rels/sheet{n}.bin.rels"] = relations_part(sheet.relations)
    if strings:
        members["xl/sharedStrings.bin"] = shared_part
    if style:
        members["xl/styles.bin"] = record(278) + style + record(279)
    return members | dict(parts or {})


def xlsb(*sheets: Sheet, **rest: object) -> bytes:
    """A workbook; see `xlsb_parts`."""
    return pack(xlsb_parts(*sheets, **rest))  # type: ignore[arg-type]
