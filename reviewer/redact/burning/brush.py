"""Fills boxes of one picture in its pixels, encodes it anew without anything else, and reads the result again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, JpegImagePlugin

from reviewer.errors import ReviewerError
from reviewer.extract.image import ocr
from reviewer.extract.image.arrange import Line
from reviewer.extract.image.codes import around, read_codes
from reviewer.extract.image.raster import PictureError, Raster
from reviewer.redact.burning.task import Box, Done, Failed, Other, Span, Task

_ENCODED = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "BMP": "BMP", "DIB": "BMP", "GIF": "GIF"}
_BACK = {
    Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270,
    Image.Transpose.ROTATE_270: Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180: Image.Transpose.ROTATE_180,
}
_INK = 0.25  # of the contrast in a line
_MARGIN = 0.06  # of a line's height: soft edges
_DARK = 96  # of 255


class UnknownBoxError(ReviewerError):
    """Where a span stands in the picture is not known."""


def burn(data: bytes, tasks: Sequence[Task]) -> Done | Failed | Other:
    """The picture without what the tasks that it reads like want gone.

    First the words alone are filled; where the rest cannot be read as before then, their whole lines.
    """
    try:
        raster = Raster(data)
        if raster.count != 1 or raster.format not in _ENCODED:
            return Other()
        image = _plain(next(raster.frames()).shown)
    except PictureError:
        return Other()
    seen = ocr.recognise(image, letters=True) if any(task.paragraphs for task in tasks) else None
    codes = read_codes(image)
    said = {code.text for code in codes if code.text is not None}
    own = [
        number
        for number, task in enumerate(tasks)
        if task.paragraphs == (seen.paragraphs if seen else ()) and said <= set(task.codes)
    ]
    if not own:
        return Other()
    spans = sorted({span for number in own for span in tasks[number].spans})
    gone = {text for number in own for text in tasks[number].codes_gone}
    corners = [code.corners for code in codes if code.text in gone]
    for whole in (False, True):
        try:
            layout = seen.layout if seen and spans else None
            painted, filled, boxes = _painted(image, layout, spans, whole=whole)
        except UnknownBoxError:
            continue
        boxes += _filled(painted, (around(one) for one in corners))
        picture = _encoded(painted, data, _ENCODED[raster.format])
        if _reads(picture, _rest(seen.paragraphs if seen else (), filled), said - gone):
            return Done(tasks=tuple(own), picture=picture, spans=tuple(filled), boxes=tuple(boxes))
    return Failed(tasks=tuple(own))


def _plain(image: Image.Image) -> Image.Image:
    return image if image.mode == "L" else image.convert("RGB")


def _painted(
    image: Image.Image, layout: ocr.Layout | None, spans: Sequence[Span], *, whole: bool
) -> tuple[Image.Image, list[Span], list[Box]]:
    """The picture as it shows with the spans filled, as they are and as far as they went, and the boxes."""
    if layout is None:
        return image.copy(), [], []
    turned = image.copy() if layout.turn is None else image.transpose(layout.turn)
    found = [part for span in spans for part in _parts(turned, layout, span, whole=whole)]
    boxes = _filled(turned, (box for _, box in found))
    if layout.turn is not None:
        boxes = [_turned_back(box, turned.size, layout.turn) for box in boxes]
        turned = turned.transpose(_BACK[layout.turn])
    return turned, [span for span, _ in found], boxes


def _parts(
    image: Image.Image, layout: ocr.Layout, span: Span, *, whole: bool
) -> Iterable[tuple[Span, tuple[float, float, float, float]]]:
    """The span line by line, each with the signs beside it, which nobody could read by themselves."""
    for at, line in layout.paragraphs[span.paragraph].placed():
        low, high = max(span.start - at, 0), min(span.end - at, len(line.text))
        if low >= high:
            continue
        while low > 0 and not line.text[low - 1].isalnum():
            low -= 1
        while high < len(line.text) and not line.text[high].isalnum():
            high += 1
        if whole:
            low, high = 0, len(line.text)
        yield Span(span.paragraph, at + low, at + high), _box(image, line, low, high, layout.scale)


def _box(image: Image.Image, line: Line, low: int, high: int, scale: float) -> tuple[float, float, float, float]:
    """The pixels of a part of a line. Raises UnknownBoxError where its ends are not between two letters."""
    margin = _MARGIN * line.height
    left, top, right, bottom = line.left - margin, line.top - margin, line.right + margin, line.bottom + margin
    first, last = (len("".join(line.text[:at].split())) for at in (low, high))
    letters = line.letters
    if first > 0 or last < len("".join(line.text.split())):
        if not letters or line.height > line.width:
            raise UnknownBoxError("")
        gaps = _gaps(image, line, scale)
        left = left if first == 0 else _between(letters[first - 1].middle, letters[first].middle, gaps)
        right = right if last == len(letters) else _between(letters[last - 1].middle, letters[last].middle, gaps)
    return left / scale, top / scale, right / scale, bottom / scale


def _gaps(image: Image.Image, line: Line, scale: float) -> list[float]:
    """The columns of a line without ink, but for a rule that runs through all of it."""
    import numpy

    box = [round(edge / scale) for edge in (line.left, line.top, line.right, line.bottom)]
    grey: Any = numpy.asarray(image.convert("L").crop((box[0], box[1], box[2], box[3])), dtype=int)
    if grey.size == 0:
        return []
    inked = abs(grey - numpy.median(grey)) > _INK * max(1, int(grey.max() - grey.min()))
    ink = inked.sum(axis=0)
    return [(box[0] + int(at)) * scale for at in numpy.flatnonzero(ink == ink.min())]


def _between(one: float, other: float, gaps: Iterable[float]) -> float:
    middle = (one + other) / 2
    within = [at for at in gaps if one < at < other]
    if not within:
        raise UnknownBoxError("")
    return min(within, key=lambda at: abs(at - middle))


def _filled(image: Image.Image, boxes: Iterable[tuple[float, float, float, float]]) -> list[Box]:
    """Fill boxes with what stands out: black, or white where the ground is dark."""
    brush = ImageDraw.Draw(image)
    filled: list[Box] = []
    for left, top, right, bottom in boxes:
        box = Box(
            max(0, int(left)), max(0, int(top)), min(image.width - 1, int(right)), min(image.height - 1, int(bottom))
        )
        if box.left > box.right or box.top > box.bottom:
            raise UnknownBoxError("")
        ground = _median(image.crop((box.left, box.top, box.right + 1, box.bottom + 1)))
        brush.rectangle(box, fill="black" if ground > _DARK else "white")
        filled.append(box)
    return filled


def _median(image: Image.Image) -> int:
    counts = image.convert("L").histogram()
    half, total = sum(counts) / 2, 0
    for level, count in enumerate(counts):
        total += count
        if total >= half:
            return level
    return 255


def _turned_back(box: Box, size: tuple[int, int], turn: Image.Transpose) -> Box:
    """A box of a turned picture of this size, in the picture as it was."""
    width, height = size
    if turn is Image.Transpose.ROTATE_180:
        return Box(width - 1 - box.right, height - 1 - box.bottom, width - 1 - box.left, height - 1 - box.top)
    if turn is Image.Transpose.ROTATE_90:  # anticlockwise: what was on the right is on top
        return Box(height - 1 - box.bottom, box.left, height - 1 - box.top, box.right)
    return Box(box.top, width - 1 - box.right, box.bottom, width - 1 - box.left)


def _encoded(image: Image.Image, original: bytes, kind: str) -> bytes:
    """The pixels alone in the format they came in; a JPEG with its own tables, so that the rest is hardly touched."""
    options: dict[str, Any] = {}
    with Image.open(BytesIO(original)) as old:
        if "dpi" in old.info and kind != "GIF":
            options["dpi"] = tuple(float(value) for value in old.info["dpi"])
        if isinstance(old, JpegImagePlugin.JpegImageFile):
            sampling = JpegImagePlugin.get_sampling(old)
            options |= {"qtables": dict(old.quantization), "subsampling": max(0, sampling)}
    out = BytesIO()
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    bare.save(out, kind, **options)
    return out.getvalue()


def _rest(paragraphs: Sequence[str], gone: Iterable[Span]) -> str:
    """What the picture must still say, without blanks."""
    kept = [list(text) for text in paragraphs]
    for span in gone:
        kept[span.paragraph][span.start : span.end] = [""] * (span.end - span.start)
    return "".join("".join("".join(letters).split()) for letters in kept)


def _reads(picture: bytes, rest: str, codes: set[str]) -> bool:
    """Whether the new picture says this, surely, and nothing else."""
    image = _plain(next(Raster(picture).frames()).shown)
    if {code.text for code in read_codes(image) if code.text is not None} != codes:
        return False
    if not ocr.available():
        return not rest
    again = ocr.recognise(image)
    return not again.doubtful and "".join(again.text.split()) == rest
