"""One case as evidence, `reviewer.record/2`: a file that another machine can check years later, without the ledger.

It is an in-toto Statement v1: the subject are the files by their digests; the predicate holds the signed acts of the
case and of the roster, each with its path in the ledger's Merkle tree, a checkpoint of that tree, and a summary for
people that must follow from the acts. It does not grow with the ledger, but for some hashes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from reviewer.errors import EvidenceError, UsageError
from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff import merkle
from reviewer.signoff.canonical import parse
from reviewer.signoff.checkpoint import Checkpoint, at_hand, tree_of
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.entry import Entry, Header
from reviewer.signoff.envelope import Envelope
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.manifest import Manifest
from reviewer.signoff.replay import replayed
from reviewer.signoff.summary import Summary, summary

SCHEMA = "reviewer.record/2"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:reviewer:record:2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A file's two digests, in hexadecimal."""

    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A file of the package, as in-toto names what a statement is about."""

    name: str
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A signed act, and the path from its entry to the root of the checkpoint, hashes in hexadecimal."""

    envelope: Envelope
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """An entry by its header, and its path to the root."""

    header: Header
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What is said of the files. `genesis_key` is the fingerprint of the key that founded the ledger.

    `acts` are the roster's and the case's, in the ledger's order. `checkpoint` is a line as `checkpoint` writes it;
    `head` is the last entry it stands for, by its header alone.
    """

    schema: str
    unit: str
    case: str
    genesis_key: str
    checkpoint: str
    head: Included
    summary: Summary
    acts: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The file's content, under the names in-toto gives it."""

    _type: str
    subject: tuple[Subject, ...]
    predicateType: str  # noqa: N815 - in-toto's spelling
    predicate: Predicate


def export_record(ledger: Ledger, number: str, at: Checkpoint | None = None) -> Record:
    """The record of one case: as of now, or as of a checkpoint that was printed or signed before.

    Raises UsageError if there is no such case or the checkpoint is older than its last act, EvidenceError for a broken
    ledger or a checkpoint of another one.
    """
    entries = tuple(ledger.about(number))
    replay = replayed(entries)
    if number not in replay.cases:
        raise UsageError(tr(f"没有 {number} 这一件；见 case list。", f"no case {number}; see case list."))
    tree = tree_of(ledger)
    checkpoint = at or at_hand(ledger, str(replay.genesis_key))
    head = ledger.entry(checkpoint.size)
    if head is None or head.hash != checkpoint.head or checkpoint.genesis_key != replay.genesis_key:
        raise EvidenceError(tr("检查点不是本台账的", "the checkpoint is not of this ledger"))
    if merkle.root(tree, checkpoint.size).hex() != checkpoint.root:
        raise EvidenceError(tr("检查点的根与台账不符", "the checkpoint has another root than the ledger"))
    told = tuple(entry for entry in entries if entry.header.seq <= checkpoint.size)
    if any(entry.header.subject == number for entry in entries[len(told) :]):
        raise UsageError(
            tr(
                "检查点早于本件最后一步；请用较新的检查点。",
                "the case went on after that checkpoint; take a newer one.",
            )
        )
    replay = replayed(told)
    state = replay.cases[number]
    return Record(
        _type=STATEMENT_TYPE,
        subject=subjects(state.manifest),
        predicateType=PREDICATE_TYPE,
        predicate=Predicate(
            schema=SCHEMA,
            unit=replay.roster.unit,
            case=number,
            genesis_key=str(replay.genesis_key),
            checkpoint=str(checkpoint),
            head=Included(header=head.header, path=_path(tree, checkpoint.size, checkpoint.size)),
            summary=summary(state, replay),
            acts=tuple(_told(entry, tree, checkpoint.size) for entry in told),
        ),
    )


def subjects(manifest: Manifest) -> tuple[Subject, ...]:
    """The files of a package as in-toto names them."""
    return tuple(Subject(name=file.name, digest=Digest(sha256=file.sha256, sm3=file.sm3)) for file in manifest.files)


def write_record(record: Record) -> bytes:
    """The file in its only spelling: every other one, were it but a space more, is refused."""
    return (json.dumps(encode(record), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_record(data: bytes, place: str) -> Record:
    """A record out of its file; raises EvidenceError naming `place` and the key that does not fit."""
    record = decode(Record, parse(data, place), place)
    kinds = (record._type, record.predicateType, record.predicate.schema)
    if kinds != (STATEMENT_TYPE, PREDICATE_TYPE, SCHEMA):
        raise EvidenceError(tr(f"{place}：不是 {SCHEMA}", f"{place}: not {SCHEMA}"))
    for told in record.predicate.acts:
        dsse.check(told.envelope, place)
    try:
        spelled = write_record(record) == data
    except UnicodeEncodeError:  # half a character, which JSON can say and UTF-8 cannot
        spelled = False
    if not spelled:
        raise EvidenceError(tr(f"{place}：不是程序写出的那个写法", f"{place}: not spelled as the program wrote it"))
    return record


def _told(entry: Entry, tree: merkle.Nodes, size: int) -> Told:
    return Told(envelope=dsse.read(entry.envelope, entry.place), path=_path(tree, entry.header.seq, size))


def _path(tree: merkle.Nodes, seq: int, size: int) -> tuple[str, ...]:
    return tuple(one.hex() for one in merkle.inclusion(tree, seq - 1, size))
