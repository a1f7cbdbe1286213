"""`reviewer explain`: a rule's page, or why a place of a document was, or was not, flagged."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.rule_page import page
from reviewer.cli.rules import rule_named
from reviewer.cli.setting import PolicyOption, settings
from reviewer.detect.trace import Trace, trace
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr
from reviewer.screen import screener_for
from reviewer.screen.one import read_file
from reviewer.terms import Document, Finding


def explain(
    subject: Annotated[str, typer.Argument(metavar="RULE|PATH", help=tr("规则编号，或文件", "a rule id, or a file"))],
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="PLACE", help=tr("位置：报告里的位置，或行号", "a place of the report, or a line")
        ),
    ] = None,
    policy: PolicyOption = None,
) -> None:
    if at is None:
        typer.echo(page(rule_named(subject, policy)))
        return
    document = read_file(_existing(Path(subject)))
    start, end = _range(document, at)
    screener = screener_for(settings(policy, None))
    for line in _told(trace(document, screener.ruleset, start, end, today=date.fromisoformat(screener.today))):
        typer.echo(line)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise NothingReadError(tr(f"{path}：没有这个文件", f"{path}: no such file"))
    return path


def _range(document: Document, at: str) -> tuple[int, int]:
    """The code points of a place as reports name it, or of a line number of a text."""
    for segment in document.segments:
        if segment.place == at or (at.isdigit() and segment.line == int(at)):
            return segment.start, segment.end
    starts = [segment.start for segment in document.segments]
    near = document.segments[bisect_right(starts, 0) - 1].place if starts else "—"
    raise UsageError(
        tr(
            f"{document.path}：没有位置“{at}”；位置写法如“{near}”，reviewer read 可列出全部",
            f"{document.path}: no place “{at}”; places look like “{near}”, `reviewer read` lists them",
        )
    )


def _weighed(told: Trace, finding: Finding) -> list[str]:
    """For a classifier's finding, the words that made it think so."""
    words = told.heaviest.get(finding.fingerprint, ())
    return [tr(f"   分量最重的词：{'、'.join(words)}", f"   heaviest words: {', '.join(words)}")] if words else []


def _told(told: Trace) -> list[str]:
    lines = []
    for finding in told.findings:
        title = tr(finding.rule.title, finding.rule.title_en)
        lines.append(tr(f"报：{title}（{finding.rule.id}）{finding.note}", f"found: {title} ({finding.rule.id})"))
        lines.append(tr(f"   依据：{'；'.join(finding.rule.basis)}", f"   basis: {'; '.join(finding.rule.basis)}"))
        lines += _weighed(told, finding)
    for word, wording in told.lawful:
        lines.append(
            tr(f"不报：“{word}”属于制度性表述：{wording}", f"not found: “{word}” is lawful wording: {wording}")
        )
    for near in told.near:
        title = tr(near.rule.title, near.rule.title_en)
        lines.append(
            tr(
                f"差一步：“{near.word}”与规则“{title}”（{near.rule.id}）有关，但该规则的其他条件不成立",
                f"near: “{near.word}” belongs to “{title}” ({near.rule.id}), whose other conditions are not met",
            )
        )
    return lines or [tr("此处没有任何规则的词语或特征", "no word or feature of any rule stands here")]
