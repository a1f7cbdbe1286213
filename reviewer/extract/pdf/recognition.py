"""Pages that are pictures: their text recognised, and a text layer that somebody else recognised compared with it."""

from __future__ import annotations

import hashlib
import re

from PIL import Image

from reviewer.extract.image import ocr
from reviewer.extract.limits import time_left_s
from reviewer.extract.pdf.leaf import Leaf
from reviewer.extract.pdf.values import squeezed
from reviewer.extract.scribe import Scribe
from reviewer.terms import Part

DPI = 200
_ALIKE = 0.75  # of a line's pairs of neighbouring signs: one wrong sign in ten spoils two in nine
_NUMBER = re.compile(r"\d{6,}")


class Recogniser:
    """Recognises each picture once; `late` holds the pages for which there was no time."""

    def __init__(self) -> None:
        self._known: dict[bytes, ocr.Recognised] = {}
        self.late: list[int] = []

    @property
    def ready(self) -> bool:
        """Whether text in pictures is recognised here."""
        return ocr.available()

    def page(self, leaf: Leaf, number: int) -> ocr.Recognised | None:
        """What the page shows; None when there is no time left. Raises ocr.EngineError."""
        return self.picture(leaf.render(colour=True, dpi=DPI), number)

    def picture(self, image: Image.Image, number: int) -> ocr.Recognised | None:
        """What a picture on a page shows; None when there is no time left. Raises ocr.EngineError."""
        digest = hashlib.sha256(repr(image.size).encode() + image.tobytes()).digest()
        if digest not in self._known:
            if time_left_s() < ocr.TIME_FOR_A_PICTURE_S:
                self.late.append(number)
                return None
            self._known[digest] = ocr.recognise(image)
        return self._known[digest]


def write(seen: ocr.Recognised, place: str, number: int, scribe: Scribe, *, part: Part = Part.BODY) -> None:
    """Write down recognised paragraphs, which a reader of the page sees."""
    for ordinal, text in enumerate(seen.paragraphs, 1):
        scribe.add(text, f"{place} 识别¶{ordinal}", part=part, page=number)


def write_covered(seen: ocr.Recognised, shown: str, place: str, number: int, scribe: Scribe) -> None:
    """Write down those paragraphs of a picture that the page does not show."""
    known = squeezed(shown)
    for ordinal, text in enumerate(seen.paragraphs, 1):
        if squeezed(text) not in known:
            scribe.add(text, f"{place} 遮盖 识别¶{ordinal}", page=number, hidden=True)


def says_all(layer: str, own: str) -> bool:
    """Whether a text layer holds what was recognised: numbers to the digit, every line but for a few signs."""
    known = squeezed(layer)
    numbers, pairs = set(_NUMBER.findall(known)), _pairs(known)
    for line in map(squeezed, own.splitlines()):
        wanted = _pairs(line)
        if len(wanted & pairs) < _ALIKE * len(wanted) or not numbers.issuperset(_NUMBER.findall(line)):
            return False
    return True


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}
