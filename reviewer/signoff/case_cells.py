"""What one case says in the columns of a register: counts, names, days, conclusions; no text of its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from reviewer.signoff.act import Publish, Review
from reviewer.signoff.aftermath import Archive
from reviewer.signoff.case import Asked, CaseState
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import in_china, shown
from reviewer.signoff.vocabulary import RULED_ZH, Addressee, Role, Status
from reviewer.terms import Category, Severity

_GRAVITY = {Severity.LOW: "低", Severity.MEDIUM: "中", Severity.HIGH: "高", Severity.CRITICAL: "严重"}
_SHORT = {
    Category.STATE_SECRET: "国密",
    Category.WORK_SECRET: "工密",
    Category.TRADE_SECRET: "商密",
    Category.PERSONAL_PRIVACY: "隐私",
}


def begun(case: CaseState) -> str:
    """When the case was first submitted."""
    return case.history[0].time


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
        word = RULED_ZH[ruling.ruling] if ruling else "书面答复" if case.answered(one) else "未处置"
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
    return (date.fromisoformat(day(put.time)) + timedelta(days=days)).isoformat()


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


def gravest(case: CaseState) -> str:
    """The gravity of the worst warning, in Chinese; empty where there is none."""
    gravest = max((one.severity for _, one in case.submitted.screening.asking()), default=None)
    return _GRAVITY[gravest] if gravest is not None else ""


def signed(case: CaseState, of: Callable[[Role], bool], *, but_last: bool) -> str:
    """Who signed in such a role; without the approval itself where `but_last`."""
    signed = case.signoffs[:-1] if but_last and case.approved_at else case.signoffs
    return "、".join(one.by for one in signed if of(one.role))


def letters(case: CaseState, to: tuple[Addressee, ...]) -> str:
    """The letters to such addressees, and what came of each."""
    return "；".join(f"{one.consult.letter} {ended(one)}" for one in case.asked if one.consult.addressee in to)


def objections(case: CaseState) -> str:
    """What was decided on each objection, to be set behind the letters."""
    told = (f"异议：{one.decision.conclusion.zh if one.decision else '未决定'}" for one in case.objections)
    return "".join(f"；{one}" for one in told)


def ended(asked: Asked) -> str:
    """What came of a letter: the answer, what was concluded from silence, or neither."""
    if asked.answer:
        return asked.answer.outcome.zh
    return f"逾期未答复，{asked.lapse.conclusion.zh}" if asked.lapse else "未答复"


def minute(time: str) -> str:
    """An instant as the registers print it, to the minute, in China."""
    return shown(time)


def day(time: str) -> str:
    """The day of an instant in China (ISO)."""
    return in_china(time).date().isoformat()


def acts_of(cases: Iterable[CaseState], *kinds: type) -> Iterator[tuple[CaseState, Statement]]:
    """Every statement of these kinds with its case."""
    for case in cases:
        for one in case.history:
            if isinstance(one.act, kinds):
                yield case, one
