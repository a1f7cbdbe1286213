"""`reviewer case review|approve`: what a reviewer says of a package, and the last signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from reviewer.cli.case_page import told
from reviewer.cli.options import (
    AtHandOption,
    ByOption,
    CaseArgument,
    CommentOption,
    InspectedOption,
    LedgerOption,
    PassphraseOption,
)
from reviewer.cli.ruling import inspections, settlements
from reviewer.cli.signing import pen, roster_now
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.act import Review, Settled
from reviewer.signoff.case import CaseState
from reviewer.signoff.succession_rules import adopted
from reviewer.signoff.vocabulary import Ground, Opinion


def review(
    case: CaseArgument,
    by: ByOption,
    opinion: Annotated[Opinion, typer.Option("--opinion", help=tr("审核意见", "the opinion"))],
    comment: CommentOption = "",
    settle: Annotated[
        list[str] | None,
        typer.Option(
            "--settle",
            metavar="N=RULING:REASON",
            help=tr("裁定发现，如 1,2=false_positive:系样例", "rule on findings, by their number in case show"),
        ),
    ] = None,
    inspected: InspectedOption = None,
    ground: Annotated[list[Ground] | None, typer.Option("--ground", help=tr("不予公开的理由代码", "grounds"))] = None,
    reassess_on: Annotated[
        str, typer.Option("--reassess-on", metavar="DATE", help=tr("不公开的何时重新评估", "when to look again"))
    ] = "",
    file: AtHandOption = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        act = Review(
            package=seen.package,
            opinion=opinion,
            comment=comment,
            grounds=tuple(ground or ()),
            settled=_settled(seen, opinion, settle or ()),
            inspected=inspections(seen, inspected or ()),
            reassess_on=reassess_on,
        )
        procedure.review(held, seen, act, file or ())
        for line in told(procedure.open_case(held.ledger, case), roster_now(held.ledger))[:3]:
            typer.echo(line)


def approve(
    case: CaseArgument,
    by: ByOption,
    comment: CommentOption = "",
    inspected: InspectedOption = None,
    partial: Annotated[
        list[Ground] | None,
        typer.Option("--partial", help=tr("部分公开（区分处理）：其余部分不公开的理由代码", "a part: why not all")),
    ] = None,
    file: AtHandOption = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        for line in told(seen, roster_now(held.ledger)):
            typer.echo(line, err=True)
        looks = inspections(seen, inspected or ())
        procedure.approve(held, seen, comment, file or (), looks, tuple(partial or ()))
    typer.echo(tr(f"{case} 已批准", f"{case} approved"))


def _settled(seen: CaseState, opinion: Opinion, words: Sequence[str]) -> tuple[Settled, ...]:
    """What the reviewer typed; who sends a new version on also takes over the rulings carried from the approval."""
    typed = settlements(seen.asking, words)
    if opinion not in (Opinion.AGREE, Opinion.PARTIAL, Opinion.SUBMIT_UP):
        return typed
    every = adopted(seen.submitted, typed)
    if len(every) > len(typed):
        count = len(every) - len(typed)
        typer.echo(tr(f"沿用此前的裁定 {count} 项", f"{count} rulings of the approval taken over"), err=True)
    return every
