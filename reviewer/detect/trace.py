"""Why a place was, or was not, flagged: what fired, which lawful wording covers it, what almost fired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reviewer.detect.kinds import KINDS
from reviewer.detect.privacy.dossier import inquiry
from reviewer.detect.reading import Reading
from reviewer.detect.ruleset import Ruleset
from reviewer.detect.run import detect
from reviewer.detect.scenario.governance import Cleared
from reviewer.detect.scenario.particular import Particular
from reviewer.detect.scenario.policy import Clause, Scenario
from reviewer.detect.weighing import heaviest
from reviewer.terms import DetectorKind, Document, Finding, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A rule whose word stands here, but whose other conditions are not met."""

    rule: Rule
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All that the rules have to say of one stretch of a document."""

    findings: tuple[Finding, ...]
    lawful: tuple[tuple[str, str], ...]  # (the word, the wording that makes it lawful)
    near: tuple[Near, ...]
    heaviest: Mapping[str, tuple[str, ...]]  # by fingerprint: what weighed most with the classifier
    cleared: tuple[Cleared, ...]  # what a scenario lets be shown
    standing: tuple[Scenario, Clause, Particular] | None  # what a scenario says of the column or field


def trace(
    document: Document, ruleset: Ruleset, start: int, end: int, *, today: date, scenario: Scenario | None = None
) -> Trace:
    """The trace of code points `start`-`end` of the document's text."""
    detection = detect(document, ruleset, today=today, scenario=scenario)
    findings = tuple(f for f in detection.findings if f.span.start < end and start < f.span.end)
    fired = {finding.rule.id for finding in findings}
    reading = Reading(document, ruleset, today, scenario=scenario)
    governance = inquiry(reading).governance
    low, high = reading.folded_range(start, end)
    lawful: dict[tuple[str, str], None] = {}
    near: dict[str, Near] = {}
    for rule, word, at, to in _words(ruleset, reading):
        first, last = reading.folded.original(at, to)
        if first >= end or start >= last:
            continue
        wording = reading.benign(at, to)
        if wording is not None:
            lawful[word, wording.title] = None
        elif rule.id not in fired:
            near.setdefault(rule.id, Near(rule=rule, word=word))
    return Trace(
        findings=findings,
        lawful=tuple(lawful),
        near=tuple(near.values()),
        cleared=tuple(one for one in governance.cleared if one.start < high and low < one.end),
        standing=governance.standing_at(low),
        heaviest={f.fingerprint: _heaviest(f, reading) for f in findings if f.rule.kind is DetectorKind.CLASSIFIER},
    )


def _heaviest(finding: Finding, reading: Reading) -> tuple[str, ...]:
    model = reading.ruleset.model
    assert model is not None, "the classifier found something without a model"
    sentence = reading.text[slice(*reading.folded_range(finding.span.start, finding.span.end))]
    return heaviest(model.heads[finding.category], sentence)


def _words(ruleset: Ruleset, reading: Reading) -> Iterator[tuple[Rule, str, int, int]]:
    for rule in ruleset.rules:
        for word in KINDS[rule.kind].words(rule.match):
            for start, end in reading.hits(word):
                yield rule, word, start, end
