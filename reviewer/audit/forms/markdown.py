"""The account as Markdown, for a work report or a merge request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from reviewer.audit.forms.steps import steps, warnings
from reviewer.audit.particulars import worst
from reviewer.audit.store import Store
from reviewer.audit.summary import Summary, summary
from reviewer.language import tr
from reviewer.report.markdown import escaped
from reviewer.report.page import GRAVEST_FIRST, MARKS
from reviewer.report.words import category_name, verdict_name

_WORST, _RULES, _FOLDERS = 100, 30, 30


def write(store: Store, out: TextIO) -> None:
    told = summary(store)
    out.writelines(f"{line}\n" for line in _lines(store, told))


def _lines(store: Store, told: Summary) -> Iterator[str]:
    yield tr("# 存量文件保密审查", "# Confidentiality audit")
    yield ""
    yield tr("来源：", "Sources: ") + "、".join(escaped(source) for source in told.sources)
    yield ""
    for line in warnings(told):
        yield f"> {escaped(line)}"
    yield ""
    yield from _numbers(told)
    yield from _rules(told)
    yield from _folders(told)
    yield from _documents(store, told)
    yield tr("## 下一步", "## Next")
    yield ""
    yield from (f"- {escaped(line)}" for line in steps(told))


def _numbers(told: Summary) -> Iterator[str]:
    yield tr("| 结论 | 份数 |", "| verdict | documents |")
    yield "| --- | ---: |"
    yield from (f"| {MARKS[name]} {verdict_name(name)} | {told.by_verdict[name]:,} |" for name in GRAVEST_FIRST)
    yield tr(f"| 合计 | {told.documents:,} |", f"| all | {told.documents:,} |")
    yield tr(f"| 其中有未读部分 | {told.unreadable:,} |", f"| of them with unread parts | {told.unreadable:,} |")
    yield ""
    yield tr("| 类别 | 处数 |", "| category | findings |")
    yield "| --- | ---: |"
    yield from (f"| {category_name(name)} | {count:,} |" for name, count in told.by_category.items())
    yield ""


def _rules(told: Summary) -> Iterator[str]:
    yield tr("## 最常见的问题", "## Most frequent")
    yield ""
    yield tr("| 问题 | 规则 | 份数 | 处数 |", "| what | rule | documents | findings |")
    yield "| --- | --- | ---: | ---: |"
    for tally in told.by_rule[:_RULES]:
        yield f"| {escaped(tally.title)} | {escaped(tally.rule)} | {tally.documents:,} | {tally.findings:,} |"
    yield ""


def _folders(told: Summary) -> Iterator[str]:
    yield tr("## 按文件夹", "## By folder")
    yield ""
    names = " | ".join(verdict_name(name) for name in GRAVEST_FIRST)
    yield tr(f"| 文件夹 | {names} |", f"| folder | {names} |")
    yield "| --- " + "| ---: " * len(GRAVEST_FIRST) + "|"
    for tally in told.by_folder[:_FOLDERS]:
        numbers = " | ".join(f"{tally.by_verdict[name]:,}" for name in GRAVEST_FIRST)
        yield f"| {escaped(tally.folder)} | {numbers} |"
    yield ""


def _documents(store: Store, told: Summary) -> Iterator[str]:
    documents = worst(store, told.since, _WORST)
    if not documents:
        return
    yield tr("## 先看这些", "## Look at these first")
    yield ""
    yield tr("| 结论 | 文件 | 处数 | 主要问题 |", "| verdict | document | findings | what |")
    yield "| --- | --- | ---: | --- |"
    for document in documents:
        what = "、".join(escaped(title) for title in document.titles[:3])
        path = escaped(document.path)
        yield f"| {MARKS[document.verdict]} {verdict_name(document.verdict)} | {path} | {document.asking:,} | {what} |"
    if (more := told.documents - told.by_verdict["clear"] - len(documents)) > 0:
        yield ""
        yield tr(f"另有 {more:,} 份，见 `--format jsonl`", f"{more:,} more, see `--format jsonl`")
    yield ""
