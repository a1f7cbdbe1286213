"""A scenario's page, as Markdown: what such a disclosure must, may and must not show, and on what basis."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.scenario.policy import Clause, Scenario, Standing
from reviewer.language import tr

_HEADINGS = {
    Standing.REQUIRE: ("应当公开", "Must be shown"),
    Standing.ALLOW: ("可以公开", "May be shown"),
    Standing.FORBID: ("不得公开", "Must not be shown"),
}


def scenario_page(scenario: Scenario) -> str:
    """What is allowed and what is not, clause by clause, and the drafts by which the scenario proves itself."""
    names = tr("、", ", ").join((scenario.id, *scenario.names))
    rows = [f"# {tr(scenario.title, scenario.title_en)}", "", f"- --scenario: {names}"]
    rows.append(f"- {tr('依据', 'basis')}: {'；'.join(scenario.basis)}")
    if not scenario.public:
        rows.append(f"- {tr('整份不得公开', 'not public at all')}: {tr(scenario.advice, scenario.advice_en)}")
    for standing, heading in _HEADINGS.items():
        clauses = [clause for clause in scenario.clauses if clause.standing is standing]
        if clauses:
            rows += ["", f"## {tr(*heading)}", "", *_clauses(scenario, clauses)]
    rows += ["", tr("## 认得出的稿件", "## Recognised"), "", *_quoted(scenario.known)]
    rows += ["", tr("## 看着像、其实不是", "## Only looks like it"), "", *_quoted(scenario.unlike)]
    return "\n".join(rows) + "\n"


def _clauses(scenario: Scenario, clauses: list[Clause]) -> Iterator[str]:
    for clause in clauses:
        names = "、".join(tr(particular.name, particular.name_en) for particular in clause.particulars)
        yield f"- {names}（{'；'.join(clause.basis or scenario.basis)}）"
        if clause.advice:
            yield f"  {tr(clause.advice, clause.advice_en or clause.advice)}"


def _quoted(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        first, *rest = text.strip("\n").split("\n")
        yield f"- `{first}`" + "".join(f"\n  `{line}`" for line in rest if line)
