"""The texts that cells share, and the same kind of text inside a cell: rich runs, phonetic signs, escapes."""

from __future__ import annotations

import re

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.package.xml import child, found, local, plain, take
from reviewer.extract.workbook.texts import RichText
from reviewer.extract.xlsx.formats import Formats
from reviewer.terms import Part

_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")


class Strings:
    """The shared strings of a workbook; those that no cell uses are left over from deleted cells."""

    def __init__(self, package: Package, main: str, formats: Formats) -> None:
        self._strings: list[RichText] = []
        for name in package.related(main, "sharedStrings"):
            self._strings += [rich_text(entry, formats) for entry in package.rows(name, "si")]
        self._known: frozenset[str] | None = None
        self._used = bytearray(len(self._strings))

    def text(self, index: int) -> RichText | None:
        """The string of this index, marked as used; None if there is none."""
        if not 0 <= index < len(self._strings):
            return None
        self._used[index] = 1
        return self._strings[index]

    def holds(self, text: str) -> bool:
        """Whether a text stands among the strings word for word."""
        if self._known is None:
            self._known = frozenset(string.text for string in self._strings)
        return text in self._known

    def write_unused(self, package: Package) -> None:
        """Write down the strings that no cell shows."""
        for used, string in zip(self._used, self._strings, strict=True):
            if not used and string.text.strip():
                package.scribe.add(string.text, "共享字符串（未使用）", part=Part.EMBEDDED, hidden=True)


def rich_text(entry: etree._Element, formats: Formats) -> RichText:
    """The text of an `si`, `is` or comment `text` element: its runs joined, phonetic signs apart."""
    if len(entry) == 1 and local(entry[0]) == "t":
        return RichText(text=unescaped(plain(entry[0])))  # Nearly all are so.
    texts: list[str] = []
    phonetic: list[str] = []
    pale: list[str] = []
    for inner in entry:
        name = local(inner)
        letters = unescaped("".join(take(text) for text in found(inner, "t")))
        if name in ("rPh", "phoneticPr"):
            phonetic.append(letters)
            continue
        texts.append(letters)
        if name == "r" and formats.is_pale(child(inner, "rPr")):
            pale.append(letters)
    return RichText(text="".join(texts), phonetic="".join(phonetic), pale="".join(pale))


def unescaped(text: str) -> str:
    """Characters that a workbook writes as `_x0041_` (ECMA-376-1, 22.9.2.19)."""
    return _ESCAPE.sub(_decoded, text) if "_x" in text else text


def _decoded(match: re.Match[str]) -> str:
    units = bytes.fromhex(match.group().replace("_x", "").replace("_", ""))
    letters = units.decode("utf-16-be", "replace")
    return "".join(letter for letter in letters if letter >= " " or letter in "\t\n")
