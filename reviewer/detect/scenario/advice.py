"""A rule as it speaks under a scenario: the same finding with the scenario's action, basis and advice."""

from __future__ import annotations

from reviewer.detect.scenario.policy import Clause, Scenario
from reviewer.terms import Action, Rule
from reviewer.value import replace


def advised(rule: Rule, scenario: Scenario, clause: Clause | None) -> Rule:
    """`clause`: the one that forbids it; None where the whole list may not go out. Never milder than the rule."""
    if clause is None:
        return _spoken(rule, Action.REFER, scenario.advice, scenario.advice_en, scenario.basis)
    advice = clause.advice or f"{_advice(scenario, clause)}；{rule.remedy}"
    advice_en = clause.advice_en or f"{_advice_en(scenario, clause)}. {rule.remedy_en}"
    return _spoken(rule, clause.action or rule.action, advice, advice_en, clause.basis or scenario.basis)


def _spoken(rule: Rule, action: Action, advice: str, advice_en: str, basis: tuple[str, ...]) -> Rule:
    return replace(
        rule,
        action=max(rule.action, action),
        remedy=advice,
        remedy_en=advice_en,
        basis=tuple(dict.fromkeys((*basis, *rule.basis))),
    )


def _advice(scenario: Scenario, clause: Clause) -> str:
    what = "、".join(particular.name for particular in clause.particulars)
    how = "应删除（不是遮盖）" if clause.action is Action.REMOVE else "不得公开"
    return f"{scenario.title}{how}{what}"


def _advice_en(scenario: Scenario, clause: Clause) -> str:
    what = ", ".join(particular.name_en for particular in clause.particulars)
    how = "delete (masking is not enough)" if clause.action is Action.REMOVE else "must not show"
    return f"{scenario.title_en}: {how} {what}"
