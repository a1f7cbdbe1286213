"""Redacts presentations: notes, comments and hidden slides go, shapes and tables are edited run by run."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reviewer.extract.ooxml.markup import flag, relation_id
from reviewer.extract.package.xml import attr, child, found, whole
from reviewer.extract.pptx.shapes import Shape, Size, shapes
from reviewer.redact.edit import Copy, Edit, Tally, pieces, unplaced
from reviewer.redact.lines import Line, drop, write_all
from reviewer.redact.ooxml import (
    Office,
    chart_lines,
    diagram_lines,
    drawn_lines,
    drop_fallbacks,
    drop_hidden_shapes,
    kind,
)
from reviewer.redact.values import telling
from reviewer.terms import Document, Segment

_OF_SHOW = ("custShowLst", "modifyVerifier", "sectionLst", "custDataLst", "notesMasterIdLst", "handoutMasterIdLst")
_USUAL_SIZE = (9_144_000, 6_858_000)


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The presentation with its places masked; slides, shapes, pictures and animations stay where they are."""
    tally = Tally()
    office = Office(data, tally)
    main = office.main()
    slides = _shown_slides(office, main)
    size = _size(office.tree(main))
    for one in list(found(office.tree(main), *_OF_SHOW)):
        drop(one)
    for name in slides:
        _clean_slide(office, office.tree(name), size)
    _drop_unused_layouts(office, slides)
    office.clean()
    changes = office.burn(document, pieces(document, edits))
    patterns = [name for name in office.names if "/slideLayouts/" in name or "/slideMasters/" in name]
    trees = [office.tree(name) for name in (*slides, *patterns) if office.has(name) and name.endswith(".xml")]
    lines: list[Line] = [line for root in trees for line in drawn_lines(root)]
    lost = write_all(document, changes, [*lines, *diagram_lines(office), *chart_lines(office)], _belongs)
    if lost:
        raise unplaced(document, lost)
    office.sweep(telling(document, changes))
    return Copy(data=office.saved(), cleaned=tally.cleaned(), burned=office.burned, method="ooxml")


def _belongs(segment: Segment) -> bool:
    return not segment.hidden


def _shown_slides(office: Office, main: str) -> list[str]:
    """The slides that are shown, in their order; the others are dropped from the show."""
    root = office.tree(main)
    by_id = {attr(relation, "Id"): relation for relation in office.relations(main)}
    shown: dict[str, str] = {}
    for entry in found(root, "sldId"):
        relation = by_id.get(relation_id(entry))
        source = None if relation is None else office.target(main, relation)
        if relation is not None and source is not None:
            seen = (attr(office.tree(source), "show") or "1").lower() not in ("0", "false")
            if seen:
                shown[attr(relation, "Id") or ""] = source
    gone = [r for r in office.relations(main) if kind(r) == "slide" and attr(r, "Id") not in shown]
    office.cut(main, gone, "隐藏的幻灯片")
    return list(shown.values())


def _drop_unused_layouts(office: Office, slides: Sequence[str]) -> None:
    used = {layout for name in slides for layout in office.related(name, "slideLayout")}
    for master in [name for name in office.names if "/slideMasters/" in name and name.endswith(".xml")]:
        gone = [
            relation
            for relation in office.relations(master)
            if kind(relation) == "slideLayout" and office.target(master, relation) not in used
        ]
        office.cut(master, gone, "没有使用的版式")


def _size(root: etree._Element) -> Size:
    size = child(root, "sldSz")
    if size is None:
        return Size(width=_USUAL_SIZE[0], height=_USUAL_SIZE[1])
    return Size(width=whole(attr(size, "cx")), height=whole(attr(size, "cy")))


def _clean_slide(office: Office, root: etree._Element, size: Size) -> None:
    """Shapes that are switched off or lie beside the slide, and cells that a merged one covers."""
    drop_fallbacks(root)
    count = drop_hidden_shapes(root)
    tree = child(root, "cSld", "spTree")
    outside = [
        shape.element
        for shape in (shapes(tree, size) if tree is not None else ())
        if isinstance(shape, Shape) and shape.hidden
    ]
    for element in outside:
        drop(element)
    for cell in found(root, "tc"):
        if flag(cell, "hMerge") or flag(cell, "vMerge"):
            for text in found(cell, "t"):
                count += bool(text.text)
                text.text = None
    office.tally.add("隐藏的图形", count + len(outside))
