"""A second, independent reader of the same pages: where two engines see different characters, one of them is wrong."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from types import FrameType

import pypdf

from reviewer.extract.limits import time_left_s
from reviewer.extract.pdf.values import squeezed

_MOST_PAGES = 30  # looked at in a long file, evenly spread; all of them once one disagrees
_MOST_S = 8.0
_LEAST_LEFT_S = 12.0
_MOST_BYTES = 64 * 2**20
# What ordinary files come to (200 pages of LibreOffice, Word, pdfTeX, reportlab, Acrobat): five or seven characters on
# two pages, each time one and the same character.
_LEAST, _LEAST_KINDS = 6, 4
_LEAST_SHARE = 0.1  # of a page, for what only the first reader saw: the second is the weaker one

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its messages quote the document


class _OutOfTime(BaseException):  # no library may take it for an error of its own
    """The second reader has had its time."""


def disagreeing_pages(data: bytes, first: Mapping[int, Counter[str]]) -> tuple[int, ...]:
    """Numbers of the pages of which pypdf reads other characters than pdfium did (`first`: what it drew on each).

    Only letters, digits and ideographs count, in whatever order. What cannot be read again is not compared.
    """
    if len(data) > _MOST_BYTES or not first:
        return ()
    found: dict[int, bool] = {}
    with contextlib.suppress(_OutOfTime), _limited(min(_MOST_S, time_left_s() - _LEAST_LEFT_S)):
        pages = _pages(data)
        for number in _sample(sorted(first)):
            found[number] = _disagrees(pages, number, first[number])
        if any(found.values()):
            for number in sorted(set(first) - set(found)):
                found[number] = _disagrees(pages, number, first[number])
    return tuple(sorted(number for number, differs in found.items() if differs))


def significant(text: str) -> Counter[str]:
    """How often each letter, digit and ideograph stands in a text."""
    return Counter(character for character in squeezed(text) if character.isalnum())


def _sample(numbers: list[int]) -> Iterable[int]:
    if len(numbers) <= _MOST_PAGES:
        return numbers
    return [numbers[at * len(numbers) // _MOST_PAGES] for at in range(_MOST_PAGES)]


def _pages(data: bytes) -> Mapping[int, pypdf.PageObject]:
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        return dict(enumerate(reader.pages, 1))
    except Exception:  # noqa: BLE001  # the first reader has told what is wrong with the file
        return {}


def _disagrees(pages: Mapping[int, pypdf.PageObject], number: int, first: Counter[str]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            second = significant(pages[number].extract_text())
    except Exception:  # noqa: BLE001  # nothing to compare with
        return False
    unseen, alone = second - first, first - second
    if unseen.total() >= _LEAST and len(unseen) >= _LEAST_KINDS:
        return True
    enough = max(_LEAST, _LEAST_SHARE * first.total())
    return bool(second) and alone.total() >= enough and len(alone) >= _LEAST_KINDS


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises _OutOfTime in the block once its time is up, where the system can do that; else before it begins."""
    if seconds <= 0:
        raise _OutOfTime
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _OutOfTime
