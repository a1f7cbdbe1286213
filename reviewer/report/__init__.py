"""Tells people and programs what was found: one file per format, one table, one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Protocol, TextIO

from reviewer.report.form import Report
from reviewer.report.masking import Reveal
from reviewer.report.root import Root
from reviewer.report.writing import report
from reviewer.value import replace

__all__ = ["FORMATS", "Format", "Report", "Reveal", "Root", "format_named", "report"]


class Format(Protocol):
    """A report format is a module with such a class `Writer(out)`: reports are added as they come, in order."""

    def add(self, report: Report) -> None:
        """One more document."""

    def close(self) -> None:
        """No more documents: write what stands at the end."""


# Name on the command line → module, imported when it is asked for: rich and Jinja2 cost start-up time.
FORMATS: Mapping[str, str] = {
    "table": "reviewer.report.terminal",
    "jsonl": "reviewer.report.jsonl",
    "json": "reviewer.report.json_list",
    "sarif": "reviewer.report.sarif",
    "html": "reviewer.report.html",
    "markdown": "reviewer.report.markdown",
    "junit": "reviewer.report.junit",
    "codequality": "reviewer.report.codequality",
    "csv": "reviewer.report.table_file",
    "github": "reviewer.report.github",
}


# Read by a program that has the repository before it: their paths begin at its root, in whichever way a file was named.
HOSTED: Mapping[str, Callable[[Root, str], str]] = {
    "sarif": Root.below,
    "codequality": Root.reached,
    "junit": Root.below,
    "github": Root.below,
}


def format_named(name: str, out: TextIO, root: Root | None = None) -> Format:
    """The format of that name, ready to write to `out`. Raises KeyError for an unknown name.

    `root`: from where code hosts take paths; without one, paths stay as they were named.
    """
    made: Format = import_module(FORMATS[name]).Writer(out)
    return made if root is None or name not in HOSTED else _Hosted(made, partial(HOSTED[name], root))


class _Hosted:
    """A format whose documents have their paths from the root."""

    def __init__(self, inner: Format, told: Callable[[str], str]) -> None:
        self._inner, self._told = inner, told

    def add(self, report: Report) -> None:
        path = self._told(report.document.path)
        self._inner.add(replace(report, document=replace(report.document, path=path)))

    def close(self) -> None:
        self._inner.close()
