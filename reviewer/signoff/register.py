"""The registers an office must keep, told from the ledger: rows in Chinese, without any text of the documents.

Which registers, and the columns of the first: 信息公开保密审查登记台账 and its kin, as local rules ask for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reviewer.signoff.act import Publish, Review, TakeDown
from reviewer.signoff.aftermath import Archive, Correct, Incident
from reviewer.signoff.case import Asked, CaseState
from reviewer.signoff.catalogue import Catalogue, lacking
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import in_china, shown
from reviewer.signoff.request_rules import RequestState
from reviewer.signoff.vocabulary import Addressee, Role, Status
from reviewer.terms import Category, Ruling, Severity

Cell = str | int
_GRAVITY = {Severity.LOW: "低", Severity.MEDIUM: "中", Severity.HIGH: "高", Severity.CRITICAL: "严重"}
_SHORT = {
    Category.STATE_SECRET: "国密",
    Category.WORK_SECRET: "工密",
    Category.TRADE_SECRET: "商密",
    Category.PERSONAL_PRIVACY: "隐私",
}
_RULED = {Ruling.CONFIRMED: "属实", Ruling.FALSE_POSITIVE: "误报", Ruling.RELEASABLE: "可公开"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One register: its name, its columns (name, width in characters), its rows, and what stands under them."""

    name: str
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def laid_out(columns: str) -> tuple[tuple[str, int], ...]:
    """The columns of a sheet, written “name width，name width”."""
    split = (column.rsplit(" ", 1) for column in columns.split("，"))
    return tuple((name, int(width)) for name, width in split)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month, a year or all there is: `prefix` is 2026-03, 2026 or empty."""

    prefix: str

    @property
    def zh(self) -> str:
        """How a title names it."""
        year, _, month = self.prefix.partition("-")
        return f"{year}年{int(month)}月" if month else f"{year}年" if year else ""

    def holds(self, time: str) -> bool:
        """Whether that instant or day lies in it, in China."""
        day = time if len(time) == len("2026-03-01") else in_china(time).date().isoformat()
        return day.startswith(self.prefix)


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


def begun(case: CaseState) -> str:
    """When the case was first submitted."""
    return case.history[0].time


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
        about.attribute.zh, case.submitted.channel.zh, _minute(begun(case)),
        f"第{case.version}版 {case.manifest.fingerprint}", found(case), _gravest(case), settled(case),
        _signed(case, lambda role: role not in (Role.SECRECY_REVIEWER, Role.SECRECY_OFFICE), but_last=True),
        _signed(case, lambda role: role in (Role.SECRECY_REVIEWER, Role.SECRECY_OFFICE), but_last=True),
        case.signoffs[-1].by if case.approved_at else "", conclusion(case), grounds(case),
        _letters(case, (Addressee.SECRECY_ADMINISTRATION,)),
        _letters(case, (Addressee.THIRD_PARTY, Addressee.ORGAN, Addressee.CO_ISSUER)) + _objections(case),
        _minute(case.signoffs[-1].time) if case.approved_at else "", case.publisher if put else "",
        _minute(put.time) if put else "", ends(case), _minute(off.time) if off else "", remark(case),
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
                 _minute(said.time), due)
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
                     answer.received if answer else "", _ended(asked), asked.by)
                )  # fmt: skip
        for one in case.objections:
            if not one.consult and period.holds(one.time):
                decided = one.decision.conclusion.zh if one.decision else "未决定"
                rows.append(
                    (len(rows) + 1, case.number, one.party.zh, one.name, "（来函异议）", "", "", "", _day(one.time),
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
                 _minute(one.time))
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
             "；".join(item.keywords), about.attribute.zh, case.submitted.channel.zh, _day(put.time), where,
             case.number, "、".join(lacking(about.catalogue)))
        )  # fmt: skip
    return Sheet(
        name="公开目录", title=f"{unit}{period.zh}政府信息公开目录", columns=CATALOGUE_COLUMNS, rows=tuple(rows)
    )


def monthly_sheet(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    """月度汇总表: what was reviewed in the month; a month without anything says so (零报告)."""
    inside = [case for case in cases if period.holds(begun(case))]
    rows: list[tuple[Cell, ...]] = [
        (at, case.number, case.submitted.about.title, "公文" if case.submitted.about.document_number else "非公文",
         case.submitted.about.attribute.zh, case.submitted.channel.zh, conclusion(case),
         case.signoffs[-1].by if case.approved_at else "", _day(put.time) if (put := last(case, Publish)) else "",
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


# --- what the columns say


def last(case: CaseState, kind: type) -> Statement | None:
    """The last statement of that kind."""
    return next((one for one in reversed(case.history) if isinstance(one.act, kind)), None)


def conclusion(case: CaseState) -> str:
    """What the review came to, in the words of the forms; where it stands while there is nothing yet."""
    if case.outcome is not None:
        return case.outcome.zh
    return (case.filed_from or case.status).zh


def grounds(case: CaseState) -> str:
    """The codes of what was withheld, by the sign-offs in force or by the refusal."""
    said = last(case, Review)
    refused = said.act.grounds if said and isinstance(said.act, Review) else ()
    stands = case.filed_from or case.status
    known = refused if stands is Status.REFUSED else [one for signoff in case.signoffs for one in signoff.grounds]
    return "、".join(dict.fromkeys(one.value for one in known))


def found(case: CaseState) -> str:
    """How many places of each category the present version was warned of."""
    counts = dict.fromkeys(_SHORT.values(), 0)
    for _, one in case.submitted.screening.asking():
        counts[_SHORT.get(one.category, "载体")] = counts.get(_SHORT.get(one.category, "载体"), 0) + one.count
    return " ".join(f"{word}{count}" for word, count in counts.items() if count) or "无"


def settled(case: CaseState) -> str:
    """How the warnings were settled, counted."""
    counts: dict[str, int] = {}
    for _, one in case.submitted.screening.asking():
        ruling = case.ruling(one.fingerprint)
        word = _RULED[ruling.ruling] if ruling else "书面答复" if case.answered(one) else "未处置"
        counts[word] = counts.get(word, 0) + 1
    aside = sum(len(file.set_aside) for file in case.submitted.screening.files)
    if aside:
        counts["事先例外"] = aside
    return " ".join(f"{word}{count}" for word, count in counts.items())


def ends(case: CaseState) -> str:
    """The last day of publicity, where there is one."""
    put = last(case, Publish)
    days = case.submitted.about.publicity_days
    if put is None or not days:
        return ""
    return (date.fromisoformat(_day(put.time)) + timedelta(days=days)).isoformat()


def remark(case: CaseState) -> str:
    """Urgent, replaced, leaked, on file: whatever else a reader should know."""
    about = case.submitted.about
    filed = last(case, Archive)
    parts = (
        "急件" if about.urgent else "",
        "重要" if about.important else "",
        f"更正 {about.corrects}" if about.corrects else "",
        f"答复 {about.request}" if about.request else "",
        "疑似泄密" if case.leak_deadline else "",
        f"档号 {filed.act.file}" if filed and isinstance(filed.act, Archive) else "",
    )
    return "；".join(part for part in parts if part)


def _gravest(case: CaseState) -> str:
    gravest = max((one.severity for _, one in case.submitted.screening.asking()), default=None)
    return _GRAVITY[gravest] if gravest is not None else ""


def _signed(case: CaseState, of: Callable[[Role], bool], *, but_last: bool) -> str:
    signed = case.signoffs[:-1] if but_last and case.approved_at else case.signoffs
    return "、".join(one.by for one in signed if of(one.role))


def _letters(case: CaseState, to: tuple[Addressee, ...]) -> str:
    return "；".join(f"{one.consult.letter} {_ended(one)}" for one in case.asked if one.consult.addressee in to)


def _objections(case: CaseState) -> str:
    told = (f"异议：{one.decision.conclusion.zh if one.decision else '未决定'}" for one in case.objections)
    return "".join(f"；{one}" for one in told)


def _ended(asked: Asked) -> str:
    if asked.answer:
        return asked.answer.outcome.zh
    return f"逾期未答复，{asked.lapse.conclusion.zh}" if asked.lapse else "未答复"


def _minute(time: str) -> str:
    return shown(time)


def _day(time: str) -> str:
    return in_china(time).date().isoformat()


def acts_of(cases: Iterable[CaseState], *kinds: type) -> Iterator[tuple[CaseState, Statement]]:
    """Every statement of these kinds with its case."""
    for case in cases:
        for one in case.history:
            if isinstance(one.act, kinds):
                yield case, one
