"""An entry as a row of the table, and back; a value of the wrong kind can only have been put there by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff.entry import Entry, Head, Header

_Row = tuple[int, str, str, str, str, str, str, str, str]
_TYPES = (int, *[str] * 8)


def entry_of(row: Sequence[object]) -> Entry:
    """The entry in a row of `COLUMNS`; raises EvidenceError for a column of the wrong type."""
    if tuple(map(type, row)) != _TYPES:
        raise EvidenceError(
            tr(f"台账第 {row[0]} 条：列的类型不对", f"ledger entry {row[0]}: a column of the wrong type")
        )
    seq, time, kind, actor, subject, body, prev, own, envelope = cast("_Row", row)
    header = Header(seq=seq, time=time, kind=kind, subject=subject, body=body, prev=prev)
    return Entry(header=header, actor=actor, hash=own, envelope=envelope)


def row_of(entry: Entry) -> dict[str, object]:
    """The columns of an entry by name."""
    header = entry.header
    return {
        "seq": header.seq,
        "time": header.time,
        "kind": header.kind,
        "actor": entry.actor,
        "subject": header.subject,
        "body": header.body,
        "prev": header.prev,
        "hash": entry.hash,
        "envelope": entry.envelope,
    }


def sound_head(entry: Entry) -> Head:
    """The head that this last entry is; raises EvidenceError, since nobody signs after a line that was changed."""
    if entry.header.hash != entry.hash:
        raise EvidenceError(tr(f"{entry.place}：哈希不符，内容被改动", f"{entry.place}: it was changed"))
    return entry.head
