"""Letters and reports on A4: to the secrecy office, a third party, another organ; the report of a suspected leak.

They carry numbers, days and places, and nothing of what is in question: whoever needs to see it is shown it by the
way that its secrecy asks for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reviewer.signoff import paper
from reviewer.signoff.act import Publish, TakeDown
from reviewer.signoff.aftermath import Incident
from reviewer.signoff.case import Asked, CaseState
from reviewer.signoff.moment import in_china, shown
from reviewer.signoff.objection_rules import OPINION_DAYS
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Addressee

if TYPE_CHECKING:
    from docx.document import Document as Paper

_NAMES = {
    Addressee.SECRECY_ADMINISTRATION: "关于商请审定有关信息是否涉及国家秘密的函",
    Addressee.THIRD_PARTY: "第三方意见征询书",
    Addressee.ORGAN: "关于征求信息公开意见的函",
    Addressee.CO_ISSUER: "关于征求共同制作信息公开意见的函",
}


def letter(state: CaseState, asked: Asked, roster: Roster) -> bytes:
    """The letter of one consult as a .docx file, with a slip for the answer; always in Chinese."""
    page = paper.blank_page()
    told = asked.consult
    paper.heading(page, _NAMES[told.addressee])
    paper.right(page, told.letter)
    paper.body(page, f"{told.organ}：", indent=False)
    for text in _asks(state, asked):
        paper.body(page, text)
    places = _places(state, asked)
    if places:
        paper.body(page, "所涉位置（内容另行当面提供）：")
        for place in places:
            paper.body(page, place)
    paper.signature(page, roster.unit, _day(told.day))
    _slip(page, asked, roster)
    return paper.finished(page, state.history[-1].at)


def _asks(state: CaseState, asked: Asked) -> tuple[str, ...]:
    title, told = state.submitted.about.title, asked.consult
    package = f"{len(state.manifest.files)} 个文件，指纹 {state.manifest.fingerprint}"
    if told.addressee is Addressee.SECRECY_ADMINISTRATION:
        return (
            f"我单位拟公开《{title}》（审查编号 {state.number}，第 {state.version} 版，{package}）。审查中对其是否涉及"
            "国家秘密及密级没有把握，依据《中华人民共和国政府信息公开条例》第十七条，现商请贵单位审定。",
            f"商请事项：{told.question}",
            "书面答复以前，我单位不予公开。",
        )
    if told.addressee is Addressee.THIRD_PARTY:
        asking = "收到政府信息公开申请，申请公开的" if state.submitted.about.requested else "拟公开的"
        return (
            f"我单位{asking}《{title}》（审查编号 {state.number}）涉及您（贵单位）的合法权益。依据"
            "《中华人民共和国政府信息公开条例》第十五条、第三十二条，现书面征求您（贵单位）的意见。",
            f"征求事项：{told.question}",
            f"请自收到本征询书之日起 {OPINION_DAYS} 个工作日内提出意见。不同意公开的，请写明理由。逾期未提出意见的，"
            "由我单位依照条例的规定决定是否公开。决定公开的，我单位将把公开的内容和理由书面告知您（贵单位）。",
        )
    article = "第三十四条" if told.addressee is Addressee.CO_ISSUER else "第十一条"
    limit = f"请自收到本函之日起 {OPINION_DAYS} 个工作日内提出意见。"
    if told.addressee is Addressee.CO_ISSUER and (state.submitted.about.requested or state.submitted.about.request):
        limit += "依据该条，逾期未提出意见的视为同意公开。"
    whose = "由我单位与贵单位共同制作" if told.addressee is Addressee.CO_ISSUER else "涉及贵单位制作或提供的信息"
    return (
        f"我单位拟公开《{title}》（审查编号 {state.number}，第 {state.version} 版，{package}），该信息{whose}。依据"
        f"《中华人民共和国政府信息公开条例》{article}，现征求贵单位意见。",
        f"征求事项：{told.question}",
        limit,
    )


def _places(state: CaseState, asked: Asked) -> tuple[str, ...]:
    """File, place and rule of each finding asked about; a third party learns the place alone."""
    known = [(file, one) for file, one in state.submitted.screening.asking()]
    plain = asked.consult.addressee is Addressee.SECRECY_ADMINISTRATION
    return tuple(
        f"{at}．{file.name} {one.place}" + (f"（提示规则 {one.rule}，{one.count} 处）" if plain else "")
        for at, (file, one) in enumerate(
            [(file, one) for file, one in known if one.fingerprint in asked.consult.fingerprints], 1
        )
    )


def _slip(page: Paper, asked: Asked, roster: Roster) -> None:
    """The answer as it must come back: with what was decided, its number, its day, its signatory, its seal."""
    choices = {
        Addressee.SECRECY_ADMINISTRATION: "□ 不涉及国家秘密　□ 涉及国家秘密　□ 建议：",
        Addressee.THIRD_PARTY: "□ 同意公开　□ 部分同意公开　□ 不同意公开",
    }.get(asked.consult.addressee, "□ 同意公开　□ 不同意公开　□ 建议：")
    paper.cut(page, f"回　执（请填写后送{roster.unit}）")
    table = paper.grid(page)
    for label, text, height in (
        ("来函", f"{asked.consult.letter}　{_day(asked.consult.day)}", 0.0),
        ("收到日期", "　　　　年　　月　　日", 0.0),
        ("意见", choices, 0.0),
        ("理由", "", 26.0),
        ("复函号", "", 0.0),
        ("签署、盖章", "签署人：\n\n　　　　　　　　　　　　　　　　　　　　　　　年　　月　　日", 24.0),
    ):
        paper.row(table, ((2, label), (10, text)), least_mm=height)


def incident_report(state: CaseState, roster: Roster) -> bytes:
    """疑似泄密事件报告 as a .docx file; raises ValueError for a case in which no leak is suspected.

    Its items are those of 国家保密局《报告泄密事件规定》(1999), its time limit that of 保密法实施条例 (2024) art. 61.
    """
    deadline = state.leak_deadline
    if deadline is None:
        raise ValueError(f"no leak is suspected in {state.number}")
    known = next((one.act for one in state.history if isinstance(one.act, Incident)), None)
    act = known if isinstance(known, Incident) else Incident(discovered="", what="撤除时标明疑似泄密")
    page = paper.blank_page()
    paper.heading(page, "疑似泄密事件报告")
    paper.line(page, f"报告单位：{roster.unit}　　审查编号：{state.number}　　指纹：{state.manifest.fingerprint}")
    table = paper.grid(page)
    for label, text, height in (
        ("发现时间", shown(deadline - timedelta(hours=24)), 0.0),
        ("报告时限", f"{shown(deadline)}（自发现起 24 小时，保密法实施条例第六十一条）", 0.0),
        ("信息名称", state.submitted.about.title, 0.0),
        ("概况", act.what, 18.0),
        ("载体、数量", act.carrier, 12.0),
        ("时间、地点、范围", act.reach or _published(state), 14.0),
        ("有关人员", act.people or _people(state), 14.0),
        ("危害（已造成、可能）", act.harm, 18.0),
        ("已采取的措施", "\n".join(part for part in (act.measures, *_removed(state)) if part), 22.0),
        ("审查经过", "\n".join(_signed(state)), 18.0),
        ("已报告", "\n".join(_reported(state)), 14.0),
        ("单位意见", "\n\n负责人签名：　　　　　　　（盖章）　　　　年　　月　　日", 26.0),
    ):
        paper.row(table, ((2, label), (10, text)), least_mm=height)
    paper.line(page, "本表不得填写涉密内容；涉密材料按保密规定另行报送。", 9)
    return paper.finished(page, state.history[-1].at)


def _published(state: CaseState) -> str:
    put = next((one for one in state.history if isinstance(one.act, Publish)), None)
    if put is None or not isinstance(put.act, Publish):
        return "未公开发布"
    return f"{shown(put.time)} 发布于{put.act.channel.zh}　{put.act.address}"


def _people(state: CaseState) -> str:
    told = [f"送审：{state.submitter}", *(f"{one.role.zh}：{one.by}" for one in state.signoffs)]
    return "　".join((*told, f"发布：{state.publisher}") if state.publisher else told)


def _removed(state: CaseState) -> tuple[str, ...]:
    return tuple(
        f"{shown(one.time)} 撤除（{one.actor}）" + "".join(f"；{place.zh}" for place in one.act.remedies)
        for one in state.history
        if isinstance(one.act, TakeDown)
    )


def _signed(state: CaseState) -> tuple[str, ...]:
    return tuple(
        f"{shown(one.time)} {one.role.zh}{one.by}：{one.opinion.zh}，曾向其显示提示 {len(one.shown)} 项" if one.shown
        else f"{shown(one.time)} {one.role.zh}{one.by}：{one.opinion.zh}"
        for one in state.signoffs
    )  # fmt: skip


def _reported(state: CaseState) -> tuple[str, ...]:
    told = tuple(f"{one.to.zh} {one.organ}　{shown(one.at)}　{one.means}" for one in state.reports)
    return (*told, *(f"{one.zh}：尚未报告" for one in state.unreported))


def _day(day: str) -> str:
    """2026-03-02 as a letter writes it."""
    known = in_china(f"{day}T04:00:00+00:00")
    return f"{known.year}年{known.month}月{known.day}日"
