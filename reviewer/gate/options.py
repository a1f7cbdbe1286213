"""The gate's own words, read by hand: importing a parser costs more than the gate may take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.value import dataclass

_FLAGS = ("--require-signoff", "--staged", "--install")
_VALUES = ("--ledger", "--trust", "--channel", "--policy", "--today", "--format", "--scenario", "--base", "--output")
_REPEATED = ("--record", "--since")
FORMAT_NAMES = ("table", "jsonl", "json", "sarif", "html", "markdown", "junit", "codequality", "csv", "github")
"""Those of `reviewer.report`, which is not imported before there is something to report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one call of the gate asks for.

    `base`: the commit whose policy, rules and rulings count; None: those of the folder, for named paths alone.
    """

    paths: tuple[str, ...]
    staged: bool
    install: bool = False
    base: str | None = None
    records: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    trust: str | None = None
    channel: str | None = None
    output: Path | None = None
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
    repeated: dict[str, list[str]] = {name: [] for name in _REPEATED}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        name = "--output" if name == "-o" else name
        if word == "--":
            paths += rest
        elif word in _FLAGS:
            flags.add(word)
        elif name in _VALUES:
            values[name] = _value(name, value if equals else next(rest, ""))
        elif name in _REPEATED:
            repeated[name].append(_value(name, value if equals else next(rest, "")))
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
    if shape not in FORMAT_NAMES:
        known = "、".join(FORMAT_NAMES)
        raise UsageError(tr(f"reviewer gate --format 可用：{known}", f"reviewer gate --format: one of {known}"))
    policy, output = values.get("--policy"), values.get("--output")
    staged = "--staged" in flags or not paths
    return Options(
        paths=tuple(paths),
        staged=staged,
        install="--install" in flags,
        base=values.get("--base") or ("HEAD" if staged else None),
        records=tuple(repeated["--record"]),
        since=tuple(repeated["--since"]),
        trust=values.get("--trust"),
        channel=values.get("--channel"),
        output=Path(output) if output else None,
        require_signoff="--require-signoff" in flags,
        ledger=values.get("--ledger"),
        policy=Path(policy) if policy else None,
        today=values.get("--today"),
        format=shape,
        scenario=values.get("--scenario"),
    )


def _value(name: str, value: str) -> str:
    if not value:
        raise UsageError(tr(f"{name} 后面缺少值", f"{name} needs a value"))
    return value
