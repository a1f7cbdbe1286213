"""Spreadsheets (.xlsx, .xlsm, .xltx): every cell with its reference, and every copy of data behind the cells.

Read straight from the zip and its XML; sheets are streamed, because lists of twenty thousand rows are ordinary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.drawing import Figures
from reviewer.extract.ooxml.markup import flag, relation_id
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.ooxml.properties import protected, read_properties
from reviewer.extract.ooxml.rest import read_rest
from reviewer.extract.package.xml import attr, child, found, local, take
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.telling import telling, telling_number
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xlsx.caches import read_external_links, read_pivot_caches
from reviewer.extract.xlsx.formats import Formats
from reviewer.extract.xlsx.notes import read_notes, read_persons, write_authors
from reviewer.extract.xlsx.objects import Objects, read_tables
from reviewer.extract.xlsx.sheet import Sheet, SheetReader
from reviewer.extract.xlsx.strings import Strings
from reviewer.language import tr
from reviewer.terms import Part

_STATES = {"hidden": "（隐藏）", "veryHidden": "（深度隐藏）"}
_BINARY = "sheet.binary"
_REVIEWED = frozenset({"worksheet", "chartsheet"})
_PLAIN_REFERENCE = re.compile(r"[^\"]*![$A-Z\d:,$]+|#REF!|[A-Z$\d:]+")
_CONNECTION_KEYS = frozenset(
    {"connection", "command", "sourceFile", "odcFile", "url", "server", "description", "name", "post", "userName"}
)


def read(data: bytes) -> Extracted:
    """Read a workbook."""
    scribe = Scribe()
    package = Package.open(data, scribe)
    if package is None:
        return scribe.finish()
    pictures = Pictures(package)
    main = package.main
    if _BINARY in package.content_type(main):
        scribe.gap("文件", tr("二进制工作簿（xlsb），未读取：另存为 .xlsx 后再审", "binary workbook, save it as .xlsx"))
    elif main and (root := package.xml(main)) is not None:
        _read_workbook(package, main, root, pictures)
    read_properties(package)
    read_rest(package, pictures)
    return scribe.finish()


def _read_workbook(package: Package, main: str, root: etree._Element, pictures: Pictures) -> None:
    formats = Formats(package, main, from_1904=_is_1904(root))
    strings = Strings(package, main, formats)
    room = Room()
    objects = Objects(package=package, pictures=pictures, figures=Figures(package, pictures), colours=formats.colours)
    reader = SheetReader(package, strings, formats, room)
    sheets = tuple(_sheets(package, main, root))
    authors: list[str] = []
    for sheet in sheets:
        reader.read(sheet)
    for sheet in sheets:
        authors += read_notes(package, sheet, formats)
        objects.read(sheet)
        read_tables(package, sheet, strings)
    objects.cell_images(main)
    write_authors(package, (*authors, *read_persons(package, main)))
    strings.write_unused(package)
    _read_names(package, root)
    _read_facts(package, root)
    _read_connections(package, main)
    read_pivot_caches(package, main, room)
    read_external_links(package, main)


def _is_1904(root: etree._Element) -> bool:
    properties = child(root, "workbookPr")
    return properties is not None and flag(properties, "date1904")


def _sheets(package: Package, main: str, root: etree._Element) -> Iterator[Sheet]:
    """The sheets in the order of their tabs; each name is text of its own."""
    window_hidden = any((attr(view, "visibility") or "visible") != "visible" for view in found(root, "workbookView"))
    group = child(root, "sheets")
    for number, entry in enumerate(group if group is not None else (), 1):
        name = attr(entry, "name") or ""
        state = attr(entry, "state") or "visible"
        hidden = state != "visible" or window_hidden
        place = f"工作表名{number}{_STATES.get(state, '')}"
        package.scribe.add(name, place, part=Part.PROPERTY, hidden=hidden)
        relation = package.relation(main, relation_id(entry))
        if relation is None or relation.external or not package.has(relation.target):
            package.scribe.gap(name, tr("工作表不在文件中", "the sheet is missing from the file"))
            continue
        if relation.kind not in _REVIEWED:
            package.scribe.gap(
                name, tr("宏表或对话框工作表，其中的宏未审查", "macro or dialog sheet; its macros were not reviewed")
            )
        yield Sheet(name=name, source=relation.target, table=package.scribe.reserve_tables(), hidden=hidden)


def _read_names(package: Package, root: etree._Element) -> None:
    """Defined names that hold more than a plain reference, and what was written about them."""
    for entry in found(root, "definedName"):
        name, value = attr(entry, "name") or "", take(entry).strip()
        place = f"名称 {name}"
        if not _PLAIN_REFERENCE.fullmatch(value) or telling_number(value):
            package.scribe.add(value, place, part=Part.DEFINED_NAME, hidden=True)
        if telling(name):
            package.scribe.add(name, "名称", part=Part.DEFINED_NAME, hidden=True)
        for key in ("comment", "description", "help", "statusBar"):
            package.scribe.add(attr(entry, key) or "", place, part=Part.DEFINED_NAME, hidden=True)


def _read_facts(package: Package, root: etree._Element) -> None:
    """What the workbook part says of its user: folder, account, views named after people, protection."""
    facts = {"absPath": "url", "fileSharing": "userName", "customWorkbookView": "name", "webPublishObject": "title"}
    for entry in root.iter():
        key = facts.get(local(entry))
        if key is not None:
            place = f"workbook.xml/{local(entry)}"
            package.scribe.add(attr(entry, key) or "", place, part=Part.PROPERTY, hidden=True)
    protection = child(root, "workbookProtection")
    if protection is not None:
        said = protected(protection)
        package.scribe.add(said, "workbook.xml/workbookProtection", part=Part.PROPERTY, hidden=True)


def _read_connections(package: Package, main: str) -> None:
    """Where data was fetched from: servers, files, queries."""
    for name in package.related(main, "connections"):
        root = package.xml(name)
        for entry in root.iter() if root is not None else ():
            for key, value in entry.attrib.items():
                if str(key) in _CONNECTION_KEYS and str(value).strip():
                    place = f"connections.xml/{key!s}"
                    package.scribe.add(str(value), place, part=Part.PROPERTY, hidden=True)
