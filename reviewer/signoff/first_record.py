"""The first form of a record, `reviewer.record/1`: no longer written, verified for as long as such files are kept.

It holds the case's own entries and the roster's as they were signed and every other entry of the ledger by its header
alone: the chain recomputes and nothing of this case can hide among them, but the file grows with the ledger.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.canonical import parse
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.entry import Head, Header
from reviewer.signoff.envelope import Envelope
from reviewer.signoff.summary import Summary

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
class Record:
    """The file's content. `genesis_key`: fingerprint of the key that founded the ledger, to be compared by hand."""

    schema: str
    unit: str
    case: str
    genesis_key: str
    head: Head
    summary: Summary
    chain: tuple[Link, ...]


def belongs(header: Header, number: str) -> bool:
    """Whether the entry must be told in full in the record of that case."""
    return header.kind in ROSTER_KINDS or header.subject == number


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
