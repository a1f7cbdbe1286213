"""What a person would see in a picture: its codes, its text where that can be recognised, or the one gap."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from reviewer.extract.image import ocr
from reviewer.extract.image.codes import Code, read_codes, without_codes
from reviewer.extract.image.raster import Frame, is_flat
from reviewer.extract.limits import time_left_s
from reviewer.extract.pictures import WHOLE
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

SMALLEST_SIDE = 64
"""Pixels: what is smaller in both directions is an icon and too small for a line of text."""

_THINNEST = 8  # pixels: no line of Chinese is lower
_RESERVE_S = 12.0  # for one more picture, and to hand over what was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the texts of a picture are written down, and as what; `place` stands before each ("p3 ")."""

    scribe: Scribe
    place: str = ""
    part: Part = Part.BODY
    page: int | None = None
    hidden: bool = False

    @property
    def whole(self) -> str:
        """The place of the picture as a whole."""
        return self.place.strip() or WHOLE

    def add(self, text: str, what: str, part: Part, *, hidden: bool) -> None:
        self.scribe.add(text, f"{self.place}{what}", part=part, hidden=hidden or self.hidden, page=self.page)

    def gap(self, reason: str) -> None:
        self.scribe.gap(self.whole, reason)


def look_at(frame: Frame, spot: Spot) -> str | None:
    """Write down what is in one frame; the reason comes back when some of it was left unread."""
    if time_left_s() < _RESERVE_S:
        return out_of_time()
    codes = read_codes(frame.shown)
    write_codes(codes, spot)
    if frame.beneath is not None:
        write_codes([code for code in read_codes(frame.beneath) if code.text not in {c.text for c in codes}], spot)
    if not worth_reading(frame.shown, codes) and (frame.beneath is None or not worth_reading(frame.beneath, codes)):
        return None
    if not ocr.available():
        return unrecognised()
    return _recognise(frame, spot) if time_left_s() > ocr.TIME_FOR_A_PICTURE_S else out_of_time()


def write_codes(codes: tuple[Code, ...] | list[Code], spot: Spot) -> None:
    """Each code's text, hidden: the eye cannot read it; one that could not be read is a gap."""
    for ordinal, code in enumerate(codes, 1):
        what = f"{'条形码' if code.linear else '二维码'}{ordinal}"
        if code.text is None:
            spot.scribe.gap(f"{spot.place}{what}", unread_code())
        else:
            # It stands for the picture of itself, as an alternative text does: it is screened like any text.
            spot.add(code.text, what, Part.ALT_TEXT, hidden=True)


def worth_reading(image: Image.Image, codes: tuple[Code, ...]) -> bool:
    """Whether anything but codes is to be seen, and the picture is large enough for a line of text."""
    legible = max(image.size) >= SMALLEST_SIDE and min(image.size) >= _THINNEST
    return legible and not is_flat(without_codes(image, codes) if codes else image)


def _recognise(frame: Frame, spot: Spot) -> str | None:
    try:
        seen = ocr.recognise(frame.shown)
        unseen = None if frame.beneath is None else ocr.recognise(frame.beneath)
    except ocr.EngineError as error:
        return str(error)
    for ordinal, text in enumerate(seen.paragraphs, 1):
        spot.add(text, f"识别¶{ordinal}", spot.part, hidden=False)
    known = "".join(seen.text.split())
    for ordinal, text in enumerate(unseen.paragraphs if unseen else (), 1):
        if "".join(text.split()) not in known:
            spot.add(text, f"透明处 识别¶{ordinal}", spot.part, hidden=True)
    return doubtful() if seen.doubtful or (unseen is not None and unseen.doubtful) else None


def unrecognised() -> str:
    return tr(
        "图中可能有文字，未识别：安装识字组件 pip install 'reviewer[ocr]'，或由审核人看图核对",
        "the picture may hold text, not read: pip install 'reviewer[ocr]', or let a reviewer look at it",
    )


def doubtful() -> str:
    return tr(
        "图中有文字识别不清：由审核人看图核对", "some text in the picture is not clear: let a reviewer look at it"
    )


def out_of_time() -> str:
    return tr(
        "时间用尽，图中文字未识别：由审核人看图核对",
        "out of time, text in the picture was not read: let a reviewer look at it",
    )


def unread_code() -> str:
    return tr("二维码或条形码无法读出：用手机扫描核对", "a code could not be read: scan it with a telephone and check")
