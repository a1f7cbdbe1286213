"""One flow of Word text — the body, a header, a note, a text box — walked in order and written down."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reviewer.extract.docx.chunk import read_chunk
from reviewer.extract.docx.paragraph import Change, ParagraphReader, too_deep
from reviewer.extract.docx.styles import Styles
from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.drawing import Figures
from reviewer.extract.ooxml.markup import choose, on, relation_id
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.ooxml.shapes import Box, Drawn, Figure, Image, Surroundings, drawn
from reviewer.extract.package.xml import attr, child, local, whole
from reviewer.extract.paragraph import Aside, Inset, Paragraph
from reviewer.terms import Cell, Part
from reviewer.value import dataclass, replace

_BLOCKS = frozenset({"p", "tbl", "altChunk"})
_ROWS = frozenset({"tr"})
_CELLS = frozenset({"tc"})
_WIDEST_SPAN = 1024


@dataclass(slots=True, kw_only=True)
class Desk:
    """What all stories of one document share; `trees` are the parts with stories."""

    package: Package
    styles: Styles
    pictures: Pictures
    figures: Figures
    paper: str
    trees: list[etree._Element]
    boxes: int = 0
    chunks: int = 0

    def open(self, name: str) -> etree._Element | None:
        """The tree of a part that holds stories."""
        root = self.package.xml(name)
        if root is not None:
            self.trees.append(root)
        return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a story stands: the part it is written in, the place a person knows it by ("" for the body)."""

    source: str
    label: str = ""
    part: Part = Part.BODY
    hidden: bool = False
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A table row as it was met, and how many of its grid columns stay empty before the first cell."""

    element: etree._Element
    change: Change
    hidden: bool
    first_column: int


@dataclass(slots=True, kw_only=True)
class _Content:
    """What one table cell holds: its lines, and all that is written down after its row."""

    lines: list[str]
    read: list[Paragraph]
    later: list[tuple[etree._Element, Change]]


class Story:
    """Writes one flow of text down; tables and text boxes inside it come at their places."""

    def __init__(self, desk: Desk, setting: Setting) -> None:
        self._desk = desk
        self._set = setting
        self._scribe = desk.package.scribe
        self._reader = ParagraphReader(desk.styles)
        self._count = 0

    def write(self, root: etree._Element, change: Change | None = None) -> None:
        """Walk all blocks below an element."""
        for block, changed in self._wrapped(root, change or Change(), _BLOCKS):
            self._block(block, changed)
        for code in self._reader.unfinished():
            self._scribe.add(code, self._place("域代码"), part=Part.FIELD_CODE, hidden=True)

    def _block(self, block: etree._Element, change: Change) -> None:
        name = local(block)
        if name == "p":
            self._paragraph(block, change)
        elif name == "tbl":
            self._table(block, change)
        else:
            self._chunk(block)

    def _wrapped(
        self, parent: etree._Element, change: Change, wanted: frozenset[str]
    ) -> Iterator[tuple[etree._Element, Change]]:
        """The wanted elements below a parent, through any wrapper, with the tracked changes around them."""
        for inner in parent:
            name = local(inner)
            if name in wanted:
                yield inner, change
            elif name == "AlternateContent":
                branch, others = choose(inner)
                for text in others:
                    self._aside(Aside(text=text, what="替代内容"), self._place())
                if branch is not None:
                    yield from self._wrapped(branch, change, wanted)
            elif not name.endswith("Pr"):
                yield from self._wrapped(inner, _changed(name, change), wanted)

    def _place(self, what: str = "") -> str:
        place = self._set.label or f"¶{self._count}"
        return f"{place} {what}" if what else place

    def _paragraph(self, block: etree._Element, change: Change) -> None:
        self._count += 1
        paragraph = self._reader.read(block, self._set.ground, change)
        if paragraph.text.strip():
            self._scribe.add(paragraph.text, self._place(), part=self._set.part, hidden=self._set.hidden)
        self._beside(paragraph, self._place())

    def _beside(self, paragraph: Paragraph, place: str, *, hidden: bool = False) -> None:
        """What a paragraph holds besides its line: hidden text, changes, codes, drawings."""
        for aside in paragraph.asides:
            self._aside(aside, place, hidden=hidden)
        for inset in paragraph.insets:
            self._inset(inset, place, hidden=hidden)
        if paragraph.too_deep:
            self._scribe.gap(place, too_deep())

    def _aside(self, aside: Aside, place: str, *, hidden: bool = False) -> None:
        self._scribe.add(
            aside.text,
            f"{place} {aside.what}",
            part=aside.part or self._set.part,
            hidden=aside.hidden or hidden or self._set.hidden,
        )

    def _inset(self, inset: Inset, place: str, *, hidden: bool) -> None:
        around = Surroundings(
            hidden=inset.hidden or hidden or self._set.hidden, ground=self._desk.paper, behind=self._desk.paper
        )
        # A picture repeats its description on several levels.
        for thing in dict.fromkeys(drawn(inset.element, around, self._desk.styles.colours)):
            self._drawn(thing, place)

    def _drawn(self, thing: Drawn, place: str) -> None:
        if isinstance(thing, Aside):
            in_header = self._set.part is Part.HEADER and thing.what == "艺术字"
            self._aside(replace(thing, what="水印") if in_header else thing, place)
        elif isinstance(thing, Image):
            self._desk.pictures.placed(self._set.source, thing.relation_id, place)
        elif isinstance(thing, Figure):
            self._desk.figures.placed(self._set.source, thing.element, place, hidden=thing.hidden)
        else:
            self._box(thing)

    def _box(self, box: Box) -> None:
        self._desk.boxes += 1
        prefix = f"{self._set.label} " if self._set.label else ""
        setting = replace(
            self._set,
            label=f"{prefix}文本框{self._desk.boxes}",
            part=Part.TEXT_BOX,
            hidden=box.hidden,
            ground=box.ground,
        )
        Story(self._desk, setting).write(box.content)

    def _chunk(self, block: etree._Element) -> None:
        """An inserted file (`altChunk`), read where it would appear."""
        self._desk.chunks += 1
        relation = self._desk.package.relation(self._set.source, relation_id(block))
        if relation is not None and not relation.external:
            read_chunk(self._desk.package, relation.target, f"插入块{self._desk.chunks}")

    def _table(self, table: etree._Element, change: Change) -> None:
        ordinal = self._desk.package.scribe.reserve_tables()
        properties = child(table, "tblPr")
        ground = self._desk.styles.table_ground(properties, self._set.ground)
        label = f"{self._set.label} 表{ordinal + 1}" if self._set.label else f"表{ordinal + 1}"
        for name in ("tblCaption", "tblDescription"):
            said = child(properties, name)
            if said is not None:
                self._aside(Aside(text=attr(said, "val") or "", what="替代文字", part=Part.ALT_TEXT), label)
        for index, (element, changed) in enumerate(self._wrapped(table, change, _ROWS)):
            self._row(_row(element, changed), Cell(table=ordinal, row=index, column=0), label, ground)

    def _row(self, row: _Row, at: Cell, label: str, ground: str) -> None:
        column = row.first_column
        written = False
        contents: list[tuple[_Content, str, bool]] = []
        for element, change in self._wrapped(row.element, row.change, _CELLS):
            properties = child(element, "tcPr")
            hidden = row.hidden or _is_covered(properties)
            content = self._cell(element, change, self._desk.styles.shading(child(properties, "shd")) or ground)
            place = f"{label} 第{at.row + 1}行第{column + 1}列"
            text = "\n".join(line for line in content.lines if line.strip())
            if text:
                self._scribe.separate("\t" if written else "")
                written = True
            self._scribe.add(
                text,
                place,
                part=Part.TABLE if self._set.part is Part.BODY else self._set.part,
                hidden=hidden or self._set.hidden,
                cell=replace(at, column=column),
                after="",
            )
            contents.append((content, place, hidden))
            column += _span(properties)
        self._scribe.separate("\n" if written else "")
        for content, place, hidden in contents:
            self._after(content, place, hidden=hidden)

    def _cell(self, cell: etree._Element, change: Change, ground: str) -> _Content:
        content = _Content(lines=[], read=[], later=[])
        for block, changed in self._wrapped(cell, change, _BLOCKS):
            if local(block) == "p":
                paragraph = self._reader.read(block, ground, changed)
                content.lines.append(paragraph.text)
                content.read.append(paragraph)
            else:
                content.later.append((block, changed))
        return content

    def _after(self, content: _Content, place: str, *, hidden: bool) -> None:
        for paragraph in content.read:
            self._beside(paragraph, place, hidden=hidden)
        for block, change in content.later:
            self._block(block, change)


def _changed(name: str, change: Change) -> Change:
    if name in ("ins", "moveTo"):
        return replace(change, inserted=True)
    return Change(deleted=True) if name in ("del", "moveFrom") else change


def _row(element: etree._Element, change: Change) -> _Row:
    properties = child(element, "trPr")
    for name in ("ins", "del"):
        if child(properties, name) is not None:
            change = _changed(name, change)
    before = child(properties, "gridBefore")
    return _Row(
        element=element,
        change=change,
        hidden=on(child(properties, "hidden")),
        first_column=0 if before is None else min(max(whole(attr(before, "val")), 0), _WIDEST_SPAN),
    )


def _is_covered(properties: etree._Element | None) -> bool:
    """Whether a cell is the continuation of a merged one: its own text is not shown."""
    merges = (child(properties, name) for name in ("vMerge", "hMerge"))
    return any(merge is not None and (attr(merge, "val") or "continue") == "continue" for merge in merges)


def _span(properties: etree._Element | None) -> int:
    span = child(properties, "gridSpan")
    return 1 if span is None else min(max(whole(attr(span, "val"), 1), 1), _WIDEST_SPAN)
