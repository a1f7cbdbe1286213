"""A matter as a person is shown it: read again from its file, masked, with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.audit.matters import Matter
from reviewer.audit.store import Store
from reviewer.home import home
from reviewer.report import Report, Reveal, report
from reviewer.report.form import Excerpt, FindingRow
from reviewer.screen import Settings, screener_for
from reviewer.screen.beside import Neighbours
from reviewer.screen.one import Task, review_file
from reviewer.screen.traits import value_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Where a person finds it; `finding` is None when it is not there any more (the file or the rules changed)."""

    path: str
    finding: FindingRow | None
    excerpt: Excerpt | None


def settings_of(store: Store) -> Settings:
    """Those by which the store was judged."""
    policy = store.manifest.policy
    return Settings(policy=Path(policy) if policy else None, cache=home() / "cache", today=store.manifest.yardstick.day)


def task_of(store: Store, file: int) -> Task:
    source, path = store.results.execute("SELECT source, path FROM file WHERE id = ?", (file,)).fetchone()
    task = store.task(source, path)
    if path == b"" or task.within:
        return task
    return Task(path=task.path, shown_as=task.shown_as, beside=Neighbours().of(task.path))


def look(store: Store, matter: Matter) -> Look:
    """Reads one document. What may be a state secret has no excerpt: a person opens the original."""
    task = task_of(store, matter.file)
    review = review_file(screener_for(settings_of(store)), task)
    told: Report = report(review, Reveal.MASKED)
    key = store.key()
    for at, finding in enumerate(review.verdict.findings):
        if finding.rule.id == matter.rule and value_digest(finding, review, key) == matter.value:
            return Look(path=task.shown_as, finding=told.findings[at], excerpt=told.excerpts[at])
    return Look(path=task.shown_as, finding=None, excerpt=None)
