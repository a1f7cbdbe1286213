"""Tells people and programs what was found: one file per format, one table, one function."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, TextIO

from reviewer.report.form import Report
from reviewer.report.masking import Reveal
from reviewer.report.writing import report

__all__ = ["FORMATS", "Format", "Report", "Reveal", "format_named", "report"]


class Format(Protocol):
    """A report format is a module with this class: reports are added as they come, in order."""

    def __init__(self, out: TextIO) -> None: ...

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


def format_named(name: str, out: TextIO) -> Format:
    """The format of that name, ready to write to `out`. Raises KeyError for an unknown name."""
    made: Format = import_module(FORMATS[name]).Writer(out)
    return made
