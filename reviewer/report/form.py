"""The report's own values, version 1: a frozen copy of the terms, so that inside everything else may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA = "reviewer.report/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    path: str
    name: str
    media_type: str
    sha256: str
    sm3: str
    characters: int
    segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRow:
    place: str
    part: str
    hidden: bool
    start: int
    end: int
    line: int | None
    column: int | None
    page: int | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    rule: str
    category: str
    type: str
    severity: str
    confidence: float
    action: str
    detector: str
    title: str
    note: str
    text: str
    location: LocationRow
    basis: tuple[str, ...]
    advice: str
    fingerprint: str
    group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideRow:
    fingerprint: str
    rule: str
    by: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRow:
    version: str
    rules: str
    model: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRow:
    """The kind of disclosure that the draft was judged as; `summary`, for people only, says what it may show."""

    id: str
    title: str
    recognised: bool
    summary: str

    def json(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "recognised": self.recognised}


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The line around a finding for a person's eyes, everything found in it masked; never in the JSON report."""

    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part of one thing that the document tells (`detect.jointly`); `key` and `value` are keyed digests.

    A thing with several names has a row for each, under the same `number`."""

    aggregation: str
    number: int
    key: str
    part: str
    value: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitsRow:
    """What an archive's audit is told beside the report: `sketch` (`text.sketch`), whether it `alone` decides its
    verdict, the keyed digests of what was found (parallel to `findings`), the `seconds` it took, and of
    which things it tells a part."""

    sketch: int
    alone: bool
    values: tuple[str, ...]
    seconds: float
    parts: tuple[PartRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document's report. `excerpts` runs parallel to `findings`; None where nothing may be shown.

    `traits` are there where an audit asked for them, never in the JSON report.
    """

    document: DocumentRow
    verdict: str
    findings: tuple[FindingRow, ...]
    gaps: tuple[GapRow, ...]
    set_aside: tuple[SetAsideRow, ...]
    mentions: Mapping[str, int]
    engine: EngineRow
    excerpts: tuple[Excerpt | None, ...]
    scenario: ScenarioRow | None = None
    traits: TraitsRow | None = None

    def json(self) -> dict[str, Any]:
        """The object of the contract, in its order."""
        return {
            "schema": SCHEMA,
            "document": asdict(self.document),
            "verdict": self.verdict,
            "findings": [asdict(finding) for finding in self.findings],
            "gaps": [asdict(gap) for gap in self.gaps],
            "set_aside": [asdict(aside) for aside in self.set_aside],
            "mentions": dict(self.mentions),
            "engine": asdict(self.engine),
            "scenario": self.scenario.json() if self.scenario else None,
        }

    def packed(self) -> dict[str, Any]:
        """Everything, excerpts too: how a worker process hands a report to its parent."""
        return {
            **self.json(),
            "excerpts": [asdict(e) if e else None for e in self.excerpts],
            "scenario": asdict(self.scenario) if self.scenario else None,
            "traits": asdict(self.traits) if self.traits else None,
        }


def unpacked(data: Mapping[str, Any]) -> Report:
    """The report of `Report.packed`; raises KeyError or TypeError for anything else."""
    if data["schema"] != SCHEMA:
        raise KeyError(SCHEMA)
    return Report(
        document=DocumentRow(**data["document"]),
        verdict=data["verdict"],
        findings=tuple(_finding(row) for row in data["findings"]),
        gaps=tuple(GapRow(**row) for row in data["gaps"]),
        set_aside=tuple(SetAsideRow(**row) for row in data["set_aside"]),
        mentions=data["mentions"],
        engine=EngineRow(**data["engine"]),
        excerpts=tuple(Excerpt(**row) if row else None for row in data["excerpts"]),
        scenario=ScenarioRow(**data["scenario"]) if data.get("scenario") else None,
        traits=_traits(data["traits"]) if data.get("traits") else None,
    )


def _traits(row: Mapping[str, Any]) -> TraitsRow:
    parts = tuple(PartRow(**part) for part in row["parts"])
    return TraitsRow(**{**row, "values": tuple(row["values"]), "parts": parts})


def _finding(row: Mapping[str, Any]) -> FindingRow:
    rest = {key: value for key, value in row.items() if key not in ("location", "basis")}
    return FindingRow(**rest, location=LocationRow(**row["location"]), basis=tuple(row["basis"]))
