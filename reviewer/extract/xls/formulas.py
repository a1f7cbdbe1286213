"""How BIFF versions 5 and 8 write the tokens of their formulas ([MS-XLS] 2.5.198)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from reviewer.extract.workbook.tokens import ERRORS, Dialect
from reviewer.extract.xls.strings import flagged, narrow

_Ref = tuple[int, int, bool, bool]

_SIZES_8 = {
    0x01: 4,
    0x02: 4,
    0x20: 7,
    0x23: 4,
    0x24: 4,
    0x25: 8,
    0x26: 6,
    0x27: 6,
    0x28: 6,
    0x29: 2,
    0x2A: 4,
    0x2B: 8,
    0x2C: 4,
    0x2D: 8,
    0x2E: 2,
    0x2F: 2,
    0x39: 6,
    0x3A: 6,
    0x3B: 10,
    0x3C: 6,
    0x3D: 10,
}
_SIZES_5 = {
    0x01: 4,
    0x02: 4,
    0x20: 7,
    0x23: 14,
    0x24: 3,
    0x25: 6,
    0x26: 6,
    0x27: 6,
    0x28: 6,
    0x29: 2,
    0x2A: 3,
    0x2B: 6,
    0x2C: 3,
    0x2D: 6,
    0x2E: 2,
    0x2F: 2,
    0x39: 24,
    0x3A: 17,
    0x3B: 20,
    0x3C: 17,
    0x3D: 20,
}


def dialect(version: int, codec: str) -> Dialect:
    """The dialect of a version; those before 5 are near enough to it."""
    if version >= 8:
        return BIFF8
    return _dialect_5(codec)


def _ref_8(data: bytes, at: int) -> _Ref:
    row, column = struct.unpack_from("<HH", data, at)
    return row, column & 0xFF, bool(column & 0x8000), bool(column & 0x4000)


def _area_8(data: bytes, at: int) -> tuple[_Ref, _Ref]:
    top, bottom, left, right = struct.unpack_from("<4H", data, at)
    return (
        (top, left & 0xFF, bool(left & 0x8000), bool(left & 0x4000)),
        (bottom, right & 0xFF, bool(right & 0x8000), bool(right & 0x4000)),
    )


def _arrays_8(data: bytes, at: int) -> tuple[str, int]:
    columns, rows = struct.unpack_from("<BH", data, at)
    at += 3
    items: list[str] = []
    for _ in range((columns + 1) * (rows + 1)):
        kind = data[at]
        if kind == 2:
            text, at = flagged(data, at + 1, 2)
            items.append('"' + text.replace('"', '""') + '"')
            continue
        items.append(_item(kind, data[at + 1 : at + 9]))
        at += 9
    return ",".join(items), at


def _item(kind: int, value: bytes) -> str:
    if kind == 1:
        return repr(struct.unpack("<d", value)[0]).removesuffix(".0")
    if kind == 4:
        return "TRUE" if value[0] else "FALSE"
    return ERRORS.get(value[0], "") if kind == 16 else ""


BIFF8 = Dialect(
    text=lambda data, at: flagged(data, at, 1),
    ref=_ref_8,
    area=_area_8,
    arrays=_arrays_8,
    rows=65_536,
    columns=256,
    sizes=_SIZES_8,
    link_bytes=2,
)


def _ref_5(data: bytes, at: int) -> _Ref:
    row, column = struct.unpack_from("<HB", data, at)
    return row & 0x3FFF, column, bool(row & 0x8000), bool(row & 0x4000)


def _area_5(data: bytes, at: int) -> tuple[_Ref, _Ref]:
    top, bottom, left, right = struct.unpack_from("<HHBB", data, at)
    return (
        (top & 0x3FFF, left, bool(top & 0x8000), bool(top & 0x4000)),
        (bottom & 0x3FFF, right, bool(bottom & 0x8000), bool(bottom & 0x4000)),
    )


def _dialect_5(codec: str) -> Dialect:
    def text(data: bytes, at: int) -> tuple[str, int]:
        end = at + 1 + data[at]
        return narrow(data[at + 1 : end], codec), end

    def arrays(data: bytes, at: int) -> tuple[str, int]:
        columns, rows = struct.unpack_from("<BH", data, at)
        at += 3
        items: list[str] = []
        for _ in range((columns or 256) * rows):
            kind = data[at]
            if kind == 2:
                shown, at = text(data, at + 1)
                items.append(f'"{shown}"')
                continue
            items.append(_item(kind, data[at + 1 : at + 9]))
            at += 9
        return ",".join(items), at

    sizes: Mapping[int, int] = _SIZES_5
    return Dialect(
        text=text,
        ref=_ref_5,
        area=_area_5,
        arrays=arrays,
        rows=16_384,
        columns=256,
        sizes=sizes,
        link_bytes=14,
    )
