"""What the ledger holds now: the roster, a case, a request, all of them, and whose hands they are in."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff.case import CaseState
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.replay import listed, replayed
from reviewer.signoff.request_rules import RequestState
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Role


def roster_of(ledger: Ledger) -> Roster:
    """The roster now; raises EvidenceError where its entries do not hold."""
    return replayed(ledger.about(None)).roster


def open_case(ledger: Ledger, number: str) -> CaseState:
    """Where a case stands. Raises UsageError if there is none, EvidenceError if its entries do not hold."""
    state = replayed(ledger.about(number)).cases.get(number)
    if state is None:
        raise UsageError(tr(f"没有 {number} 这一件；见 case list。", f"no case {number}; see case list."))
    return state


def open_request(ledger: Ledger, number: str) -> RequestState:
    """Where a request stands. Raises UsageError if there is none, EvidenceError if its entries do not hold."""
    state = replayed(ledger.about(number)).requests.get(number)
    if state is None:
        raise UsageError(tr(f"没有 {number} 这一申请；见 request list。", f"no request {number}; see request list."))
    return state


def everything(ledger: Ledger) -> tuple[tuple[CaseState, ...], tuple[RequestState, ...]]:
    """Every case and every request in the order of their numbers, in one walk."""
    replay = listed(ledger.entries())
    cases = tuple(replay.cases[number] for number in sorted(replay.cases))
    return cases, tuple(replay.requests[number] for number in sorted(replay.requests))


def all_cases(ledger: Ledger) -> tuple[CaseState, ...]:
    """Every case in the order of its number, for lists and registers; signatures are `open_case`'s to verify."""
    cases, _ = everything(ledger)
    return cases


def all_requests(ledger: Ledger) -> tuple[RequestState, ...]:
    """Every request in the order of its number, for lists and registers."""
    _, requests = everything(ledger)
    return requests


def held_by(ledger: Ledger, name: str) -> tuple[tuple[CaseState, Role], ...]:
    """The open cases that wait for this person by name, and in which role."""
    return in_hand(all_cases(ledger), name)


def in_hand(cases: Iterable[CaseState], name: str) -> tuple[tuple[CaseState, Role], ...]:
    """Those of the cases that wait for this person by name, and in which role."""
    held = []
    for state in cases:
        if state.is_open and state.submitter == name:
            held.append((state, state.chain.submitter))
        if state.is_open and state.holder == name and state.present is not None:
            held.append((state, state.present.role))
    return tuple(held)
