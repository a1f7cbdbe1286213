"""Comments on cells, old and threaded, and the names of those who wrote them."""

from __future__ import annotations

from reviewer.extract.ooxml import Package
from reviewer.extract.package.xml import attr, child, found, take
from reviewer.extract.xlsx.formats import Formats
from reviewer.extract.xlsx.sheet import Sheet
from reviewer.extract.xlsx.strings import rich_text, unescaped
from reviewer.terms import Part


def read_notes(package: Package, sheet: Sheet, formats: Formats) -> tuple[str, ...]:
    """Write down the comments of a sheet; returns the names of their authors."""
    authors: list[str] = []
    for name in package.related(sheet.source, "comments"):
        root = package.xml(name)
        if root is None:
            continue
        authors += [take(author).strip() for author in found(root, "author")]
        for entry in found(root, "comment"):
            text = child(entry, "text")
            if text is not None:
                _write(package, sheet, attr(entry, "ref"), rich_text(text, formats).text)
    for name in package.related(sheet.source, "threadedComment"):
        root = package.xml(name)
        for entry in found(root, "threadedComment") if root is not None else ():
            text = child(entry, "text")
            _write(package, sheet, attr(entry, "ref"), "" if text is None else unescaped(take(text)))
    return tuple(authors)


def read_persons(package: Package, main: str) -> tuple[str, ...]:
    """Names and account addresses of the writers of threaded comments."""
    names: list[str] = []
    for part in package.related(main, "person"):
        root = package.xml(part)
        for person in found(root, "person") if root is not None else ():
            names += [attr(person, key) or "" for key in ("displayName", "userId")]
    return tuple(names)


def write_authors(package: Package, names: tuple[str, ...]) -> None:
    """Write down each author once."""
    for name in dict.fromkeys(filter(None, names)):
        package.scribe.add(name, "批注作者", part=Part.PROPERTY, hidden=True)


def _write(package: Package, sheet: Sheet, ref: str | None, text: str) -> None:
    if text.strip():
        package.scribe.add(text, f"{sheet.name}!{ref or ''} 批注", part=Part.COMMENT, hidden=True)
