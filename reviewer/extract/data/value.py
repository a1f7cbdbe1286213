"""Values: what JSON, and XML that is used like it, consists of; and the paths that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Key = str | int  # the name of a member, or the ordinal of an item from 0
Naming = Callable[[Sequence[Key]], str]
"""How a path is written for a person."""

_LONGEST = 160


@dataclass(slots=True)
class Scalar:
    """A string (`quoted`), number or literal; numbers stay as they are written. Lines are from 1; 0 is unknown."""

    text: str
    line: int
    quoted: bool = True


@dataclass(slots=True)
class Array:
    """Values in a row."""

    line: int
    items: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class Object:
    """Named values, in their order; a name may come twice."""

    line: int
    items: list[tuple[str, Value]] = field(default_factory=list)


Value = Scalar | Array | Object


def json_path(keys: Sequence[Key]) -> str:
    """`$.items[3].name` (RFC 9535, in its short form)."""
    return shortened("$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys))


def xml_path(keys: Sequence[Key]) -> str:
    """`/rows/row[4]/@name` (XPath: ordinals from 1)."""
    return shortened("".join(f"[{key + 1}]" if isinstance(key, int) else f"/{key}" for key in keys))


def shortened(path: str) -> str:
    """A path that fits into a report."""
    if len(path) <= _LONGEST:
        return path
    return f"{path[: _LONGEST // 2]}…{path[-_LONGEST // 2 :]}"
