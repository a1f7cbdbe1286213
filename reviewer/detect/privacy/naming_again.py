"""The names of a document weighed once more, all else known: which that rules tell are let go, which were missed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property

from reviewer.detect.persons import Likely, best
from reviewer.detect.privacy.datum import Data, Datum
from reviewer.detect.privacy.exposure import Exposure, Mention
from reviewer.detect.privacy.named import mentions
from reviewer.detect.privacy.naming import LINKED, PINNED
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.terms import Action

# A part that makes a name private by itself is not weighed, nor a name beside one of these.
_WEIGHED = frozenset((LINKED, "minor_identity"))
_NUMBERS = frozenset(
    (
        *("resident_id", "passport", "hk_macau_permit", "tw_permit", "foreign_resident_id", "military_id"),
        *("driver_licence", "bank_card", "bank_account", "mobile_phone", "landline", "email", "wechat_qq", "plate"),
        *("social_security_no", "property_cert_no", "student_no", "birth_date"),
    )
)
_LONGEST_NAME = 5


class NamingAgain:
    """`named`: what rules tell of names, among `data`, all that is told."""

    def __init__(self, survey: Survey, data: Data, named: Sequence[Datum]) -> None:
        self._survey, self._data, self._named = survey, data, named
        self.doubted: set[str] = set()  # names that rules told and that were let go

    @cached_property
    def told(self) -> set[str]:
        """The names that rules tell."""
        return {self._text_of(datum) for datum in self._named if datum.rule.type != PINNED}

    @cached_property
    def facts(self) -> list[Range]:
        """What asks for action and is more than somebody's name, in order."""
        return sorted((datum.start, datum.end) for datum in self._data if _is_fact(datum))

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every name of the text with what is told around it."""
        return mentions(self._survey, self.facts, self.told)

    def weighed(self, exposure: Exposure, is_public: Callable[[int], bool]) -> tuple[list[Datum], list[Likely]]:
        """What of `named` is let go, and the places of names that no rule told, none over another or over a told one.

        `is_public`: whether a place is of a work of letters, of history or of public life.
        """
        chances = {mention: exposure.chance(mention) for mention in self.mentions}
        unlikely = {mention.text for mention, chance in chances.items() if chance < exposure.least}
        self.doubted = (self.told & unlikely) - self._beside_facts()
        let_go = [d for d in self._named if d.rule.type in _WEIGHED and self._text_of(d) in self.doubted]
        missed = [
            (chance, start, end)
            for mention, chance in chances.items()
            if chance >= exposure.enough and mention.text not in self.told
            for start, end in mention.places
            if not is_public(start)
        ]
        taken = {place for datum in self._named for place in range(datum.start, datum.end)}
        return let_go, best(missed, taken)

    def _beside_facts(self) -> set[str]:
        """The names with a number in their record by which somebody can be told; in a table, with any fact."""
        numbers = sorted(datum.start for datum in self._data if datum.rule.type in _NUMBERS)
        facts = [start for start, _ in self.facts]
        beside = set()
        for datum in self._named:
            low, high = self._survey.records.at(datum.start)
            held = numbers if self._survey.cell_at(datum.start) is None else facts
            if bisect_left(held, low) < bisect_left(held, high):
                beside.add(self._text_of(datum))
        return beside

    def _text_of(self, datum: Datum) -> str:
        return self._survey.text[datum.start : datum.end]


def _is_fact(datum: Datum) -> bool:
    kind = datum.rule.type
    if kind in (LINKED, PINNED) or (kind.endswith("_identity") and datum.end - datum.start <= _LONGEST_NAME):
        return False
    return (datum.action or datum.rule.action) is not Action.NOTE
