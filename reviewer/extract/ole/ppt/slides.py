"""The pages of a presentation: text of their shapes in order, notes, comments, footers."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.extract.ole.container import Container
from reviewer.extract.ole.officeart import SHAPE, STORE_ENTRY, embedded_pictures, picture, read_shape, store_entry
from reviewer.extract.ole.ppt import kinds
from reviewer.extract.ole.records import Record, record_at
from reviewer.extract.prompts import is_prompt, unseen_pattern
from reviewer.extract.telling import telling
from reviewer.terms import Part

_MARKS = str.maketrans({"\x0b": "\n", "\x0c": "\n"})
_FIRST_FLAG_HIDDEN = 0x0004
_COMMENT_TEXT = 1
_NO_TEXT = frozenset({0x05, 0x08, 0x0B})  # placeholders of slide numbers, and of the small slide on a notes page


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: the place a person knows it by, its part, whether it is seen, its texts kept in the outline."""

    label: str
    part: Part = Part.BODY
    hidden: bool = False
    outline: tuple[str, ...] = ()
    is_pattern: bool = False


class PageReader:
    """Writes pages down; what pictures the shapes show is looked up in the store of the whole file."""

    def __init__(self, container: Container, group: Record | None) -> None:
        self._container = container
        self._scribe = container.scribe
        entries = group.all() if group is not None else ()
        self._store = [store_entry(record) for record in entries if record.kind == STORE_ENTRY]
        self._authors: set[str] = set()
        self._pictures = container.compound.root.stream("Pictures") or b""

    def write(self, record: Record, page: Page) -> None:
        """All shapes of a page, then its comments and what else it says."""
        count = 0
        for shape in shapes(record):
            look = read_shape(shape)
            self._container.packages.append(look.package)
            hidden = page.hidden or look.hidden
            for text in paragraphs(shape, page.outline):
                if page.is_pattern and is_prompt(text):
                    continue
                count += 1
                place = f"{page.label} ¶{count}" if page.part is Part.BODY else page.label
                if text.strip():
                    unseen = hidden or (page.is_pattern and _placeholder(shape) is not None)
                    part = unseen_pattern(page.part) if unseen and page.is_pattern else page.part
                    self._scribe.add(text, place, part=part, hidden=unseen)
            for aside in look.asides:
                place = f"{page.label} {aside.what}"
                self._scribe.add(aside.text, place, part=aside.part or page.part, hidden=aside.hidden or hidden)
            for number in look.pictures:
                self._placed(number, page.label)
            for content in embedded_pictures(shape):
                self._container.pictures.placed(content, page.label)
        self._beside(record, page)

    def store(self) -> None:
        """Pictures of the store that no page has shown."""
        for number in range(1, len(self._store) + 1):
            self._placed(number, "")

    def _placed(self, number: int, near: str) -> None:
        if not 0 < number <= len(self._store):
            return
        entry = self._store[number - 1]
        content = entry.picture
        if content is None and entry.delayed >= 0:
            record = record_at(self._pictures, entry.delayed)
            content = None if record is None else picture(record)
            if record is not None and content is not None:
                self._container.take(("Pictures",), entry.delayed, record.end)
        if content is not None:
            self._container.pictures.placed(content, near)

    def _beside(self, record: Record, page: Page) -> None:
        """Comments, footers, and other strings of a page."""
        number = 0
        for inner in without_shapes(record):
            if inner.kind == kinds.COMMENT:
                number += 1
                self._comment(inner, page.label)
            elif inner.kind == kinds.HEADERS_FOOTERS:
                for text in strings(inner):
                    self._scribe.add(text, f"{page.label} 页眉页脚", part=Part.FOOTER, hidden=page.hidden)
            elif inner.kind == kinds.STRING and telling(wide(inner)):
                self._scribe.add(wide(inner), f"{page.label} 名称", part=Part.PROPERTY, hidden=True)

    def _comment(self, comment: Record, label: str) -> None:
        for inner in comment.inner():
            if inner.kind == kinds.STRING and inner.instance == _COMMENT_TEXT:
                self._scribe.add(wide(inner), f"{label} 批注", part=Part.COMMENT, hidden=True)
            elif inner.kind == kinds.STRING and wide(inner) not in self._authors:
                self._authors.add(wide(inner))
                self._scribe.add(wide(inner), "批注作者", part=Part.PROPERTY, hidden=True)


def is_hidden(slide: Record) -> bool:
    """Whether a slide is left out of the show ([MS-PPT] 2.6.6 SlideShowSlideInfoAtom)."""
    info = slide.first(kinds.SHOW_INFO)
    return info is not None and info.end - info.start >= 12 and bool(info.body[10] & _FIRST_FLAG_HIDDEN)


def shapes(record: Record, depth: int = 0) -> Iterator[Record]:
    """The shapes of a page in their order, those in groups too."""
    for inner in record.inner():
        if inner.kind == SHAPE:
            yield inner
        elif depth < 40:
            yield from shapes(inner, depth + 1)


def without_shapes(record: Record, depth: int = 0) -> Iterator[Record]:
    """Everything of a page but its shapes; comments and footers as a whole."""
    for inner in record.inner():
        if inner.kind == SHAPE:
            continue
        yield inner
        if inner.kind not in (kinds.COMMENT, kinds.HEADERS_FOOTERS) and depth < 40:
            yield from without_shapes(inner, depth + 1)


def paragraphs(shape: Record, outline: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a shape; its text may be kept in the outline of all slides."""
    if (_placeholder(shape) or 0) in _NO_TEXT:
        return
    for inner in shape.all():
        text = text_of_atom(inner)
        if inner.kind == kinds.OUTLINE_REFERENCE and inner.end - inner.start >= 4:
            (number,) = struct.unpack_from("<I", inner.body)
            text = outline[number] if number < len(outline) else None
        if text is not None:
            yield from lines(text)


def lines(text: str) -> Iterator[str]:
    """The paragraphs of a text atom."""
    yield from (line.translate(_MARKS) for line in text.split("\r"))


def text_of_atom(record: Record) -> str | None:
    """The text of a text atom; bytes are the lower halves of UTF-16 ([MS-PPT] 2.9.43)."""
    if record.kind == kinds.TEXT_WIDE:
        return wide(record)
    return record.body.decode("latin-1").rstrip("\0") if record.kind == kinds.TEXT_BYTES else None


def wide(record: Record) -> str:
    """The body of an atom as UTF-16."""
    body = record.body
    return body[: len(body) // 2 * 2].decode("utf-16-le", "replace").rstrip("\0")


def strings(container: Record) -> Iterator[str]:
    """The strings right inside a container."""
    yield from (wide(inner) for inner in container.inner() if inner.kind == kinds.STRING and wide(inner).strip())


def _placeholder(shape: Record) -> int | None:
    """Which placeholder a shape is; None for a shape of its own."""
    for inner in shape.inner():
        if inner.kind == kinds.CLIENT_DATA:
            atom = inner.first(kinds.PLACEHOLDER)
            if atom is not None and atom.end - atom.start >= 5:
                return atom.body[4]
    return None
