"""Screens a whole archive into a store, resumably: the table of engines, and the one that is asked for."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report import Report
from reviewer.screen import Settings
from reviewer.screen.demand import Demand
from reviewer.screen.one import Task

__all__ = ["ENGINES", "Engine", "engine_named"]


class Engine(Protocol):
    """An engine's module: it screens tasks anywhere, masked, and gives each back exactly once, in any order."""

    def screened(
        self, tasks: Sequence[Task], settings: Settings, *, jobs: int, demand: Demand
    ) -> Generator[tuple[int, Report], None, None]: ...


# Name on the command line → module, imported when it is asked for.
ENGINES: Mapping[str, str] = {
    "local": "reviewer.audit.engine_local",
    "spark": "reviewer.audit.engine_spark",
}


def engine_named(name: str) -> Engine:
    """Raises UsageError for an engine that this version does not have."""
    if name not in ENGINES:
        known = "、".join(ENGINES)
        raise UsageError(
            tr(f"--engine：没有“{name}”这种引擎，可用：{known}", f"--engine: there is no “{name}”; there is: {known}")
        )
    return cast(Engine, import_module(ENGINES[name]))
