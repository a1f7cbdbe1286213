"""A report as columns of a row and back: masked, without excerpts, of a suspected secret not even an outline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from reviewer.report import Report
from reviewer.report.form import DocumentRow, EngineRow, FindingRow, GapRow, LocationRow, SetAsideRow

# The same for every finding of a rule: kept once, in the table `rule`.
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
    }


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
