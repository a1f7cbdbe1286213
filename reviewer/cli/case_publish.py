"""`reviewer case publish|withdraw|takedown`: out, back before that, and off again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.case_page import told
from reviewer.cli.case_submit import reviewed
from reviewer.cli.options import (
    ByOption,
    CaseArgument,
    FilesArgument,
    LedgerOption,
    PassphraseOption,
    PolicyOption,
    ReasonOption,
    ScenarioOption,
    TodayOption,
)
from reviewer.cli.signing import pen, roster_now
from reviewer.errors import NothingReadError
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.screening import summary
from reviewer.signoff.vocabulary import Channel, Remedy


def publish(
    case: CaseArgument,
    files: FilesArgument,
    by: ByOption,
    channel: Annotated[Channel | None, typer.Option("--channel", help=tr("发布渠道", "channel"))] = None,
    address: Annotated[str, typer.Option("--address", help=tr("发布网址或位置", "where it was put"))] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    _check_present(files)
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        again = summary(reviewed(files, seen.submitted.channel, policy, today, scenario))
        procedure.publish(held, seen, files, channel, address, again)
    typer.echo(tr(f"{case} 已发布", f"{case} published"))


def withdraw(
    case: CaseArgument, by: ByOption, reason: ReasonOption, ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:  # fmt: skip
    with pen(ledger, by, passphrase_file) as held:
        procedure.withdraw(held, procedure.open_case(held.ledger, case), reason)
    typer.echo(tr(f"{case} 已撤回", f"{case} withdrawn"))


def takedown(
    case: CaseArgument,
    by: ByOption,
    reason: ReasonOption,
    leak: Annotated[
        bool, typer.Option("--leak", help=tr("疑似泄密（起 24 小时报告时限）", "a suspected leak"))
    ] = False,
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", help=tr("证据文件（只存指纹）", "evidence"))
    ] = None,
    also: Annotated[
        list[Remedy] | None,
        typer.Option("--also", help=tr("还撤下了哪里（可多次）", "where else it was removed")),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        procedure.take_down(
            held, seen, reason, suspected_leak=leak, evidence=evidence or (), remedies=tuple(also or ())
        )
        for line in told(procedure.open_case(held.ledger, case), roster_now(held.ledger))[:3]:
            typer.echo(line)


def _check_present(files: list[Path]) -> None:
    for path in files:
        if not path.is_file():
            raise NothingReadError(tr(f"{path}：没有这个文件", f"{path}: no such file"))
