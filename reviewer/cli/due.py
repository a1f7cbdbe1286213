"""`reviewer case due`: what has to be done until when, and what is late."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.columns import columns
from reviewer.cli.options import LedgerOption, PolicyOption, TodayOption
from reviewer.cli.setting import ASKS_FOR_ACTION, settings
from reviewer.cli.signing import now, opened
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.calendar import UnknownYearError
from reviewer.signoff.deadline import Deadline, Standing, deadlines, request_deadlines
from reviewer.signoff.moment import CHINA, day_of, instant, shown
from reviewer.signoff.office import read_office

SCHEMA = "reviewer.due/1"
_PRESSING = (Standing.OVERDUE, Standing.TODAY)
_ORDER = {standing: at for at, standing in enumerate((Standing.UNKNOWN, *Standing))}


class Listing(StrEnum):
    TABLE = "table"
    JSON = "json"


def due(
    within: Annotated[
        int,
        typer.Option("--within", metavar="DAYS", min=0, help=tr("几天内到期的也列出", "also what is due soon")),
    ] = 3,
    everything: Annotated[bool, typer.Option("--all", help=tr("未到期的也列出", "also what is not due yet"))] = False,
    form: Annotated[Listing, typer.Option("--format", help=tr("表格或 JSON", "a table or JSON"))] = Listing.TABLE,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    chosen = settings(policy, today)
    at = now() if today is None else datetime.combine(date.fromisoformat(chosen.today), time(), CHINA)
    found = _found(ledger, chosen.policy, at)
    standing = {one: one.standing(at, within) for one in found}
    shown_ones = sorted(
        (one for one in found if everything or standing[one] is not Standing.RUNNING),
        key=lambda one: (_ORDER[standing[one]], one.until or datetime.max.replace(tzinfo=CHINA), one.number),
    )
    rows = [(one, standing[one]) for one in shown_ones]
    typer.echo(_json(rows, at) if form is Listing.JSON else _table(rows))
    fault = next((one.fault for one in found if one.fault), "")
    if fault:
        raise UnknownYearError(fault)
    if any(standing[one] in _PRESSING for one in found):
        raise typer.Exit(ASKS_FOR_ACTION)


def _found(ledger: str | None, policy: Path | None, at: datetime) -> tuple[Deadline, ...]:
    calendar = read_office(policy).calendar
    with opened(ledger) as kept:
        roster = procedure.roster_of(kept).on(day_of(at))
        cases, requests = procedure.everything(kept)
        of_cases = (one for case in cases for one in deadlines(case, roster, calendar))
        of_requests = (
            one
            for state in requests
            for one in request_deadlines(
                state, tuple(case for case in cases if case.submitted.about.request == state.number), roster, calendar
            )
        )
        return (*of_cases, *of_requests)


def _table(rows: list[tuple[Deadline, Standing]]) -> str:
    if not rows:
        return tr("没有到期或将到期的事项。", "nothing is due.")
    head = tuple(tr("编号 状态 截止 事项 经办 标题", "case standing due what who title").split())
    cells = [_cells(one, standing) for one, standing in rows]
    widths = tuple(max(columns(row[at]) for row in (head, *cells)) for at in range(len(head)))
    lines = [_aligned(head, widths)]
    for (one, _), row in zip(rows, cells, strict=True):
        lines += [_aligned(row, widths), f"    {tr(one.basis, one.basis_en)}"]
    return "\n".join(lines)


def _cells(one: Deadline, standing: Standing) -> tuple[str, ...]:
    return one.number, standing.label, _until(one), one.matter.label, _who(one, standing), one.title


def _aligned(row: tuple[str, ...], widths: tuple[int, ...]) -> str:
    padded = (text + " " * (width - columns(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def _until(one: Deadline) -> str:
    if one.until is None:
        return tr(f"剩 {one.left} 个工作日", f"{one.left} working days left") if not one.fault else "—"
    return shown(one.until) if one.to_the_hour else str(one.day)


def _who(one: Deadline, standing: Standing) -> str:
    told = (*one.who, *one.also) if standing is Standing.OVERDUE else one.who
    return "、".join(told) or tr("名册上无人", "nobody")


def _json(rows: list[tuple[Deadline, Standing]], at: datetime) -> str:
    items = [
        {
            "case": one.number,
            "title": one.title,
            "matter": one.matter.value,
            "standing": standing.value,
            "day": str(one.day) if one.day else None,
            "until": instant(one.until) if one.until else None,
            "working_days_left": one.left if standing is Standing.SUSPENDED else None,
            "who": list(one.who),
            "also": list(one.also),
            "basis": one.basis,
            "fault": one.fault or None,
        }
        for one, standing in rows
    ]
    return json.dumps({"schema": SCHEMA, "as_of": instant(at), "items": items}, ensure_ascii=False, indent=1)
