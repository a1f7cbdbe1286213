"""What is to go from a picture, and what became of it: the values that cross to the child and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open code points of one paragraph of a picture, counted from 0."""

    paragraph: int
    start: int
    end: int


class Box(NamedTuple):
    """Pixels of the picture as it shows, both ends inclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A picture by what it says, and what must go of that.

    `segments` are those of the document that hold its paragraphs; `shown`: the picture must be in the copy.
    """

    label: str
    segments: tuple[int, ...]
    paragraphs: tuple[str, ...]
    codes: tuple[str, ...]
    spans: tuple[Span, ...]
    codes_gone: tuple[str, ...]
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A picture that read like these tasks, encoded anew with its boxes filled; `spans` are what has gone indeed."""

    tasks: tuple[int, ...]
    picture: bytes
    spans: tuple[Span, ...]
    boxes: tuple[Box, ...]

    @property
    def count(self) -> int:
        return len(self.boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A picture that read like these tasks, and cannot be burned for sure."""

    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A picture that says something else."""
