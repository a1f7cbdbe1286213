"""One OpenDocument paragraph: what its reader sees, joined over all spans, and what stands beside or behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from reviewer.extract.odf.styles import Look, Styles
from reviewer.extract.ooxml.drawing import Aside
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import attr, found, local, plain, take, whole
from reviewer.extract.telling import telling
from reviewer.terms import Part

DEEPEST = 100
_MOST_SPACES = 1000
_WHITE = re.compile(r"[ \t\r\n]+")
_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_NOTHING = frozenset(
    {"annotation-end", "bookmark-end", "reference-mark-end", "soft-page-break", "toc-mark-end", "user-index-mark-end"}
)
_MARKS = frozenset({"bookmark", "bookmark-start", "reference-mark", "reference-mark-start"})
_INSETS = frozenset(
    {"frame", "custom-shape", "rect", "line", "polyline", "polygon", "path", "circle", "ellipse", "g", "connector"}
    | {"measure", "caption", "regular-polygon", "control", "page-thumbnail", "scene"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """Something that stands in a paragraph but is no part of its line: a drawing, a note, a comment."""

    element: etree._Element
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as read: its visible text, its asides and insets, and whether it was too deep to read."""

    text: str
    asides: tuple[Aside, ...]
    insets: tuple[Inset, ...]
    too_deep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A tracked change: what kind, and for a deletion its text (OpenDocument 1.3 part 3, 5.5)."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    look: Look
    hidden: bool
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    text: str
    hidden: bool
    inserted: bool


class ParagraphReader:
    """Reads the paragraphs of one story; an insertion may begin in one paragraph and end in another."""

    def __init__(self, styles: Styles, changes: dict[str, Change], met: set[str]) -> None:
        self._styles = styles
        self._changes = changes
        self._met = met
        self._inserting: set[str] = set()
        self._begin()

    def read(self, paragraph: etree._Element, ground: str, *, hidden: bool = False) -> Paragraph:
        """One `text:p` or `text:h` on a ground; its text is taken out of the tree."""
        self._begin()
        look = self._styles.look("paragraph", attr(paragraph, "style-name"))
        self._ground = look.ground or ground
        self._walk(paragraph, _Around(look=look, hidden=hidden, depth=0))
        return Paragraph(
            text="".join(piece.text for piece in self._pieces if not piece.hidden),
            asides=(*self._spoken(), *self._asides),
            insets=tuple(self._insets),
            too_deep=self._too_deep,
        )

    def _begin(self) -> None:
        self._pieces: list[_Piece] = []
        self._asides: list[Aside] = []
        self._insets: list[Inset] = []
        self._too_deep = False
        self._ground = ""

    def _walk(self, element: etree._Element, around: _Around) -> None:
        if around.depth > DEEPEST:
            self._too_deep = True
            self._aside(take(element), "隐藏文字", None)
            return
        self._text(_collapsed(element.text), around)
        element.text = None
        for inner in element:
            self._inline(inner, local(inner), replace(around, depth=around.depth + 1))
            self._text(_collapsed(inner.tail), around)
            inner.tail = None

    def _inline(self, inner: etree._Element, name: str, around: _Around) -> None:
        """One element in a paragraph; an unknown one is taken for a wrapper and looked into."""
        if name == "s":
            self._text(" " * max(1, min(whole(attr(inner, "c"), 1), _MOST_SPACES)), around)
        elif name in _SIGNS:
            self._text(_SIGNS[name], around)
        elif name == "span":
            own = self._styles.look("text", attr(inner, "style-name"))
            self._walk(inner, replace(around, look=own.over(around.look)))
        elif name in ("note", "annotation") or name in _INSETS:
            self._insets.append(Inset(element=inner, hidden=around.hidden))
        elif name in _MARKS:
            self._mark(inner)
        elif name in _OTHERS:
            _OTHERS[name](self, inner, around)
        elif name not in _NOTHING:
            self._walk(inner, around)

    def _text(self, text: str | None, around: _Around) -> None:
        if not text:
            return
        hidden = around.hidden or around.look.conceals(text, self._ground)
        self._pieces.append(_Piece(text=text, hidden=hidden, inserted=bool(self._inserting)))

    def _link(self, link: etree._Element, around: _Around) -> None:
        address = take_attribute(link, "href")
        if address and not address.startswith("#"):
            self._aside(address, "链接", Part.PROPERTY)
        self._aside(take_attribute(link, "title"), "链接提示", Part.ALT_TEXT)
        self._walk(link, around)

    def _mark(self, mark: etree._Element) -> None:
        name = take_attribute(mark, "name")
        if telling(name) and not name.startswith("_"):
            self._aside(name, "书签", Part.PROPERTY)

    def _change(self, change: etree._Element, around: _Around) -> None:
        identity = attr(change, "change-id") or ""
        said = self._changes.get(identity)
        if said is None:
            return
        self._met.add(identity)
        if said.kind == "deletion":
            self._aside(said.text, "修订删除", Part.DELETION)
        elif local(change) == "change-start" and said.kind == "insertion":
            self._inserting.add(identity)

    def _change_end(self, change: etree._Element, around: _Around) -> None:
        self._inserting.discard(attr(change, "change-id") or "")

    def _hidden_text(self, field: etree._Element, around: _Around) -> None:
        """A text shown on a condition: `string-value` is the text, the content is what is shown of it now."""
        whole_text, shown = take_attribute(field, "string-value"), plain(field)
        self._walk(field, replace(around, hidden=around.hidden or attr(field, "is-hidden") == "true"))
        if whole_text and whole_text != shown:
            self._aside(whole_text, "隐藏文字", None)

    def _conditional(self, field: etree._Element, around: _Around) -> None:
        shown = plain(field)
        for key in ("string-value-if-true", "string-value-if-false"):
            text = take_attribute(field, key)
            if text and text != shown:
                self._aside(text, "条件文字", Part.FIELD_CODE)
        self._walk(field, around)

    def _ruby(self, ruby: etree._Element, around: _Around) -> None:
        """The base stays in the line; the small letters above it would break a word or number apart."""
        for part in ruby:
            if local(part) == "ruby-base":
                self._walk(part, around)
            elif local(part) == "ruby-text":
                self._asides.append(Aside(text=take(part), what="拼音", hidden=around.hidden))

    def _variable(self, field: etree._Element, around: _Around) -> None:
        """A variable that is set here, and perhaps not shown."""
        value, shown = take_attribute(field, "string-value"), plain(field)
        self._walk(field, replace(around, hidden=around.hidden or attr(field, "display") == "none"))
        if value != shown:
            self._aside(value, "变量", Part.FIELD_CODE)

    def _script(self, script: etree._Element, around: _Around) -> None:
        self._aside(take_attribute(script, "href"), "脚本", Part.SCRIPT)
        self._aside(take(script), "脚本", Part.SCRIPT)

    def _choices(self, field: etree._Element, around: _Around) -> None:
        for label in list(field):
            if local(label) == "label":
                self._aside(take_attribute(label, "value"), "窗体域", Part.FORM_VALUE)
        self._walk(field, around)

    def _aside(self, text: str, what: str, part: Part | None) -> None:
        if text.strip():
            self._asides.append(Aside(text=text, what=what, part=part))

    def _spoken(self) -> Iterator[Aside]:
        """Neighbouring hidden pieces together, and insertions, which stand in the line as well."""
        for hidden, pieces in groupby(self._pieces, key=lambda piece: piece.hidden):
            text = "".join(piece.text for piece in pieces)
            if hidden and text.strip():
                yield Aside(text=text, what="隐藏文字")
        seen = (piece for piece in self._pieces if not piece.hidden)
        for inserted, pieces in groupby(seen, key=lambda piece: piece.inserted):
            text = "".join(piece.text for piece in pieces)
            if inserted and text.strip():
                yield Aside(text=text, what="修订插入", part=Part.INSERTION)


_OTHERS: dict[str, Callable[[ParagraphReader, etree._Element, _Around], None]] = {
    "a": ParagraphReader._link,
    "change": ParagraphReader._change,
    "change-start": ParagraphReader._change,
    "change-end": ParagraphReader._change_end,
    "hidden-text": ParagraphReader._hidden_text,
    "conditional-text": ParagraphReader._conditional,
    "ruby": ParagraphReader._ruby,
    "variable-set": ParagraphReader._variable,
    "variable-input": ParagraphReader._variable,
    "script": ParagraphReader._script,
    "dropdown": ParagraphReader._choices,
}


def hides_itself(paragraph: etree._Element) -> bool:
    """Whether a field hides its whole paragraph now."""
    fields = found(paragraph, "hidden-paragraph")
    return any(attr(field, "is-hidden") == "true" for field in fields)


def _collapsed(text: str | None) -> str:
    """White space as OpenDocument counts it: any run of it is one blank (6.1.2)."""
    return _WHITE.sub(" ", text) if text else ""
