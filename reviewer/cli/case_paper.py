"""`reviewer case letter`: the letters of a case, and the report of a suspected leak, as Word documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.destination import written
from reviewer.cli.options import CaseArgument, ConsultOption, LedgerOption
from reviewer.cli.signing import opened
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.letters import incident_report
from reviewer.signoff.letters import letter as letter_of


def letter(
    case: CaseArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.docx", help=tr("写入文件", "the file"))],
    number: ConsultOption = 1,
    incident: Annotated[
        bool, typer.Option("--incident", help=tr("疑似泄密事件报告", "the report of a suspected leak"))
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    with opened(ledger) as kept:
        state, roster = procedure.open_case(kept, case), procedure.roster_of(kept)
    if incident:
        if state.leak_deadline is None:
            raise UsageError(tr(f"{case} 没有登记疑似泄密", f"no leak is suspected in {case}"))
        data = incident_report(state, roster)
    else:
        asked = next((one for one in state.asked if one.number == number), None)
        if asked is None:
            raise UsageError(tr(f"{case} 没有第 {number} 次商请", f"{case} has no consult {number}"))
        data = letter_of(state, asked, roster)
    written(output, data)
