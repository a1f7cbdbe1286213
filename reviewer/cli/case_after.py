"""`reviewer case extend|correct|incident|reported|reassess|archive`: what happens to a case beside its chain."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from reviewer.cli.case_objection import show_head
from reviewer.cli.options import (
    ByOption,
    CaseArgument,
    DaysOption,
    LedgerOption,
    NoticeOption,
    PassphraseOption,
    ReasonOption,
)
from reviewer.cli.signing import now, pen, today
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.act import CaseAct
from reviewer.signoff.aftermath import Archive, Extend, Incident, Ratify, Reassess, Report
from reviewer.signoff.moment import CHINA, instant
from reviewer.signoff.vocabulary import Recipient, Retention

AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar='"2026-03-02 09:30"', help=tr("北京时间（默认现在）", "China time (default: now)")),
]


def extend(
    case: CaseArgument,
    by: ByOption,
    reason: ReasonOption,
    letter: NoticeOption,
    days: DaysOption = 20,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Extend(days=days, reason=reason, letter=letter, day=today())
    _say(case, by, act, ledger, passphrase_file)


def correct(
    case: CaseArgument,
    by: ByOption,
    reason: ReasonOption,
    by_case: Annotated[
        str, typer.Option("--with", metavar="CASE", help=tr("更正件的编号", "the case that replaces it"))
    ],
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    with pen(ledger, by, passphrase_file) as held:
        procedure.correct(held, procedure.open_case(held.ledger, case), by_case, reason)
        show_head(held, case)


def incident(
    case: CaseArgument,
    by: ByOption,
    what: Annotated[str, typer.Option("--what", help=tr("概况（不得写涉密内容）", "what happened, nothing secret"))],
    discovered: AtOption = None,
    carrier: Annotated[str, typer.Option("--carrier", help=tr("载体、数量", "carrier, quantity"))] = "",
    reach: Annotated[str, typer.Option("--reach", help=tr("时间、地点、扩散范围", "time, place, reach"))] = "",
    people: Annotated[str, typer.Option("--people", help=tr("有关人员", "who is involved"))] = "",
    harm: Annotated[str, typer.Option("--harm", help=tr("已造成或可能造成的危害", "harm done or feared"))] = "",
    measures: Annotated[str, typer.Option("--measures", help=tr("已采取的措施", "what was done"))] = "",
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    act = Incident(
        discovered=_moment(discovered), what=what, carrier=carrier, reach=reach, people=people, harm=harm,
        measures=measures,
    )  # fmt: skip
    _say(case, by, act, ledger, passphrase_file)


def reported(
    case: CaseArgument,
    by: ByOption,
    to: Annotated[Recipient, typer.Option("--to", help=tr("向谁报告（两个都要报）", "to whom (both are due)"))],
    organ: Annotated[str, typer.Option("--organ", help=tr("接受报告的单位", "the organ's name"))],
    means: Annotated[str, typer.Option("--means", help=tr("方式、文号、接报人", "how: letter, telephone record"))],
    at: AtOption = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    _say(case, by, Report(to=to, organ=organ, at=_moment(at), means=means), ledger, passphrase_file)


def reassess(
    case: CaseArgument, by: ByOption, reason: ReasonOption, ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:  # fmt: skip
    _say(case, by, Reassess(reason=reason), ledger, passphrase_file)


def ratify(
    case: CaseArgument,
    by: ByOption,
    comment: Annotated[str, typer.Option("--comment", help=tr("确认意见", "a comment"))],
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    _say(case, by, Ratify(comment=comment), ledger, passphrase_file)


def archive(
    case: CaseArgument,
    by: ByOption,
    file: Annotated[str, typer.Option("--file-number", help=tr("档号", "file number"))],
    retention: Annotated[
        Retention, typer.Option("--retention", help=tr("保管期限", "how long it is kept"))
    ] = Retention.TEN_YEARS,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    _say(case, by, Archive(file=file, retention=retention), ledger, passphrase_file)


def _say(case: str, by: str, act: CaseAct, ledger: str | None, passphrase_file: PassphraseOption) -> None:
    with pen(ledger, by, passphrase_file) as held:
        procedure.say(held, procedure.open_case(held.ledger, case), act)
        show_head(held, case)


def _moment(text: str | None) -> str:
    """An instant as the ledger writes it, from the time on a Chinese clock."""
    if text is None:
        return instant(now())
    try:
        return instant(datetime.fromisoformat(text).replace(tzinfo=CHINA))
    except ValueError:
        raise UsageError(tr(f"时间应写成“2026-03-02 09:30”：{text}", f"write “2026-03-02 09:30”: {text}")) from None
