"""The numbers as one JSON object (contract: schema reviewer.audit/1)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from reviewer.audit.history import by_run, by_year, changes, groups, likeness
from reviewer.audit.particulars import missing, worst
from reviewer.audit.rulings import agreement, rulings
from reviewer.audit.store import Store
from reviewer.audit.summary import Summary, summary

SCHEMA = "reviewer.audit/1"
_NAMED = 100


def write(store: Store, out: TextIO) -> None:
    json.dump(_content(store, summary(store)), out, ensure_ascii=False, indent=1)
    out.write("\n")


def _content(store: Store, told: Summary) -> dict[str, Any]:
    changed, first = changes(store, _NAMED)
    agreed = agreement(rulings(store))
    return {
        "schema": SCHEMA,
        "documents": told.documents,
        "by_verdict": dict(told.by_verdict),
        "findings": told.findings,
        "by_category": dict(told.by_category),
        "unreadable": told.unreadable,
        "complete": told.complete,
        "waiting": told.waiting,
        "stale": told.stale,
        "missing": told.missing,
        "skipped_folders": {why: count for why, count in told.skipped.items() if why != "store"},
        "sources": list(told.sources),
        "started": told.started,
        "last_run": told.last_run,
        "day": told.day,
        "engine": dict(told.engine),
        "by_rule": [asdict(tally) for tally in told.by_rule],
        "by_folder": [
            {"folder": tally.folder, "documents": tally.documents, "by_verdict": dict(tally.by_verdict)}
            for tally in told.by_folder[:_NAMED]
        ],
        "by_year": [{"year": one.year, "by_verdict": dict(one.by_verdict)} for one in by_year(store, told.since)],
        "runs": [{"ended": one.ended, "by_verdict": dict(one.by_verdict)} for one in by_run(store)],
        "changed": {"documents": changed, "first": [asdict(one) for one in first]},
        "likeness": asdict(likeness(store, told.since)),
        "near_duplicates": [asdict(one) for one in groups(store, told.since, _NAMED)],
        "agreement": {"pairs": agreed.pairs, "same": agreed.same, "kappa": agreed.kappa},
        "worst": [asdict(document) for document in worst(store, told.since, _NAMED)],
        "missing_files": list(missing(store, told.since, _NAMED)),
    }
