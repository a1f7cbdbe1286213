"""What the scenarios make of a document's particulars: let pass, kept back with their own advice, or looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.detect.privacy.datum import Data, Datum
from reviewer.detect.privacy.fields import Field
from reviewer.detect.privacy.grid import Grid
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.privacy.roster import is_fixed_line, private_ranges, said_ranges
from reviewer.detect.reading import Range, Reading
from reviewer.detect.scenario.advice import advised
from reviewer.detect.scenario.jurisdiction import Jurisdiction
from reviewer.detect.scenario.particular import Particular, is_number
from reviewer.detect.scenario.policy import Clause, Scenario, Standing
from reviewer.language import tr
from reviewer.terms import Rule
from reviewer.value import dataclass, replace

if TYPE_CHECKING:
    from reviewer.detect.privacy.survey import Survey

_CONTACTS = frozenset(("phone", "email", "address"))  # behind a label an office's as often as not: others decide
_BLOCK = 64  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A particular that a scenario lets be shown: where, which rule would have flagged it, and on what basis."""

    start: int
    end: int
    rule: Rule
    scenario: Scenario
    clause: Clause
    particular: Particular


class Governance:
    """The scenarios of one document at work."""

    def __init__(self, reading: Reading, survey: Survey) -> None:
        self._reading, self._survey = reading, survey
        self.over = Jurisdiction(reading, survey)
        self._cleared: dict[tuple[int, int, str], Cleared] = {}
        self._blocks: dict[int, set[tuple[int, int]]] = {}  # what was let pass, by where it stands

    @property
    def cleared(self) -> tuple[Cleared, ...]:
        """What the scenarios let pass so far."""
        return tuple(self._cleared.values())

    def has_cleared(self, start: int, end: int) -> bool:
        """Whether a range holds something that the scenarios let pass: the words around it are no secret, then."""
        return any(
            start < high and low < end
            for block in range(start // _BLOCK, end // _BLOCK + 1)
            for low, high in self._blocks.get(block, ())
        )

    # --- what becomes of a particular --------------------------------------------------------------------------

    def ruled(self, datum: Datum) -> Datum | None:
        """The particular with the scenario's own advice; None when the scenario lets it be shown."""
        scenario = self.over.at(datum.start)
        if scenario is None:
            return datum
        if not scenario.public:
            return replace(datum, rule=advised(datum.rule, scenario, None))
        called = self._called(datum.start)
        shown = None if called is None else self._shown(scenario, datum, called)
        ban = None if shown else _clause_against(scenario, datum, called)
        if ban is not None:
            return replace(datum, rule=advised(datum.rule, scenario, ban))
        shown = shown or self._shown(scenario, datum, called)
        if shown is None:
            return datum
        clause, particular = shown
        self._cleared[datum.start, datum.end, datum.rule.id] = Cleared(
            start=datum.start,
            end=datum.end,
            rule=datum.rule,
            scenario=scenario,
            clause=clause,
            particular=particular,
        )
        for block in range(datum.start // _BLOCK, datum.end // _BLOCK + 1):
            self._blocks.setdefault(block, set()).add((datum.start, datum.end))
        return None

    def requires(self, datum: Datum) -> bool:
        """Whether a particular was let pass because the scenario demands that it be shown."""
        held = self._cleared.get((datum.start, datum.end, datum.rule.id))
        return held is not None and held.clause.standing is Standing.REQUIRE

    def _shown(
        self, scenario: Scenario, datum: Datum, called: tuple[str, str] | None
    ) -> tuple[Clause, Particular] | None:
        """The clause that lets it be shown: under its own header or label, or in running text."""
        number = is_number(self._reading.text[datum.start : datum.end])
        # Behind 对象一： and the like, which name nothing, a value opens its item as it does in running text.
        numbered = called is not None and not called[1] and self._survey.cell_at(datum.start) is None
        for clause, particular in scenario.held(Standing.REQUIRE, Standing.ALLOW):
            if datum.rule.type not in particular.types or (number and not particular.guarded):
                continue
            told = called is not None and particular.is_called(*called)
            if called is None or (numbered and particular.opening):
                told = told or particular.is_told(self._reading.text, datum.start)
            if told:
                return clause, particular
        return None

    def _called(self, start: int) -> tuple[str, str] | None:
        """Header and meaning of a cell, or label and meaning of a field; None in running text."""
        cell = self._survey.cell_at(start)
        if cell is not None:
            return cell.header, cell.meaning
        field = self._field_at(start)
        return None if field is None else (field.label, field.meaning)

    @cached_property
    def _fields(self) -> Mapping[tuple[int, int], Field]:
        return {(field.start, field.end): field for field in self._survey.fields}

    @cached_property
    def _field_ranges(self) -> list[tuple[int, int]]:
        return sorted(self._fields)

    def _field_at(self, start: int) -> Field | None:
        place = range_at(self._field_ranges, start)
        return None if place is None else self._fields[place]

    def standing_at(self, start: int) -> tuple[Scenario, Clause, Particular] | None:
        """What a scenario says of the column or field at a place, whether or not anything would flag it."""
        scenario, called = self.over.at(start), self._called(start)
        if scenario is None or called is None:
            return None
        return next(
            (
                (scenario, clause, particular)
                for clause, particular in scenario.held(*Standing)
                if particular.is_called(*called)
            ),
            None,
        )

    # --- what it forbids and no other rule looks for --------------------------------------------------------------

    def forbidden(self, rules: Mapping[str, Rule], data: Data) -> Iterator[Datum]:
        """Every value in a column, or behind a label, that a scenario forbids. `rules`: by the column's meaning."""
        if not self._reading.ruleset.scenarios:
            return
        for ordinal, grid in enumerate(self._survey.grids):
            governed = self.over.governed(grid)
            if governed is not None and governed.own and governed.scenario.public:
                yield from self._forbidden_columns(governed.scenario, grid, ordinal, rules, data)
        if self.over.document is not None and self.over.document.public:
            yield from self._forbidden_fields(self.over.document, rules, data)

    def _forbidden_columns(
        self, scenario: Scenario, grid: Grid, ordinal: int, rules: Mapping[str, Rule], data: Data
    ) -> Iterator[Datum]:
        if not self._survey.rosters[ordinal].names:
            return
        for column, (header, meaning) in enumerate(zip(grid.headers, grid.meanings, strict=True)):
            ban = _ban(scenario, header, meaning, rules)
            if ban is None:
                continue
            cells = [cell for row in grid.rows if (cell := row.cells[column]) is not None]
            if meaning == "phone" and "OFFICE" in grid.meanings:
                cells = [cell for cell in cells if not is_fixed_line(cell.text)]
            places = [place for cell in cells for place in ban.places(cell.text, cell.start, data)]
            note = tr(f"列“{header}”，共 {len(places)} 个", f"column “{header}”, {len(places)} values")
            yield from (_datum(ban.rule, start, end, note, f"t{ordinal}:c{column}") for start, end in places)

    def _forbidden_fields(self, scenario: Scenario, rules: Mapping[str, Rule], data: Data) -> Iterator[Datum]:
        for field in self._survey.fields:
            ban = _ban(scenario, field.label, field.meaning, rules)
            if ban is None or field.meaning in _CONTACTS or self._survey.cell_at(field.start) is not None:
                continue
            low, high = self._survey.records.at(field.start)
            if data.within(low, high) or self._survey.society.private_in(low, high):
                note = tr(f"“{field.label}”一栏", f"labelled “{field.label}”")
                for start, end in ban.places(self._reading.text[field.start : field.end], field.start, data):
                    yield _datum(ban.rule, start, end, note, None)


@dataclass(frozen=True, slots=True)
class _Ban:
    """A header or label that a clause forbids, what its values look like, and the rule that then speaks."""

    clause: Clause
    meaning: str
    rule: Rule

    def places(self, value: str, start: int, data: Data) -> list[Range]:
        """Where in a value there is something to keep back that nobody has found yet."""
        found = said_ranges(value, start) if self.clause.strict else private_ranges(self.meaning, value, start)
        return [place for place in found if not data.covers(*place)]


def _ban(scenario: Scenario, header: str, meaning: str, rules: Mapping[str, Rule]) -> _Ban | None:
    """The clause that forbids what a header or label names.

    What its meaning makes private is kept back unless the scenario shows that very particular; what only a pattern
    calls so gives way to whatever may be shown.
    """
    shown = [particular for particular in scenario.shown() if particular.is_called(header, meaning)]
    for clause, particular in scenario.held(Standing.FORBID):
        if not particular.is_called(header, meaning):
            continue
        own = meaning in particular.columns
        column = next((name for name in (meaning, *particular.columns) if name in particular.columns), "")
        if column in rules and not any(one.types if own else True for one in shown):
            return _Ban(clause, column, rules[column])
    return None


def _clause_against(scenario: Scenario, datum: Datum, called: tuple[str, str] | None) -> Clause | None:
    """The clause that forbids such a particular, wherever it stands; by its header first, then by its type."""
    held = [entry for entry in scenario.held(Standing.FORBID) if datum.rule.type in entry[1].types]
    named = [entry for entry in held if called is not None and entry[1].is_called(*called)]
    return next((clause for clause, _ in named or held), None)


def _datum(rule: Rule, start: int, end: int, note: str, group: str | None) -> Datum:
    return Datum(rule=rule, start=start, end=end, confidence=rule.confidence, note=note, group=group)
