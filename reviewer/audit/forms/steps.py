"""What to do next, in the order in which it should be done."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.audit.summary import Summary
from reviewer.language import tr


def warnings(told: Summary) -> Iterator[str]:
    """What keeps the numbers from being the whole truth."""
    if not told.complete:
        yield tr(
            f"尚未审完：还有 {told.waiting:,} 份待审。重复同一条 reviewer audit run 命令即接着审",
            f"not complete: {told.waiting:,} documents wait. The same reviewer audit run command goes on",
        )
    if told.stale:
        yield tr(
            f"{told.stale:,} 份是按以前的规则、政策或模型判的，接着审时会重审",
            f"{told.stale:,} documents were judged by earlier rules, policy or model: the next run screens them again",
        )
    if told.missing:
        yield tr(
            f"{told.missing:,} 份审过的文件已不在原处，不计入上面的数字；请查明是撤下还是移走",
            f"{told.missing:,} documents judged before are gone and not counted: find out if withdrawn or moved",
        )
    if passed := sum(count for why, count in told.skipped.items() if why != "store"):
        yield tr(
            f"有 {passed:,} 个文件夹没有进入（以点开头的，或指向别处的链接）；以点开头的可加 --hidden 一并审",
            f"{passed:,} folders were not entered (beginning with a dot, or links); --hidden enters the former",
        )


def steps(told: Summary) -> Iterator[str]:
    """One line for each kind of document that needs a hand."""
    count = told.by_verdict
    if count["block"]:
        yield tr(
            f"阻断 {count['block']:,} 份：立即下线或停止发布，隔离文件，不转发、不复制，报告本单位保密工作机构",
            f"block, {count['block']:,}: take them down now, isolate the files, copy nothing, tell the secrecy office",
        )
    if count["refer"]:
        yield tr(
            f"送审／商请 {count['refer']:,} 份：由审核人逐份判断；涉密与否没有把握的，商请保密行政管理部门",
            f"refer, {count['refer']:,}: a reviewer decides each; where in doubt, consult the secrecy office",
        )
    if told.unreadable:
        yield tr(
            f"其中 {told.unreadable:,} 份有读不到的部分：由人看原件；打不开的修复后重复同一命令会再试",
            f"{told.unreadable:,} have parts that could not be read: a person looks at the original; files that "
            "could not be opened are tried again by the same command",
        )
    if count["redact"]:
        yield tr(
            f"区分处理 {count['redact']:,} 份：撤下原件，用 reviewer redact 生成可公开的副本，核对后换上",
            f"redact, {count['redact']:,}: take the original down, make a copy with reviewer redact, check, replace",
        )
    if told.documents and told.documents == count["clear"]:
        yield tr(
            "机器未发现问题，不等于没有问题：请按本单位的比例抽样人工复核",
            "the machine found nothing; that is no proof: have people check a sample",
        )
