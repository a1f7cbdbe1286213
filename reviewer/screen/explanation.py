"""A place of one document explained: what the rules say of it, and what the office ruled on that beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reviewer.detect.packet import Beside, packet
from reviewer.detect.trace import Trace, trace
from reviewer.screen.screener import Screener
from reviewer.terms import Disposition, Document, Gap, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`ruled`: rulings in force, by fingerprint; `void`: rulings that there are and that do not act; `gaps`: what of
    this place could not be read, or is announced here and was not presented."""

    trace: Trace
    ruled: Mapping[str, Disposition]
    void: Mapping[str, Disposition]
    gaps: tuple[Gap, ...]
    verdict: Verdict


def explained(screener: Screener, document: Document, beside: Beside, start: int, end: int) -> Explanation:
    """Why code points `start`-`end` of the document were, or were not, flagged, by the same rules as `screen`."""
    notices = packet(document, beside)
    day = date.fromisoformat(screener.today)
    told = trace(document, screener.ruleset, start, end, today=day, scenario=screener.scenario, notices=notices)
    verdict = screener.judged(document, told.detection, notices, beside).verdict
    ruled = {aside.finding.fingerprint: aside.disposition for aside in verdict.set_aside}
    held = screener.settlement.dispositions
    standing = [finding.fingerprint for finding in told.findings if finding.fingerprint not in ruled]
    return Explanation(
        trace=told,
        ruled=ruled,
        void={fingerprint: held[fingerprint] for fingerprint in standing if fingerprint in held},
        gaps=_gaps(document, verdict, told, start, end),
        verdict=verdict,
    )


def _gaps(document: Document, verdict: Verdict, told: Trace, start: int, end: int) -> tuple[Gap, ...]:
    """Gaps at the places of the segments here; those of the package where this place announces it."""
    places = {segment.place for segment in document.segments if segment.start < end and start < segment.end}
    lacking = verdict.gaps[len(document.gaps) :] if told.notices else ()
    return (*(gap for gap in document.gaps if gap.place in places), *lacking)


def gaps_at(screener: Screener, document: Document, beside: Beside, place: str) -> tuple[Gap, ...]:
    """The gaps that reports name by this place: what could not be read, what the package lacks."""
    return tuple(gap for gap in screener.review_document(document, beside).verdict.gaps if gap.place == place)
