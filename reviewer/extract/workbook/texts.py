"""The texts that the cells of a workbook share; those that no cell uses are left over from deleted cells."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.extract.scribe import Scribe
from reviewer.terms import Part

MOST_TEXTS = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText:
    """One string: as shown in the line, its phonetic signs, and what of it is written in white."""

    text: str
    phonetic: str = ""
    pale: str = ""


class SharedTexts:
    """A table of strings in which nearly all are plain."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._rich: dict[int, RichText] = {}
        self._used = bytearray()
        self._known: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, text: RichText) -> None:
        """Take in the next string."""
        if text.phonetic or text.pale:
            self._rich[len(self._texts)] = text
        self._texts.append(text.text)
        self._used.append(0)

    def text(self, index: int) -> RichText | None:
        """The string of this index, marked as used; None if there is none."""
        if not 0 <= index < len(self._texts):
            return None
        self._used[index] = 1
        return self._rich.get(index) or RichText(text=self._texts[index])

    def holds(self, text: str) -> bool:
        """Whether a text stands among the strings word for word."""
        if self._known is None:
            self._known = frozenset(self._texts)
        return text in self._known

    def write_unused(self, scribe: Scribe) -> None:
        """Write down the strings that no cell shows."""
        for index, text in enumerate(self._texts):
            if self._used[index] or not text.strip():
                continue
            scribe.add(text, "共享字符串（未使用）", part=Part.EMBEDDED, hidden=True)
            rich = self._rich.get(index)
            if rich is not None:
                scribe.add(rich.phonetic, "共享字符串（未使用）拼音", part=Part.ATTRIBUTE, hidden=True)
