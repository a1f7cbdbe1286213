"""`reviewer case handover`: somebody goes, somebody else goes on with what they leave behind."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.destination import written
from reviewer.cli.options import ByOption, LedgerOption, PassphraseOption, ReasonOption
from reviewer.cli.signing import pen
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.handover import check_may_leave, handover_sheet, holding


def handover(
    giver: Annotated[str, typer.Option("--from", help=tr("移交人", "from whom"))],
    taker: Annotated[str, typer.Option("--to", help=tr("接收人", "to whom"))],
    by: ByOption,
    reason: ReasonOption,
    leave: Annotated[
        bool,
        typer.Option("--leave", help=tr("移交人离岗：随后撤销其角色、密钥和代理（管理员）", "then revoke who leaves")),
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE.docx", help=tr("写出工作移交清单", "write the list, to be signed")),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        roster = procedure.roster_of(held.ledger)
        if leave:
            check_may_leave(roster, giver, by)
        left = holding(roster, procedure.all_cases(held.ledger), giver)
        numbers = procedure.hand_over(held, giver, taker, reason)
        if leave:
            procedure.revoke(held, giver, reason)
        made = held.clock()
    typer.echo(tr(f"已移交 {len(numbers)} 件：", f"{len(numbers)} handed over: ") + "、".join(numbers))
    for line in left.told:
        typer.echo(line)
    if leave:
        typer.echo(tr(f"已撤销{giver}的角色、密钥和代理。", f"{giver}: roles, key and delegations revoked."))
    elif left.roles:
        typer.echo(
            tr(
                f"{giver}仍在册；离岗的由管理员 reviewer roster revoke {giver}，新的代理由接任者另行授权。",
                f"{giver} is still on the roster; who leaves is revoked by an administrator: roster revoke {giver}.",
            )
        )
    if sheet is not None:
        written(sheet, handover_sheet(left, roster.unit, taker, reason, made, ended=leave))
