"""One page of an OFD: template, content and annotations drawn onto one canvas, then written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from reviewer.extract.ofd.annotations import Annotation, drawn_notes, write_annotation
from reviewer.extract.ofd.canvas import Canvas, Painter
from reviewer.extract.ofd.geometry import box
from reviewer.extract.ofd.order import in_order
from reviewer.extract.ofd.resources import Resources
from reviewer.extract.ofd.sight import is_scan, unseen
from reviewer.extract.package import Archive
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.xml import attr, child, found, local, take
from reviewer.extract.pdf.leaf import Box
from reviewer.extract.pdf.lines import Line, hidden_text, lines, paragraphs, visible_text
from reviewer.language import tr

A4 = Box(0, 0, 210, 297)
# Layers are drawn in this order, whatever their order in the file (GB/T 33190-2016, 7.7, table 14).
_LAYERS = {"background": 0, "body": 1, "foreground": 2}
_AREAS = ("PhysicalBox", "ApplicationBox", "ContentBox")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template page: the part it is written in, and whether it lies under or over the page's own content."""

    name: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all pages of one document share; `label` stands before each place ("" for the only document)."""

    archive: Archive
    resources: Resources
    pictures: Pictures
    templates: dict[str, Template]
    area: Box
    label: str
    hidden: bool
    doubtful: dict[str, list[str]]
    drawn: set[etree._Element]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page to read: its number, its part, and the parts of its annotations."""

    number: int
    name: str
    notes: tuple[str, ...]


class PageReader:
    """Reads one page and writes it down."""

    def __init__(self, book: Book, leaf: Leaf) -> None:
        self._book, self._leaf = book, leaf
        self._scribe = book.archive.scribe
        self._place = f"{book.label}p{leaf.number}"
        self._opaque: dict[str, bool] = {}

    def read(self, root: etree._Element) -> None:
        """Draw, judge, write: text, hidden text, annotations, pictures, and what is missing."""
        book = self._book
        folder = self._leaf.name.rpartition("/")[0]
        for entry in found(root, "PageRes"):
            book.resources.learn(take(entry), folder, _root_of(folder))
        canvas = Canvas()
        own = self._draw(root, canvas)
        page_letters = len(canvas.letters)
        notes = self._notes(canvas)
        area = page_area(child(root, "Area")) or book.area
        reasons = unseen(canvas, area, self._is_opaque)
        if is_scan(canvas, area, {n: why for n, why in reasons.items() if n < page_letters}):
            self._scribe.gap(self._place, _recognised())
            reasons = {n: why for n, why in reasons.items() if n >= page_letters}
        self._write_text(canvas, page_letters, reasons, mixed=0 < own < page_letters)
        for note in notes:
            hidden = {n for n in range(note.first, note.end) if n in reasons}
            write_annotation(self._scribe, canvas, note, hidden, self._place, whole=book.hidden)
        shown = any(letter.glyph.char.strip() for letter in canvas.letters[:page_letters])
        if not shown and canvas.drawn:
            self._without_text(canvas)
        self._write_pictures(canvas)
        self._tell(canvas)
        self._take(root, canvas)

    def _draw(self, root: etree._Element, canvas: Canvas) -> int:
        """Draw the page between its templates; returns how many letters are not its own."""
        under: list[Template] = []
        over: list[Template] = []
        for use in found(root, "Template"):
            template = self._book.templates.get(attr(use, "TemplateID") or "")
            if template is not None:
                order = (attr(use, "ZOrder") or template.order or "background").lower()
                (over if order == "foreground" else under).append(template)
        foreign = 0
        for layers, is_own in (*((self._layers(t), False) for t in under), (_layers(root), True)):
            before = len(canvas.letters)
            self._paint(layers, canvas)
            foreign += 0 if is_own else len(canvas.letters) - before
        for template in over:
            before = len(canvas.letters)
            self._paint(self._layers(template), canvas)
            foreign += len(canvas.letters) - before
        return foreign

    def _layers(self, template: Template) -> Sequence[etree._Element]:
        root = self._book.archive.xml(template.name)
        return () if root is None else _layers(root)

    def _paint(self, layers: Sequence[etree._Element], canvas: Canvas) -> None:
        painter = Painter(self._book.resources, canvas)
        for layer in layers:
            painter.layer(layer)

    def _notes(self, canvas: Canvas) -> tuple[Annotation, ...]:
        """The page's annotations, drawn over everything else."""
        notes: list[Annotation] = []
        for name in self._leaf.notes:
            root = self._book.archive.xml(name)
            if root is not None:
                notes += drawn_notes(root, Painter(self._book.resources, canvas), canvas, name)
        return tuple(notes)

    def _write_text(self, canvas: Canvas, end: int, reasons: dict[int, str], *, mixed: bool) -> None:
        order, tokens = in_order(canvas.letters[:end], mixed=mixed)
        found_lines = lines(tokens)
        at = {index: position for position, index in enumerate(order)}
        hidden = {at[index]: why for index, why in reasons.items() if index in at}
        self._write_seen(found_lines, frozenset(hidden))
        by_reason: dict[str, set[int]] = defaultdict(set)
        for position, why in hidden.items():
            by_reason[why].add(position)
        for why, positions in by_reason.items():
            self._write_unseen(found_lines, frozenset(positions), why)

    def _write_seen(self, found_lines: Sequence[Line], hidden: frozenset[int]) -> None:
        seen = [line for line in found_lines if visible_text(line, hidden)]
        for ordinal, together in enumerate(paragraphs(seen), 1):
            text = "\n".join(visible_text(line, hidden) for line in together)
            self._scribe.add(text, f"{self._place} ¶{ordinal}", hidden=self._book.hidden, page=self._leaf.number)

    def _write_unseen(self, found_lines: Sequence[Line], hidden: frozenset[int], why: str) -> None:
        """Lines that follow each other are one segment, so that what is covered as a block is read as one."""
        texts = [hidden_text(line, hidden) for line in found_lines]
        blocks = ("\n".join(block) for there, block in groupby(texts, bool) if there)
        for ordinal, text in enumerate(blocks, 1):
            place = f"{self._place} 不可见文字{ordinal if ordinal > 1 else ''}（{why}）"
            self._scribe.add(text, place, hidden=True, page=self._leaf.number)

    def _write_pictures(self, canvas: Canvas) -> None:
        for medium in dict.fromkeys(picture.medium for picture in canvas.pictures):
            self._book.resources.placed.add(medium)
            known = self._book.resources.media.get(medium)
            if known is None or known.name is None:
                self._scribe.gap(f"{self._place} 图片", _lost())
            else:
                self._book.pictures.placed(known.name, self._place)

    def _without_text(self, canvas: Canvas) -> None:
        """A page that is only pictures is told as a page, even if its picture stands elsewhere too."""
        told = False
        for picture in canvas.pictures:
            known = self._book.resources.media.get(picture.medium)
            if known is not None and known.name is not None:
                told |= self._book.pictures.page(known.name, self._place, _no_text(has_pictures=True))
        if not told:
            self._scribe.gap(self._place, _no_text(has_pictures=bool(canvas.pictures)))

    def _tell(self, canvas: Canvas) -> None:
        """What cannot be trusted on this page."""
        if canvas.too_much:
            self._scribe.gap(self._place, _too_much())
        for font in sorted({letter.glyph.run.font.name for letter in canvas.letters if not letter.glyph.mapped}):
            self._book.doubtful.setdefault(font, []).append(self._place)

    def _is_opaque(self, medium: str) -> bool:
        """Whether a picture lets nothing through, as far as its first bytes say."""
        if medium not in self._opaque:
            known = self._book.resources.media.get(medium)
            data = self._book.archive.data(known.name) if known is not None and known.name else None
            self._opaque[medium] = data is not None and _lets_nothing_through(data)
        return self._opaque[medium]

    def _take(self, root: etree._Element, canvas: Canvas) -> None:
        """Take the text that was drawn out of its trees: now on this page, at the end where it is drawn again."""
        own = [root, *(self._book.archive.xml(name) for name in self._leaf.notes)]
        for code in canvas.codes:
            if code.getroottree().getroot() in own:
                take(code)
            else:
                self._book.drawn.add(code)


def _layers(root: etree._Element) -> Sequence[etree._Element]:
    layers = [layer for content in root if local(content) == "Content" for layer in content if local(layer) == "Layer"]
    return sorted(layers, key=lambda layer: _LAYERS.get((attr(layer, "Type") or "Body").lower(), 1))


def page_area(element: etree._Element | None) -> Box | None:
    """The sheet of paper that a PageArea or Area says."""
    for name in _AREAS:
        area = box(_content(child(element, name)))
        if area is not None and area.area > 0:
            return area
    return None


def _content(element: etree._Element | None) -> str:
    return "" if element is None else element.text or ""


def _root_of(folder: str) -> str:
    """The folder of the document that a page's folder belongs to."""
    return folder.partition("/Pages/")[0]


def _lets_nothing_through(data: bytes) -> bool:
    if data.startswith(b"\x89PNG"):
        return data[25:26] in (b"\0", b"\2", b"\3") and b"tRNS" not in data[:4096]
    return data.startswith((b"\xff\xd8\xff", b"BM"))


def _recognised() -> str:
    return tr(
        "整页为图像，文字取自识别层，可能与图像不符：由审核人对照图像核对",
        "the page is a picture, its text comes from text recognition and may be wrong: compare it with the picture",
    )


def _lost() -> str:
    return tr("引用的图片不在文件中，未读取", "a picture that is referred to is missing from the file")


def _no_text(*, has_pictures: bool) -> str:
    if has_pictures:
        return tr(
            "本页没有文字层，只有图像：识别文字后再审，或由审核人看图核对",
            "the page has no text layer, only pictures: recognise its text first or let a reviewer look at it",
        )
    return tr(
        "本页没有文字层，文字可能已转为曲线：由审核人看图核对",
        "the page has no text layer, its text may be drawn as outlines: let a reviewer look at it",
    )


def _too_much() -> str:
    return tr(
        "本页内容过多或嵌套过深，未读全：拆分后再审",
        "the page holds too much or is nested too deep and was not read in full: split the file",
    )
