"""A reviewer rules hit by hit at the terminal: masked, with its surroundings, one key each, kept at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from reviewer.baseline import Entry, load_baseline, new_baseline, save_baseline
from reviewer.judge.sealing import seal
from reviewer.judge.settling import is_severe
from reviewer.language import tr
from reviewer.report import report
from reviewer.report.form import Excerpt, FindingRow
from reviewer.report.plain import plain
from reviewer.terms import Action, Disposition, Document, Finding, Review, Ruling
from reviewer.value import dataclass, replace

_RULINGS = {"y": Ruling.FALSE_POSITIVE, "n": Ruling.CONFIRMED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where rulings are kept, and what all of them share; an empty `reason` is asked for each time."""

    file: Path
    by: str
    second: str
    reason: str
    until: str


def may_be_ruled_on(finding: Finding) -> bool:
    """Not a remark, and not a mark: that is settled in the approval chain."""
    return finding.action not in (Action.NOTE, Action.BLOCK)


def entry_of(
    document: Document, finding: Finding, salt: str, ruling: Ruling, by: str, second: str, reason: str, until: str
) -> Entry:
    """A ruling on one finding, bound to its words."""
    disposition = Disposition(
        fingerprint=finding.fingerprint,
        seal=seal(document.text[finding.span.start : finding.span.end], salt),
        salt=salt,
        ruling=ruling,
        by=by,
        second=second,
        reason=reason,
        until=until,
    )
    return Entry(disposition=disposition, rule=finding.rule.id, document=document.path)


def sit(table: Table, reviews: Iterable[Review]) -> int:
    """How many rulings were made. Each is kept at once: whoever leaves in between loses none."""
    held = load_baseline(table.file) if table.file.exists() else new_baseline()
    made = 0
    for review in reviews:
        told = report(review)
        for at, finding in enumerate(review.verdict.findings):
            known = {entry.disposition.fingerprint for entry in held.entries}
            if not may_be_ruled_on(finding) or finding.fingerprint in known:
                continue
            _show(review.document, told.findings[at], told.excerpts[at])
            key = _asked(finding, table)
            reason = (table.reason or _line(tr("理由：", "why: "))) if key in _RULINGS else ""
            if key == "q" or (key in _RULINGS and not reason):
                return made
            if key in _RULINGS:
                by, second, until = table.by, table.second, table.until
                entry = entry_of(review.document, finding, held.salt, _RULINGS[key], by, second, reason, until)
                held = replace(held, entries=(*held.entries, entry))
                save_baseline(table.file, held)
                made += 1
    return made


def _show(document: Document, row: FindingRow, excerpt: Excerpt | None) -> None:
    typer.echo(f"\n{plain(document.path)} {plain(row.location.place)}  {row.title}（{row.rule}，{row.severity}）")
    if excerpt is not None:
        typer.echo(f"  …{plain(excerpt.before)}【{plain(excerpt.hit)}】{plain(excerpt.after)}…")
    if row.note:
        typer.echo(f"  {plain(row.note)}")


def _asked(finding: Finding, table: Table) -> str:
    """One of y, n, s, q; the end of the input is q. A severe one cannot be set aside by one person."""
    while True:
        key = _line(
            tr("误报？ y 是 / n 属实 / s 跳过 / q 结束：", "false alarm? y / n genuine / s skip / q quit: ")
        ).lower()
        if key == "y" and is_severe(finding) and table.second.strip() in ("", table.by.strip()):
            typer.echo(tr("  这一类须两人裁定：用 --second 写明第二人", "  this kind needs two people: give --second"))
            continue
        if key in ("y", "n", "s", "q", ""):
            return key or "q"


def _line(prompt: str) -> str:
    """One line of the terminal or of a pipe, without its end; empty when there is no more."""
    typer.echo(prompt, nl=False)
    return sys.stdin.readline().strip()
