"""The least ruleset in which a rule finds what it finds among all: so that its examples are tried in a moment."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.detect.ruleset import Ruleset
from reviewer.terms import DetectorKind, Rule
from reviewer.value import replace

# Their findings depend on nothing but the rule, the lawful wordings and the text.
_ALONE = frozenset(
    {
        DetectorKind.MARK,
        DetectorKind.KEYWORD,
        DetectorKind.PATTERN,
        DetectorKind.CONCEPT,
        DetectorKind.CONCEALED,
        DetectorKind.METADATA,
        DetectorKind.CLASSIFIER,
    }
)
_PERSONS = frozenset({DetectorKind.IDENTIFIER, DetectorKind.TABLE})


def least(ruleset: Ruleset, rule: Rule) -> Ruleset:
    """The least ruleset in which the rule finds what it finds among all: a few rules are tried in a moment."""
    if rule.kind in _ALONE:
        kept: Sequence[Rule] = (rule,)
    elif rule.kind in _PERSONS:
        kept = tuple(one for one in ruleset.rules if one.kind in _PERSONS)
    else:
        kept = ruleset.rules
    return sharing(replace(ruleset, rules=kept), ruleset)


def with_rule(among: Ruleset, mutant: Rule) -> Ruleset:
    """The same with this rule in the place of the one of its id."""
    return sharing(replace(among, rules=tuple(mutant if rule.id == mutant.id else rule for rule in among.rules)), among)


def sharing(made: Ruleset, other: Ruleset) -> Ruleset:
    """The same with the automaton and the models of another ruleset: a rule that lacks a clause has no new words."""
    for name in ("lexicon", "model", "persons"):
        made.__dict__[name] = getattr(other, name)
    return made
