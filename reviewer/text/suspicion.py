"""A quick look whether a text asks for a closer one: most do not, and the gate must be quick."""

from __future__ import annotations

from reviewer.text.lazy import lazy

_LOST = "锟斤拷"
_ESCAPES = ("\\u", "&#", "&amp;#")
_PERCENTS = lazy("%[0-9a-fA-F]{2}%[0-9a-fA-F]{2}")
_ORDINARY = frozenset("\t\n\r·–—‘’“”•…★☆●□℃" + "".join(map(chr, range(0x20, 0x7F))))


def strange(text: str) -> frozenset[str]:
    """The characters that an ordinary Chinese draft has no need of: all but ASCII and what GB 2312 has of Chinese."""
    rest = frozenset(text) - _ORDINARY
    known = "".join(rest).encode("gb2312", "ignore").decode("gb2312")
    return rest - {character for character in known if _is_chinese(character)}


def is_escaped(text: str) -> bool:
    """Whether escapes may stand in the text."""
    return any(sign in text for sign in _ESCAPES) or ("%" in text and _PERCENTS.search(text) is not None)


def is_lost(text: str) -> bool:
    """Whether U+FFFD, written as UTF-8 and read as GBK, stands in the text: what stood there cannot be found again."""
    return _LOST in text


def _is_chinese(character: str) -> bool:
    """Ideographs and full-width signs; the kana, Greek letters and boxes of GB 2312 are worth a closer look."""
    return "\u4e00" <= character <= "\u9fff" or "\u3000" <= character < "\u3020" or character >= "\uff00"
