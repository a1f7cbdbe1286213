"""What a Word document holds beside its text: names of editors, marks, form fields, settings, list signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.markup import on
from reviewer.extract.ooxml.properties import protected
from reviewer.extract.package.xml import attr, child, found, local
from reviewer.extract.program_marks import is_program_mark
from reviewer.extract.telling import telling
from reviewer.terms import Part

_EDITORS = ("author", "ed", "userId", "displayName")
_LEVEL_NUMBER = re.compile(r"%\d")
_LONGEST_LIST_SIGN = 6
"""Letters besides the numbers: “第一百条（一）” is a list sign, a sentence is not."""


def read_facts(package: Package, root: etree._Element) -> None:
    """Bookmarks, content controls and form fields of one part."""
    for mark in found(root, "bookmarkStart"):
        label = attr(mark, "name") or ""
        if not label.startswith("_") and telling(label):
            package.scribe.add(label, "书签", part=Part.PROPERTY, hidden=True)
    for place, text in (*_controls(root), *_form_fields(root)):
        package.scribe.add(text, place, part=Part.FORM_VALUE, hidden=True)


def editors(root: etree._Element) -> Iterator[str]:
    """The names of people who changed or commented something in a part."""
    for entry in root.iter():
        for key, value in entry.attrib.items():
            if str(key).rpartition("}")[2] in _EDITORS:
                yield str(value).strip()


def _controls(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Titles, tags and choices of content controls."""
    for control in found(root, "sdtPr"):
        for entry in found(control, "alias", "tag"):
            yield "内容控件", attr(entry, "val") or ""
        for item in found(control, "listItem"):
            texts = (attr(item, "displayText"), attr(item, "value"))
            yield from (("内容控件 选项", text) for text in dict.fromkeys(texts) if text)


def _form_fields(root: etree._Element) -> Iterator[tuple[str, str]]:
    for field in found(root, "ffData"):
        for entry in found(field, "default", "helpText", "statusText", "listEntry", "name"):
            text = attr(entry, "val") or ""
            if local(entry) != "name" or telling(text):
                yield "窗体域", text


def read_settings(package: Package, name: str, root: etree._Element) -> None:
    """Document variables, mail merge sources and edit protection; the rest of the settings is program state."""
    base = _base(name)
    for variable in found(root, "docVar"):
        texts = (attr(variable, "name") or "", attr(variable, "val") or "")
        for text in () if is_program_mark(*texts) else texts:
            package.scribe.add(text, f"{base}/docVar", part=Part.PROPERTY, hidden=True)
    for merge in found(root, "mailMerge"):
        for entry in merge.iter():
            text = attr(entry, "val") or ""
            if len(text) > 1 and not text.isdigit():
                place = f"{base}/mailMerge/{local(entry)}"
                package.scribe.add(text, place, part=Part.PROPERTY, hidden=True)
    protection = child(root, "documentProtection")
    if on(protection, "enforcement"):
        package.scribe.add(protected(protection), f"{base}/documentProtection", part=Part.PROPERTY, hidden=True)


def read_list_signs(package: Package, root: etree._Element) -> None:
    """A list sign may be a whole sentence that stands before a paragraph without being in it."""
    signs = (attr(sign, "val") or "" for sign in found(root, "lvlText"))
    for sign in dict.fromkeys(signs):
        if len(_LEVEL_NUMBER.sub("", sign).strip()) > _LONGEST_LIST_SIGN:
            package.scribe.add(sign, "列表符号", part=Part.PROPERTY, hidden=True)


def _base(name: str) -> str:
    return name.rpartition("/")[2]
