"""A ruleset proves itself: every rule finds its hits, exactly where they say, and leaves its misses alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reviewer.detect.alone import least
from reviewer.detect.packet import Beside, packet
from reviewer.detect.pairing import Present
from reviewer.detect.ruleset import Ruleset
from reviewer.detect.run import detect, every_finding
from reviewer.detect.scenario.proof import failures_of_scenarios
from reviewer.detect.specimen import document_of, expected
from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.terms import Action, Rule, Specimen

DAY = date(2026, 1, 1)  # the day on which examples are judged: terms run out, examples must not


def prove(ruleset: Ruleset) -> None:
    """Raises ConfigurationError with every rule that fails and on which of its own examples (by number)."""
    failures = tuple(failures_of(ruleset))
    if failures:
        raise refusal(failures)


def refusal(failures: Sequence[str]) -> ConfigurationError:
    """The error that names every example that fails."""
    head = tr("规则未通过自己的例子，拒绝使用：", "rules fail their own examples and are refused:")
    return ConfigurationError("\n  ".join((head, *failures)))


def failures_of(ruleset: Ruleset) -> Iterator[str]:
    """One line for each example that fails."""
    for rule in ruleset.rules:
        yield from failures_of_rule(least(ruleset, rule), rule)
    for wording in ruleset.benign:
        for at, example in enumerate(wording.examples, 1):
            if _acts(ruleset, Specimen(text=example)):
                yield tr(f"{wording.id}：第 {at} 个例子被误报", f"{wording.id}: example {at} is flagged")
    yield from failures_of_scenarios(ruleset, DAY)


def failures_of_rule(ruleset: Ruleset, rule: Rule) -> Iterator[str]:
    """One line for each of the rule's own examples that fails under the whole ruleset."""
    for at, hit in enumerate(rule.hits, 1):
        if not _is_hit(ruleset, rule, hit):
            yield tr(f"{rule.id}：第 {at} 个例子（hits）没有查出", f"{rule.id}: hit {at} is not found")
    for at, miss in enumerate(rule.misses, 1):
        if _ranges(ruleset, rule, miss):
            yield tr(f"{rule.id}：第 {at} 个反例（misses）被误报", f"{rule.id}: miss {at} is found")


def _is_hit(ruleset: Ruleset, rule: Rule, hit: Specimen) -> bool:
    found = _ranges(ruleset, rule, hit)
    wanted = expected(hit.text)
    return set(wanted) <= found if wanted else bool(found)


def _ranges(ruleset: Ruleset, rule: Rule, specimen: Specimen) -> set[tuple[int, int]]:
    document = document_of(specimen)
    beside = Beside(files=tuple(Present(name=name) for name in specimen.beside), whole=bool(specimen.beside))
    findings = every_finding(document, ruleset, DAY, packet(document, beside)).findings
    return {(f.span.start, f.span.end) for f in findings if f.rule.id == rule.id}


def _acts(ruleset: Ruleset, specimen: Specimen) -> bool:
    return any(f.action is not Action.NOTE for f in detect(document_of(specimen), ruleset, today=DAY).findings)
