"""What commands share: the settings they go by, and the exit code of verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.screen import settings

__all__ = ["ASKS_FOR_ACTION", "BLOCKED", "exit_code", "settings"]

ASKS_FOR_ACTION = 10
BLOCKED = 11


def exit_code(verdicts: Iterable[str]) -> int:
    """0 when all are clear, 10 when one asks for action, 11 when one is blocked."""
    seen = set(verdicts)
    if "block" in seen:
        return BLOCKED
    return ASKS_FOR_ACTION if seen & {"redact", "refer"} else 0
