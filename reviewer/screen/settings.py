"""The settings of one run, from the command line and the folder one stands in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.home import home
from reviewer.language import tr
from reviewer.policy import find_policy
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the office's policy is, where proved rules may be remembered, and which day it is (ISO).

    `scenario`: the kind of disclosure that a person named for all drafts; without one it is recognised.
    """

    policy: Path | None
    cache: Path | None
    today: str
    scenario: str | None = None


def settings(policy: Path | None, today: str | None, scenario: str | None = None) -> Settings:
    """The policy file named or the nearest one; the day named or today. Raises UsageError for a day that is none."""
    return Settings(
        policy=policy.resolve() if policy else find_policy(Path.cwd()),
        cache=home() / "cache",
        today=_day(today),
        scenario=scenario,
    )


def _day(text: str | None) -> str:
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            tr(f"--today：“{text}”不是日期，应如 2026-11-24", f"--today: “{text}” is not a date")
        ) from None
