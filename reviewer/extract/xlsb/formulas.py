"""How BIFF12 writes the tokens of its formulas ([MS-XLSB] 2.5.97)."""

from __future__ import annotations

import struct

from reviewer.extract.workbook.tokens import ERRORS, Dialect

_Ref = tuple[int, int, bool, bool]
_SIZES = {
    0x01: 4,
    0x02: 4,
    0x20: 14,
    0x23: 4,
    0x24: 6,
    0x25: 12,
    0x26: 6,
    0x27: 6,
    0x28: 6,
    0x29: 2,
    0x2A: 6,
    0x2B: 12,
    0x2C: 6,
    0x2D: 12,
    0x2E: 2,
    0x2F: 2,
    0x39: 6,
    0x3A: 8,
    0x3B: 14,
    0x3C: 8,
    0x3D: 14,
}


def _text(data: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<H", data, at)
    end = at + 2 + 2 * count
    if end > len(data):
        raise IndexError
    return data[at + 2 : end].decode("utf-16-le", "replace"), end


def _ref(data: bytes, at: int) -> _Ref:
    row, column = struct.unpack_from("<IH", data, at)
    return row, column & 0x3FFF, bool(column & 0x8000), bool(column & 0x4000)


def _area(data: bytes, at: int) -> tuple[_Ref, _Ref]:
    top, bottom, left, right = struct.unpack_from("<IIHH", data, at)
    return (
        (top, left & 0x3FFF, bool(left & 0x8000), bool(left & 0x4000)),
        (bottom, right & 0x3FFF, bool(right & 0x8000), bool(right & 0x4000)),
    )


def _arrays(data: bytes, at: int) -> tuple[str, int]:
    one, other = struct.unpack_from("<II", data, at)
    at += 8
    items: list[str] = []
    for _ in range(min(one * other, len(data))):
        kind = data[at]
        at += 1
        if kind == 1:
            text, at = _text(data, at)
            items.append('"' + text.replace('"', '""') + '"')
        elif kind == 0:
            items.append(repr(struct.unpack_from("<d", data, at)[0]).removesuffix(".0"))
            at += 8
        elif kind == 2:
            items.append("TRUE" if data[at] else "FALSE")
            at += 1
        else:
            items.append(ERRORS.get(data[at], ""))
            at += 4
    return ",".join(items), at


BIFF12 = Dialect(
    text=_text,
    ref=_ref,
    area=_area,
    arrays=_arrays,
    rows=1 << 20,
    columns=1 << 14,
    sizes=_SIZES,
    link_bytes=2,
)
