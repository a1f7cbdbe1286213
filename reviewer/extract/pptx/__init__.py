"""Presentations (.pptx, .pptm, .ppsx): slides in their order, notes, comments, and what masters and layouts say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.drawing import Figures
from reviewer.extract.ooxml.markup import relation_id
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.ooxml.properties import protected, read_properties
from reviewer.extract.ooxml.rest import read_rest
from reviewer.extract.ooxml.vml import vml_pictures, vml_texts
from reviewer.extract.package.xml import attr, child, found, plain, whole
from reviewer.extract.pptx.notes import read_authors, read_comments
from reviewer.extract.pptx.shapes import Shape, Size
from reviewer.extract.pptx.slide import Slide, SlideReader, Stage
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Part

_MERE_NUMBER = re.compile(r"\s*(?:[‹<][^›>]{1,12}[›>]|\d*)\s*")
_USUAL_SIZE = Size(width=9_144_000, height=6_858_000)


def read(data: bytes) -> Extracted:
    """Read a presentation."""
    scribe = Scribe()
    package = Package.open(data, scribe)
    if package is None:
        return scribe.finish()
    pictures = Pictures(package)
    main = package.main
    if main and (root := package.xml(main)) is not None:
        _read_presentation(package, main, root, pictures)
    read_properties(package)
    read_rest(package, pictures)
    return scribe.finish()


def _read_presentation(package: Package, main: str, root: etree._Element, pictures: Pictures) -> None:
    figures = Figures(package, pictures)
    stage = Stage(package=package, pictures=pictures, figures=figures, size=_size(root))
    slides = tuple(_slides(package, main, root))
    for number, (source, listed) in enumerate(slides, 1):
        _read_slide(stage, source, f"幻灯片{number}" if listed else "幻灯片（未列入）", listed=listed)
    read_authors(package, main)
    _read_patterns(stage, main, [source for source, _ in slides])
    for section in found(root, "section"):
        package.scribe.add(attr(section, "name") or "", "节名称", part=Part.PROPERTY, hidden=True)
    for show in found(root, "custShow"):
        package.scribe.add(attr(show, "name") or "", "自定义放映", part=Part.PROPERTY, hidden=True)
    protection = child(root, "modifyVerifier")
    if protection is not None:
        package.scribe.add(protected(protection), "presentation.xml/modifyVerifier", part=Part.PROPERTY, hidden=True)


def _size(root: etree._Element) -> Size:
    size = child(root, "sldSz")
    if size is None:
        return _USUAL_SIZE
    width, height = whole(attr(size, "cx")), whole(attr(size, "cy"))
    return Size(width=width, height=height) if width > 0 and height > 0 else _USUAL_SIZE


def _slides(package: Package, main: str, root: etree._Element) -> Iterator[tuple[str, bool]]:
    """The slides in the order of the show, then those that no show lists."""
    listed: list[str] = []
    group = child(root, "sldIdLst")
    for number, entry in enumerate(group if group is not None else (), 1):
        relation = package.relation(main, relation_id(entry))
        if relation is None or not package.has(relation.target):
            package.scribe.gap(f"幻灯片{number}", tr("幻灯片不在文件中", "the slide is missing from the file"))
            continue
        listed.append(relation.target)
        yield relation.target, True
    yield from ((source, False) for source in package.related(main, "slide") if source not in listed)


def _read_slide(stage: Stage, source: str, label: str, *, listed: bool) -> None:
    package = stage.package
    root = package.xml(source)
    if root is None:
        return
    hidden = not listed or (attr(root, "show") or "1").lower() in ("0", "false")
    SlideReader(stage, Slide(source=source, label=label, hidden=hidden)).read(root)
    for name in package.related(source, "notesSlide"):
        notes = package.xml(name)
        if notes is not None:
            page = Slide(source=name, label=f"{label} 备注", part=Part.NOTES, hidden=True, takes=_is_note)
            SlideReader(stage, page).read(notes)
            _read_vml(stage, name, f"{label} 备注", hidden=True)
    read_comments(package, source, label)
    _read_vml(stage, source, label, hidden=hidden)


def _read_vml(stage: Stage, source: str, label: str, *, hidden: bool) -> None:
    """The older drawing of a page: stand-ins for embedded objects, and shapes of old versions."""
    for name in stage.package.related(source, "vmlDrawing"):
        root = stage.package.xml(name)
        if root is not None:
            for text in vml_texts(root):
                stage.package.scribe.add(text, f"{label} 图形文字", part=Part.TEXT_BOX, hidden=hidden)
            vml_pictures(stage.package, stage.pictures, name, root, label)


def _is_note(shape: Shape) -> bool:
    """The number and the small picture of the slide on a notes page are not notes; words beside the number are."""
    if shape.placeholder == "sldNum":
        return not _MERE_NUMBER.fullmatch(plain(shape.element))
    return shape.placeholder != "sldImg"


def _read_patterns(stage: Stage, main: str, slides: list[str]) -> None:
    """Masters and layouts: seen on every slide that uses them, hidden where none does."""
    package = stage.package
    used = {layout for slide in slides for layout in package.related(slide, "slideLayout")}
    used |= {master for layout in used for master in package.related(layout, "slideMaster")}
    masters = package.related(main, "slideMaster")
    layouts = tuple(dict.fromkeys(layout for master in masters for layout in package.related(master, "slideLayout")))
    pages = [(source, f"母版{number}") for number, source in enumerate(masters, 1)]
    pages += [(source, f"版式{number}") for number, source in enumerate(layouts, 1)]
    pages += [(source, "备注母版") for source in package.related(main, "notesMaster")]
    pages += [(source, "讲义母版") for source in package.related(main, "handoutMaster")]
    for source, label in pages:
        root = package.xml(source)
        if root is not None:
            page = Slide(source=source, label=label, part=Part.TEXT_BOX, hidden=source not in used)
            SlideReader(stage, page).read(root)
