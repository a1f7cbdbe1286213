"""A changed pack laid over the rules in force: what would they be, were it adopted?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer.detect.alone import least
from reviewer.detect.proof import failures_of_rule
from reviewer.detect.rulebook import RawTable, parsed, rulebook_of
from reviewer.detect.ruleset import Ruleset, ruleset_of
from reviewer.errors import ConfigurationError
from reviewer.language import tr

# How the entries of each table are told from one another.
_NAMED_BY = {"rule": "id", "benign": "id", "scenario": "id", "particular": "name"}


def overlaid(packs: Sequence[Path], pack: Path, models: Path, *, instead: Path | None = None) -> Ruleset:
    """The rules of `packs` with those of `pack` in the place of entries of the same name, the rest beside them.

    `instead`: one of `packs` that `pack` replaces altogether, so that what it no longer holds is gone. Raises
    ConfigurationError when the pack is none. Not proved: see `unproved`.
    """
    changed = parsed(pack)
    if not any(table.get(name) for _, table in changed for name in (*_NAMED_BY, "lexicon")):
        raise ConfigurationError(tr(f"{pack}：没有任何规则", f"{pack}: no rules at all"))
    taken = {
        (table_name, str(entry.get(key)))
        for _, table in changed
        for table_name, key in _NAMED_BY.items()
        for entry in table.get(table_name, ())
    }
    words = {name for _, table in changed for name in table.get("lexicon", {})}
    kept = [
        (name, _without(table, taken, words)) for source in packs if source != instead for name, table in parsed(source)
    ]
    tables = [*kept, *changed]
    digest = hashlib.sha256(repr(tables).encode()).hexdigest()
    return ruleset_of(rulebook_of(tables, digest), models)


def unproved(before: Ruleset, after: Ruleset) -> tuple[str, ...]:
    """One line for each example that a new or changed rule fails."""
    return tuple(
        failure
        for rule in after.rules
        if before.by_id.get(rule.id) != rule
        for failure in failures_of_rule(least(after, rule), rule)
    )


def _without(table: RawTable, taken: set[tuple[str, str]], words: set[str]) -> Mapping[str, Any]:
    left: dict[str, Any] = {
        name: [entry for entry in table.get(name, ()) if (name, str(entry.get(key))) not in taken]
        for name, key in _NAMED_BY.items()
    }
    left["lexicon"] = {name: held for name, held in table.get("lexicon", {}).items() if name not in words}
    return left
