"""One case as evidence: a file that another machine can check years later, without the ledger and without us.

It holds the case's own entries and the roster's as they were signed, every other entry by its header alone (so that
the chain recomputes and nothing of this case can hide among them), and a summary for people that must follow from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.errors import EvidenceError, UsageError
from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.act import ROSTER_KINDS, Submit
from reviewer.signoff.canonical import parse
from reviewer.signoff.case import Asked, CaseState, Looked, Ruled, SignOff
from reviewer.signoff.codec import decode, encode, later
from reviewer.signoff.entry import BEFORE_GENESIS, Entry, Head, Header
from reviewer.signoff.envelope import Envelope
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.objection import Objected
from reviewer.signoff.replay import Replay
from reviewer.signoff.roster import Enrolment
from reviewer.signoff.vocabulary import Status

SCHEMA = "reviewer.record/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry of the chain; `envelope` is there for the case and the roster, and null for everybody else's."""

    seq: int
    time: str
    kind: str
    subject: str
    body: str
    envelope: Envelope | None

    def header(self, prev: str) -> Header:
        """The header this link has if it follows `prev`."""
        return Header(seq=self.seq, time=self.time, kind=self.kind, subject=self.subject, body=self.body, prev=prev)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The file's content. `genesis_key`: fingerprint of the key that founded the ledger, to be compared by hand."""

    schema: str
    unit: str
    case: str
    genesis_key: str
    head: Head
    summary: Summary
    chain: tuple[Link, ...]


def export_record(ledger: Ledger, number: str) -> Record:
    """The record of one case as of now. Raises UsageError if there is none, EvidenceError for a broken ledger."""
    replay, chain = Replay(), []
    for entry in _linked(ledger.entries()):
        told = belongs(entry.header, number)
        if told:
            replay.feed(entry)
        chain.append(_link(entry, told=told))
    if number not in replay.cases:
        raise UsageError(tr(f"没有 {number} 这一件；见 case list。", f"no case {number}; see case list."))
    return Record(
        schema=SCHEMA,
        unit=replay.roster.unit,
        case=number,
        genesis_key=replay.roster.genesis_key,
        head=entry.head,
        summary=summary(replay.cases[number], replay),
        chain=tuple(chain),
    )


def belongs(header: Header, number: str) -> bool:
    """Whether the entry must be told in full in the record of that case."""
    return header.kind in ROSTER_KINDS or header.subject == number


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
    )


def write_record(record: Record) -> bytes:
    """The record as a file that people can open; spaces and line ends in it mean nothing."""
    return (json.dumps(encode(record), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_record(data: bytes, place: str) -> Record:
    """A record out of its file; raises EvidenceError naming `place` and the key that does not fit."""
    record = decode(Record, parse(data, place), place)
    if record.schema != SCHEMA:
        raise EvidenceError(tr(f"{place}：不是 {SCHEMA}", f"{place}: not {SCHEMA}"))
    for link in record.chain:
        if link.envelope is not None:
            dsse.check(link.envelope, place)
    return record


def _linked(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same entries; raises EvidenceError where the chain is broken, since nothing provable comes of it."""
    prev = BEFORE_GENESIS
    for entry in entries:
        if entry.header.prev != prev or entry.header.hash != entry.hash:
            raise EvidenceError(
                tr(f"{entry.place}：哈希链断开；先 reviewer ledger verify", f"{entry.place}: the chain is broken here")
            )
        prev = entry.hash
        yield entry


def _link(entry: Entry, *, told: bool) -> Link:
    header = entry.header
    return Link(
        seq=header.seq,
        time=header.time,
        kind=header.kind,
        subject=header.subject,
        body=header.body,
        envelope=dsse.read(entry.envelope, entry.place) if told else None,
    )
