"""`reviewer model labels`: the passages on which people ruled, read again from their documents, for training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reviewer.audit.documents import is_store, tasks_of
from reviewer.audit.rulings import dispositions
from reviewer.audit.store import reading
from reviewer.baseline import load_baseline
from reviewer.cli.options import HereOrStoredArgument, PolicyOption
from reviewer.cli.setting import settings
from reviewer.errors import NothingReadError, UsageError
from reviewer.extract import extract
from reviewer.language import tr
from reviewer.learn.labels import Label, save_labels
from reviewer.screen import screener_for, walk
from reviewer.screen.beside import beside
from reviewer.screen.one import Task, source_of
from reviewer.terms import Category, Disposition, Document, Finding
from reviewer.text.sentence import sentences

_FOR_EVER = "9999-12-31"
_BASELINE = Path("reviewer.baseline.json")


def labels(
    paths: HereOrStoredArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=tr("标注文件", "the label file"))],
    baseline: Annotated[
        Path, typer.Option("--baseline", metavar="FILE", help=tr("裁定文件", "the file of rulings"))
    ] = _BASELINE,
    policy: PolicyOption = None,
) -> None:
    ruled = _rulings(paths, baseline)
    screener = screener_for(settings(policy, None))
    found: set[Label] = set()
    for task in _tasks(paths):
        document = extract(source_of(task))
        verdict = screener.review_document(document, beside(task.path.parent, task.beside)).verdict
        every = (*verdict.findings, *(aside.finding for aside in verdict.set_aside))
        found |= {
            label
            for finding in every
            if finding.fingerprint in ruled and finding.category is not Category.PERSONAL_PRIVACY
            for label in _labels(document, finding, ruled[finding.fingerprint])
        }
    if not found:
        raise NothingReadError(
            tr(
                f"这些文件里没有 {baseline} 裁定过的发现（个人信息不计）",
                f"no finding in these files was ruled on in {baseline} (personal data aside)",
            )
        )
    try:
        save_labels(output, found)
    except FileExistsError:
        raise UsageError(tr(f"{output} 已经存在，不覆盖", f"{output} exists already; it is left alone")) from None
    typer.echo(
        tr(
            f"已写入 {output}：{len(found)} 条标注。里面有原文，只供本单位训练，按原件保管",
            f"written: {output}, {len(found)} labels. It holds passages of the documents: keep it as they are kept",
        )
    )


def _labels(document: Document, finding: Finding, ruled: Disposition) -> Iterator[Label]:
    """The sentences of the segments in which a finding stands."""
    span = finding.span
    for segment in document.segments:
        if segment.start >= span.end or span.start >= segment.end:
            continue
        for low, high in sentences(segment.text):
            if segment.start + low < span.end and span.start < segment.start + high:
                yield Label(
                    document=document.sha256,
                    text=segment.text[low:high],
                    category=finding.category.value,
                    ruling=ruled.ruling.value,
                    rule=finding.rule.id,
                    by=ruled.by,
                )


def _rulings(paths: Sequence[Path], baseline: Path) -> Mapping[str, Disposition]:
    """Those of the file, and those that people made in the audits named; the file need not be there then."""
    ruled: dict[str, Disposition] = {}
    for folder in (path for path in paths if is_store(path)):
        with reading(folder) as store:
            ruled |= dispositions(store, _FOR_EVER)
    return {**ruled, **load_baseline(baseline).dispositions} if baseline.exists() or not ruled else ruled


def _tasks(paths: Sequence[Path]) -> list[Task]:
    tasks = [task for path in paths if is_store(path) for task in tasks_of(path)]
    others = [path for path in paths if not is_store(path)]
    return tasks + ([Task(path=path, shown_as=str(path)) for path in walk(others).files] if others else [])
