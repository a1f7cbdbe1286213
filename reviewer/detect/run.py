"""Runs every rule kind over one document, and settles what two rules say of the same place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reviewer.detect.attachments import package_findings
from reviewer.detect.kinds import KINDS
from reviewer.detect.members import excerpts
from reviewer.detect.mentions import mentions
from reviewer.detect.packet import Notice
from reviewer.detect.privacy.dossier import dossier
from reviewer.detect.reading import Reading
from reviewer.detect.ruleset import Ruleset
from reviewer.detect.scenario.policy import Scenario
from reviewer.language import tr
from reviewer.terms import Document, Finding, Occasion, Part
from reviewer.value import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The findings in the order of the text, and how often each word of secrecy was a mere mention.

    `scenario`: the kind of disclosure that the document was judged as; of several members, the first one's.
    """

    findings: tuple[Finding, ...]
    mentions: Mapping[str, int]
    scenario: Occasion | None = None


def detect(
    document: Document,
    ruleset: Ruleset,
    *,
    today: date,
    notices: Sequence[Notice] = (),
    scenario: Scenario | None = None,
) -> Detection:
    """All findings on one document; the same document, package, rules, day and scenario give the same findings."""
    if not document.segments:
        return Detection(findings=(), mentions={})
    if document.members:
        return _by_member(Reading(document, ruleset, today, notices, scenario))
    return detection_of(_read(Reading(document, ruleset, today, notices, scenario)))


def detection_of(reading: Reading) -> Detection:
    """What is left of all that the rules say in a finished reading of one document, once rules are settled."""
    findings = tuple(_numbered(_settled(reading.findings)))
    return Detection(findings=findings, mentions=mentions(reading, findings), scenario=occasion(reading))


def _by_member(whole: Reading) -> Detection:
    findings: list[Finding] = []
    mentioned: Counter[str] = Counter()
    first: Occasion | None = None
    for excerpt in excerpts(whole.document):
        detection = detect(excerpt.document, whole.ruleset, today=whole.today, scenario=whole.scenario)
        findings += map(excerpt.restored, detection.findings)
        mentioned.update(detection.mentions)
        first = first or detection.scenario
    findings += package_findings(whole)
    findings.sort(key=lambda finding: (finding.span.start, finding.span.end, finding.rule.id))
    return Detection(findings=tuple(_numbered(findings)), mentions=mentioned, scenario=first)


def occasion(reading: Reading) -> Occasion | None:
    """The kind of disclosure that a document was judged as, for a report."""
    found = dossier(reading).scenario
    if found is None:
        return None
    return Occasion(
        id=found.id,
        title=tr(found.title, found.title_en),
        recognised=reading.scenario is None,
        summary=found.summary(),
    )


def every_finding(
    document: Document,
    ruleset: Ruleset,
    today: date,
    notices: Sequence[Notice] = (),
    scenario: Scenario | None = None,
) -> Reading:
    """A reading whose `findings` are all that any rule says, before two rules on one place are settled."""
    return _read(Reading(document, ruleset, today, notices, scenario))


def _read(reading: Reading) -> Reading:
    for kind in reading.ruleset.by_kind:
        rules = reading.ruleset.speaking(kind, reading.words)
        reading.findings.extend(_of_content(KINDS[kind].detect(rules, reading), reading.document))
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
