"""From bytes to a document: `extract` finds out what a file is and lets the reader of that format read it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from reviewer.extract.digest import Digests, digests
from reviewer.extract.legibility import checked
from reviewer.extract.limits import DEFAULT_LIMITS, Limits
from reviewer.extract.naming import belied
from reviewer.extract.readers import ARCHIVE, EXACT, IN_PROCESS, READERS, Reader
from reviewer.extract.remarks import with_additions
from reviewer.extract.scribe import Extracted
from reviewer.extract.source import Source, Stored, Unread, load
from reviewer.language import tr
from reviewer.terms import Document, Gap, Part, Segment
from reviewer.value import replace

__all__ = ["DEFAULT_LIMITS", "READERS", "Limits", "Reader", "Source", "Stored", "Unread", "extract", "load"]

FILE_NAME_PLACE = "文件名"


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
    if READERS.get(media_type) != ARCHIVE or len(source.data) > limits.file_bytes:
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
    return checked(read_member(member, data, limits), exact=member in EXACT)


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
    if member in IN_PROCESS and len(data) <= limits.in_process_bytes:
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
