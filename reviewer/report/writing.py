"""Writes a report of a review: masks, finds lines and columns, cuts excerpts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reviewer.language import tr
from reviewer.report.form import (
    DocumentRow,
    EngineRow,
    Excerpt,
    FindingRow,
    GapRow,
    LocationRow,
    Report,
    ScenarioRow,
    SetAsideRow,
)
from reviewer.report.masking import Reveal, shown
from reviewer.report.places import place_told
from reviewer.terms import Category, Document, Finding, Occasion, Part, Review
from reviewer.text.lines import line_starts

_AROUND = 22  # characters of an excerpt on either side of the hit
_LINED = frozenset({"text/plain", "text/markdown", "text/csv", "text/tab-separated-values"})


def report(review: Review, reveal: Reveal = Reveal.MASKED) -> Report:
    """The report of one review, with as much of the text as `reveal` allows."""
    document, verdict = review.document, review.verdict
    starts = line_starts(document.text) if document.media_type in _LINED and verdict.findings else ()
    texts = [shown(f, document.text[f.span.start : f.span.end], reveal) for f in verdict.findings]
    return Report(
        document=DocumentRow(
            path=document.path,
            name=document.name,
            media_type=document.media_type,
            sha256=document.sha256,
            sm3=document.sm3,
            characters=sum(len(segment.text) for segment in document.segments),
            segments=len(document.segments),
        ),
        verdict=verdict.decision.value,
        findings=tuple(
            _finding(finding, text, document, starts) for finding, text in zip(verdict.findings, texts, strict=True)
        ),
        gaps=tuple(GapRow(place=place_told(gap.place), reason=gap.reason) for gap in verdict.gaps),
        set_aside=tuple(
            SetAsideRow(
                fingerprint=aside.finding.fingerprint,
                rule=aside.finding.rule.id,
                by=tr("、", ", ").join(filter(None, (aside.disposition.by, aside.disposition.second))),
                reason=aside.disposition.reason,
                until=aside.disposition.until,
            )
            for aside in verdict.set_aside
        ),
        mentions=dict(review.mentions),
        engine=EngineRow(
            version=verdict.engine.version,
            rules=verdict.engine.rules,
            model=verdict.engine.model,
            policy=verdict.engine.policy,
        ),
        excerpts=_excerpts(document, verdict.findings, texts, reveal),
        scenario=_scenario(review.scenario),
    )


def _scenario(occasion: Occasion | None) -> ScenarioRow | None:
    if occasion is None:
        return None
    return ScenarioRow(id=occasion.id, title=occasion.title, recognised=occasion.recognised, summary=occasion.summary)


def _finding(finding: Finding, text: str, document: Document, starts: Sequence[int]) -> FindingRow:
    rule = finding.rule
    return FindingRow(
        rule=rule.id,
        category=finding.category.value,
        type=finding.type,
        severity=finding.severity.value,
        confidence=round(finding.confidence, 3),
        action=finding.action.value,
        detector=rule.kind.value,
        title=tr(rule.title, rule.title_en),
        note=finding.note,
        text=text,
        location=_location(finding, document, starts),
        basis=rule.basis,
        advice=tr(rule.remedy, rule.remedy_en),
        fingerprint=finding.fingerprint,
        group=finding.group,
    )


def _location(finding: Finding, document: Document, starts: Sequence[int]) -> LocationRow:
    segment = document.segments[finding.span.segment]
    line, column = segment.line, None
    if starts and segment.part is not Part.FILE_NAME:
        line = bisect_right(starts, finding.span.start)
        column = finding.span.start - starts[line - 1] + 1
    return LocationRow(
        place=place_told(segment.place),
        part=segment.part.value,
        hidden=segment.hidden,
        start=finding.span.start,
        end=finding.span.end,
        line=line,
        column=column,
        page=segment.page,
        sheet=segment.cell.sheet if segment.cell else None,
        cell=segment.cell.ref if segment.cell else None,
    )


def _excerpts(
    document: Document, findings: Sequence[Finding], texts: Sequence[str], reveal: Reveal
) -> tuple[Excerpt | None, ...]:
    if reveal is Reveal.NONE:
        return (None,) * len(findings)
    veil = _Veil(document.text, findings, texts)
    return tuple(
        None if finding.category is Category.STATE_SECRET else veil.excerpt(at) for at, finding in enumerate(findings)
    )


class _Veil:
    """Cuts excerpts in which whatever any finding covers is shown only as that finding may be shown."""

    def __init__(self, text: str, findings: Sequence[Finding], texts: Sequence[str]) -> None:
        self._text = text
        self._spans = [finding.span for finding in findings]
        self._texts = texts
        self._starts = [span.start for span in self._spans]
        self._longest = max((span.end - span.start for span in self._spans), default=0)

    def excerpt(self, at: int) -> Excerpt:
        span = self._spans[at]
        low = self._text.rfind("\n", max(0, span.start - _AROUND), span.start) + 1 or max(0, span.start - _AROUND)
        high = self._text.find("\n", span.end, span.end + _AROUND)
        high = min(len(self._text), span.end + _AROUND) if high < 0 else high
        return Excerpt(before=self._veiled(low, span.start), hit=self._texts[at], after=self._veiled(span.end, high))

    def _veiled(self, low: int, high: int) -> str:
        """The stretch with every character that some finding covers replaced by a block."""
        chars = list(self._text[low:high])
        first = bisect_right(self._starts, low - self._longest - 1)
        for span in self._spans[first:]:
            if span.start >= high:
                break
            for offset in range(max(low, span.start), min(high, span.end)):
                chars[offset - low] = "▇"
        return "".join(char if char.isprintable() else " " for char in chars)
