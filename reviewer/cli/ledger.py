"""`reviewer ledger`: the whole chain of acts, shown, verified, anchored, proven."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.destination import written
from reviewer.cli.inspection import export
from reviewer.cli.options import AnchorOption, CalendarOption, JobsOption, LedgerOption, PassphraseOption, TrustOption
from reviewer.cli.record import line_or_file, stamped
from reviewer.cli.signing import ledger_place, opened, pen
from reviewer.cli.steps import print_steps
from reviewer.errors import EvidenceError, NothingReadError, UsageError
from reviewer.language import tr
from reviewer.signoff import procedure, proof_file, timestamp
from reviewer.signoff.checkpoint import read_checkpoint
from reviewer.signoff.entry import open_entry
from reviewer.signoff.moment import shown
from reviewer.signoff.office import read_office
from reviewer.signoff.storage import address
from reviewer.signoff.timestamp import stamp_step
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
def verify(
    ledger: LedgerOption = None,
    anchor: AnchorOption = None,
    trust: TrustOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="CHECKPOINT",
            help=tr(
                "以前印出的检查点（一行，或存它的文件），或以前导出的记录",
                "a checkpoint printed before (the line, or a file that holds it), or a record exported before",
            ),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="CHECKPOINT",
            help=tr(
                "所信任的检查点：此前已结各件的签名和流程以它为据，不再重验；字节、链和树仍逐条核对",
                "a checkpoint you trust: signatures and rules of cases that ended before it are not verified again; "
                "bytes, chain and tree are",
            ),
        ),
    ] = None,
    tsa: Annotated[
        Path | None,
        typer.Option("--tsa", metavar="ROOT.pem", help=tr("时间戳机构的根证书", "root certificates of the authority")),
    ] = None,
    jobs: JobsOption = 0,
    policy: CalendarOption = None,
) -> None:
    known, reply = stamped(against) if against is not None else (None, None)
    with opened(ledger) as kept:
        calendar = read_office(policy).calendar
        trusted = line_or_file(since) if since is not None else None
        steps = verify_ledger(kept, anchor, trust, known, since=trusted, jobs=jobs, calendar=calendar)
    if known is not None and reply is not None:
        roots = tsa.read_bytes() if tsa is not None else None
        steps = (*steps, stamp_step(read_checkpoint(known, tr("检查点", "checkpoint")), reply, roots))
    print_steps(steps, address.shown(ledger_place(ledger)))


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


@app.command(
    "checkpoint",
    help=tr(
        "签署并打印一行检查点（条数、Merkle 根、链头、时间）；定期印出或报送，日后任何改动都会显出来。",
        "sign and print a checkpoint (size, Merkle root, head, time) on one line: keep it elsewhere, from time to time",
    ),
)
def checkpoint(
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=tr("签署人", "who signs"))] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=tr("检查点文件", "the checkpoint's file"))
    ] = None,
    request: Annotated[
        Path | None,
        typer.Option("--timestamp-request", metavar="FILE.tsq", help=tr("另写时间戳请求", "write the request, too")),
    ] = None,
    reply: Annotated[
        Path | None,
        typer.Option(
            "--timestamp-reply",
            metavar="FILE.tsr",
            help=tr(
                "把时间戳机构的答复存入 -o 的检查点文件", "file the authority's reply in the checkpoint's file (-o)"
            ),
        ),
    ] = None,
    ledger: LedgerOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    if reply is not None:
        _file_reply(reply, output)
        return
    if by is None:
        raise UsageError(tr("谁签署？用 --by 写明", "who signs? Give --by"))
    with pen(ledger, by, passphrase_file) as held:
        made = procedure.checkpoint(held)
    typer.echo(str(made))
    if output is not None:
        written(output, f"{made}\n".encode("ascii"))
    if request is not None:
        written(request, timestamp.request(made))


def _file_reply(reply: Path, output: Path | None) -> None:
    """The checkpoint's file with the stamp under its line; refused unless the stamp is about that line."""
    if output is None or not output.is_file() or not reply.is_file():
        raise UsageError(
            tr("用 -o 指明已有的检查点文件，并给出答复文件", "name the checkpoint's file with -o, and the reply's file")
        )
    made = read_checkpoint(line_or_file(str(output)), str(output))
    written(output, timestamp.filed(made, reply.read_bytes()).encode("ascii"))


@app.command(
    "prove",
    help=tr(
        "证明一条或一件在台账中：打印 JSON，可离线核验（ledger check）。",
        "prove that an entry, or a case, is in the ledger: prints JSON, checked offline by ledger check",
    ),
)
def prove(
    what: Annotated[str, typer.Argument(metavar="CASE|SEQ", help=tr("编号或序号", "a case, or an entry's number"))],
    ledger: LedgerOption = None,
) -> None:
    with opened(ledger) as kept:
        key = procedure.roster_of(kept).genesis_key
        typer.echo(proof_file.write(proof_file.prove(kept, key, what)), nl=False)


@app.command(
    "consistency",
    help=tr(
        "证明台账自某个检查点以来只增未改：打印 JSON，可离线核验（ledger check）。",
        "prove that the ledger only grew since a checkpoint: prints JSON, checked offline by ledger check",
    ),
)
def consistency(
    old: Annotated[str, typer.Argument(metavar="OLD", help=tr("检查点：一行或文件", "the line, or a file"))],
    ledger: LedgerOption = None,
) -> None:
    known = read_checkpoint(line_or_file(old), tr("检查点", "checkpoint"))
    with opened(ledger) as kept:
        key = procedure.roster_of(kept).genesis_key
        typer.echo(proof_file.write(proof_file.prove_consistency(kept, key, known)), nl=False)


@app.command(
    "check",
    help=tr(
        "离线核验 prove、consistency 打印的证明；不通过退出码 5。",
        "check offline what prove and consistency printed; 5 when it does not hold",
    ),
)
def check(file: Annotated[Path, typer.Argument(metavar="FILE", help=tr("证明文件", "the proof"))]) -> None:
    if not file.is_file():
        raise NothingReadError(tr(f"{file}：没有这个文件", f"{file}: no such file"))
    print_steps(proof_file.check(file.read_bytes()), str(file))


@app.command(
    "migrate",
    help=tr(
        "把旧格式的台账升级到本版格式；只增加表，不动任何一条记录。先备份。",
        "bring an older ledger to the present format; tables are added, no entry is touched. Make a copy first",
    ),
)
def migrate(ledger: LedgerOption = None) -> None:
    from reviewer.signoff.storage.migration import migrate as bring

    place = ledger_place(ledger)
    before, after = bring(place)
    told = address.shown(place)
    if before == after:
        typer.echo(tr(f"{told}：已是第 {after} 版格式，无需升级", f"{told}: format {after} already"))
    else:
        typer.echo(tr(f"{told}：格式由第 {before} 版升至第 {after} 版", f"{told}: format {before} is now {after}"))


app.command(
    "export",
    help=tr(
        "导出保密检查材料：登记簿、记录、审查表、台账条目、规则和政策，附摘要清单。",
        "what an inspection asks for: registers, records, forms, entries, rules, policy, with their digests",
    ),
)(export)
