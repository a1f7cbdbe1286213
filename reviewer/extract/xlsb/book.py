"""The workbook part of a binary workbook, and what all its sheets share: strings, styles, names."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

from reviewer.extract.limits import time_left_s
from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import theme_colours
from reviewer.extract.residue import OutOfTimeError, residue
from reviewer.extract.telling import telling, telling_number
from reviewer.extract.workbook.codes import wordy
from reviewer.extract.workbook.gathered import PATIENCE_S
from reviewer.extract.workbook.grid import Room
from reviewer.extract.workbook.texts import MOST_TEXTS, RichText, SharedTexts
from reviewer.extract.workbook.tokens import Scope, formula_text
from reviewer.extract.xlsb.formulas import BIFF12
from reviewer.extract.xlsb.records import Record, Rubble, records
from reviewer.extract.xlsb.styles import Styles
from reviewer.extract.xlsb.values import formula_at, text_at
from reviewer.extract.xlsx.sheet import Sheet
from reviewer.language import tr
from reviewer.terms import Part

NAME, SST_ITEM, WORKBOOK, SHEET, VIEW = 39, 19, 153, 156, 158
_BOOK_SOURCE, _BOOK_SELF, _BOOK_SAME, _LINKS = 355, 357, 358, 362
_STATES = {1: "（隐藏）", 2: "（深度隐藏）"}
_SHEET_KINDS = frozenset({"worksheet", "chartsheet"})
_BUILT_IN = 0x20
_RICH, _PHONETIC = 0x01, 0x02
_RECORDS_BETWEEN_LOOKS = 10_000
_PLAIN_REFERENCE = re.compile(r"[^\"]*![$A-Z\d:,$]+|#REF!|[A-Z$\d:]+|")
DAMAGE = (struct.error, IndexError, ValueError, OverflowError)


class Book:
    """Everything that the sheets of one workbook ask for."""

    def __init__(self, package: Package, main: str, room: Room) -> None:
        self.package = package
        self.main = main
        self.room = room
        self.from_1904 = False
        self.colours = theme_colours(package, main)
        self.styles = Styles(self.colours)
        self.texts = SharedTexts()
        self.scope = Scope(sheet=self._linked_sheet, name=self._name_of, foreign=lambda _, index: f"NAME{index}")
        self._window_hidden = False
        self._tabs: list[tuple[int, str, str]] = []  # state, relation, name
        self._names: list[tuple[str, bool, bytes, bytes, str]] = []
        self._others: list[bool] = []  # whether the book of this number is this one
        self._links: list[tuple[int, int]] = []
        self._searched: set[str] = set()

    def read(self) -> tuple[Sheet, ...]:
        """Read the workbook part and what it leads to; returns the sheets in the order of their tabs."""
        for name in self.package.related(self.main, "styles"):
            self.each(name, "样式", self._style)
        for name in self.package.related(self.main, "sharedStrings"):
            self.each(name, "共享字符串", self._shared)
        self.each(self.main, "工作簿", self._take)
        return tuple(self._sheets())

    def each(self, name: str, place: str, take: Callable[[Record], bool]) -> None:
        """Give every record of a part to `take`; what it does not know, or cannot read, is searched for text."""
        data, damaged = self.package.data(name), 0
        try:
            for count, item in enumerate(records(data) if data is not None else (), 1):
                if count % _RECORDS_BETWEEN_LOOKS == 0 and time_left_s() < PATIENCE_S:
                    raise OutOfTimeError
                damaged += self._give(item, place, take)
        except OutOfTimeError:
            self.package.scribe.gap(
                place, tr("读取时间用尽，其余未读取：拆分后再审", "no time left, the rest was not read")
            )
        if damaged:
            self.package.scribe.gap(
                place,
                tr(
                    f"{name} 中 {damaged} 处记录已损坏，未能读全：另存为 .xlsx 后再审",
                    f"{damaged} record(s) of {name} are damaged and were not read in full: save it as .xlsx",
                ),
            )

    def _give(self, item: Record | Rubble, place: str, take: Callable[[Record], bool]) -> bool:
        """Give one record to `take`; returns whether it is damaged."""
        if isinstance(item, Rubble):
            self.search(place, item.data)
            return True
        try:
            known = take(item)
        except DAMAGE:
            self.search(place, item.data)
            return True
        if not known:
            self.search(place, item.data)
        return False

    def search(self, place: str, data: bytes) -> None:
        """Write down what looks like text in data that nobody decodes; each text once."""
        for text in residue(data):
            if text not in self._searched:
                self._searched.add(text)
                self.package.scribe.add(text, f"{place} 残留文字", part=Part.EMBEDDED, hidden=True)

    def rich(self, data: bytes, at: int) -> RichText:
        """A RichStr ([MS-XLSB] 2.5.121): text, runs, phonetic signs."""
        flags = data[at]
        text, at = text_at(data, at + 1)
        pale = phonetic = ""
        if flags & _RICH:
            (count,) = struct.unpack_from("<I", data, at)
            end = min(at + 4 + 4 * count, len(data))
            pale = self._pale(text, data[at + 4 : end])
            at = end
        if flags & _PHONETIC:
            phonetic, at = text_at(data, at)
        return RichText(text=text, pale=pale, phonetic=phonetic)

    def formula(self, code: bytes, extra: bytes, base: tuple[int, int] = (0, 0)) -> str:
        """A formula as text."""
        return formula_text(code, extra, BIFF12, self.scope, base)

    def finish(self) -> None:
        """Write down what is known only when every sheet was read."""
        scribe = self.package.scribe
        self.texts.write_unused(scribe)
        for name, built_in, code, extra, comment in self._names:
            place = "内置名称" if built_in else f"名称 {name}"
            value = self.formula(code, extra)
            if not _PLAIN_REFERENCE.fullmatch(value) or telling_number(value):
                scribe.add(value, place, part=Part.DEFINED_NAME, hidden=True)
            if telling(name):
                scribe.add(name, "名称", part=Part.DEFINED_NAME, hidden=True)
            scribe.add(comment, place, part=Part.DEFINED_NAME, hidden=True)
        for code_text in wordy(self.styles.codes.values()):
            scribe.add(code_text, "数字格式", part=Part.PROPERTY, hidden=True)

    def _style(self, record: Record) -> bool:
        # The rest of a styles part is names of styles and of fonts: looks, no text of the document.
        self.styles.take(record)
        return True

    def _shared(self, record: Record) -> bool:
        if record.kind != SST_ITEM:
            return False
        if len(self.texts) < MOST_TEXTS:
            self.texts.add(self.rich(record.data, 0))
            return True
        return False

    def _pale(self, text: str, runs: bytes) -> str:
        """What of a text is written in letters that vanish on paper. Offsets count UTF-16 units."""
        units = text.encode("utf-16-le")
        marks = [struct.unpack_from("<HH", runs, at) for at in range(0, len(runs) - 3, 4)]
        ends = [start for start, _ in marks[1:]] + [len(units)]
        return "".join(
            units[2 * start : 2 * end].decode("utf-16-le", "replace")
            for (start, font), end in zip(marks, ends, strict=True)
            if self.styles.pale_font(font)
        )

    def _take(self, record: Record) -> bool:
        kind, data = record
        if kind == SHEET:
            (state,) = struct.unpack_from("<I", data)
            relation, at = text_at(data, 8)
            self._tabs.append((state, relation, text_at(data, at)[0]))
        elif kind == WORKBOOK:
            self.from_1904 = bool(data[0] & 1)
        elif kind == VIEW:
            self._window_hidden |= bool(data[28] & 3)
        elif kind == NAME:
            self._name(data)
        elif kind in (_BOOK_SELF, _BOOK_SAME, _BOOK_SOURCE):
            self._others.append(kind == _BOOK_SELF)
        elif kind == _LINKS:
            count = min(struct.unpack_from("<I", data)[0], (len(data) - 4) // 12)
            self._links = [struct.unpack_from("<Ii", data, 4 + 12 * number) for number in range(count)]
        else:
            return False
        return True

    def _name(self, data: bytes) -> None:
        (flags,) = struct.unpack_from("<I", data)
        name, at = text_at(data, 9)
        code, extra, at = formula_at(data, at)
        comment = text_at(data, at)[0] if at + 4 <= len(data) else ""
        self._names.append((name, bool(flags & _BUILT_IN), code, extra, comment))

    def _sheets(self) -> Iterator[Sheet]:
        scribe = self.package.scribe
        for number, (state, identity, name) in enumerate(self._tabs, 1):
            hidden = state != 0 or self._window_hidden
            scribe.add(name, f"工作表名{number}{_STATES.get(state, '')}", part=Part.PROPERTY, hidden=hidden)
            relation = self.package.relation(self.main, identity)
            if relation is None or relation.external or not self.package.has(relation.target):
                scribe.gap(name, tr("工作表不在文件中", "the sheet is missing from the file"))
                continue
            if relation.kind not in _SHEET_KINDS:
                scribe.gap(
                    name,
                    tr("宏表或对话框工作表，其中的宏未审查", "macro or dialog sheet; its macros were not reviewed"),
                )
            yield Sheet(name=name, source=relation.target, table=scribe.reserve_tables(), hidden=hidden)

    def _linked_sheet(self, index: int) -> str:
        book, first = self._links[index] if index < len(self._links) else (0xFFFFFFFF, -1)
        own = self._others[book] if book < len(self._others) else False
        if own:
            return self._tabs[first][2] if 0 <= first < len(self._tabs) else "#REF"
        return f"[外部链接{book + 1 - sum(self._others[:book])}]"

    def _name_of(self, index: int) -> str:
        return self._names[index - 1][0] if 0 < index <= len(self._names) else "#NAME?"
