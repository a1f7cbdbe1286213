"""One letter from a person: a single key at a terminal, the first letter of a line from anywhere else."""

from __future__ import annotations

import sys

import typer


def keystroke(allowed: str, *, end: str) -> str:
    """One of the letters `allowed`, in lower case; `end` when nobody answers any more. Other keys are passed over."""
    while True:
        key = _key(end)
        if key in allowed:
            return key


def _key(end: str) -> str:
    if sys.stdin.isatty():
        key = typer.getchar(echo=True).lower()
        typer.echo("", err=True)
        return end if key in ("\x04", "") else key
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else end
