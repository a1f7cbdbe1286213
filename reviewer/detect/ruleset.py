"""Rules as values: decoded kind by kind, compiled together, proved by their own hits and misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.detect.benign import Benign, decode_benign
from reviewer.detect.keyword import Keyword
from reviewer.detect.kinds import KINDS
from reviewer.detect.rulebook import RawTable, Rulebook, Vouchers, read_rulebook
from reviewer.detect.scenario.particular import decode_particular
from reviewer.detect.scenario.policy import Scenario, decode_scenario
from reviewer.detect.term_key import load_key
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action, Category, DetectorKind, Part, Rule, Severity, Specimen
from reviewer.text.automaton import Automaton, automaton
from reviewer.text.lazy import lazy
from reviewer.value import dataclass, field

if TYPE_CHECKING:
    from reviewer.detect.model import Model

_ID = lazy(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*")


class WordSearch:
    """One automaton over the words of all rules."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(dict.fromkeys(words))

    @cached_property
    def _automaton(self) -> Automaton:
        return automaton(self._words)

    def search(self, text: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for index, start, end in self._automaton.find(text):
            found.setdefault(self._words[index], []).append((start, end))
        return found


@dataclass(frozen=True)
class Ruleset:
    """All rules in force, with the digest of the files they came from and the classifier that goes with them."""

    rules: tuple[Rule, ...]
    benign: tuple[Benign, ...]
    digest: str
    models: Path
    scenarios: tuple[Scenario, ...] = ()
    proved: bool = field(default=False, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def by_scenario(self) -> Mapping[str, Scenario]:
        """Every name by which a person may call a scenario."""
        return {name: one for one in self.scenarios for name in (one.id, one.title, *one.names)}

    @cached_property
    def by_kind(self) -> Mapping[DetectorKind, tuple[Rule, ...]]:
        """Only the kinds that have rules, in the order in which they run."""
        return {kind: rules for kind in KINDS if (rules := tuple(rule for rule in self.rules if rule.kind is kind))}

    @cached_property
    def lexicon(self) -> WordSearch:
        return WordSearch([word for rule in self.rules for word in KINDS[rule.kind].words(rule.match)])

    @cached_property
    def model(self) -> Model | None:
        """The classifier, or None when this ruleset has no rule that uses one."""
        if DetectorKind.CLASSIFIER not in self.by_kind:
            return None
        from reviewer.detect.model import load_model

        return load_model(self.models)

    @cached_property
    def model_digest(self) -> str:
        return self.model.digest if self.model is not None else "none"


def load_ruleset(folders: Sequence[Path], models: Path, *, cache: Path | None = None) -> Ruleset:
    """The rules of all folders or files, proved, the keys of sealed lists at hand.

    `cache`: a folder that remembers what was proved.
    """
    vouchers = Vouchers(folder=cache, models=models) if cache is not None else None
    book = read_rulebook(folders, vouchers)
    ruleset = ruleset_of(book, models)
    _require_keys(ruleset.rules)
    if not book.proved:
        from reviewer.detect.proof import prove

        prove(ruleset)
        if vouchers is not None:
            vouchers.remember(folders, book)
    return ruleset


def _require_keys(rules: Sequence[Rule]) -> None:
    """Sealed lists must be readable before the first document: one that cannot be looked for clears nothing."""
    for rule in rules:
        if isinstance(rule.match, Keyword) and rule.match.sealed is not None:
            load_key(rule.match.sealed.key)


def ruleset_of(book: Rulebook, models: Path) -> Ruleset:
    """The rules of a rulebook, decoded and not proved."""
    rules = tuple(decode_rule(Table(table, where, vouched=book.proved)) for where, table in book.rules)
    benign = tuple(decode_benign(Table(table, where, vouched=book.proved)) for where, table in book.benign)
    _refuse_doubles([rule.id for rule in rules] + [wording.id for wording in benign])
    return Ruleset(
        rules=rules,
        benign=benign,
        scenarios=_scenarios(book),
        digest=book.digest,
        models=models,
        proved=book.proved,
    )


def _scenarios(book: Rulebook) -> tuple[Scenario, ...]:
    """The kinds of disclosure; particulars may stand in another file than the scenarios that speak of them."""
    particulars = [decode_particular(Table(table, where, vouched=book.proved)) for where, table in book.particulars]
    by_name = {particular.name: particular for particular in particulars}
    scenarios = tuple(
        decode_scenario(Table(table, where, vouched=book.proved), by_name) for where, table in book.scenarios
    )
    _refuse_doubles([particular.name for particular in particulars])
    _refuse_doubles([name for scenario in scenarios for name in (scenario.id, scenario.title, *scenario.names)])
    return scenarios


def _refuse_doubles(ids: Sequence[str]) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            raise Table.wrong(name, tr("编号或名称重复", "this id or name is used twice"))


def decode_rule(table: Table) -> Rule:
    """One rule of a file; raises ConfigurationError with its place."""
    name = table.string("id")
    table.where += f"（{name}）"
    if not _ID.fullmatch(name):
        raise table.error(
            tr("id 应形如 personal-privacy/resident-id", "id must look like personal-privacy/resident-id")
        )
    kind = table.choice("kind", DetectorKind)
    match = table.table("match", optional=True)
    rule = Rule(
        id=name,
        kind=kind,
        title=table.string("title"),
        title_en=table.string("title_en"),
        category=table.choice("category", Category),
        type=table.string("type"),
        severity=table.choice("severity", Severity),
        action=table.choice("action", Action),
        confidence=_share(table),
        basis=table.strings("basis"),
        remedy=table.string("remedy"),
        remedy_en=table.string("remedy_en"),
        since=table.string("since"),
        hits=_specimens(table, "hits", tr("反例之外还须给出应报的例子", "give a text that it must find")),
        misses=_specimens(
            table, "misses", tr("给出一个相似但不应报的例子", "give a similar text that it must not find")
        ),
        match=KINDS[kind].decode(match),
    )
    match.finish()
    table.finish()
    return rule


def _share(table: Table) -> float:
    value = table.number("confidence")
    if not 0 < value <= 1:
        raise table.error(tr("confidence 应在 0 到 1 之间", "confidence must be between 0 and 1"))
    return value


def _specimens(table: Table, key: str, remedy: str) -> tuple[Specimen, ...]:
    items = table.items(key, ())
    if not items:
        raise table.error(tr(f"缺少{'例子' if key == 'hits' else '反例'}（{key}）。", f"no {key} given. ") + remedy)
    return tuple(_specimen(table, key, item) for item in items)


def _specimen(table: Table, key: str, item: Any | RawTable) -> Specimen:
    if isinstance(item, str):
        return Specimen(text=item)
    entry = Table(item, f"{table.where} {key}")
    specimen = Specimen(
        text=entry.string("text"),
        part=entry.choice("part", Part, Part.BODY),
        hidden=entry.flag("hidden"),
        name=entry.string("name", "样例.txt"),
        body=entry.text("body"),
        beside=entry.strings("beside", ()),
        media_type=entry.string("media_type", "text/plain"),
    )
    entry.finish()
    return specimen
