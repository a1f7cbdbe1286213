"""Pages that are pictures: their text recognised, and a text layer that somebody else recognised compared with it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from PIL import Image

from reviewer.extract.image import ocr
from reviewer.extract.limits import time_left_s
from reviewer.extract.pdf.leaf import Leaf
from reviewer.extract.pdf.values import squeezed
from reviewer.extract.scribe import Scribe
from reviewer.terms import Part

_DPI = 200
_TIME_FOR_A_PICTURE_S = 45.0  # what a dense page takes on a slow machine, and to read on without recognising
_ALIKE = 0.9  # pairs of letters in common: two readings of a clean page have 0.97 and more
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
        return self.picture(leaf.render(colour=True, dpi=_DPI), number)

    def picture(self, image: Image.Image, number: int) -> ocr.Recognised | None:
        """What a picture on a page shows; None when there is no time left. Raises ocr.EngineError."""
        digest = hashlib.sha256(repr(image.size).encode() + image.tobytes()).digest()
        if digest not in self._known:
            if time_left_s() < _TIME_FOR_A_PICTURE_S:
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


def alike(layer: str, own: str) -> bool:
    """Whether two readings of a page are the same but for a few signs; numbers must agree to the digit."""
    one, other = squeezed(layer), squeezed(own)
    if Counter(_NUMBER.findall(one)) != Counter(_NUMBER.findall(other)):
        return False
    pairs, others = (Counter(text[n : n + 2] for n in range(len(text) - 1)) for text in (one, other))
    total = sum(pairs.values()) + sum(others.values())
    return total > 0 and 2 * sum((pairs & others).values()) >= _ALIKE * total
