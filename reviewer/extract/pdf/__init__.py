"""PDF: text and its visibility through pdfium, everything that is not on a page through pikepdf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium

from reviewer.extract.pdf.attachments import read_attachments
from reviewer.extract.pdf.ink import visibility
from reviewer.extract.pdf.leftovers import has_unplaced_content, orphan_pages, read_leftovers, unplaced
from reviewer.extract.pdf.mute import content, is_mute
from reviewer.extract.pdf.notes import read_form
from reviewer.extract.pdf.pages import Look, Pages, mute, ranges, unjudged
from reviewer.extract.pdf.pictures import Album
from reviewer.extract.pdf.properties import read_bookmarks, read_properties, read_sayings, read_unshown
from reviewer.extract.pdf.revisions import earlier_revisions, trailing_bytes
from reviewer.extract.pdf.second import disagreeing_pages
from reviewer.extract.pdf.substitutes import saved, without_substitutes
from reviewer.extract.pdf.survey import Survey, survey
from reviewer.extract.pdf.unseen import between_objects, remarks, undrawn_forms
from reviewer.extract.pdf.values import content_streams, identity, is_damaged, squeezed, stream_bytes
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.decode import decode

_STRAY_BYTES = 1024
_LEAST_WORDS = 4
_PADDING = b"\0\t\n\r "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """The file at one of its saves; `pdf` is None when nothing but the text could be made of it."""

    data: bytes
    pdf: pikepdf.Pdf | None
    found: Survey


def read(data: bytes) -> Extracted:
    """Pages, then what hangs on the file as a whole, then what earlier saves and deletions left behind."""
    scribe = Scribe()
    try:
        versions = [_version(save) for save in (*earlier_revisions(data), data)]
    except pikepdf.PasswordError:
        scribe.gap(_whole(), _locked())
        return scribe.finish()
    album = Album()
    *earlier, last = versions
    _compare(data, _read_version(last, scribe, album, visibility), scribe)
    _read_undrawn(last, scribe, album)
    for ordinal, version in enumerate(earlier, 1):
        _read_earlier(version, f"早期版本{ordinal}", scribe, album)
    explained = set().union(*(version.found.reached for version in earlier))
    _read_forgotten([o for o in last.found.orphans if identity(o) not in explained], scribe, album)
    _read_tail(trailing_bytes(data), scribe)
    extracted = scribe.finish()
    if not extracted.segments and not extracted.gaps:
        scribe.gap(_whole(), _blank())
    return scribe.finish()


def _read_tail(tail: bytes, scribe: Scribe) -> None:
    """A few words behind the end are text; more, or what is no text, is a gap."""
    if len(tail) > _STRAY_BYTES:
        scribe.gap(tr("文件末尾", "end of file"), _stray())
    elif tail:
        decoded = decode(tail)
        scribe.add(decoded.text, "文件末尾", part=Part.ATTRIBUTE, hidden=True)
        if decoded.trouble is not None:
            scribe.gap(tr("文件末尾", "end of file"), _stray())


def _version(data: bytes) -> _Version:
    pdf = _structure(data)
    return _Version(data=data, pdf=pdf, found=Survey() if pdf is None else survey(pdf))


def _read_version(version: _Version, scribe: Scribe, album: Album, look: Look) -> Mapping[int, Counter[str]]:
    """Write the version down; returns which characters are drawn on each page."""
    pdf, found = version.pdf, version.found
    disarmed = None if pdf is None else without_substitutes(pdf, found)
    document = _document(disarmed or version.data, pdf)
    drawn: Mapping[int, Counter[str]] = {}
    if document is None:
        scribe.gap(_whole(), _broken())
    else:
        whole = pdf if pdf is not None and len(pdf.pages) == len(document) else None
        pages = Pages(document=document, structure=whole, scribe=scribe, album=album, look=look)
        pages.read()
        drawn = pages.drawn
        document.close()
        if whole is None:
            scribe.gap(tr("文件结构", "structure"), _unexamined())
    if disarmed is not None:
        _add_unknown(_read_pages(version.data, album), "替代文字", scribe)
    if pdf is not None:
        _read_beside(pdf, found, scribe)
    return drawn


def _compare(data: bytes, drawn: Mapping[int, Counter[str]], scribe: Scribe) -> None:
    """A gap for the pages that a second engine reads differently, but for those that are in doubt already."""
    told = [gap.place for gap in scribe.finish().gaps]
    trusted = {number: one for number, one in drawn.items() if not any(_is_of(number, place) for place in told)}
    differing = disagreeing_pages(data, trusted)
    if differing:
        scribe.gap(ranges(differing), _disagreement())


def _is_of(number: int, place: str) -> bool:
    return place == f"p{number}" or place.startswith(f"p{number} ")


def _read_beside(pdf: pikepdf.Pdf, found: Survey, scribe: Scribe) -> None:
    """Whatever is in the file but not on its pages."""
    if any(is_damaged(stream) for stream in found.drawings):
        scribe.gap(tr("文件结构", "structure"), _damaged_drawings())
    if any(is_mute(content(stream_bytes(stream)), None) for stream in found.drawings):
        scribe.gap(tr("文件结构", "structure"), mute())
    if has_unplaced_content(pdf, found.reached):
        scribe.gap("残留内容", unplaced())
    if any("reconstruct" in warning for warning in map(str, pdf.get_warnings())):
        scribe.gap(tr("文件结构", "structure"), _repaired())
    read_form(pdf, scribe)
    read_bookmarks(pdf, scribe)
    read_properties(pdf, found, scribe)
    read_unshown(found, squeezed(scribe.finish().text), scribe)
    read_attachments(found.files, scribe)
    read_sayings(found, squeezed(scribe.finish().text), scribe)


def _read_undrawn(version: _Version, scribe: Scribe, album: Album) -> None:
    """What stands in the file's content and is drawn by no program."""
    if version.pdf is None:
        return
    forms = undrawn_forms(version.pdf, version.found.drawings)
    if forms is not None:
        inner = _read_pages(forms, album)
        if len(squeezed(inner.text)) >= _LEAST_WORDS:  # a tick in a box is none
            _add_unknown(inner, "未显示的图文", scribe)
    pages = [(f"p{n}", s) for n, page in enumerate(version.pdf.pages, 1) for s in content_streams(page.obj)]
    streams = (*pages, *(("图文对象", one) for one in version.found.drawings))
    said = [(f"{label} 内容注记", text) for label, stream in streams for text in remarks(stream_bytes(stream))]
    said += [("文件注释", text) for text in between_objects(version.data)]
    known = squeezed(scribe.finish().text)
    for place, text in dict.fromkeys(said):
        if squeezed(text) not in known:
            scribe.add(text, place, part=Part.COMMENT, hidden=True)


def _read_earlier(version: _Version, label: str, scribe: Scribe, album: Album) -> None:
    """What an earlier save says that the last one does not; that there is one is told in any case."""
    inner = Scribe()
    _read_version(version, inner, album, unjudged)
    scribe.add(_length(len(version.data)), label, part=Part.PROPERTY, hidden=True)
    _add_unknown(inner.finish(), label, scribe)


def _read_forgotten(orphans: Sequence[object], scribe: Scribe, album: Album) -> None:
    pages = orphan_pages(orphans)
    if pages is not None:
        _add_unknown(_read_pages(pages, album), "残留页", scribe)
    read_leftovers(orphans, squeezed(scribe.finish().text), scribe)


def _read_pages(data: bytes, album: Album) -> Extracted:
    """The pages alone, every character taken for visible: all of it will be hidden text or dropped."""
    inner = Scribe()
    document = _document(data, None)
    if document is not None:
        Pages(document=document, structure=None, scribe=inner, album=album, look=unjudged).read()
        document.close()
    return inner.finish()


def _add_unknown(inner: Extracted, label: str, scribe: Scribe) -> None:
    """Write down, hidden, those lines that were not read before; and those gaps."""
    so_far = scribe.finish()
    known, lines = squeezed(so_far.text), {squeezed(line) for line in so_far.text.splitlines()}
    for segment in inner.segments:
        fresh = [line for line in segment.text.split("\n") if _is_new(squeezed(line), lines, known)]
        place = f"{label} {segment.place}"
        scribe.add("\n".join(fresh), place, part=segment.part, hidden=True, page=segment.page)
    told = set(so_far.gaps)
    for gap in inner.gaps:
        if gap not in told:
            scribe.gap(f"{label} {gap.place}", gap.reason)


def _is_new(line: str, lines: set[str], known: str) -> bool:
    return bool(line) and line not in lines and line not in known


def _structure(data: bytes) -> pikepdf.Pdf | None:
    """The file's objects, repaired if need be; None when nothing can be made of it."""
    try:
        return pikepdf.open(BytesIO(data.rstrip(_PADDING)))
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError:
        return None


def _document(data: bytes, pdf: pikepdf.Pdf | None) -> pdfium.PdfDocument | None:
    """The file for pdfium; one that it refuses is tried again as pikepdf repairs it."""
    try:
        document = _opened(data)
        if len(document) or pdf is None:
            return document
    except pdfium.PdfiumError:
        if pdf is None:
            return None
    try:
        return _opened(saved(pdf))
    except (pdfium.PdfiumError, pikepdf.PdfError):
        return None


def _opened(data: bytes) -> pdfium.PdfDocument:
    document = pdfium.PdfDocument(data)
    document.init_forms()
    return document


def _whole() -> str:
    return tr("全文", "whole document")


def _length(size_bytes: int) -> str:
    return tr(f"前 {size_bytes} 字节", f"first {size_bytes} bytes")


def _locked() -> str:
    return tr("文件已加密，需要密码：去除密码后再审", "encrypted, a password is needed: remove it and review again")


def _broken() -> str:
    return tr("PDF 已损坏，无法读取：另存后再审", "the PDF is damaged and cannot be read: save it anew")


def _blank() -> str:
    return tr("没有读到任何文字：由审核人人工核对", "no text at all was found: let a reviewer check it by eye")


def _damaged_drawings() -> str:
    return tr(
        "部分图文对象已损坏，其中的文字未读取：另存后再审",
        "some drawn objects are damaged, text in them was not read: save the file anew",
    )


def _unexamined() -> str:
    return tr(
        "文件结构已损坏，批注、附件、属性等未能查看：另存或打印为新的 PDF 后再审",
        "the structure is damaged; annotations, attachments and properties were not read: print it to a new PDF",
    )


def _repaired() -> str:
    return tr(
        "文件结构已损坏，经修复后读取，可能有遗漏：另存或打印为新的 PDF 后再审",
        "the structure is damaged and was repaired to be read; something may be missing: print it to a new PDF",
    )


def _disagreement() -> str:
    return tr(
        "两种读法不一致，可能有文字没有读到或读错：由审核人看图核对，或打印为新的 PDF 后再审",
        "two ways of reading disagree, text may be missing or wrong: let a reviewer look at the page, or print it anew",
    )


def _stray() -> str:
    return tr(
        "PDF 结尾之后附有其他数据，未读取：另存或打印为新的 PDF 后再审",
        "other data follows the end of the PDF, not read: print it to a new PDF",
    )
