"""保密审查表: one case on paper, with what the machine warned of, what people decided, and room for ink and seal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reviewer.signoff import paper
from reviewer.signoff.act import Publish, Review, TakeDown
from reviewer.signoff.aftermath import Archive, Correct
from reviewer.signoff.case import CaseState, SignOff
from reviewer.signoff.consistency import conflicts
from reviewer.signoff.deputy import mandate_of
from reviewer.signoff.moment import shown
from reviewer.signoff.redaction import Redact
from reviewer.signoff.roster import Roster
from reviewer.signoff.screening import Warned
from reviewer.signoff.vocabulary import RULED_ZH, Role
from reviewer.terms import Action, Category, Ruling

if TYPE_CHECKING:
    from docx.table import Table

_LABEL, _HALF, _FULL = 2, 4, 10
_SHOWN = 12
_QUESTIONS = {
    Category.STATE_SECRET: "国家秘密",
    Category.WORK_SECRET: "工作秘密及内部、过程性信息",
    Category.TRADE_SECRET: "商业秘密",
    Category.PERSONAL_PRIVACY: "个人隐私、个人信息",
}
_ACTIONS = {
    Action.NOTE: "提示",
    Action.MASK: "遮盖",
    Action.REMOVE: "删除",
    Action.REFER: "送审、商请",
    Action.BLOCK: "阻断",
}
_RULINGS = {Ruling.CONFIRMED: "属实", Ruling.FALSE_POSITIVE: "误报", Ruling.RELEASABLE: "可公开"}
_ROOM_FOR_INK = "签名：　　　　　　　　　日期：　　　　年　　月　　日"


def form(state: CaseState, roster: Roster, titles: Mapping[str, str]) -> bytes:
    """The form as a .docx file. It is an official form: always in Chinese, and without any text of the documents.

    `titles` are those of the rules by their ids; a rule that is not among them is told by its id alone.
    """
    page = paper.blank_page()
    paper.heading(page, "政府信息公开保密审查表")
    paper.line(
        page, f"{roster.unit}　　编号：{state.number}　第 {state.version} 版　　指纹：{state.manifest.fingerprint}"
    )
    table = paper.grid(page)
    _item(table, state)
    _files(table, state)
    _way(table, state)
    _checklist(table, state)
    _findings(table, state, titles)
    _unread(table, state)
    _consults(table, state)
    _objections(table, state)
    _opinions(table, state, roster)
    _release(table, state)
    for text in _remarks(state, roster):
        paper.line(page, text, 9)
    return paper.finished(page, state.history[-1].at)


def _pair(table: Table, first: tuple[str, str], second: tuple[str, str]) -> None:
    paper.row(table, ((_LABEL, first[0]), (_HALF, first[1]), (_LABEL, second[0]), (_HALF, second[1])))


def _wide(table: Table, label: str, text: str, least_mm: float = 0) -> None:
    paper.row(table, ((_LABEL, label), (_FULL, text)), least_mm=least_mm)


def _item(table: Table, state: CaseState) -> None:
    about = state.submitted.about
    _wide(table, "信息名称", about.title)
    _pair(table, ("文号", about.document_number), ("承办单位", about.section))
    _pair(table, ("承办人", about.drafter), ("信息来源", about.origin.zh))
    _pair(table, ("公开属性", about.attribute.zh), ("公开渠道", state.submitted.channel.zh))
    marks = "、".join(word for flag, word in ((about.important, "重要、敏感"), (about.urgent, "急件")) if flag)
    publicity = f"{about.publicity_days} 天" if about.publicity_days else ""
    if marks or publicity:
        _pair(table, ("标注", marks), ("公示期", publicity))
    _wide(table, "内容摘要", about.summary)
    _pair(table, ("载体形式", "公文" if about.document_number else "非公文"), ("拟公开时间", about.planned))
    if linked := _linked(state):
        _wide(table, "更正、答复", linked)
    item = about.catalogue
    if item is not None:
        _pair(
            table,
            ("索引号", item.index),
            ("信息分类", "、".join(filter(None, (item.information_class, item.content_class)))),
        )
        _pair(table, ("发布机构", item.organ), ("生成、发文", "　".join(filter(None, (item.formed, item.issued)))))
        terms = f"{item.effective or '—'} 至 {item.abolished or '—'}" if item.effective or item.abolished else ""
        _pair(table, ("生效、废止", terms), ("主题词", "；".join(item.keywords)))
    for conflict in conflicts(state.submitted):
        _wide(table, "属性不一致", conflict.zh)


def _linked(state: CaseState) -> str:
    """The case that this one corrects or is a part of, the request that it answers."""
    about = state.submitted.about
    part_of = about.part_of and f"{about.part_of} 的部分公开版"
    return "　".join(part for part in (about.corrects and f"更正 {about.corrects}", part_of, about.request) if part)


def _way(table: Table, state: CaseState) -> None:
    """The chain this case follows; it was fixed when the case began."""
    stations = (state.chain.submitter.zh, *(hop.zh for hop in state.hops), Role.PUBLISHER.zh)
    _wide(table, "审批链", f"{state.chain.label}\n{' → '.join(stations)}")


def _files(table: Table, state: CaseState) -> None:
    paper.row(table, ((5, "文件"), (2, "字节"), (5, "SHA-256、SM3 前 12 位")), head=True)
    for file in state.manifest.files:
        digests = f"{file.sha256[:_SHOWN]}　{file.sm3[:_SHOWN]}"
        paper.row(table, ((5, file.name), (2, f"{file.size_bytes:,}"), (5, digests)))


def _checklist(table: Table, state: CaseState) -> None:
    """The machine's half is filled in; yes or no stays a person's to tick."""
    paper.row(table, ((5, "是否涉及"), (4, "机器提示（仅为疑似）"), (3, "人工确认")), head=True)
    for category, question in _QUESTIONS.items():
        count = sum(one.count for _, one in state.submitted.screening.asking() if one.category is category)
        paper.row(table, ((5, question), (4, f"疑似 {count} 处" if count else "未发现"), (3, "是□　　否□")))
    gaps = sum(1 for _ in state.submitted.screening.unread())
    paper.row(table, ((5, "机器未能读取的部分"), (4, f"{gaps} 处" if gaps else "无"), (3, "已查看□　无□")))


def _findings(table: Table, state: CaseState, titles: Mapping[str, str]) -> None:
    """By rule and place only; the text stays in the document."""
    found = tuple(state.submitted.screening.asking())
    if not found:
        return
    paper.row(table, ((3, "发现项（规则）"), (4, "位置"), (2, "要求"), (3, "处置")), head=True)
    for file, one in found:
        where = f"{file.name} {one.place}" + (f" 等 {one.count} 处" if one.count > 1 else "")
        rule = f"{titles[one.rule]}\n{one.rule}" if one.rule in titles else one.rule
        paper.row(table, ((3, rule), (4, where), (2, _ACTIONS[one.action]), (3, _disposal(state, one))))


def _disposal(state: CaseState, finding: Warned) -> str:
    ruled = next((one for one in reversed(state.rulings) if one.settled.fingerprint == finding.fingerprint), None)
    if ruled is not None:
        return f"{RULED_ZH[ruled.settled.ruling]}：{ruled.settled.reason}（{ruled.by}）"
    if state.answered(finding):
        return "商请答复"
    proposed = state.proposal(finding.fingerprint)
    if proposed is None:
        return "未处置"
    accepted = "签批人已确认" if state.approved_at else "待签批人确认"
    return f"{RULED_ZH[proposed.ruling]}：{proposed.reason}（{state.submitter}拟，{accepted}）"


def _unread(table: Table, state: CaseState) -> None:
    seen = {(one.inspected.file, one.inspected.place): one for one in state.looks}
    for file, gap in state.submitted.screening.unread():
        look = seen.get((file.name, gap.place))
        note = f"已看：{look.inspected.note}（{look.by}）" if look else "未看"
        paper.row(table, ((_LABEL, "未读部分"), (6, f"{file.name} {gap.place}：{gap.reason}"), (4, note)))


def _consults(table: Table, state: CaseState) -> None:
    for asked in state.asked:
        letter, reply = asked.consult, asked.answer
        question = f"{letter.organ}\n{letter.letter}　{letter.day}\n{letter.question}"
        answered = "尚未答复，不得公开"
        if reply:
            # A line each: Word breaks a day at its hyphens.
            arrived = f"\n{reply.received} 收到" if reply.received else ""
            answered = f"{reply.outcome.zh}　{reply.signatory}\n{reply.letter}\n{reply.day}{arrived}"
        if asked.lapse:
            answered = f"自 {asked.lapse.received} 收到起逾期未答复，{asked.lapse.conclusion.zh}：{asked.lapse.reason}"
        paper.row(table, ((_LABEL, f"商请之{asked.number}"), (6, question), (4, answered)))


def _objections(table: Table, state: CaseState) -> None:
    for one in state.objections:
        said = f"{one.party.zh}　{one.name}\n{one.reason}"
        decided = one.decision
        told = (
            f"{decided.conclusion.zh}：{decided.reason}　{decided.notice}（{one.decided_by}）" if decided else "未决定"
        )
        paper.row(table, ((_LABEL, f"异议之{one.number}"), (6, said), (4, told)))


def _opinions(table: Table, state: CaseState, roster: Roster) -> None:
    """One block for whoever submitted and one per hop; under what was confirmed electronically is room for ink."""
    sent = [_confirmed(one.actor, one.time) for one in state.history if one.kind == "submit"]
    versions = "\n".join(f"第 {number} 版　{line}" for number, line in enumerate(sent, 1))
    _wide(table, "送审", f"{versions}\n\n{_ROOM_FOR_INK}", least_mm=20)
    for hop in state.hops:
        signoff = next((one for one in state.signoffs if one.role is hop.role), None)
        said = _signed(signoff, state, roster) if signoff else _last_word(state, hop.role)
        _wide(table, f"{hop.zh}\n意见", f"{said}\n\n{_ROOM_FOR_INK}", least_mm=22)
    _wide(table, "单位公章", "\n\n　　　　　　　　　　　　　　　　　　　　　　　　　年　　月　　日", least_mm=26)


def _signed(signoff: SignOff, state: CaseState, roster: Roster) -> str:
    mandate = mandate_of(signoff, state, roster)
    said = _said(signoff, signoff.by, signoff.time)
    return f"{said}\n代{mandate.deputy_for}签，授权：{mandate.mandate}" if mandate else said


def _said(said: SignOff | Review, by: str, time: str) -> str:
    parts = (said.opinion.zh, "；".join(ground.zh for ground in said.grounds), said.comment.rstrip("。；，"))
    seen = f"　已向其显示系统提示 {len(said.shown)} 项" if isinstance(said, SignOff) and said.shown else ""
    return "。".join(part for part in parts if part) + f"。\n{_confirmed(by, time)}{seen}"


def _last_word(state: CaseState, role: Role) -> str:
    """What that hop last said of the present version when it did not sign."""
    for statement in reversed(state.history):
        act = statement.act
        if isinstance(act, Review) and act.package == state.package and statement.actor in _actors(state, role):
            return _said(act, statement.actor, statement.time)
    return ""


def _actors(state: CaseState, role: Role) -> Iterable[str]:
    return tuple(one.name for one in state.acted if one.role is role)


def _confirmed(name: str, time: str) -> str:
    return f"电子确认：{name}　{shown(time)}"


def _release(table: Table, state: CaseState) -> None:
    for statement in state.history:
        act = statement.act
        if isinstance(act, Publish):
            _wide(table, "发布", f"{act.channel.zh}　{act.address}\n{_confirmed(statement.actor, statement.time)}")
        if isinstance(act, TakeDown):
            also = "".join(f"；{place.zh}" for place in act.remedies)
            _wide(table, "撤除", f"{act.reason}{also}\n{_confirmed(statement.actor, statement.time)}")
        if isinstance(act, Correct):
            _wide(table, "更正", f"由 {act.by_case} 取代：{act.reason}\n{_confirmed(statement.actor, statement.time)}")
        if isinstance(act, Redact):
            _wide(table, "区分处理", f"{_redacted(act)}\n{_confirmed(statement.actor, statement.time)}")
        if isinstance(act, Archive):
            _wide(
                table,
                "归档",
                f"档号 {act.file}　保管期限 {act.retention.zh}\n{_confirmed(statement.actor, statement.time)}",
            )
    if state.leak_deadline:
        told = "；".join(f"{one.to.zh} {shown(one.at)} {one.means}" for one in state.reports) or "尚未报告"
        _wide(table, "泄密报告", f"疑似泄密：须在 {shown(state.leak_deadline)} 前报告（自发现起 24 小时）。{told}")


def _redacted(act: Redact) -> str:
    """Bytes, counts and the certificate; the kinds and places are in the record."""
    cured, dropped = sum(one.count for one in act.removed), sum(one.count for one in act.dropped)
    return (
        f"{act.before.name}（{act.before.sha256[:12]}）→ 副本 {act.after.sha256[:12]}：删改 {cured} 处，"
        f"清除隐藏内容 {dropped} 处；处理证明 {act.certificate.sha256[:12]}"
    )


def _remarks(state: CaseState, roster: Roster) -> Iterator[str]:
    engine = state.submitted.screening.engine
    yield "“电子确认”由本单位台账中登记的密钥签出，不代替签名、盖章；需要纸质签署时，在空白处签署。"
    yield f"状态：{state.status.zh}。机器结论仅为疑似提示。程序 {engine.version}，规则 {engine.rules[:19]}。"
    for name in state.unprotected:
        yield f"注意：{name}使用的密钥未加密（未设口令）。"
    for merger in state.chain.merged:
        yield f"本单位审批链允许一人兼{'、'.join(role.zh for role in merger.roles)}，理由：{merger.reason}"
    for one in roster.exceptions:
        if one.name in {acted.name for acted in state.acted}:
            yield f"角色合并：{one.name}兼{one.role.zh}，理由：{one.exception}"
