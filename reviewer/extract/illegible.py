"""Characters that stand for none: replacement marks, private ones, control codes, glyphs known by number only."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from reviewer.extract.neighbourhood import listed, neighbourhood
from reviewer.extract.scribe import Extracted
from reviewer.language import tr
from reviewer.terms import Gap

# Line ends and tabs of all kinds, and Word's hyphens.
_HARMLESS = frozenset("\t\n\r\x0b\x0c\x1e\x1f\x85")
# Ideographs and pictures are still being added to Unicode; this Python may not know the latest.
_GROWING = ((0x20000, 0x33FFF), (0x1F000, 0x1FAFF))
_SYMBOL_FONT = (0xF020, 0xF0FF)  # Symbol and Wingdings: bullets and boxes, one by one
_MOST_PLACES = 40


@dataclass(slots=True)
class _Count:
    """What was met in one neighbourhood."""

    characters: int = 0
    places: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def illegible(extracted: Extracted, strange: frozenset[str]) -> Extracted:
    """The same with one gap for each page, sheet or section in which characters could not be recognised.

    Where a gap says already that the whole text, or a font of the page, is not to be trusted, none is added.
    """
    pattern = _pattern(strange)
    counts: dict[str, _Count] = defaultdict(_Count)
    for segment in extracted.segments:
        found = pattern.findall(segment.text)
        if found:
            count = counts[neighbourhood(segment)]
            count.characters += sum(1 if one.startswith("(") else len(one) for one in found)
            count.kinds |= {one if one.startswith("(") else character for one in found for character in one}
            count.places.append(segment.place)
    told = [gap.place for gap in extracted.gaps]
    fresh = {place: count for place, count in counts.items() if not _is_told(place, count, told)}
    return replace(extracted, gaps=(*extracted.gaps, *_gaps(fresh))) if fresh else extracted


def _pattern(strange: frozenset[str]) -> re.Pattern[str]:
    symbols = "".join(sorted(filter(_is_symbol, strange)))
    others = "".join(sorted(one for one in strange if _stands_for_none(one) and not _is_symbol(one)))
    parts = [r"\(cid:[0-9]{1,6}\)"]
    parts += [f"[{re.escape(others)}]"] if others else []
    parts += [f"[{symbols}]{{2,}}"] if symbols else []
    return re.compile("|".join(parts))


def _is_symbol(character: str) -> bool:
    return _SYMBOL_FONT[0] <= ord(character) <= _SYMBOL_FONT[1]


def _stands_for_none(character: str) -> bool:
    if character == "\ufffd":
        return True
    if character in _HARMLESS or unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs"):
        return False
    return not any(first <= ord(character) <= last for first, last in _GROWING)


def _is_told(place: str, count: _Count, told: Sequence[str]) -> bool:
    label, mark, rest = place.rpartition("!")
    of_font = f"{label}{mark}{rest} 字体"
    if any(gap.startswith(of_font) or gap in _wholes(label + mark) for gap in told):
        return True
    # The PDF reader takes one odd character, however often, for a bullet, and so does this.
    return re.fullmatch(r"p\d+", rest) is not None and len(count.kinds) == 1


def _wholes(label: str) -> tuple[str, ...]:
    return label + "全文", label + "whole document"


def _gaps(counts: Mapping[str, _Count]) -> Iterator[Gap]:
    for place, count in islice(counts.items(), _MOST_PLACES):
        yield Gap(place=place, reason=_unrecognised(count.characters, listed(count.places)))
    rest = list(counts.items())[_MOST_PLACES:]
    if rest:
        total = sum(count.characters for _, count in rest)
        yield Gap(place=tr("其余各处", "elsewhere"), reason=_unrecognised(total, listed(place for place, _ in rest)))


def _unrecognised(characters: int, places: str) -> str:
    return tr(
        f"{characters} 个字符无法识别（{places}），所在文字不可信：对照原件核对，改正后再审",
        f"{characters} characters could not be recognised ({places}), the text around them is not to be trusted: "
        "compare it with the original",
    )
