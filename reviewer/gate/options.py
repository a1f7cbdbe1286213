"""The gate's own words, read by hand: importing a parser costs more than the gate may take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.value import dataclass

_FLAGS = ("--require-signoff", "--staged")
_VALUES = ("--ledger", "--policy", "--today", "--format", "--scenario")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one call of the gate asks for."""

    paths: tuple[str, ...]
    staged: bool
    require_signoff: bool
    ledger: str | None
    policy: Path | None
    today: str | None
    format: str
    scenario: str | None = None


def parse(words: Sequence[str]) -> Options:
    """Raises UsageError for an unknown option or a missing value."""
    flags: set[str] = set()
    values: dict[str, str] = {}
    paths: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--":
            paths += rest
        elif word in _FLAGS:
            flags.add(word)
        elif name in _VALUES:
            values[name] = value if equals else next(rest, "")
            if not values[name]:
                raise UsageError(tr(f"{name} 后面缺少值", f"{name} needs a value"))
        elif word.startswith("-") and word != "-":
            raise UsageError(
                tr(
                    f"reviewer gate 没有选项“{word}”；reviewer gate -h 可查",
                    f"no option “{word}”; see reviewer gate -h",
                )
            )
        else:
            paths.append(word)
    shape = values.get("--format", "table")
    if shape not in ("table", "jsonl"):
        raise UsageError(
            tr("reviewer gate --format 只有 table 和 jsonl", "reviewer gate --format takes table or jsonl")
        )
    policy = values.get("--policy")
    return Options(
        paths=tuple(paths),
        staged="--staged" in flags or not paths,
        require_signoff="--require-signoff" in flags,
        ledger=values.get("--ledger"),
        policy=Path(policy) if policy else None,
        today=values.get("--today"),
        format=shape,
        scenario=values.get("--scenario"),
    )
