"""Aggregate rules: what no single place of a document shows, but all of it together, or the day, or its package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reviewer.detect.attachments import Attachments, attachment_findings, decode_attachments
from reviewer.detect.bulk import Bulk, bulk_findings, decode_bulk
from reviewer.detect.publicity import Publicity, decode_publicity, publicity_findings
from reviewer.detect.reading import Reading
from reviewer.strict import Table
from reviewer.terms import Finding, Rule


def decode(table: Table) -> Bulk | Publicity | Attachments:
    if table.has("publicity"):
        return decode_publicity(table)
    return decode_attachments(table) if table.has("attachments") else decode_bulk(table)


def words(match: object) -> Iterable[str]:
    return ()


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule in rules:
        match rule.match:
            case Bulk():
                yield from bulk_findings(rule, rule.match, reading)
            case Publicity():
                yield from publicity_findings(rule, rule.match, reading)
            case Attachments():
                yield from attachment_findings(rule, rule.match, reading)
