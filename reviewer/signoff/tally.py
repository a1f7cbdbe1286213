"""Figures for an assessment (考核): by unit, by person, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.signoff.act import Answer, Approve, Review, Submit
from reviewer.signoff.calendar import Calendar
from reviewer.signoff.case import CaseState
from reviewer.signoff.case_cells import begun
from reviewer.signoff.moment import in_china
from reviewer.signoff.roster import Roster
from reviewer.signoff.sheet import Period, Sheet, laid_out
from reviewer.signoff.vocabulary import Opinion, Status
from reviewer.terms import Ruling


class By(StrEnum):
    """What is counted by."""

    UNIT = "unit"
    PERSON = "person"
    RULE = "rule"


_OVERRIDES = (Ruling.FALSE_POSITIVE, Ruling.RELEASABLE)
_RETURNS = (Opinion.RETURN, Opinion.AGREE_AFTER_FIX)


@dataclass(slots=True)
class _Count:
    """One line while it is being counted; `seen` keeps how many cases warned by each rule."""

    reviewed: int = 0
    returned: int = 0
    overdue: int = 0
    overridden: int = 0
    exceptions: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def repeats(self) -> int:
        """How often a rule warned again of what it had warned of in an earlier case."""
        return sum(times - 1 for times in self.seen.values())


def tally(by: By, unit: str, cases: Iterable[CaseState], roster: Roster, calendar: Calendar, period: Period) -> Sheet:
    """The sheet; raises UnknownYearError where a deadline needs a year that was not entered."""
    inside = tuple(case for case in cases if period.holds(begun(case)))
    if by is By.RULE:
        return _by_rule(unit, inside, period)
    counted: dict[str, _Count] = {}
    for case in inside:
        late = overdue(case, calendar)
        if by is By.UNIT:
            _count_unit(counted.setdefault(case.submitted.about.section or "（未填科室）", _Count()), case, late)
        else:
            _count_people(counted, case, late)
    if by is By.PERSON:
        for one in roster.exceptions:
            counted.setdefault(one.name, _Count()).exceptions += 1
    return _sheet(by, unit, counted, period)


def overdue(case: CaseState, calendar: Calendar) -> bool:
    """Whether the present version took longer to its last sign-off than the chain allows; waits are not counted."""
    days = case.chain.urgent_days if case.submitted.about.urgent else case.chain.review_days
    sent = next(one for one in reversed(case.history) if isinstance(one.act, Submit))
    ended = next(
        (one for one in case.history if one.seq > sent.seq and isinstance(one.act, (Approve, Review))
         and (isinstance(one.act, Approve) or one.act.opinion not in (Opinion.AGREE, Opinion.PARTIAL))),
        None,
    )  # fmt: skip
    if ended is None:
        return False
    answers = {one.act.consult: one for one in case.history if isinstance(one.act, Answer)}
    waits = [
        (in_china(asked.time).date(), in_china(answers[asked.number].time).date())
        for asked in case.asked
        if asked.number in answers
    ]
    last = calendar.following(
        in_china(sent.time).date(), days, lambda day: any(start < day <= end for start, end in waits)
    )
    return in_china(ended.time).date() > last


def _count_unit(line: _Count, case: CaseState, late: bool) -> None:
    line.reviewed += 1
    line.overdue += late
    line.returned += sum(isinstance(one.act, Review) and one.act.opinion in _RETURNS for one in case.history)
    line.overridden += sum(one.settled.ruling in _OVERRIDES for one in case.rulings)
    line.exceptions += sum(len(file.set_aside) for file in case.submitted.screening.files)
    line.seen.update({one.rule for _, one in case.submitted.screening.asking()})


def _count_people(counted: dict[str, _Count], case: CaseState, late: bool) -> None:
    """A submitter's line counts what was returned to them; a signer's what they signed, ruled and let wait."""
    sender = counted.setdefault(case.submitter, _Count())
    sender.reviewed += 1
    sender.seen.update({one.rule for _, one in case.submitted.screening.asking()})
    signers = {one.actor for one in case.history if isinstance(one.act, (Review, Approve))}
    for name in signers:
        line = counted.setdefault(name, _Count())
        line.reviewed += 1
        line.overdue += late
    for one in case.history:
        if isinstance(one.act, Review) and one.act.opinion in _RETURNS:
            sender.returned += 1
    for ruled in case.rulings:
        counted.setdefault(ruled.by, _Count()).overridden += ruled.settled.ruling in _OVERRIDES
    for file in case.submitted.screening.files:
        for aside in file.set_aside:
            counted.setdefault(aside.by, _Count()).exceptions += 1


def _sheet(by: By, unit: str, counted: Mapping[str, _Count], period: Period) -> Sheet:
    who = "科室" if by is By.UNIT else "人员"
    rows = tuple(
        (at, name, one.reviewed, one.returned, one.overdue, one.overridden, one.exceptions, one.repeats)
        for at, (name, one) in enumerate(sorted(counted.items()), 1)
    )
    return Sheet(
        name=f"按{who}",
        title=f"{unit}{period.zh}保密审查统计（按{who}）",
        columns=laid_out(
            f"序号 6，{who} 24，经办件数 10，退回次数 10，超期件数 10，人工放行项 11，例外 8，同类问题重复 13"
        ),
        rows=rows,
        notes=(
            "人工放行：裁定为误报或可公开。例外：事先设置的例外和角色合并。重复：同一规则在以后的件中又提示。",
            "人员的退回次数指其送审后被退回；超期件数指其参与签批、超过审批链时限。",
        ),
    )  # fmt: skip


def _by_rule(unit: str, cases: Iterable[CaseState], period: Period) -> Sheet:
    lines: dict[str, Counter[str]] = {}
    for case in cases:
        for _, one in case.submitted.screening.asking():
            line = lines.setdefault(one.rule, Counter())
            line["cases"] += 1
            line["places"] += one.count
            ruling = case.ruling(one.fingerprint)
            if ruling:
                line[ruling.ruling.value] += 1
            line["returned"] += case.status is Status.RETURNED
        for file in case.submitted.screening.files:
            for aside in file.set_aside:
                lines.setdefault(aside.rule, Counter())["aside"] += 1
    rows = tuple(
        (at, rule, one["cases"], one["places"], one["confirmed"], one["false_positive"], one["releasable"],
         one["aside"], max(0, one["cases"] - 1))
        for at, (rule, one) in enumerate(sorted(lines.items(), key=lambda item: -item[1]["cases"]), 1)
    )  # fmt: skip
    return Sheet(
        name="按规则",
        title=f"{unit}{period.zh}保密审查统计（按规则）",
        columns=laid_out(
            "序号 6，规则 40，提示项数 10，处数 8，属实 8，误报 8，可公开 8，事先例外 10，重复 8"
        ),
        rows=rows,
        notes=("误报多的规则请交管规则的人核对（reviewer rules replay）。",),
    )  # fmt: skip
