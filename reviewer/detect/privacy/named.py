"""Every name of a text as its exposure is weighed: where it stands, what is told around it, the words beside it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from zlib import crc32

from reviewer.detect.privacy.exposure import WORDS, Mention
from reviewer.detect.privacy.ordinary_words import NOUNS
from reviewer.detect.privacy.people import Name
from reviewer.detect.privacy.pinned import called
from reviewer.detect.privacy.roles import Standing, role_before
from reviewer.detect.privacy.society import everywhere
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.value import dataclass

_MOST_PLACES = 12  # of one name that are looked at
_BEHIND, _LEAST_BEHIND, _NOTHING_BEHIND = 24, 3, -6.0
_FAR = 400  # characters to a fact that is nowhere near
_UNREAD = -7.5  # log odds of what no scorer has read
_FLOOR = 0.001  # of a probability, so that its log odds stay finite
_AROUND, _HEADER, _LEAD = 2, 8, 4


@dataclass(slots=True)
class _Read:
    """One name as the text was read: where, how, and in which parts."""

    places: list[Range]
    parts: set[Standing]
    faint: bool = False
    short: bool = False


def mentions(survey: Survey, facts: Iterable[Range], told: Collection[str]) -> list[Mention]:
    """Every name of a text, sure, faint or short. `facts`: what is told, names aside; `told`: names that rules tell."""
    return list(_Weighing(survey, sorted(facts), told).mentions())


class _Weighing:
    """One text's names and facts, looked up by place."""

    def __init__(self, survey: Survey, facts: Sequence[Range], told: Collection[str]) -> None:
        self._survey, self._text, self._told = survey, survey.text, told
        self._facts = [start for start, _ in facts]
        self._names = self._read()
        for name in told:
            if name not in self._names and (at := self._text.find(name)) >= 0:
                self._names[name] = _Read([(at, at + len(name))], set())
        self._starts = sorted(start for read in self._names.values() for start, _ in read.places)
        chances = [_odds(chance) for chance in survey.hearsay.chances]
        self._whole = (
            max(chances, default=_odds(0.0)),
            sum(chances) / max(1, len(chances)),
            math.log1p(len(facts)),
            math.log1p(len(self._names)),
        )

    def _read(self) -> dict[str, _Read]:
        society, held = self._survey.society, dict[str, _Read]()
        taken: set[int] = set()
        for line in self._survey.reading.lines:
            found: list[tuple[Range, Name | None, bool]] = [
                ((name.start, name.end), name, False) for name in society.names_in(*line)
            ]
            found += [
                ((name.start, name.end), name, True) for name in society.faint_in(*line) if name.text[:2] not in NOUNS
            ]
            found += [(place, None, False) for place in called(self._text, *line)]
            for (start, end), name, faint in found:
                sure = name is not None and not faint
                if not sure and not taken.isdisjoint(range(start, end)):
                    continue
                taken.update(range(start, end))
                read = held.setdefault(self._text[start:end], _Read([], set()))
                read.places.append((start, end))
                read.faint |= faint
                read.short |= name is None
                if name is not None:
                    read.parts.add(name.standing)
        return held

    def mentions(self) -> Iterator[Mention]:
        certain = set(self._starts)
        places = {name: set(read.places) for name, read in self._names.items()}
        for name, start, end in everywhere(self._text, list(self._names), certain):
            places[name].add((start, end))
        for name, read in self._names.items():
            yield self._mention(name, read, sorted(places[name]))

    def _mention(self, name: str, read: _Read, places: Sequence[Range]) -> Mention:
        seen = places[:_MOST_PLACES]
        best = map(max, zip(*(self._place(start, end) for start, end in seen), strict=True))
        parts = read.parts
        traits = (
            name in self._told,
            Standing.OFFICIAL in parts,
            parts == {Standing.OFFICIAL},
            read.faint,
            read.short,
            Standing.PRIVATE in parts,
            Standing.MINOR in parts,
            Standing.PETITIONER in parts,
            Standing.NONE in parts,
            math.log(len(places)),
            *best,
            *self._whole,
        )
        words = frozenset(crc32(word.encode()) % WORDS for place in seen for word in self._words(*place))
        return Mention(text=name, places=tuple(places), traits=tuple(map(float, traits)), words=words)

    def _place(self, start: int, end: int) -> tuple[float, ...]:
        """Of one place: sentence, behind, near, free, record, beside."""
        survey = self._survey
        low, high = survey.reading.sentence_at(start)
        line_end = survey.reading.line_at(start)[1]
        chance = survey.hearsay.chance_at(start)
        stop = min(high, end + _BEHIND)
        behind = survey.hearsay.score(end, stop) if stop - end >= _LEAST_BEHIND else _NOTHING_BEHIND
        next_fact = bisect_left(self._facts, end)
        near = self._facts[next_fact] if next_fact < len(self._facts) else end + _FAR
        free = near < line_end and not self._count(self._starts, end, near)
        return (
            _UNREAD if chance is None else _odds(chance),
            behind,
            -math.log1p(near - end),
            float(free),
            math.log1p(self._count(self._facts, *survey.records.at(start))),
            math.log1p(self._count(self._starts, low, high)),
        )

    @staticmethod
    def _count(places: Sequence[int], low: int, high: int) -> int:
        return bisect_left(places, high) - bisect_right(places, low - 1)

    def _words(self, start: int, end: int) -> Iterator[str]:
        """The role before a name, one and two characters on either side, and what its column is called."""
        low = self._survey.reading.line_at(start)[0]
        before, after = self._text[max(low, start - _LEAD) : start], self._text[end : end + _LEAD]
        yield "r=" + role_before(self._text, low, start)
        for size in range(1, _AROUND + 1):
            yield f"b{size}=" + before[-size:]
            yield f"a{size}=" + after[:size]
        yield f"ba={before[-1:]}|{after[:1]}"
        cell = self._survey.cell_at(start)
        if cell is not None:
            yield "h=" + cell.header[:_HEADER]


def _odds(chance: float) -> float:
    return math.log(max(chance, _FLOOR) / max(1 - chance, _FLOOR))
