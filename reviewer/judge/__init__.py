"""Judges: findings and gaps in, a verdict out. A pure function; adding a finding or a gap never lowers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewer.judge.settling import Settlement, setting_aside
from reviewer.terms import Action, Decision, Document, Engine, Finding, Gap, SetAside, Verdict

__all__ = ["Settlement", "decide", "judge"]

_ASKS: Mapping[Action, Decision] = {
    Action.NOTE: Decision.CLEAR,
    Action.MASK: Decision.REDACT,
    Action.REMOVE: Decision.REDACT,
    Action.REFER: Decision.REFER,
    Action.BLOCK: Decision.BLOCK,
}


def judge(
    document: Document, findings: Iterable[Finding], settlement: Settlement, engine: Engine, *, today: str
) -> Verdict:
    """The verdict on one document. `today` (ISO) is the day on which rulings are still in force or lapsed."""
    standing: list[Finding] = []
    aside: list[SetAside] = []
    for finding in findings:
        ruling = setting_aside(finding, document, settlement, today)
        if ruling is None:
            standing.append(finding)
        else:
            aside.append(SetAside(finding=finding, disposition=ruling))
    return Verdict(
        decision=decide(standing, document.gaps),
        findings=tuple(standing),
        set_aside=tuple(aside),
        gaps=document.gaps,
        document=f"sha256:{document.sha256}",
        engine=engine,
    )


def decide(findings: Iterable[Finding], gaps: Iterable[Gap]) -> Decision:
    """The gravest decision that any finding or gap asks for; a gap asks at least for `refer`."""
    asked = [_ASKS[finding.action] for finding in findings]
    asked += [Decision.REFER for _ in gaps]
    return max(asked, default=Decision.CLEAR)
