"""kinds.toml decoded: which parts of a thing make a whole that somebody has to look at."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from reviewer.strict import Table
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """`needs`: the parts that together are too much; or, of a series, so many `months` of whichever. `things`: of how
    many things at least, so that it is no coincidence."""

    id: str
    title: str
    title_en: str
    needs: frozenset[str]
    months: int
    things: int
    basis: tuple[str, ...]
    remedy: str
    remedy_en: str

    def whole(self, parts: frozenset[str]) -> bool:
        """Whether these parts are too much together."""
        return len(parts) >= self.months if self.months else self.needs <= parts


@cache
def aggregations() -> tuple[Aggregation, ...]:
    content = tomllib.loads((files("reviewer.detect.jointly") / "kinds.toml").read_text("utf-8"))
    return tuple(_decoded(Table(entry, "kinds.toml")) for entry in content["aggregation"])


def _decoded(table: Table) -> Aggregation:
    made = Aggregation(
        id=table.string("id"),
        title=table.string("title"),
        title_en=table.string("title_en"),
        needs=frozenset(table.strings("needs")),
        months=table.integer("months", 0),
        things=table.integer("things"),
        basis=table.strings("basis"),
        remedy=table.string("remedy"),
        remedy_en=table.string("remedy_en"),
    )
    table.finish()
    return made
