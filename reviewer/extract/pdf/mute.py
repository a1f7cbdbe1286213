"""Content that should show text and does not: no size, no such font, a matrix that flattens it, broken operators.

Programs that draw pages pass over such text without a word, and so does pdfium; other programs copy it out of the file.
Operators and their operands: ISO 32000-1, annex A.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pikepdf

from reviewer.extract.pdf.values import container, entry

# Possessive, and begun where no number goes on: a stream may be nothing but digits.
_NUMBER = rb"(?<![-+.\d])[-+]?+(?:\d++(?:\.\d*+)?+|\.\d++)"
_BEGINS = re.compile(rb"[(%]|<(?!<)")
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_LINE_END = re.compile(rb"[\r\n]|\Z")
_IS_SHOWN = re.compile(rb"\s*(?:Tj|['\"\]()<]|[-+.\d])")
_LETTER = re.compile(rb"[A-Za-z0-9]")
_SHOWS = re.compile(rb"[)>\]]\s*(?:Tj|TJ|['\"])")
_FONT = re.compile(rb"/([^\s/\[\]()<>{}%]*+)\s++(" + _NUMBER + rb")\s++Tf(?![A-Za-z])")
_MATRIX = re.compile(rb"((?:" + _NUMBER + rb"\s++){6})(cm|Tm)(?![A-Za-z])")
_WIDTH = re.compile(rb"(" + _NUMBER + rb")\s++Tz(?![A-Za-z])")
_NAMES = re.compile(rb"/[^\s/\[\]()<>{}%]*")
_WORDS = re.compile(rb"[^\s/\[\]()<>{}%]+")
_PLAIN_NUMBER = re.compile(rb"[-+.\d][-+.\deE]*")
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q"
    b" re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" true false null".split()
)
_MAY_HOLD_ANYTHING = re.compile(rb"\b(?:BI|BX)\b")  # an inline picture, a section for other versions
_SMALLEST = 1e-6
_LARGEST = 1e5
_DEEPEST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A content stream without its strings and comments, whether it ends in a string, whether it shows any letter."""

    bare: bytes
    open_ended: bool
    says_something: bool


def content(stream: bytes) -> Content:
    """Take strings and comments out, in one pass."""
    pieces: list[bytes] = []
    at, says = 0, False
    while (found := _BEGINS.search(stream, at)) is not None:
        pieces.append(stream[at : found.start()])
        if found[0] == b"%":
            at = _end(_LINE_END.search(stream, found.end()))
            continue
        at = stream.find(b">", found.end()) + 1 if found[0] == b"<" else _string_end(stream, found.end())
        if at <= 0:
            return Content(bare=b"".join(pieces), open_ended=True, says_something=says)
        says = says or (
            _IS_SHOWN.match(stream, at) is not None and _LETTER.search(stream, found.end(), at - 1) is not None
        )
        pieces.append(b"()")
    pieces.append(stream[at:])
    return Content(bare=b"".join(pieces), open_ended=False, says_something=says)


def _end(found: re.Match[bytes] | None) -> int:
    assert found is not None  # \Z is always found
    return found.start()


def _string_end(stream: bytes, at: int) -> int:
    """Behind the bracket that closes the string; 0 if none does (ISO 32000-1, 7.3.4.2)."""
    depth = 1
    for found in _IN_STRING.finditer(stream, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return 0


def is_mute(read: Content, fonts: frozenset[str] | None) -> bool:
    """Whether some text of a content stream is drawn by no program, or an operator in it is broken.

    `fonts` are the names that its resources know; None where that cannot be said.
    """
    bare = read.bare
    if not _MAY_HOLD_ANYTHING.search(bare) and (read.open_ended or b")" in bare.replace(b"()", b"")):
        return True
    if b"BT" not in bare and not _SHOWS.search(bare):
        return False
    return (
        any(_is_nothing(float(size)) or not _is_known(name, fonts) for name, size in _FONT.findall(bare))
        or any(_is_nothing(float(width)) for width in _WIDTH.findall(bare))
        or _flattens(bare)
        or _is_broken(bare)
    )


def font_names(holder: object) -> frozenset[str] | None:
    """The font names that a page or form may use, those inherited from above included."""
    names: set[str] = set()
    for _ in range(_DEEPEST):
        fonts = entry(entry(holder, "/Resources"), "/Font")
        if isinstance(fonts, pikepdf.Dictionary):
            names.update(fonts.keys())
        holder = entry(holder, "/Parent")
        if container(holder) is None:
            return frozenset(names)
    return None


def _is_known(name: bytes, fonts: frozenset[str] | None) -> bool:
    return fonts is None or b"#" in name or not name.isascii() or f"/{name.decode('ascii')}" in fonts


def _is_nothing(size: float) -> bool:
    return abs(size) < _SMALLEST or abs(size) > _LARGEST


def _flattens(bare: bytes) -> bool:
    """Whether text is shown under a matrix without area; pictures may be drawn so."""
    looked_at = {b"cm": 0, b"Tm": 0}  # up to where nothing is shown
    for found in _MATRIX.finditer(bare):
        kind = found[2]
        a, b, c, d, _, _ = (float(number) for number in found[1].split())
        if abs(a * d - b * c) >= _SMALLEST**2 or found.start() < looked_at[kind]:
            continue
        end = bare.find(b"ET" if kind == b"Tm" else b"Q", found.end())
        looked_at[kind] = end if end >= 0 else len(bare)
        if _SHOWS.search(bare, found.end(), looked_at[kind]):
            return True
    return False


def _is_broken(bare: bytes) -> bool:
    """Whether there are operators that nobody knows, or that lack their operands; inline pictures hide both."""
    if _MAY_HOLD_ANYTHING.search(bare):
        return False
    words = _WORDS.findall(_NAMES.sub(b" ", bare))
    if any(word not in _OPERATORS for word in set(words) if not _PLAIN_NUMBER.fullmatch(word)):
        return True
    return words.count(b"Tf") != len(_FONT.findall(bare)) or words.count(b"Tm") + words.count(b"cm") != len(
        _MATRIX.findall(bare)
    )
