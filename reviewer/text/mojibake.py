"""Text that was read in the wrong encoding before it reached us, and escapes that nobody undid: found, and mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote_to_bytes

from reviewer.text.commonness import cost, surprise
from reviewer.text.fold import HAN
from reviewer.text.lazy import lazy
from reviewer.text.suspicion import is_escaped, strange


class Cause(Enum):
    """What happened to a text on its way."""

    UTF8_AS_LATIN = "UTF-8 被当作 Latin-1"
    GBK_AS_LATIN = "GBK 被当作 Latin-1"
    UTF8_AS_GBK = "UTF-8 被当作 GBK"
    BIG5_AS_GBK = "Big5 被当作 GBK"
    GBK_AS_BIG5 = "GBK 被当作 Big5"
    GBK_AS_JAPANESE = "GBK 被当作日文编码"
    GBK_AS_KOREAN = "GBK 被当作韩文编码"
    ESCAPED = "转义字符"
    ADDRESS = "网址编码"
    LOST = "原文已丢失"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A line as it was meant. `whole`: nothing was lost and nothing is doubtful; else a person must look."""

    text: str
    causes: frozenset[Cause]
    whole: bool


# Bits, and the mean of them that a run may have at most to be taken for what somebody wrote; measured on lawful
# notices and on their garbled forms, see tests/text/test_mojibake.py.
_GAIN = 12.0
_GAIN_PER_CHARACTER = 1.5
_ORDINARY = 12.0
_POSSIBLE = 14.0
_NONSENSE = ((30, 15.0), (12, 17.5))  # ideographs, and what they come to; the rarest lawful passage: 12.7
_MOST_LAYERS = 3

_LATIN_RUN = lazy("[\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2,}")
# A letter, or two signs that nobody types in a row; quotes, dashes, × and ÷ are no evidence.
_LATIN = lazy("[\xc0-\xd6\xd8-\xf6\xf8-\xff]|[¡ª¬¯¸¹º¼½¾¿¨´µ¶«»].*[¡ª¬¯¸¹º¼½¾¿¨´µ¶«»]")
# Letters of a word follow each other; bytes of another encoding fall among the signs, and into any case.
_NO_WORD = lazy("[\xa1-\xbf\xd7\xf7]|[\xdf-\xff][\xc0-\xde]|[\xc0-\xde][\xdf-\xff]")
_UNUSED_IN_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_BYTE_OF = str.maketrans(
    {bytes([code]).decode("cp1252"): chr(code) for code in range(0x80, 0xA0) if code not in _UNUSED_IN_CP1252}
)
_WIDE_RUN = lazy(r"[^\x00-\x7f\s，。、；：？！（）《》“”‘’]{2,}")
_HAN = lazy(f"[{HAN}]")
_HALF_WIDTH = lazy("[\uff61-\uff9f]{6}")
_BAD = lazy("[\ufffd?]+")
# Every second hanzi's middle is lost where a program drops private characters: what is left alternates so.
_TORN = lazy(rb"(?:[\xe4-\xe9][\x80-\xbf][\x80-\xbf][\x80-\xbf])+")
_LEAST_PAIRED = 4

_DOUBLE_BYTES = (
    ("gb18030", "cp950", Cause.BIG5_AS_GBK),
    ("cp950", "gbk", Cause.GBK_AS_BIG5),
    ("cp932", "gbk", Cause.GBK_AS_JAPANESE),
    ("cp949", "gbk", Cause.GBK_AS_KOREAN),
)

_CODE_UNITS = lazy(r"(?:\\u[0-9a-fA-F]{4}){2,}|\\u[2-9][0-9a-fA-F]{3}")
_REFERENCES = lazy(
    r"(?:&(?:amp;)*#(?:[0-9]{2,7}|[xX][0-9a-fA-F]{2,6});){2,}|&(?:amp;)*#(?:[1-9][0-9]{4,6}|[xX][2-9a-fA-F][0-9a-fA-F]{3,5});"
)
_REFERENCE = lazy(r"#(?:([0-9]+)|[xX]([0-9a-fA-F]+));")
_PERCENTS = lazy(r"(?:%[0-9a-fA-F]{2}){2,}")
_PERCENT_ASCII = lazy(r"(?:%[2-7][0-9a-fA-F])+")
_LEAST_PERCENTS_ASCII = 6


def is_nonsense(text: str) -> bool:
    """Whether the ideographs of a longer text are such as nobody strings together: a font or a table was wrong."""
    ideographs = "".join(_HAN.findall(text))
    if len(ideographs) < _NONSENSE[-1][0] or not strange(ideographs):
        return False
    rarity = surprise(ideographs)
    return any(len(ideographs) >= least and rarity > bits for least, bits in _NONSENSE)


def mend(line: str) -> Mended | None:
    """The line with everything undone that can be; None if it is as it was written."""
    mending = _Mending()
    text = line
    for _ in range(_MOST_LAYERS):
        before = text
        text = mending.layer(text)
        if text == before:
            break
    if not mending.causes:
        return None
    return Mended(text=text, causes=frozenset(mending.causes), whole=mending.whole)


class _Mending:
    """Undoes one layer after the other, and remembers what was found on the way."""

    def __init__(self) -> None:
        self.causes: set[Cause] = set()
        self.whole = True

    def layer(self, text: str) -> str:
        if is_escaped(text):
            for pattern, plain in _ESCAPES:
                text = pattern.sub(self._undo(plain), text)
        if text.isascii() or not strange(text):
            return text
        text = _LATIN_RUN.sub(self._undo(self._from_latin), text)
        return _WIDE_RUN.sub(self._undo(self._from_wide), text)

    def _undo(self, plain: Callable[[str], str | None]) -> Callable[[re.Match[str]], str]:
        def undone(found: re.Match[str]) -> str:
            text = plain(found[0])
            if text is None:
                return found[0]
            if plain in _UNESCAPING:
                self.causes.add(Cause.ADDRESS if plain is _unquoted else Cause.ESCAPED)
            return text

        return undone

    def _from_latin(self, run: str) -> str | None:
        if not _LATIN.search(run):
            return None
        data = run.translate(_BYTE_OF).encode("latin-1", "replace")
        return self._utf8_of(data) or self._gbk_of(data, run)

    def _utf8_of(self, data: bytes) -> str | None:
        text = _decoded(data, "utf-8")
        whole = text is not None
        if text is None:
            text = data.decode("utf-8", "replace")
            if not _outweigh(text, 2):
                return None
        elif all(code < 0xC0 or code == 0xC2 for code in data):
            return None  # "Â©": nothing is lost by it
        self.causes.add(Cause.UTF8_AS_LATIN)
        self.whole &= whole
        return text

    def _gbk_of(self, data: bytes, run: str) -> str | None:
        if len(run) < _LEAST_PAIRED or not _NO_WORD.search(run):
            return None
        even = len(data) - len(data) % 2
        text = _decoded(data[:even], "gb18030")
        if text is None or cost(text) + _GAIN > cost(run):
            return None
        return self._believed(text + run[even:], text, Cause.GBK_AS_LATIN)

    def _believed(self, text: str, plain: str, cause: Cause) -> str | None:
        likely = surprise(plain)
        if likely > _POSSIBLE:
            return None
        self.causes.add(cause)
        self.whole &= likely <= _ORDINARY
        return text

    def _from_wide(self, run: str) -> str | None:
        if not strange(run) or not (_HAN.search(run) or _HALF_WIDTH.search(run)):
            return None
        text = self._from_utf8(run)
        if text is not None:
            return text
        for shown, true, cause in _DOUBLE_BYTES if len(run) >= _LEAST_PAIRED else ():
            data = _encoded(run, shown)
            plain = None if data is None else _decoded(data, true)
            if plain is not None and _is_better(plain, run):
                return self._believed(plain, plain, cause)
        return None

    def _from_utf8(self, run: str) -> str | None:
        """UTF-8 is strict: what is valid in it by accident is short. A byte or two are often lost on the way."""
        data = run.replace("\ufffd", "?").encode("gb18030", "replace")
        if _TORN.fullmatch(data):
            self.causes.add(Cause.LOST)
            self.whole = False
            return None
        text = data.decode("utf-8", "replace")
        if not _outweigh(text, 1) or cost(text.replace("\ufffd", "")) + _GAIN > cost(run):
            return None
        self.causes.add(Cause.UTF8_AS_GBK)
        self.whole &= _BAD.search(text) is None
        return text


def _outweigh(text: str, times: int) -> bool:
    """Whether the ideographs in a text are two at least, and so many times what could not be decoded."""
    good = len(_HAN.findall(text))
    return good >= 2 and good >= times * len(_BAD.findall(text))


def _is_better(plain: str, run: str) -> bool:
    return cost(plain) + _GAIN + _GAIN_PER_CHARACTER * len(plain) < cost(run)


def _units(run: str) -> str | None:
    data = b"".join(int(unit, 16).to_bytes(2, "big") for unit in run.split("\\u")[1:])
    return _decoded(data, "utf-16-be")


def _referred(run: str) -> str | None:
    points = [int(found[1] or "0") or int(found[2] or "0", 16) for found in _REFERENCE.finditer(run)]
    if not all(0x20 <= point < 0xD800 or 0xDFFF < point < 0x110000 for point in points):
        return None
    return "".join(map(chr, points))


def _unquoted(run: str) -> str | None:
    """Percent signs: UTF-8 or GBK bytes; a few ASCII ones (%20%2F) are how addresses are written."""
    if _PERCENT_ASCII.fullmatch(run) and len(run) < 3 * _LEAST_PERCENTS_ASCII:
        return None
    data = unquote_to_bytes(run)
    text = _decoded(data, "utf-8")
    if text is None:
        text = _decoded(data, "gb18030")
        if text is None or surprise(text) > _POSSIBLE:
            return None
    return text if text.isprintable() else None


_ESCAPES = ((_CODE_UNITS, _units), (_REFERENCES, _referred), (_PERCENTS, _unquoted))
_UNESCAPING = frozenset({_units, _referred, _unquoted})


def _encoded(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
