"""The small structures inside BIFF12 records: strings, numbers, areas ([MS-XLSB] 2.5)."""

from __future__ import annotations

import struct

_NONE = 0xFFFFFFFF


def text_at(data: bytes, at: int) -> tuple[str, int]:
    """An XLWideString, which may be absent: text, and where it ends. Raises struct.error, IndexError."""
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    if count == _NONE:
        return "", at
    end = at + 2 * count
    if end > len(data):
        raise IndexError
    return data[at:end].decode("utf-16-le", "replace"), end


def cell_at(data: bytes) -> tuple[int, int]:
    """Column and cell format of a cell record; its value begins at 8."""
    column, style = struct.unpack_from("<II", data)
    return column, style & 0xFFFFFF


def area_at(data: bytes, at: int = 0) -> tuple[int, int, int, int]:
    """First row, last row, first column, last column."""
    return struct.unpack_from("<4I", data, at)


def rk_at(data: bytes, at: int) -> float:
    """A number in four bytes ([MS-XLSB] 2.5.122): an integer or the upper half of a double, perhaps hundredfold."""
    (raw,) = struct.unpack_from("<i", data, at)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", raw & ~3))[0]
    return value / 100 if raw & 1 else value


def formula_at(data: bytes, at: int) -> tuple[bytes, bytes, int]:
    """The tokens of a formula, its further data, and where they end."""
    (size,) = struct.unpack_from("<I", data, at)
    code = data[at + 4 : at + 4 + size]
    at += 4 + size
    if at + 4 > len(data):
        return code, b"", len(data)
    (size,) = struct.unpack_from("<I", data, at)
    return code, data[at + 4 : at + 4 + size], at + 4 + size
