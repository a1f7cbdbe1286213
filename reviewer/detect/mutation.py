"""Mutation of rules: every clause of a rule, taken out, must break one of the rule's own hits or misses.

A clause that can be taken out unseen is one of which nothing proves that it does anything. Clauses are what narrows or
carries a rule: each concept, each expression of a condition, how near concepts must meet, flags, least numbers, each
form of a mark. Not counted: lists of words (each word would need its own hit), `anchors` (where an expression is tried,
for speed), what a rule cannot be without, and what changes how grave a finding is, not whether it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviewer.detect.alone import least, with_rule
from reviewer.detect.proof import failures_of_rule
from reviewer.detect.rulebook import RawTable, expanded, lexicon_of, parsed
from reviewer.detect.ruleset import Ruleset, decode_rule
from reviewer.errors import ConfigurationError
from reviewer.strict import Table
from reviewer.terms import DetectorKind, Rule, Specimen

Probes = Mapping[str, tuple[tuple[Specimen, ...], tuple[Specimen, ...]]]
"""More hits and misses of rules, by id."""

NO_PROBES: Probes = {}

_EXPRESSIONS = (
    "context",
    "require_document",
    "benign",
    "unless",
    "unless_line",
    "unless_document",
    "unless_title",
    "not_after",
    "patterns",
    "lead",
    "trail",
    "places",
    "values",
    "generic",
    "permanent",
    "parts",
    "except_types",
)
_FLAGS = ("require_context", "linked", "whole_line", "columns")
_LIMITS: Mapping[str, Any] = {"reach": 10_000, "window": 10_000, "after": 10_000, "least": 1, "minimum": 1, "rows": 2}
_WIDER = {"sentence": "line", "line": "document"}
_ANYTHING = ["re:[\\s\\S]"]  # a concept that is always there


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a rule, and whether its absence is noticed."""

    rule: str
    name: str
    proven: bool


def clauses(
    packs: Sequence[Path],
    ruleset: Ruleset,
    *,
    only: frozenset[str] | None = None,
    probes: Probes = NO_PROBES,
) -> Iterator[Clause]:
    """Every clause of the rules of `packs`, which are those of `ruleset` (or of the ids in `only`), tried.

    Raises ConfigurationError for files that are no rules.
    """
    tables = [named for pack in packs for named in parsed(pack)]
    lexicon = lexicon_of(tables)
    for name, table in tables:
        for entry in table.get("rule", ()):
            if only is None or entry.get("id") in only:
                hits, misses = probes.get(entry["id"], ((), ()))
                among = least(ruleset, ruleset.by_id[entry["id"]])
                for clause, mutant in mutants(entry, lexicon, name):
                    tried = replace(mutant, hits=(*mutant.hits, *hits), misses=(*mutant.misses, *misses))
                    noticed = any(True for _ in failures_of_rule(with_rule(among, tried), tried))
                    yield Clause(rule=tried.id, name=clause, proven=noticed)


def mutants(entry: RawTable, lexicon: Mapping[str, list[str]], where: str) -> Iterator[tuple[str, Rule]]:
    """(the name of a clause, the rule without it) for each clause that the rule of a file can be without."""
    for name, match in _without_each(entry.get("match", {}), entry["kind"]):
        try:
            whole = expanded({**entry, "match": match}, lexicon, where)
            yield name, decode_rule(Table(whole, where, vouched=True))
        except ConfigurationError:
            continue  # a rule cannot be without it


def _without_each(match: RawTable, kind: str) -> Iterator[tuple[str, RawTable]]:
    """(name of the clause, the match table without it)."""
    for key in match:
        if key == "all":
            yield from _without_concepts(match)
        elif key == "evidence":
            yield from _without_evidence(match)
        elif key in _EXPRESSIONS:
            yield from _without_expressions(match, key)
        elif key in _FLAGS and match[key]:
            yield key, {**match, key: False}
        elif key in _LIMITS and match[key] != _LIMITS[key]:
            yield f"{key} = {match[key]}", {**match, key: _LIMITS[key]}
    if kind == DetectorKind.CONCEPT and match.get("within", "sentence") in _WIDER:
        within = match.get("within", "sentence")
        yield f"within = {within}", {**match, "within": _WIDER[within]}


def _without_expressions(match: RawTable, key: str) -> Iterator[tuple[str, RawTable]]:
    for at, held in enumerate(match[key]):
        rest = [*match[key][:at], *match[key][at + 1 :]]
        left = {**match, key: rest} if rest else {name: value for name, value in match.items() if name != key}
        yield f"{key}[{at}] {held[:30]}", left


def _without_concepts(match: RawTable) -> Iterator[tuple[str, RawTable]]:
    """Each concept replaced by anything; for the first, which must be words, another of words takes its place."""
    concepts = match["all"]
    for at in range(len(concepts)):
        rest = [*concepts[:at], *concepts[at + 1 :]]
        if at == 0:
            words = next((one for one in rest if not any(word.startswith("re:") for word in one)), None)
            if words is None:
                continue
            rest = [words, *(one for one in rest if one is not words)]
        yield f"all[{at}] {str(concepts[at][0])[:30]}", {**match, "all": [*rest, _ANYTHING]}


def _without_evidence(match: RawTable) -> Iterator[tuple[str, RawTable]]:
    forms = match["evidence"]
    for at, form in enumerate(forms):
        rest = [*forms[:at], *forms[at + 1 :]]
        if rest:
            yield f"evidence[{at}] {form['pattern'][:30]}", {**match, "evidence": rest}
        if form.get("zone", "any") != "any":
            anywhere = [*forms[:at], {**form, "zone": "any"}, *forms[at + 1 :]]
            yield f"evidence[{at}] zone = {form['zone']}", {**match, "evidence": anywhere}
