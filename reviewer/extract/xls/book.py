"""What belongs to a BIFF workbook as a whole: sheets, strings, styles, names, links to others, its users."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from reviewer.extract.residue import residue
from reviewer.extract.scribe import Scribe
from reviewer.extract.telling import telling, telling_number
from reviewer.extract.workbook.codes import wordy
from reviewer.extract.workbook.gathered import Sheet
from reviewer.extract.workbook.grid import Room, column_name
from reviewer.extract.workbook.texts import MOST_TEXTS, RichText, SharedTexts
from reviewer.extract.workbook.tokens import Scope, formula_text
from reviewer.extract.xls import kinds
from reviewer.extract.xls.formulas import dialect
from reviewer.extract.xls.pictures import Pictures
from reviewer.extract.xls.records import Record
from reviewer.extract.xls.strings import Pieces, codec_of, flagged, narrow, wide_text
from reviewer.extract.xls.styles import Styles
from reviewer.language import tr
from reviewer.terms import Part

_STATES = {1: "（隐藏）", 2: "（深度隐藏）"}
_SHEET_KINDS = frozenset({0, 2})  # worksheet, chart
_PLAIN_REFERENCE = re.compile(r"[^\"]*![$A-Z\d:,$]+|#REF!|[A-Z$\d:]+|")
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01
_BUILT_IN = 0x0020
_RUN_BYTES = 4


@dataclass(slots=True, kw_only=True)
class _Name:
    """A defined name as it stands in the file; formulas are read when all names are known."""

    name: str
    built_in: bool
    code: bytes
    extra: bytes
    remarks: list[str]


@dataclass(slots=True, kw_only=True)
class _Other:
    """Another workbook that this one refers to: its label, its sheets, its names."""

    label: str
    own: bool = False
    sheets: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class Book:
    """Takes in the records of the workbook's globals, and is asked by the sheets."""

    def __init__(self, scribe: Scribe, room: Room) -> None:
        self.scribe = scribe
        self.room = room
        self.version = 8
        self.codec = "cp1252"
        self.styles = Styles()
        self.texts = SharedTexts()
        self.pictures = Pictures(scribe)
        self.from_1904 = False
        self.starts: set[int] = set()
        self.authors: list[str] = []
        self.damaged: list[str] = []
        self._sheets: dict[int, tuple[str, int]] = {}  # offset → name, state
        self._order: list[str] = []
        self._window_hidden = False
        self._begun = False
        self._names: list[_Name] = []
        self._others: list[_Other] = []
        self._links: list[tuple[int, int]] = []
        self._crn_sheet = 0
        self._searched: set[str] = set()
        self._takers = {
            kinds.CODEPAGE: self._code_page,
            kinds.DATEMODE: self._date_mode,
            kinds.WINDOW1: self._window,
            kinds.BOUNDSHEET: self._bound_sheet,
            kinds.SST: self._shared,
            kinds.PALETTE: self.styles.palette,
            kinds.EXTERNSHEET: self._extern_sheet,
            kinds.SUPBOOK: self._other_book,
            kinds.XCT: self._cached_sheet,
            kinds.CRN: self._cached_cells,
            kinds.WRITEACCESS: self._write_access,
            kinds.FILESHARING: self._file_sharing,
            kinds.MSODRAWINGGROUP: self._drawing_group,
            **dict.fromkeys(kinds.FONTS, self.styles.font),
            **dict.fromkeys(kinds.FORMATS, self.styles.number_code),
            **dict.fromkeys(kinds.XFS, self.styles.xf),
            **dict.fromkeys(kinds.NAMES, self._name),
            **dict.fromkeys(kinds.EXTERNNAMES, self._extern_name),
        }
        self.scope = Scope(sheet=self._linked_sheet, name=self._name_of, foreign=self._foreign_name)

    # --- asked by the sheets ----------------------------------------------------------------------------

    def sheet_at(self, offset: int, number: int) -> Sheet:
        """The sheet whose substream begins here; one that no tab leads to is hidden."""
        table = self.scribe.reserve_tables()
        if offset in self._sheets:
            name, state = self._sheets[offset]
            return Sheet(name=name, table=table, hidden=state != 0 or self._window_hidden)
        if self._sheets:
            return Sheet(name=f"未列出的工作表{number}", table=table, hidden=True)
        return Sheet(name="工作表" if number == 1 else f"工作表{number}", table=table, hidden=False)

    def string(self, data: bytes, at: int, length_bytes: int) -> tuple[str, int]:
        """A string at an offset, in the way of this version: text, and where it ends."""
        if self.version >= 8:
            return flagged(data, at, length_bytes)
        end = at + length_bytes + int.from_bytes(data[at : at + length_bytes], "little")
        return narrow(data[at + length_bytes : end], self.codec), min(end, len(data))

    def formula(self, code: bytes, extra: bytes, base: tuple[int, int] = (0, 0)) -> str:
        """A formula as text."""
        return formula_text(code, extra, dialect(self.version, self.codec), self.scope, base)

    def search(self, place: str, data: bytes) -> None:
        """Write down what looks like text in data that nobody decodes; each text once."""
        for text in residue(data, self.codec if self.version < 8 else ""):
            if text not in self._searched:
                self._searched.add(text)
                self.scribe.add(text, f"{place} 残留文字", part=Part.EMBEDDED, hidden=True)

    # --- records ------------------------------------------------------------------------------------------

    def begin(self, version: int) -> None:
        """A substream of this version begins. The first one decides: later ones do not always say the same."""
        if not self._begun:
            self.version = self.styles.version = version
        self._begun = True

    def knows(self, kind: int) -> bool:
        """Whether this is a record of the globals; workbooks of one sheet have them in it."""
        return kind in self._takers

    def take(self, record: Record) -> None:
        """Take in one record of the globals, or one that a sheet does not know."""
        taker = self._takers.get(record.kind)
        if taker is not None:
            taker(record)
        elif record.kind not in kinds.SILENT:
            self.search("工作簿", record.whole)

    def _code_page(self, record: Record) -> None:
        self.codec = self.styles.codec = codec_of(struct.unpack_from("<H", record.data)[0])

    def _date_mode(self, record: Record) -> None:
        self.from_1904 = record.data[:1] == b"\1"

    def _window(self, record: Record) -> None:
        self._window_hidden = bool(struct.unpack_from("<H", record.data, 8)[0] & 1)

    def _bound_sheet(self, record: Record) -> None:
        data = record.data
        offset, state, kind = struct.unpack_from("<IBB", data)
        state &= 3
        name = self.string(data, 6, 1)[0]
        self._sheets.setdefault(offset, (name, state))
        self.starts.add(offset)
        self._order.append(name)
        place = f"工作表名{len(self._order)}{_STATES.get(state, '')}"
        hidden = state != 0 or self._window_hidden
        self.scribe.add(name, place, part=Part.PROPERTY, hidden=hidden)
        if kind not in _SHEET_KINDS:
            self.scribe.gap(
                name, tr("宏表或对话框工作表，其中的宏未审查", "macro or dialog sheet; its macros were not reviewed")
            )

    def _shared(self, record: Record) -> None:
        pieces = Pieces([record.data, *record.more])
        pieces.take(8)
        while pieces.left and len(self.texts) < MOST_TEXTS:
            self.texts.add(self._rich(pieces))
        if pieces.left:
            self.damaged.append("SST")

    def _rich(self, pieces: Pieces) -> RichText:
        """One string with its runs and its phonetic signs ([MS-XLS] 2.5.293)."""
        count, flags = struct.unpack("<HB", pieces.take(3))
        runs = struct.unpack("<H", pieces.take(2))[0] if flags & 0x08 else 0
        extension = struct.unpack("<I", pieces.take(4))[0] if flags & 0x04 else 0
        text = pieces.characters(count, flags)
        pale = self._pale(text, pieces.take(_RUN_BYTES * runs)) if runs else ""
        return RichText(text=text, pale=pale, phonetic=_phonetic(pieces.take(extension)) if extension else "")

    def _pale(self, text: str, runs: bytes) -> str:
        """What of a text is written in letters that vanish on paper. Offsets count UTF-16 units."""
        units = text.encode("utf-16-le")
        marks = [struct.unpack_from("<HH", runs, at) for at in range(0, len(runs) - 3, _RUN_BYTES)]
        ends = [start for start, _ in marks[1:]] + [len(units)]
        return "".join(
            units[2 * start : 2 * end].decode("utf-16-le", "replace")
            for (start, font), end in zip(marks, ends, strict=True)
            if self.styles.pale_font(font)
        )

    def _name(self, record: Record) -> None:
        data = record.whole
        flags, _, count = struct.unpack_from("<HBB", data)
        at = {8: 14, 7: 14, 5: 14, 4: 6, 3: 6}.get(self.version, 5)
        size = data[4] if self.version == 2 else int(struct.unpack_from("<H", data, 4)[0])
        if self.version == 2:
            count = data[3]
        name, at = self._counted(data, at, count)
        code, at = data[at : at + size], at + size
        extra = data[at:]
        remarks = self._remarks(extra, data[10:14]) if self.version >= 5 else []
        self._names.append(_Name(name=name, built_in=bool(flags & _BUILT_IN), code=code, extra=extra, remarks=remarks))

    def _remarks(self, data: bytes, lengths: bytes) -> list[str]:
        """Menu text, description, help and status bar of a name; constant arrays of the formula stand before them."""
        remarks, at = [], 0
        for length in lengths:
            if length and at < len(data):
                remark, at = self._counted(data, at, length)
                remarks.append(remark)
        return remarks

    def _counted(self, data: bytes, at: int, count: int) -> tuple[str, int]:
        """A string whose length stands elsewhere."""
        if self.version < 8:
            return narrow(data[at : at + count], self.codec), at + count
        wide = data[at] & 1
        return wide_text(data, at + 1, count, wide), at + 1 + count * (1 + wide)

    def _extern_sheet(self, record: Record) -> None:
        data = record.whole
        if self.version >= 8:
            count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 6)
            self._links = [struct.unpack_from("<HH", data, 2 + 6 * number) for number in range(count)]
            return
        name = narrow(data[1 : 2 + data[0]], self.codec)
        other = _Other(label=f"外部链接{len(self._others) + 1}", own=name[:1] in "\2\3\4")
        other.sheets.append(name[1:] if other.own else _path(name))
        self._others.append(other)
        if not other.own:
            self.scribe.add(_path(name), other.label, part=Part.PROPERTY, hidden=True)

    def _other_book(self, record: Record) -> None:
        data = record.whole
        count, mark = struct.unpack_from("<HH", data)
        other = _Other(label=f"外部链接{sum(not o.own for o in self._others) + 1}", own=mark in (_OWN_BOOK, _ADD_IN))
        self._others.append(other)
        if other.own:
            return
        path, at = flagged(data, 2, 2)
        self.scribe.add(_path(path), other.label, part=Part.PROPERTY, hidden=True)
        for _ in range(count):
            if at >= len(data):
                break
            name, at = flagged(data, at, 2)
            other.sheets.append(name)
            self.scribe.add(name, other.label, part=Part.PROPERTY, hidden=True)

    def _extern_name(self, record: Record) -> None:
        data = record.whole
        at = 6 if self.version >= 5 else 2
        name, at = self.string(data, at, 1)
        other = self._others[-1] if self._others else _Other(label="外部链接", own=True)
        other.names.append(name)
        if not other.own and (telling(name) or "\\" in name or "/" in name):
            self.scribe.add(name, other.label, part=Part.PROPERTY, hidden=True)
        self.search(other.label, data[at:])

    def _cached_sheet(self, record: Record) -> None:
        self._crn_sheet = struct.unpack_from("<H", record.data, 2)[0] if len(record.data) >= 4 else 0

    def _cached_cells(self, record: Record) -> None:
        """Cells of another workbook, copied when the link was last refreshed."""
        data = record.whole
        last, first, row = struct.unpack_from("<BBH", data)
        other = self._others[-1] if self._others else _Other(label="外部链接")
        sheet = other.sheets[self._crn_sheet] if self._crn_sheet < len(other.sheets) else ""
        at = 4
        for column in range(first, last + 1):
            kind = data[at]
            if kind == 2:
                text, at = self.string(data, at + 1, 2)
            else:
                number = struct.unpack_from("<d", data, at + 1)[0] if kind == 1 else None
                text, at = "" if number is None else repr(number).removesuffix(".0"), at + 9
            place = f"{other.label}!{sheet}!{column_name(column)}{row + 1}"
            self.scribe.add(text.strip(), place, part=Part.EMBEDDED, hidden=True)

    def _write_access(self, record: Record) -> None:
        name = self.string(record.data, 0, 2 if self.version >= 8 else 1)[0].strip(" \0")
        self.scribe.add(name, "属性/最后保存用户", part=Part.PROPERTY, hidden=True)

    def _file_sharing(self, record: Record) -> None:
        if len(record.data) > 6:
            name = self.string(record.data, 4, 2 if self.version >= 8 else 1)[0].strip(" \0")
            self.scribe.add(name, "属性/只读建议用户", part=Part.PROPERTY, hidden=True)

    def _drawing_group(self, record: Record) -> None:
        self.pictures.group(record.whole)

    # --- at the end ---------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write down what is known only when every sheet was read."""
        for name in dict.fromkeys(filter(None, self.authors)):
            self.scribe.add(name, "批注作者", part=Part.PROPERTY, hidden=True)
        self.texts.write_unused(self.scribe)
        for entry in self._names:
            self._write_name(entry)
        for code in wordy(self.styles.codes):
            self.scribe.add(code, "数字格式", part=Part.PROPERTY, hidden=True)
        self.pictures.leftover()
        if self.damaged:
            self.scribe.gap(
                "工作簿",
                tr(
                    f"{len(self.damaged)} 条记录已损坏，未能读全：用表格软件打开并另存后再审",
                    f"{len(self.damaged)} record(s) are damaged; open the file, save it anew and review again",
                ),
            )

    def _write_name(self, entry: _Name) -> None:
        place = f"名称 {entry.name}" if not entry.built_in else "内置名称"
        value = self.formula(entry.code, entry.extra)
        if not _PLAIN_REFERENCE.fullmatch(value) or telling_number(value):
            self.scribe.add(value, place, part=Part.DEFINED_NAME, hidden=True)
        if telling(entry.name):
            self.scribe.add(entry.name, "名称", part=Part.DEFINED_NAME, hidden=True)
        for remark in entry.remarks:
            self.scribe.add(remark, place, part=Part.DEFINED_NAME, hidden=True)

    def _linked_sheet(self, index: int) -> str:
        if self.version < 8:
            return self._others[index - 1].sheets[0] if 0 < index <= len(self._others) else ""
        book, first = self._links[index] if index < len(self._links) else (0xFFFF, 0)
        if book >= len(self._others):
            return "#REF"
        other = self._others[book]
        names = self._order if other.own else other.sheets
        name = names[first] if first < len(names) else "#REF"
        return name if other.own else f"[{other.label}]{name}"

    def _name_of(self, index: int) -> str:
        return self._names[index - 1].name if 0 < index <= len(self._names) else "#NAME?"

    def _foreign_name(self, link: int, index: int) -> str:
        book = self._links[link][0] if link < len(self._links) else 0xFFFF
        names = self._others[book].names if book < len(self._others) else []
        return names[index - 1] if 0 < index <= len(names) else "#NAME?"


def _phonetic(extension: bytes) -> str:
    """The phonetic signs in an ExtRst ([MS-XLS] 2.5.86)."""
    if len(extension) < 14:
        return ""
    (count,) = struct.unpack_from("<H", extension, 12)
    return extension[14 : 14 + 2 * count].decode("utf-16-le", "replace")


def _path(encoded: str) -> str:
    """A path of another workbook without its codes ([MS-XLS] 2.5.277 VirtualPath)."""
    path = encoded[1:] if encoded[:1] in ("\0", "\1", "\2") else encoded
    path = re.sub("\1(.)", lambda match: "\\\\" if match[1] == "@" else f"{match[1]}:\\", path)
    return re.sub("[\0-\x1f]", lambda _: "\\", path)
