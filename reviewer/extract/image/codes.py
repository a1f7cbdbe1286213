"""QR codes and bar codes in a picture: what a telephone would read there, and the eye does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from reviewer.text.decode import decode, oddities

_MATRIX = ("QRCode", "MicroQRCode", "RMQRCode", "DataMatrix", "Aztec", "PDF417", "MaxiCode")
# Not those with so little redundancy that any texture holds one (DataBar, film edges, Telepen).
_LINEAR = ("Code39", "Code93", "Code128", "Codabar", "ITF", "EAN8", "EAN13", "UPCA", "UPCE")
_LEAST_LINEAR = 6  # characters: shorter ones are found in hatchings and tables
_SMALL_SIDE = 400
_ENLARGED = 4  # a module of one pixel is one that the detector misses
_LARGEST_SIDE = 3_000
_MARGIN = 0.2  # of a code's side: its quiet zone and what rounding leaves of it
_MOST_CODES = 100

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code: what it says, None when that is no text or it could not be read at all (`damaged`)."""

    linear: bool
    text: str | None
    damaged: bool
    corners: tuple[Corner, ...]


def read_codes(image: Image.Image) -> tuple[Code, ...]:
    """Every code in the picture, from the top, each payload once."""
    grey, scale = _prepared(image)
    read = [code for result in _engine(grey) if (code := _code(result, scale)) is not None]
    once = {(code.text, code.corners if code.text is None else ()): code for code in read}
    return tuple(sorted(once.values(), key=lambda code: min((y, x) for x, y in code.corners)))[:_MOST_CODES]


def without_codes(image: Image.Image, codes: tuple[Code, ...]) -> Image.Image:
    """The picture with the codes that were read painted over: whether anything else is in it."""
    rest = image.convert("L")
    paint = ImageDraw.Draw(rest)
    for code in codes:
        if not code.damaged and not code.linear:
            paint.rectangle(around(code.corners), fill=255)
    return rest


def around(corners: tuple[Corner, ...]) -> tuple[float, float, float, float]:
    xs, ys = zip(*corners, strict=True)
    margin = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys))
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _prepared(image: Image.Image) -> tuple[Image.Image, float]:
    """Grey, with a margin, at a size that the detector is good at; and by how much it was enlarged."""
    longest = max(image.size)
    scale = _ENLARGED if longest < _SMALL_SIDE else min(1.0, _LARGEST_SIDE / longest)
    grey = image.convert("L")
    if scale != 1:
        how = Image.Resampling.NEAREST if scale > 1 else Image.Resampling.BOX
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))), how)
    return grey, scale


def _engine(grey: Image.Image) -> list[Any]:
    import zxingcpp

    try:
        return list(zxingcpp.read_barcodes(grey, return_errors=True))
    except TypeError:  # the oldest versions take arrays only
        import numpy

        return list(zxingcpp.read_barcodes(numpy.asarray(grey), return_errors=True))


def _code(result: Any, scale: float) -> Code | None:
    kind = result.format.name
    linear = not kind.startswith(_MATRIX)
    if linear and not kind.startswith(_LINEAR):
        return None
    at = result.position
    points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    corners = tuple((round(point.x / scale), round(point.y / scale)) for point in points)
    if not result.valid:
        # Three finder patterns are no accident; the beginnings of other kinds are everywhere.
        return Code(linear=linear, text=None, damaged=True, corners=corners) if kind.startswith("QRCode") else None
    text = _text(result)
    if not result.bytes or (linear and len(text or "") < _LEAST_LINEAR):
        return None
    return Code(linear=linear, text=text, damaged=False, corners=corners)


def _text(result: Any) -> str | None:
    """The payload; bytes without a character set are GB2312 as often as not, which the standard does not foresee."""
    raw = bytes(result.bytes)
    if raw.isascii() or "Text" in str(result.content_type):
        return str(result.text)
    text = decode(raw).text
    return None if oddities(text) * 10 > len(text) else text
