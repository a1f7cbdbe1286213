"""For how long somebody holds a role, and whose: terms, and deputies by a written mandate. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Enrol
from reviewer.signoff.vocabulary import Role
from reviewer.signoff.wording import check_day, check_sentence, required_sentence


class Held(Protocol):
    """What of an enrolment says for how long it lasts, and whose role it is."""

    @property
    def role(self) -> Role: ...
    @property
    def begins(self) -> str: ...
    @property
    def ends(self) -> str: ...
    @property
    def deputy_for(self) -> str: ...


def covers(held: Held, day: str) -> bool:
    """Whether that day (ISO) lies within the term, its first and its last day included."""
    return held.begins <= day and (not held.ends or day <= held.ends)


def check_term(act: Enrol, today: str) -> None:
    """Raises NotAllowedError for a term that is malformed, that is over, or that could leave nobody to administer."""
    check_sentence(act.unit, tr("所在单位、科室", "the unit"))
    for day, what in (
        (act.begins, tr("任期起（--since）", "the first day (--since)")),
        (act.ends, tr("任期止（--until）", "the last day (--until)")),
    ):
        if day:
            check_day(day, what)
    if act.ends and act.ends < max(act.begins, today):
        raise NotAllowedError(
            tr(f"任期止 {act.ends} 已过，或早于任期起。", f"{act.ends} is over, or before it begins.")
        )
    if act.role is Role.ADMINISTRATOR and (act.begins or act.ends or act.deputy_for):
        raise NotAllowedError(
            tr(
                "管理员不设任期、不由人代理：没有管理员的台账无人能改名册。另登记一名管理员。",
                "an administrator has no term and no deputy: nobody could change the roster. Enrol another one.",
            )
        )


def check_deputy(act: Enrol, giver: Iterable[Held]) -> None:
    """A deputy needs a mandate, an end, and somebody who holds that role in their own right until then.

    `giver` is what `act.deputy_for` holds on the day of the act. Nobody passes on what was passed on to them.
    """
    check_sentence(act.mandate, tr("授权文号", "the mandate"))
    if not act.deputy_for:
        if act.mandate:
            raise NotAllowedError(
                tr("写了授权文号，没有写代理谁（--deputy-for）。", "a mandate of whom (--deputy-for)?")
            )
        return
    required_sentence(act.mandate, tr("授权文号（--mandate）", "the mandate (--mandate)"))
    if not act.ends:
        raise NotAllowedError(tr("代理须有止日（--until）。", "a delegation needs its last day (--until)."))
    own = [one for one in giver if one.role is act.role and not one.deputy_for]
    if not own or act.deputy_for == act.name:
        raise NotAllowedError(
            tr(
                f"{act.deputy_for}不是在岗的{act.role.label}，不能由{act.name}代理。",
                f"{act.deputy_for} is not {act.role.label} now; {act.name} cannot be a deputy.",
            )
        )
    if not any(not one.ends or act.ends <= one.ends for one in own):
        raise NotAllowedError(
            tr(f"代理不得长于{act.deputy_for}的任期。", f"it cannot outlast the term of {act.deputy_for}.")
        )
