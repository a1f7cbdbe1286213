"""A scenario proves itself: it knows its own notices, lawful as they are, and not what only looks like them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from reviewer.detect.scenario.policy import Scenario
from reviewer.detect.specimen import document_of
from reviewer.language import tr
from reviewer.terms import Action, Category, Specimen

if TYPE_CHECKING:
    from reviewer.detect.ruleset import Ruleset
    from reviewer.detect.run import Detection


def failures_of_scenarios(ruleset: Ruleset, day: date) -> Iterator[str]:
    """One line for each example that fails."""
    for scenario in ruleset.scenarios:
        for at, text in enumerate(scenario.known, 1):
            judged = _judged(ruleset, text, day)
            if judged.scenario is None or judged.scenario.id != scenario.id:
                yield tr(
                    f"场景 {scenario.id}：第 {at} 份稿件（known）没有认出",
                    f"scenario {scenario.id}: known text {at} is not recognised",
                )
            elif not _is_right(scenario, judged):
                yield tr(
                    f"场景 {scenario.id}：第 {at} 份稿件（known）处理不对：可公开的应当不报，不公开的应当整份送审",
                    f"scenario {scenario.id}: known text {at}: a lawful one is flagged, or a closed list is let out",
                )
        for at, text in enumerate(scenario.unlike, 1):
            judged = _judged(ruleset, text, day)
            if judged.scenario is not None and judged.scenario.id == scenario.id:
                yield tr(
                    f"场景 {scenario.id}：第 {at} 份相似稿件（unlike）被误认",
                    f"scenario {scenario.id}: unlike text {at} is taken for it",
                )


def _judged(ruleset: Ruleset, text: str, day: date) -> Detection:
    from reviewer.detect.run import detect

    return detect(document_of(Specimen(text=text)), ruleset, today=day)


def _is_right(scenario: Scenario, judged: Detection) -> bool:
    actions = [
        finding.action
        for finding in judged.findings
        if finding.category is Category.PERSONAL_PRIVACY and finding.action is not Action.NOTE
    ]
    if scenario.public:
        return not actions
    return bool(actions) and all(action >= Action.REFER for action in actions)
