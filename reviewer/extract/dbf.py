"""dBASE and FoxPro tables (.dbf): field names, then records of fixed width, those marked as deleted too.

Layouts: dBASE III to V, dBASE 7 (wider field descriptors), Visual FoxPro (a path to its database behind the fields).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from datetime import date

from reviewer.extract.dbf_layout import Layout, layout_of
from reviewer.extract.delimited import column_letters
from reviewer.extract.limits import time_left_s
from reviewer.extract.residue import OutOfTimeError, residue
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.workbook.grid import MAX_CELLS
from reviewer.language import tr
from reviewer.terms import Cell, Part
from reviewer.text.decode import Decoded, decode
from reviewer.value import dataclass

_FILE_END = b"\x1a"
_LIVE, _DELETED = b" ", b"*"
_SAMPLE_BYTES = 1 << 18
_SAMPLE_RECORDS = 100_000
_PATIENCE_S = 10.0
_RECORDS_BETWEEN_LOOKS = 1000
_REFERENCES = frozenset("MGPW")
_NO_TEXT = frozenset("0")
_JULIAN = 1_721_425  # the Julian day before the first of January of the year 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    kind: str
    at: int
    size: int


def read(data: bytes) -> Extracted:
    """Read a table."""
    scribe = Scribe()
    try:
        layout = layout_of(data)
    except (struct.error, IndexError):
        scribe.gap(
            "全文", tr("表头已损坏，未能读取：导出为 .xlsx 后再审", "the header is damaged; nothing could be read")
        )
        return scribe.finish()
    _Table(data, layout, scribe).write()
    return scribe.finish()


class _Table:
    """The records of one table, written down one after another."""

    def __init__(self, data: bytes, layout: Layout, scribe: Scribe) -> None:
        self._data = data
        self._layout = layout
        self._scribe = scribe
        self._binary = _BINARY_7 if layout.wide else _BINARY
        self._references = 0
        self._odd = 0
        self._lost = 0
        self._cells = 0
        decoded = decode(self._sample(), layout.hint)
        # A short text may be read in several ways; the language driver settles it where the bytes agree with it.
        declared = decoded.encoding == layout.hint and "\ufffd" not in decoded.text
        self._trouble = None if declared else decoded.trouble
        self._text = _decoder(decoded)
        self._fields = [
            _Field(name=self._text(name).strip() or f"字段{number}", kind=kind, at=at, size=size)
            for number, (name, kind, at, size) in enumerate(layout.fields, 1)
        ]
        self._table = scribe.reserve_tables()

    def write(self) -> None:
        """Write down header, records, and what is left over before and behind them."""
        for column, field in enumerate(self._fields):
            self._add(field.name, f"字段名{column + 1}", 0, column, hidden=False, last=column + 1 == len(self._fields))
        self._search("表头", self._data[self._layout.fields_end : self._layout.records_at], told=False)
        end = self._records()
        rest = self._data[end:]
        if rest.strip(b"\0\x1a \r\n"):
            self._search("表尾", rest, told=True)
        self._gaps()

    def _records(self) -> int:
        """Write down the records; returns where they end. Records beyond the count are no longer shown by programs."""
        layout, size = self._layout, self._layout.record_bytes
        at, number = layout.records_at, 0
        if size < 1:
            return at
        while at + size <= len(self._data):
            mark = self._data[at : at + 1]
            beyond = number >= layout.count
            if beyond and mark not in (_LIVE, _DELETED):
                return at
            self._odd += mark not in (_LIVE, _DELETED)
            number += 1
            self._record(number, self._data[at : at + size], deleted=mark == _DELETED, beyond=beyond)
            at += size
            if self._cells > MAX_CELLS or (number % _RECORDS_BETWEEN_LOOKS == 0 and time_left_s() < _PATIENCE_S):
                self._stop(number)
                return len(self._data)
        if number < layout.count:
            missing = layout.count - number
            self._scribe.gap(
                f"第{number + 1}条",
                tr(f"表头说还有 {missing} 条记录，文件中没有", f"{missing} more record(s) are announced but not there"),
            )
        return at

    def _record(self, number: int, record: bytes, *, deleted: bool, beyond: bool) -> None:
        row = "（已删除的记录）" if deleted else "（表尾以外的记录）" if beyond else ""
        shown = [(column, field, self._shown(field, record)) for column, field in enumerate(self._fields)]
        filled = [(column, field, text) for column, field, text in shown if text]
        for column, field, text in filled:
            self._add(
                text,
                f"第{number}条{row} {field.name}",
                number,
                column,
                hidden=deleted or beyond or field.kind in _NO_TEXT,
                last=column == filled[-1][0],
            )

    def _add(self, text: str, place: str, row: int, column: int, *, hidden: bool, last: bool) -> None:
        self._cells += 1
        self._scribe.add(
            text,
            place,
            part=Part.TABLE,
            hidden=hidden,
            cell=Cell(table=self._table, row=row, column=column, ref=f"{column_letters(column)}{row + 1}"),
            after="\n" if last else "\t",
        )

    def _shown(self, field: _Field, record: bytes) -> str:
        raw = record[field.at : field.at + field.size]
        if field.kind in _NO_TEXT:
            return ""
        if field.kind in _REFERENCES or (field.kind == "B" and field.size != 8):
            self._references += raw.strip(b" \0") not in (b"", b"0")
            return ""
        binary = self._binary.get((field.kind, field.size))
        if binary is not None:
            try:
                return binary(raw)
            except (struct.error, OverflowError, ValueError):
                self._odd += 1
                return ""
        text = self._text(raw).replace("\0", " ").strip()
        self._lost += "\ufffd" in text
        return _day(text) if field.kind == "D" else text

    def _sample(self) -> bytes:
        """Names and texts that are not plain ASCII, a line each: by them the encoding is judged."""
        return b"\n".join(self._telling())

    def _telling(self) -> Iterator[bytes]:
        layout, size = self._layout, 0
        yield from (name for name, *_ in layout.fields if not name.isascii())
        texts = [(at, length) for _, kind, at, length in layout.fields if kind in "CV"]
        end, step = len(self._data) - layout.record_bytes + 1, max(layout.record_bytes, 1)
        step *= max(1, (end - layout.records_at) // step // _SAMPLE_RECORDS)
        for start in range(layout.records_at, end, step):
            for at, length in texts:
                piece = self._data[start + at : start + at + length].strip(b" \0")
                if not piece.isascii():
                    size += len(piece)
                    yield piece
            if size > _SAMPLE_BYTES:
                return

    def _search(self, place: str, data: bytes, *, told: bool) -> None:
        """Bytes that belong to no record: a path to a database, or what was cut off the table."""
        try:
            for text in residue(data):
                self._scribe.add(text, f"{place} 残留文字", part=Part.EMBEDDED, hidden=True)
        except OutOfTimeError:
            told = True
        if told:
            self._scribe.gap(
                place,
                tr(
                    f"{len(data)} 字节不属于任何记录，未能读全",
                    f"{len(data)} bytes belong to no record; not read in full",
                ),
            )

    def _stop(self, number: int) -> None:
        self._scribe.gap(
            f"第{number + 1}条",
            tr(
                f"表格太大，第 {number} 条之后的记录未读取：拆分后再审",
                f"too large: nothing after record {number} was read",
            ),
        )

    def _gaps(self) -> None:
        if self._trouble is not None:
            self._scribe.gap("全文", self._trouble)
        for count, zh, en in (
            (self._references, "个备注或通用字段的内容在另外的文件（.dbt 或 .fpt）中，未读取：导出为 .xlsx 后再审",
             "memo or general field(s) lie in another file (.dbt or .fpt), not read: export it as .xlsx"),
            (self._odd, "处记录标记或数值已损坏", "record mark(s) or value(s) are damaged"),
            (self._lost, "个字段有无法解码的字节", "field(s) hold bytes that could not be decoded"),
        ):  # fmt: skip
            if count:
                self._scribe.gap("记录", tr(f"{count} {zh}", f"{count} {en}"))


def _decoder(decoded: Decoded) -> Callable[[bytes], str]:
    """How every field is decoded: alike, unless the fields themselves differ."""
    if decoded.encoding == "mixed":
        return lambda raw: raw.decode("ascii") if raw.isascii() else decode(raw).text
    return lambda raw: raw.decode(decoded.encoding, "replace")


def _day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _moment(raw: bytes) -> str:
    """A Julian day and the milliseconds since midnight."""
    day, milliseconds = struct.unpack("<II", raw)
    if day <= _JULIAN:
        return ""
    seconds = round(milliseconds / 1000)
    clock = f" {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" if seconds else ""
    return f"{date.fromordinal(day - _JULIAN).isoformat()}{clock}"


def _whole(raw: bytes) -> str:
    return str(struct.unpack("<i", raw)[0])


def _double(raw: bytes) -> str:
    return repr(struct.unpack("<d", raw)[0]).removesuffix(".0")


def _money(raw: bytes) -> str:
    return f"{struct.unpack('<q', raw)[0] / 10_000:.4f}".rstrip("0").rstrip(".")


_BINARY: dict[tuple[str, int], Callable[[bytes], str]] = {
    ("I", 4): _whole,
    ("+", 4): _whole,
    ("B", 8): _double,
    ("O", 8): _double,
    ("Y", 8): _money,
    ("T", 8): _moment,
    ("@", 8): _moment,
}
"""Kinds of fields that are kept as numbers, by kind and size."""


def _whole_7(raw: bytes) -> str:
    return str(int.from_bytes(raw, "big") - (1 << 31))


def _double_7(raw: bytes) -> str:
    """Written so that the bytes sort as the numbers do: positive ones with the sign's bit set, others inverted."""
    bits = int.from_bytes(raw, "big")
    bits ^= 1 << 63 if bits >> 63 else (1 << 64) - 1
    return _double(bits.to_bytes(8, "little"))


_BINARY_7 = _BINARY | {("I", 4): _whole_7, ("+", 4): _whole_7, ("O", 8): _double_7, ("@", 8): _double_7}
"""The same in dBASE 7."""
