"""A scenario's policy: how the kind of disclosure is recognised, and what it must, may and must not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from reviewer.detect.expressions import union
from reviewer.detect.scenario.particular import Particular
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_ID = lazy(r"[a-z0-9]+(-[a-z0-9]+)*")


class Standing(StrEnum):
    """What the law says of a particular in one kind of disclosure."""

    REQUIRE = "require"
    ALLOW = "allow"
    FORBID = "forbid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Some particulars and what holds for them, on which basis; `law`: the article that shows even guarded numbers.

    `strict`: forbidden in every form, not only when it is exact (a village, a year and month).
    """

    standing: Standing
    particulars: tuple[Particular, ...]
    basis: tuple[str, ...]
    law: str
    action: Action | None
    advice: str
    advice_en: str
    strict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Patterns by which a draft is recognised: in its title lines (`unless` takes one out), headers, and words."""

    title: str
    unless: str
    headers: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One kind of disclosure. `public`: false for lists of persons that may not go out at all.

    `general`: it gives way to every kind that says more.
    `known` texts are lawful notices of this kind, `unlike` ones only look like it: they prove the policy.
    """

    id: str
    names: tuple[str, ...]
    title: str
    title_en: str
    public: bool
    general: bool
    basis: tuple[str, ...]
    advice: str
    advice_en: str
    since: str
    signs: Signs
    clauses: tuple[Clause, ...]
    known: tuple[str, ...]
    unlike: tuple[str, ...]

    def held(self, *standings: Standing) -> Iterator[tuple[Clause, Particular]]:
        """The particulars with one of these standings, in the order of the file."""
        for clause in self.clauses:
            if clause.standing in standings:
                yield from ((clause, particular) for particular in clause.particulars)

    def shown(self) -> tuple[Particular, ...]:
        """What it must or may show."""
        return tuple(particular for _, particular in self.held(Standing.REQUIRE, Standing.ALLOW))

    def summary(self) -> str:
        """What a person is told in one line."""
        if not self.public:
            return tr(f"{self.title}（按{self.basis[0]}不得公开）", f"{self.title_en} (not public: {self.basis[0]})")
        names = "、".join(particular.name for particular in self.shown())
        names_en = ", ".join(particular.name_en for particular in self.shown())
        return tr(
            f"{self.title}（按{self.basis[0]}可公开：{names}）",
            f"{self.title_en} (may show by {self.basis[0]}: {names_en})",
        )


def decode_scenario(table: Table, particulars: Mapping[str, Particular]) -> Scenario:
    """Raises ConfigurationError for an unknown particular, or for a number shown without a law that says so."""
    name = table.string("id")
    table.where += f"（{name}）"
    if not _ID.fullmatch(name):
        raise table.error(tr("id 应形如 student-aid", "id must look like student-aid"))
    signs = table.table("signs")
    scenario = Scenario(
        id=name,
        names=table.strings("names", ()),
        title=table.string("title"),
        title_en=table.string("title_en"),
        public=table.flag("public", True),
        general=table.flag("general"),
        basis=_basis(table, ()),
        advice=table.text("advice"),
        advice_en=table.text("advice_en"),
        since=table.string("since"),
        signs=_signs(signs),
        clauses=_clauses(table, particulars),
        known=_texts(table, "known", tr("一份应当认出的稿件", "a text that it must recognise")),
        unlike=_texts(table, "unlike", tr("一份看着像、其实不是的稿件", "a text that only looks like it")),
    )
    table.finish()
    _refuse_contradictions(table, scenario)
    return scenario


def _signs(table: Table) -> Signs:
    signs = Signs(
        title=union(table, "title", table.strings("title")),
        unless=union(table, "unless", table.strings("unless", ())),
        headers=union(table, "headers", table.strings("headers", ())),
        words=union(table, "words", table.strings("words", ())),
    )
    table.finish()
    if not signs.title or not (signs.headers or signs.words):
        raise table.error(
            tr("title 之外还须给出 headers 或 words：只凭标题不认", "besides title give headers or words")
        )
    return signs


def _clauses(table: Table, particulars: Mapping[str, Particular]) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for standing in Standing:
        for at, entry in enumerate(table.items(standing.value, ()), 1):
            where = tr(f"{table.where} {standing.value} 第 {at} 项", f"{table.where} {standing.value} {at}")
            found.append(_clause(Table(entry, where, vouched=table.vouched), standing, particulars))
    return tuple(found)


def _clause(table: Table, standing: Standing, particulars: Mapping[str, Particular]) -> Clause:
    forbids = standing is Standing.FORBID
    clause = Clause(
        standing=standing,
        particulars=tuple(_particular(table, name, particulars) for name in table.strings("what")),
        basis=_basis(table, None if not forbids else ()),
        law="" if forbids else table.text("law"),
        action=table.choice("action", Action) if forbids and table.has("action") else None,
        advice=table.text("advice") if forbids else "",
        advice_en=table.text("advice_en") if forbids else "",
        strict=table.flag("strict") if forbids else False,
    )
    table.finish()
    for particular in clause.particulars:
        if particular.guarded and not forbids and not clause.law:
            raise table.error(
                tr(
                    f"“{particular.name}”是能识别、联系到人的号码，法律没有规定公开的不得列入；有规定的用 law 写明条款",
                    f"“{particular.name}” identifies a person: leave it out, or give in `law` the article",
                )
            )
    return clause


def _particular(table: Table, name: str, particulars: Mapping[str, Particular]) -> Particular:
    if name not in particulars:
        raise table.error(
            tr(
                f"没有定义“{name}”；先在 [[particular]] 中写明，或者改成已有的名称",
                f"“{name}” is not defined: add a [[particular]], or use one that exists",
            )
        )
    return particulars[name]


def _basis(table: Table, default: tuple[str, ...] | None) -> tuple[str, ...]:
    basis = table.strings("basis", default)
    if default is None and not basis:
        raise table.error(tr("basis 不能为空：写明法律、条款", "basis must name the statute and article"))
    return basis


def _texts(table: Table, key: str, remedy: str) -> tuple[str, ...]:
    texts = table.strings(key, ())
    if not texts:
        raise table.error(tr(f"缺少 {key}：给出", f"no {key}: give ") + remedy)
    return texts


def _refuse_contradictions(table: Table, scenario: Scenario) -> None:
    if not scenario.basis:
        raise table.error(tr("basis 不能为空：写明法律、条款", "basis must name the statute and article"))
    if not scenario.public and not (scenario.advice and scenario.advice_en):
        raise table.error(tr("不公开的场景须写 advice 和 advice_en", "a closed scenario needs advice and advice_en"))
    shown = {particular.name for particular in scenario.shown()}
    for _, particular in scenario.held(Standing.FORBID):
        if particular.name in shown:
            raise table.error(
                tr(
                    f"“{particular.name}”既允许又禁止，只能留一处",
                    f"“{particular.name}” is both allowed and forbidden: keep one",
                )
            )
