"""Copies of data that a workbook keeps out of sight: pivot caches and the caches of other workbooks' cells."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.markup import sayings
from reviewer.extract.package.xml import attr, found, local, take, whole
from reviewer.extract.telling import telling
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xlsx.strings import unescaped
from reviewer.language import tr
from reviewer.terms import Cell, Part

_VALUES = frozenset({"s", "n", "d", "b", "e"})


def read_pivot_caches(package: Package, main: str, room: Room) -> None:
    """Each pivot cache as a hidden table: field names, then the records copied from the source."""
    for number, name in enumerate(package.related(main, "pivotCacheDefinition"), 1):
        root = package.xml(name)
        if root is not None:
            _Cache(package, f"透视表缓存{number}", room).read(name, root)


class _Cache:
    def __init__(self, package: Package, label: str, room: Room) -> None:
        self._package = package
        self._label = label
        self._room = room
        self._table = package.scribe.reserve_tables()
        self._shared: list[list[str]] = []
        self._written: set[str] = set()

    def read(self, name: str, root: etree._Element) -> None:
        for key in ("refreshedBy",):
            self._say(key, attr(root, key) or "", Part.PROPERTY)
        for source in found(root, "worksheetSource"):
            for key in ("sheet", "name"):
                self._say("数据源", attr(source, key) or "", Part.PROPERTY)
        fields = list(found(root, "cacheField"))
        self._row(0, [attr(field, "name") or "" for field in fields])
        self._shared = [
            [attr(item, "v") or "" for item in items if local(item) in _VALUES]
            for items in (next(found(field, "sharedItems"), ()) for field in fields)
        ]
        self._records(self._package.related(name, "pivotCacheRecords"))
        for what, text in sayings(root):
            if text not in self._written:
                self._say(what, text, Part.ATTRIBUTE)

    def _records(self, parts: tuple[str, ...]) -> None:
        if not parts:
            self._write_shared()
        for part in parts:
            for index, record in enumerate(self._package.rows(part, "r"), 1):
                if self._room.cells_left <= 0:
                    self._package.scribe.gap(
                        f"{self._label} 第{index + 1}行", tr("缓存太大，其后未读取", "cache too large; rest not read")
                    )
                    return
                self._row(index, [self._value(column, item) for column, item in enumerate(record)])
        # A value that no record has any more was deleted from the source; the list of choices still shows it.
        for text in (text for column in self._shared for text in column if text not in self._written):
            self._say("已删除的值", text, Part.TABLE)

    def _say(self, what: str, text: str, part: Part) -> None:
        self._written.add(text)
        self._package.scribe.add(unescaped(text), f"{self._label} {what}", part=part, hidden=True)

    def _value(self, column: int, item: etree._Element) -> str:
        if local(item) != "x":
            return attr(item, "v") or ""
        shared = self._shared[column] if column < len(self._shared) else []
        index = whole(attr(item, "v"), -1)
        return shared[index] if 0 <= index < len(shared) else ""

    def _write_shared(self) -> None:
        """Without records the distinct values of each field are still there."""
        for row in range(max(map(len, self._shared), default=0)):
            self._row(row + 1, [values[row] if row < len(values) else "" for values in self._shared])

    def _row(self, row: int, values: list[str]) -> None:
        filled = [(column, unescaped(value)) for column, value in enumerate(values) if value]
        self._written.update(values)
        self._room.cells_left -= len(filled)
        for column, value in filled:
            self._package.scribe.add(
                value,
                f"{self._label} 第{row + 1}行第{column + 1}列",
                part=Part.TABLE,
                hidden=True,
                cell=Cell(table=self._table, row=row, column=column, sheet=self._label),
                after="\n" if column == filled[-1][0] else "\t",
            )


def read_external_links(package: Package, main: str) -> None:
    """Other workbooks: their sheet names and the cells that were copied when the link was last refreshed."""
    for number, name in enumerate(package.related(main, "externalLink"), 1):
        root = package.xml(name)
        if root is None:
            continue
        label = f"外部链接{number}"
        sheets = [attr(sheet, "val") or "" for sheet in found(root, "sheetName")]
        for text in (*sheets, *_addresses(root)):
            package.scribe.add(text, label, part=Part.PROPERTY, hidden=True)
        for data in found(root, "sheetData"):
            index = whole(attr(data, "sheetId"), -1)
            sheet = sheets[index] if 0 <= index < len(sheets) else ""
            for cell in found(data, "cell"):
                text = unescaped(take(cell)).strip()
                package.scribe.add(text, f"{label}!{sheet}!{attr(cell, 'r')}", part=Part.EMBEDDED, hidden=True)


def _addresses(root: etree._Element) -> list[str]:
    """Servers and topics of DDE and OLE links, and names defined in the other workbook."""
    values = (
        attr(entry, key) or ""
        for entry in found(root, "ddeLink", "oleLink", "ddeItem", "oleItem", "definedName")
        for key in ("ddeService", "ddeTopic", "progId", "name", "refersTo")
    )
    return [value for value in dict.fromkeys(values) if telling(value) or "\\" in value or "/" in value]
