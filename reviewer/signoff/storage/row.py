"""An entry as a row of the table, and back; a value of the wrong kind can only have been put there by hand."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff.entry import Entry, Head, Header


def entry_of(row: Sequence[object]) -> Entry:
    """The entry in a row of `COLUMNS`; raises EvidenceError for a column of the wrong type."""
    seq, *texts = row
    if type(seq) is not int or not all(isinstance(text, str) for text in texts):
        raise EvidenceError(tr(f"台账第 {seq} 条：列的类型不对", f"ledger entry {seq}: a column of the wrong type"))
    time, kind, actor, subject, body, prev, own, envelope = (str(text) for text in texts)
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
