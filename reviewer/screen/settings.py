"""The settings of one run, from the command line and the folder one stands in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.home import home
from reviewer.language import tr
from reviewer.policy import FILE_NAMES, find_policy
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
    return settings_under(policy.resolve() if policy else find_policy(Path.cwd()) or own_policy(), today, scenario)


def settings_under(policy: Path | None, today: str | None, scenario: str | None = None) -> Settings:
    """The same under exactly this policy file, or none."""
    return Settings(policy=policy, cache=home() / "cache", today=_day(today), scenario=scenario)


def own_policy() -> Path | None:
    """The policy file that a person keeps beside the keys, for drafts in no folder that has one."""
    path = home() / FILE_NAMES[0]
    return path if path.is_file() else None


def _day(text: str | None) -> str:
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            tr(f"--today：“{text}”不是日期，应如 2026-11-24", f"--today: “{text}” is not a date")
        ) from None
