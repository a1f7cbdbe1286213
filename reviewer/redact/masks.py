"""What stands in place of a datum, after the conventions of the trade (GB/T 37964 vocabulary: mask, suppress)."""

from __future__ import annotations

from reviewer.terms import Action, Finding

REMOVED = "［已删去］"
_NAMES = frozenset({"name_linked", "victim_identity", "petitioner_identity", "whistleblower_identity"})


def mask(finding: Finding, text: str) -> str:
    """The replacement of one finding. Passages to be removed leave a fixed word that tells nothing of their length."""
    if finding.action is Action.REMOVE:
        return REMOVED
    if finding.type in _NAMES and len(text) <= 4:
        return text[0] + "某"
    if finding.type == "mobile_phone" and len(text) >= 11:
        return text[:3] + "****" + text[-4:]
    if finding.type == "email" and "@" in text:
        return text[0] + "***" + text[text.index("@") :]
    if finding.type in ("bank_card", "bank_account") and len(text) > 8:
        return "****" + text[-4:]
    return "****"
