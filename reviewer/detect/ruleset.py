"""Rules as values: decoded kind by kind, compiled together, proved by their own hits and misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.detect.benign import Benign, decode_benign
from reviewer.detect.concept import Meeting
from reviewer.detect.deferred import Deferred
from reviewer.detect.keyword import Keyword
from reviewer.detect.kinds import KINDS
from reviewer.detect.pattern import Pattern
from reviewer.detect.privacy.sought import Identifier
from reviewer.detect.rulebook import RawTable, Rulebook, Vouchers, read_files, read_rulebook
from reviewer.detect.scenario.particular import decode_particular
from reviewer.detect.scenario.policy import Scenario, decode_scenario
from reviewer.detect.shelf import Pack, Shelf, packed
from reviewer.detect.term_key import load_key
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action, Category, DetectorKind, Part, Rule, Severity, Specimen
from reviewer.text.automaton import Automaton, automaton
from reviewer.text.lazy import lazy
from reviewer.value import dataclass, field, replace

if TYPE_CHECKING:
    from reviewer.detect.model import Model
    from reviewer.detect.persons import Persons

_SEARCHED_WORD_BY_WORD = 40_000  # characters, of all texts together
_ID = lazy(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*")


class WordSearch:
    """All places of the words of all rules: the first short texts word by word, all others by one automaton.

    An automaton of thousands of words takes longer to build than the words whose beginning stands in a short text take
    to be looked for.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(dict.fromkeys(words))
        self._left = _SEARCHED_WORD_BY_WORD

    @cached_property
    def _automaton(self) -> Automaton:
        return automaton(self._words)

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[str]]:
        """The words by their first two characters, or the one that they are."""
        held: dict[str, list[str]] = {}
        for word in self._words:
            held.setdefault(word[:2], []).append(word)
        return held

    def search(self, text: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Each word that stands in the text, with its places in order."""
        self._left -= len(text)
        if self._left > 0:
            return self._word_by_word(text)
        found: dict[str, list[tuple[int, int]]] = {}
        for index, start, end in self._automaton.find(text):
            found.setdefault(self._words[index], []).append((start, end))
        return found

    def _word_by_word(self, text: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        beginnings = set(map(add, text, text[1:]))
        beginnings.update(text)
        held = self._by_beginning
        found: dict[str, list[tuple[int, int]]] = {}
        for word in (word for beginning in held.keys() & beginnings for word in held[beginning]):
            at = text.find(word)
            if at >= 0:
                places = found[word] = []
                while at >= 0:
                    places.append((at, at + len(word)))
                    at = text.find(word, at + 1)
        return found


@dataclass(frozen=True)
class Ruleset:
    """All rules in force, with the digest of the files they came from and the classifier that goes with them.

    `words`: all that the rules look for, where a memory holds them.
    """

    rules: Sequence[Rule]
    benign: Sequence[Benign]
    digest: str
    models: Path
    scenarios: Sequence[Scenario] = ()
    proved: bool = field(default=False, compare=False)
    words: tuple[str, ...] | None = field(default=None, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def by_scenario(self) -> Mapping[str, Scenario]:
        """Every name by which a person may call a scenario."""
        return {name: one for one in self.scenarios for name in (one.id, one.title, *one.names)}

    @cached_property
    def by_kind(self) -> Mapping[DetectorKind, Sequence[Rule]]:
        """Only the kinds that have rules, in the order in which they run."""
        return {kind: rules for kind in KINDS if (rules := self._of_kind(kind))}

    def _of_kind(self, kind: DetectorKind) -> Sequence[Rule]:
        if isinstance(self.rules, Shelf):
            return self.rules.of_kind(kind)
        return tuple(rule for rule in self.rules if rule.kind is kind)

    def speaking(self, kind: DetectorKind, words: AbstractSet[str]) -> Sequence[Rule]:
        """The rules of a kind that may have something to say where these words of the lexicon stand; in their order."""
        rules = self.by_kind.get(kind, ())
        return rules.speaking(words) if isinstance(rules, Shelf) else rules

    @cached_property
    def lexicon(self) -> WordSearch:
        return WordSearch(_words(self.rules) if self.words is None else self.words)

    @cached_property
    def model(self) -> Model | None:
        """The classifier, or None when this ruleset has no rule that uses one."""
        if DetectorKind.CLASSIFIER not in self.by_kind:
            return None
        from reviewer.detect.model import load_model

        return load_model(self.models)

    @cached_property
    def persons(self) -> Persons | None:
        """What is learned of names and of what is told, or None when this ruleset looks for no person."""
        if DetectorKind.IDENTIFIER not in self.by_kind:
            return None
        from reviewer.detect.model import persons_digest
        from reviewer.detect.persons import load_persons

        return load_persons(self.models, persons_digest(self.models))

    def with_persons(self, persons: Persons) -> Ruleset:
        """The same rules with scorers of persons that stand in no file yet: for training."""
        made = replace(self)
        made.__dict__["persons"] = persons
        return made

    @cached_property
    def model_digest(self) -> str:
        return self.model.digest if self.model is not None else "none"


def load_ruleset(folders: Sequence[Path], models: Path, *, cache: Path | None = None) -> Ruleset:
    """The rules of all folders or files, proved, the keys of sealed lists at hand.

    `cache`: a folder that remembers what was proved.
    """
    files = read_files(folders)
    vouchers = Vouchers(folder=cache, models=models) if cache is not None else None
    pack = vouchers.remembered(files.digest) if vouchers else None
    if pack is not None:
        ruleset = _remembered(pack, files.digest, models)
        _require_keys(ruleset.by_kind.get(DetectorKind.KEYWORD, ()))
        return ruleset
    book = read_rulebook(folders, files)
    ruleset = ruleset_of(book, models)
    _require_keys(ruleset.rules)
    from reviewer.detect.proof import prove

    prove(ruleset)
    if vouchers is not None:
        vouchers.remember(files.digest, _packed(book, ruleset))
    return ruleset


def _require_keys(rules: Sequence[Rule]) -> None:
    """Sealed lists must be readable before the first document: one that cannot be looked for clears nothing."""
    for rule in rules:
        if isinstance(rule.match, Keyword) and rule.match.sealed is not None:
            load_key(rule.match.sealed.key)


def ruleset_of(book: Rulebook, models: Path) -> Ruleset:
    """The rules of a rulebook, decoded and not proved."""
    rules = tuple(decode_rule(Table(table, where)) for where, table in book.rules)
    benign = tuple(decode_benign(Table(table, where)) for where, table in book.benign)
    _refuse_doubles([rule.id for rule in rules] + [wording.id for wording in benign])
    scenarios = _scenarios(book.particulars, book.scenarios, vouched=False)
    return Ruleset(rules=rules, benign=benign, scenarios=scenarios, digest=book.digest, models=models)


def _remembered(pack: Pack, digest: str, models: Path) -> Ruleset:
    """The same of a pack, decoded as far as somebody asks."""
    return Ruleset(
        rules=pack.rules(lambda table, where, examples: decode_rule(Table(table, where, vouched=True), examples)),
        benign=Deferred(lambda: tuple(decode_benign(Table(t, where, vouched=True)) for where, t in pack.benign)),
        scenarios=Deferred(lambda: _scenarios(pack.particulars, pack.scenarios, vouched=True), pack.count("scenarios")),
        digest="sha256:" + digest,
        models=models,
        proved=True,
        words=tuple(pack.words),
    )


def _packed(book: Rulebook, ruleset: Ruleset) -> bytes:
    entries = (
        (where, table, rule, _triggers(rule)) for (where, table), rule in zip(book.rules, ruleset.rules, strict=True)
    )
    rest = {"benign": book.benign, "particulars": book.particulars, "scenarios": book.scenarios}
    return packed(list(dict.fromkeys(_words(ruleset.rules))), entries, rest)


def _words(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        yield from KINDS[rule.kind].words(rule.match)


def _triggers(rule: Rule) -> Sequence[frozenset[str]]:
    """Groups of words: of each one stands in every document of which the rule says something."""
    match = rule.match
    if isinstance(match, Meeting):
        return [concept.words for concept in match.concepts if not concept.patterns]
    if isinstance(match, Identifier):
        return match.triggers
    if isinstance(match, Pattern) and match.anchors:
        return [frozenset(match.anchors)]
    if isinstance(match, Keyword) and match.sealed is None:
        return [frozenset(match.words)]
    return []


def _scenarios(
    entries: Sequence[tuple[str, RawTable]], drafts: Sequence[tuple[str, RawTable]], *, vouched: bool
) -> tuple[Scenario, ...]:
    """The kinds of disclosure; particulars may stand in another file than the scenarios that speak of them."""
    particulars = [decode_particular(Table(table, where, vouched=vouched)) for where, table in entries]
    by_name = {particular.name: particular for particular in particulars}
    scenarios = tuple(decode_scenario(Table(table, where, vouched=vouched), by_name) for where, table in drafts)
    if not vouched:
        _refuse_doubles([particular.name for particular in particulars])
        _refuse_doubles([name for scenario in scenarios for name in (scenario.id, scenario.title, *scenario.names)])
    return scenarios


def _refuse_doubles(ids: Sequence[str]) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            raise Table.wrong(name, tr("编号或名称重复", "this id or name is used twice"))


def decode_rule(table: Table, examples: Callable[[], RawTable] | None = None) -> Rule:
    """One rule of a file; raises ConfigurationError with its place.

    `examples`: gives the hits and misses of a rule that is vouched for, when somebody asks for them.
    """
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
        hits=_examples(table, "hits", examples),
        misses=_examples(table, "misses", examples),
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


_REMEDIES = {
    "hits": ("反例之外还须给出应报的例子", "give a text that it must find"),
    "misses": ("给出一个相似但不应报的例子", "give a similar text that it must not find"),
}


def _examples(table: Table, key: str, later: Callable[[], RawTable] | None) -> Sequence[Specimen]:
    if later is None:
        return _specimens(table, key)
    where = table.where
    return Deferred(lambda: _specimens(Table({key: later()[key]}, where, vouched=True), key))


def _specimens(table: Table, key: str) -> tuple[Specimen, ...]:
    items = table.items(key, ())
    if not items:
        remedy = tr(*_REMEDIES[key])
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
