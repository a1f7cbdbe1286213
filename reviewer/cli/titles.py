"""What a form calls a rule: people who sign on paper have no `explain` at hand."""

from __future__ import annotations

from pathlib import Path

from reviewer.cli.setting import settings
from reviewer.screen import screener_for


def rule_titles(policy: Path | None) -> dict[str, str]:
    """The Chinese title of every rule in force here, by its id. Loading the rules takes a second."""
    return {rule.id: rule.title for rule in screener_for(settings(policy, None)).ruleset.rules}
