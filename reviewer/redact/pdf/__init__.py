"""Redacts PDF truly: glyphs are taken out of the content streams, and what stays is shown to stand where it stood.

Nothing is covered: a glyph that goes is no longer in the file, and a bar is painted where it was. Where that cannot be
proved of a page (a font whose codes or widths are unknown, vertical writing), the file is refused.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reviewer.errors import RedactionError
from reviewer.language import tr
from reviewer.redact.edit import Copy, Edit, Piece, Tally, pieces, unplaced
from reviewer.redact.pdf.clean import clean
from reviewer.redact.pdf.fonts import StandardWidth
from reviewer.redact.pdf.pictures import burned_pages
from reviewer.redact.pdf.places import Letter, Letters, cells
from reviewer.redact.pdf.strokes import Rewriter
from reviewer.terms import Document, Part, Segment

_LEAST_TOLERANCE = 0.3
_TOLERANCE_EM = 0.06
_UNSEEN_TEXT = ("遮盖或不可见文字",)


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The pages with their glyphs taken out; everything that is on no page is dropped."""
    tally = Tally()
    changes: Mapping[int, Sequence[Piece]] = pieces(document, edits)
    try:
        burning = burned_pages(data, document, changes)
        pdf, changes = pikepdf.open(BytesIO(burning.data)), burning.rest
    except (pikepdf.PasswordError, pikepdf.PdfError) as error:
        raise _unopened(document.path, error) from None
    clean(pdf, tally, [document.segments[i].text[p.start : p.end] for i, found in changes.items() for p in found])
    _unmark(pdf)
    wanted = _by_page(document, changes)
    seen = _seen_words(document)
    drawn = pdfium.PdfDocument(_saved(pdf))
    lost: list[str] = []
    used: dict[tuple[int, int], set[str]] = {}
    for number in range(1, len(pdf.pages) + 1):
        task = _Task(
            path=document.path, number=number, wanted=wanted.get(number, []), seen=seen.get(number, frozenset())
        )
        lost += _redact_page(pdf, drawn, task, used)
    if lost:
        raise unplaced(document, list(dict.fromkeys(lost)))
    tally.add("没有显示的图文", _drop_undrawn(pdf, used))
    return Copy(
        data=_saved(pdf),
        cleaned=tally.cleaned(),
        burned=burning.burned,
        method="pdf: content streams",
        shows_masks=False,
    )


def _unopened(path: str, error: Exception) -> RedactionError:
    if isinstance(error, pikepdf.PasswordError):
        return RedactionError(
            tr(f"{path}：文件已加密，请去除密码后再试", f"{path}: encrypted: remove the password first")
        )
    return RedactionError(tr(f"{path}：PDF 已损坏，请另存或打印为新的 PDF", f"{path}: damaged: print it to a new PDF"))


def _by_page(document: Document, changes: Mapping[int, Sequence[Piece]]) -> dict[int, list[tuple[Segment, Piece]]]:
    """What is to go from each page (from 1): of unseen text on it, all, found or not."""
    wanted: dict[int, list[tuple[Segment, Piece]]] = {}
    for index, segment in enumerate(document.segments):
        if segment.page is None or not segment.place.startswith(f"p{segment.page}"):
            continue
        if segment.hidden and segment.place.endswith(_UNSEEN_TEXT):
            wanted.setdefault(segment.page, []).append((segment, Piece(0, len(segment.text), "")))
        else:
            drawn = segment.part not in (Part.ANNOTATION, Part.FORM_VALUE)
            wanted.setdefault(segment.page, []).extend((segment, piece) for piece in changes.get(index, ()) if drawn)
    return {page: found for page, found in wanted.items() if found}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One page (from 1): what is to go from it, and the words of it that a reader sees."""

    path: str
    number: int
    wanted: Sequence[tuple[Segment, Piece]]
    seen: frozenset[str]


def _unmark(pdf: pikepdf.Pdf) -> None:
    """Take away what marked content says in place of its glyphs: it would be read instead of them."""
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        streams = contents if isinstance(contents, pikepdf.Array) else [] if contents is None else [contents]
        if any(b"/ActualText" in stream.read_bytes() for stream in streams):
            plain = Rewriter(pdf, lambda name, code: None, lambda x, y, size: False)
            page.obj["/Contents"] = pdf.make_stream(plain.page(page))


def _seen_words(document: Document) -> Mapping[int, frozenset[str]]:
    words: dict[int, set[str]] = {}
    for segment in document.segments:
        if segment.page is not None and not segment.hidden:
            words.setdefault(segment.page, set()).update(segment.text.split())
    return {page: frozenset(found) for page, found in words.items()}


def _redact_page(
    pdf: pikepdf.Pdf, drawn: pdfium.PdfDocument, task: _Task, used: dict[tuple[int, int], set[str]]
) -> list[str]:
    """Rewrite one page; returns the places that were not found. `used`: what each set of resources is needed for."""
    number = task.number
    page, obj = drawn[number - 1], pdf.pages[number - 1].obj
    letters = Letters(page) if task.wanted else None
    hidden: list[Letter] = []
    bars: list[Letter] = []
    lost: list[str] = []
    for segment, piece in task.wanted:
        found = _found(letters, segment, piece) if letters is not None else []
        (hidden if segment.hidden else bars).extend(found)
        if not found and not segment.hidden:
            lost.append(segment.place)
    # A passage that is told as hidden begins and ends with what is seen of it: that stays.
    stays = letters.alone(task.seen) if letters is not None and hidden else frozenset()
    gone = [*bars, *(letter for letter in hidden if letter not in stays)]
    rewriter = Rewriter(pdf, _standard_widths(page), _Targets(gone).wanted)
    content = rewriter.page(pdf.pages[number - 1])
    resources = obj.get("/Resources")
    if resources is not None:
        used.setdefault(resources.objgen if resources.is_indirect else obj.objgen, set()).update(rewriter.drawn)
    obj["/Contents"] = pdf.make_stream(b"q\n" + content + b"\nQ\n" + _bars(bars) if gone else content)
    if gone and letters is not None:
        _prove(pdf, number, letters, gone, task.path)
    return lost


def _drop_undrawn(pdf: pikepdf.Pdf, used: Mapping[tuple[int, int], set[str]]) -> int:
    """Pictures and forms that are held ready and drawn by no page."""
    count = 0
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        if resources is None or "/XObject" not in resources:
            continue
        needed = used.get(resources.objgen if resources.is_indirect else page.obj.objgen, set())
        for name in sorted(set(resources["/XObject"].keys()) - needed):
            del resources["/XObject"][name]
            count += 1
    return count


def _found(letters: Letters, segment: Segment, piece: Piece) -> list[Letter]:
    """The glyphs of a piece, line by line and column by column: a page keeps them in an order of its own."""
    whole = letters.places(segment.text, piece.start, piece.end)
    if whole:
        return whole
    found: list[Letter] = []
    at = piece.start
    for part in segment.text[piece.start : piece.end].replace("\t", "\n").split("\n"):
        found += letters.places(segment.text, at, at + len(part))
        at += len(part) + 1
    return found


class _Targets:
    """The origins of the glyphs that go."""

    def __init__(self, gone: Sequence[Letter]) -> None:
        self._by_cell: dict[tuple[int, int], list[Letter]] = {}
        for letter in gone:
            self._by_cell.setdefault((round(letter.x), round(letter.y)), []).append(letter)

    def wanted(self, x: float, y: float, size: float) -> bool:
        near = max(_LEAST_TOLERANCE, _TOLERANCE_EM * abs(size))
        return any(
            abs(letter.x - x) <= near and abs(letter.y - y) <= near
            for column in (-1, 0, 1)
            for row in (-1, 0, 1)
            for letter in self._by_cell.get((round(x) + column, round(y) + row), ())
        )


def _prove(pdf: pikepdf.Pdf, number: int, letters: Letters, gone: Sequence[Letter], path: str) -> None:
    """The page must now show exactly the other glyphs, each where it stood."""
    after = Letters(pdfium.PdfDocument(_saved(pdf))[number - 1])
    if cells(after.all) != cells(letters.all) - cells(list(dict.fromkeys(gone))):
        raise RedactionError(
            tr(
                f"{path}：第 {number} 页的字不能单独删除（字体的编码或排法无法确认）。请用原来的文档改好后重新生成 PDF",
                f"{path}: page {number}: single glyphs cannot be taken out for sure; cure the source document and "
                "make the PDF anew",
            )
        )


def _standard_widths(page: Any) -> StandardWidth:
    """Widths of fonts that the file does not describe, as pdfium knows them."""
    handles: dict[str, Any] = {}
    for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
        handle = raw.FPDFTextObj_GetFont(one.raw)
        buffer = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(handle, buffer, len(buffer))
        handles.setdefault(buffer.value.decode("utf-8", "replace"), handle)

    def width(name: str, code: int) -> float | None:
        handle, found = handles.get(name), ctypes.c_float()
        if handle is None or not raw.FPDFFont_GetGlyphWidth(handle, code, ctypes.c_float(1000), found):
            return None
        return found.value

    return width


def _bars(letters: Sequence[Letter]) -> bytes:
    """A black bar over each run of glyphs that went; neighbours share one."""
    bars: list[list[float]] = []
    for letter in letters:
        left, bottom, right, top = letter.box
        last = bars[-1] if bars else None
        if last is not None and abs(last[1] - bottom) < 1 and abs(last[3] - top) < 1 and -1 < left - last[2] < 4:
            last[2] = max(last[2], right)
        else:
            bars.append([left, bottom, right, top])
    painted = (f"{x:.2f} {y:.2f} {right - x:.2f} {top - y:.2f} re f" for x, y, right, top in bars)
    return ("q 0 g\n" + "\n".join(painted) + "\nQ\n").encode() if bars else b""


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The file anew: earlier saves and whatever nothing refers to stay behind."""
    out = BytesIO()
    pdf.save(out, fix_metadata_version=False, deterministic_id=True)
    return out.getvalue()
