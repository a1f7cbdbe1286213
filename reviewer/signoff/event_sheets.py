"""The registers of what happened besides: letters and objections, removals and corrections, suspected leaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from reviewer.signoff.act import TakeDown
from reviewer.signoff.aftermath import Correct, Incident
from reviewer.signoff.case import CaseState
from reviewer.signoff.case_cells import day, ended, minute
from reviewer.signoff.moment import shown
from reviewer.signoff.sheet import Cell, Period, Sheet, laid_out


def consult_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """商请、报审和第三方意见登记."""
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        for asked in case.asked:
            if period.holds(asked.time):
                letter, answer = asked.consult, asked.answer
                rows.append(
                    (len(rows) + 1, case.number, letter.addressee.zh, letter.organ, letter.letter, letter.day,
                     answer.letter if answer else "", answer.day if answer else "",
                     answer.received if answer else "", ended(asked), asked.by)
                )  # fmt: skip
        for one in case.objections:
            if not one.consult and period.holds(one.time):
                decided = one.decision.conclusion.zh if one.decision else "未决定"
                rows.append(
                    (len(rows) + 1, case.number, one.party.zh, one.name, "（来函异议）", "", "", "", day(one.time),
                     decided, one.decided_by)
                )  # fmt: skip
    return Sheet(
        name="商请与意见",
        title=f"{unit}{period.zh}商请、征求意见登记",
        columns=laid_out(
            "序号 5，审查编号 11，对象 14，单位 20，函号 14，函日期 11，复函号 14，复函日期 11，"
            "收到日期 11，结果 16，经办人 9"
        ),
        rows=tuple(rows),
    )  # fmt: skip


def removal_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """已发布信息撤除、更正登记."""
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        for one in case.history:
            act = one.act
            if not isinstance(act, (TakeDown, Correct)) or not period.holds(one.time):
                continue
            also = "、".join(remedy.zh for remedy in act.remedies) if isinstance(act, TakeDown) else act.by_case
            kind = "撤除" if isinstance(act, TakeDown) else "更正"
            leak = "是" if isinstance(act, TakeDown) and act.suspected_leak else ""
            rows.append(
                (len(rows) + 1, case.number, case.submitted.about.title, kind, act.reason, leak, also, one.actor,
                 minute(one.time))
            )  # fmt: skip
    return Sheet(
        name="撤除更正",
        title=f"{unit}{period.zh}已发布信息撤除、更正登记",
        columns=laid_out(
            "序号 5，审查编号 11，信息标题 28，方式 6，理由 24，疑似泄密 8，一并撤除处、更正件 22，"
            "办理人 9，时间 12"
        ),
        rows=tuple(rows),
    )  # fmt: skip


def incident_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """疑似泄密事件登记: when it was discovered, until when and to whom it was reported."""
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        deadline = case.leak_deadline
        if deadline is None:
            continue
        told = next((one for one in case.history if isinstance(one.act, Incident)), None)
        what = told.act.what if told and isinstance(told.act, Incident) else "撤除时标明疑似泄密"
        found_at = shown(deadline - timedelta(hours=24))
        if not period.holds(found_at[:10]):
            continue
        reports = "；".join(f"{one.organ} {shown(one.at)} {one.means}" for one in case.reports)
        late = [one for one in case.reports if one.at > deadline.strftime("%Y-%m-%dT%H:%M:%SZ")]
        left = "、".join(one.zh for one in case.unreported)
        rows.append(
            (len(rows) + 1, case.number, what, found_at, shown(deadline), reports,
             "；".join(part for part in (f"未报告：{left}" if left else "", "逾期报告" if late else "") if part))
        )  # fmt: skip
    return Sheet(
        name="疑似泄密",
        title=f"{unit}{period.zh}疑似泄密事件登记",
        columns=laid_out(
            "序号 5，审查编号 11，概况 36，发现时间 16，报告时限 16，已报告 36，备注 18"
        ),
        rows=tuple(rows),
    )  # fmt: skip
