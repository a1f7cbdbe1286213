"""`reviewer rules`: what is looked for, why, and whether the rules prove themselves."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.cli.matters import import_list
from reviewer.cli.new_rule import new
from reviewer.cli.options import JsonOption, PolicyOption
from reviewer.cli.replay import replay
from reviewer.cli.rule_page import page
from reviewer.cli.scenario_page import scenario_page
from reviewer.cli.seal import seal_list
from reviewer.cli.setting import settings
from reviewer.detect import Ruleset, load_ruleset
from reviewer.detect.mutation import clauses
from reviewer.detect.rulebook import ids_of
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


app.command(
    "seal",
    help=tr(
        "把保密词表做成规则包：包里只有带密钥的摘要，看不出是哪些词；密钥另存。",
        "make a pack of a list of sensitive terms: keyed digests only; the key is kept elsewhere",
    ),
)(seal_list)


@app.command("list", help=tr("列出全部规则。", "list all rules"))
def list_rules(
    category: Annotated[Category | None, typer.Option("--category", help=tr("只看一类", "one category"))] = None,
    as_json: JsonOption = False,
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
    by_clause: Annotated[
        bool,
        typer.Option(
            "--clauses",
            help=tr(
                "逐个去掉规则的每个条件，看例子能否发现；列出没有例子证明的条件",
                "take out each clause in turn; list those whose absence no example notices",
            ),
        ),
    ] = False,
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
    if by_clause:
        _say_clauses(folders, ruleset)


def _say_clauses(packs: tuple[Path, ...], ruleset: Ruleset) -> None:
    """How many clauses of the last pack's rules their examples prove, and which they do not."""
    tried = list(clauses(packs, ruleset, only=frozenset(ids_of(packs[-1]))))
    unproven = [one for one in tried if not one.proven]
    for one in unproven:
        typer.echo(f"{one.rule}\t{one.name}")
    count, all_of_them = len(tried) - len(unproven), len(tried)
    share = count / all_of_them if tried else 1.0
    typer.echo(
        tr(
            f"{all_of_them} 个条件，去掉后例子能发现的 {count} 个（{share:.0%}）；上面列出的没有例子证明，请补反例",
            f"{all_of_them} clauses, {count} of them ({share:.0%}) noticed by an example when taken out; give those "
            "listed a miss",
        )
    )


app.command(
    "new",
    help=tr(
        "新建一条本单位的规则：给出词语（--word）即成规则并核验，不给则写样板；--ask 逐项询问。",
        "a rule of the office's own: complete and proved with --word, else a template; --ask asks",
    ),
)(new)
app.command(
    "import",
    help=tr(
        "把本单位的事项清单（表格：事项、词语……）做成规则包。",
        "make a pack of an office's list of matters (a table: 事项, 词语 …)",
    ),
)(import_list)


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


def _rules(policy: Path | None) -> Sequence[Rule]:
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
