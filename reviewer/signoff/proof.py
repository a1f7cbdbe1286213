"""A verification told step by step: what was proven, what was not and why, and what a reader must be told besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.language import tr
from reviewer.signoff.vocabulary import Worded

_SHOWN = 3  # faults a person reads; the rest is counted


class Standing(Worded):
    """How a step came out: the evidence shows it, does not suffice, or contradicts it.

    A notice is none of these: it is what the reader has to weigh alone.
    """

    PROVEN = "proven", "已证明", "proven"
    NOT_PROVEN = "not_proven", "未证明", "not proven"
    BROKEN = "broken", "不成立", "broken"
    NOTICE = "notice", "提示", "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what was looked at, how it came out, and the reason or the count."""

    name: str
    standing: Standing
    detail: str


def proven(name: str, detail: str) -> Step:
    """A step that held."""
    return Step(name=name, standing=Standing.PROVEN, detail=detail)


def not_proven(name: str, reason: str) -> Step:
    """A step for which the evidence does not suffice, and what is lacking."""
    return Step(name=name, standing=Standing.NOT_PROVEN, detail=reason)


def broken(name: str, reason: str) -> Step:
    """A step that the evidence contradicts, and where."""
    return Step(name=name, standing=Standing.BROKEN, detail=reason)


def notice(name: str, detail: str) -> Step:
    """What the reader has to weigh."""
    return Step(name=name, standing=Standing.NOTICE, detail=detail)


def judged(name: str, faults: Iterable[str], detail: str) -> Step:
    """Proven if there is no fault; otherwise broken: the first few, and how many more."""
    found = tuple(faults)
    if not found:
        return proven(name, detail)
    more = len(found) - _SHOWN
    rest = tr(f"；另有 {more} 处", f"; {more} more") if more > 0 else ""
    return broken(name, "；".join(found[:_SHOWN]) + rest)


def all_hold(steps: Iterable[Step]) -> bool:
    """Whether every step that could be proven was."""
    return all(step.standing in (Standing.PROVEN, Standing.NOTICE) for step in steps)
