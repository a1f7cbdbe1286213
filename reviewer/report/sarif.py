"""SARIF 2.1.0 (OASIS), as code hosts and editors read it: every finding a result, every unread part one, too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from reviewer import __version__
from reviewer.language import language, tr
from reviewer.report.form import FindingRow, GapRow, LocationRow, Report, SetAsideRow
from reviewer.report.plain import plain
from reviewer.report.uri import uri
from reviewer.report.words import category_name

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
GAP_RULE = "reviewer/unread"
_ROOT = "%SRCROOT%"  # the name code hosts know the checkout by

# As grave as the verdict they lead to: block and refer stop a publication, mask and remove can be cured at once.
_LEVELS: Mapping[str, str] = {
    "block": "error",
    "refer": "error",
    "remove": "warning",
    "mask": "warning",
    "note": "note",
}
# What code hosts sort by, from 0 to 10.
_GRAVITY: Mapping[str, str] = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}


class Writer:
    """Writes results as they come; the rules that they name stand behind them (the order of members is free)."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._rules: dict[str, dict[str, Any]] = {}
        self._before = ""
        self._out.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{\n')
        self._out.write('"columnKind": "unicodeCodePoints",\n')
        self._out.write(f'"originalUriBaseIds": {json.dumps(_bases(), ensure_ascii=False)},\n"results": [')

    def add(self, report: Report) -> None:
        for result in self._results(report):
            self._out.write(f"{self._before}\n" + json.dumps(result, ensure_ascii=False))
            self._before = ","

    def close(self) -> None:
        driver = {
            "name": "reviewer",
            "version": __version__,
            "semanticVersion": __version__,
            "language": "en" if language() == "en" else "zh-CN",
            "rules": list(self._rules.values()),
        }
        self._out.write('\n],\n"tool": ' + json.dumps({"driver": driver}, ensure_ascii=False))
        self._out.write("\n}]}\n")

    def _results(self, report: Report) -> Iterator[dict[str, Any]]:
        for row in report.findings:
            self._rules.setdefault(row.rule, _rule(row))
            yield {"ruleIndex": self._index(row.rule), **_result(report, row)}
        for gap in report.gaps:
            self._rules.setdefault(GAP_RULE, _gap_rule())
            yield {"ruleIndex": self._index(GAP_RULE), **_gap(report, gap)}
        for aside in report.set_aside:
            self._rules.setdefault(aside.rule, {"id": aside.rule})
            yield {"ruleIndex": self._index(aside.rule), **_suppressed(report, aside)}

    def _index(self, rule: str) -> int:
        return list(self._rules).index(rule)


def _rule(row: FindingRow) -> dict[str, Any]:
    basis = tr("；", "; ").join(row.basis)
    help_text = f"{row.advice}\n{tr('依据：', 'basis: ')}{basis}"
    return {
        "id": row.rule,
        "name": row.type,
        "shortDescription": {"text": row.title},
        "fullDescription": {"text": f"{row.title}（{category_name(row.category)}）"},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[row.action]},
        "properties": {"tags": [row.category, row.type], "security-severity": _GRAVITY[row.severity]},
    }


def _result(report: Report, row: FindingRow) -> dict[str, Any]:
    return {
        "ruleId": row.rule,
        "level": _LEVELS[row.action],
        "rank": round(row.confidence * 100, 1),
        "message": _said(_message(row)),
        "locations": [_location(report, row.location)],
        "partialFingerprints": {"reviewer/v1": row.fingerprint},
        "properties": {
            "category": row.category,
            "severity": row.severity,
            "action": row.action,
            "confidence": row.confidence,
            "detector": row.detector,
            "hidden": row.location.hidden,
            "verdict": report.verdict,
            "sha256": report.document.sha256,
        },
    }


def _message(row: FindingRow) -> str:
    """What, where and how to cure it; of a possible state secret no text at all, not even an outline."""
    shown = "" if row.category == "state_secret" or not row.text else tr(f"“{row.text}”", f" “{row.text}”")
    parts = (row.title + shown, row.location.place, row.note, row.advice)
    return tr("。", ". ").join(part for part in parts if part)


def _said(text: str) -> dict[str, str]:
    """A message; braces are doubled, for a single one opens a placeholder (SARIF 2.1.0, 3.11.5)."""
    return {"text": plain(text).replace("{", "{{").replace("}", "}}")}


def _location(report: Report, place: LocationRow) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(report)}
    if place.line is not None:
        # No end: a finding may run over a line end, and a row does not say where the next line begins.
        region = {"startLine": place.line, "startColumn": place.column}
        physical["region"] = {key: value for key, value in region.items() if value is not None}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": plain(place.place)}]}


def _artifact(report: Report) -> dict[str, str]:
    """A relative reference belongs to the root; an absolute one to nothing (3.4.4)."""
    written = uri(report.document.path)
    return {"uri": written} if written.startswith("file:") else {"uri": written, "uriBaseId": _ROOT}


def _bases() -> dict[str, Any]:
    """What the root is, without where it lies on this machine (3.14.14 allows a base without address)."""
    return {_ROOT: {"description": {"text": tr("代码库或当前文件夹的根", "root of the repository, or the folder")}}}


def _gap(report: Report, gap: GapRow) -> dict[str, Any]:
    return {
        "ruleId": GAP_RULE,
        "level": "error",
        "message": _said(f"{gap.place}{tr('：', ': ')}{gap.reason}"),
        "locations": [
            {
                "physicalLocation": {"artifactLocation": _artifact(report)},
                "logicalLocations": [{"fullyQualifiedName": plain(gap.place)}],
            }
        ],
        "properties": {"verdict": report.verdict, "sha256": report.document.sha256},
    }


def _gap_rule() -> dict[str, Any]:
    text = tr("有一部分未能读取", "a part could not be read")
    cure = tr(
        "由人核对这一部分；未读取不等于没有问题", "have a person look at this part: unread is not the same as clear"
    )
    return {
        "id": GAP_RULE,
        "name": "unread",
        "shortDescription": {"text": text},
        "help": {"text": cure},
        "defaultConfiguration": {"level": "error"},
    }


def _suppressed(report: Report, aside: SetAsideRow) -> dict[str, Any]:
    reason = tr(f"{aside.reason}（{aside.by}，至 {aside.until}）", f"{aside.reason} ({aside.by}, until {aside.until})")
    return {
        "ruleId": aside.rule,
        "level": "note",
        "message": _said(reason),
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(report)}}],
        "partialFingerprints": {"reviewer/v1": aside.fingerprint},
        "suppressions": [{"kind": "external", "status": "accepted", "justification": plain(reason)}],
    }
