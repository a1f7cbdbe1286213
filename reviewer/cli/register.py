"""`reviewer register|summary|stats`: 台账, 月度汇总表, 年报数据 and figures for an assessment, out of the ledger."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.columns import columns
from reviewer.cli.destination import written
from reviewer.cli.options import LedgerOption, OutputOption, PolicyOption
from reviewer.cli.setting import settings
from reviewer.cli.signing import now, opened, today
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff import procedure, register
from reviewer.signoff.annual import annual_sheets
from reviewer.signoff.office import read_office
from reviewer.signoff.sheet import Period, Sheet
from reviewer.signoff.tally import By, tally
from reviewer.signoff.workbook import as_json, comma_separated, workbook


class Register(StrEnum):
    ALL = "all"
    CASES = "cases"
    WITHHELD = "withheld"
    CONSULTS = "consults"
    REMOVALS = "removals"
    INCIDENTS = "incidents"
    REQUESTS = "requests"
    CATALOGUE = "catalogue"


class Format(StrEnum):
    TABLE = "table"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[
    Format | None, typer.Option("--format", help=tr("格式（默认按 -o 的后缀，否则为表格）", "form (default: by -o)"))
]
YearOption = Annotated[int | None, typer.Option("--year", metavar="YYYY", help=tr("哪一年（默认全部）", "which year"))]


def registers(
    which: Annotated[Register, typer.Option("--of", help=tr("哪一本（默认全部）", "which register"))] = Register.ALL,
    year: YearOption = None,
    month: Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help=tr("哪一月", "which month"))] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    period = Period(prefix=_month(month) if month else f"{year}" if year else "")
    with opened(ledger) as kept:
        cases, requests = procedure.everything(kept)
        sheets = register.sheets(procedure.roster_of(kept).unit, cases, requests, period)
    if which is not Register.ALL:
        sheets = (sheets[list(Register).index(which) - 1],)
    _put(sheets, form, output)


def summary(
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help=tr("哪一月（默认本月）", "which month"))
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    period = Period(prefix=_month(month or today()[:7]))
    with opened(ledger) as kept:
        sheet = register.monthly_sheet(procedure.roster_of(kept).unit, procedure.all_cases(kept), period)
    _put((sheet,), form, output)


def stats(
    year: YearOption = None,
    by: Annotated[
        By | None, typer.Option("--by", help=tr("按科室、人员或规则统计（考核用）", "by unit, person or rule"))
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
) -> None:
    """Without `--by` the figures of the annual report; of last year where none is named."""
    with opened(ledger) as kept:
        roster = procedure.roster_of(kept)
        cases, requests = procedure.everything(kept)
        if by is None:
            told = annual_sheets(roster.unit, year or int(today()[:4]) - 1, cases, requests)
        else:
            calendar = read_office(settings(policy, None).policy).calendar
            period = Period(prefix=f"{year}" if year else "")
            told = (tally(by, roster.unit, cases, roster, calendar, period),)
    _put(told, form, output)


def _month(text: str) -> str:
    try:
        return date.fromisoformat(f"{text}-01").isoformat()[:7]
    except ValueError:
        raise UsageError(tr(f"月份应写成 2026-03：{text}", f"write the month like 2026-03: {text}")) from None


def _put(sheets: tuple[Sheet, ...], form: Format | None, output: Path | None) -> None:
    suffixes = {f".{one.value}": one for one in Format}
    chosen = form or (suffixes.get(output.suffix.lower(), Format.TABLE) if output else Format.TABLE)
    if chosen is Format.XLSX and output is None:
        raise UsageError(tr("xlsx 须用 -o 指定文件", "xlsx needs -o FILE"))
    if chosen is Format.CSV and len(sheets) != 1:
        raise UsageError(tr("csv 一次一本：用 --of 指定", "csv holds one register: name it with --of"))
    if chosen is Format.XLSX:
        data = workbook(sheets, now())
    elif chosen is Format.CSV:
        data = comma_separated(sheets[0]).encode("utf-8-sig")  # spreadsheets know Chinese by the mark only
    else:
        data = ((as_json(sheets) if chosen is Format.JSON else "\n\n".join(map(_table, sheets))) + "\n").encode()
    if output is None:
        typer.echo(data.decode("utf-8-sig"), nl=False)
        return
    written(output, data)


def _table(sheet: Sheet) -> str:
    """Columns in which nothing stands are left out at the terminal."""
    used = [at for at in range(len(sheet.columns)) if at < 2 or any(row[at] != "" for row in sheet.rows)]
    rows = [[sheet.columns[at][0] for at in used], *([str(row[at]) for at in used] for row in sheet.rows)]
    widths = [max(columns(row[at]) for row in rows) for at in range(len(used))]
    lines = [
        "  ".join(cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join((sheet.title, *lines, *sheet.notes))
