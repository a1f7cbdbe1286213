"""One worksheet: its cells, and everything a sheet can carry around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.limits import time_left_s
from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.markup import flag, relation_id, sayings
from reviewer.extract.ooxml.properties import protected
from reviewer.extract.package.xml import attr, child, found, local, plain
from reviewer.extract.telling import telling
from reviewer.extract.workbook.formulas import is_constant
from reviewer.extract.workbook.grid import Room, Said, column_index, margin_text, part_behind, write_cells
from reviewer.extract.xlsx.formats import Formats
from reviewer.extract.xlsx.rows import Rows
from reviewer.extract.xlsx.strings import Strings
from reviewer.language import tr
from reviewer.terms import Part

_PATIENCE_S = 15.0
_ROWS_BETWEEN_LOOKS = 500
_STREAMED = (
    *("row", "cols", "sheetFormatPr", "mergeCell", "hyperlink", "dataValidation", "headerFooter", "sheetProtection"),
    *("scenario", "filterColumn", "protectedRange", "conditionalFormatting"),
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_PAGES = {"even": "differentOddEven", "first": "differentFirst"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of the workbook: name, part, ordinal among the tables of the document, hidden or not."""

    name: str
    source: str
    table: int
    hidden: bool


class SheetReader:
    """Reads one sheet part and writes it down: cells first, in the order of the sheet."""

    def __init__(self, package: Package, strings: Strings, formats: Formats, room: Room) -> None:
        self._package = package
        self._strings = strings
        self._formats = formats
        self._room = room

    def read(self, sheet: Sheet) -> None:
        """Write down all cells of a sheet and what belongs to the sheet itself."""
        self._sheet = sheet
        self._merges: list[tuple[int, int, int, int]] = []
        self._said: list[Said] = []
        rows = Rows(self._strings, self._formats)
        self._gather(rows)
        write_cells(self._package.scribe, sheet.name, sheet.table, rows.entries, self._merges, hidden=sheet.hidden)
        self._say(f"{sheet.name} 隐藏列", rows.hidden_columns(), Part.PROPERTY)
        self._say(f"{sheet.name} 隐藏行", rows.hidden_rows(), Part.PROPERTY)
        for behind in rows.behind:
            self._say(f"{sheet.name}!{behind.ref} {behind.kind}", behind.text, part_behind(behind))
        for said in self._said:
            self._say(f"{sheet.name}{said.what}", said.text, said.part, hidden=said.hidden or sheet.hidden)
        self._leftovers()
        self._gaps(rows)

    def _leftovers(self) -> None:
        """Attributes of what nobody asked for: custom views, sorting lists, web pages, cells of other programs."""
        root = next((root for name, root in self._package.trees if name == self._sheet.source), None)
        for what, text in dict.fromkeys(sayings(root) if root is not None else ()):
            self._say(f"{self._sheet.name} {what}", text, Part.ATTRIBUTE)

    def _say(self, place: str, text: str, part: Part, *, hidden: bool = True) -> None:
        if text.strip():
            self._package.scribe.add(text, place, part=part, hidden=hidden)

    def _gather(self, rows: Rows) -> None:
        for count, element in enumerate(self._package.rows(self._sheet.source, *_STREAMED)):
            name = local(element)
            if name == "row":
                rows.add(element)
                if len(rows.entries) > self._room.cells_left or (
                    count % _ROWS_BETWEEN_LOOKS == 0 and time_left_s() < _PATIENCE_S
                ):
                    self._stop(rows)
                    return
            elif name == "cols":
                rows.columns(element)
            elif name == "sheetFormatPr":
                rows.measures(element)
            elif name == "mergeCell":
                self._merge(attr(element, "ref") or "")
            else:
                self._said.extend(self._beside(name, element))
        self._room.cells_left -= len(rows.entries)

    def _stop(self, rows: Rows) -> None:
        self._room.cells_left = 0
        last = rows.entries[-1].row + 1 if rows.entries else 0
        self._package.scribe.gap(
            f"{self._sheet.name}!{last + 1}",
            tr(
                f"表格太大，第 {last} 行之后的内容未读取：拆分后再审",
                f"the workbook is too large: nothing after row {last} was read; split it and review again",
            ),
        )

    def _merge(self, ref: str) -> None:
        area = _REFERENCE.fullmatch(ref)
        if area is not None and area[3]:
            self._merges.append((int(area[2]) - 1, column_index(area[1]), int(area[4]) - 1, column_index(area[3])))

    def _gaps(self, rows: Rows) -> None:
        for refs, zh, en in (
            (
                rows.unsaved,
                "个公式没有保存计算结果，显示内容未读取：用表格软件打开并保存后再审",
                "formula(s) without a saved result; open and save the file in a spreadsheet program",
            ),
            (rows.unknown, "个单元格引用的文字读不到", "cell(s) refer to texts that cannot be read"),
        ):
            if refs:
                self._package.scribe.gap(f"{self._sheet.name}!{refs[0]}", tr(f"{len(refs)} {zh}", f"{len(refs)} {en}"))

    def _beside(self, name: str, element: etree._Element) -> Iterable[Said]:
        """What one element beside the cells says."""
        if name == "hyperlink":
            return self._hyperlink(element)
        if name == "dataValidation":
            return _validation(element)
        if name == "conditionalFormatting":
            return _conditions(element)
        if name == "headerFooter":
            return _margins(element)
        if name == "sheetProtection":
            return [Said(what=" 工作表保护", text=protected(element), part=Part.PROPERTY)]
        return _attributes(name, element)

    def _hyperlink(self, link: etree._Element) -> Iterable[Said]:
        ref = attr(link, "ref") or ""
        for key in ("tooltip", "display", "location"):
            text = attr(link, key) or ""
            if text and (key == "tooltip" or telling(text)) and not self._strings.holds(text):
                yield Said(what=f"!{ref} 链接提示", text=text, part=Part.ALT_TEXT)
        relation = self._package.relation(self._sheet.source, relation_id(link))
        if relation is not None and relation.external:
            self._package.told(relation)
            yield Said(what=f"!{ref} 链接", text=relation.target, part=Part.PROPERTY)


def _validation(element: etree._Element) -> Iterable[Said]:
    """Choices written out in a validation, and its prompts; `xm:sqref` is where newer files keep the place."""
    inner = child(element, "sqref")
    ref = attr(element, "sqref") or ("" if inner is None else plain(inner))
    place = f"!{ref.split(' ')[0]} 数据验证"
    for entry in element:
        text = plain(entry).strip()
        if local(entry) in ("formula1", "formula2") and is_constant(text):
            yield Said(what=place, text=text.strip('"'), part=Part.FORM_VALUE)
    for key in ("promptTitle", "prompt", "errorTitle", "error"):
        if attr(element, key):
            yield Said(what=place, text=attr(element, key) or "", part=Part.FORM_VALUE)


def _conditions(element: etree._Element) -> Iterable[Said]:
    """What a conditional format compares with: words in `text`, constants in its formulas."""
    inner = child(element, "sqref")
    ref = attr(element, "sqref") or ("" if inner is None else plain(inner))
    texts = [attr(rule, "text") or "" for rule in found(element, "cfRule")]
    texts += filter(is_constant, map(plain, found(element, "formula", "f")))
    for text in dict.fromkeys(texts):
        yield Said(what=f"!{ref.split(' ')[0]} 条件格式", text=text, part=Part.ATTRIBUTE)


def _margins(element: etree._Element) -> Iterable[Said]:
    """Headers and footers without their codes; those for first and even pages may be switched off."""
    for entry in element:
        name = local(entry)
        pages = next((pages for pages in _PAGES if name.startswith(pages)), "")
        header = name.endswith("Header")
        yield Said(
            what=" 页眉" if header else " 页脚",
            text=margin_text(plain(entry)),
            part=Part.HEADER if header else Part.FOOTER,
            hidden=bool(pages) and not flag(element, _PAGES[pages]),
        )


def _attributes(name: str, element: etree._Element) -> Iterable[Said]:
    """Scenarios, filters and protected ranges keep values of cells, and names of people, in attributes."""
    place = {"scenario": " 方案", "filterColumn": " 筛选条件", "protectedRange": " 保护区域"}[name]
    for entry in element.iter():
        for key, value in entry.attrib.items():
            if str(key) in ("val", "name", "user", "comment") and (telling(str(value)) or str(key) == "user"):
                yield Said(what=place, text=str(value), part=Part.PROPERTY)
