"""Tells what a store says: one file per form, one table, one function."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, TextIO, cast

from reviewer.audit.store import Store

__all__ = ["FORMS", "Form", "form_named"]


class Form(Protocol):
    """A form's module: it writes the whole account of a store."""

    def write(self, store: Store, out: TextIO) -> None: ...


# Name on the command line → module, imported when it is asked for.
FORMS: Mapping[str, str] = {
    "table": "reviewer.audit.forms.table",
    "json": "reviewer.audit.forms.json_object",
    "html": "reviewer.audit.forms.html",
    "jsonl": "reviewer.audit.forms.jsonl",
    "markdown": "reviewer.audit.forms.markdown",
    "xlsx": "reviewer.audit.forms.xlsx",
    "takedown": "reviewer.audit.forms.takedown",
    "brief": "reviewer.audit.forms.brief",
}


def form_named(name: str) -> Form:
    """Raises KeyError for an unknown name."""
    return cast(Form, import_module(FORMS[name]))
