"""`reviewer case lapse|objection|decide`: silence, objections, and what the organ makes of them."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewer.cli.case_page import told
from reviewer.cli.options import (
    ByOption,
    CaseArgument,
    ConsultOption,
    LedgerOption,
    PassphraseOption,
    PolicyOption,
    ReasonOption,
)
from reviewer.cli.setting import settings
from reviewer.cli.signing import pen, roster_now, today
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.objection import Decide, Objection
from reviewer.signoff.office import read_office
from reviewer.signoff.procedure import Pen
from reviewer.signoff.vocabulary import Addressee, Conclusion, Outcome

ConclusionOption = Annotated[
    Conclusion, typer.Option("--conclusion", help=tr("结论：公开、不公开；共同制作机关为视为同意", "what is concluded"))
]


def lapse(
    case: CaseArgument,
    by: ByOption,
    conclusion: ConclusionOption,
    reason: ReasonOption,
    received: Annotated[
        str, typer.Option("--received", metavar="DATE", help=tr("对方收到函的日期", "when the addressee had it"))
    ],
    number: ConsultOption = 1,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
    policy: PolicyOption = None,
) -> None:
    calendar = read_office(settings(policy, None).policy).calendar
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        procedure.lapse(held, seen, number, received, conclusion, reason, calendar)
        show_head(held, case)


def objection(
    case: CaseArgument,
    by: ByOption,
    name: Annotated[str, typer.Option("--from", help=tr("谁提出", "who objects"))],
    reason: ReasonOption,
    party: Annotated[Addressee, typer.Option("--party", help=tr("什么人", "what they are"))] = Addressee.THIRD_PARTY,
    letter: Annotated[str, typer.Option("--letter", help=tr("来函号", "number of the letter"))] = "",
    day: Annotated[str | None, typer.Option("--date", help=tr("来函日期（默认今天）", "date of the letter"))] = None,
    received: Annotated[
        str | None, typer.Option("--received", help=tr("收到日期（默认今天）", "the day it arrived"))
    ] = None,
    outcome: Annotated[
        Outcome,
        typer.Option("--outcome", help=tr("异议，或来源机关已定密", "an objection, or classified by its origin")),
    ] = Outcome.OBJECTION,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Objection(
        party=party, name=name, letter=letter, day=day or today(), received=received or today(), reason=reason,
        outcome=outcome,
    )  # fmt: skip
    with pen(ledger, by, passphrase_file) as held:
        procedure.say(held, procedure.open_case(held.ledger, case), act)
        show_head(held, case)


def decide(
    case: CaseArgument,
    by: ByOption,
    conclusion: ConclusionOption,
    reason: ReasonOption,
    number: Annotated[int, typer.Option("--objection", help=tr("异议序号", "which objection"))] = 1,
    notice: Annotated[
        str, typer.Option("--notice", help=tr("书面告知文号（决定公开时）", "number of the notice"))
    ] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Decide(objection=number, conclusion=conclusion, reason=reason, notice=notice)
    with pen(ledger, by, passphrase_file) as held:
        procedure.say(held, procedure.open_case(held.ledger, case), act)
        show_head(held, case)


def show_head(held: Pen, case: str) -> None:
    """Where the case stands after the act: the first three lines of its page."""
    for line in told(procedure.open_case(held.ledger, case), roster_now(held.ledger))[:3]:
        typer.echo(line)
