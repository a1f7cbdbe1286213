"""What the fixture `reviewer` gives: one command line in, an exit code and two streams out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one command left behind."""

    code: int
    out: str
    err: str


Reviewer = Callable[..., Said]
