"""Each option that commands share is written once."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import reviewer.cli


def written(source: Path) -> Iterator[str]:
    """Every option and argument that the file writes out, as it is written."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("typer.Option", "typer.Argument"):
            yield ast.unparse(node)


def test_no_option_is_written_twice() -> None:
    counts = Counter(option for source in Path(reviewer.cli.__file__).parent.glob("*.py") for option in written(source))
    assert len(counts) > 150
    assert [option for option, count in counts.items() if count > 1] == []
