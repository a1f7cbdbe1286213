"""Pictures on a page: nobody here reads what is in them, so each of any size is a gap, once."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from reviewer.extract.pdf.ink import picture_share
from reviewer.extract.pdf.leaf import Leaf, Picture
from reviewer.language import tr
from reviewer.terms import Gap

_LOGO = 0.04  # of the page; an identity card on A4 is 0.07
_MANY_SMALL = 0.25
_FULL_PAGE = 0.5
_MOST_RAW_BYTES = 8 << 20
_MOST_PIXELS = 40_000_000
_FLAT = 10  # of 255: less contrast than this shows nothing

_Key = tuple[int, int, int, int]


class Album:
    """The pictures of a file that were told already: a letterhead is told once, not on every page."""

    def __init__(self) -> None:
        self._told: set[_Key] = set()

    def gaps(self, leaf: Leaf, number: int) -> Iterator[Gap]:
        """One gap for each picture of a page with text that has not been told before."""
        small = 0.0
        for ordinal, picture in enumerate(leaf.pictures, 1):
            share = picture.box.area / max(1.0, leaf.box.area)
            if share < _LOGO:
                small += share
                continue
            key = _key(picture)
            if key in self._told or _is_blank(leaf, picture):
                continue
            self._told.add(key)
            yield Gap(place=f"p{number} 图片{ordinal}", reason=_may_hold_text())
        if small >= _MANY_SMALL:
            yield Gap(place=f"p{number} 小图", reason=_pieces(small))

    def gaps_without_text(self, leaf: Leaf, number: int) -> Iterator[Gap]:
        """The gap of a page that has no text at all; none for a page on which nothing is drawn either."""
        if any(not _is_blank(leaf, picture) for picture in leaf.pictures):
            self._told.update(map(_key, leaf.pictures))
            yield Gap(place=f"p{number}", reason=_no_text_layer(picture_share(leaf)))
        elif _has_contrast(leaf.render(colour=False)):
            yield Gap(place=f"p{number}", reason=_outlines())


def _key(picture: Picture) -> _Key:
    """What makes two pictures the same: size in pixels, length and checksum of the stored bytes."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(picture.handle, width, height)
    length = raw.FPDFImageObj_GetImageDataRaw(picture.handle, None, 0)
    return width.value, height.value, length, _checksum(picture.handle, length)


def _checksum(handle: Any, length: int) -> int:
    if length > _MOST_RAW_BYTES:
        return 0
    buffer = ctypes.create_string_buffer(max(1, length))
    raw.FPDFImageObj_GetImageDataRaw(handle, buffer, length)
    return zlib.crc32(buffer.raw[:length])


def _is_blank(leaf: Leaf, picture: Picture) -> bool:
    """Whether a picture is of one colour, as a background may be; judged by itself, not by what covers it."""
    width, height, _, _ = _key(picture)
    if width * height > _MOST_PIXELS:
        return False
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(leaf.page.pdf, leaf.page, picture.handle)
    return bool(bitmap) and not _has_contrast(pdfium.PdfBitmap.from_raw(bitmap).to_pil())


def _has_contrast(image: Image.Image) -> bool:
    bands = image.getextrema()
    pairs = bands if isinstance(bands[0], tuple) else (bands,)
    return any(high - low >= _FLAT for low, high in pairs)


def _may_hold_text() -> str:
    return tr(
        "图中可能有文字，未识别：由审核人看图核对", "the picture may hold text, not read: let a reviewer look at it"
    )


def _pieces(share: float) -> str:
    return tr(
        f"多幅小图合计占页面 {share:.0%}，图中可能有文字：由审核人看图核对",
        f"small pictures cover {share:.0%} of the page and may hold text: let a reviewer look at them",
    )


def _no_text_layer(share: float) -> str:
    if share >= _FULL_PAGE:
        return tr(
            "整页为图像，没有文字层：识别文字后再审，或由审核人看图核对",
            "the page is a picture without a text layer: recognise its text first, or let a reviewer look at it",
        )
    return tr("只有图像，没有文字层：由审核人看图核对", "pictures only, no text layer: let a reviewer look at the page")


def _outlines() -> str:
    return tr(
        "有图形而没有文字，文字可能已转为曲线：由审核人看图核对",
        "drawn, but without text; the text may be outlines: let a reviewer look at the page",
    )
