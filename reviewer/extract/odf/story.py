"""One flow of OpenDocument text — the body, a header, a note, a text box — walked in order and written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from reviewer.extract.odf.desk import Count, Desk, Setting
from reviewer.extract.odf.drawing import Drawer
from reviewer.extract.odf.paragraph import DEEPEST, Inset, Paragraph, ParagraphReader, hides_itself
from reviewer.extract.odf.values import all_digits, says_more
from reviewer.extract.ooxml.colour import MIXED
from reviewer.extract.ooxml.drawing import Aside
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import attr, child, local, plain, take, whole
from reviewer.language import tr
from reviewer.terms import Cell, Part

_PARAGRAPHS = frozenset({"p", "h"})
_SKIPPED = frozenset(
    {"tracked-changes", "sequence-decls", "forms", "table-of-content-source", "illustration-index-source"}
    | {"table-index-source", "object-index-source", "user-index-source", "alphabetical-index-source"}
    | {"bibliography-source", "scripts", "settings"}
)
_NOTES = {"footnote": ("脚注", Part.FOOTNOTE), "endnote": ("尾注", Part.ENDNOTE)}
_MOST_REPEATS = 100
_WIDEST = 16_384


@dataclass(slots=True, kw_only=True)
class _Content:
    """What one table cell holds: its lines, and all that is written down after its row."""

    lines: list[str]
    read: list[Paragraph]
    later: list[etree._Element]


class Story:
    """Writes one flow of text down; tables, notes and text boxes inside it come at their places."""

    def __init__(self, desk: Desk, setting: Setting) -> None:
        self._desk, self._set = desk, setting
        self._scribe = desk.shared.archive.scribe
        self._reader = ParagraphReader(desk.styles, desk.changes, desk.met)
        self.drawer = Drawer(desk, setting, self._inner)
        self._count = setting.count if setting.numbered else Count()

    def write(self, root: etree._Element) -> None:
        """Walk all blocks below an element."""
        self._blocks(root, hidden=self._set.hidden, depth=0)

    def _inner(self, root: etree._Element, setting: Setting) -> None:
        Story(self._desk, setting).write(root)

    def _blocks(self, parent: etree._Element, *, hidden: bool, depth: int) -> None:
        if depth > DEEPEST:
            self._scribe.gap(self._place(), _too_deep())
            return
        for block in parent:
            if self._desk.shared.out_of_time(self._place()):
                return
            name = local(block)
            if name in _PARAGRAPHS:
                self._paragraph(block, hidden=hidden)
            elif name == "table":
                self._table(block, hidden=hidden)
            elif name == "section":
                self._section(block, hidden=hidden, depth=depth)
            elif name == "annotation":
                self._comment(block)
            elif self.drawer.draws(block):
                self.drawer.draw(block, self._place(), hidden=hidden)
            elif name.endswith("-decls"):
                self._declared(block)
            elif name not in _SKIPPED:
                self._blocks(block, hidden=hidden, depth=depth + 1)

    def _place(self, what: str = "") -> str:
        if self._set.label and self._set.numbered:
            place = f"{self._set.label} ¶{self._count.value}"
        else:
            place = self._set.label or f"¶{self._count.value}"
        return f"{place} {what}" if what else place

    def _paragraph(self, block: etree._Element, *, hidden: bool) -> None:
        self._count.value += 1
        concealed = hides_itself(block)
        paragraph = self._reader.read(block, self._set.ground, hidden=concealed)
        if paragraph.text.strip():
            self._scribe.add(paragraph.text, self._place(), part=self._set.part, hidden=hidden)
        self._beside(paragraph, self._place(), hidden=hidden or concealed)

    def _beside(self, paragraph: Paragraph, place: str, *, hidden: bool) -> None:
        """What a paragraph holds besides its line: hidden text, changes, notes, comments, drawings."""
        for aside in paragraph.asides:
            self._aside(aside, place, hidden=hidden)
        for inset in paragraph.insets:
            self._inset(inset, place, hidden=hidden or inset.hidden)
        if paragraph.too_deep:
            self._scribe.gap(place, _too_deep())

    def _aside(self, aside: Aside, place: str, *, hidden: bool) -> None:
        self._scribe.add(
            aside.text, f"{place} {aside.what}", part=aside.part or self._set.part, hidden=aside.hidden or hidden
        )

    def _inset(self, inset: Inset, place: str, *, hidden: bool) -> None:
        name = local(inset.element)
        if name == "annotation":
            self._comment(inset.element)
        elif name == "note":
            self._note(inset.element, hidden=hidden)
        else:
            self.drawer.draw(inset.element, place, hidden=hidden)

    def _note(self, note: etree._Element, *, hidden: bool) -> None:
        label, part = _NOTES.get(attr(note, "note-class") or "footnote", _NOTES["footnote"])
        citation = child(note, "note-citation")
        sign = take(citation).strip() if citation is not None else ""
        self._desk.shared.notes += 1
        body = child(note, "note-body")
        if body is not None:
            setting = replace(
                self._set, label=f"{label}{sign or self._desk.shared.notes}", part=part, hidden=hidden, numbered=False
            )
            self._inner(body, setting)

    def _comment(self, comment: etree._Element) -> None:
        """A comment; its writer goes to the names of editors."""
        self._desk.shared.comments += 1
        for entry in list(comment):
            name = local(entry)
            if name == "creator":
                self._desk.shared.editors.setdefault(take(entry).strip())
            elif name in ("date", "date-string", "creator-initials", "sender-initials"):
                take(entry)
        label = f"批注{self._desk.shared.comments}"
        if self._set.label:
            label = f"{self._set.label} {label}"
        self._inner(comment, replace(self._set, label=label, part=Part.COMMENT, hidden=True, numbered=False))

    def _section(self, section: etree._Element, *, hidden: bool, depth: int) -> None:
        """A section may be hidden for good, or on a condition that holds now (OpenDocument 1.3 part 3, 5.4)."""
        shown = attr(section, "display") or "true"
        concealed = shown == "none" or (shown == "condition" and attr(section, "is-hidden") != "false")
        source = child(section, "section-source")
        if source is not None:
            self._scribe.add(take_attribute(source, "href"), self._place("链接"), part=Part.PROPERTY, hidden=True)
        self._blocks(section, hidden=hidden or concealed, depth=depth + 1)

    def _declared(self, declarations: etree._Element) -> None:
        """Values of variables, links to other programs, texts of headers that slides share."""
        for entry in declarations:
            label = take_attribute(entry, "name")
            text = take_attribute(entry, "string-value") or plain(entry).strip()
            take(entry)
            self._scribe.add(text, self._place(f"变量 {label}".rstrip()), part=Part.FIELD_CODE, hidden=True)
            for key in ("dde-application", "dde-topic", "dde-item", "formula"):
                self._scribe.add(take_attribute(entry, key), self._place("动态链接"), part=Part.FIELD_CODE, hidden=True)

    # --- tables ---

    def _table(self, table: etree._Element, *, hidden: bool) -> None:
        ordinal = self._scribe.reserve_tables()
        label = f"{self._set.label} 表{ordinal + 1}" if self._set.label else f"表{ordinal + 1}"
        for name in ("title", "desc"):
            said = child(table, name)
            if said is not None:
                self._aside(Aside(text=take(said), what="替代文字", part=Part.ALT_TEXT), label, hidden=True)
        own = self._desk.styles.look("table", attr(table, "style-name"))
        hidden = hidden or own.displayed is False
        # A template paints rows and columns of its own.
        ground = MIXED if attr(table, "template-name") else own.ground or self._set.ground
        index = 0
        for row, concealed in _rows(table, hidden=False):
            if self._desk.shared.out_of_time(label):
                return
            times = max(1, whole(attr(row, "number-rows-repeated"), 1))
            if _is_blank(row):
                index += times
                continue
            gone = hidden or concealed or (attr(row, "visibility") or "visible") != "visible"
            self._row(row, Cell(table=ordinal, row=index, column=0), label, ground, hidden=gone)
            index += times

    def _row(self, row: etree._Element, at: Cell, label: str, ground: str, *, hidden: bool) -> None:
        column = 0
        written = False
        contents: list[tuple[_Content, str, bool]] = []
        for cell in row:
            name = local(cell)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            gone = hidden or name == "covered-table-cell"
            content = self._cell(cell, ground)
            place = f"{label} 第{at.row + 1}行第{column + 1}列"
            text = "\n".join(line for line in content.lines if line.strip())
            value = take_attribute(cell, "value") or take_attribute(cell, "string-value")
            if says_more(value, text):
                self._aside(Aside(text=all_digits(value), what="存储值", part=Part.ATTRIBUTE), place, hidden=True)
            if text:
                self._scribe.separate("\t" if written else "")
                written = True
            self._scribe.add(
                text,
                place,
                part=Part.TABLE if self._set.part is Part.BODY else self._set.part,
                hidden=gone,
                cell=replace(at, column=column),
                after="",
            )
            contents.append((content, place, gone))
            column = min(_WIDEST, column + max(1, whole(attr(cell, "number-columns-repeated"), 1)))
        self._scribe.separate("\n" if written else "")
        for content, place, gone in contents:
            self._after(content, place, hidden=gone)

    def _cell(self, cell: etree._Element, ground: str) -> _Content:
        look = self._desk.styles.look("table-cell", attr(cell, "style-name"))
        content = _Content(lines=[], read=[], later=[])
        for block in _cell_blocks(cell, 0):
            if local(block) in _PARAGRAPHS:
                paragraph = self._reader.read(
                    block, look.ground or look.shape_ground or ground, hidden=hides_itself(block)
                )
                content.lines.append(paragraph.text)
                content.read.append(paragraph)
            else:
                content.later.append(block)
        return content

    def _after(self, content: _Content, place: str, *, hidden: bool) -> None:
        for paragraph in content.read:
            self._beside(paragraph, place, hidden=hidden)
        for block in content.later:
            if local(block) == "table":
                self._table(block, hidden=hidden)
            elif local(block) == "annotation":
                self._comment(block)
            else:
                self.drawer.draw(block, place, hidden=hidden)


def _rows(table: etree._Element, *, hidden: bool, depth: int = 0) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table through their groups; a group may be folded away."""
    for inner in table:
        name = local(inner)
        if name == "table-row":
            yield inner, hidden
        elif name in ("table-header-rows", "table-rows", "table-row-group") and depth < DEEPEST:
            yield from _rows(inner, hidden=hidden or attr(inner, "display") == "false", depth=depth + 1)


def _cell_blocks(cell: etree._Element, depth: int) -> Iterator[etree._Element]:
    """Paragraphs, tables, drawings and comments of a cell, through lists and sections."""
    for inner in cell:
        name = local(inner)
        if name in _PARAGRAPHS or name in ("table", "annotation") or not name.startswith(("list", "section")):
            yield inner
        elif depth < DEEPEST:
            yield from _cell_blocks(inner, depth + 1)


def _is_blank(row: etree._Element) -> bool:
    return all(len(cell) == 0 for cell in row)


def _too_deep() -> str:
    return tr("嵌套过深，未按结构读取", "nested too deeply, not read in structure")
