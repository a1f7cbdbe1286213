"""What a document says comes with it (its attachments), and which of that follows in the document itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reviewer.text.attachment_note import HEADING, NUMBERED, TABLE, Announced, Line, listed_in
from reviewer.text.lazy import lazy
from reviewer.text.numerals import NUMBER, number_of
from reviewer.text.titles import alike, comparable, has_extension, without_extension
from reviewer.value import dataclass

_SEEN = rf"(?P<numbers>{NUMBER}(?:\s*[、,，和及与~～至—-]\s*(?:附件)?{NUMBER})*)"
_MENTION = lazy(rf"(?:详见|[见附如按照填写到以]|[（(])\s*(?:详见|见)?附件\s*{_SEEN}(?!\d)")
_SEE = lazy(r"(?:详见|见|附后的?|（|\()\s*附件(?:[。，；,;）)]|$)")
_EACH = lazy(NUMBER)
_LONGEST_TITLE = 90
_TELLING = 4  # characters of a title that no other line has by chance
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """All that a document says of its attachments.

    `items` are those to be looked for elsewhere; `contained` those that follow in the document itself; `gaps` numbers
    missing from the sequence; `beyond` numbers that the text mentions and the note does not list; `empty`: a note
    that lists nothing. `start` and `end` enclose the note.
    """

    items: tuple[Announced, ...]
    contained: tuple[Announced, ...]
    skipped: tuple[int, ...]
    beyond: tuple[int, ...]
    empty: bool
    start: int
    end: int

    @property
    def is_listed(self) -> bool:
        return any(item.listed for item in (*self.items, *self.contained))


def announcement(lines: Sequence[Line], own_name: str = "") -> Announcement | None:
    """What these lines, a whole document's in order, say of attachments; None when they say nothing."""
    found, empty = listed_in(lines)
    if not found and empty is None:
        found = list(_mentioned(lines))
    if not found and empty is None:
        return None
    own = comparable(without_extension(own_name))
    found = [item for item in found if not own or comparable(item.title) != own]
    below = _Below(lines)
    contained = [item for item in found if below.holds(item, alone=len(found) == 1)]
    listed = [item.number for item in found if item.number is not None and item.listed]
    places = [(item.start, item.end) for item in found] or ([empty] if empty else [])
    if not places:
        return None
    return Announcement(
        items=tuple(item for item in found if item not in contained),
        contained=tuple(contained),
        skipped=tuple(number for number in range(1, max(listed, default=0)) if number not in listed),
        beyond=tuple(sorted(_numbers_mentioned(lines) - set(listed))) if listed else (),
        empty=empty is not None,
        start=min(start for start, _ in places),
        end=max(end for _, end in places),
    )


def _mentioned(lines: Sequence[Line]) -> Iterator[Announced]:
    """Attachments of which the text speaks without a note that lists them."""
    told: set[int | None] = set()
    for line in lines:
        if "附件" not in line.text:
            continue
        numbers: list[int | None] = [*_mentioned_in(line.text)]
        if not numbers and _SEE.search(line.text):
            numbers = [None]
        for number in numbers:
            if number not in told:
                told.add(number)
                yield Announced(number=number, title="", start=line.start, end=line.end, listed=False)


def _numbers_mentioned(lines: Iterable[Line]) -> set[int]:
    return {number for line in lines if "附件" in line.text for number in _mentioned_in(line.text)}


def _mentioned_in(text: str) -> Iterator[int]:
    for found in _MENTION.finditer(text):
        for one in _EACH.finditer(found["numbers"]):
            number = number_of(one[0])
            if number is not None:
                yield number


class _Below:
    """Where in a document attachments of its own begin: at headings, at titles on lines of their own, at tables.

    Lines of that kind one below the other are a list (the links of a page), not the beginnings of anything.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._headings: list[tuple[int, int | None]] = []
        self._numbered: list[tuple[int, int | None, str]] = []
        self._titles: dict[str, int] = {}
        before = False
        for at, line in enumerate(lines):
            numbered = NUMBERED.match(line.text) if len(line.text) <= _LONGEST_TITLE else None
            beside = before or (at + 1 < len(lines) and bool(_is_numbered(lines[at + 1])))
            before = bool(numbered and numbered["rest"])
            if len(line.text) <= _LONGEST_TITLE and not has_extension(line.text) and not (before and beside):
                self._note(line, numbered)

    def _note(self, line: Line, numbered: re.Match[str] | None) -> None:
        heading = HEADING.match(line.text)
        if heading and line is not self._lines[-1]:  # with nothing below it, it announces
            self._headings.append((line.start, number_of(heading["number"])))
        elif numbered and numbered["rest"]:
            self._numbered.append((line.start, number_of(numbered["number"]), comparable(numbered["rest"])))
        title = comparable(line.text)
        if len(title) >= _TELLING:
            self._titles[title] = line.start

    def holds(self, item: Announced, *, alone: bool) -> bool:
        """Whether that attachment follows its announcement; `alone`: there is no other, so any heading will do."""
        title = comparable(item.title)
        if self._titles.get(title, -1) >= item.end:
            return True
        if any(at >= item.end and (n == item.number or (n is None and alone)) for at, n in self._headings):
            return True
        if any(at >= item.end and n == item.number and alike(own, title) >= _HALF for at, n, own in self._numbered):
            return True
        return alone and self._next(item) == TABLE

    def _next(self, item: Announced) -> str:
        return next((line.text for line in self._lines if line.start >= item.end), "")


def _is_numbered(line: Line) -> bool:
    found = NUMBERED.match(line.text)
    return found is not None and bool(found["rest"])
