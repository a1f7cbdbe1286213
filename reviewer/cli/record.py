"""`reviewer record`: one case's sign-off record, for the file and for an inspector years later."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.destination import written
from reviewer.cli.find import find_record
from reviewer.cli.options import AnchorOption, CalendarOption, CaseArgument, LedgerOption, TrustOption
from reviewer.cli.signing import opened
from reviewer.cli.steps import print_steps
from reviewer.cli.titles import rule_titles
from reviewer.errors import NothingReadError
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.checkpoint import read_checkpoint
from reviewer.signoff.form import form
from reviewer.signoff.office import read_office
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import Beside, verify_record
from reviewer.signoff.timestamp import parted

app = typer.Typer(
    name="record", help=tr("审签记录：导出、离线核验", "sign-off records: export, verify offline"), no_args_is_help=True
)

# Never the nearest reviewer.toml: what a verification counts by is what its reader names.


@app.command(
    "export",
    help=tr("导出一件的审签记录（及保密审查表）。", "export one case's sign-off record (and the printable form)"),
)
def export(
    case: CaseArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=tr("记录文件", "the record"))],
    sheet: Annotated[
        Path | None,
        typer.Option("--form", metavar="FILE.docx", help=tr("另存可打印的保密审查表", "the printable form")),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="CHECKPOINT",
            help=tr(
                "按以前签署的检查点导出（一行或文件）：与印出的检查点可直接核对",
                "as of a checkpoint signed before (the line, or a file): to be compared with the print",
            ),
        ),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    known = read_checkpoint(line_or_file(at), tr("检查点", "checkpoint")) if at is not None else None
    with opened(ledger) as kept:
        written(output, write_record(export_record(kept, case, known)))
        if sheet is not None:
            state = procedure.open_case(kept, case)
            titles = rule_titles(None) if state.asking else {}
            written(sheet, form(state, procedure.roster_of(kept), titles))


@app.command(
    "verify",
    help=tr(
        "离线核验记录：谁、何时、对哪些字节、说了什么，逐项证明；不通过退出码 5。",
        "verify a record offline: who, when, over which bytes, said what; 5 when it does not hold",
    ),
)
def verify(
    record: Annotated[Path, typer.Argument(metavar="RECORD", help=tr("记录文件", "the record"))],
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE…", help=tr("当时的文件", "the files"))] = None,
    trust: TrustOption = None,
    anchor: AnchorOption = None,
    certificate: Annotated[
        list[Path] | None,
        typer.Option("--certificate", metavar="FILE", help=tr("区分处理证明（可多份）", "certificates of redaction")),
    ] = None,
    original: Annotated[
        Path | None,
        typer.Option("--original", metavar="RECORD", help=tr("部分公开：原件的记录", "the original's record")),
    ] = None,
    policy: CalendarOption = None,
) -> None:
    for path in (record, *(files or ()), *(certificate or ()), *([original] if original else ())):
        if not path.is_file():
            raise NothingReadError(tr(f"{path}：没有这个文件", f"{path}: no such file"))
    known = line_or_file(anchor) if anchor is not None else None
    beside = Beside(certificates=tuple(certificate or ()), original=original.read_bytes() if original else None)
    steps = verify_record(record.read_bytes(), files or (), trust, known, beside, read_office(policy).calendar)
    print_steps(steps, str(record))


def line_or_file(word: str) -> str:
    """A checkpoint as it stands on the line, or the text of the file of that name."""
    return stamped(word)[0]


def stamped(word: str) -> tuple[str, bytes | None]:
    """The same, and the time stamp that is filed under a checkpoint."""
    path = Path(word)
    if " " in word.strip() or not path.is_file():
        return word, None
    return parted(path.read_bytes().decode("utf-8", "surrogateescape"))


app.command(
    "find",
    help=tr(
        "网上的文件是哪份记录的、差在哪里。", "which of these records covers a file that was found, and what differs"
    ),
)(find_record)
