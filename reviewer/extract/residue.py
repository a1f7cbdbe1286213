"""Text that lies in binary data without a place in any structure: deleted, forgotten, or of a kind not known.

A run of two-byte codes is taken for text when that explains it far better than chance (bits gained over random
bytes), because a third of all two-byte codes are Chinese characters. The shorter the data, the less it takes: in one
record of a table a name is enough, in a megabyte of free sectors it takes half a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil, log2
from typing import NamedTuple

from reviewer.extract.limits import time_left_s
from reviewer.text.commonness import cost

_RANDOM_BITS = 16.0
_SURE_BITS = 12.0  # over log2 of the places where a run could begin
_COUNTED_BITS = 14.0  # the two bytes before a run say how long it is: in characters or bytes, with its NUL or not
_COUNTED_IN_A_BYTE_BITS = 7.0
_MOST_GAIN = 9.0  # of one ideograph: the commonest costs seven bits
_DIGITS_LEAST = 7
LEAST_S = 4.0
"""Seconds that must be left for a sweep to begin another megabyte."""

_SHORTEST_CORE = 4
_WINDOW = 1 << 20
_OVERLAP = 1 << 12

_TEXT = "\t\r\n\x20-\x7e\u2010-\u2026\u2103\u2116\u2160-\u216b\u2460-\u2473\u25a0-\u25ef\u2605\u2606\u3000-\u301f"
_TEXT += "\u3220-\u3229\u4e00-\u9fff\uff01-\uff5e\u00b7"
_GB_PAIR = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]){2}")
_ANY = re.compile(rb"(?:[\t\r\n\x20-\x7e]|[\x81-\xfe][\x40-\x7e\x80-\xfe])+")
_CHINESE_CODECS = frozenset({"", "gb18030", "gbk", "gb2312", "cp936"})
_DIGITS = re.compile(rb"(?<![0-9A-Za-z+/])[0-9]{7,40}[Xx]?(?![0-9A-Za-z+/=])")
_WIDE_DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9]{7,40}[Xx]?(?![0-9A-Za-z])")
_ADDRESS = re.compile(rb"[0-9A-Za-z._%+-]{2,64}@[0-9A-Za-z-]{2,63}(?:\.[0-9A-Za-z-]{1,63}){0,4}\.[A-Za-z]{2,12}")
_WIDE_ADDRESS = re.compile(_ADDRESS.pattern.decode("ascii"))
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_SPACES = re.compile(r"[\s\x00-\x1f\ufdd0-\ufdef]+")


class Known:
    """The text that was read by its structure, without blanks; what is in it needs no second telling."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(map(squeezed, texts))
        self._told: set[str] = set()

    def news(self, text: str) -> bool:
        """Whether this text is neither known nor told before."""
        key = squeezed(text)
        # Binary numbers beside a text may look like a letter of it.
        core = key[1:-1] if len(key) > _SHORTEST_CORE else key
        if not key or key in self._told or core in self._text:
            return False
        self._told.add(key)
        return True


class Run(NamedTuple):
    """A run of text at a byte of the data."""

    start: int
    end: int
    text: str


def squeezed(text: str) -> str:
    """A text without blanks and control characters, in which line ends and spacing make no difference."""
    return _SPACES.sub("", text)


def without(data: bytes, taken: Sequence[tuple[int, int]]) -> bytes:
    """The data with everything that was read (half-open ranges) blanked out."""
    blank = bytearray(data)
    for start, end in taken:
        first, last = max(0, start), min(end, len(blank))
        if first < last:
            blank[first:last] = bytes(last - first)
    return bytes(blank)


class OutOfTimeError(Exception):
    """The time for this document is used up; what follows was not swept."""


def residue(data: bytes, codec: str = "") -> Iterator[str]:
    """Runs of Chinese text, of digits and of mail addresses, in the order of the data, each once.

    `codec`: what one-byte letters are written in, where that is known and not GB 18030. A megabyte is always swept;
    before each further one OutOfTimeError is raised where the reader's time ends.
    """
    threshold = _SURE_BITS + log2(max(len(data), 2))
    told: set[str] = set()
    for start in range(0, len(data), _WINDOW):
        if start and time_left_s() < LEAST_S:
            raise OutOfTimeError
        window = data[start : start + _WINDOW + _OVERLAP]
        if not window.strip(b"\0"):
            continue
        for run in _apart([*_wide(window, threshold), *_narrow(window, threshold, codec)]):
            text = run.text.strip()
            if text not in told:
                told.add(text)
                yield text


def _apart(runs: list[Run]) -> list[Run]:
    """Of runs that overlap, because the same bytes can be read in several ways, the one that explains most."""
    chosen: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.start, -run.end)):
        if chosen and run.start < chosen[-1].end:
            if _gain(run.text) > _gain(chosen[-1].text):
                chosen[-1] = run
            continue
        chosen.append(run)
    return chosen


def _wide(data: bytes, threshold: float) -> Iterator[Run]:
    """Runs in UTF-16, at even and at odd bytes."""
    pattern = _wide_pattern(max(2, min(_DIGITS_LEAST, ceil((threshold - _COUNTED_BITS) / _MOST_GAIN))))
    for odd in (0, 1):
        for found in pattern.finditer(_units(data[odd:])):
            at = odd + 2 * found.start()
            most = _MOST_GAIN * len(found[0])
            run, bonus = _uncounted(data, Run(start=at, end=at + 2 * len(found[0]), text=found[0]))
            if (most + bonus >= threshold and _means(run.text, threshold - bonus)) or _is_plain(run.text):
                yield run


@cache
def _wide_pattern(least: int) -> re.Pattern[str]:
    """Runs of so many characters; shorter ones could not explain enough, whatever they say."""
    return re.compile(f"[{_TEXT}]{{{least},}}")


@cache
def _gb_pattern(least: int) -> re.Pattern[bytes]:
    """The same in GB 2312."""
    letter = rb"(?:[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]|[\t\r\n\x20-\x7e])"
    return re.compile(letter + b"{%d,}" % least)


def _units(data: bytes) -> str:
    """One character for every two bytes, surrogates alone: so a place in the text is a place in the bytes."""
    count = len(data) // 2
    spread = bytearray(4 * count)
    spread[0::4] = data[0 : 2 * count : 2]
    spread[1::4] = data[1 : 2 * count : 2]
    return spread.decode("utf-32-le", "surrogatepass")


def _uncounted(data: bytes, run: Run) -> tuple[Run, float]:
    """The run without the number before it that says how long it is, and what such a number is worth."""
    first, rest = ord(run.text[0]), len(run.text) - 1
    if rest and first in (rest, rest + 1, 2 * rest, 2 * rest + 2):
        return Run(start=run.start + 2, end=run.end, text=run.text[1:]), _COUNTED_BITS
    return run, _COUNTED_BITS if _is_counted(data, run) else 0.0


def _is_counted(data: bytes, run: Run) -> bool:
    """Whether the length of a run stands before it, in two or four bytes; a flag ("wide") may stand in between."""
    count = len(run.text)
    lengths = {count, count + 1, 2 * count, 2 * count + 2}
    at, flagged = run.start, data[run.start - 1 : run.start] == b"\1"
    before = {int.from_bytes(data[max(0, at - size) : at], "little") for size in (2, 4)}
    if flagged:
        before |= {int.from_bytes(data[max(0, at - 1 - size) : at - 1], "little") for size in (1, 2)}
    return bool(before & lengths)


def _narrow(data: bytes, threshold: float, codec: str) -> Iterator[Run]:
    """Runs in letters of one or two bytes, and digits and addresses in ASCII."""
    chinese = codec in _CHINESE_CODECS
    least = max(2, ceil((threshold - _COUNTED_IN_A_BYTE_BITS) / _MOST_GAIN))
    for found in (_gb_pattern(least) if chinese else _ANY).finditer(data):
        if chinese and not _GB_PAIR.search(found[0]):
            continue
        text = found[0].decode("gb18030" if chinese else codec, "replace")
        counted = data[found.start() - 1 : found.start()] == bytes([len(found[0]) & 0xFF])
        if "\ufffd" not in text and _gain(text) + counted * _COUNTED_IN_A_BYTE_BITS >= threshold:
            yield Run(start=found.start(), end=found.end(), text=text)
    for found in _DIGITS.finditer(data):
        if len(set(found[0])) > 2:
            yield Run(start=found.start(), end=found.end(), text=found[0].decode("ascii"))
    for found in _ADDRESS.finditer(data):
        yield Run(start=found.start(), end=found.end(), text=found[0].decode("ascii"))


def _means(text: str, threshold: float) -> bool:
    return _gain(text) >= threshold and any(not _is_ascii_pair(found[0]) for found in _IDEOGRAPH.finditer(text))


def _is_ascii_pair(character: str) -> bool:
    """Whether a character's two bytes may as well be two letters: “正条” is "ckag"."""
    return all(0x20 <= byte < 0x7F for byte in character.encode("utf-16-le"))


def _gain(text: str) -> float:
    """Bits by which a text is likelier than chance; a character that repeats counts once."""
    return sum(map(_character_gain, set(text)))


@cache
def _character_gain(character: str) -> float:
    return 0.0 if character.isascii() else _RANDOM_BITS - cost(character)


def _is_plain(text: str) -> bool:
    """Whether there are digits or an address in a text, which no chance writes."""
    digits = any(len(set(found[0])) > 2 for found in _WIDE_DIGITS.finditer(text))
    return digits or _WIDE_ADDRESS.search(text) is not None
