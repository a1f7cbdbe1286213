"""Bytes to text as RTF means it: the code page of the font in use, else that of the document."""

from __future__ import annotations

from reviewer.text.commonness import cost
from reviewer.text.decode import decode

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""\\fcharsetN → codec (RTF 1.9.1, "Font Table"); 0, 1 and 2 say nothing about Chinese text."""

_PAGES = {936: "gb18030", 54936: "gb18030", 20936: "gb18030", 65001: "utf-8", 10000: "mac_roman", 10008: "gb18030"}
_WESTERN = "cp1252"
_PICTOGRAMS = ("wingding", "webding", "zapf")
_DECLARED = 8.0
"""Bits: a code page that the document names is right more often than not; as in text/decode.py."""


def codec(page: int) -> str:
    """The codec of a Windows code page; Western when there is none of that number."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        b" ".decode(name)  # of no bytes at all, Python does not even look the name up
    except (LookupError, UnicodeError):
        return _WESTERN
    return name


class Fonts:
    """The fonts of a document by number, as far as they say in which code page their text is."""

    def __init__(self) -> None:
        self.document = ""
        self.default = 0
        self._codecs: dict[int, str] = {}
        self._pictograms: set[int] = set()

    def has_charset(self, font: int, charset: int) -> None:
        r"""`\fcharset` in the font table."""
        name = _CHARSETS.get(charset)
        if name is not None and len(self._codecs) < 1 << 16:
            self._codecs[font] = name

    def has_page(self, font: int, page: int) -> None:
        r"""`\cpg` in the font table, which overrides the character set."""
        if page > 0 and len(self._codecs) < 1 << 16:
            self._codecs[font] = codec(page)

    def has_name(self, font: int, name: str) -> None:
        """The font's name in the font table."""
        if name.strip().lower().startswith(_PICTOGRAMS):
            self._pictograms.add(font)

    def draws(self, font: int) -> bool:
        """Whether the font shows little pictures in place of letters."""
        return font in self._pictograms

    def codec(self, font: int) -> str:
        """The codec of a font's text; "" if the font leaves it open."""
        return self._codecs.get(font, "")

    def text(self, raw: bytes, name: str) -> str:
        """The text of a run of bytes written in a font of this codec; U+FFFD where there is none."""
        if raw.isascii():
            return raw.decode("ascii")
        if name:
            for candidate in (name, "big5hkscs" if name == "cp950" else self.document):
                read = _strict(raw, candidate)
                if read is not None:
                    return read
            return raw.decode(name, errors="replace")
        return self._guessed(raw)

    def _guessed(self, raw: bytes) -> str:
        """Old editors write Chinese in fonts of the Western character set: the likelier reading is taken."""
        declared = self.document or _WESTERN
        best = ""
        lowest = float("inf")
        for candidate in dict.fromkeys((declared, "gb18030", "utf-8", _WESTERN)):
            read = _strict(raw, candidate)
            if read is None:
                continue
            bits = cost(read) - (_DECLARED if candidate == declared else 0.0)
            if bits < lowest:
                best, lowest = read, bits
        return best or decode(raw, hint=declared).text


def _strict(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name) if name else None
    except UnicodeDecodeError:
        return None
