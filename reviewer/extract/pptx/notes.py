"""Comments on slides, of the old and the modern kind, and the names of those who wrote them."""

from __future__ import annotations

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.drawing import paragraphs
from reviewer.extract.package.xml import attr, child, found, local, take
from reviewer.terms import Part

_AUTHOR_KEYS = ("name", "userId")


def read_comments(package: Package, source: str, label: str) -> None:
    """Write down the comments on one slide."""
    for name in package.related(source, "comments"):
        root = package.xml(name)
        for entry in found(root, "cm", "reply") if root is not None else ():
            old, new = child(entry, "text"), child(entry, "txBody")
            texts = [take(old)] if old is not None else []
            texts += list(paragraphs(new)) if new is not None else []
            for text in texts:
                if text.strip():
                    package.scribe.add(text, f"{label} 批注", part=Part.COMMENT, hidden=True)


def read_authors(package: Package, main: str) -> None:
    """Write down each author of comments once, with the account address where there is one."""
    names: list[str] = []
    for part in package.related(main, "commentAuthors", "authors"):
        root = package.xml(part)
        for entry in root.iter() if root is not None else ():
            if local(entry) in ("cmAuthor", "author"):
                names += [attr(entry, key) or "" for key in _AUTHOR_KEYS]
    for name in dict.fromkeys(filter(None, names)):
        package.scribe.add(name, "批注作者", part=Part.PROPERTY, hidden=True)
