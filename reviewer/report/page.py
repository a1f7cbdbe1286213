"""What the HTML pages share: templates that escape, one style, and a bound on what a page holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TextIO, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reviewer.language import language, tr
from reviewer.report.charts import bars, columns, shortened
from reviewer.report.plain import plain
from reviewer.report.words import action_heading, category_name, scenario_line, verdict_name

GRAVEST_FIRST = ("block", "refer", "redact", "clear")
CATEGORIES = ("state_secret", "work_secret", "trade_secret", "personal_privacy")
# Shapes beside the words, so that a verdict is seen at once in print and by those who do not see colours.
MARKS: Mapping[str, str] = {"block": "■", "refer": "▲", "redact": "◆", "clear": "○"}

T = TypeVar("T")

_TEMPLATES = Path(__file__).parent / "templates"


def template(name: str, *more: Path) -> Template:
    """A template of this folder, or of the folders named; whatever is put into it is escaped."""
    environment = Environment(
        loader=FileSystemLoader([*more, _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        tr=tr,
        lang="en" if language() == "en" else "zh-CN",
        bars=bars,
        columns=columns,
        marks=MARKS,
        verdict_name=verdict_name,
        category_name=category_name,
        action_heading=action_heading,
        scenario_line=scenario_line,
    )
    environment.filters.update(plain=plain, shortened=shortened, thousands=_thousands)
    return environment.get_template(name)


def write_page(out: TextIO, page: Template, content: Mapping[str, object]) -> None:
    """Piece by piece, so that a large page is never whole in memory a second time."""
    for piece in page.generate(content):
        out.write(piece)
    out.write("\n")


def _thousands(number: int) -> str:
    return f"{number:,}"


@dataclass(slots=True)
class Shelf(Generic[T]):
    """Keeps the first `limit` of each verdict and counts the rest, so that no page grows without bound."""

    limit: int
    kept: dict[str, list[T]] = field(default_factory=lambda: {verdict: [] for verdict in GRAVEST_FIRST})
    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GRAVEST_FIRST, 0))

    def has_room(self, verdict: str) -> bool:
        return len(self.kept[verdict]) < self.limit

    def put(self, verdict: str, thing: T) -> None:
        self.total[verdict] += 1
        if self.has_room(verdict):
            self.kept[verdict].append(thing)

    def more(self, verdict: str) -> int:
        """How many of this verdict are counted but not kept."""
        return self.total[verdict] - len(self.kept[verdict])
