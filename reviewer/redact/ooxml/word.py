"""Takes out of Word's stories what no reader sees: tracked changes, comments, hidden letters, codes of fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from reviewer.extract.docx.paragraph import is_mute_code
from reviewer.extract.docx.styles import Styles
from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import MIXED, WHITE
from reviewer.extract.ooxml.drawing import is_hidden_shape
from reviewer.extract.ooxml.markup import on, relation_id
from reviewer.extract.package.xml import attr, child, found, local
from reviewer.redact.lines import drop, unwrap
from reviewer.redact.ooxml import Office, drop_fallbacks

_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
_CHANGES = (
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange"),
    *("tblGridChange", "tblPrExChange", "cellIns", "cellDel", "cellMerge"),
)
_RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
_COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_TEXTS = frozenset({"t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "delText"})
_WORDS = frozenset({"t", "instrText"})
_SETTINGS = ("rsids", "attachedTemplate", "docVars", "mailMerge", "trackRevisions", "documentProtection")
_PLAIN_CODE = re.compile(
    r'\s*(TOC|SEQ|STYLEREF|NUMPAGES|PAGE|SECTION|SECTIONPAGES|PAGEREF|REF)\b[\s\\A-Za-z0-9_"*#@.-]{0,80}'
)


def clean_story(office: Office, name: str, package: Package | None, main: str) -> None:
    """One part with text: the body, a header or footer, notes."""
    root = office.tree(name)
    tally = office.tally
    drop_fallbacks(root)
    tally.add("修订痕迹", _settle(root))
    for one in list(found(root, *_COMMENTS, "dataBinding", "proofErr")):
        drop(one)
    for element in root.iter("{*}*"):
        for key in [key for key in element.attrib if "}rsid" in str(key)]:
            del element.attrib[key]
    tally.add("域代码（留下结果）", _settle_fields(root))
    if package is not None:
        tally.add("隐藏文字", _Unseen(Styles(package, main)).dropped(root))
    tally.add("没有引用的脚注尾注", _drop_unmarked_notes(office, root, main))
    tally.add("隐藏文字", _drop_hidden_drawings(root) + _drop_stray(root))


def _settle(root: etree._Element) -> int:
    """Accept every tracked change: what was deleted goes, what was inserted stays."""
    count = 0
    for row in list(found(root, "tr")):
        if child(row, "trPr", "del") is not None:
            drop(row)
            count += 1
    for element in list(found(root, *_DELETED, "delText", "delInstrText")):
        drop(element)
        count += 1
    for element in list(found(root, *_INSERTED)):
        unwrap(element)
        count += 1
    for element in list(found(root, *_CHANGES, *_RANGES)):
        drop(element)
        count += local(element) in _CHANGES
    return count


@dataclass(slots=True)
class _Field:
    elements: list[etree._Element] = field(default_factory=list)
    code: str = ""
    in_code: bool = True


def _settle_fields(root: etree._Element) -> int:
    """Fields become their results, but for page numbers, contents and references."""
    count = 0
    for simple in list(found(root, "fldSimple")):
        if not _is_plain(attr(simple, "instr") or ""):
            unwrap(simple)
            count += 1
    open_fields: list[_Field] = []
    for element in list(found(root, "fldChar", "instrText", "t", "fldData")):
        name = local(element)
        kind = attr(element, "fldCharType") if name == "fldChar" else ""
        if kind == "begin":
            open_fields.append(_Field())
        if not open_fields:
            if name in ("instrText", "fldData"):
                drop(element)
                count += 1
            continue
        current = open_fields[-1]
        if name != "t" or current.in_code:
            current.elements.append(element)
        if name in ("instrText", "t") and current.in_code:
            current.code += element.text or ""
        if kind == "separate":
            current.in_code = False
        if kind == "end":
            count += _finish(open_fields.pop())
    return count + sum(map(_finish, open_fields))


def _finish(done: _Field) -> int:
    plain = _is_plain(done.code)
    for element in done.elements:
        if not plain or local(element) == "fldData":
            drop(element)
    return not plain


def _is_plain(code: str) -> bool:
    return is_mute_code(code) or _PLAIN_CODE.fullmatch(code) is not None


class _Unseen:
    """Drops the letters that cannot be seen on their ground, as the reader of this program judges it."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._count = 0

    def dropped(self, root: etree._Element) -> int:
        self._walk(root, WHITE)
        return self._count

    def _walk(self, element: etree._Element, ground: str) -> None:
        for inner in list(element):
            name = local(inner)
            if name == "p":
                self._paragraph(inner, ground)
            elif name == "tr" and on(child(inner, "trPr", "hidden")):
                drop(inner)
                self._count += 1
            elif name == "tc":
                self._cell(inner, ground)
            elif name == "tbl":
                self._walk(inner, self._styles.table_ground(child(inner, "tblPr"), ground))
            elif not name.endswith("Pr"):
                self._walk(inner, ground)

    def _cell(self, cell: etree._Element, ground: str) -> None:
        properties = child(cell, "tcPr")
        merges = (child(properties, name) for name in ("vMerge", "hMerge"))
        if any(merge is not None and (attr(merge, "val") or "continue") == "continue" for merge in merges):
            for text in list(found(cell, *_TEXTS)):
                self._drop(text)
        self._walk(cell, self._styles.shading(child(properties, "shd")) or ground)

    def _paragraph(self, paragraph: etree._Element, ground: str) -> None:
        style, own = self._styles.paragraph_ground(child(paragraph, "pPr"), ground)
        for run in list(found(paragraph, "r")):
            nearest = next((up for up in run.iterancestors() if local(up) == "p"), None)
            if nearest is paragraph and self._styles.conceals(child(run, "rPr"), style, own):
                for text in [inner for inner in run if local(inner) in _TEXTS]:
                    self._drop(text)
        for box in list(found(paragraph, "txbxContent")):
            if next((up for up in box.iterancestors() if local(up) == "p"), None) is paragraph:
                self._walk(box, MIXED)

    def _drop(self, text: etree._Element) -> None:
        self._count += local(text) in ("t", "sym")
        drop(text)


def _drop_unmarked_notes(office: Office, root: etree._Element, main: str) -> int:
    """Notes to which no mark in the text leads; the separators stay."""
    kind = {"footnotes": "footnote", "endnotes": "endnote"}.get(local(root))
    if kind is None:
        return 0
    marked = {attr(mark, "id") for mark in found(office.tree(main), f"{kind}Reference")}
    gone = [note for note in root if attr(note, "id") not in marked and attr(note, "type") is None]
    for note in gone:
        drop(note)
    for separator in [note for note in root if attr(note, "type") is not None]:
        for text in list(found(separator, "t")):
            drop(text)
            gone.append(text)
    return len(gone)


def _drop_hidden_drawings(root: etree._Element) -> int:
    """Drawings that are switched off: by their properties, or as older programs write it."""
    gone = [own.getparent() for own in found(root, "docPr") if is_hidden_shape(own)]
    gone += [shape for shape in found(root, "shape", "rect") if "visibility:hidden" in (attr(shape, "style") or "")]
    for drawing in gone:
        if drawing is not None:
            drop(drawing)
    return len(gone)


def _drop_stray(root: etree._Element) -> int:
    """Text where no program looks for any: between elements, or in those of Word's own that hold none."""
    count = 0
    for element in root.iter("{*}*"):
        if element.tail and element.tail.strip():
            element.tail = None
            count += 1
        holds_none = "wordprocessingml/" in str(element.tag) and local(element) not in _WORDS
        if holds_none and element.text and element.text.strip():
            element.text = None
            count += 1
    return count


def clean_unused_margins(office: Office, main: str) -> None:
    """Headers and footers that no page shows: for first or even pages that are not set apart."""
    settings = [office.tree(name) for name in office.related(main, "settings")]
    even = any(on(child(one, "evenAndOddHeaders")) for one in settings)
    root = office.tree(main)
    sections = list(found(root, "sectPr"))
    first = any(on(child(section, "titlePg")) for section in sections)
    unused = {name for name, used in (("even", even), ("first", first)) if not used}
    for section in sections:
        for reference in [r for r in section if local(r) in ("headerReference", "footerReference")]:
            if attr(reference, "type") in unused:
                drop(reference)
    kept = {relation_id(r) for r in found(root, "headerReference", "footerReference")}
    gone = [
        relation
        for relation in office.relations(main)
        if (attr(relation, "Type") or "").endswith(("/header", "/footer")) and attr(relation, "Id") not in kept
    ]
    office.cut(main, gone, "未启用的页眉页脚")


def clean_settings(office: Office, main: str) -> None:
    for name in office.related(main, "settings"):
        for one in list(found(office.tree(name), *_SETTINGS)):
            drop(one)
            office.tally.add("模板和设置")
