"""Writes the first form of a record, as the program did before: so that its verification is tested on new cases too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.errors import EvidenceError, UsageError
from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.entry import BEFORE_GENESIS, Entry
from reviewer.signoff.first_record import SCHEMA, Link, Record, belongs
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.replay import Replay
from reviewer.signoff.summary import summary


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
