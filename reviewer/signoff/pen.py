"""A person at the ledger, and how one act of theirs is signed and kept, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import KIND_OF, Act, Submit
from reviewer.signoff.entry import Entry, Head, propose, sign
from reviewer.signoff.keys import Signer
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.moment import in_china, instant, shown
from reviewer.signoff.replay import replayed
from reviewer.signoff.request import Request
from reviewer.signoff.request_rules import request_number, serial
from reviewer.signoff.roster import Roster

Clock = Callable[[], datetime]
NEXT_REQUEST = "申"
"""In place of a subject: the next free number of a request, found under the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """A person at the ledger: what they write in, the key they sign with, the clock they go by."""

    ledger: Ledger
    signer: Signer
    clock: Clock


def said(pen: Pen, subject: str | None, act: Act, covers: Iterable[str] = ()) -> Entry:
    """Steps in the order in which they are safe: lock, read, check, sign, keep."""

    def write(head: Head | None) -> Entry:
        if head is None:
            raise NotAllowedError(tr("台账尚未建立：reviewer roster init。", "no ledger yet: reviewer roster init."))
        time = _now(pen.clock, head)
        number = _next_request(pen.ledger, time) if subject == NEXT_REQUEST else subject
        number = number or _next_number(pen.ledger, time)
        replay = replayed(pen.ledger.about(number))
        check_key(replay.roster, pen.signer)
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


def check_key(roster: Roster, signer: Signer) -> None:
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
