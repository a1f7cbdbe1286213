"""Word documents (.docx, .docm, .dotx): everything in the file, in the order in which a person would look for it.

Read straight from the zip and its XML; no office library takes part, because each of them leaves something out.
"""

from __future__ import annotations

from lxml import etree

from reviewer.extract.docx.facts import editors, read_facts, read_list_signs, read_settings
from reviewer.extract.docx.notes import read_comments, read_endnotes, read_footnotes, read_glossary
from reviewer.extract.docx.sections import read_margins
from reviewer.extract.docx.story import Desk, Setting, Story
from reviewer.extract.docx.styles import Styles
from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import WHITE, hexadecimal
from reviewer.extract.ooxml.drawing import Figures
from reviewer.extract.ooxml.markup import on
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.ooxml.properties import read_properties
from reviewer.extract.ooxml.rest import read_rest
from reviewer.extract.package.xml import attr, child
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.terms import Part


def read(data: bytes) -> Extracted:
    """Read a Word document."""
    scribe = Scribe()
    package = Package.open(data, scribe)
    main = package.main if package is not None else ""
    if package is not None:
        pictures = Pictures(package)
        if main:
            _read_document(package, main, pictures)
        read_properties(package)
        read_rest(package, pictures)
    return scribe.finish()


def _read_document(package: Package, main: str, pictures: Pictures) -> None:
    settings = _settings(package, main)
    desk = Desk(
        package=package,
        styles=Styles(package, main),
        pictures=pictures,
        figures=Figures(package, pictures),
        paper=WHITE,
        trees=[],
    )
    root = desk.open(main)
    desk.paper = _paper(root, settings)
    if root is not None:
        Story(desk, Setting(source=main, ground=desk.paper)).write(root)
        read_footnotes(desk, main, root)
        read_endnotes(desk, main, root)
        read_margins(desk, main, root, settings)
    read_comments(desk, main)
    read_glossary(desk, main)
    _read_facts(desk, main)


def _settings(package: Package, main: str) -> etree._Element | None:
    for name in package.related(main, "settings"):
        root = package.xml(name)
        if root is not None:
            read_settings(package, name, root)
            return root
    return None


def _paper(root: etree._Element | None, settings: etree._Element | None) -> str:
    """The colour of the page: Word shows a page colour only if its settings say so."""
    background = child(root, "background")
    if background is None or not on(child(settings, "displayBackgroundShape")):
        return WHITE
    return hexadecimal(attr(background, "color")) or WHITE


def _read_facts(desk: Desk, main: str) -> None:
    package = desk.package
    for name in package.related(main, "people"):
        desk.open(name)
    names = [editor for root in desk.trees for editor in editors(root)]
    for editor in dict.fromkeys(filter(None, names)):
        package.scribe.add(editor, "修订和批注作者", part=Part.PROPERTY, hidden=True)
    for root in desk.trees:
        read_facts(package, root)
    for name in package.related(main, "numbering"):
        numbering = package.xml(name)
        if numbering is not None:
            read_list_signs(package, numbering)
