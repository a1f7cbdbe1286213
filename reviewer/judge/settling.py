"""What an office has ruled beforehand: false positives it knows, contacts it publishes, rules it does not use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewer.judge.sealing import seal
from reviewer.language import tr
from reviewer.terms import Action, Category, Disposition, Document, Finding, Ruling, Severity
from reviewer.value import dataclass

_FOR_EVER = "9999-12-31"
_SEVERE = frozenset({Category.STATE_SECRET, Category.WORK_SECRET})
_CONTACT_TYPES = frozenset({"mobile_phone", "landline", "email"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOff:
    """A rule that an office does not use: who decided, why, until when (ISO)."""

    rule: str
    by: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Rulings by fingerprint, the office's own published contacts, and rules switched off by id."""

    dispositions: Mapping[str, Disposition]
    contacts: frozenset[str]
    rules_off: Mapping[str, RuleOff]


NOTHING_SETTLED = Settlement(dispositions={}, contacts=frozenset(), rules_off={})


def setting_aside(finding: Finding, document: Document, settled: Settlement, today: str) -> Disposition | None:
    """The ruling that leaves this finding out of the verdict, if one is in force.

    Never for what must be blocked: a genuine mark is settled in the approval chain, by people, case by case.
    """
    if finding.action is Action.BLOCK:
        return None
    ruling = settled.dispositions.get(finding.fingerprint)
    if ruling is not None and _holds(ruling, finding, document, today):
        return ruling
    off = settled.rules_off.get(finding.rule.id)
    if off is not None and off.until >= today:
        return _by_policy(finding, off.by, off.reason, off.until)
    if finding.type in _CONTACT_TYPES and contact(_text(finding, document)) in settled.contacts:
        reason = tr("本单位公开的联系方式（政策文件）", "a contact this office publishes (policy file)")
        return _by_policy(finding, "policy", reason, _FOR_EVER)
    return None


def is_severe(finding: Finding) -> bool:
    """Whether one person's word is not enough to set it aside."""
    return finding.severity is Severity.CRITICAL or finding.rule.category in _SEVERE


def _holds(ruling: Disposition, finding: Finding, document: Document, today: str) -> bool:
    if ruling.ruling is Ruling.CONFIRMED or ruling.until < today:
        return False
    if ruling.seal and ruling.seal != seal(_text(finding, document), ruling.salt):
        return False  # it was made on other words
    alone = ruling.second.strip() in ("", ruling.by.strip())
    return not (ruling.seal and alone and is_severe(finding))


def contact(text: str) -> str:
    """A telephone number as its digits, a mailbox in lower case: how contacts are compared."""
    if "@" in text:
        return text.strip().lower()
    return re.sub(r"\D", "", text)


def _text(finding: Finding, document: Document) -> str:
    return document.text[finding.span.start : finding.span.end]


def _by_policy(finding: Finding, by: str, reason: str, until: str) -> Disposition:
    return Disposition(fingerprint=finding.fingerprint, ruling=Ruling.RELEASABLE, by=by, reason=reason, until=until)
