"""Notes of a Word document: footnotes, endnotes, comments, and the building blocks kept for later (glossary)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reviewer.extract.docx.story import Desk, Setting, Story
from reviewer.extract.package.xml import attr, found
from reviewer.terms import Part


def read_footnotes(desk: Desk, main: str, body: etree._Element) -> None:
    """Footnotes under the number that Word prints: the order of their marks in the text."""
    _read_notes(desk, main, body, ("footnotes", "footnote", "footnoteReference"), "脚注", Part.FOOTNOTE)


def read_endnotes(desk: Desk, main: str, body: etree._Element) -> None:
    """Endnotes, as footnotes."""
    _read_notes(desk, main, body, ("endnotes", "endnote", "endnoteReference"), "尾注", Part.ENDNOTE)


def _read_notes(
    desk: Desk, main: str, body: etree._Element, names: tuple[str, str, str], label: str, part: Part
) -> None:
    relation, note, mark = names
    order = {attr(entry, "id"): number for number, entry in enumerate(found(body, mark), 1)}
    for source in desk.package.related(main, relation):
        root = desk.open(source)
        notes = list(found(root, note)) if root is not None else []
        for entry in sorted(notes, key=lambda entry: order.get(attr(entry, "id"), len(order) + 1)):
            number = order.get(attr(entry, "id"))
            # Separators are notes too; a note without a mark is shown nowhere.
            place = f"{label}（未引用）" if number is None else f"{label}{number}"
            setting = Setting(source=source, label=place, part=part, hidden=number is None, ground=desk.paper)
            Story(desk, setting).write(entry)


def read_comments(desk: Desk, main: str) -> None:
    """Comments in the order of the file; their authors are written down with the other names."""
    for source in desk.package.related(main, "comments"):
        root = desk.open(source)
        for number, entry in enumerate(found(root, "comment") if root is not None else (), 1):
            setting = Setting(source=source, label=f"批注{number}", part=Part.COMMENT, hidden=True, ground=desk.paper)
            Story(desk, setting).write(entry)


def read_glossary(desk: Desk, main: str) -> None:
    """Building blocks: text that is in the file but not in the document."""
    for source in desk.package.related(main, "glossaryDocument"):
        root = desk.open(source)
        for number, block in enumerate(_bodies(root), 1):
            setting = Setting(
                source=source, label=f"构建基块{number}", part=Part.EMBEDDED, hidden=True, ground=desk.paper
            )
            Story(desk, setting).write(block)


def _bodies(root: etree._Element | None) -> Iterator[etree._Element]:
    return found(root, "docPartBody") if root is not None else iter(())
