"""The registers an office must keep, told from the ledger: rows in Chinese, without any text of the documents.

Which registers, and the columns of the first: 信息公开保密审查登记台账 and its kin, as local rules ask for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.signoff.act import Publish, Review, TakeDown
from reviewer.signoff.aftermath import Correct
from reviewer.signoff.case import CaseState
from reviewer.signoff.case_cells import (
    begun,
    conclusion,
    day,
    ends,
    found,
    gravest,
    grounds,
    last,
    letters,
    minute,
    objections,
    remark,
    settled,
    signed,
)
from reviewer.signoff.event_sheets import consult_sheet, incident_sheet, removal_sheet
from reviewer.signoff.public_sheets import catalogue_sheet, request_sheet
from reviewer.signoff.request_rules import RequestState
from reviewer.signoff.sheet import Cell, Period, Sheet, laid_out
from reviewer.signoff.vocabulary import Addressee, Role, Status


def sheets(
    unit: str, cases: Iterable[CaseState], requests: Iterable[RequestState], period: Period
) -> tuple[Sheet, ...]:
    """Every register of the period, in the order in which they are bound."""
    known, asked = tuple(cases), tuple(requests)
    return (
        case_sheet(unit, known, period),
        withheld_sheet(unit, known, period),
        consult_sheet(unit, known, period),
        removal_sheet(unit, known, period),
        incident_sheet(unit, known, period),
        request_sheet(unit, asked, period),
        catalogue_sheet(unit, known, period),
    )


def case_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """信息公开保密审查登记台账: every case that began in the period."""
    inside = [case for case in cases if period.holds(begun(case))]
    return Sheet(
        name="审查台账",
        title=f"{unit}{period.zh}信息公开保密审查登记台账",
        columns=laid_out(
            "序号 5，审查编号 11，信息标题 24，文号 14，来源 9，承办科室 9，承办人 8，公开属性 9，"
            "渠道 9，送审时间 11，版本、指纹 14，发现项 13，最高级别 6，处置 13，审核 12，"
            "保密审查 8，批准人 8，结论 11，理由代码 8，商请情况 15，第三方等意见 15，批准时间 11，"
            "发布人 8，发布时间 11，公示期止 11，撤除、更正 11，备注 14"
        ),
        rows=tuple((at, *_case_row(case)) for at, case in enumerate(inside, 1)),
        notes=("发现项只记类别和处数，不记内容。结论为电子确认，不代替签名、盖章。",),
    )  # fmt: skip


def _case_row(case: CaseState) -> tuple[Cell, ...]:
    about = case.submitted.about
    put, off = last(case, Publish), last(case, TakeDown) or last(case, Correct)
    return (
        case.number, about.title, about.document_number, about.origin.zh, about.section, about.drafter,
        about.attribute.zh, case.submitted.channel.zh, minute(begun(case)),
        f"第{case.version}版 {case.manifest.fingerprint}", found(case), gravest(case), settled(case),
        signed(case, lambda role: role not in (Role.SECRECY_REVIEWER, Role.SECRECY_OFFICE), but_last=True),
        signed(case, lambda role: role in (Role.SECRECY_REVIEWER, Role.SECRECY_OFFICE), but_last=True),
        case.signoffs[-1].by if case.approved_at else "", conclusion(case), grounds(case),
        letters(case, (Addressee.SECRECY_ADMINISTRATION,)),
        letters(case, (Addressee.THIRD_PARTY, Addressee.ORGAN, Addressee.CO_ISSUER)) + objections(case),
        minute(case.signoffs[-1].time) if case.approved_at else "", case.publisher if put else "",
        minute(put.time) if put else "", ends(case), minute(off.time) if off else "", remark(case),
    )  # fmt: skip


def withheld_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """不予公开事项清单, for the periodic second look (条例第十八条)."""
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        said = last(case, Review)
        stands = case.filed_from or case.status
        if stands in (Status.REFUSED, Status.ON_REQUEST) and said and period.holds(said.time):
            act = said.act
            due = act.reassess_on if isinstance(act, Review) else ""
            rows.append(
                (len(rows) + 1, case.number, case.submitted.about.title, stands.zh, grounds(case), said.actor,
                 minute(said.time), due)
            )  # fmt: skip
    return Sheet(
        name="不公开清单",
        title=f"{unit}{period.zh}不予公开、依申请公开事项清单",
        columns=laid_out(
            "序号 5，审查编号 11，信息标题 34，结论 12，理由代码 12，决定人 9，决定时间 12，"
            "重新评估日期 12"
        ),
        rows=tuple(rows),
    )  # fmt: skip


def monthly_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """月度汇总表: what was reviewed in the month; a month without anything says so (零报告)."""
    inside = [case for case in cases if period.holds(begun(case))]
    rows: list[tuple[Cell, ...]] = [
        (at, case.number, case.submitted.about.title, "公文" if case.submitted.about.document_number else "非公文",
         case.submitted.about.attribute.zh, case.submitted.channel.zh, conclusion(case),
         case.signoffs[-1].by if case.approved_at else "", day(put.time) if (put := last(case, Publish)) else "",
         remark(case))
        for at, case in enumerate(inside, 1)
    ]  # fmt: skip
    published = sum(1 for case in inside if last(case, Publish))
    withheld = sum(1 for case in inside if (case.filed_from or case.status) in (Status.REFUSED, Status.ON_REQUEST))
    nil = not inside
    if nil:
        rows = [("", "", "本月无公开内容（零报告）", "", "", "", "", "", "", "")]
    return Sheet(
        name="月度汇总",
        title=f"{unit}{period.zh}信息公开保密审查月度汇总表",
        columns=laid_out(
            "序号 5，审查编号 11，信息标题 34，载体 8，公开属性 10，渠道 11，审查结论 13，批准人 9，"
            "发布日期 11，备注 16"
        ),
        rows=tuple(rows),
        notes=(
            f"合计：审查 {len(inside)} 件，发布 {published} 件，不予公开及依申请公开 {withheld} 件，"
            f"其余 {len(inside) - published - withheld} 件。",
            "填表人：　　　　　　　　审核人：　　　　　　　　负责人：　　　　　　　　（盖章）　　　年　　月　　日",
        ),
    )  # fmt: skip
