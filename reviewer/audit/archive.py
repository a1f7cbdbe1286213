"""Reads stored reports back, page by page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from reviewer.audit.rows import restored
from reviewer.audit.store import Store
from reviewer.errors import EvidenceError
from reviewer.language import language, tr
from reviewer.report import Report
from reviewer.report.form import EngineRow

_PAGE = 500


def reports(store: Store, since: int) -> Iterator[Report]:
    """The report of every document that run `since`, or a later one, still found; in the order of listing.

    Pages are taken out whole: a reader that takes its time holds no lock. Raises EvidenceError for a row that
    makes no sense.
    """
    rules = _rules(store.results)
    engines = _engines(store.results)
    after = 0
    while page := _page(store.results, since, after):
        for row in page:
            shown = store.shown(row["source"], row["path"])
            try:
                yield restored(shown, row, rules, engines[row["yardstick"]])
            except (ValueError, KeyError, TypeError):
                raise EvidenceError(_senseless(store, shown)) from None
        after = page[-1]["id"]


def _page(results: sqlite3.Connection, since: int, after: int) -> list[dict[str, Any]]:
    cursor = results.execute(
        "SELECT * FROM file JOIN document ON id = file WHERE run >= ? AND id > ? ORDER BY id LIMIT ?",
        (since, after, _PAGE),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _rules(results: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """What `rows.restored` needs of each rule, in the language in use."""
    said = slice(1, None, 2) if language() == "en" else slice(0, None, 2)
    rules: dict[str, dict[str, Any]] = {}
    for rule, basis, *words in results.execute("SELECT id, basis, title, title_en, remedy, remedy_en FROM rule"):
        title, advice = words[said]
        rules[rule] = {"title": title, "basis": tuple(json.loads(basis)), "advice": advice}
    return rules


def _engines(results: sqlite3.Connection) -> dict[int, EngineRow]:
    rows = results.execute("SELECT id, version, rules, model, policy FROM yardstick")
    return {
        number: EngineRow(version=version, rules=rules, model=model, policy=policy)
        for number, version, rules, model, policy in rows
    }


def _senseless(store: Store, shown: str) -> str:
    return tr(
        f"{store.folder}：{shown} 的结果读不懂。从备份恢复，或换一个新的 STORE 重新审查",
        f"{store.folder}: the result of {shown} makes no sense. Restore a backup, or audit anew into a new STORE",
    )
