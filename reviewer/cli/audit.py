"""Placeholder until its author puts the real one here."""

import typer

app = typer.Typer(name="audit")
