"""What an audit costs besides judging, by phase, as the archive grows: whatever grows faster than it does shows.

    python benchmarks/audit_growth.py FOLDER --documents 2000 10000 20000

Judging is replaced by a stand-in that reads a document's bytes, finds what was planted by a plain pattern and
sketches it as text; its own time is told apart. Everything else is the program's: listing, settling, twins, commits,
likeness, changes, sums, and afterwards a second run over the unchanged archive and three reports. Processor seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from audit_archive import MARK, build
from audit_run import DAY

from reviewer.audit import conclusion
from reviewer.audit import run as running
from reviewer.audit.forms import form_named
from reviewer.audit.run import Order, begun
from reviewer.audit.store import reading
from reviewer.report import Report
from reviewer.report.form import DocumentRow, EngineRow, FindingRow, LocationRow, TraitsRow
from reviewer.screen import Settings
from reviewer.screen.demand import Demand
from reviewer.screen.one import Task
from reviewer.screen.settings import settings
from reviewer.text.sketch import sketch

_NUMBER = re.compile(r"\d{17}[\dX]")
_PHASES = {
    "listing": (running, "take_stock"),
    "settling": (running, "settle"),
    "pending": (running, "Pending"),
    "twins": (running, "divided"),
    "likeness": (conclusion, "_note_likeness"),
    "changes": (conclusion, "_note_changes"),
    "sums": (conclusion, "_note_sums"),
}
_FORMS = ("json", "html", "takedown")


class StandIn:
    """An engine that judges at next to no cost; `spent` is that cost."""

    spent = 0.0

    def __init__(self, engine: EngineRow) -> None:
        self.engine = engine

    def screened(
        self, tasks: Sequence[Task], settings: Settings, *, jobs: int, demand: Demand
    ) -> Generator[tuple[int, Report], None, None]:
        for index, task in enumerate(tasks):
            began = time.process_time()
            report = self._report(task)
            self.spent += time.process_time() - began
            yield index, report

    def _report(self, task: Task) -> Report:
        data = task.path.read_bytes()
        text = data.decode("utf-8", "replace")
        found = [("resident-id", "redact", number) for number in _NUMBER.findall(text)]
        found += [("mark", "block", task.shown_as)] if MARK in text else []
        values = tuple(hashlib.sha256(value.encode()).hexdigest()[:16] for _, _, value in found)
        return Report(
            document=DocumentRow(
                path=task.shown_as,
                name=task.path.name,
                media_type="text/plain",
                sha256=hashlib.sha256(data).hexdigest(),
                sm3="",
                characters=len(text),
                segments=1,
            ),
            verdict="block" if MARK in text else "redact" if found else "clear",
            findings=tuple(
                _finding(rule, action, value) for (rule, action, _), value in zip(found, values, strict=True)
            ),
            gaps=(),
            set_aside=(),
            mentions={},
            engine=self.engine,
            excerpts=(None,) * len(found),
            traits=TraitsRow(sketch=sketch(text), alone=True, values=values, seconds=0.02),
        )


def _finding(rule: str, action: str, value: str) -> FindingRow:
    return FindingRow(
        rule="state-secret/mark" if rule == "mark" else "personal-privacy/resident-id",
        category="state_secret" if rule == "mark" else "personal_privacy",
        type=rule,
        severity="critical" if rule == "mark" else "high",
        confidence=0.9,
        action="block" if action == "block" else "mask",
        detector="",
        title="",
        note="",
        text="****",
        location=LocationRow(
            place="¶1", part="body", hidden=False, start=0, end=4, line=1, column=1, page=None, sheet=None, cell=None
        ),
        basis=(),
        advice="",
        fingerprint=value,
        group=None,
    )


@contextmanager
def timed(spent: Counter[str]) -> Iterator[None]:
    """Every phase adds its processor time to `spent`."""
    kept = [(module, name, getattr(module, name)) for module, name in _PHASES.values()]
    for phase, (module, name) in _PHASES.items():
        setattr(module, name, _timing(spent, phase, getattr(module, name)))
    try:
        yield
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def _timing(spent: Counter[str], phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*words: Any, **more: Any) -> Any:
        began = time.process_time()
        try:
            return function(*words, **more)
        finally:
            spent[phase] += time.process_time() - began

    return call


def audited(store: Path, archive: Path) -> Counter[str]:
    spent: Counter[str] = Counter()
    for name in ("", "again: "):
        phases: Counter[str] = Counter()
        began = time.process_time()
        order = Order(
            store=store,
            sources=(archive,),
            settings=settings(None, DAY),
            day=DAY,
            hidden=False,
            engine="local",
            jobs=1,
        )
        with timed(phases), begun(order) as run:
            measure = run.store.manifest.yardstick
            engine = StandIn(
                EngineRow(version=measure.version, rules=measure.rules, model=measure.model, policy=measure.policy)
            )
            for _ in replace(run, engine=engine).screen():
                pass
        phases["commits and tasks"] = time.process_time() - began - engine.spent - sum(phases.values())
        for phase, seconds in phases.items():
            spent[name + phase] = seconds
        spent[f"{name}all"] = sum(phases.values())
    for form in _FORMS:
        began = time.process_time()
        with reading(store) as opened:
            form_named(form).write(opened, io.StringIO() if form != "xlsx" else io.BytesIO())
        spent[f"report: {form}"] = time.process_time() - began
    return spent


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--documents", type=int, nargs="+", default=[2000, 10_000, 20_000])
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    rows = []
    for documents in asked.documents:
        archive, store = asked.folder / f"archive-{documents}-{asked.seed}", asked.folder / f"growth-{documents}"
        if not archive.exists():
            build(archive, documents, asked.seed)
        shutil.rmtree(store, ignore_errors=True)
        rows.append(audited(store, archive))
        told = {phase: round(seconds, 2) for phase, seconds in rows[-1].items()}
        print(json.dumps({"documents": documents, **told}), flush=True)
    grown = {phase: round(rows[-1][phase] / max(rows[0][phase], 0.01), 1) for phase in rows[0]}
    print(json.dumps({"documents_grown": asked.documents[-1] / asked.documents[0], **grown}))


if __name__ == "__main__":
    main()
