"""`reviewer rules`: what is looked for, why, and whether the rules prove themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.cli.replay import replay
from reviewer.cli.rule_page import page
from reviewer.cli.scenario_page import scenario_page
from reviewer.cli.setting import PolicyOption, settings
from reviewer.detect import load_ruleset
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report.terminal import console_for
from reviewer.report.words import category_name
from reviewer.resources import shipped
from reviewer.screen import screener_for
from reviewer.terms import Category, Rule

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(
    name="rules", help=tr("查看、核验和新建规则", "list, show, check and make rules"), no_args_is_help=True
)


app.command(
    "replay",
    help=tr(
        "改过的规则在一批稿件或一个审查档案上多报什么、少报什么；有变化退出码 10，例子不通过 4。",
        "what changed rules gain and lose over documents or an audit; 10 if anything changes, 4 if an example fails",
    ),
)(replay)


@app.command("list", help=tr("列出全部规则。", "list all rules"))
def list_rules(
    category: Annotated[Category | None, typer.Option("--category", help=tr("只看一类", "one category"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=tr("输出 JSON", "print JSON"))] = False,
    policy: PolicyOption = None,
) -> None:
    rules = [rule for rule in _rules(policy) if category in (None, rule.category)]
    if as_json:
        typer.echo(json.dumps([_row(rule) for rule in rules], ensure_ascii=False, indent=1))
        return
    from rich.table import Table

    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(ratio=1, overflow="fold")
    table.add_column(no_wrap=True, style="dim")
    table.add_column(no_wrap=True, style="dim")
    for rule in rules:
        table.add_row(rule.id, tr(rule.title, rule.title_en), category_name(rule.category.value), rule.action.value)
    console = console_for(sys.stdout)
    console.print(table)
    console.print(tr(f"共 {len(rules)} 条", f"{len(rules)} rules"))
    if category in (None, Category.PERSONAL_PRIVACY):
        _list_scenarios(console, policy)


def _list_scenarios(console: Console, policy: Path | None) -> None:
    from rich.table import Table

    scenarios = screener_for(settings(policy, None)).ruleset.scenarios
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(ratio=1, overflow="fold")
    for one in scenarios:
        table.add_row(one.id, one.summary())
    console.print()
    console.print(tr("公开场景（--scenario；从稿件也能认出）", "scenarios (--scenario; recognised from drafts, too)"))
    console.print(table)
    console.print(tr(f"共 {len(scenarios)} 种", f"{len(scenarios)} scenarios"))


@app.command(
    "show",
    help=tr(
        "显示一条规则：查什么、依据、怎么改、应报和不应报的例子。",
        "one rule: what it finds, on what basis, what to do, its examples",
    ),
)
def show(
    rule: Annotated[
        str, typer.Argument(metavar="RULE|SCENARIO", help=tr("规则编号，或者场景", "a rule id, or a scenario"))
    ],
    policy: PolicyOption = None,
) -> None:
    typer.echo(page_named(rule, policy))


@app.command(
    "check",
    help=tr(
        "核验规则：每条都要查出自己的例子、放过自己的反例；不合格即退出码 4。",
        "prove the rules: each finds its hits and leaves its misses alone; 4 if one does not",
    ),
)
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="PACK",
            help=tr("规则文件夹或文件（默认：随程序的规则）", "a folder or file of rules (default: the shipped ones)"),
        ),
    ] = None,
) -> None:
    folders = (shipped("rules"),) if folder is None else (shipped("rules"), _pack(folder))
    ruleset = load_ruleset(folders, shipped("models"), cache=None)
    examples = sum(len(rule.hits) + len(rule.misses) for rule in ruleset.rules)
    benign = sum(len(wording.examples) for wording in ruleset.benign)
    scenarios = len(ruleset.scenarios)
    drafts = sum(len(one.known) + len(one.unlike) for one in ruleset.scenarios)
    typer.echo(
        tr(
            f"{len(ruleset.rules)} 条规则、{examples} 个例子，"
            f"{len(ruleset.benign)} 种制度性表述、{benign} 个例子，{scenarios} 种公开场景、{drafts} 份稿件，全部通过",
            f"{len(ruleset.rules)} rules with {examples} examples, {len(ruleset.benign)} lawful wordings with "
            f"{benign} examples and {scenarios} scenarios with {drafts} drafts: all hold",
        )
    )


@app.command("new", help=tr("写一条新规则的样板，填好后用 rules check 核验。", "write a template for a new rule"))
def new(
    rule: Annotated[str, typer.Argument(metavar="RULE", help=tr("规则编号，如 work-secret/my-list", "rule id"))],
    folder: Annotated[Path, typer.Option("--folder", help=tr("写到哪个文件夹", "where to write it"))] = Path("规则"),
) -> None:
    target = folder / f"{rule.replace('/', '-')}.toml"
    if target.exists():
        raise UsageError(tr(f"{target} 已经存在，不覆盖", f"{target} exists already; it is left alone"))
    category = rule.partition("/")[0].replace("-", "_")
    if category not in set(Category):
        raise UsageError(
            tr(
                f"编号“{rule}”应以类别开头：state-secret/、work-secret/、trade-secret/ 或 personal-privacy/",
                f"“{rule}” must begin with its category, such as work-secret/",
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(_TEMPLATE.format(rule=rule, category=category), "utf-8")
    typer.echo(tr(f"已写入 {target}；填好后运行 reviewer rules check {folder}", f"written: {target}"))


def page_named(name: str, policy: Path | None) -> str:
    """The page of a rule or of a scenario; raises UsageError for neither."""
    scenario = screener_for(settings(policy, None)).ruleset.by_scenario.get(name)
    return page(rule_named(name, policy)) if scenario is None else scenario_page(scenario)


def rule_named(name: str, policy: Path | None) -> Rule:
    """The rule of that id; raises UsageError with the nearest ids for an unknown one."""
    from difflib import get_close_matches

    rules = {rule.id: rule for rule in _rules(policy)}
    if name in rules:
        return rules[name]
    near = "、".join(get_close_matches(name, rules, 3, 0.4))
    hint = tr(f"，相近的有：{near}", f"; similar: {near}") if near else ""
    raise UsageError(tr(f"没有规则“{name}”{hint}", f"there is no rule “{name}”{hint}"))


def _rules(policy: Path | None) -> tuple[Rule, ...]:
    return screener_for(settings(policy, None)).ruleset.rules


def _pack(path: Path) -> Path:
    if not path.exists():
        raise UsageError(tr(f"{path}：没有这个文件夹或文件", f"{path}: no such folder or file"))
    return path


def _row(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "title": tr(rule.title, rule.title_en),
        "category": rule.category.value,
        "type": rule.type,
        "severity": rule.severity.value,
        "action": rule.action.value,
        "basis": list(rule.basis),
        "since": rule.since,
    }


_TEMPLATE = """\
[[rule]]
id = "{rule}"
kind = "keyword"                 # keyword 词语；pattern 正则；concept 几个概念同句出现
title = "（一句话：查什么）"
title_en = "(what it looks for)"
category = "{category}"
type = "office_list"             # 小写英文，报告里的 type
severity = "medium"              # low medium high critical
action = "refer"                 # note 提示 mask 遮盖 remove 删除 refer 送审 block 阻断
confidence = 0.8
basis = ["（法律、制度名称和条款）"]
remedy = "（怎么改，下一步做什么）"
remedy_en = "(what to do)"
since = "1"
hits = ["（一句应当查出的话，应命中的部分括起来：⟦样例词⟧）"]
misses = ["（一句相似但不应报的话）"]
[rule.match]
words = ["样例词"]
"""
