"""A picture's pixels: opened with bounds, frame by frame, as an eye would see them."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from PIL import Image

from reviewer.errors import ReviewerError
from reviewer.language import tr

# By name, so that nothing is opened that starts a program (EPS) or that nobody sends.
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "ICO", "CUR", "AVIF", "JPEG2000")
_MOST_PIXELS = 80_000_000
MOST_FRAMES = 200
_FLAT = 4  # of 255: less contrast than this shows nothing
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureError(ReviewerError):
    """The pixels cannot be had; the message is the reason that stands in the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture of a file: as it shows, and, where it is transparent, as it would show if it were not."""

    number: int
    shown: Image.Image
    beneath: Image.Image | None = None


class Raster:
    """An opened picture file; raises PictureError, here and in `frames`, for what cannot be decoded."""

    def __init__(self, data: bytes) -> None:
        self._image = _opened(data)
        self.format = self._image.format or ""
        self.size = self._image.size
        # Further pictures of a JPEG stand in the file one after the other and are read from there.
        with _guarded(_damaged):
            self.count = 1 if self.format in ("JPEG", "MPO") else int(getattr(self._image, "n_frames", 1))

    def first(self) -> Image.Image:
        """The first frame as it is stored, for comparing it with its thumbnail."""
        return _decoded(self._image)

    def frames(self) -> Iterator[Frame]:
        """Every frame that differs from those before it, as far as MOST_FRAMES."""
        seen: set[bytes] = set()
        for number, image in enumerate(self._images(), 1):
            digest = hashlib.sha256(image.tobytes()).digest() if self.count > 1 else b""
            if digest in seen and self.count > 1:
                continue
            seen.add(digest)
            turn = _TURNS.get(_orientation(image))
            frame = _frame(number, image)
            yield frame if turn is None else _turned(frame, turn)

    def _images(self) -> Iterator[Image.Image]:
        if self.format == "ICO":
            yield from self._icons()
            return
        for index in range(min(self.count, MOST_FRAMES)):
            with _guarded(_damaged):
                self._image.seek(index)
            yield _decoded(self._image)

    def _icons(self) -> Iterator[Image.Image]:
        icons = self._image.ico  # type: ignore[attr-defined]
        for index in range(min(len(icons.entry), MOST_FRAMES)):
            with _guarded(_damaged):
                image = icons.frame(index)
            yield _decoded(image)


def is_flat(image: Image.Image) -> bool:
    """Whether the picture is of one colour: nothing is to be seen in it."""
    bands = image.getextrema()
    pairs = cast(tuple[tuple[float, float], ...], bands if isinstance(bands[0], tuple) else (bands,))
    return all(high - low < _FLAT for low, high in pairs)


@contextmanager
def _guarded(say: Callable[[str], str]) -> Iterator[None]:
    """Make whatever a decoder does at a broken file a PictureError; warnings are no concern of anybody."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Image.DecompressionBombError, MemoryError):
        raise PictureError(_too_large()) from None
    except Exception as error:  # noqa: BLE001  # its kind is told, its message may quote the file
        raise PictureError(say(type(error).__name__)) from None


def _opened(data: bytes) -> Image.Image:
    with _guarded(_unopened):
        image = Image.open(BytesIO(data), formats=_FORMATS)
    return _bounded(image)


def _decoded(image: Image.Image) -> Image.Image:
    _bounded(image)
    with _guarded(_damaged):
        image.load()
        image = _eight_bits(image)
    return image  # noqa: RET504  # a return in the guard is one that the type-checker does not see


def _bounded(image: Image.Image) -> Image.Image:
    if image.width * image.height > _MOST_PIXELS:
        raise PictureError(_too_large())
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture in one of the modes L, LA, RGB and RGBA."""
    if image.mode.startswith(("I", "F")):
        low, high = cast(tuple[float, float], image.convert("F").getextrema())
        spread = max(1e-9, high - low)
        return image.convert("F").point(lambda value: value * (255 / spread) - low * 255 / spread).convert("L")
    if "transparency" in image.info or image.mode in ("PA", "RGBa", "La"):
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image.copy()
    return image.convert("L" if image.mode == "1" else "RGB")


def _frame(number: int, image: Image.Image) -> Frame:
    """Transparent parts on the ground, white or black, that the rest stands out from."""
    if image.mode not in ("LA", "RGBA"):
        return Frame(number=number, shown=image)
    alpha, colours = image.getchannel("A"), image.convert("RGB")
    if alpha.getextrema() == (255, 255):
        return Frame(number=number, shown=colours)
    ground = Image.new("RGB", image.size, _ground(colours, alpha))
    shown = Image.composite(colours, ground, alpha)
    return Frame(number=number, shown=shown, beneath=None if is_flat(colours) else colours)


def _ground(colours: Image.Image, alpha: Image.Image) -> str:
    levels = colours.convert("L").histogram(alpha.point([255 * (value > 127) for value in range(256)]))
    bright = sum(levels[128:]) > sum(levels[:128])
    return "black" if bright else "white"


def _turned(frame: Frame, turn: Image.Transpose) -> Frame:
    beneath = None if frame.beneath is None else frame.beneath.transpose(turn)
    return Frame(number=frame.number, shown=frame.shown.transpose(turn), beneath=beneath)


def _orientation(image: Image.Image) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  # a broken EXIF is told by its own reader; the picture is still shown
        return 1


def _too_large() -> str:
    return tr(
        f"图片过大（超过 {_MOST_PIXELS // 10_000} 万像素），未识别：缩小后再审，或由审核人看图核对",
        f"more than {_MOST_PIXELS} pixels, not looked at: make it smaller, or let a reviewer look at it",
    )


def _unopened(kind: str) -> str:
    return tr(
        f"这种图片无法打开（{kind}），图中可能有文字：另存为 PNG 或 JPG 后再审，或由审核人看图核对",
        f"the picture cannot be opened ({kind}) and may hold text: save it as PNG or JPG, or let a reviewer look at it",
    )


def _damaged(kind: str) -> str:
    return tr(
        f"图片已损坏（{kind}），图中可能有文字：取得完整文件后再审，或由审核人看图核对",
        f"the picture is damaged ({kind}) and may hold text: get the whole file, or let a reviewer look at it",
    )
