"""The gate's question: is there a signed-off case over exactly these bytes?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.case import CaseState
from reviewer.signoff.duty import check_age, check_signoffs
from reviewer.signoff.ledger import Lookup
from reviewer.signoff.moment import day_of
from reviewer.signoff.pending import next_step
from reviewer.signoff.replay import Replay, replayed
from reviewer.signoff.vocabulary import Channel, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """These bytes may go out: that case covers them and its chain is complete."""

    sha256: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCleared:
    """These bytes may not go out, and why."""

    sha256: str
    reason: str


def signed_off(
    ledger: Lookup, digests: Iterable[str], now: datetime, channel: Channel | None = None
) -> tuple[Cleared | NotCleared, ...]:
    """One answer per SHA-256, in the order given.

    Approved within its term, or published and not taken down, in the case's present version. The signatures of the
    roster and of each case named are verified; the rest of the ledger is `verify_ledger`'s business. Raises
    EvidenceError where they do not hold. `channel`: where the bytes are to go out; None: anywhere.
    """
    told: dict[str, Replay] = {}
    return tuple(_answer(ledger, sha256, now, channel, told) for sha256 in digests)


def signed_off_in(
    replays: Mapping[str, Replay], digests: Iterable[str], now: datetime, channel: Channel | None = None
) -> tuple[Cleared | NotCleared, ...]:
    """The same by records that were proved (`record_proof.proved_replay`): number of the case → its replay."""
    return tuple(_answer_in(replays, sha256, now, channel) for sha256 in digests)


def _answer_in(
    replays: Mapping[str, Replay], sha256: str, now: datetime, channel: Channel | None
) -> Cleared | NotCleared:
    reason = tr("所给的审签记录都不含这些字节", "none of the records covers these bytes")
    for number, replay in replays.items():
        state = replay.cases.get(number)
        if state is None or all(file.sha256 != sha256 for file in state.manifest.files):
            continue
        fault = _fault(replay, number, sha256, now, channel)
        if fault is None:
            return Cleared(sha256=sha256, case=number)
        reason = fault
    return NotCleared(sha256=sha256, reason=reason)


def _answer(
    ledger: Lookup, sha256: str, now: datetime, channel: Channel | None, told: dict[str, Replay]
) -> Cleared | NotCleared:
    reason = ""  # of the newest case that covers them
    for number in reversed(ledger.covering(sha256)):
        if number not in told:
            told[number] = replayed(ledger.about(number))
        fault = _fault(told[number], number, sha256, now, channel)
        if fault is None:
            return Cleared(sha256=sha256, case=number)
        reason = reason or fault
    never = tr("没有送审记录；先 reviewer case submit", "never submitted; reviewer case submit first")
    return NotCleared(sha256=sha256, reason=reason or never)


def _fault(replay: Replay, number: str, sha256: str, now: datetime, channel: Channel | None) -> str | None:
    state = replay.cases.get(number)
    if state is None or all(file.sha256 != sha256 for file in state.manifest.files):
        return tr(f"{number} 的现版本不含这些字节；重新送审", f"{number} now has other bytes; submit again")
    if channel is not None and state.submitted.channel is not channel:
        return tr(
            f"{number} 是按渠道“{state.submitted.channel.zh}”审批的，不能从“{channel.zh}”发布；按新渠道重新送审",
            f"{number} was approved for “{state.submitted.channel.en}”, not for “{channel.en}”; submit it for that",
        )
    if state.on_line and (state.status is Status.PUBLISHED or state.filed_from is Status.PUBLISHED):
        return None
    if state.status is not Status.APPROVED:
        return f"{number} {state.status.label}。{next_step(state, replay.roster.on(day_of(now)))}"
    return _lapsed(state, replay, now)


def _lapsed(state: CaseState, replay: Replay, now: datetime) -> str | None:
    try:
        check_signoffs(state, replay.roster.on(day_of(now)))
        check_age(state, now)
    except NotAllowedError as error:
        return f"{state.number} {error}"
    return None
