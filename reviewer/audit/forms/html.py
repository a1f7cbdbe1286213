"""The account as one self-contained page that prints well: numbers, drawings with their tables, the worst first."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from reviewer.audit.forms.steps import steps, warnings
from reviewer.audit.history import by_run, by_unit, by_year, changes, groups, likeness
from reviewer.audit.particulars import missing, skipped, worst
from reviewer.audit.rulings import agreement, rulings
from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.language import tr
from reviewer.report.charts import Bar
from reviewer.report.page import GRAVEST_FIRST, template, write_page
from reviewer.report.words import category_name, verdict_name
from reviewer.signoff.moment import shown

_TEMPLATES = Path(__file__).parent.parent / "templates"
_WORST, _NAMED, _RULES, _FOLDERS, _RUNS, _GROUPS = 500, 200, 15, 15, 24, 20


def write(store: Store, out: TextIO) -> None:
    told = summary(store)
    spread = sorted((tally for tally in told.by_rule if tally.asking), key=lambda tally: -tally.documents)
    folders = told.by_folder
    units = by_unit(store, told.since)[:_FOLDERS]
    changed, changed_first = changes(store, _NAMED)
    content = {
        "title": tr("存量文件保密审查报告", "Confidentiality audit"),
        "told": told,
        "began": shown(told.started),
        "last": shown(told.last_run),
        "by_verdict": {name: told.by_verdict[name] for name in GRAVEST_FIRST},
        "warnings": tuple(warnings(told)),
        "steps": tuple(steps(told)),
        "verdict_bars": [
            Bar(label=verdict_name(name), value=told.by_verdict[name], look=name) for name in GRAVEST_FIRST
        ],
        "category_bars": [Bar(label=category_name(name), value=count) for name, count in told.by_category.items()],
        "rule_bars": [Bar(label=tally.title, value=tally.documents) for tally in spread[:_RULES]],
        "folder_bars": [Bar(label=tally.folder, value=tally.asking) for tally in folders[:_FOLDERS] if tally.asking],
        "year_columns": [Bar(label=str(one.year), value=one.asking) for one in by_year(store, told.since)],
        "unit_bars": [
            Bar(label=unit or tr("（不在文件夹内）", "(in no folder)"), value=count) for unit, count in units
        ],
        "run_columns": [Bar(label=shown(one.ended)[5:], value=one.asking) for one in by_run(store)[-_RUNS:]],
        "likeness": likeness(store, told.since),
        "groups": groups(store, told.since, _GROUPS),
        "changed": changed,
        "changes": changed_first,
        "agreement": agreement(rulings(store)),
        "rules": told.by_rule,
        "folders": folders[:_WORST],
        "worst": worst(store, told.since, _WORST),
        "missing": missing(store, told.since, _NAMED),
        "skipped": skipped(store, told.since, _NAMED),
    }
    write_page(out, template("audit.html", _TEMPLATES), content)
