"""Text in pictures, recognised by the extra `ocr` where it is installed; otherwise nothing here is imported."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from PIL import Image, ImageDraw, ImageFont, ImageOps

from reviewer.errors import ReviewerError
from reviewer.extract.image.arrange import Letter, Line, Paragraph, paragraphs
from reviewer.extract.limits import recognises_text, time_left_s
from reviewer.language import tr

_THREADS = 2
_DETECTED_SIDE = 1280  # A4 at 200 dpi, 7 pt and up: no error more than at 2048, in half the time
_LARGE_SIDE = 2560  # from here on, half the side
_SMALL_SIDE = 640  # below, letters may be too small for the detector; the picture is doubled
# Below these a page is told: over ten ways of spoiling a page (docs/architecture.md, "Recognised text"), each with
# three or more wrong characters was, but for an even blur that takes one in a hundred; none of those without was.
_SURE_LINE, _SURE_PAGE = 0.93, 0.97
_TILTED = 0.9  # the mean of a page below this, or most of its lines standing upright: it may lie on its side
_TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180)
TIME_FOR_A_PICTURE_S = 45.0
"""What a dense page takes on a slow machine, and something to hand over what was read."""
_LEAST_FOR_A_TURN_S = 60.0
_FAINT = 64  # of 255: with less contrast than this, tones are spread out first
_STRAY = 3  # signs, or places, that are found where there is no text
_PROOF = "2026"


class EngineError(ReviewerError):
    """The engine cannot be used; the message is the reason that stands in the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the paragraphs stand: in pixels of the picture turned by `turn`, each of them `scale` pixels wide."""

    paragraphs: tuple[Paragraph, ...]
    turn: Image.Transpose | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a picture says: paragraphs in reading order, and whether some of it could not be read for sure."""

    paragraphs: tuple[str, ...]
    doubtful: bool
    layout: Layout | None = None

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.paragraphs)


def available() -> bool:
    """Whether text in pictures is recognised here."""
    return recognises_text()


def recognise(image: Image.Image, *, letters: bool = False) -> Recognised:
    """The text of a picture, upright or turned by a right angle; raises EngineError when nobody can say.

    `letters`: its layout tells each letter, too.
    """
    with _guarded():
        prepared = _prepared(image)
    lines, lost = _lines(prepared, letters=letters)
    turn = None
    if lost <= _STRAY and all(_is_texture(line, prepared) for line in lines):
        return Recognised(paragraphs=(), doubtful=False)
    if _may_be_turned(lines, lost):
        for way in _TURNS:
            if time_left_s() < _LEAST_FOR_A_TURN_S:
                break
            turned, lost_then = _lines(prepared.transpose(way), letters=letters)
            if _worth(turned) > _worth(lines) * 1.1:
                lines, lost, turn = turned, lost_then, way
            if not _may_be_turned(lines, lost):
                break
    sure = all(line.score >= _SURE_LINE for line in lines) and _mean(lines) >= _SURE_PAGE
    doubtful = lost > 0 or not sure
    found = paragraphs(lines)
    layout = Layout(paragraphs=found, turn=turn, scale=prepared.width / image.width)
    return Recognised(paragraphs=tuple(one.text for one in found), doubtful=doubtful, layout=layout)


def _is_texture(line: Line, image: Image.Image) -> bool:
    """What the engine makes of roof tiles and leaves: a sign or three, unsure, or one as high as the picture."""
    short = len(line.text) <= _STRAY and line.text.isascii() and line.score < _SURE_LINE
    return short or (len(line.text) == 1 and line.height > image.height / 4)


def _may_be_turned(lines: tuple[Line, ...], lost: int) -> bool:
    if not lines:
        return lost > _STRAY
    letters = sum(len(line.text) for line in lines)
    upright = sum(len(line.text) for line in lines if line.height > 1.5 * line.width and len(line.text) > 1)
    return _mean(lines) < _TILTED or upright * 2 > letters


def _mean(lines: tuple[Line, ...]) -> float:
    """How sure the engine is of a letter, on the whole."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / letters if letters else 1.0


def _worth(lines: tuple[Line, ...]) -> float:
    """How much was read how surely; doubt counts more than length."""
    return sum(len(line.text) * line.score**4 for line in lines if line.height <= 1.5 * line.width)


def _prepared(image: Image.Image) -> Image.Image:
    """In colour, at a size at which letters can be told apart, pale writing made dark."""
    colour = image.convert("RGB")
    low, high = cast(tuple[int, int], colour.convert("L").getextrema())
    if high - low < _FAINT:
        colour = ImageOps.autocontrast(colour)
    longest = max(colour.size)
    if longest < _SMALL_SIDE:
        colour = colour.resize((colour.width * 2, colour.height * 2), Image.Resampling.BICUBIC)
    return colour


def _lines(image: Image.Image, *, letters: bool = False) -> tuple[tuple[Line, ...], int]:
    """The lines that were read, and how many were found of which nothing could be read."""
    engine, detector = _engine()
    return _read(engine, detector, image, letters=letters)


def _read(
    engine: Any, detector: _Detector, image: Image.Image, *, letters: bool = False
) -> tuple[tuple[Line, ...], int]:
    import numpy

    longest = max(image.size)
    detector.side = min(longest, _DETECTED_SIDE) if longest < _LARGE_SIDE else min(longest // 2, _LARGE_SIDE)
    with _guarded():
        output = engine(
            numpy.asarray(image)[:, :, ::-1], use_cls=False, return_word_box=letters, return_single_char_box=letters
        )
    texts = output.txts or ()
    told = output.word_results if letters and len(output.word_results) == len(texts) else ((),) * len(texts)
    read = tuple(
        Line.around(box, text=str(text), score=float(score), letters=_letters(str(text), words))
        for box, text, score, words in zip(output.boxes if texts else (), texts, output.scores or (), told, strict=True)
    )
    return read, max(0, detector.found - len(read))


def _letters(text: str, words: Sequence[Any]) -> tuple[Letter, ...]:
    """The letters of a line by the boxes that the engine tells; none unless they are all that the line says."""
    letters = tuple(
        Letter(char=str(char), middle=sum(float(x) for x, _ in corners) / len(corners)) for char, _, corners in words
    )
    return letters if [letter.char for letter in letters] == list("".join(text.split())) else ()


class _Detector:
    """Stands before the engine's own detector: how large it may look, and how much it found."""

    def __init__(self, detector: Any) -> None:
        self._detector = detector
        self.side = _DETECTED_SIDE
        self.found = 0

    def __call__(self, picture: Any) -> Any:
        self._detector.limit_side_len = self.side
        found = self._detector(picture)
        self.found = 0 if found.boxes is None else len(found.boxes)
        return found


@contextmanager
def _guarded() -> Iterator[None]:
    """Make whatever a native engine raises an EngineError: its kind is told, its message may quote anything."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        raise EngineError(_failed(type(error).__name__)) from None


@cache
def _engine() -> tuple[Any, _Detector]:
    """One engine for the process, proved by a picture whose text is known: one that is broken must not keep silent."""
    with _guarded():
        engine = _started()
    detector = _Detector(engine.text_det)
    engine.text_det = detector
    lines, _ = _read(engine, detector, _proof())
    if _PROOF not in "".join(line.text for line in lines):
        raise EngineError(_failed(tr("自检未通过", "self-test failed")))
    return engine, detector


def _started() -> Any:
    """The engine with the models of its own package: by path, so that none is ever looked for elsewhere."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").handlers.clear()
    found = find_spec("rapidocr")
    assert found is not None and found.origin is not None
    models = Path(found.origin).parent / "models"
    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": 0.0,  # what is unsure is told, not dropped
            "Global.max_side_len": 20_000,
            "Det.model_path": str(_only(models, "*_det_*.onnx")),
            "Rec.model_path": str(_only(models, "*_rec_*.onnx")),
            "Det.limit_type": "max",
            "EngineConfig.onnxruntime.intra_op_num_threads": max(1, min(_THREADS, os.cpu_count() or 1)),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    import numpy

    engine(numpy.full((64, 64, 3), 255, numpy.uint8))  # loads the detector
    return engine


def _only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def _proof() -> Image.Image:
    image = Image.new("RGB", (60, 24), "white")
    ImageDraw.Draw(image).text((14, 6), _PROOF, fill="black", font=ImageFont.load_default())
    return image.resize((360, 144), Image.Resampling.BICUBIC)


def _failed(kind: str) -> str:
    return tr(
        f"识字组件出错（{kind}），图中文字未识别：由审核人看图核对",
        f"the recognition of text failed ({kind}): let a reviewer look at the picture",
    )
