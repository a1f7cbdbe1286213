"""One Word paragraph: what its reader sees, joined over all runs, and what stands beside or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import groupby

from lxml import etree

from reviewer.extract.docx.styles import Styles
from reviewer.extract.ooxml.markup import choose
from reviewer.extract.package.xml import attr, child, found, local, plain, take
from reviewer.extract.paragraph import Aside, Inset, Paragraph
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.value import dataclass, field

DEEPEST = 100
"""Levels of nesting inside one paragraph; Word itself stays below thirty."""

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_INSETS = frozenset({"drawing", "pict", "object"})
_PAGE_NUMBER_LENGTH = 4
# Page numbers and cross references: their codes hold nothing but names that Word makes.
_MUTE_CODE = re.compile(
    r'\s*(PAGE|NUMPAGES|SECTIONPAGES|SECTION|(PAGEREF|REF|NOTEREF|HYPERLINK \\l)\s+"?_[A-Za-z]+\d*"?)'
    r"(\s*\\[*#@\w]*\s*\w*)*\s*"
)
_PICTOGRAMS = ("wingding", "webding", "zapf")


class Voice(Enum):
    """How a piece of text stands in its paragraph."""

    SEEN = "seen"
    HIDDEN = "hidden"
    DELETED = "deleted"
    CODE = "code"


@dataclass(slots=True, kw_only=True)
class Field:
    """A Word field that is open at this point: its code is read until its result begins."""

    in_code: bool = True
    code: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Tracked changes around a piece of text."""

    inserted: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    voice: Voice
    text: str
    inserted: bool = False


class ParagraphReader:
    """Reads the paragraphs of one story; fields may begin in one paragraph and end in another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[Field] = []
        self._begin()

    def read(self, paragraph: etree._Element, ground: str, change: Change) -> Paragraph:
        """One `w:p` on a ground colour, inside the given tracked changes."""
        self._begin()
        self._style, self._ground = self._styles.paragraph_ground(child(paragraph, "pPr"), ground)
        self._walk(paragraph, change, hidden=False, depth=0)
        return Paragraph(
            text="".join(piece.text for piece in self._pieces if piece.voice is Voice.SEEN),
            asides=(*self._spoken(), *self._asides),
            insets=tuple(self._insets),
            too_deep=self._too_deep,
        )

    def unfinished(self) -> Iterator[str]:
        """Codes of fields that the story never closed."""
        yield from ("".join(open_field.code) for open_field in self._fields if open_field.code)
        self._fields.clear()

    def _begin(self) -> None:
        self._pieces: list[_Piece] = []
        self._asides: list[Aside] = []
        self._insets: list[Inset] = []
        self._too_deep = False

    def _walk(self, element: etree._Element, change: Change, *, hidden: bool, depth: int) -> None:
        if depth > DEEPEST:
            self._too_deep = True
            self._aside(take(element), "隐藏文字", None)
            return
        for inner in element:
            self._inline(inner, local(inner), change, hidden=hidden, depth=depth + 1)

    def _inline(self, inner: etree._Element, name: str, change: Change, *, hidden: bool, depth: int) -> None:
        """One element below a paragraph; an unknown one is taken for a wrapper and looked into."""
        if name in ("t", "delText", "sym") or name in _SIGNS:
            self._text(_sign(inner, name), name, change, hidden=hidden)
        elif name in ("instrText", "delInstrText"):
            self._code(take(inner))
        elif name == "r":
            self._run(inner, change, hidden=hidden, depth=depth)
        elif name in ("ins", "moveTo"):
            self._walk(inner, Change(inserted=True, deleted=change.deleted), hidden=hidden, depth=depth)
        elif name in ("del", "moveFrom"):
            self._walk(inner, Change(deleted=True), hidden=hidden, depth=depth)
        elif name in _INSETS:
            self._insets.append(Inset(element=inner, hidden=hidden or change.deleted))
        elif name in _OTHERS:
            _OTHERS[name](self, inner, change, hidden, depth)
        elif not name.endswith("Pr"):
            self._walk(inner, change, hidden=hidden, depth=depth)

    def _run(self, run: etree._Element, change: Change, *, hidden: bool, depth: int) -> None:
        properties = child(run, "rPr")
        concealed = hidden or self._styles.conceals(properties, self._style, self._ground)
        if not concealed and self._styles.web_hides(properties, self._style):
            # Word marks the page numbers of a contents table so; on paper they are seen.
            letters = "".join(plain(text) for text in found(run, "t"))
            concealed = len(letters.strip()) > _PAGE_NUMBER_LENGTH
        self._walk(run, change, hidden=concealed, depth=depth)

    def _text(self, text: str, name: str, change: Change, *, hidden: bool) -> None:
        if any(open_field.in_code for open_field in self._fields):
            self._code(text)
        elif change.deleted or name == "delText":
            self._pieces.append(_Piece(voice=Voice.DELETED, text=text))
        elif hidden:
            self._pieces.append(_Piece(voice=Voice.HIDDEN, text=text))
        else:
            self._pieces.append(_Piece(voice=Voice.SEEN, text=text, inserted=change.inserted))

    def _code(self, text: str) -> None:
        if self._fields:
            self._fields[-1].code.append(text)
        else:
            self._pieces.append(_Piece(voice=Voice.CODE, text=text))

    def _mark(self, mark: etree._Element, change: Change, hidden: bool, depth: int) -> None:
        """A field begins, turns from code to result, or ends."""
        state = attr(mark, "fldCharType")
        for data in found(mark, "fldData"):
            self._aside(take(data), "域数据", Part.FIELD_CODE)
        if state == "begin":
            self._fields.append(Field())
        elif self._fields and state in ("separate", "end"):
            current = self._fields[-1] if state == "separate" else self._fields.pop()
            current.in_code = False
            self._aside("".join(current.code), "域代码", Part.FIELD_CODE)
            current.code.clear()

    def _simple_field(self, simple: etree._Element, change: Change, hidden: bool, depth: int) -> None:
        self._aside(attr(simple, "instr") or "", "域代码", Part.FIELD_CODE)
        self._walk(simple, change, hidden=hidden, depth=depth)

    def _link(self, link: etree._Element, change: Change, hidden: bool, depth: int) -> None:
        self._aside(attr(link, "tooltip") or "", "链接提示", Part.ALT_TEXT)
        self._walk(link, change, hidden=hidden, depth=depth)

    def _ruby(self, ruby: etree._Element, change: Change, hidden: bool, depth: int) -> None:
        """The base stays in the line; the small letters above it would break a word or number apart."""
        for part in ruby:
            if local(part) == "rubyBase":
                self._walk(part, change, hidden=hidden, depth=depth)
            elif local(part) == "rt":
                above = "".join(take(text) for text in found(part, "t"))
                self._asides.append(Aside(text=above, what="拼音", hidden=hidden or change.deleted))

    def _alternate(self, alternate: etree._Element, change: Change, hidden: bool, depth: int) -> None:
        branch, others = choose(alternate)
        for text in others:
            self._aside(text, "替代内容", None)
        if branch is not None:
            self._walk(branch, change, hidden=hidden, depth=depth)

    def _content(self, control: etree._Element, change: Change, hidden: bool, depth: int) -> None:
        content = child(control, "sdtContent")
        if content is not None:
            self._walk(content, change, hidden=hidden, depth=depth)

    def _aside(self, text: str, what: str, part: Part | None) -> None:
        if text.strip() and not (part is Part.FIELD_CODE and is_mute_code(text)):
            self._asides.append(Aside(text=text, what=what, part=part))

    def _spoken(self) -> Iterator[Aside]:
        """Neighbouring pieces of one voice together, and insertions, which stand in the line as well."""
        for voice, pieces in groupby(self._pieces, key=lambda piece: piece.voice):
            text = "".join(piece.text for piece in pieces)
            if voice is Voice.HIDDEN and text.strip():
                yield Aside(text=text, what="隐藏文字")
            elif voice is Voice.DELETED and text.strip():
                yield Aside(text=text, what="修订删除", part=Part.DELETION)
            elif voice is Voice.CODE and text.strip():
                yield Aside(text=text, what="域代码", part=Part.FIELD_CODE)
        seen = (piece for piece in self._pieces if piece.voice is Voice.SEEN)
        for inserted, pieces in groupby(seen, key=lambda piece: piece.inserted):
            text = "".join(piece.text for piece in pieces)
            if inserted and text.strip():
                yield Aside(text=text, what="修订插入", part=Part.INSERTION)


_OTHERS = {
    "fldChar": ParagraphReader._mark,
    "fldSimple": ParagraphReader._simple_field,
    "hyperlink": ParagraphReader._link,
    "ruby": ParagraphReader._ruby,
    "AlternateContent": ParagraphReader._alternate,
    "sdt": ParagraphReader._content,
}


def is_mute_code(code: str) -> bool:
    """Whether a field code is a page number or a reference to a mark of Word's own making."""
    return len(code) < 80 and _MUTE_CODE.fullmatch(code) is not None


def too_deep() -> str:
    """The reason of the gap for a paragraph that nests too deeply."""
    return tr("嵌套过深，未按结构读取", "nested too deeply, not read in structure")


def _sign(element: etree._Element, name: str) -> str:
    if name in _SIGNS:
        return _SIGNS[name]
    return _symbol(element) if name == "sym" else take(element)


def _symbol(symbol: etree._Element) -> str:
    """A character of a symbol font; the private F0xx range stands for the font's own ASCII places."""
    digits = attr(symbol, "char") or ""
    if len(digits) > 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits) or not digits:
        return ""
    code = int(digits, 16)
    if 0xF020 <= code <= 0xF07E and not (attr(symbol, "font") or "").lower().startswith(_PICTOGRAMS):
        code -= 0xF000
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
