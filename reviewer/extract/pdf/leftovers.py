"""What a PDF still holds though nothing refers to it: deleted pages, notes and pictures that an editor left behind."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from io import BytesIO

import pikepdf

from reviewer.extract.pdf.survey import strings_of
from reviewer.extract.pdf.values import container, content_streams, entry, identity, name_of, squeezed, stream_bytes
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

_DRAWS_TEXT = re.compile(rb"\bBT\b.*?(?:\bTj|\bTJ|[)\]]\s*['\"])", re.DOTALL)
_WORD = re.compile(r"\w\w")
_FONT_FILE = ("/Length1", "/Length2", "/Length3", "/N")
_SMALLEST_PICTURE = 64  # pixels


def orphan_pages(orphans: Iterable[object]) -> bytes | None:
    """A file of the pages that are in no page tree any more; None when there is none."""
    pages = [thing for thing in map(container, orphans) if name_of(entry(thing, "/Type")) == "Page"]
    if not pages:
        return None
    with pikepdf.new() as pdf:
        for page in pages:
            if page is not None:
                pdf.pages.append(pikepdf.Page(page))
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def read_leftovers(orphans: Iterable[object], known: str, scribe: Scribe) -> None:
    """Strings in forgotten objects that the document does not show, and gaps for what cannot be read there."""
    things = tuple(orphans)
    told: set[str] = set()
    for thing in things:
        for text in strings_of(thing):
            key = squeezed(text)
            if _WORD.search(text) and key not in known and key not in told:
                told.add(key)
                scribe.add(text, f"残留对象{identity(thing)[0]}", part=Part.PROPERTY, hidden=True)
    if any(_is_picture(thing) for thing in things):
        scribe.gap("残留图像", _pictures())
    if any(_DRAWS_TEXT.search(stream_bytes(stream)) for stream in _streams_of_no_page(things)):
        scribe.gap("残留内容", unplaced())


def has_unplaced_content(pdf: pikepdf.Pdf, reached: Container[tuple[int, int]]) -> bool:
    """Whether something that is referred to, under a wrong key, looks like a page's content and is none."""
    of_pages = {identity(stream) for page in pdf.pages for stream in content_streams(page.obj)}
    return any(
        _DRAWS_TEXT.search(stream_bytes(thing))
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream)
        and identity(thing) in reached
        and identity(thing) not in of_pages
        and not any(key in thing for key in (*_FONT_FILE, "/Type", "/Subtype", "/PatternType"))
    )


def _streams_of_no_page(things: Iterable[object]) -> Iterator[pikepdf.Stream]:
    things = tuple(things)
    of_pages = {identity(stream) for page in things for stream in content_streams(page)}
    for thing in things:
        if not isinstance(thing, pikepdf.Stream) or identity(thing) in of_pages:
            continue
        if name_of(entry(thing, "/Subtype")) in ("", "Form") and not any(key in thing for key in _FONT_FILE):
            yield thing


def _is_picture(thing: object) -> bool:
    sides = entry(thing, "/Width"), entry(thing, "/Height")
    large = all(isinstance(side, int) and side >= _SMALLEST_PICTURE for side in sides)
    return large and name_of(entry(thing, "/Subtype")) == "Image"


def _pictures() -> str:
    return tr(
        "文件里残留页面上不显示的图像，可被取出：另存或打印为新的 PDF 后再审",
        "pictures that no page shows are still in the file and can be taken out: print it to a new PDF",
    )


def unplaced() -> str:
    """The reason of the gap for content that no page shows."""
    return tr(
        "文件里残留不属于任何页面的文字内容，未读取：另存或打印为新的 PDF 后再审",
        "text content that belongs to no page is still in the file, not read: print it to a new PDF",
    )
