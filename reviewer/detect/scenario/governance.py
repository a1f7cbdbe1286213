"""Which scenario governs which part of a document, and what that makes of the particulars found there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.detect.privacy.datum import Data, Datum
from reviewer.detect.privacy.fields import Field
from reviewer.detect.privacy.grid import Grid
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.privacy.roster import private_ranges, said_ranges
from reviewer.detect.reading import Range, Reading
from reviewer.detect.scenario.advice import advised
from reviewer.detect.scenario.particular import Particular, is_number
from reviewer.detect.scenario.policy import Clause, Scenario, Standing
from reviewer.detect.scenario.recognition import Evidence, Likeness, known_headers, likeliest
from reviewer.language import tr
from reviewer.terms import Part, Rule

if TYPE_CHECKING:
    from reviewer.detect.privacy.survey import Survey

_TITLE_LINES = 6  # at the head of a document
_ABOVE = 4  # lines above a table
_AROUND = 2000  # characters at either end of a document in which words count
_NEAR = 300  # characters around a table
_HEADER_LABELS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A particular that a scenario lets be shown: where, which rule would have flagged it, and on what basis."""

    start: int
    end: int
    rule: Rule
    scenario: Scenario
    clause: Clause
    particular: Particular


@dataclass(frozen=True, slots=True)
class _Governed:
    """The scenario of a table, and whether the table itself says that it is such a list."""

    scenario: Scenario
    own: bool


class Governance:
    """The scenarios of one document under a ruleset."""

    def __init__(self, reading: Reading, survey: Survey) -> None:
        self._reading, self._survey = reading, survey
        self._scenarios = reading.ruleset.scenarios
        self._by_grid: dict[Range, _Governed | None] = {}  # by the header's place
        self._cleared: dict[tuple[int, int, str], Cleared] = {}

    @property
    def cleared(self) -> tuple[Cleared, ...]:
        """What the scenarios let pass so far."""
        return tuple(self._cleared.values())

    # --- which scenario -----------------------------------------------------------------------------------------

    @cached_property
    def document(self) -> Scenario | None:
        """The scenario that a person named, or the one that the document's own title makes sure."""
        if self._reading.scenario is not None:
            return self._reading.scenario
        likeness = self._of_document
        return likeness.scenario if likeness is not None and likeness.sure else None

    @cached_property
    def main(self) -> Scenario | None:
        """The document's scenario, or that of its first table that has one."""
        if self.document is not None or not self._scenarios:
            return self.document
        of_tables = (governed.scenario for grid in self._survey.grids if (governed := self._of(grid)))
        return next(of_tables, None)

    @cached_property
    def _of_document(self) -> Likeness | None:
        if not self._scenarios:
            return None
        titles = [*self._first_lines(), self._reading.document.name.rpartition(".")[0]]
        text = self._reading.text
        labels = {field.label for field in self._survey.fields[:_HEADER_LABELS]}
        headers = [*labels, *(header for grid in self._survey.grids for header in grid.headers)]
        around = text if len(text) <= 2 * _AROUND else text[:_AROUND] + text[-_AROUND:]
        return likeliest(self._scenarios, Evidence(titles=titles, headers=headers, around=around))

    def _first_lines(self) -> Iterator[str]:
        taken = 0
        for start, end in self._reading.lines:
            line = self._reading.text[start:end].strip()
            if line and self._reading.part_of(start) is not Part.FILE_NAME and self._survey.cell_at(start) is None:
                yield line
                taken += 1
            if taken >= _TITLE_LINES:
                return

    def of_grid(self, grid: Grid) -> Scenario | None:
        """The scenario of a table: its own title's, else the document's."""
        governed = self._of(grid)
        return governed.scenario if governed else None

    def _of(self, grid: Grid) -> _Governed | None:
        if grid.header not in self._by_grid:
            self._by_grid[grid.header] = self._judged(grid)
        return self._by_grid[grid.header]

    def _judged(self, grid: Grid) -> _Governed | None:
        if self._reading.scenario is not None:
            named = self._reading.scenario
            return _Governed(named, known_headers(named, grid.headers) > 0)
        own = likeliest(self._scenarios, self._evidence(grid)) if self._scenarios else None
        if own is not None and own.sure:
            return _Governed(own.scenario, True)
        inherited = self.document
        if inherited is None or (own is not None and own.scenario is not inherited):
            return None  # its title speaks of something else
        return _Governed(inherited, known_headers(inherited, grid.headers) > 0)

    def _evidence(self, grid: Grid) -> Evidence:
        start, end = grid.header[0], grid.rows[-1].end if grid.rows else grid.header[1]
        text = self._reading.text
        return Evidence(
            titles=[grid.title, grid.sheet, *self._lines_above(start)],
            headers=grid.headers,
            around=text[max(0, start - _NEAR) : start] + text[end : end + _NEAR],
        )

    def _lines_above(self, start: int) -> list[str]:
        lines: list[str] = []
        at = start
        while at > 0 and len(lines) < _ABOVE:
            low, high = self._reading.line_at(at - 1)
            if self._survey.cell_at(low) is not None and low < high:
                break  # the table before
            line = self._reading.text[low:high].strip()
            if line:
                lines.append(line)
            at = min(low, at - 1)
        return lines

    def at(self, start: int) -> Scenario | None:
        """The scenario that governs a place."""
        if not self._scenarios:
            return None
        cell = self._survey.cell_at(start)
        return self.document if cell is None else self.of_grid(cell.grid)

    # --- what it makes of a particular --------------------------------------------------------------------------

    def ruled(self, datum: Datum) -> Datum | None:
        """The particular with the scenario's own advice; None when the scenario lets it be shown."""
        scenario = self.at(datum.start)
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
        return None

    def _shown(
        self, scenario: Scenario, datum: Datum, called: tuple[str, str] | None
    ) -> tuple[Clause, Particular] | None:
        """The clause that lets it be shown: under its own header or label, or in running text."""
        number = is_number(self._reading.text[datum.start : datum.end])
        for clause, particular in scenario.held(Standing.REQUIRE, Standing.ALLOW):
            if datum.rule.type not in particular.types or (number and not particular.guarded):
                continue
            told = (
                particular.is_told(self._reading.text, datum.start) if called is None else particular.is_called(*called)
            )
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
        scenario, called = self.at(start), self._called(start)
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
        """Every value in a column, or behind a label, that the scenario forbids. `rules`: the column rules by type."""
        if not self._scenarios:
            return
        for ordinal, grid in enumerate(self._survey.grids):
            governed = self._of(grid)
            if governed is not None and governed.own and governed.scenario.public:
                yield from self._forbidden_columns(governed.scenario, grid, ordinal, rules, data)
        if self.document is not None and self.document.public:
            yield from self._forbidden_fields(self.document, rules, data)

    def _forbidden_columns(
        self, scenario: Scenario, grid: Grid, ordinal: int, rules: Mapping[str, Rule], data: Data
    ) -> Iterator[Datum]:
        if not self._survey.rosters[ordinal].names:
            return
        for column, (header, meaning) in enumerate(zip(grid.headers, grid.meanings, strict=True)):
            ban = _ban(scenario, header, meaning, rules)
            if ban is None:
                continue
            note = tr(f"列“{header}”", f"column “{header}”")
            for row in grid.rows:
                cell = row.cells[column]
                if cell is not None:
                    yield from self._banned(
                        ban, scenario, meaning, cell.text, cell.start, data, note, f"t{ordinal}:c{column}"
                    )

    def _forbidden_fields(self, scenario: Scenario, rules: Mapping[str, Rule], data: Data) -> Iterator[Datum]:
        for field in self._survey.fields:
            ban = _ban(scenario, field.label, field.meaning, rules)
            if ban is None or self._survey.cell_at(field.start) is not None:
                continue
            low, high = self._survey.records.at(field.start)
            if data.within(low, high) or self._survey.society.private_in(low, high):
                note = tr(f"“{field.label}”一栏", f"labelled “{field.label}”")
                value = self._reading.text[field.start : field.end]
                yield from self._banned(ban, scenario, field.meaning, value, field.start, data, note, None)

    def _banned(
        self,
        ban: tuple[Clause, Particular, Rule],
        scenario: Scenario,
        meaning: str,
        value: str,
        start: int,
        data: Data,
        note: str,
        group: str | None,
    ) -> Iterator[Datum]:
        clause, particular, rule = ban
        kind = meaning if meaning in particular.columns else particular.columns[0] if particular.columns else ""
        ranges = said_ranges(value, start) if clause.strict else private_ranges(kind, value, start)
        for low, high in ranges:
            if not data.covers(low, high):
                yield Datum(rule=rule, start=low, end=high, confidence=rule.confidence, note=note, group=group)


def _clause_against(scenario: Scenario, datum: Datum, called: tuple[str, str] | None) -> Clause | None:
    """The clause that forbids such a particular, wherever it stands; by its header first, then by its type."""
    held = [entry for entry in scenario.held(Standing.FORBID) if datum.rule.type in entry[1].types]
    named = [entry for entry in held if called is not None and entry[1].is_called(*called)]
    return next((clause for clause, _ in named or held), None)


def _ban(
    scenario: Scenario, header: str, meaning: str, rules: Mapping[str, Rule]
) -> tuple[Clause, Particular, Rule] | None:
    """The clause that forbids what a header or label names, with the rule that then speaks.

    What its meaning makes private is kept back unless the scenario shows that very particular; what only a pattern
    calls so gives way to whatever may be shown.
    """
    shown = [particular for particular in scenario.shown() if particular.is_called(header, meaning)]
    for clause, particular in scenario.held(Standing.FORBID):
        if not particular.types or not particular.is_called(header, meaning):
            continue
        own = meaning in particular.columns
        rule = rules.get(particular.types[0])
        if rule is not None and not any(one.types if own else True for one in shown):
            return clause, particular, rule
    return None
