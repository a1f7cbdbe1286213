"""Prints a verification step by step, and leaves with 5 when something does not hold."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff.proof import Standing, Step, all_hold

_SIGNS = {Standing.PROVEN: "✓", Standing.NOT_PROVEN: "?", Standing.BROKEN: "✗", Standing.NOTICE: "!"}


def print_steps(steps: Sequence[Step], what: str) -> None:
    """Raises EvidenceError (exit code 5) after printing when a step is not proven."""
    for step in steps:
        typer.echo(f"{_SIGNS[step.standing]} {step.name}  {step.standing.label}  {step.detail}")
    if not all_hold(steps):
        raise EvidenceError(
            tr(f"{what}：核验不通过，见上面标 ✗、? 的各项", f"{what} does not hold: see the lines marked ✗ or ?")
        )
    typer.echo(tr(f"{what}：核验通过", f"{what} holds"))
