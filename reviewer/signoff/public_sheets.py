"""The registers that face the public: requests for information, and the catalogue of what is on line."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.signoff.act import Publish
from reviewer.signoff.case import CaseState
from reviewer.signoff.case_cells import day, last
from reviewer.signoff.catalogue import Catalogue, lacking
from reviewer.signoff.request_rules import RequestState
from reviewer.signoff.sheet import Cell, Period, Sheet, laid_out


def request_sheet(unit: str, requests: Iterable[RequestState], period: Period) -> Sheet:
    """政府信息公开申请登记: every request received or answered in the period."""
    rows: list[tuple[Cell, ...]] = []
    for one in requests:
        said, reply = one.request, one.reply
        if not period.holds(said.received) and not (reply and period.holds(reply.day)):
            continue
        clear = "；".join(f"{at.letter} {at.asked}→{at.answered or '未到'}" for at in one.supplements)
        more = f"{one.extension.days} 个工作日 {one.extension.letter}" if one.extension else ""
        rows.append(
            (len(rows) + 1, one.number, said.means.zh, said.received, said.applicant.zh, said.masked_name, said.matter,
             said.form, said.section, clear, more, reply.day if reply else "", reply.result.zh if reply else "办理中",
             reply.letter if reply else "", reply.case if reply else "", reply.note if reply else "")
        )  # fmt: skip
    return Sheet(
        name="依申请公开",
        title=f"{unit}{period.zh}政府信息公开申请登记",
        columns=laid_out(
            "序号 5，登记号 12，收到方式 6，收到日期 11，申请人类别 10，申请人 8，申请内容 24，"
            "形式要求 8，承办科室 9，补正 16，延期 14，答复日期 11，办理结果 16，答复文号 14，"
            "审查编号 11，备注 10"
        ),
        rows=tuple(rows),
        notes=("申请人姓名遮盖登记，申请原件存卷。",),
    )  # fmt: skip


CATALOGUE_COLUMNS = laid_out(
    "序号 5，索引号 20，信息分类 12，内容分类 12，发布机构 16，文号 16，名称 30，"
    "发文日期 11，生成日期 11，生效日期 11，废止日期 11，主题词 18，公开属性 9，渠道 9，"
    "发布日期 11，地址 24，审查编号 11，缺项 16"
)  # fmt: skip


def catalogue_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """政府信息公开目录: what is on line, with the fields of the catalogue and those that are missing."""
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        put = last(case, Publish)
        if put is None or not case.on_line or not period.holds(put.time):
            continue
        about, item = case.submitted.about, case.submitted.about.catalogue or Catalogue()
        where = put.act.address if isinstance(put.act, Publish) else ""
        rows.append(
            (len(rows) + 1, item.index, item.information_class, item.content_class, item.organ, about.document_number,
             about.title, item.issued, item.formed or about.formed, item.effective, item.abolished,
             "；".join(item.keywords), about.attribute.zh, case.submitted.channel.zh, day(put.time), where,
             case.number, "、".join(lacking(about.catalogue)))
        )  # fmt: skip
    return Sheet(
        name="公开目录", title=f"{unit}{period.zh}政府信息公开目录", columns=CATALOGUE_COLUMNS, rows=tuple(rows)
    )
