"""`reviewer case find`, `reviewer record find`: which case covers a file that was found, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import LedgerOption
from reviewer.cli.signing import opened
from reviewer.errors import NotAllowedError, NothingReadError, UsageError
from reviewer.extract import extract
from reviewer.language import tr
from reviewer.screen.one import Task, source_of
from reviewer.signoff import procedure
from reviewer.signoff.manifest import FileDigest, read_file
from reviewer.signoff.record_proof import told_of
from reviewer.signoff.text_digest import passages, text_digest
from reviewer.signoff.tieback import Candidate, Tie, candidates, changed_passages, ties, what_differs
from reviewer.signoff.vocabulary import Status
from reviewer.terms import Document

_MOST = 5

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=tr("网上下载的文件", "the file that was found"))]
ApprovedOption = Annotated[
    Path | None,
    typer.Option(
        "--approved",
        metavar="FILE",
        help=tr("留存的批准件：列出改动的位置（不显示内容）", "the approved file: where they differ"),
    ),
]


def find(file: FileArgument, approved: ApprovedOption = None, ledger: LedgerOption = None) -> None:
    _check_present(file)
    with opened(ledger) as kept:
        known = tuple(candidates(procedure.all_cases(kept)))
        for tie in _tell(file, known, approved):
            procedure.open_case(kept, tie.candidate.number)  # what a case is vouched for by, its signatures, must hold


def find_record(
    file: FileArgument,
    records: Annotated[list[Path], typer.Argument(metavar="RECORD…", help=tr("记录文件", "records"))],
    approved: ApprovedOption = None,
) -> None:
    """By what the records say; whether they hold is `record verify`'s to say."""
    _check_present(file, *records)
    known = []
    for path in records:
        case, said = told_of(path.read_bytes(), str(path))
        stands = said.status is Status.PUBLISHED
        known.append(
            Candidate(
                number=f"{case}（{path.name}）", status=said.status,
                submitted=said.submitted, present=True, on_line=stands,
            )
        )  # fmt: skip
    _tell(file, known, approved)


def _tell(file: Path, known: Iterable[Candidate], approved: Path | None) -> tuple[Tie, ...]:
    """Prints what the file is like. Raises NotAllowedError (exit code 7) unless a published case covers its bytes."""
    found = read_file(file)
    document = extract(source_of(Task(path=file, shown_as=str(file))))
    if approved is not None:
        _check_present(approved)
    given = read_file(approved) if approved is not None else None
    told = ties(known, found, text_digest(document), given)
    for tie in told[:_MOST]:
        typer.echo(_line(tie))
        for difference in what_differs(tie.file, found):
            typer.echo(f"    {difference}")
    if approved is not None and given is not None:
        _compare(approved, given, document, told)
    if not any(tie.covers for tie in told):
        raise NotAllowedError(
            tr(
                f"{file.name}：没有已发布的审查件覆盖这些字节；核实来源，需要时撤下（case takedown）",
                f"{file.name}: no published case covers these bytes; find out whose it is, take it down if need be",
            )
        )
    return tuple(tie for tie in told if tie.covers)


def _line(tie: Tie) -> str:
    one = tie.candidate
    version = tr(f"第 {one.submitted.version} 版", f"version {one.submitted.version}")
    old = "" if one.present else tr("（已被新版本取代）", " (replaced by a later version)")
    return f"{one.number}  {one.status.label}  {version}{old}  {tie.file.name}  {tie.likeness.label}"


def _compare(approved: Path, kept: FileDigest, document: Document, told: tuple[Tie, ...]) -> None:
    if all(tie.file.sha256 != kept.sha256 for tie in told):
        raise UsageError(tr(f"{approved}：不是任何一件的批准件", f"{approved}: not the approved file of any case"))
    original = extract(source_of(Task(path=approved, shown_as=str(approved))))
    changes = changed_passages(tuple(passages(original)), tuple(passages(document)))
    typer.echo(tr(f"改动 {len(changes)} 处（批准件 → 网上）：", f"{len(changes)} changes (approved → found):"))
    for change in changes:
        typer.echo(f"    {change}")


def _check_present(*paths: Path) -> None:
    for path in paths:
        if not path.is_file():
            raise NothingReadError(tr(f"{path}：没有这个文件", f"{path}: no such file"))
