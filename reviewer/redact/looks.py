"""What a person must look at before a copy is made: handwriting, pictures that nobody could read, and what they say.

A plan lists each of them under `looks`; `keep` says that a person has looked at it and lets it stand, `remove` takes
the object out. As long as nobody has decided, it is `person`, and no copy that still holds it is made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.redact.masks import How
from reviewer.strict import Table
from reviewer.terms import Document, Gap

_PICTURE = re.compile(r"图面|图片\d+（.+ 附近）(?:!位图\d+)?|p\d+ 图片\d+")
_INK = re.compile(r"(?:.+/)?ink/[^/]+\.xml")
_DIGITS = re.compile(r"\d+")
_DECISIONS = (How.PERSON, How.KEEP, How.REMOVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One object that was not read, and why; `how` is a person's word on it."""

    place: str
    reason: str
    how: How = How.PERSON

    @property
    def is_ink(self) -> bool:
        """Whether it is handwriting, whose place is the part that holds its strokes."""
        return _INK.fullmatch(self.place) is not None

    def json(self) -> Mapping[str, str]:
        """The form that a person edits: `how` is theirs to change."""
        return {"place": self.place, "reason": self.reason, "how": self.how.value}


def looks(document: Document) -> tuple[Look, ...]:
    """The objects of a document that an eye can judge; what else was not read is no matter of looking."""
    told = dict.fromkeys((gap.place, gap.reason) for gap in document.gaps if can_be_seen(gap))
    return tuple(Look(place=place, reason=reason) for place, reason in told)


def can_be_seen(gap: Gap) -> bool:
    """Whether a look at the page settles what was not read."""
    return _PICTURE.fullmatch(gap.place) is not None or _INK.fullmatch(gap.place) is not None


def decided(proposed: Sequence[Look], rows: Iterable[Table], where: str) -> tuple[Look, ...]:
    """The looks as a plan says. Raises UsageError naming the place, ConfigurationError for another word."""
    words = {row.string("place"): row.choice("how", How) for row in rows}
    known = {look.place: look for look in proposed}
    for place, how in words.items():
        if place not in known:
            raise UsageError(tr(f"{where}：looks 里没有 {place} 这一处", f"{where}: looks: there is no {place}"))
        if how not in _DECISIONS or (how is How.REMOVE and not known[place].is_ink):
            raise UsageError(
                tr(
                    f"{where}：{place} 看过后只能 keep（保留）；手写墨迹还可以 remove（整个删去）。图片请在原件中删去",
                    f"{where}: {place}: keep it once looked at; only handwriting is removed here, a picture in the "
                    "original",
                )
            )
    return tuple(replace(look, how=words.get(look.place, How.PERSON)) for look in proposed)


def undecided(gaps: Iterable[Gap], said: Sequence[Look]) -> list[Gap]:
    """The gaps of a copy that no decision covers.

    Numbers of pictures and pages move when others go, so that gaps are compared by their kind, and counted: no kind
    is covered of which one is undecided, and no more than were kept. Kept handwriting is seen as its picture.
    """
    kept = Counter(_kind(look.place, look.reason) for look in said if look.how is How.KEEP and not look.is_ink)
    drawn = sum(look.how is How.KEEP for look in said if look.is_ink)
    open_kinds = {_kind(look.place, look.reason) for look in said if look.how is How.PERSON}
    left: list[Gap] = []
    for gap in gaps:
        kind = _kind(gap.place, gap.reason)
        if kind in open_kinds or not can_be_seen(gap):
            left.append(gap)
        elif kept[kind]:
            kept[kind] -= 1
        elif drawn:
            drawn -= 1
        else:
            left.append(gap)
    return left


def _kind(place: str, reason: str) -> tuple[str, str]:
    return _DIGITS.sub("", place), reason
