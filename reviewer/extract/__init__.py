"""From bytes to a document: the table of readable formats, and `extract`, which reads one of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

from reviewer.extract.digest import Digests, digests
from reviewer.extract.limits import DEFAULT_LIMITS, Limits
from reviewer.extract.scribe import Extracted
from reviewer.extract.source import Source, Unread, load
from reviewer.language import tr
from reviewer.terms import Document, Gap, Part, Segment

__all__ = ["DEFAULT_LIMITS", "READERS", "Limits", "Reader", "Source", "Unread", "extract", "load"]

FILE_NAME_PLACE = "文件名"


class Reader(Protocol):
    """A format's module: it reads bytes of its format, and writes a gap for whatever it cannot read."""

    def read(self, data: bytes) -> Extracted: ...


if TYPE_CHECKING:  # the type-checker holds every member to the seam; nothing is imported for it
    import reviewer.extract.delimited as delimited
    import reviewer.extract.docx as docx
    import reviewer.extract.html as html
    import reviewer.extract.image as image
    import reviewer.extract.pdf as pdf
    import reviewer.extract.plain as plain
    import reviewer.extract.pptx as pptx
    import reviewer.extract.xlsx as xlsx

    _MEMBERS: tuple[Reader, ...] = (plain, delimited, html, docx, xlsx, pptx, pdf, image)

_WORD = "reviewer.extract.docx"
_EXCEL = "reviewer.extract.xlsx"
_POWERPOINT = "reviewer.extract.pptx"
_PICTURE = "reviewer.extract.image"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."

READERS: Mapping[str, str] = {
    "text/plain": "reviewer.extract.plain",
    "text/markdown": "reviewer.extract.plain",
    "text/csv": "reviewer.extract.delimited",
    "text/tab-separated-values": "reviewer.extract.delimited",
    "text/html": "reviewer.extract.html",
    "application/xhtml+xml": "reviewer.extract.html",
    "application/pdf": "reviewer.extract.pdf",
    _OPEN_XML + "wordprocessingml.document": _WORD,
    _OPEN_XML + "wordprocessingml.template": _WORD,
    "application/vnd.ms-word.document.macroEnabled.12": _WORD,
    "application/vnd.ms-word.template.macroEnabled.12": _WORD,
    _OPEN_XML + "spreadsheetml.sheet": _EXCEL,
    _OPEN_XML + "spreadsheetml.template": _EXCEL,
    "application/vnd.ms-excel.sheet.macroEnabled.12": _EXCEL,
    "application/vnd.ms-excel.template.macroEnabled.12": _EXCEL,
    "application/vnd.ms-excel.addin.macroEnabled.12": _EXCEL,
    _OPEN_XML + "presentationml.presentation": _POWERPOINT,
    _OPEN_XML + "presentationml.slideshow": _POWERPOINT,
    _OPEN_XML + "presentationml.template": _POWERPOINT,
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12": _POWERPOINT,
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.12": _POWERPOINT,
    "application/vnd.ms-powerpoint.template.macroEnabled.12": _POWERPOINT,
    "application/vnd.ms-powerpoint.addin.macroEnabled.12": _POWERPOINT,
    "image/png": _PICTURE,
    "image/jpeg": _PICTURE,
    "image/gif": _PICTURE,
    "image/bmp": _PICTURE,
    "image/tiff": _PICTURE,
    "image/webp": _PICTURE,
    "image/avif": _PICTURE,
    "image/heic": _PICTURE,
    "image/jp2": _PICTURE,
    "image/vnd.microsoft.icon": _PICTURE,
    "image/emf": _PICTURE,
    "image/wmf": _PICTURE,
}
"""Media type → the module that reads it, by name: a module is imported only when its format is read."""

_IN_PROCESS = frozenset({"reviewer.extract.plain", "reviewer.extract.delimited"})
"""Pure Python over text, linear in its size: no child is needed, and starting one would cost more."""


def extract(source: Source | Unread, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a source; whatever goes wrong on the way is a gap of the document, not an exception."""
    if isinstance(source, Unread):
        return _document(source, source.digests, "application/octet-stream", _only_gap(source.reason))
    from reviewer.extract.sniff import sniff

    media_type = sniff(source.data, source.name)
    extracted = read_contents(source.data, media_type, limits, _route)
    return _document(source, digests((source.data,)), media_type, extracted)


def read_contents(
    data: bytes, media_type: str, limits: Limits, run: Callable[[str, bytes, Limits], Extracted]
) -> Extracted:
    """Let `run` do the reading, unless there is nothing to read, too much, or nobody who can."""
    member = READERS.get(media_type)
    if not data:
        return _only_gap(tr("文件为空", "the file is empty"))
    if len(data) > limits.file_bytes or (media_type.startswith("text/") and len(data) > limits.text_bytes):
        return _only_gap(_too_large(len(data)))
    if member is None:
        from reviewer.extract.unsupported import reason

        return _only_gap(reason(media_type))
    return run(member, data, limits)


def read_with(member: str, data: bytes, limits: Limits) -> Extracted:
    """Read in this very process; a reader that fails, or reads more than the limits allow, leaves one gap."""
    try:
        extracted = cast(Reader, importlib.import_module(member)).read(data)
    except ImportError as error:
        return _only_gap(tr(f"缺少组件 {error.name}，请安装后再审", f"component {error.name} is not installed"))
    except MemoryError:
        return _only_gap(
            tr("超过内存上限：拆分后再审，或由审核人人工核对", "over the memory limit: split it and review again")
        )
    except Exception as error:  # noqa: BLE001
        # Not hidden but told, and by its type only: messages of parsers quote the document.
        return _only_gap(_failure(type(error).__name__))
    if len(extracted.text) > limits.text_bytes or len(extracted.segments) > limits.segments:
        return _only_gap(_too_large(len(extracted.text)))
    return extracted


def _route(member: str, data: bytes, limits: Limits) -> Extracted:
    if member in _IN_PROCESS and len(data) <= limits.in_process_bytes:
        return read_with(member, data, limits)
    from reviewer.extract.child import read_in_child

    return read_in_child(member, data, limits)


def _document(source: Source | Unread, found: Digests, media_type: str, extracted: Extracted) -> Document:
    """Put the file's own name after all text: it is published too, and offsets before it stay as they are."""
    text = extracted.text + ("" if extracted.text.endswith("\n") or not extracted.text else "\n")
    name = Segment(place=FILE_NAME_PLACE, text=source.name, start=len(text), part=Part.FILE_NAME)
    return Document(
        path=source.path,
        name=source.name,
        media_type=media_type,
        sha256=found.sha256,
        sm3=found.sm3,
        size_bytes=found.size_bytes,
        text=text + source.name,
        segments=(*extracted.segments, name),
        gaps=extracted.gaps,
    )


def _only_gap(reason: str) -> Extracted:
    return Extracted(text="", segments=(), gaps=(Gap(place=tr("全文", "whole document"), reason=reason),))


def _too_large(size: int) -> str:
    return tr(
        f"内容过大（{size / 2**20:.0f} MB），超过读取上限：拆分后再审",
        f"too large ({size / 2**20:.0f} MB), over the limit: split it and review again",
    )


def _failure(kind: str) -> str:
    return tr(
        f"读取时出错（{kind}），文件可能已损坏：另存一份再审，或由审核人人工核对",
        f"reading failed ({kind}), the file may be damaged: save it anew, or let a reviewer check it by eye",
    )
