"""The way of a case as one line: what is signed, who must act now, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.language import tr
from reviewer.signoff.act import Publish
from reviewer.signoff.case import CaseState
from reviewer.signoff.vocabulary import Status

_DONE, _HERE, _AHEAD = "✓", "▶", "·"


def way(case: CaseState) -> str:
    """The stations of this version: ✓ signed, ▶ who must act now, · still to come; at most one ▶."""
    return " → ".join(f"{sign}{station}" for sign, station in _stations(case))


def turn(case: CaseState) -> str:
    """Whose turn it is; empty where nobody has to do anything."""
    return next((station for sign, station in _stations(case) if sign == _HERE), "")


def _stations(case: CaseState) -> Iterator[tuple[str, str]]:
    """Whatever the chain waits for from outside it stands before the station that goes on afterwards."""
    wait = _wait(case)
    returned = case.status is Status.RETURNED and not wait
    yield (_HERE if returned else _DONE), f"{case.chain.submitter.label} {case.submitter}"
    for at, hop in enumerate(case.hops):
        here = case.is_open and at == case.hop and not returned
        if here and wait:
            yield _HERE, wait
        if at < min(case.hop, len(case.signoffs)):
            yield _DONE, f"{hop.label} {case.signoffs[at].by}"
        elif here and not wait:
            yield _HERE, f"{hop.label} {case.holder}".rstrip()
        else:
            yield _AHEAD, hop.label
    published = any(isinstance(one.act, Publish) for one in case.history)
    sign = _DONE if published else _HERE if case.status is Status.APPROVED else _AHEAD
    yield sign, f"{tr('发布', 'publication')} {case.publisher}".rstrip()
    if wait and not case.is_open:
        yield _HERE, wait


def _wait(case: CaseState) -> str:
    """What must happen before any station goes on, in the order of `duty.next_step`; empty for nothing."""
    if case.must_come_down:
        return tr("撤下", "take it down")
    if case.objected_to:
        return tr("决定异议：", "objection: ") + "、".join(one.name for one in case.objected_to)
    if case.unreported:
        return tr("报告疑似泄密", "report the leak")
    if case.status is Status.CONSULTING:
        return tr("等答复：", "answer of ") + "、".join(one.consult.organ for one in case.open_consults)
    return ""
