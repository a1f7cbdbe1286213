"""Everything private that a document says of persons: numbers, tables and labels first, then what hangs on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import cast
from weakref import WeakKeyDictionary

from reviewer.detect.numbers import FINDERS, Found
from reviewer.detect.privacy import sought
from reviewer.detect.privacy.address import addresses, dwellings
from reviewer.detect.privacy.birth import births
from reviewer.detect.privacy.contact import is_public_account
from reviewer.detect.privacy.datum import Data, Datum
from reviewer.detect.privacy.facts import places, windows
from reviewer.detect.privacy.fields import Field
from reviewer.detect.privacy.linkage import linked_tables
from reviewer.detect.privacy.links import Links
from reviewer.detect.privacy.masks import joined_masks
from reviewer.detect.privacy.naming import LINKED, Naming
from reviewer.detect.privacy.naming_again import NamingAgain
from reviewer.detect.privacy.phone_masks import joined_phone_masks
from reviewer.detect.privacy.roster import private_ranges
from reviewer.detect.privacy.sought import Column, Identifier
from reviewer.detect.privacy.spared import Spared, spared
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.privacy.telling import telling
from reviewer.detect.reading import Range, Reading
from reviewer.detect.scenario.governance import Cleared, Governance
from reviewer.detect.scenario.policy import Scenario, Standing
from reviewer.language import tr
from reviewer.terms import Action, DetectorKind, Rule
from reviewer.text.lazy import lazy
from reviewer.value import dataclass, replace

# Particulars by which alone nobody can be told: they do not make a document a private one.
_SOFT = frozenset(("birth_date", "plate", "landline", "email", "quasi_reident"))

_JOINED: Mapping[str, Callable[[Survey, Rule], Iterator[Datum]]] = {
    "masked_id": joined_masks,
    "masked_phone": joined_phone_masks,
    "quasi_identifiers": linked_tables,
}
_JOINT, _SAME = 12, lazy(r"[^。！？!?；;|\t\r\n]*")  # what may stand between two stretches of one passage
_FAR_LONGER = 3  # times the fact: what is longer would drown a word
_LEAST_TOLD = 5  # characters of a clause that are left when its subject is taken off
_ROUNDS = 3  # what one finds beside a person tells the next who is private; most documents need one or two


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The private particulars of a document in the order of the text; what a scenario let pass, and which one."""

    data: tuple[Datum, ...]
    cleared: tuple[Cleared, ...]
    scenario: Scenario | None


_DOSSIERS: WeakKeyDictionary[Reading, Dossier] = WeakKeyDictionary()


def dossier(reading: Reading) -> Dossier:
    """All that a document gives away of persons, under its ruleset."""
    held = _DOSSIERS.get(reading)
    if held is None:
        held = _DOSSIERS[reading] = inquiry(reading).dossier()
    return held


def inquiry(reading: Reading) -> Inquiry:
    """A finished inquiry, with the scenarios that it was made under."""
    ruleset = reading.ruleset
    made = Inquiry(
        reading,
        ruleset.speaking(DetectorKind.IDENTIFIER, reading.words),
        ruleset.by_kind.get(DetectorKind.TABLE, ()),
    )
    if not ruleset.by_kind.keys().isdisjoint((DetectorKind.IDENTIFIER, DetectorKind.TABLE)):
        made.run()
    return made


class Inquiry:
    """The steps, in their order: each sees what those before it found."""

    def __init__(self, reading: Reading, identifiers: Sequence[Rule], columns: Sequence[Rule]) -> None:
        self._reading = reading
        self._identifiers = [(rule, cast(Identifier, rule.match)) for rule in identifiers]
        self._columns = {cast(Column, rule.match).column: rule for rule in columns}
        self._survey = Survey(reading, frozenset(self._columns))
        self.governance = Governance(reading, self._survey)
        self.data = Data()
        self._links = Links(self._survey, self.data)
        self.again = NamingAgain(self._survey, self.data, ())
        self._told: dict[int, tuple[list[Range], list[Range]]] = {}  # what patterns found near whom, by rule

    def dossier(self) -> Dossier:
        return Dossier(
            data=tuple(sorted(self.data, key=lambda datum: (datum.start, datum.end))),
            cleared=self.governance.cleared,
            scenario=self.governance.over.main,
        )

    def run(self) -> None:
        remarks: list[tuple[Rule, Identifier]] = []
        numbers: list[tuple[Rule, Identifier]] = []
        for item in self._with(*FINDERS, sought.PATTERN):
            (remarks if item[0].action is Action.NOTE else numbers).append(item)
        closed = self._close()
        self._tables()
        joined = self._joined()
        self._take(item for item in numbers if not item[1].linked)
        self._labels()
        self._forbidden()
        names = {rule.type: rule for rule, _ in self._with(sought.NAME)}
        naming = Naming(self._survey, self.data, self._links, names)
        exposed = closed or naming.is_sensitive()
        for _ in range(_ROUNDS):
            held = len(self.data)
            self._links.private_document = exposed or any(datum.rule.type not in _SOFT for datum in self.data)
            self._links.named = naming.places() if self.data or exposed else []
            self._take(item for item in numbers if item[1].linked)
            self._take(self._with(sought.ADDRESS, sought.BIRTH, sought.FACT, sought.TOLD))
            if len(self.data) == held:
                break
        self._links.private_document = exposed or any(datum.rule.type not in _SOFT for datum in self.data)
        named = self._named(list(naming.data())) if names else []
        self.data.put(named)
        self._reread()
        self._weigh(named, names)
        self._take(remarks)  # at last: what is only remarked on makes nobody's name private
        self.data.put(joined)

    def _reread(self) -> None:
        """What is told besides, where something private stands already: each clause is looked at once more.

        What goes on from a fact in its sentence makes that fact's place wider, not that of who somebody is; what
        stands alone is a place of its own.
        """
        if all((datum.action or datum.rule.action) is Action.NOTE for datum in self.data):
            return
        for rule, match in self._with(sought.TOLD):
            told = {
                id(rule)
                for rule, match in self._identifiers
                if match.validator in (sought.FACT, sought.TOLD) and not rule.type.endswith("_identity")
            }
            facts = sorted((datum for datum in self.data if id(datum.rule) in told), key=lambda datum: datum.start)
            alone, wider = [], dict[Datum, Datum]()
            note = tr("文中另有私事，再看一遍时此处也像", "private matter stands beside it: told at a second look")
            for found in self._survey.hearsay.again(partial(self._is_besides, match)):
                one = replace(found, start=self._survey.behind_head(found.start, found.end))
                at = bisect_left(facts, one.start, key=lambda datum: datum.start)
                if at and self._goes_on(facts[at - 1], one, facts[at - 1].end, one.start):
                    held = wider.get(facts[at - 1], facts[at - 1])
                    wider[facts[at - 1]] = replace(held, end=one.end)
                elif at < len(facts) and self._goes_on(facts[at], one, one.end, facts[at].start):
                    wider.setdefault(facts[at], replace(facts[at], start=one.start))  # an earlier stretch began before
                else:
                    alone.append(self._datum(rule, one.start, one.end, one.sure, note))
            self.data.widen(wider)
            self.data.add(list(self._ruled(alone)))

    def _weigh(self, named: Sequence[Datum], rules: Mapping[str, Rule]) -> None:
        """Weigh every name once more: rules tell some that nothing is told of, and miss some of whom something is."""
        persons, rule = self._reading.ruleset.persons, rules.get(LINKED)
        exposure = persons.exposure if persons is not None else None
        self.again = NamingAgain(self._survey, self.data, named)
        if exposure is not None and rule is not None and self.again.facts:
            let_go, missed = self.again.weighed(exposure, self._links.is_public)
            self.data.drop(let_go)
            note = tr(
                "旁边写有私事，学得的评分认为与此人有关",
                "something private stands near: of this person, as the learned scorer holds",
            )
            self.data.put(self._named([self._datum(rule, a, b, chance, note) for a, b, chance in missed]))

    def _goes_on(self, fact: Datum, besides: Found, end: int, start: int) -> bool:
        """Whether a stretch stands so near to a fact in its sentence that they are one passage, and not far longer."""
        if start - end > _JOINT or besides.end - besides.start > _FAR_LONGER * (fact.end - fact.start):
            return False
        return _SAME.fullmatch(self._survey.text, end, start) is not None

    def _is_besides(self, match: Identifier, start: int, end: int) -> bool:
        """Whether nothing was found at a place, and it is no header of a table, work of letters or public life."""
        if self.data.covers(start, end) or self._survey.in_header(start) or self._links.is_public(start):
            return False
        if self._survey.text[end - 1] in "：:" or self.governance.has_cleared(start, end):
            return False  # a label says nothing of anybody
        return match.counts(self._reading, start, end, self.header(match, start))

    def proposals(self) -> Iterator[tuple[Rule, Identifier, int, int]]:
        """Every place that an identifier rule considers, kept or not; for explaining."""
        for rule, match in self._identifiers:
            if match.validator != sought.NAME:
                for found in self._proposed(match):
                    yield rule, match, found.start, found.end

    def is_doubted(self, rule: Rule, match: Identifier, start: int) -> bool:
        """Whether a phrase was let go because the learned scorer all but excludes it; for explaining."""
        return match.validator == sought.FACT and self._links.is_doubted(start, rule.type)

    def header(self, match: Identifier, start: int) -> str:
        """What the column of a place is called, where that can make up for a label beside it."""
        cell = self._survey.cell_at(start) if match.require_context else None
        return cell.header if cell is not None else ""

    def spared(self, place: Range) -> Iterator[Spared]:
        """The names at a place that were read and not told; for explaining."""
        return spared(self._survey, self.data, self._links, self.again.doubted, place)

    def fields(self) -> Iterable[Field]:
        """Every labelled value; for explaining."""
        return self._survey.fields

    def _with(self, *validators: str) -> list[tuple[Rule, Identifier]]:
        """The rules with these validators, in the validators' order: the surer numbers take their places first."""
        order = {validator: at for at, validator in enumerate(validators)}
        held = [item for item in self._identifiers if item[1].validator in order]
        return sorted(held, key=lambda item: order[item[1].validator])

    def _close(self) -> bool:
        """Whether some list of the document may not go out at all; the names on such a list are private by that."""
        for grid, table in zip(self._survey.grids, self._survey.rosters, strict=True):
            scenario = self.governance.over.of_grid(grid)
            table.sensitive |= scenario is not None and not scenario.public
        document = self.governance.over.document
        return document is not None and not document.public

    def _ruled(self, data: Iterable[Datum]) -> Iterator[Datum]:
        """What the scenarios leave of the particulars."""
        return (left for datum in data if (left := self.governance.ruled(datum)) is not None)

    def _named(self, names: Sequence[Datum]) -> list[Datum]:
        """What the scenarios leave of the names: who may be named on the list may be named around it.

        A name that a scenario allows, not one that it requires, is told all the same while something private stands in
        its row: it may stay when that has gone.
        """
        ruled = [(datum, self.governance.ruled(datum)) for datum in names]
        shown = {self._text_of(datum) for datum, left in ruled if left is None}
        exposing = self._exposing()
        told = (self._beside(datum, exposing) if left is None else left for datum, left in ruled)
        return [one for one in told if one is not None and (one.conditional or not self._is_shown(one, shown))]

    def _beside(self, datum: Datum, exposing: Sequence[int]) -> Datum | None:
        """The name of an allowed column or label with what keeps it back, if anything in its row does."""
        if datum.rule.type != LINKED or self.governance.requires(datum):
            return None
        low, high = self._survey.row_at(datum.start) or self._survey.records.at(datum.start)
        first = bisect_left(exposing, low)
        if first == len(exposing) or exposing[first] >= high:
            return None
        note = tr(
            "公示可以列姓名，但同一行还有不宜公开的内容", "the list may name, but not beside what stands in the row"
        )
        return replace(datum, note=note, conditional=True)

    def _exposing(self) -> list[int]:
        """Where particulars begin that ask for action and by which somebody can be told, in order."""
        return sorted(
            datum.start
            for datum in self.data
            if datum.rule.type not in _SOFT and (datum.action or datum.rule.action) is not Action.NOTE
        )

    def _is_shown(self, datum: Datum, shown: Container[str]) -> bool:
        return datum.rule.type == LINKED and self._text_of(datum) in shown

    def _text_of(self, datum: Datum) -> str:
        return self._survey.text[datum.start : datum.end]

    def _forbidden(self) -> None:
        """What a scenario keeps back, and would be lawful elsewhere."""
        self.data.add(self._ruled(list(self.governance.forbidden(self._columns, self.data))))

    def _tables(self) -> None:
        for table in self._survey.rosters:
            self.data.add(
                self._ruled(
                    self._datum(rule, value.start, value.end, 1.0, value.note, value.group)
                    for value in table.values
                    if (rule := self._columns.get(value.meaning)) is not None
                    and self._column_holds(rule, value.start, value.end)
                )
            )
        self.data.add(self._ruled(list(self._telling())))

    def _telling(self) -> Iterator[Datum]:
        """What columns tell by their values, unless the list shows them under such a header."""
        for rule in self._columns.values():
            match = cast(Column, rule.match)
            for ordinal, grid in enumerate(self._survey.grids if match.values else ()):
                for value in telling(grid, ordinal, match.column, match.values):
                    if not self._is_shown_there(value.start) and self._column_holds(rule, value.start, value.end):
                        yield self._datum(rule, value.start, value.end, 0.95, value.note, value.group)

    def _is_shown_there(self, start: int) -> bool:
        said = self.governance.standing_at(start)
        return said is not None and said[1].standing in (Standing.REQUIRE, Standing.ALLOW)

    def _joined(self) -> list[Datum]:
        """What columns say together: masks that a row undoes, rows that can be told. Mere remarks are handed back."""
        found = [
            datum
            for column, find in _JOINED.items()
            if (rule := self._columns.get(column)) is not None
            for datum in find(self._survey, rule)
        ]
        self.data.put(list(self._ruled(datum for datum in found if datum.action is not Action.NOTE)))
        return [datum for datum in found if datum.action is Action.NOTE]

    def _column_holds(self, rule: Rule, start: int, end: int) -> bool:
        return cast(Column, rule.match).conditions.hold(self._reading, start, end)

    def _labels(self) -> None:
        """Values that a label calls private, where a person or a number stands in the same record."""
        for field in self._survey.fields:
            rule = self._columns.get(field.meaning)
            if rule is None or field.meaning in ("phone", "email"):
                continue
            if not self._links.tells(field):
                continue
            if field.meaning == "bank_account" and is_public_account(self._survey.text, field.start, field.end):
                continue
            ranges = private_ranges(field.meaning, self._survey.text[field.start : field.end], field.start)
            note = tr(f"“{field.label}”一栏", f"labelled “{field.label}”")
            self.data.add(
                self._ruled(
                    self._datum(rule, start, end, 0.95, note)
                    for start, end in ranges
                    if self._column_holds(rule, start, end)
                )
            )

    def _take(self, items: Iterable[tuple[Rule, Identifier]]) -> None:
        for rule, match in items:
            self.data.add(list(self._ruled(self._accepted(rule, match))))

    def _accepted(self, rule: Rule, match: Identifier) -> Iterator[Datum]:
        reached = 0  # what is told is proposed more than once, the longer stretch first
        for found in self._proposed(match):
            start, end = found.start, found.end
            if self.data.covers(start, end) or not match.counts(self._reading, start, end, self.header(match, start)):
                continue
            if match.validator == sought.TOLD and (start < reached or self.governance.has_cleared(start, end)):
                continue
            if self._links.allow(rule, match, start, end):
                if match.validator == sought.TOLD or (match.validator == sought.FACT and not match.words):
                    start = self._links.predicate(start, end)
                if match.validator == sought.TOLD and end - start < _LEAST_TOLD:
                    continue
                reached = end
                sure = (
                    found.sure
                    if match.has_context(self._reading, start, end) or not match.context
                    else found.sure * 0.95
                )
                yield self._datum(rule, start, end, sure, found.note)

    def _proposed(self, match: Identifier) -> Iterable[Found]:
        if match.validator in FINDERS:
            return FINDERS[match.validator](self._survey.digits)
        if match.validator == sought.TOLD:
            return self._survey.hearsay.found
        if match.validator == sought.ADDRESS:
            return (Found(*place) for place in self._addresses(match))
        if match.validator == sought.BIRTH:
            return (Found(*place) for place in births(self._survey.text, self._survey.digits.today))
        if match.validator != sought.FACT or not match.linked or match.words:
            return (Found(*place) for place in places(match, self._reading))
        near = self._links.reaches()
        held = self._told.get(id(match))
        if held is None or held[0] != near:
            held = self._told[id(match)] = near, places(match, self._reading, near)
        return (Found(*place) for place in held[1])

    def _addresses(self, match: Identifier) -> Iterator[Range]:
        """Everywhere in a document about persons, else only where somebody is said to live, or by numbers alone."""
        text = self._survey.text
        if self._links.private_document:
            yield from addresses(text, 0, len(text))
            return
        yield from dwellings(text, 0, len(text))
        for low, high in windows(match.anchors, self._reading):
            yield from addresses(text, low, high)

    def _datum(self, rule: Rule, start: int, end: int, sure: float, note: str = "", group: str | None = None) -> Datum:
        return Datum(rule=rule, start=start, end=end, confidence=rule.confidence * sure, note=note, group=group)
