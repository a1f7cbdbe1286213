"""Masked mobile numbers: three digits and four are left to see as a rule, and who sees more tries the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.masks import HIDING
from reviewer.language import tr
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_LENGTH = 11
_HIDDEN = rf"[{HIDING}xX]"
_MASKED = lazy(
    rf"1(?<![0-9A-Za-z{HIDING}.].)[3-9{HIDING}](?:[ \-]?[0-9{HIDING}xX]){{{_LENGTH - 2}}}(?![0-9A-Za-z{HIDING}.])"
)
_MARK = re.compile(_HIDDEN)
_PAIR = lazy(rf"{_HIDDEN}{{2}}|[*xX]")  # another alone may be a sign of multiplication
_MOST = 3  # of the four that 138****1234 hides (a thousand numbers at most)


@dataclass(frozen=True, slots=True)
class PhoneMask:
    """A masked number: its place, and its eleven characters with a star for each that is hidden."""

    start: int
    end: int
    shape: str

    @property
    def hidden(self) -> int:
        return self.shape.count("*")


def phone_masks(text: str, start: int = 0, end: int | None = None) -> Iterator[PhoneMask]:
    """Every masked mobile number of eleven characters."""
    for match in _MASKED.finditer(text, start, len(text) if end is None else end):
        if _PAIR.search(match[0]):
            yield PhoneMask(*match.span(), _MARK.sub("*", re.sub(r"[ \-]", "", match[0])))


def is_thin(mask: PhoneMask) -> bool:
    """Whether it hides three digits at most."""
    return mask.hidden <= _MOST


def thin_phone_masks(digits: Digits) -> Iterator[Found]:
    """Masks that a thousand numbers fit at most."""
    for mask in phone_masks(digits.text):
        if is_thin(mask):
            count = 10**mask.hidden
            yield Found(
                mask.start, mask.end, 1.0, tr(f"掩码后只有 {count} 个号码相符", f"only {count} numbers fit the mask")
            )
