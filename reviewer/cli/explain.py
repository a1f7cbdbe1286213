"""`reviewer explain`: a rule's page, or why a place of a document was, or was not, flagged."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.rules import page_named
from reviewer.cli.setting import PolicyOption, ScenarioOption, settings
from reviewer.detect.scenario.policy import Standing
from reviewer.detect.trace import Trace, trace
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr
from reviewer.screen import screener_for
from reviewer.screen.one import read_file
from reviewer.terms import Document, Finding

_STANDINGS = {
    Standing.REQUIRE: ("应当公开", "must show"),
    Standing.ALLOW: ("可以公开", "may show"),
    Standing.FORBID: ("不得公开", "must not show"),
}


def explain(
    subject: Annotated[
        str, typer.Argument(metavar="RULE|PATH", help=tr("规则编号、场景，或文件", "a rule id, a scenario, or a file"))
    ],
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="PLACE", help=tr("位置：报告里的位置，或行号", "a place of the report, or a line")
        ),
    ] = None,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
) -> None:
    if at is None:
        typer.echo(page_named(subject, policy))
        return
    document = read_file(_existing(Path(subject)))
    start, end = _range(document, at)
    screener = screener_for(settings(policy, None, scenario))
    day = date.fromisoformat(screener.today)
    told = trace(document, screener.ruleset, start, end, today=day, scenario=screener.scenario)
    for line in [*_told(told), *_scenario(told)] or [
        tr("此处没有任何规则的词语或特征", "no word or feature of any rule stands here")
    ]:
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
    return lines


def _scenario(told: Trace) -> list[str]:
    """What the scenario of the place lets be shown or keeps back, on what basis."""
    lines = []
    for one in told.cleared:
        rule, name = tr(one.rule.title, one.rule.title_en), tr(one.particular.name, one.particular.name_en)
        title, basis = tr(one.scenario.title, one.scenario.title_en), "；".join(one.clause.basis or one.scenario.basis)
        lines.append(
            tr(
                f"不报：“{rule}”（{one.rule.id}）本会报，场景“{title}”（{one.scenario.id}）允许公开“{name}”：{basis}",
                f"not found: “{rule}” ({one.rule.id}) would, but “{title}” ({one.scenario.id}) shows {name}: {basis}",
            )
        )
    if told.standing is not None and not told.cleared:
        scenario, clause, particular = told.standing
        title, basis = tr(scenario.title, scenario.title_en), "；".join(clause.basis or scenario.basis)
        verb = tr(*_STANDINGS[clause.standing])
        name = tr(particular.name, particular.name_en)
        lines.append(
            tr(
                f"场景“{title}”（{scenario.id}）{verb}“{name}”：{basis}",
                f"scenario “{title}” ({scenario.id}) {verb} {name}: {basis}",
            )
        )
    return lines
