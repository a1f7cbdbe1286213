"""How much of a finding a report may show: nothing, its outline, or all of it."""

from __future__ import annotations

from enum import Enum

from reviewer.language import tr
from reviewer.terms import Category, DetectorKind, Finding


class Reveal(Enum):
    """What reports show of the text that was found."""

    NONE = "none"
    MASKED = "masked"
    FULL = "full"


_NAMES = frozenset(
    {"name_linked", "minor_identity", "victim_identity", "petitioner_identity", "whistleblower_identity"}
)
_PROSE = 24  # a longer match is a passage: its outline says how long it is, not what it says


def shown(finding: Finding, text: str, reveal: Reveal) -> str:
    """The text of a finding as a report may print it.

    What may be a state secret is never shown, except the mark itself: a report would be one more copy of it. Nor is
    a term of a sealed list.
    """
    if finding.discreet or (finding.category is Category.STATE_SECRET and finding.rule.kind is not DetectorKind.MARK):
        return "" if reveal is Reveal.NONE else length_only(text)
    if reveal is Reveal.NONE:
        return ""
    if reveal is Reveal.FULL or finding.rule.kind is DetectorKind.MARK:
        return text
    return masked(text, finding.type)


def masked(text: str, kind: str) -> str:
    """An outline by which a person recognises the place without reading the datum again."""
    if kind in _NAMES and len(text) <= 4:
        return text[:1] + "*" * (len(text) - 1)
    if len(text) > _PROSE:
        return text[:4] + "…" + length_only(text)
    if "@" in text:
        local, _, domain = text.partition("@")
        return f"{local[:1]}***@{domain}"
    if len(text) >= 14 and "*" not in text:  # of what somebody masked too weakly, less than they left
        return text[:5] + "*" * (len(text) - 9) + text[-4:]
    if len(text) >= 7:
        return text[:3] + "*" * (len(text) - 5) + text[-2:]
    return text[:1] + "*" * (len(text) - 1)


def length_only(text: str) -> str:
    return tr(f"［{len(text)} 字，不显示］", f"[{len(text)} characters, not shown]")
