"""What an office file says about itself: core, extended and custom properties, each a hidden segment."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.package.xml import attr, local, take
from reviewer.extract.program_marks import is_program_mark
from reviewer.extract.telling import mere_number, telling
from reviewer.terms import Part

_KINDS = ("core-properties", "extended-properties", "custom-properties")
_HEADINGS = "HeadingPairs"  # "Title", "Worksheets": words of the program, with counts
_LONGEST_HEADING = 24
_PROTECTION_SECRETS = ("hash", "salt", "password", "spinCount", "crypt")
_MEASURED = frozenset({"filetime", "date", "bool", "i1", "i2", "i4", "i8", "int", "uint", "r4", "r8", "decimal"})


def read_properties(package: Package) -> None:
    """Write down every property that is text; counts, dates and truth values are left out.

    Seven digits in a row are no count, whatever type they claim to have.
    """
    for name in package.related("", *_KINDS):
        root = package.xml(name)
        for key, value in _pairs(root) if root is not None else ():
            package.scribe.add(value, f"{posixpath.basename(name)}/{key}", part=Part.PROPERTY, hidden=True)


def protected(protection: etree._Element | None) -> str:
    """How a file protects itself against edits, as it says so itself; hashes and salts left out."""
    pairs = protection.attrib.items() if protection is not None else ()
    named = ((str(key).rpartition("}")[2], str(value)) for key, value in pairs)
    return " ".join(
        f"{key}={value}"
        for key, value in named
        if not any(secret.lower() in key.lower() for secret in _PROTECTION_SECRETS)
    )


def _pairs(root: etree._Element) -> Iterator[tuple[str, str]]:
    for entry in root:
        key = attr(entry, "name") or local(entry)
        if telling(key) and attr(entry, "name"):
            yield "name", key
        for text in _texts(entry):
            if not (is_program_mark(key, text) or (key == _HEADINGS and _is_heading(text))):
                yield key, text


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and all(letter.isalpha() or letter.isspace() for letter in text)


def _texts(entry: etree._Element) -> Iterator[str]:
    """The texts of a property: a vector has one for each of its leaves."""
    leaves = [leaf for leaf in entry.iter() if len(leaf) == 0]
    for leaf in leaves:
        text = take(leaf).strip()
        measured = local(leaf) in _MEASURED or mere_number(text)
        if text and (telling(text) or not measured):
            yield text
