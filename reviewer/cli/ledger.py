"""`reviewer ledger`: the whole chain of acts, shown, verified, anchored."""

from __future__ import annotations

import typer

from reviewer.cli.inspection import export
from reviewer.cli.record import AnchorOption, TrustOption
from reviewer.cli.signing import LedgerOption, ledger_place, opened
from reviewer.cli.steps import print_steps
from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff.entry import open_entry
from reviewer.signoff.moment import shown
from reviewer.signoff.verification import verify_ledger

app = typer.Typer(
    name="ledger", help=tr("台账：查看、核验、锚定", "the ledger: show, verify, anchor"), no_args_is_help=True
)


@app.command("show", help=tr("逐条列出台账。", "list the ledger entry by entry"))
def show(ledger: LedgerOption = None) -> None:
    with opened(ledger) as kept:
        for entry in kept.entries():
            statement, _ = open_entry(entry)
            typer.echo(
                f"{entry.header.seq}\t{shown(statement.time)}\t{statement.subject}\t{statement.kind}\t{statement.actor}"
                f"\t{entry.header.hash[:12]}"
            )


@app.command(
    "verify",
    help=tr(
        "核验整本台账：链、签名、名册、每一步是否合规；不通过退出码 5。",
        "verify the whole ledger: chain, signatures, roster, every step; 5 when it does not hold",
    ),
)
def verify(ledger: LedgerOption = None, anchor: AnchorOption = None, trust: TrustOption = None) -> None:
    with opened(ledger) as kept:
        steps = verify_ledger(kept, anchor, trust)
    print_steps(steps, ledger_place(ledger))


@app.command(
    "anchor",
    help=tr(
        "打印台账此刻的锚点；印在公文上或发给上级，日后即可发现台账被截短或重写。",
        "print the ledger's head, to be kept elsewhere: a shortened or rewritten ledger is then found out",
    ),
)
def anchor(ledger: LedgerOption = None) -> None:
    with opened(ledger) as kept:
        head = kept.head()
    if head is None:
        raise EvidenceError(tr("台账是空的，没有锚点", "the ledger is empty: there is no anchor"))
    typer.echo(str(head))


app.command(
    "export",
    help=tr(
        "导出保密检查材料：登记簿、记录、审查表、台账条目、规则和政策，附摘要清单。",
        "what an inspection asks for: registers, records, forms, entries, rules, policy, with their digests",
    ),
)(export)
