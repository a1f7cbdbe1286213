"""A paragraph as a walker hands it to its writer: what is seen, what stands beside it, what is set in it."""

from __future__ import annotations

from lxml import etree

from reviewer.terms import Part
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text beside a place but not in it: hidden, deleted, drawn. `what` is added to the place;
    without `part` it belongs to the part of the place."""

    text: str
    what: str
    part: Part | None = None
    hidden: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """Something that stands in a paragraph but is no part of its line: a picture, a shape, a note, an object."""

    element: etree._Element
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as read: its visible text, its asides and insets, and whether it was too deep to read."""

    text: str
    asides: tuple[Aside, ...]
    insets: tuple[Inset, ...]
    too_deep: bool = False
