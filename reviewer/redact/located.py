"""Finds a passage again in letters that stand in an order of their own, by what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

_CONTEXTS = (12, 6, 3, 0)
_SURE = 6


def located(wholes: Sequence[str], text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Where `text[start:end]` stands in the wholes, which hold no white space: which of them, start, end.

    Every place that looks alike with its context is meant. Without any context only what stands there once, or is so
    long that it cannot be something else. Empty when that is not certain.
    """
    value = squeezed(text[start:end])
    if not value:
        return []
    before, after = squeezed(text[:start]), squeezed(text[end:])
    for context in _CONTEXTS:
        head = before[-context:] if context else ""
        tail = after[:context] if context else ""
        found = [(n, at) for n, whole in enumerate(wholes) for at in occurrences(whole, head + value + tail)]
        if found and (len(found) == 1 or context or len(value) >= _SURE):
            return [(n, at + len(head), at + len(head) + len(value)) for n, at in found]
    return []


def occurrences(whole: str, text: str) -> list[int]:
    """Every place at which a text begins, overlapping ones too."""
    found: list[int] = []
    at = whole.find(text)
    while at >= 0:
        found.append(at)
        at = whole.find(text, at + 1)
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())
