"""The first form of a record checked offline, step by step."""

from __future__ import annotations

from pathlib import Path

from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.audit import Audit
from reviewer.signoff.case_proof import case_steps, genesis_step_of, summary_step
from reviewer.signoff.entry import BEFORE_GENESIS, open_envelope, place
from reviewer.signoff.first_record import Link, Record, belongs, read_record
from reviewer.signoff.proof import Step, judged, proven
from reviewer.signoff.verification import Links, head_step


def verify_first_record(
    data: bytes, files: tuple[Path, ...], trust: str | None, anchor: str | None
) -> tuple[Step, ...]:
    """Every step, as `record_proof.verify_record` asks for them. Raises EvidenceError for what is no such record."""
    record = read_record(data, tr("记录", "record"))
    links, audit = Links(), Audit()
    for link in record.chain:
        _take(link, links, audit)
    return (
        proven(tr("格式", "format"), record.schema),
        _chain(record, links),
        *audit.steps(),
        _completeness(record),
        *case_steps(record.case, audit, files),
        summary_step(record.case, record.unit, record.summary, audit),
        genesis_step_of(record.genesis_key, audit, trust),
        head_step(links, anchor),
        *audit.notices(),
    )


def _take(link: Link, links: Links, audit: Audit) -> None:
    header = link.header(links.head.hash if links.head else BEFORE_GENESIS)
    links.follow(header)
    sealed = link.envelope
    if sealed is not None:
        audit.take(header, lambda: open_envelope(header, dsse.write(sealed)))


def _chain(record: Record, links: Links) -> Step:
    faults = list(links.faults)
    if links.head != record.head:
        faults.append(tr("链头与各条推算不符", "the head does not follow from the entries"))
    return judged(tr("哈希链", "hash chain"), faults, tr(f"第 1 至 {record.head.seq} 条", f"1 to {record.head.seq}"))


def _completeness(record: Record) -> Step:
    """Whether every act of this case and of the roster is told: a withheld return or revocation would show here."""
    withheld = (
        tr(f"{place(link.seq)}未附原文", f"{place(link.seq)} is withheld")
        for link in record.chain
        if link.envelope is None and belongs(link.header(""), record.case)
    )
    return judged(
        tr("完整", "complete"), withheld, tr("本件与名册的全部行为均在", "every act of the case and the roster is here")
    )
