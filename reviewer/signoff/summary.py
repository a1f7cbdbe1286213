"""What the signed acts of a case come to, for a reader of its record; a verification computes it again."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.signoff.act import Submit
from reviewer.signoff.case import Asked, CaseState, Looked, Ruled, SignOff
from reviewer.signoff.codec import later
from reviewer.signoff.objection import Objected
from reviewer.signoff.replay import Replay
from reviewer.signoff.roster import Enrolment
from reviewer.signoff.vocabulary import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the signed acts come to, for a reader; verification computes it again and compares."""

    status: Status
    publisher: str
    package: str
    submitted: Submit
    rulings: tuple[Ruled, ...]
    looks: tuple[Looked, ...]
    consults: tuple[Asked, ...]
    signoffs: tuple[SignOff, ...]
    unprotected_keys: tuple[str, ...]
    merged_roles: tuple[Enrolment, ...]
    submitter: str = later("")  # where that is not the publisher
    objections: tuple[Objected, ...] = later(())
    deputies: tuple[Enrolment, ...] = later(())


def summary(state: CaseState, replay: Replay) -> Summary:
    """What a case's statements come to."""
    return Summary(
        status=state.status,
        publisher=state.publisher,
        package=state.package,
        submitted=state.submitted,
        rulings=state.rulings,
        looks=state.looks,
        consults=state.asked,
        signoffs=state.signoffs,
        unprotected_keys=state.unprotected,
        merged_roles=replay.exceptions,
        submitter="" if state.submitter == state.publisher else state.submitter,
        objections=state.objections,
        deputies=replay.deputies,
    )
