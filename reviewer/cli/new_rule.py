"""`reviewer rules new`: a rule of the office's own, complete and proved where words are given, else a template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.rule_text import category_of, quoted
from reviewer.detect import load_ruleset
from reviewer.detect.overlay import overlaid, unproved
from reviewer.detect.proof import refusal
from reviewer.errors import ConfigurationError, UsageError
from reviewer.home import home
from reviewer.language import tr
from reviewer.resources import shipped
from reviewer.terms import Action, Category

PLACEHOLDER = "样例词"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person said of a new rule. `words`: any of them; `beside`: groups one of each must stand in the sentence
    too; `unless`: words that make the sentence lawful."""

    id: str
    title: str
    words: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    action: Action
    basis: tuple[str, ...]
    remedy: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def written(self) -> str:
        """The rule as TOML, commented where a person may want to change something."""
        category = category_of(self.id)
        kind = "concept" if self.beside else "keyword"
        groups = (self.words, *self.beside)
        match = f'all = {_lists(groups)}\nwithin = "sentence"' if self.beside else f"words = {_list(self.words)}"
        unless = f"\nunless = {_list([re.escape(word) for word in self.unless])}" if self.unless else ""
        return _RULE.format(
            id=quoted(self.id),
            kind=kind,
            title=quoted(self.title),
            category=category.value,
            action=self.action.value,
            severity="high" if category is Category.STATE_SECRET else "medium",
            basis=_list(self.basis),
            remedy=quoted(self.remedy),
            hits=_list(self.hits or (self._hit(),)),
            misses=_list(self.misses or (_MISS,)),
            match=match + unless,
        )

    def _hit(self) -> str:
        """A text with what must be found, and nothing else of the rule's."""
        return f"⟦{'，'.join((self.words[0], *(group[0] for group in self.beside)))}⟧"


def new(
    rule: Annotated[str, typer.Argument(metavar="RULE", help=tr("规则编号，如 work-secret/my-list", "rule id"))],
    folder: Annotated[Path, typer.Option("--folder", help=tr("写到哪个文件夹", "where to write it"))] = Path("规则"),
    word: Annotated[
        list[str] | None, typer.Option("--word", help=tr("要查的词，可重复", "a word to look for; repeat it"))
    ] = None,
    beside: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            help=tr(
                "同一句里还须有其中之一（用、隔开），可重复",
                "one of these (by 、) must be in the sentence too; repeat it",
            ),
        ),
    ] = None,
    unless: Annotated[
        list[str] | None,
        typer.Option("--unless", help=tr("同一句里有它就不报，可重复", "not with this in the sentence; repeat it")),
    ] = None,
    title: Annotated[str, typer.Option("--title", help=tr("一句话：查什么", "what it looks for"))] = "",
    basis: Annotated[
        list[str] | None, typer.Option("--basis", help=tr("依据，可重复", "legal basis; repeat it"))
    ] = None,
    remedy: Annotated[str, typer.Option("--remedy", help=tr("怎么改", "what to do"))] = "",
    hit: Annotated[
        list[str] | None, typer.Option("--hit", help=tr("应当查出的句子，可重复", "a text it must find; repeat it"))
    ] = None,
    miss: Annotated[
        list[str] | None,
        typer.Option("--miss", help=tr("不应查出的句子，可重复", "a text it must not find; repeat it")),
    ] = None,
    action: Annotated[Action, typer.Option("--action", help=tr("处理", "what it asks for"))] = Action.REFER,
    ask: Annotated[bool, typer.Option("--ask", help=tr("逐项询问", "ask for each of these"))] = False,
) -> None:
    category_of(rule)
    target = folder / f"{rule.replace('/', '-')}.toml"
    if target.exists():
        raise UsageError(tr(f"{target} 已经存在，不覆盖", f"{target} exists already; it is left alone"))
    draft = Draft(
        id=rule,
        title=title or _TITLE,
        words=tuple(word or ()),
        beside=tuple(split_words(group) for group in beside or ()),
        unless=tuple(unless or ()),
        action=action,
        basis=tuple(basis or (_BASIS,)),
        remedy=remedy or _REMEDY,
        hits=tuple(hit or ()),
        misses=tuple(miss or ()),
    )
    if ask:
        draft = _asked(draft)
    if not draft.words:
        _save(target, replace(draft, words=(PLACEHOLDER,)).written())
        typer.echo(tr(f"已写入样板 {target}；填好后运行 reviewer rules check {folder}", f"template written: {target}"))
        return
    _save(target, draft.written())
    prove_file(target)
    typer.echo(
        tr(
            f'已写入 {target}，例子通过。在 reviewer.toml 写 rules = ["{folder}"] 后生效',
            f'written: {target}; its examples hold. In force once reviewer.toml says rules = ["{folder}"]',
        )
    )


def prove_file(target: Path) -> None:
    """Prove the rules of a file just written among the shipped ones; a file that fails is taken away again."""
    try:
        before = load_ruleset((shipped("rules"),), shipped("models"), cache=home() / "cache")
        failing = unproved(before, overlaid((shipped("rules"),), target, shipped("models")))
        if failing:
            raise refusal(failing)
    except ConfigurationError:
        target.unlink()
        raise


def _save(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _asked(draft: Draft) -> Draft:
    """The same with what a person answers; what is there already is offered."""
    title = typer.prompt(tr("查什么（一句话）", "what it looks for"), default=draft.title)
    words = typer.prompt(tr("要查的词（用、隔开）", "words (by 、)"), default="、".join(draft.words) or None)
    group = _answer(tr("同一句里还须有其中之一（没有就回车）", "one of these beside it (or nothing)"))
    unless = _answer(tr("同一句里有哪些词就不报（没有就回车）", "not with these (or nothing)"))
    basis = typer.prompt(tr("依据", "legal basis"), default=draft.basis[0])
    remedy = typer.prompt(tr("怎么改", "what to do"), default=draft.remedy)
    hit = _answer(tr("应当查出的句子（回车：自动生成）", "a text it must find (or nothing)"))
    miss = _answer(tr("相似而不应查出的句子（回车：自动生成）", "one it must not (or nothing)"))
    return replace(
        draft,
        title=title,
        words=split_words(words),
        beside=(*draft.beside, split_words(group)) if group else draft.beside,
        unless=(*draft.unless, *split_words(unless)),
        basis=(basis,),
        remedy=remedy,
        hits=(*draft.hits, hit) if hit else draft.hits,
        misses=(*draft.misses, miss) if miss else draft.misses,
    )


def _answer(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False))


def split_words(text: str) -> tuple[str, ...]:
    """Words that a person parted by 、 or a comma."""
    return tuple(piece for piece in (each.strip() for each in text.replace("，", "、").split("、")) if piece)


def _list(items: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, items))}]"


def _lists(groups: Sequence[Sequence[str]]) -> str:
    return f"[{', '.join(map(_list, groups))}]"


_TITLE = "本单位清单中的事项"
_BASIS = "保守国家秘密法（2024）第六十四条"
_REMEDY = "本单位清单中的事项。先停止发布，交本单位保密工作机构对照清单核对"
_MISS = "本句没有清单中的事项。"
_RULE = """\
[[rule]]
id = {id}
kind = "{kind}"                    # keyword 词语；concept 几个概念同句出现；pattern 正则（写法见 CONTRIBUTING.md）
title = {title}
title_en = {title}
category = "{category}"
type = "office_list"             # 小写英文，报告里的 type
severity = "{severity}"              # low medium high critical
action = "{action}"                 # note 提示 mask 遮盖 remove 删除 refer 送审 block 阻断
confidence = 0.8
basis = {basis}
remedy = {remedy}
remedy_en = {remedy}
since = "1"
hits = {hits}     # 应命中的部分用 ⟦⟧ 括起来
misses = {misses}
[rule.match]
{match}
"""
