"""The way of a case as one line: what is signed, who must act now, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.language import tr
from reviewer.signoff.act import Publish
from reviewer.signoff.case import CaseState
from reviewer.signoff.pending import ASIDE, Matter, pending
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Status

_DONE, _HERE, _AHEAD = "✓", "▶", "·"


def way(case: CaseState, roster: Roster) -> str:
    """The stations of this version: ✓ signed, ▶ who must act now, · still to come; at most one ▶."""
    return " → ".join(f"{sign}{station}" for sign, station in _stations(case, roster))


def turns(case: CaseState, roster: Roster) -> str:
    """What has to be done and by whom; empty where nobody has to do anything."""
    return tr("；", "; ").join(one.short for one in pending(case, roster))


def _stations(case: CaseState, roster: Roster) -> Iterator[tuple[str, str]]:
    """Whatever the chain waits for from outside it stands before the station that goes on afterwards."""
    todo = pending(case, roster)
    wait = next((one.what for one in todo if one.matter in ASIDE), "")
    returned = any(one.matter is Matter.MEND for one in todo) and not wait
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
    here = case.status is Status.APPROVED and not returned
    sign = _DONE if published else _HERE if here else _AHEAD
    yield sign, f"{tr('发布', 'publication')} {case.publisher}".rstrip()
    if wait and not case.is_open:
        yield _HERE, wait
    for one in todo:
        if one.day:
            yield _AHEAD, f"{one.what} {one.day}"
