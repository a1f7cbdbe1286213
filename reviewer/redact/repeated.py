"""Where else the same stands that was found once: plainly, in another spelling, turned around."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reviewer.extract.garbled import MENDED
from reviewer.extract.turned import AS_SEEN, runs
from reviewer.redact.masks import STARS, How
from reviewer.redact.operation import Operation
from reviewer.redact.spellings import SIGNS, letters, packed, plainly
from reviewer.redact.values import Values
from reviewer.terms import Document, Part, Segment

_TELLING = re.compile(r"[0-9A-Za-z]{7,}|[\u3400-\u9fff·]{3,}")
_LEAST_NUMBER = 7


def elsewhere(document: Document, made: Sequence[Operation]) -> Iterator[Operation]:
    """The same numbers and names where no rule looked: one that is masked once is masked everywhere."""
    covered = sorted((one.start, one.end) for one in made)
    known = _known(document, made)
    if not known:
        return
    search = Values(known)
    for segment in document.segments:
        if segment.part is Part.FILE_NAME:
            continue
        for low, high, value in search.places(segment.text):
            start, end = segment.start + low, segment.start + high
            if not is_within(covered, start, end):
                yield replace(known[value], start=start, end=end, place=segment.place, hidden=segment.hidden)
        for low, high, value in _spelled(segment, search):
            start, end = segment.start + low, segment.start + high
            if not is_within(covered, start, end):
                yield replace(
                    known[value], start=start, end=end, place=segment.place, hidden=segment.hidden,
                    how=How.MASK, mask=STARS, outline=STARS,
                )  # fmt: skip


def _known(document: Document, made: Sequence[Operation]) -> Mapping[str, Operation]:
    """What is looked for, and the operation whose mask it gets; what was mended beside a line stands in that line."""
    known: dict[str, Operation] = {}
    for one in made:
        text = plainly(document.text[one.start : one.end].strip())
        named = one.how is How.NAME and one.mask.endswith(("某", *"0123456789"))
        seen = not one.hidden or (one.place.endswith(MENDED) and one.how is not How.PERSON)
        if seen and "\n" not in text and (named or _is_number(text)) and _TELLING.search(text):
            known.setdefault(text, replace(one, how=How.MASK, mask=STARS) if one.hidden else one)
    return known


def _spelled(segment: Segment, search: Values) -> Iterator[tuple[int, int, str]]:
    """Where a value stands in escapes, or within a run of Base64 or hex, which goes as a whole."""
    said = letters(segment.text) if SIGNS.intersection(segment.text) else []
    if 0 < len(said) < len(segment.text):
        for low, high, value in search.places("".join(letter.char for letter in said)):
            start, end = said[low].start, said[high - 1].end
            if segment.text[start:end] != value:
                yield start, end, value
    told: set[tuple[int, int]] = set()
    for start, end, text in packed(segment.text):
        for _, _, value in search.places(text)[:1] if (start, end) not in told else ():
            told.add((start, end))
            yield start, end, value


def turned(document: Document, made: Sequence[Operation]) -> Iterator[Operation]:
    """What was found in a line as it is seen stands in the file turned around, and goes there with its marks."""
    starts = [segment.start for segment in document.segments]
    for one in made:
        place = document.segments[bisect_right(starts, one.start) - 1].place
        if not place.endswith(AS_SEEN) or one.how in (How.KEEP, How.PERSON):
            continue
        value = document.text[one.start : one.end]
        for segment in document.segments:
            for low, high, seen in runs(segment.text) if segment.place == place.removesuffix(AS_SEEN) else ():
                if value in seen or seen in value:
                    start, end = segment.start + low, segment.start + high
                    yield replace(
                        one, start=start, end=end, place=segment.place, hidden=segment.hidden, how=How.MASK, mask=STARS
                    )


def _is_number(text: str) -> bool:
    return sum(c.isdigit() for c in text) >= _LEAST_NUMBER


def is_within(covered: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether anything of a place is covered; `covered` is in order."""
    at = bisect_right(covered, (start, 1 << 60))
    return any(low < end and high > start for low, high in covered[max(0, at - 40) : at + 1])
