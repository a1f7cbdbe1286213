"""Inline allowances, where the approved policy permits them: `reviewer: allow RULE reason`, on a line or above it.

The line and its allowance must both stand in the approved commit, under the same path, no oftener in the change than
there: so a change never allows itself anything. Nothing that one person may not set aside can be allowed (`is_severe`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from reviewer.gate.git import git_or_nothing
from reviewer.judge import decide
from reviewer.judge.settling import is_severe
from reviewer.language import tr
from reviewer.terms import Action, Disposition, Document, Finding, Review, Ruling, SetAside
from reviewer.value import dataclass, replace

_ALLOWANCE = re.compile(r"reviewer\s*:\s*allow\s+(?P<rule>[a-z0-9-]+/[a-z0-9-]+)\s+(?P<reason>\S.*?)\s*(?:-->|\*/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One allowance that let a finding pass: where, and what it says."""

    line: int
    rule: str
    reason: str


def allowed(review: Review, base: str, today: str) -> tuple[Review, tuple[Use, ...]]:
    """The review with every finding set aside that a line approved in commit `base` allows, and each use."""
    if not any(_open_to_allowance(finding) for finding in review.verdict.findings):
        return review, ()
    lines, approved = _lines_of(review.document), _approved(review.document.path, base)
    if not lines or not approved:
        return review, ()
    pairs = Counter(zip(("", *approved), approved, strict=False))
    now = Counter(zip(("", *lines), lines, strict=False))
    standing: list[Finding] = []
    aside: list[SetAside] = []
    uses: list[Use] = []
    for finding in review.verdict.findings:
        use = _use(finding, review.document, lines)
        pair = (lines[use.line - 2] if use and use.line > 1 else "", lines[use.line - 1] if use else "")
        if use is None or not 0 < now[pair] <= pairs[pair]:
            standing.append(finding)
            continue
        uses.append(use)
        aside.append(SetAside(finding=finding, disposition=_disposition(finding, use, base, today)))
    verdict = review.verdict
    judged = replace(
        verdict, decision=decide(standing, verdict.gaps), findings=tuple(standing),
        set_aside=(*verdict.set_aside, *aside),
    )  # fmt: skip
    return replace(review, verdict=judged), tuple(uses)


def _open_to_allowance(finding: Finding) -> bool:
    return finding.action not in (Action.BLOCK, Action.NOTE) and not is_severe(finding)


def _use(finding: Finding, document: Document, lines: Sequence[str]) -> Use | None:
    """The allowance of this very rule on the finding's line or on the line above; the finding lies within its line."""
    segment = document.segments[finding.span.segment]
    at = segment.line
    if not _open_to_allowance(finding) or at is None or not 1 <= at <= len(lines) or finding.span.end > segment.end:
        return None
    if document.text[finding.span.start : finding.span.end] not in lines[at - 1]:
        return None
    for line in (lines[at - 1], lines[at - 2] if at > 1 else ""):
        for match in _ALLOWANCE.finditer(line):
            if match["rule"] == finding.rule.id:
                return Use(line=at, rule=match["rule"], reason=match["reason"])
    return None


def _lines_of(document: Document) -> tuple[str, ...]:
    """The lines of a text whose lines are numbered as they stand in the file; none of any other document."""
    return tuple(document.text.splitlines()) if document.media_type.startswith("text/") else ()


def _approved(path: str, base: str) -> tuple[str, ...]:
    if Path(path).is_absolute():
        return ()
    try:
        return tuple(git_or_nothing("cat-file", "blob", f"{base}:./{path}").decode("utf-8-sig").splitlines())
    except UnicodeDecodeError:
        return ()


def _disposition(finding: Finding, use: Use, base: str, today: str) -> Disposition:
    return Disposition(
        fingerprint=finding.fingerprint,
        ruling=Ruling.RELEASABLE,
        by=tr(f"行内许可（{base}）", f"inline allowance ({base})"),
        reason=use.reason,
        until=today,
    )


def told(path: str, uses: Sequence[Use]) -> Iterator[str]:
    """One line for each use."""
    for use in uses:
        yield tr(
            f"{path}：第 {use.line} 行按行内许可放行 {use.rule}：{use.reason}",
            f"{path}: line {use.line}: {use.rule} allowed inline: {use.reason}",
        )
