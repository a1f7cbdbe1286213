"""`reviewer request`: the register of requests for information (依申请公开登记), from receipt to answer."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewer.cli.options import (
    ByOption,
    DaysOption,
    LedgerOption,
    NoteOption,
    NoticeOption,
    PassphraseOption,
    ReasonOption,
    SectionOption,
)
from reviewer.cli.signing import opened, pen, today
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.aftermath import Extend
from reviewer.signoff.request import Applicant, Means, Reply, Request, Result, Supplement
from reviewer.signoff.request_rules import RequestState

app = typer.Typer(
    name="request",
    help=tr(
        "依申请公开登记：收件、补正、延期、答复", "requests for information: receipt, supplement, extension, answer"
    ),
    no_args_is_help=True,
)
NumberArgument = Annotated[
    str, typer.Argument(metavar="NUMBER", help=tr("登记号，如 申2026-0001", "number, such as 申2026-0001"))
]
_TODAY = tr("默认今天", "default: today")


@app.command("add", help=tr("登记收到的申请，打印登记号。", "enter a request; prints its number"))
def add(
    by: ByOption,
    applicant: Annotated[Applicant, typer.Option("--applicant", help=tr("申请人类别", "who asks"))],
    matter: Annotated[str, typer.Option("--matter", help=tr("申请内容", "what is asked for"))],
    means: Annotated[Means, typer.Option("--means", help=tr("收到方式", "how it came"))] = Means.NETWORK,
    received: Annotated[str | None, typer.Option("--received", metavar="DATE", help=_TODAY)] = None,
    name: Annotated[
        str, typer.Option("--name", help=tr("申请人（遮盖后的，如 王**）", "the applicant, masked, such as 王**"))
    ] = "",
    form: Annotated[str, typer.Option("--form", help=tr("形式要求", "the form asked for"))] = "",
    section: SectionOption = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Request(
        means=means, received=received or today(), applicant=applicant, matter=matter,
        masked_name=name, form=form, section=section,
    )  # fmt: skip
    with pen(ledger, by, passphrase_file) as held:
        typer.echo(procedure.receive(held, act))


@app.command(
    "supplement", help=tr("登记补正告知；补正来了用同一文号加 --answered。", "the applicant was asked to clarify")
)
def supplement(
    number: NumberArgument,
    by: ByOption,
    letter: Annotated[str, typer.Option("--letter", help=tr("补正告知书文号", "number of the letter"))],
    asked: Annotated[str | None, typer.Option("--asked", metavar="DATE", help=_TODAY)] = None,
    answered: Annotated[
        str, typer.Option("--answered", metavar="DATE", help=tr("收到补正的日期", "when the supplement came"))
    ] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Supplement(letter=letter, asked=asked or today(), answered=answered)
    _say(number, by, act, ledger, passphrase_file)


@app.command("extend", help=tr("延期答复（条例第三十三条）。", "more time for the answer (art. 33)"))
def extend(
    number: NumberArgument,
    by: ByOption,
    reason: ReasonOption,
    letter: NoticeOption,
    days: DaysOption = 20,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Extend(days=days, reason=reason, letter=letter, day=today())
    _say(number, by, act, ledger, passphrase_file)


@app.command("reply", help=tr("登记答复结果。", "record the answer"))
def reply(
    number: NumberArgument,
    by: ByOption,
    result: Annotated[Result, typer.Option("--result", help=tr("办理结果（年报的行）", "row of the annual report"))],
    letter: Annotated[str, typer.Option("--letter", help=tr("答复书文号", "number of the answer"))] = "",
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help=_TODAY)] = None,
    case: Annotated[str, typer.Option("--case", help=tr("所提供内容的审查编号", "the case that reviewed it"))] = "",
    note: NoteOption = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Reply(result=result, letter=letter, day=day or today(), case=case, note=note)
    if case:
        with opened(ledger) as kept:
            procedure.open_case(kept, case)
    _say(number, by, act, ledger, passphrase_file)


@app.command("list", help=tr("列出申请。", "list the requests"))
def list_requests(
    open_only: Annotated[bool, typer.Option("--open", help=tr("只列未答复的", "only open ones"))] = False,
    ledger: LedgerOption = None,
) -> None:
    with opened(ledger) as kept:
        for state in procedure.all_requests(kept):
            if state.reply is None or not open_only:
                typer.echo(listed(state))


def listed(state: RequestState) -> str:
    """One line for a list."""
    stands = state.reply.result.label if state.reply else tr("待答复", "open")
    if state.reply is None and state.awaits_applicant:
        stands = tr("待补正", "to be supplemented")
    said = state.request
    return f"{state.number}\t{stands}\t{said.received}\t{said.applicant.label}\t{said.matter}"


def _say(
    number: str, by: str, act: Supplement | Extend | Reply, ledger: str | None, passphrase_file: PassphraseOption
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        procedure.answer_request(held, number, act)
        typer.echo(listed(procedure.open_request(held.ledger, number)))
