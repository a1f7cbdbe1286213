"""Which names are private: those beside a particular, those whose part says it, and their other occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from reviewer.detect.privacy.datum import Data, Datum
from reviewer.detect.privacy.deeds import doers
from reviewer.detect.privacy.links import Links
from reviewer.detect.privacy.people import Name, has_surname
from reviewer.detect.privacy.roles import SENSITIVE, Standing, honorific_after
from reviewer.detect.privacy.society import everywhere
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.terms import Rule
from reviewer.text.lazy import lazy

_TYPES = {
    Standing.WHISTLEBLOWER: "whistleblower_identity",
    Standing.PETITIONER: "petitioner_identity",
    Standing.VICTIM: "victim_identity",
    Standing.HURT: "victim_identity",
    Standing.MINOR: "minor_identity",
}
LINKED, PINNED = "name_linked", "quasi_reident"
_WEAK = frozenset(
    [
        "medical_condition",
        "disability",
        "minor_identity",
        "marital_status",
        "criminal_or_drug_record",
        "hardship_reason",
        "income_or_account_balance",
        "victim_identity",
        "petitioner_identity",
        "location_track",
        "religion_ethnicity_sensitive",
        "biometric",
    ]
)
_OWN_NUMBER = 20  # characters within which a number right after a name is that person's
_DIGIT = lazy(r"[0-9〇零一二三四五六七八九]")
_ANSWER = lazy(r"反映|来信|来电|信访|诉求|投诉|留言|工单|热线")
_REMARKS = lazy(r"备注|说明|情况|意见|关系|原因")
_SALUTATION = lazy(
    r"(?:女士|先生|同志|小姐|同学|老师|大爷|大妈|家长)?[：:](?=[ \t]*[\r\n]|[ ]*[您你])|(?:女士|先生|同志|同学)，?您好"
)


class Naming:
    """Turns names into particulars, once all others are known."""

    def __init__(self, survey: Survey, data: Data, links: Links, rules: Mapping[str, Rule]) -> None:
        self._survey, self._data, self._links, self._rules = survey, data, links, rules
        self._text = survey.text
        self._read: set[int] = set()  # where names were read as names

    def is_sensitive(self) -> bool:
        """Whether somebody's name is private by the part it plays, before anything else is known."""
        return any(True for _ in self._sensitive()) or any(
            table.sensitive and table.names for table in self._survey.rosters
        )

    def places(self) -> list[int]:
        """Where the private persons known so far are named, in order."""
        return sorted(start for _, start, _ in everywhere(self._text, list(self._standings()), self._read))

    def _standings(self) -> dict[str, Standing]:
        """The part that each private person plays; who acts for an office is left out."""
        found = self._found()
        officials = {name.text for name in self._officials() if name.text not in found or not found[name.text][1]}
        return {text: standing for text, (standing, _) in found.items() if text not in officials}

    def data(self) -> Iterator[Datum]:
        """Every occurrence of every private person's full name."""
        standings = self._standings()
        for text, start, end in everywhere(self._text, list(standings), self._read):
            rule = self._rules.get(_TYPES.get(standings[text], LINKED)) or self._rules.get(LINKED)
            if rule is not None:
                yield Datum(rule=rule, start=start, end=end, confidence=rule.confidence)
        pin = self._rules.get(PINNED)
        if pin is not None:
            for start, end in self._links.pins():
                yield Datum(rule=pin, start=start, end=end, confidence=pin.confidence)

    def _found(self) -> dict[str, tuple[Standing, bool]]:
        """Each private name: the part it plays, and whether a number of its own follows it."""
        found: dict[str, tuple[Standing, bool]] = {}
        for name in self._private():
            self._read.add(name.start)
            standing, owns = found.get(name.text, (Standing.NONE, False))
            if standing is Standing.NONE or (name.standing in _TYPES and standing not in _TYPES):
                standing = name.standing
            found[name.text] = standing, owns or self._owns_number(name)
        return found

    def _private(self) -> Iterator[Name]:
        yield from self._beside_particulars()
        yield from self._links.subjects()
        yield from self._sensitive()
        yield from self._on_sensitive_lists()
        if self._links.private_document:
            for line in self._survey.reading.lines:
                if self._survey.cell_at(line[0]) is None:
                    yield from (
                        name
                        for name in self._survey.society.private_in(*line)
                        if name.standing is not Standing.NONE or honorific_after(self._text, name.end)
                    )

    def _beside_particulars(self) -> Iterator[Name]:
        records: dict[Range, bool] = {}
        for datum in self._data:
            record = self._survey.records.at(datum.start)
            records[record] = records.get(record, False) or datum.rule.type not in _WEAK
        for record, hard in records.items():
            weak = hard and self._survey.cell_at(record[0]) is None
            names = [name for name in self._survey.society.names_in(*record) if self._is_of_its_row(name)]
            if weak and not names and (earlier := self._links.named_before(record[0])):
                yield earlier
            yield from (
                name
                for name in names
                if not self._is_of_thing(name)
                and ((not name.official and (name.strong or weak)) or (hard and self._owns_number(name)))
            )

    def _is_of_its_row(self, name: Name) -> bool:
        """Whether a name is told something of in its own row, where a line holds the rows of several persons."""
        row = self._survey.row_at(name.start)
        return row is None or self._data.within(*row)

    def _is_of_thing(self, name: Name) -> bool:
        """Whether it stands in a column of a table that holds no persons: of schools, shops, grades."""
        cell = self._survey.cell_at(name.start)
        return cell is not None and cell.meaning in ("OFFICE", "NEUTRAL", "NUMBER") and not _REMARKS.search(cell.header)

    def _sensitive(self) -> Iterator[Name]:
        """Names that a role makes private by itself: 举报人王…, and whom an answer to a petition addresses."""
        for word in SENSITIVE_WORDS:
            for start, end in self._survey.reading.hits(word):
                if self._text[start - 1 : start] == "被":  # 被投诉人: the firm complained of
                    continue
                stop = min(self._survey.reading.line_at(start)[1], end + 14)
                yield from (
                    name
                    for name in self._survey.society.names_in(start, stop)
                    if name.standing in SENSITIVE and not self._links.is_public(name.start)
                )
        yield from self._doers
        yield from self._headed()
        if _ANSWER.search(self._text, 0, 600):
            for start, _ in self._survey.reading.lines[:12]:
                yield from self._addressed(start)

    def _headed(self) -> Iterator[Name]:
        """Who stands in a column of those who informed, petitioned or were harmed, whatever else its rows hold."""
        for table in self._survey.rosters:
            for cell, standing, _ in table.names:
                named = has_surname(cell.text) or "·" in cell.text  # 部分业主 complain too
                if named and standing in SENSITIVE and not self._links.is_public(cell.start):
                    yield Name(cell.start, cell.end, cell.text, standing, True)

    @cached_property
    def _doers(self) -> tuple[Name, ...]:
        return tuple(name for name in doers(self._survey) if not self._links.is_public(name.start))

    def _addressed(self, start: int) -> Iterator[Name]:
        stop = min(self._survey.reading.line_at(start)[1], start + 12)
        for name in self._survey.society.names_in(start, stop)[:1]:
            if name.start - start <= 1 and not name.official and _SALUTATION.match(self._text, name.end):
                yield Name(name.start, name.end, name.text, Standing.PETITIONER, True)

    def _on_sensitive_lists(self) -> Iterator[Name]:
        for table in self._survey.rosters:
            if table.sensitive:
                yield from (Name(c.start, c.end, c.text, standing, True) for c, standing, _ in table.names)

    def _owns_number(self, name: Name) -> bool:
        """Whether a particular follows the name at once, so that no office explains it."""
        stop = self._text.find("\n", name.end, name.end + _OWN_NUMBER)
        stop = stop if stop >= 0 else name.end + _OWN_NUMBER
        return _DIGIT.search(self._text, name.end, stop) is not None and self._data.covers(name.end, stop)

    def _officials(self) -> Iterator[Name]:
        for line in self._survey.reading.lines if self._data else ():
            if self._survey.cell_at(line[0]) is None:
                yield from (name for name in self._survey.society.names_in(*line) if name.official)


_SENSITIVE_WORDS = (
    "举报人 检举人 控告人 信访人 上访人 来访人 来信人 来电人 投诉人 诉求人 反映人 被害人 受害人 受害者 上访户 "
)
SENSITIVE_WORDS = tuple(_SENSITIVE_WORDS.split())
"""Role words that the automaton looks for on behalf of names."""
