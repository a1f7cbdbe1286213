"""One paragraph of a .doc: what its reader sees, and what stands beside or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reviewer.extract.docx.paragraph import Voice, is_mute_code
from reviewer.extract.ole.doc.looks import Look
from reviewer.extract.ole.doc.pieces import FILLER
from reviewer.extract.ooxml.drawing import Aside
from reviewer.terms import Part

_SIGN = re.compile(r"[\x00-\x08\x0b-\x1f(\ufdd0]")
_PICTURE, _DRAWN, _SYMBOL = "\x01", "\x08", "("
_FIELD_BEGIN, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_SHOWN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
_PICTOGRAMS = ("wingding", "webding", "zapf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Text of one look that stands on one ground; `start` is the position of its first character."""

    start: int
    text: str
    look: Look
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A sign that stands for a picture, an object, a drawing, or the data of a field at a position."""

    position: int
    picture: int | None
    is_ole: bool
    is_drawn: bool
    is_data: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as read: its visible text, what is said beside it, and where something is drawn."""

    text: str
    asides: tuple[Aside, ...]
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    voice: Voice
    text: str
    inserted: bool = False


class ParagraphReader:
    """Reads the paragraphs of one story in order; fields may begin in one and end in another."""

    def __init__(self, fonts: Sequence[str]) -> None:
        self._fonts = fonts
        self._fields: list[bool] = []  # for each open field, whether its code is still being read
        self._pieces: list[_Piece] = []
        self._anchors: list[Anchor] = []

    def read(self, letters: Iterator[Letters]) -> Paragraph:
        """The paragraph that these letters make."""
        self._pieces, self._anchors = [], []
        for same in letters:
            self._letters(same)
        return Paragraph(
            text="".join(piece.text for piece in self._pieces if piece.voice is Voice.SEEN),
            asides=tuple(self._asides()),
            anchors=tuple(self._anchors),
        )

    def _letters(self, letters: Letters) -> None:
        text, at = letters.text, 0
        for sign in _SIGN.finditer(text):
            self._say(text[at : sign.start()], letters)
            at = sign.end()
            self._sign(sign[0], letters, letters.start + sign.start())
        self._say(text[at:], letters)

    def _sign(self, sign: str, letters: Letters, position: int) -> None:
        look = letters.look
        if sign == _FIELD_BEGIN:
            self._fields.append(True)
        elif sign == _FIELD_RESULT and self._fields:
            self._fields[-1] = False
        elif sign == _FIELD_END and self._fields:
            self._fields.pop()
        elif sign == _SYMBOL:
            self._say(self._symbol(look) if look.symbol else sign, letters)
        elif sign in _SHOWN:
            self._say(_SHOWN[sign], letters)
        if sign in (_PICTURE, _DRAWN, _FIELD_RESULT) and (look.special or look.picture is not None):
            self._anchor(sign, look, position)

    def _anchor(self, sign: str, look: Look, position: int) -> None:
        drawn = sign == _DRAWN
        if drawn or look.picture is not None:
            self._anchors.append(
                Anchor(
                    position=position,
                    picture=look.picture,
                    is_ole=sign == _FIELD_RESULT or bool(look.is_ole),
                    is_drawn=drawn,
                    is_data=bool(look.is_data),
                )
            )

    def _symbol(self, look: Look) -> str:
        """A character of a symbol font; the private F0xx range stands for the font's own ASCII places."""
        font, code = look.symbol or (0, 0)
        name = self._fonts[font].lower() if font < len(self._fonts) else ""
        if 0xF020 <= code <= 0xF07E and not name.startswith(_PICTOGRAMS):
            code -= 0xF000
        return chr(code) if code >= 0x20 and not 0xD800 <= code < 0xE000 else ""

    def _say(self, text: str, letters: Letters) -> None:
        text = text.replace(FILLER, "")
        if text:
            self._pieces.append(_Piece(voice=self._voice(letters), text=text, inserted=bool(letters.look.inserted)))

    def _voice(self, letters: Letters) -> Voice:
        if any(self._fields):
            return Voice.CODE
        if letters.look.deleted:
            return Voice.DELETED
        return Voice.HIDDEN if letters.look.conceals(letters.ground) else Voice.SEEN

    def _asides(self) -> Iterator[Aside]:
        """Neighbouring pieces of one voice together, and insertions, which stand in the line as well."""
        for voice, pieces in groupby(self._pieces, key=lambda piece: piece.voice):
            text = "".join(piece.text for piece in pieces)
            if voice is Voice.HIDDEN and text.strip():
                yield Aside(text=text, what="隐藏文字")
            elif voice is Voice.DELETED and text.strip():
                yield Aside(text=text, what="修订删除", part=Part.DELETION)
            elif voice is Voice.CODE and text.strip() and not is_mute_code(text):
                yield Aside(text=text, what="域代码", part=Part.FIELD_CODE)
        seen = (piece for piece in self._pieces if piece.voice is Voice.SEEN)
        for inserted, pieces in groupby(seen, key=lambda piece: piece.inserted):
            text = "".join(piece.text for piece in pieces)
            if inserted and text.strip():
                yield Aside(text=text, what="修订插入", part=Part.INSERTION)
