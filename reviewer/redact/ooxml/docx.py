"""Redacts Word documents: what is hidden is dropped, tracked changes are settled, the rest is edited run by run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.markup import relation_id
from reviewer.extract.package.xml import attr, found, local
from reviewer.extract.scribe import Scribe
from reviewer.redact.edit import Copy, Edit, Piece, Tally, pieces, unplaced
from reviewer.redact.lines import AttributeLine, Line, TreeLine, write_all
from reviewer.redact.ooxml import Office, chart_lines, diagram_lines, drawn_lines
from reviewer.redact.ooxml.word import clean_settings, clean_story, clean_unused_margins
from reviewer.redact.values import telling
from reviewer.terms import Document, Segment

_CHUNK = re.compile(r"插入块(\d+)!")
_STORIES = ("header", "footer", "footnotes", "endnotes")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The document with its places masked; formatting, tables, pictures and page set-up stay."""
    tally = Tally()
    office = Office(data, tally)
    main = office.main()
    package = Package.open(data, Scribe())
    clean_unused_margins(office, main)
    stories = [main, *dict.fromkeys(office.related(main, *_STORIES))]
    for name in stories:
        clean_story(office, name, package, main)
    clean_settings(office, main)
    office.clean()
    changes: Mapping[int, Sequence[Piece]] = pieces(document, edits)
    stories = [name for name in stories if office.has(name)]
    trees = [office.tree(name) for name in stories]
    lines: list[Line] = [line for root in trees for line in story_lines(root)]
    lines += [line for root in trees for line in drawn_lines(root)]
    changes = office.burn(document, _without_chunks(office, main, document, changes))
    lost = write_all(document, changes, [*lines, *diagram_lines(office), *chart_lines(office)], _belongs)
    if lost:
        raise unplaced(document, lost)
    office.sweep(telling(document, changes))
    return Copy(data=office.saved(), cleaned=tally.cleaned(), burned=office.burned, method="ooxml")


def _without_chunks(
    office: Office, main: str, document: Document, changes: Mapping[int, Sequence[Piece]]
) -> Mapping[int, Sequence[Piece]]:
    """Inserted files (`altChunk`) go with everything in them; returns the changes that are left to make."""
    numbers = {index: _CHUNK.match(document.segments[index].place) for index in changes}
    gone = {int(match[1]) for match in numbers.values() if match is not None}
    if not gone:
        return changes
    chunks = enumerate(found(office.tree(main), "altChunk"), 1)
    ids = {relation_id(chunk) for number, chunk in chunks if number in gone}
    office.cut(main, [one for one in office.relations(main) if attr(one, "Id") in ids], "插入的文件")
    office.drop_unreferenced()
    return {index: change for index, change in changes.items() if numbers[index] is None}


def _belongs(segment: Segment) -> bool:
    return not segment.hidden


def story_lines(root: etree._Element) -> Iterator[Line]:
    """Every paragraph of a story, those of text boxes after the paragraph they hang on; then watermarks."""
    for paragraph in found(root, "p", "rt"):
        if "wordprocessingml" in str(paragraph.tag):
            yield _line(paragraph)
    yield from (AttributeLine(path, "string") for path in found(root, "textpath"))


def _line(paragraph: etree._Element) -> TreeLine:
    line = TreeLine()
    _collect(paragraph, line)
    return line


def _collect(element: etree._Element, line: TreeLine) -> None:
    for inner in element:
        name = local(inner)
        if name == "t":
            line.add(inner)
        elif name in _SIGNS:
            line.add(inner, sign=_SIGNS[name])
        elif name == "sym":
            line.add(inner, sign=_symbol(inner))
        elif name not in ("p", "rt", "txbxContent") and not name.endswith("Pr"):
            _collect(inner, line)


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attr(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code - 0xF000 if 0xF020 <= code <= 0xF07E else code)
