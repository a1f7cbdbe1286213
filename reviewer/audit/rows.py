"""A report as columns of a row and back: masked, without excerpts, of a suspected secret not even an outline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple
from typing import Any

from reviewer.report import Report
from reviewer.report.form import DocumentRow, EngineRow, FindingRow, GapRow, LocationRow, SetAsideRow
from reviewer.terms import Action, Severity
from reviewer.text.sketch import NONE

# The same for every finding of a rule: kept once, in the table `rule`.
_GRAVITY = tuple(str(one) for one in Severity)
_WEIGHT = tuple(str(one) for one in Action)
_OF_THE_RULE = ("title", "basis", "advice")


def stored(report: Report) -> dict[str, str | int]:
    """The columns that come from the report. Expects it masked (Reveal.MASKED); excerpts are left out."""
    document = report.document
    asking = [finding for finding in report.findings if finding.action != "note"]
    return {
        "sha256": document.sha256,
        "sm3": document.sm3,
        "media_type": document.media_type,
        "characters": document.characters,
        "segments": document.segments,
        "verdict": report.verdict,
        "found": len(report.findings),
        "asking": len(asking),
        "critical": sum(finding.severity == "critical" for finding in asking),
        "high": sum(finding.severity == "high" for finding in asking),
        "unread": len(report.gaps),
        "findings": compact([_stored(finding) for finding in report.findings]),
        "gaps": compact([asdict(gap) for gap in report.gaps]),
        "set_aside": compact([asdict(aside) for aside in report.set_aside]),
        "mentions": compact(dict(report.mentions)),
        # What could not be reviewed has no traits: it is like nothing, and nothing is like it.
        "alone": report.traits is not None and report.traits.alone,
        "sketch": report.traits.sketch if report.traits else NONE,
        "millis": round(1000 * report.traits.seconds) if report.traits else 0,
    }


def matters(report: Report) -> Iterator[tuple[str | int | float, ...]]:
    """What a person has to rule on, each matter of the document once: the columns of `matter` after `file`."""
    asked: dict[tuple[str, str], list[FindingRow]] = {}
    for finding, value in zip(report.findings, report.traits.values if report.traits else (), strict=False):
        if finding.action != "note":
            asked.setdefault((finding.rule, value), []).append(finding)
    for (rule, value), findings in asked.items():
        gravest = max(findings, key=lambda one: (_GRAVITY.index(one.severity), _WEIGHT.index(one.action)))
        yield (
            *(rule, value, gravest.type, gravest.category, gravest.severity, gravest.action),
            *(max(one.confidence for one in findings), len(findings), gravest.fingerprint),
        )


def parts(report: Report) -> Iterator[tuple[str | int, ...]]:
    """Of which things the document tells which parts: the columns of `part` after `file`."""
    if report.traits:
        yield from map(astuple, report.traits.parts)


def _stored(finding: FindingRow) -> dict[str, Any]:
    kept = {key: value for key, value in asdict(finding).items() if key not in _OF_THE_RULE}
    if finding.category == "state_secret":
        kept["text"] = ""  # not even the mark: the store of an archive must not become a list of secrets
    return kept


def compact(content: object) -> str:
    """JSON for a column; SQLite takes no half characters."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()


def restored(shown: str, row: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]], engine: EngineRow) -> Report:
    """The report of a row, under the path `shown`. `rules` gives title, basis and advice of each rule.

    Raises ValueError, KeyError or TypeError when the row is not one that `stored` made.
    """
    findings = tuple(_restored(kept, rules) for kept in json.loads(row["findings"]))
    return Report(
        document=DocumentRow(
            path=shown,
            name=shown.replace("\\", "/").rpartition("/")[2],
            media_type=row["media_type"],
            sha256=row["sha256"],
            sm3=row["sm3"],
            characters=row["characters"],
            segments=row["segments"],
        ),
        verdict=row["verdict"],
        findings=findings,
        gaps=tuple(GapRow(**gap) for gap in json.loads(row["gaps"])),
        set_aside=tuple(SetAsideRow(**aside) for aside in json.loads(row["set_aside"])),
        mentions=json.loads(row["mentions"]),
        engine=engine,
        excerpts=(None,) * len(findings),
    )


def _restored(kept: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]]) -> FindingRow:
    plain = {key: value for key, value in kept.items() if key != "location"}
    return FindingRow(**plain, **rules[kept["rule"]], location=LocationRow(**kept["location"]))
