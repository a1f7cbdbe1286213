"""`reviewer case consult|answer`: another organ is asked, and its written answer is put on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from reviewer.cli.options import ByOption, CaseArgument, ConsultOption, LedgerOption, NoteOption, PassphraseOption
from reviewer.cli.signing import pen, today
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.act import Answer, Consult
from reviewer.signoff.vocabulary import Addressee, Outcome


def consult(
    case: CaseArgument,
    by: ByOption,
    organ: Annotated[str, typer.Option("--organ", help=tr("去函机关", "which organ"))],
    letter: Annotated[str, typer.Option("--letter", help=tr("函号", "number of the letter"))],
    question: Annotated[
        str, typer.Option("--question", help=tr("商请事项（不得写涉密内容）", "the question, nothing secret"))
    ],
    to: Annotated[Addressee, typer.Option("--to", help=tr("商请对象", "whom"))] = Addressee.SECRECY_ADMINISTRATION,
    day: Annotated[str | None, typer.Option("--date", help=tr("函的日期（默认今天）", "date of the letter"))] = None,
    finding: Annotated[
        list[int] | None, typer.Option("--finding", help=tr("所商请的发现（case show 的序号）", "findings asked about"))
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        seen = procedure.open_case(held.ledger, case)
        act = Consult(
            package=seen.package,
            addressee=to,
            organ=organ,
            letter=letter,
            day=day or today(),
            question=question,
            fingerprints=tuple(_numbered(seen.asking, at) for at in finding or range(1, len(seen.asking) + 1)),
        )
        number = procedure.consult(held, seen, act)
    typer.echo(tr(f"已登记商请第 {number} 号", f"consult number {number}"))


def answer(
    case: CaseArgument,
    by: ByOption,
    outcome: Annotated[Outcome, typer.Option("--outcome", help=tr("答复结论", "the answer"))],
    letter: Annotated[str, typer.Option("--letter", help=tr("答复文号", "number of the answer"))],
    signatory: Annotated[str, typer.Option("--signatory", help=tr("答复签发人", "who signed it"))],
    number: ConsultOption = 1,
    day: Annotated[str | None, typer.Option("--date", help=tr("答复日期（默认今天）", "date of the answer"))] = None,
    received: Annotated[
        str | None, typer.Option("--received", help=tr("收到答复的日期（默认今天）", "the day it arrived"))
    ] = None,
    note: NoteOption = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Answer(
        consult=number,
        outcome=outcome,
        letter=letter,
        day=day or today(),
        signatory=signatory,
        note=note,
        received=received or today(),
    )
    with pen(ledger, by, passphrase_file) as held:
        procedure.answer(held, procedure.open_case(held.ledger, case), act)
    typer.echo(tr(f"已登记答复：{outcome.label}", f"answer recorded: {outcome.label}"))


def _numbered(fingerprints: Sequence[str], at: int) -> str:
    if not 1 <= at <= len(fingerprints):
        raise UsageError(tr(f"--finding {at}：没有这个序号，见 case show", f"--finding {at}: see case show"))
    return fingerprints[at - 1]
