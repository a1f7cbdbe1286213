"""Runs every rule kind over one document, and settles what two rules say of the same place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviewer.detect.attachments import package_findings
from reviewer.detect.kinds import KINDS
from reviewer.detect.members import excerpts
from reviewer.detect.mentions import mentions
from reviewer.detect.packet import Notice
from reviewer.detect.reading import Reading
from reviewer.detect.ruleset import Ruleset
from reviewer.terms import Document, Finding, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The findings in the order of the text, and how often each word of secrecy was a mere mention."""

    findings: tuple[Finding, ...]
    mentions: Mapping[str, int]


def detect(document: Document, ruleset: Ruleset, *, today: date, notices: Sequence[Notice] = ()) -> Detection:
    """All findings on one document; the same document, package, rules and day give the same findings."""
    if not document.segments:
        return Detection(findings=(), mentions={})
    if document.members:
        return _by_member(document, ruleset, today, notices)
    reading = every_finding(document, ruleset, today, notices)
    findings = tuple(_numbered(_settled(reading.findings)))
    return Detection(findings=findings, mentions=mentions(reading, findings))


def _by_member(document: Document, ruleset: Ruleset, today: date, notices: Sequence[Notice]) -> Detection:
    findings: list[Finding] = []
    mentioned: Counter[str] = Counter()
    for excerpt in excerpts(document):
        detection = detect(excerpt.document, ruleset, today=today)
        findings += map(excerpt.restored, detection.findings)
        mentioned.update(detection.mentions)
    findings += package_findings(Reading(document, ruleset, today, notices))
    findings.sort(key=lambda finding: (finding.span.start, finding.span.end, finding.rule.id))
    return Detection(findings=tuple(_numbered(findings)), mentions=mentioned)


def every_finding(document: Document, ruleset: Ruleset, today: date, notices: Sequence[Notice] = ()) -> Reading:
    """A reading whose `findings` are all that any rule says, before two rules on one place are settled."""
    reading = Reading(document, ruleset, today, notices)
    for kind, rules in ruleset.by_kind.items():
        reading.findings.extend(_of_content(KINDS[kind].detect(rules, reading), document))
    return reading


def _of_content(findings: Iterable[Finding], document: Document) -> Iterable[Finding]:
    """Word's insertions stand in the visible text already: their copy proves the revision, nothing more."""
    for finding in findings:
        copy = document.segments and document.segments[finding.span.segment].part is Part.INSERTION
        if not copy or finding.type.startswith("tracked_"):
            yield finding


def _settled(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for one type at one place, the surer one; in the order of the text."""
    best: dict[tuple[str, int, int], Finding] = {}
    for finding in findings:
        key = (finding.type, finding.span.start, finding.span.end)
        held = best.get(key)
        if held is None or (finding.action, finding.confidence) > (held.action, held.confidence):
            best[key] = finding
    return sorted(best.values(), key=lambda f: (f.span.start, f.span.end, f.rule.id))


def _numbered(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Tell apart findings that look the same: the second keeps its identity by its order."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield (finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint[:28]}{count:04x}"))
