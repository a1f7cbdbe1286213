"""The pixels and the stored bytes of a PDF's image objects, as pdfium hands them out."""

from __future__ import annotations

import ctypes
import zlib
from typing import Any, cast

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from reviewer.extract.pdf.leaf import Leaf, Picture

_MOST_RAW_BYTES = 64 << 20
_MOST_CHECKED_BYTES = 8 << 20
_MOST_PIXELS = 40_000_000
_FLAT = 10  # of 255: less contrast than this shows nothing
_FILES = ("DCTDecode", "JPXDecode")  # filters whose data is a picture file, with all that such a file carries

Key = tuple[int, int, int, int]


def key(picture: Picture) -> Key:
    """What makes two pictures the same: size in pixels, length and checksum of the stored bytes."""
    width, height = size(picture)
    length = raw.FPDFImageObj_GetImageDataRaw(picture.handle, None, 0)
    checksum = zlib.crc32(_stored(picture.handle, length)) if length <= _MOST_CHECKED_BYTES else 0
    return width, height, length, checksum


def size(picture: Picture) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(picture.handle, width, height)
    return width.value, height.value


def file_of(picture: Picture) -> bytes:
    """The picture file that is stored, if it is one; nothing for bare pixels."""
    length = raw.FPDFImageObj_GetImageDataRaw(picture.handle, None, 0)
    if raw.FPDFImageObj_GetImageFilterCount(picture.handle) != 1 or not 0 < length <= _MOST_RAW_BYTES:
        return b""
    name = ctypes.create_string_buffer(32)
    raw.FPDFImageObj_GetImageFilter(picture.handle, 0, name, len(name))
    return _stored(picture.handle, length) if name.value.decode("ascii", "replace") in _FILES else b""


def stored(picture: Picture) -> bytes:
    """The bytes of the picture's stream, as its filters left them."""
    return _stored(picture.handle, raw.FPDFImageObj_GetImageDataRaw(picture.handle, None, 0))


def pixels(leaf: Leaf, picture: Picture) -> Image.Image | None:
    """The picture by itself, as it is stored, whatever covers it; None if it is too large or cannot be decoded."""
    width, height = size(picture)
    if not 0 < width * height <= _MOST_PIXELS:
        return None
    bitmap = raw.FPDFImageObj_GetBitmap(picture.handle)
    if not bitmap:  # a stencil: it has a shape, and its colour only on the page
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(leaf.page.pdf, leaf.page, picture.handle)
    return _image(bitmap) if bitmap else None


def is_blank(leaf: Leaf, picture: Picture) -> bool:
    """Whether a picture is of one colour, as a background may be; judged by itself, not by what covers it."""
    width, height = size(picture)
    if width * height > _MOST_PIXELS:
        return False
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(leaf.page.pdf, leaf.page, picture.handle)
    return bool(bitmap) and not has_contrast(_image(bitmap))


def has_contrast(image: Image.Image) -> bool:
    """Whether there is anything to be seen."""
    bands = image.getextrema()
    pairs = cast(tuple[tuple[float, float], ...], bands if isinstance(bands[0], tuple) else (bands,))
    return any(high - low >= _FLAT for low, high in pairs)


def _image(bitmap: Any) -> Image.Image:
    image = cast(Image.Image, pdfium.PdfBitmap.from_raw(bitmap).to_pil())
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _stored(handle: Any, length: int) -> bytes:
    buffer = ctypes.create_string_buffer(max(1, length))
    raw.FPDFImageObj_GetImageDataRaw(handle, buffer, length)
    return buffer.raw[:length]
