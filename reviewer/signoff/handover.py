"""人事变动 工作移交: all that hangs on one person, told at the terminal and on a list to be signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff import paper
from reviewer.signoff.case import CaseState
from reviewer.signoff.deputy import mandate_told
from reviewer.signoff.docket import in_hand
from reviewer.signoff.moment import in_china
from reviewer.signoff.roster import Enrolment, Roster
from reviewer.signoff.vocabulary import Role
from reviewer.terms import Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What somebody has: cases in hand, roles and key, deputies on either side, and exceptions that rest on their word.

    `let_pass` counts, for each open case, the findings that they ruled releasable or a false positive, or set aside.
    """

    name: str
    cases: tuple[tuple[CaseState, Role], ...]
    roles: tuple[Enrolment, ...]
    deputies: tuple[Enrolment, ...]
    let_pass: tuple[tuple[str, int], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The fingerprints of the keys they sign with."""
        return tuple(dict.fromkeys(one.keyid for one in (*self.roles, *self.deputies) if one.name == self.name))

    @property
    def told(self) -> tuple[str, ...]:
        """A line for each thing beside the cases."""
        return (
            *(
                tr("角色：", "role: ") + one.role.label + (f"（{one.exception}）" if one.exception else "")
                for one in self.roles
            ),
            *(tr("密钥：", "key: ") + keyid for keyid in self.keys),
            *(tr("代理：", "deputy: ") + mandate_told(one) for one in self.deputies),
            *(
                tr(f"例外：{number} 有其放行的发现 {count} 项", f"exceptions: {number}, {count} findings let pass")
                for number, count in self.let_pass
            ),
        )


def holding(roster: Roster, cases: Iterable[CaseState], name: str) -> Holding:
    """All that hangs on that person now."""
    known = tuple(cases)
    lasting = tuple(one for one in roster.enrolments if one.until is None)
    counted = ((state.number, _let_pass(state, name)) for state in known if state.is_open)
    return Holding(
        name=name,
        cases=in_hand(known, name),
        roles=tuple(one for one in lasting if one.name == name and not one.deputy_for),
        deputies=tuple(one for one in lasting if one.deputy_for and name in (one.name, one.deputy_for)),
        let_pass=tuple((number, count) for number, count in counted if count),
    )


def _let_pass(state: CaseState, name: str) -> int:
    ruled = {
        one.settled.fingerprint
        for one in state.rulings
        if one.by == name and one.settled.ruling is not Ruling.CONFIRMED
    }
    aside = {one.fingerprint for file in state.submitted.screening.files for one in file.set_aside if one.by == name}
    return len(ruled | aside)


def check_may_leave(roster: Roster, name: str, by: str) -> None:
    """Asked before anything is handed over: raises NotAllowedError where the revocation at the end would be refused."""
    administrators = roster.holders(Role.ADMINISTRATOR)
    if by not in administrators:
        who = "、".join(administrators)
        raise NotAllowedError(tr(f"--leave 由管理员办理（现为：{who}）。", f"--leave is an administrator's ({who})."))
    if not roster.active(name):
        raise NotAllowedError(tr(f"名册上没有在岗的{name}。", f"{name} is not on the roster now."))
    if administrators == (name,):
        raise NotAllowedError(
            tr("最后一名管理员不能撤销；先登记接任的管理员。", "the last administrator stays; enrol a successor first.")
        )


def handover_sheet(left: Holding, unit: str, taker: str, reason: str, made: datetime, *, ended: bool) -> bytes:
    """工作移交清单 as a .docx file, always in Chinese; `ended`: the giver was revoked besides."""
    page = paper.blank_page()
    paper.heading(page, "保密审查工作移交清单")
    paper.line(page, f"{unit}　　移交人：{left.name}　　接收人：{taker}　　事由：{reason}")
    table = paper.grid(page)
    paper.row(table, ((2, "未办结的件"), (4, "名称"), (3, "状态"), (3, "移交的职责")), head=True)
    for state, role in left.cases:
        title = state.submitted.about.title
        paper.row(table, ((2, state.number), (4, title), (3, state.status.zh), (3, role.zh)))
    if not left.cases:
        paper.row(table, ((12, "无未办结的件"),))
    paper.row(table, ((2, "类别"), (7, "内容"), (3, "处理")), head=True)
    done = "已撤销" if ended else "仍在册"
    for one in left.roles:
        told = one.role.zh + (f"（角色合并：{one.exception}）" if one.exception else "")
        paper.row(table, ((2, "角色"), (7, told), (3, done)))
    for keyid in left.keys:
        paper.row(table, ((2, "密钥"), (7, f"指纹 {keyid[:32]}\n{keyid[32:]}"), (3, done)))
    for one in left.deputies:
        told = f"{one.name}代{one.deputy_for}任{one.role.zh}\n至 {one.ends}　{one.mandate}"
        paper.row(table, ((2, "代理"), (7, told), (3, "已终止" if ended else "继续有效")))
    for number, count in left.let_pass:
        paper.row(table, ((2, "例外"), (7, f"{number}：其放行的发现 {count} 项"), (3, "请接收人复核")))
    for who in ("移交人", "接收人", "监交人"):
        paper.row(table, ((2, who), (10, "签名：　　　　　　　　　日期：　　　　年　　月　　日")), least_mm=14)
    day = in_china(made)
    paper.line(page, f"据台账生成，{day.year}年{day.month}月{day.day}日。密钥不移交：接收人用自己的密钥。", 9)
    return paper.finished(page, made)
