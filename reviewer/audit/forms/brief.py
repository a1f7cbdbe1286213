"""One page for the leader: what was looked at, what was found, what has to be decided."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TextIO

from reviewer.audit.forms.steps import steps, warnings
from reviewer.audit.history import by_run
from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.audit.takedown import tasks
from reviewer.language import tr
from reviewer.report.charts import Bar
from reviewer.report.page import GRAVEST_FIRST, template, write_page
from reviewer.report.words import category_name
from reviewer.signoff.moment import shown

_TEMPLATES = Path(__file__).parent.parent / "templates"
_FIRST = 8


def write(store: Store, out: TextIO) -> None:
    told = summary(store)
    runs = by_run(store)
    content = {
        "title": tr("存量文件保密审查情况", "Confidentiality audit: the state of things"),
        "told": told,
        "last": shown(told.last_run),
        "by_verdict": {name: told.by_verdict[name] for name in GRAVEST_FIRST},
        "category_bars": [Bar(label=category_name(name), value=count) for name, count in told.by_category.items()],
        "warnings": tuple(warnings(told)),
        "steps": tuple(steps(told)),
        "first": tuple(islice(tasks(store, told.since), _FIRST)),
        "before": runs[-2] if len(runs) > 1 else None,
    }
    write_page(out, template("brief.html", _TEMPLATES), content)
