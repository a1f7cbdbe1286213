"""The acts as a person does them: look at a case, say one thing, sign it, and have it kept or refused.

Every act is checked against roster and case under the ledger's own lock, and what was looked at is what is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewer.errors import NotAllowedError, UsageError
from reviewer.language import tr
from reviewer.signoff.act import (
    KIND_OF,
    About,
    Act,
    Adopt,
    Answer,
    Approve,
    CaseAct,
    Consult,
    Enrol,
    Found,
    HandOver,
    Inspected,
    Publish,
    Review,
    Revoke,
    Settled,
    Submit,
    TakeDown,
    Withdraw,
)
from reviewer.signoff.aftermath import Correct, Extend
from reviewer.signoff.calendar import Calendar
from reviewer.signoff.case import CaseState
from reviewer.signoff.chain import Chain
from reviewer.signoff.checkpoint import Checkpoint, signed, take
from reviewer.signoff.entry import BEFORE_GENESIS, Before, Entry, Head, propose, sign
from reviewer.signoff.keys import Signer
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.manifest import Manifest, differences, read_file, read_manifest
from reviewer.signoff.moment import in_china, instant, shown
from reviewer.signoff.objection import Lapse
from reviewer.signoff.objection_rules import term
from reviewer.signoff.presets import default_chain
from reviewer.signoff.replay import listed, replayed
from reviewer.signoff.request import Reply, Request, Supplement
from reviewer.signoff.request_rules import RequestState, request_number, serial
from reviewer.signoff.roster import Roster, founded
from reviewer.signoff.route import facts, route
from reviewer.signoff.screening import Screening
from reviewer.signoff.succession import Succession
from reviewer.signoff.vocabulary import Channel, Conclusion, Ground, Opinion, Remedy, Role
from reviewer.signoff.wording import check_day

Clock = Callable[[], datetime]
_NEXT_REQUEST = "申"  # in place of a subject: the next free number, found under the lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """A person at the ledger: what they write in, the key they sign with, the clock they go by."""

    ledger: Ledger
    signer: Signer
    clock: Clock


def roster_of(ledger: Ledger) -> Roster:
    """The roster now; raises EvidenceError where its entries do not hold."""
    return replayed(ledger.about(None)).roster


def open_case(ledger: Ledger, number: str) -> CaseState:
    """Where a case stands. Raises UsageError if there is none, EvidenceError if its entries do not hold."""
    state = replayed(ledger.about(number)).cases.get(number)
    if state is None:
        raise UsageError(tr(f"没有 {number} 这一件；见 case list。", f"no case {number}; see case list."))
    return state


def checkpoint(pen: Pen) -> Checkpoint:
    """The ledger as it stands, every hash read, signed by somebody on its roster."""
    roster = roster_of(pen.ledger)
    _check_key(roster, pen.signer)
    return signed(take(pen.ledger, roster.genesis_key, instant(pen.clock())), pen.signer)


def all_cases(ledger: Ledger) -> tuple[CaseState, ...]:
    """Every case in the order of its number, for lists and registers; signatures are `open_case`'s to verify."""
    cases, _ = everything(ledger)
    return cases


def found(pen: Pen, unit: str, chain: Chain | None = None) -> Entry:
    """The ledger's first entry, with the default chain where none is given; NotAllowedError if it has one already."""
    holding = chain or default_chain()

    def write(head: Head | None) -> Entry:
        if head is not None:
            raise NotAllowedError(tr("台账已经建立，不能重建。", "the ledger is founded already."))
        act = Found(unit=unit, public_key=pen.signer.public_key, chain=holding)
        statement = propose(pen.signer, None, instant(pen.clock()), unit, act, Before())
        founded(statement)
        return sign(pen.signer, statement, BEFORE_GENESIS)

    return pen.ledger.append(write)


def adopt(pen: Pen, chain: Chain, reason: str) -> Entry:
    """Another chain holds for the cases that begin from here on."""
    return _say(pen, roster_of(pen.ledger).unit, Adopt(chain=chain, reason=reason))


def check_in_force(ledger: Ledger, written: Chain | None) -> None:
    """Raises NotAllowedError if the office's file says another chain than the ledger: nobody changes it by a file."""
    held = roster_of(ledger).chain
    if written is not None and written != held:
        raise NotAllowedError(
            tr(
                f"reviewer.toml 写的审批链（{written.name}）与台账现行的（{held.name}）不同，不能送审。"
                "由管理员运行 reviewer roster adopt 采用，或改回 reviewer.toml。",
                f"the chain of reviewer.toml ({written.name}) is not the one in force in the ledger ({held.name}). An "
                "administrator runs reviewer roster adopt, or reviewer.toml is set right.",
            )
        )


def enrol(pen: Pen, name: str, role: Role, public_key: str, exception: str = "") -> Entry:
    """A person takes a role; `exception` is the reason if it is not the person's first."""
    return _say(pen, name, Enrol(name=name, role=role, public_key=public_key, exception=exception))


def revoke(pen: Pen, name: str, reason: str) -> Entry:
    """A person loses every role."""
    return _say(pen, name, Revoke(name=name, reason=reason))


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
    return _say(pen, seen.number if seen else None, act, covers).header.subject


def review(pen: Pen, seen: CaseState, act: Review, files: Iterable[Path] = ()) -> Entry:
    """An opinion on what was `seen`; `act.package` is `seen.package`. Given `files`, their bytes are compared first."""
    _check_bytes(seen, files)
    return _say(pen, seen.number, act)


def consult(pen: Pen, seen: CaseState, act: Consult) -> int:
    """A letter goes out; the number of the consult within its case comes back."""
    _say(pen, seen.number, act)
    asked = reversed(open_case(pen.ledger, seen.number).asked)
    return next(one.number for one in asked if one.consult == act)


def answer(pen: Pen, seen: CaseState, act: Answer) -> Entry:
    """The written answer to a consult is put on record."""
    return _say(pen, seen.number, act)


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
    return _say(pen, seen.number, act)


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
    return _say(pen, seen.number, act)


def withdraw(pen: Pen, seen: CaseState, reason: str) -> Entry:
    """The case ends before publication."""
    return _say(pen, seen.number, Withdraw(reason=reason))


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
    return _say(
        pen, seen.number, TakeDown(reason=reason, suspected_leak=suspected_leak, evidence=digests, remedies=remedies)
    )


def say(pen: Pen, seen: CaseState, act: CaseAct) -> Entry:
    """Any other act on what was `seen`, as it is."""
    return _say(pen, seen.number, act)


def lapse(
    pen: Pen, seen: CaseState, consult: int, received: str, conclusion: Conclusion, reason: str, calendar: Calendar
) -> Entry:
    """The time for an answer has passed in silence, and somebody concludes from it.

    The last day is counted here, over the office's calendar. Raises UnknownYearError where it knows no holidays.
    """
    check_day(received, tr("收到日期", "the day of receipt"))
    due = term(received, calendar).isoformat()
    act = Lapse(consult=consult, received=received, due=due, conclusion=conclusion, reason=reason)
    return _say(pen, seen.number, act)


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
    return _say(pen, seen.number, Correct(by_case=by_case, package=other.package, reason=reason))


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


def all_requests(ledger: Ledger) -> tuple[RequestState, ...]:
    """Every request in the order of its number, for lists and registers."""
    _, requests = everything(ledger)
    return requests


def receive(pen: Pen, act: Request) -> str:
    """A request is entered in the register; its number comes back."""
    return _say(pen, _NEXT_REQUEST, act).header.subject


def answer_request(pen: Pen, number: str, act: Supplement | Extend | Reply) -> Entry:
    """Something happens to a request."""
    return _say(pen, open_request(pen.ledger, number).number, act)


def hand_over(pen: Pen, giver: str, taker: str, reason: str) -> tuple[str, ...]:
    """Every open case that `giver` holds goes to `taker`, one act each; the numbers come back.

    Stops at the first case that `taker` cannot take, with what was handed over before it kept.
    """
    handed = []
    for state, role in held_by(pen.ledger, giver):
        _say(pen, state.number, HandOver(role=role, giver=giver, taker=taker, reason=reason))
        handed.append(state.number)
    return tuple(handed)


def held_by(ledger: Ledger, name: str) -> tuple[tuple[CaseState, Role], ...]:
    """The open cases that wait for this person by name, and in which role."""
    held = []
    for state in all_cases(ledger):
        if state.is_open and state.submitter == name:
            held.append((state, state.chain.submitter))
        if state.is_open and state.holder == name and state.present is not None:
            held.append((state, state.present.role))
    return tuple(held)


def _say(pen: Pen, subject: str | None, act: Act, covers: Iterable[str] = ()) -> Entry:
    """Steps in the order in which they are safe: lock, read, check, sign, keep."""

    def write(head: Head | None) -> Entry:
        if head is None:
            raise NotAllowedError(tr("台账尚未建立：reviewer roster init。", "no ledger yet: reviewer roster init."))
        time = _now(pen.clock, head)
        number = _next_request(pen.ledger, time) if subject == _NEXT_REQUEST else subject
        number = number or _next_number(pen.ledger, time)
        replay = replayed(pen.ledger.about(number))
        _check_key(replay.roster, pen.signer)
        statement = propose(pen.signer, head, time, number, act, replay.before(number, KIND_OF[type(act)]))
        if isinstance(act, Submit) and act.succeeds:
            replayed(pen.ledger.about(act.succeeds.case)).check_succession(statement, act)
        replay.admit(statement)
        return sign(pen.signer, statement, head.hash)

    return pen.ledger.append(write, covers)


def _now(clock: Clock, head: Head) -> str:
    time = instant(clock())
    if time < head.time:
        raise NotAllowedError(
            tr(
                f"本机时间 {shown(time)} 早于台账最后一条 {shown(head.time)}；请校正本机时间。",
                f"this machine's clock ({shown(time)}) is behind the last entry ({shown(head.time)}); set it right.",
            )
        )
    return time


def _next_number(ledger: Ledger, time: str) -> str:
    year = in_china(time).year
    return f"{year:04d}-{ledger.last_number(year) + 1:04d}"


def _next_request(ledger: Ledger, time: str) -> str:
    year = in_china(time).year
    last = max((at for known, at in map(serial, _requests(ledger)) if known == year), default=0)
    return request_number(year, last + 1)


def _requests(ledger: Ledger) -> Iterator[str]:
    return (entry.header.subject for entry in ledger.entries() if entry.header.kind == KIND_OF[Request])


def _check_key(roster: Roster, signer: Signer) -> None:
    known = roster.key_of(signer.name)
    if known is None:
        raise NotAllowedError(
            tr(
                f"{signer.name}不在名册上；由管理员运行 reviewer roster add {signer.name}。",
                f"{signer.name} is not on the roster; an administrator runs reviewer roster add {signer.name}.",
            )
        )
    if known != signer.public_key:
        raise NotAllowedError(
            tr(
                f"{signer.name}的密钥不是名册上登记的那一把；换了密钥须由管理员重新登记。",
                f"this is not the key that {signer.name} is enrolled with; a new key must be enrolled again.",
            )
        )


def _check_bytes(seen: CaseState, files: Iterable[Path]) -> None:
    """Nobody has to hand in the files at this step; whoever does learns whether they are the submitted ones."""
    given = tuple(files)
    changed = differences(seen.manifest, read_manifest(given)) if given else ()
    if changed:
        listed = "\n  ".join(changed)
        raise NotAllowedError(
            tr(f"与送审的文件不一致：\n  {listed}", f"not the files that were submitted:\n  {listed}")
        )
