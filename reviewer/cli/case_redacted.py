"""`reviewer case redacted`: the certificate of a redacted copy is put on the original's record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import ByOption, CaseArgument, LedgerOption, PassphraseOption
from reviewer.cli.signing import pen
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.partial import certified, put_on_record


def redacted(
    case: CaseArgument,
    by: ByOption,
    certificate: Annotated[
        Path,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help=tr("处理证明（reviewer redact --certificate 写出）", "as reviewer redact --certificate wrote it"),
        ),
    ],
    copies: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[COPY…]", help=tr("核对手头的副本是否为证明所述", "compare the copies at hand")),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    made = certified(certificate)
    with pen(ledger, by, passphrase_file) as held:
        told = put_on_record(held, procedure.open_case(held.ledger, case), made, copies or ())
    for one in told:
        count = sum(kind.count for kind in one.removed)
        typer.echo(
            tr(
                f"{case} 已登记：{one.before.name} 删改 {count} 处，副本 {one.after.sha256[:12]}",
                f"{case}: {one.before.name}, {count} place(s) cured, copy {one.after.sha256[:12]}",
            )
        )
