"""Which scenario governs which part of a document: its own title's, its table's, or the one a person named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.detect.privacy.grid import Grid
from reviewer.detect.reading import Range, Reading
from reviewer.detect.scenario.policy import Scenario
from reviewer.detect.scenario.recognition import Evidence, Likeness, known_headers, likeliest
from reviewer.terms import Part
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

if TYPE_CHECKING:
    from reviewer.detect.privacy.survey import Survey

_TITLE_LINES = 6  # at the head of a document
_ABOVE = 4  # lines above a table
_AROUND = 2000  # characters at either end of a document in which words count
_NEAR = 300  # characters around a table
_HEADER_LABELS = 60
_HEAD = lazy(r"(?<=.{8})(?:如下)?[，：]")  # a notice without a title opens with a sentence that holds it
_NOTE = lazy(r"(?:备注|说明|注)[：:]")


@dataclass(frozen=True, slots=True)
class Governed:
    """The scenario of a table, and whether the table itself says that it is such a list."""

    scenario: Scenario
    own: bool


class Jurisdiction:
    """The scenarios of one document under a ruleset."""

    def __init__(self, reading: Reading, survey: Survey) -> None:
        self._reading, self._survey = reading, survey
        self._scenarios = reading.ruleset.scenarios
        self._by_grid: dict[Range, Governed | None] = {}  # by the header's place

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
        of_tables = (governed.scenario for grid in self._survey.grids if (governed := self.governed(grid)))
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
            if not taken:
                line = _HEAD.split(line)[0]
            if line and self._reading.part_of(start) is not Part.FILE_NAME and self._survey.cell_at(start) is None:
                yield line
                taken += 1
            if taken >= _TITLE_LINES:
                return

    def of_grid(self, grid: Grid) -> Scenario | None:
        """The scenario of a table: its own title's, else the document's."""
        governed = self.governed(grid)
        return governed.scenario if governed else None

    def governed(self, grid: Grid) -> Governed | None:
        if grid.header not in self._by_grid:
            self._by_grid[grid.header] = self._judged(grid)
        return self._by_grid[grid.header]

    def _judged(self, grid: Grid) -> Governed | None:
        if self._reading.scenario is not None:
            named = self._reading.scenario
            return Governed(named, known_headers(named, grid.headers) > 0)
        own = likeliest(self._scenarios, self._evidence(grid)) if self._scenarios else None
        inherited = self.document
        if own is not None and own.scenario.general:
            own = own if inherited is None or inherited.general else None
        if own is not None and own.sure:
            return Governed(own.scenario, True)
        if inherited is None or (own is not None and own.scenario is not inherited):
            return None  # its title speaks of something else
        return Governed(inherited, known_headers(inherited, grid.headers) > 0)

    def _evidence(self, grid: Grid) -> Evidence:
        start, end = grid.header[0], grid.rows[-1].end if grid.rows else grid.header[1]
        text = self._reading.text
        return Evidence(
            titles=[grid.title, grid.sheet, *(self._lines_above(start) or self._line_below(end))],
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

    def _line_below(self, end: int) -> list[str]:
        """What a note below a table without a title says first: 备注：2026年创业补贴拟发放名单，…"""
        rest = self._reading.text[end : end + _NEAR].lstrip()
        note = _NOTE.match(rest)
        return [_HEAD.split(rest[note.end() :].split("\n")[0])[0]] if note else []

    def at(self, start: int) -> Scenario | None:
        """The scenario that governs a place."""
        if not self._scenarios:
            return None
        cell = self._survey.cell_at(start)
        return self.document if cell is None else self.of_grid(cell.grid)
