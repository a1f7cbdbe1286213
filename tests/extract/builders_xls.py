"""BIFF workbooks made in memory, record by record ([MS-XLS])."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.extract.xls.cipher import rc4

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C


def record(kind: int, *data: bytes) -> bytes:
    """One record; what is too long for it goes on in CONTINUE records."""
    whole = b"".join(data)
    pieces = [whole[at : at + 8224] for at in range(0, len(whole), 8224)] or [b""]
    heads = [kind, *[CONTINUE] * (len(pieces) - 1)]
    return b"".join(struct.pack("<HH", head, len(piece)) + piece for head, piece in zip(heads, pieces, strict=True))


def text8(text: str, length_bytes: int = 2, extra_flags: int = 0, head: bytes = b"") -> bytes:
    """A string of version 8: in one byte a character where that is enough."""
    units = text.encode("utf-16-le")
    wide = any(ord(letter) > 0xFF for letter in text)
    count = (len(units) // 2).to_bytes(length_bytes, "little")
    return count + bytes([wide | extra_flags]) + head + (units if wide else text.encode("latin-1"))


def label(row: int, column: int, text: str, style: int = 0) -> bytes:
    """A cell with its text in it."""
    return record(0x0204, struct.pack("<HHH", row, column, style), text8(text))


def shared(row: int, column: int, index: int, style: int = 0) -> bytes:
    """A cell with a shared string."""
    return record(0x00FD, struct.pack("<HHHI", row, column, style, index))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def formula(
    row: int, column: int, code: bytes, value: bytes | float = 1.0, flags: int = 0, extra: bytes = b""
) -> bytes:
    """A cell with a formula and its saved result."""
    saved = struct.pack("<d", value) if isinstance(value, float) else value
    return record(
        0x0006, struct.pack("<HHH", row, column, 0), saved, struct.pack("<HIH", flags, 0, len(code)), code, extra
    )


def string_result(text: str) -> tuple[bytes, bytes]:
    """The result of a formula that is text: the value in its record, and the record behind it."""
    return bytes(6) + b"\xff\xff", record(0x0207, text8(text))


def sst(*strings: bytes) -> bytes:
    """The shared strings."""
    return record(0x00FC, struct.pack("<II", len(strings), len(strings)), *strings)


def font(colour: int = 0x7FFF, height: int = 220) -> bytes:
    """A font."""
    return record(0x0031, struct.pack("<HHH", height, 0, colour), bytes(8), text8("宋体", 1))


def xf(font_index: int = 0, code: int = 0, pattern: int = 0, front: int = 64) -> bytes:
    """A cell format."""
    return record(0x00E0, struct.pack("<HH", font_index, code), bytes(10), struct.pack("<IH", pattern << 26, front))


def number_code(identity: int, code: str) -> bytes:
    """A number format."""
    return record(0x041E, struct.pack("<H", identity), text8(code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its records, and how its tab describes it."""

    records: bytes
    name: str = "名单"
    state: int = 0
    kind: int = 0


@dataclass(slots=True, kw_only=True)
class Workbook:
    """The pieces of a workbook stream."""

    sheets: Sequence[Sheet]
    globals: bytes = b""
    tail: bytes = b""
    version: int = 0x0600
    extra_fonts: Sequence[bytes] = field(default=())

    def stream(self) -> bytes:
        """The whole stream: globals with the offsets of the sheets, then the sheets."""
        bodies = [self._bof(0x20 if sheet.kind == 2 else 0x10) + sheet.records + record(EOF) for sheet in self.sheets]
        start = len(self._globals([0] * len(bodies)))
        offsets = [start + sum(map(len, bodies[:number])) for number in range(len(bodies))]
        return self._globals(offsets) + b"".join(bodies) + self.tail

    def _bof(self, kind: int) -> bytes:
        return record(BOF, struct.pack("<HHHHII", self.version, kind, 0x0DBB, 0x07CC, 0, 6))

    def _globals(self, offsets: Sequence[int]) -> bytes:
        tabs = b"".join(
            record(0x0085, struct.pack("<IBB", offset, sheet.state, sheet.kind), text8(sheet.name, 1))
            for offset, sheet in zip(offsets, self.sheets, strict=True)
        )
        return self._bof(0x05) + tabs + self.globals + record(EOF)


def xls(records: bytes, *, globals_: bytes = b"", state: int = 0) -> bytes:
    """The bare stream of a workbook of one sheet; the reader takes it as it takes a compound file."""
    return Workbook(sheets=[Sheet(records=records, state=state)], globals=globals_).stream()


# --- drawings -----------------------------------------------------------------------------------------------


def art(kind: int, data: bytes, *, version: int = 0, instance: int = 0) -> bytes:
    """An Office Art record; version 15 is a container."""
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def shape(
    cell: tuple[int, int], *, description: str = "", picture: int = 0, hidden: bool = False, word_art: str = ""
) -> bytes:
    """The piece of a drawing that belongs to one object."""
    simple = [(0x0104, picture)] * bool(picture) + [(0x03BF, 0x0002_0002)] * hidden
    texts = [
        (kind, text.encode("utf-16-le") + b"\0\0") for kind, text in ((0x0381, description), (0x00C0, word_art)) if text
    ]
    table = b"".join(struct.pack("<HI", kind, value) for kind, value in simple)
    table += b"".join(struct.pack("<HI", kind | 0x8000, len(data)) for kind, data in texts)
    options = art(0xF00B, table + b"".join(data for _, data in texts), version=3, instance=len(simple) + len(texts))
    row, column = cell
    anchor = art(0xF010, struct.pack("<9H", 0, column, 0, row, 0, column + 1, 0, row + 1, 0))
    return art(0xF004, options + anchor + art(0xF011, b""), version=15)


def drawn(shape_: bytes, kind: int, number_: int, text: str = "") -> bytes:
    """The records of one object: drawing, object, text."""
    common = struct.pack("<HHHHHIII", 0x15, 18, kind, number_, 0x6011, 0, 0, 0)
    records = record(0x00EC, shape_) + record(0x005D, common, bytes(4))
    if text:
        flags = b"\1" + text.encode("utf-16-le")
        half = len(text) // 2
        records += record(0x01B6, struct.pack("<HHHHHHHI", 0, 0, 0, 0, 0, len(text), 16, 0))
        records += record(CONTINUE, flags[: 1 + 2 * half]) + record(CONTINUE, b"\1" + flags[1 + 2 * half :])
        records += record(CONTINUE, bytes(16))
    return records


def note(row: int, column: int, number_: int, author: str) -> bytes:
    """A note on a cell, whose text belongs to the object of this number."""
    return record(0x001C, struct.pack("<HHHH", row, column, 0, number_), text8(author))


def link(row: int, column: int, flags: int, data: bytes) -> bytes:
    """A hyperlink on a cell."""
    head = struct.pack("<HHHH", row, row, column, column) + bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
    return record(0x01B8, head, struct.pack("<II", 2, flags), data)


def counted(text: str) -> bytes:
    """A string of the hyperlink library: its length with the NUL, then UTF-16."""
    return struct.pack("<I", len(text) + 1) + text.encode("utf-16-le") + b"\0\0"


# --- formulas -------------------------------------------------------------------------------------------------


def ptg_text(text: str) -> bytes:
    """The token of a text."""
    return b"\x17" + text8(text, 1)


def ptg_ref(row: int, column: int) -> bytes:
    """The token of a relative reference."""
    return b"\x44" + struct.pack("<HH", row, column | 0xC000)


# --- encryption -----------------------------------------------------------------------------------------------


def locked(sheets: Sequence[Sheet], password: str) -> bytes:
    """A workbook stream encrypted by RC4 with 40 bits ([MS-OFFCRYPTO] 2.3.6)."""
    salt, verifier = bytes(range(16)), bytes(range(50, 66))
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    root = hashlib.md5((first + salt) * 16).digest()[:5]
    keys = [hashlib.md5(root + struct.pack("<I", block)).digest() for block in range(64)]
    proof = rc4(keys[0], verifier + hashlib.md5(verifier).digest())
    head = record(0x002F, struct.pack("<3H", 1, 1, 1), salt, proof)
    plain = Workbook(sheets=sheets, globals=head).stream()
    made = bytearray(b"".join(rc4(keys[at // 1024], plain[at : at + 1024]) for at in range(0, len(plain), 1024)))
    at = 0
    while at < len(plain):
        kind, size = struct.unpack_from("<HH", plain, at)
        end = at + 4 + {0x0809: size, 0x002F: size, 0x0085: 4}.get(kind, 0)
        made[at:end] = plain[at:end]
        at += 4 + size
    return bytes(made)
