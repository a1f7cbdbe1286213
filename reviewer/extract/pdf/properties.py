"""What a PDF says about itself: properties, bookmarks, layers, scripts, and other words that no page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pikepdf

from reviewer.extract.image.xmp import BrokenXmpError, broken, values
from reviewer.extract.pdf.survey import Survey
from reviewer.extract.pdf.values import entry, identity, squeezed, stream_bytes, text_of
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

# Dates, identifiers and constants: they say nothing of the document's matter.
_TECHNICAL = re.compile(
    r"^(?:D:\d{4}|\d{4}-\d\d-\d\d|(?:uuid|xmp\.\w+|adobe|urn):|https?://ns\.|application/pdf$|x-default$|True$|False$|\W*$)"
)
_MOST_BOOKMARKS = 50_000


def read_properties(pdf: pikepdf.Pdf, found: Survey, scribe: Scribe) -> None:
    """The Info dictionary, then whatever XMP says beyond it; both, for cleaning one often leaves the other."""
    told: set[str] = set()
    info = pdf.trailer.get("/Info")
    pairs = [(key[1:], text_of(value)) for key, value in info.items()] if isinstance(info, pikepdf.Dictionary) else []
    pairs += [pair for stream in found.metadata for pair in _xmp(stream, scribe)]
    for name, text in ((name, value.strip()) for name, value in pairs):
        if text not in told and not _TECHNICAL.match(text):
            told.add(text)
            scribe.add(text, f"属性 {name}", part=Part.PROPERTY, hidden=True)


def read_bookmarks(pdf: pikepdf.Pdf, scribe: Scribe) -> None:
    """The titles of the outline, in its order; a loop in it ends the walk."""
    waiting = [entry(entry(pdf.Root, "/Outlines"), "/First")]
    seen: set[tuple[int, int]] = {(0, 0)}
    while waiting and len(seen) < _MOST_BOOKMARKS:
        mark = waiting.pop()
        if identity(mark) in seen:
            continue
        seen.add(identity(mark))
        scribe.add(text_of(entry(mark, "/Title")), f"书签{len(seen) - 1}", part=Part.PROPERTY)
        waiting += [entry(mark, "/Next"), entry(mark, "/First")]


def read_unshown(found: Survey, shown: str, scribe: Scribe) -> None:
    """Layer names, alternative texts, link targets and scripts, as far as `shown` does not hold them already."""
    for place, part, texts in (
        ("图层", Part.PROPERTY, found.layers),
        ("替代文字", Part.ALT_TEXT, found.alternatives),
        ("链接", Part.ATTRIBUTE, found.targets),
        ("脚本", Part.SCRIPT, found.scripts),
    ):
        for ordinal, text in enumerate(_new(texts, shown), 1):
            scribe.add(text, f"{place}{ordinal}", part=part, hidden=True)
    if found.private_data:
        scribe.gap("编辑软件私有数据", _private())
    if not found.complete:
        scribe.gap("文件结构", _too_many_objects())


def read_sayings(found: Survey, shown: str, scribe: Scribe) -> None:
    """Strings from all over the file that nothing so far has said."""
    for ordinal, text in enumerate(_new(found.sayings, shown), 1):
        scribe.add(text, f"其他文字{ordinal}", part=Part.PROPERTY, hidden=True)


def _new(texts: Iterable[str], shown: str) -> Iterator[str]:
    told: set[str] = set()
    for text in texts:
        key = squeezed(text)
        if key and key not in shown and key not in told:
            told.add(key)
            yield text


def _xmp(stream: pikepdf.Stream, scribe: Scribe) -> list[tuple[str, str]]:
    try:
        return list(values(stream_bytes(stream)))
    except BrokenXmpError:
        scribe.gap("属性 XMP", broken())
        return []


def _private() -> str:
    return tr(
        "文件带有编辑软件的私有数据（可能含原稿），未读取：另存或打印为新的 PDF 后再审",
        "the file carries an editor's private data (perhaps the original), not read: print it to a new PDF",
    )


def _too_many_objects() -> str:
    return tr("对象过多，未全部查看：拆分后再审", "too many objects, not all looked at: split it and review again")
