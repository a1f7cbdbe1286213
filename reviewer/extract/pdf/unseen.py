"""Words in a PDF that no program draws: forms that no content uses, remarks in content and between objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice

import pikepdf

from reviewer.extract.pdf.survey import sayings
from reviewer.extract.pdf.values import content_streams, entry, identity, items, name_of, stream_bytes
from reviewer.extract.residue import residue

_SHOWS_TEXT = re.compile(rb"[)\]>]\s*(?:Tj|TJ|['\"])")
_DRAWS = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
_MOST_FORMS = 500
_MOST_REMARKS = 10_000
# Possessive: what does not fit is not tried in other ways.
_DICTIONARY = re.compile(rb"<<(?:[^<>]++|<<[^<>]*+>>|<[^<>]*+>)*+>>(?=\s{0,9}(?:BDC|DP)\b)")
_STRING_OR_REMARK = re.compile(rb"\((?:\\.|[^()\\])*+\)|%([^\r\n]*+)", re.DOTALL)
_INLINE_PICTURE = re.compile(rb"\bBI\b.*?\bEI\b", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_HEADER_WITHIN = 1024

Key = tuple[int, int]


def undrawn_forms(pdf: pikepdf.Pdf, drawings: Sequence[pikepdf.Stream]) -> bytes | None:
    """A file with a page for each form that holds text and that no page and no annotation draws; None without any."""
    drawn = _drawn(pdf)
    forms = [
        form
        for form in drawings
        if name_of(form.get("/Subtype")) == "Form"
        and identity(form) not in drawn
        and _SHOWS_TEXT.search(stream_bytes(form))
    ]
    if not forms:
        return None
    with pikepdf.new() as target:
        for form in forms[:_MOST_FORMS]:
            page = target.add_blank_page(page_size=(1000, 1000))
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=target.copy_foreign(form)))
            page.obj.Contents = target.make_stream(b"1 0 0 1 50 50 cm /X Do")
        saved = BytesIO()
        target.save(saved)
    return saved.getvalue()


def _drawn(pdf: pikepdf.Pdf) -> set[Key]:
    """The forms that are drawn by pages, by what an annotation shows, by other forms, or as a mask."""
    waiting: list[tuple[bytes, object]] = []
    seen: set[Key] = set()
    for page in pdf.pages:
        content = b"\n".join(stream_bytes(stream) for stream in content_streams(page.obj))
        waiting.append((content, page.obj.get("/Resources") or entry(entry(page.obj, "/Parent"), "/Resources")))
        for annotation in items(entry(page.obj, "/Annots")):
            shown = entry(entry(annotation, "/AP"), "/N")
            states: Iterable[object] = shown.values() if isinstance(shown, pikepdf.Dictionary) else (shown,)
            waiting += _begun(states, None, seen)
    while waiting:
        content, resources = waiting.pop()
        forms = entry(resources, "/XObject")
        names = {b"/" + name for name in _DRAWS.findall(content)}
        waiting += _begun((entry(forms, name.decode("utf-8", "replace")) for name in names), resources, seen)
        looks = entry(resources, "/ExtGState")
        if isinstance(looks, pikepdf.Dictionary):
            masks = (entry(entry(look, "/SMask"), "/G") for look in looks.values())
            waiting += _begun(masks, resources, seen)
    return seen


def _begun(forms: Iterable[object], outer: object, seen: set[Key]) -> Iterator[tuple[bytes, object]]:
    for form in forms:
        if isinstance(form, pikepdf.Stream) and identity(form) not in seen:
            seen.add(identity(form))
            yield stream_bytes(form), form.get("/Resources") or outer


def remarks(stream: bytes) -> Iterator[str]:
    """What a content stream says beside its operators: in comments, and in what it notes about marked content."""
    if b"%" not in stream and b"<<" not in stream:
        return
    plain = _without(_INLINE_PICTURE, stream, b"EI")
    for found in islice(_DICTIONARY.finditer(plain), _MOST_REMARKS):
        if b"(" not in found[0] and b"<" not in found[0][2:]:
            continue  # most say no more than a number
        try:
            yield from sayings(pikepdf.Object.parse(found[0]))
        except pikepdf.PdfError:
            yield from residue(found[0])
    yield from residue(b"\n".join(found[1] for found in _STRING_OR_REMARK.finditer(plain) if found[1]))


def between_objects(data: bytes) -> Iterator[str]:
    """What a file says before its header, and in comments outside of its objects' streams (ISO 32000-1, 7.2.3)."""
    yield from residue(data[: max(0, data.find(b"%PDF-", 0, _HEADER_WITHIN))])
    bare = _without(_STREAM, data, b"endstream")
    yield from residue(b"\n".join(found[1] for found in _STRING_OR_REMARK.finditer(bare) if found[1]))


def _without(pattern: re.Pattern[bytes], data: bytes, end: bytes) -> bytes:
    """The data without what the pattern takes out; behind the last `end` it would look in vain, again and again."""
    last = data.rfind(end) + len(end)
    return pattern.sub(b" ", data[:last]) + data[last:] if last >= len(end) else data
