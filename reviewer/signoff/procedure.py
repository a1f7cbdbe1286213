"""The acts as a person does them: look at a case, say one thing, sign it, and have it kept or refused.

Every act is checked against roster and case under the ledger's own lock, and what was looked at is what is signed.
What is looked at and the unit's own acts stand in files of their own; here is the door to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import (
    About,
    Answer,
    Approve,
    CaseAct,
    Consult,
    HandOver,
    Inspected,
    Publish,
    Review,
    Settled,
    Submit,
    TakeDown,
    Withdraw,
)
from reviewer.signoff.aftermath import Correct, Extend
from reviewer.signoff.calendar import Calendar
from reviewer.signoff.case import CaseState
from reviewer.signoff.checkpoint import Checkpoint, signed, take
from reviewer.signoff.docket import all_cases, all_requests, everything, held_by, open_case, open_request, roster_of
from reviewer.signoff.entry import Entry
from reviewer.signoff.founding import adopt, check_in_force, enrol, enrolled, found, revoke
from reviewer.signoff.manifest import Manifest, differences, read_file, read_manifest
from reviewer.signoff.moment import day_of, instant
from reviewer.signoff.objection import Lapse
from reviewer.signoff.objection_rules import term
from reviewer.signoff.pen import NEXT_REQUEST, Pen, check_key, said
from reviewer.signoff.request import Reply, Request, Supplement
from reviewer.signoff.route import facts, route
from reviewer.signoff.screening import Screening
from reviewer.signoff.succession import Succession
from reviewer.signoff.vocabulary import Channel, Conclusion, Ground, Opinion, Remedy
from reviewer.signoff.wording import check_day

__all__ = [
    "Pen", "adopt", "all_cases", "all_requests", "answer", "answer_request", "approve",
    "check_in_force", "checkpoint", "consult", "correct", "enrol", "enrolled", "everything", "found", "hand_over",
    "held_by", "lapse", "open_case", "open_request", "publish", "receive", "review", "revoke", "roster_of",
    "say", "submit", "take_down", "withdraw",
]  # fmt: skip


def submit(
    pen: Pen,
    manifest: Manifest,
    screening: Screening,
    channel: Channel,
    about: About,
    seen: CaseState | None = None,
    proposed: tuple[Settled, ...] = (),
    succeeds: Succession | None = None,
) -> str:
    """A package goes to review: as a new case, or as the next version of `seen`. The case's number comes back.

    `succeeds`: the approval it rests on, compared once more under the lock.
    """
    chain = seen.chain if seen else roster_of(pen.ledger).chain
    act = Submit(
        version=seen.version + 1 if seen else 1,
        channel=channel,
        about=about,
        manifest=manifest,
        screening=screening,
        route=route(chain, facts(channel, about, screening)),
        proposed=proposed,
        succeeds=succeeds,
    )
    covers = tuple(file.sha256 for file in manifest.files)
    return said(pen, seen.number if seen else None, act, covers).header.subject


def review(pen: Pen, seen: CaseState, act: Review, files: Iterable[Path] = ()) -> Entry:
    """An opinion on what was `seen`; `act.package` is `seen.package`. Given `files`, their bytes are compared first."""
    _check_bytes(seen, files)
    return said(pen, seen.number, act)


def consult(pen: Pen, seen: CaseState, act: Consult) -> int:
    """A letter goes out; the number of the consult within its case comes back."""
    said(pen, seen.number, act)
    asked = reversed(open_case(pen.ledger, seen.number).asked)
    return next(one.number for one in asked if one.consult == act)


def answer(pen: Pen, seen: CaseState, act: Answer) -> Entry:
    """The written answer to a consult is put on record."""
    return said(pen, seen.number, act)


def approve(
    pen: Pen,
    seen: CaseState,
    comment: str = "",
    files: Iterable[Path] = (),
    inspected: tuple[Inspected, ...] = (),
    withheld: tuple[Ground, ...] = (),
) -> Entry:
    """The leader's yes to what was `seen`, and to each finding in `seen.for_leader()`.

    The act states that every finding of `seen.asking` was shown: show them before calling. With grounds in `withheld`
    it is a yes to a part (区分处理).
    """
    _check_bytes(seen, files)
    act = Approve(
        package=seen.package, comment=comment, accepted=seen.for_leader(), inspected=inspected,
        opinion=Opinion.PARTIAL if withheld else Opinion.AGREE, grounds=withheld, shown=seen.asking,
    )  # fmt: skip
    return said(pen, seen.number, act)


def publish(
    pen: Pen,
    seen: CaseState,
    files: Iterable[Path],
    channel: Channel | None = None,
    address: str = "",
    screening: Screening | None = None,
) -> Entry:
    """The publisher releases exactly the approved bytes; raises NotAllowedError naming each file that differs.

    `screening` is the verdict of today's rules on them: what it finds anew and is grave voids the approval.
    """
    act = Publish(
        manifest=read_manifest(files), channel=channel or seen.submitted.channel, address=address, screening=screening
    )
    return said(pen, seen.number, act)


def withdraw(pen: Pen, seen: CaseState, reason: str) -> Entry:
    """The case ends before publication."""
    return said(pen, seen.number, Withdraw(reason=reason))


def take_down(
    pen: Pen,
    seen: CaseState,
    reason: str,
    *,
    suspected_leak: bool,
    evidence: Iterable[Path] = (),
    remedies: tuple[Remedy, ...] = (),
) -> Entry:
    """A published package comes off line; `evidence` (screenshots, saved pages) is kept by digest only."""
    digests = tuple(read_file(path) for path in evidence)
    return said(
        pen, seen.number, TakeDown(reason=reason, suspected_leak=suspected_leak, evidence=digests, remedies=remedies)
    )


def say(pen: Pen, seen: CaseState, act: CaseAct) -> Entry:
    """Any other act on what was `seen`, as it is."""
    return said(pen, seen.number, act)


def lapse(
    pen: Pen, seen: CaseState, consult: int, received: str, conclusion: Conclusion, reason: str, calendar: Calendar
) -> Entry:
    """The time for an answer has passed in silence, and somebody concludes from it.

    The last day is counted here, over the office's calendar. Raises UnknownYearError where it knows no holidays.
    """
    check_day(received, tr("收到日期", "the day of receipt"))
    due = term(received, calendar).isoformat()
    act = Lapse(consult=consult, received=received, due=due, conclusion=conclusion, reason=reason)
    return said(pen, seen.number, act)


def correct(pen: Pen, seen: CaseState, by_case: str, reason: str) -> Entry:
    """What is on line is replaced by what another case published. Raises NotAllowedError if that does not say so."""
    other = open_case(pen.ledger, by_case)
    if other.submitted.about.corrects != seen.number or not other.on_line:
        raise NotAllowedError(
            tr(
                f"{by_case} 不是 {seen.number} 的更正件，或尚未发布："
                f"先用 case submit --corrects {seen.number} 送审、发布。",
                f"{by_case} does not replace {seen.number}, or is not published: case submit --corrects {seen.number}.",
            )
        )
    return said(pen, seen.number, Correct(by_case=by_case, package=other.package, reason=reason))


def receive(pen: Pen, act: Request) -> str:
    """A request is entered in the register; its number comes back."""
    return said(pen, NEXT_REQUEST, act).header.subject


def answer_request(pen: Pen, number: str, act: Supplement | Extend | Reply) -> Entry:
    """Something happens to a request."""
    return said(pen, open_request(pen.ledger, number).number, act)


def hand_over(pen: Pen, giver: str, taker: str, reason: str) -> tuple[str, ...]:
    """Every open case that `giver` holds goes to `taker`, one act each; the numbers come back.

    Stops at the first case that `taker` cannot take, with what was handed over before it kept.
    """
    handed = []
    for state, role in held_by(pen.ledger, giver):
        said(pen, state.number, HandOver(role=role, giver=giver, taker=taker, reason=reason))
        handed.append(state.number)
    return tuple(handed)


def checkpoint(pen: Pen) -> Checkpoint:
    """The ledger as it stands, every hash read, signed by somebody on its roster."""
    roster = roster_of(pen.ledger).on(day_of(pen.clock()))
    check_key(roster, pen.signer)
    return signed(take(pen.ledger, roster.genesis_key, instant(pen.clock())), pen.signer)


def _check_bytes(seen: CaseState, files: Iterable[Path]) -> None:
    """Nobody has to hand in the files at this step; whoever does learns whether they are the submitted ones."""
    given = tuple(files)
    changed = differences(seen.manifest, read_manifest(given)) if given else ()
    if changed:
        listed = "\n  ".join(changed)
        raise NotAllowedError(
            tr(f"与送审的文件不一致：\n  {listed}", f"not the files that were submitted:\n  {listed}")
        )
