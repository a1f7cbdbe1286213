"""A finding's identity: what it is, not where it stands, and never enough to learn what it says."""

from __future__ import annotations

import hashlib

from reviewer.text.lazy import lazy

_CONTEXT = 12
_DIGIT = lazy(r"\d")


def fingerprint(rule_id: str, text: str, start: int, end: int) -> str:
    """32 hex characters from the rule, the masked match and its neighbourhood.

    A digest of an identity number can be reversed by trying them all, so the number itself never enters: only
    its first and last character, its length, and the words around it with every digit blanked.
    """
    found = text[start:end]
    core = f"{found[:1]}{len(found)}{found[-1:]}"
    before = _blank(text[max(0, start - _CONTEXT) : start])
    after = _blank(text[end : end + _CONTEXT])
    return hashlib.sha256("\x1f".join((rule_id, core, before, after)).encode()).hexdigest()[:32]


def _blank(text: str) -> str:
    return _DIGIT.sub("0", "".join(text.split()))
