"""`reviewer audit export`: the results as Parquet files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.audit.parquet import export
from reviewer.audit.store import reading
from reviewer.cli.options import StoreArgument
from reviewer.language import tr


def export_store(
    store: StoreArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help=tr("新的文件夹", "a new folder"))],
) -> None:
    with reading(store) as opened:
        for name, count in export(opened, output).items():
            typer.echo(f"{output / name}.parquet\t{count:,}")
