"""From bytes to a document: the table of readable formats, and `extract`, which reads one of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from reviewer.extract.digest import Digests, digests
from reviewer.extract.legibility import checked
from reviewer.extract.limits import DEFAULT_LIMITS, Limits
from reviewer.extract.naming import belied
from reviewer.extract.remarks import with_additions
from reviewer.extract.scribe import Extracted
from reviewer.extract.source import Source, Stored, Unread, load
from reviewer.language import tr
from reviewer.terms import Document, Gap, Part, Segment

__all__ = ["DEFAULT_LIMITS", "READERS", "Limits", "Reader", "Source", "Stored", "Unread", "extract", "load"]

FILE_NAME_PLACE = "文件名"


class Reader(Protocol):
    """A format's module: it reads bytes of its format, and writes a gap for whatever it cannot read."""

    def read(self, data: bytes) -> Extracted: ...


if TYPE_CHECKING:  # the type-checker holds every member to the seam; nothing is imported for it
    import reviewer.extract.archive as archive
    import reviewer.extract.data.json_text as json_text
    import reviewer.extract.data.xml_text as xml_text
    import reviewer.extract.dbf as dbf
    import reviewer.extract.delimited as delimited
    import reviewer.extract.docx as docx
    import reviewer.extract.epub as epub
    import reviewer.extract.html as html
    import reviewer.extract.image as image
    import reviewer.extract.mail as mail
    import reviewer.extract.msg as msg
    import reviewer.extract.odf as odf
    import reviewer.extract.ofd as ofd
    import reviewer.extract.ole as ole
    import reviewer.extract.ole.doc as doc
    import reviewer.extract.ole.ppt as ppt
    import reviewer.extract.pdf as pdf
    import reviewer.extract.plain as plain
    import reviewer.extract.pptx as pptx
    import reviewer.extract.rtf as rtf
    import reviewer.extract.sqlite as sqlite
    import reviewer.extract.tnef as tnef
    import reviewer.extract.xls as xls
    import reviewer.extract.xlsb as xlsb
    import reviewer.extract.xlsx as xlsx

    _MEMBERS: tuple[Reader, ...] = (
        *(plain, delimited, json_text, xml_text, html, rtf, docx, xlsx, pptx, pdf),
        *(archive, ofd, odf, epub, mail, msg, tnef, ole, doc, ppt, xls, xlsb, dbf, sqlite, image),
    )

_ARCHIVE = "reviewer.extract.archive"
_WORD = "reviewer.extract.docx"
_EXCEL = "reviewer.extract.xlsx"
_POWERPOINT = "reviewer.extract.pptx"
_OPEN_DOCUMENT = "reviewer.extract.odf"
_OASIS = "application/vnd.oasis.opendocument."
_PICTURE = "reviewer.extract.image"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."

READERS: Mapping[str, str] = {
    "text/plain": "reviewer.extract.plain",
    "text/markdown": "reviewer.extract.plain",
    "text/csv": "reviewer.extract.delimited",
    "text/tab-separated-values": "reviewer.extract.delimited",
    "text/html": "reviewer.extract.html",
    "application/xhtml+xml": "reviewer.extract.html",
    "application/json": "reviewer.extract.data.json_text",
    "application/xml": "reviewer.extract.data.xml_text",
    "image/svg+xml": "reviewer.extract.data.xml_text",
    "application/pdf": "reviewer.extract.pdf",
    "application/ofd": "reviewer.extract.ofd",
    "application/epub+zip": "reviewer.extract.epub",
    "application/rtf": "reviewer.extract.rtf",
    "message/rfc822": "reviewer.extract.mail",
    "multipart/related": "reviewer.extract.mail",
    "application/mbox": "reviewer.extract.mail",
    "application/vnd.ms-outlook": "reviewer.extract.msg",
    "application/ms-tnef": "reviewer.extract.tnef",
    _OPEN_XML + "wordprocessingml.document": _WORD,
    _OPEN_XML + "wordprocessingml.template": _WORD,
    "application/vnd.ms-word.document.macroEnabled.12": _WORD,
    "application/vnd.ms-word.template.macroEnabled.12": _WORD,
    _OPEN_XML + "spreadsheetml.sheet": _EXCEL,
    _OPEN_XML + "spreadsheetml.template": _EXCEL,
    "application/vnd.ms-excel.sheet.macroEnabled.12": _EXCEL,
    "application/vnd.ms-excel.template.macroEnabled.12": _EXCEL,
    "application/vnd.ms-excel.addin.macroEnabled.12": _EXCEL,
    "application/vnd.ms-excel": "reviewer.extract.xls",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": "reviewer.extract.xlsb",
    "application/x-dbf": "reviewer.extract.dbf",
    "application/vnd.sqlite3": "reviewer.extract.sqlite",
    _OPEN_XML + "presentationml.presentation": _POWERPOINT,
    _OPEN_XML + "presentationml.slideshow": _POWERPOINT,
    _OPEN_XML + "presentationml.template": _POWERPOINT,
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12": _POWERPOINT,
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.12": _POWERPOINT,
    "application/vnd.ms-powerpoint.template.macroEnabled.12": _POWERPOINT,
    "application/vnd.ms-powerpoint.addin.macroEnabled.12": _POWERPOINT,
    "application/msword": "reviewer.extract.ole.doc",
    "application/vnd.ms-powerpoint": "reviewer.extract.ole.ppt",
    "application/x-ole-storage": "reviewer.extract.ole",
    "application/zip": _ARCHIVE,
    "application/x-tar": _ARCHIVE,
    "application/gzip": _ARCHIVE,
    "application/x-bzip2": _ARCHIVE,
    "application/x-xz": _ARCHIVE,
    "application/x-7z-compressed": _ARCHIVE,
    "application/vnd.rar": _ARCHIVE,
    _OASIS + "text": _OPEN_DOCUMENT,
    _OASIS + "text-template": _OPEN_DOCUMENT,
    _OASIS + "text-master": _OPEN_DOCUMENT,
    _OASIS + "text-master-template": _OPEN_DOCUMENT,
    _OASIS + "text-web": _OPEN_DOCUMENT,
    _OASIS + "spreadsheet": _OPEN_DOCUMENT,
    _OASIS + "spreadsheet-template": _OPEN_DOCUMENT,
    _OASIS + "presentation": _OPEN_DOCUMENT,
    _OASIS + "presentation-template": _OPEN_DOCUMENT,
    _OASIS + "graphics": _OPEN_DOCUMENT,
    _OASIS + "graphics-template": _OPEN_DOCUMENT,
    _OASIS + "chart": _OPEN_DOCUMENT,
    _OASIS + "formula": _OPEN_DOCUMENT,
    _OASIS + "database": _OPEN_DOCUMENT,
    _OASIS + "base": _OPEN_DOCUMENT,
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

_EXACT = frozenset({"reviewer.extract.plain", "reviewer.extract.delimited"})
"""Their text is the file's own, character for character: that is how a copy can be redacted."""

_IN_PROCESS = _EXACT
"""Pure Python over text, linear in its size: no child is needed, and starting one would cost more."""


def extract(source: Source | Stored | Unread, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a source; whatever goes wrong on the way is a gap of the document, not an exception."""
    match source:
        case Unread(reason=reason):
            return _document(source, source.digests, "application/octet-stream", _only_gap(reason))
        case Stored():
            return _document(source, source.digests, source.media_type, _read_stored(source, limits))
        case Source():
            from reviewer.extract.sniff import sniff

            media_type = sniff(source.data, source.name)
            extracted = with_additions(_read_source(source, media_type, limits), belied(source.name, media_type))
            return _document(source, digests((source.data,)), media_type, extracted)


def _read_source(source: Source, media_type: str, limits: Limits) -> Extracted:
    if READERS.get(media_type) != _ARCHIVE or len(source.data) > limits.file_bytes:
        return _read_apart(source.data, media_type, limits)
    from reviewer.extract.archive.unpacking import Packed, read_archive

    return read_archive(Packed(name=source.name, media_type=media_type, data=source.data), limits, _read_apart)


def _read_stored(source: Stored, limits: Limits) -> Extracted:
    from reviewer.extract.archive.unpacking import Packed, read_archive

    packed = Packed(name=source.name, media_type=source.media_type, file=source.file)
    extracted = read_archive(packed, limits, _read_apart)
    if source.is_unchanged():
        return extracted
    return _only_gap(
        tr("读取过程中文件被改动，不能作数：重新审查", "the file changed while being read: review it again")
    )


def _read_apart(data: bytes, media_type: str, limits: Limits) -> Extracted:
    return read_contents(data, media_type, limits, _route)


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
    extracted = run(member, data, limits)
    if not extracted.segments and not extracted.gaps and not media_type.startswith("image/"):
        # A picture may have nothing to say. Bytes of any other kind were written to say something.
        return _only_gap(tr("没有读到任何文字：由审核人人工核对", "no text was found: let a reviewer check it by eye"))
    return replace(extracted, media_type=media_type)


def read_with(member: str, data: bytes, limits: Limits) -> Extracted:
    """Read a whole document in this very process, and look once more at all of it."""
    return checked(read_member(member, data, limits), exact=member in _EXACT)


def read_member(member: str, data: bytes, limits: Limits) -> Extracted:
    """Let one reader read; one that fails, or reads more than the limits allow, leaves one gap."""
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


def _document(source: Source | Stored | Unread, found: Digests, media_type: str, extracted: Extracted) -> Document:
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
        members=extracted.members,
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
