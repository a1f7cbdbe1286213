"""A request for information on its way to its answer: what may be said of it, and where it then stands. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.aftermath import Extend
from reviewer.signoff.aftermath_rules import check_extension
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import in_china
from reviewer.signoff.request import Reply, Request, Result, Supplement
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Role
from reviewer.signoff.wording import check_day, check_sentence, required_sentence

PREFIX = "申"  # 申2026-0001: requests are numbered apart from cases
_NUMBER = re.compile(rf"{PREFIX}(\d{{4}})-(\d{{4,}})", re.ASCII)
KEEPERS = (Role.DISCLOSURE_OFFICE, Role.PUBLISHER, Role.DRAFTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """All that follows from what was said of one request."""

    number: str
    request: Request
    supplements: tuple[Supplement, ...] = ()
    extension: Extend | None = None
    reply: Reply | None = None
    history: tuple[Statement, ...] = ()

    @property
    def starts(self) -> str:
        """The day from which the time for the answer runs: of receipt, or of the last supplement (条例第三十条)."""
        return max((one.answered for one in self.supplements if one.answered), default=self.request.received)

    @property
    def awaits_applicant(self) -> bool:
        """Whether the applicant has still to make the request clear."""
        return bool(self.supplements) and not self.supplements[-1].answered


def is_request(subject: str) -> bool:
    """Whether that is the number of a request, not of a case."""
    return subject.startswith(PREFIX)


def serial(number: str) -> tuple[int, int]:
    """Year and serial of a request's number; raises NotAllowedError for anything else."""
    match = _NUMBER.fullmatch(number)
    if match is None or int(match[2]) < 1:
        raise NotAllowedError(tr(f"登记号“{number}”不合格式。", f"“{number}” is not the number of a request."))
    return int(match[1]), int(match[2])


def request_number(year: int, at: int) -> str:
    """The `at`-th number of that year."""
    return f"{PREFIX}{year:04d}-{at:04d}"


def after_request(state: RequestState | None, statement: Statement, roster: Roster) -> RequestState:
    """The request after one more statement. Raises NotAllowedError where it may not be said."""
    act = statement.act
    if not any(roster.holds(statement.actor, role, statement.keyid) for role in KEEPERS):
        duties = "、".join(role.label for role in KEEPERS)
        raise NotAllowedError(tr(f"依申请公开由{duties}登记。", f"requests are kept by: {duties}."))
    if state is None:
        return _received(statement)
    if state.reply is not None:
        raise NotAllowedError(tr(f"{state.number} 已答复。", f"{state.number} was answered."))
    told = replace(state, history=(*state.history, statement))
    if isinstance(act, Supplement):
        return _supplemented(told, act)
    if isinstance(act, Extend):
        if state.extension is not None:
            raise NotAllowedError(tr("已经延长过一次。", "it was extended once already."))
        check_extension(act)
        return replace(told, extension=act)
    if isinstance(act, Reply):
        return _answered(told, act)
    raise NotAllowedError(tr(f"{state.number} 是依申请登记，不能办这一步。", f"{state.number} is a request."))


def _received(statement: Statement) -> RequestState:
    act = statement.act
    if not isinstance(act, Request):
        raise NotAllowedError(tr(f"没有 {statement.subject} 这一申请。", f"there is no request {statement.subject}."))
    year, _ = serial(statement.subject)
    if year != in_china(statement.at).year:
        raise NotAllowedError(tr("登记号不是今年的。", "not a number of this year."))
    check_day(act.received, tr("收到日期", "the day of receipt"))
    if act.received > in_china(statement.at).date().isoformat():
        raise NotAllowedError(tr("收到日期晚于今天。", "the day of receipt lies in the future."))
    required_sentence(act.matter, tr("申请内容", "what is asked for"))
    for text in (act.masked_name, act.form, act.section):
        check_sentence(text, tr("登记内容", "a detail of the request"))
    return RequestState(number=statement.subject, request=act, history=(statement,))


def _supplemented(state: RequestState, act: Supplement) -> RequestState:
    """One letter asks, and the same letter's answer closes it."""
    required_sentence(act.letter, tr("补正告知书文号", "the number of the letter"))
    check_day(act.asked, tr("补正告知日期", "the day of the letter"))
    if act.answered:
        check_day(act.answered, tr("补正收到日期", "the day of the supplement"))
        if act.answered < act.asked:
            raise NotAllowedError(tr("补正收到日期早于告知日期。", "supplemented before it was asked for."))
    kept = tuple(one for one in state.supplements if one.letter != act.letter)
    if state.awaits_applicant and kept == state.supplements:
        raise NotAllowedError(tr("上一次补正尚未收到。", "the last supplement is still awaited."))
    return replace(state, supplements=(*kept, act))


def _answered(state: RequestState, act: Reply) -> RequestState:
    check_day(act.day, tr("答复日期", "the day of the answer"))
    if act.day < state.request.received:
        raise NotAllowedError(tr("答复日期早于收到日期。", "it was answered before it came in."))
    if act.result in (Result.ABANDONED, Result.UNPAID):
        check_sentence(act.letter, tr("答复文号", "the number of the answer"))
    else:
        required_sentence(act.letter, tr("答复文号", "the number of the answer"))
    check_sentence(act.case, tr("审查编号", "the case's number"))
    check_sentence(act.note, tr("备注", "the note"))
    return replace(state, reply=act)
