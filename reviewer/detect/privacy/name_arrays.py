"""The same sums as `name_sums` reckons stretch by stretch, for all stretches of a text at once, by numpy."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any

import numpy as np

from reviewer.detect.privacy.everybody import CROSSED, NUMBERED
from reviewer.detect.privacy.name_features import (
    BUCKETS,
    HAN,
    KINDS,
    MASK,
    RUN_SHIFT,
    SHIFT,
    VEILING,
    A,
    B,
    C,
    class_of,
    surnames,
)
from reviewer.detect.privacy.name_sums import Least, Weighed
from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, RARE
from reviewer.value import dataclass

_NOUN, _FUNCTION, _COMPOUND = 1, 2, 4
_INITIAL, _SURNAME, _COMMON, _RARE, _HANZI, _VEILS, _NUMBERS = 1, 2, 4, 8, 16, 32, 64
_NARROW = 1 << 16  # no character of a list has a higher number
_KINDS = [np.uint32(kind & MASK) for kind in KINDS]
Feature = tuple[Any, Any]
"""For each stretch a sum of products, and whether it has this feature; None where all have."""
_AT_ONCE = 1 << 14  # stretches reckoned together
_AROUND = 3  # characters before and behind a stretch that are looked at


class NameArrays:
    """One scorer's weights as arrays."""

    def __init__(self, weights: array[float], common: bytes, initials: frozenset[str]) -> None:
        self._weights = np.append(np.frombuffer(weights, dtype=np.float32), np.float32(0))
        self._common = np.frombuffer(common, dtype=np.uint8)
        self._initials = initials

    def weighed(
        self,
        text: str,
        said: Mapping[tuple[int, int], int],
        taken: AbstractSet[int],
        least: Least,
    ) -> Iterator[Weighed]:
        """As `name_sums.NameSums.weighed` of all candidates, in the same order."""
        page = _Page(self, np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32))
        crossed = np.zeros(page.size + 1, dtype=np.int64)
        crossed[np.fromiter(taken, dtype=np.int64, count=len(taken)) + 1] = 1
        crossed = np.cumsum(crossed)
        starts, ends = page.candidates
        told = np.where(crossed[ends] > crossed[starts], np.uint32(CROSSED), np.uint32(0))
        called = _places(starts, ends, said)
        told[called] = [said[place] for place in zip(starts[called].tolist(), ends[called].tolist(), strict=True)]
        is_called = np.zeros(len(starts), dtype=bool)
        is_called[called] = True
        for block in range(0, len(starts), _AT_ONCE):
            part = slice(block, block + _AT_ONCE)
            yield from self._block(page, starts[part], ends[part], told[part], is_called[part], least)

    def _block(self, page: _Page, starts: Any, ends: Any, told: Any, is_called: Any, least: Least) -> Iterator[Weighed]:
        form = page.form(starts, ends)
        own = self._sums(page.own(starts, ends, form))
        at = np.flatnonzero((is_called | (own >= least.own)) & ~page.left_out(starts, ends))
        starts, ends, told, form = starts[at], ends[at], told[at], form.of(at)
        total = own[at] + self._sums(page.around(starts, ends, told, form))
        again = np.maximum(*(self._sums(page.again(form, again)) for again in (0, 1)))
        kept = np.flatnonzero(total + again >= least.whole)
        yield from zip(*(column[kept].tolist() for column in (starts, ends, told, total)), strict=True)

    def _sums(self, features: Sequence[Feature]) -> Any:
        """For each stretch the sum of the weights of its features, whose sums of products are reckoned in 32 bits."""
        mixed = np.stack([one for one, _ in features])
        buckets = (mixed ^ mixed >> np.uint32(15)) * np.uint32(A) >> np.uint32(SHIFT)
        for row, (_, has) in zip(buckets, features, strict=True):
            if has is not None:
                row[~has] = BUCKETS
        return self._weights[buckets].sum(axis=0, dtype=np.float64)

    def run(self, mixed: Any) -> Any:
        """How common runs of characters are."""
        return self._common[mixed >> np.uint32(RUN_SHIFT)].astype(np.uint32)

    @cached_property
    def sorts(self) -> Any:
        """What each character is of a name."""
        sorts = np.zeros(_NARROW, dtype=np.uint8)
        sorts[0x4E00:0xA000] |= _HANZI
        for flag, chars in (
            (_INITIAL, self._initials),
            (_SURNAME, surnames()),
            (_COMMON, COMMON),
            (_RARE, RARE),
            (_VEILS, VEILING),
            (_NUMBERS, NUMBERED),
        ):
            sorts[[ord(char) for char in chars if ord(char) < _NARROW]] |= flag
        return sorts

    @cached_property
    def far(self) -> list[int]:
        """The first characters of names that are in no list."""
        return [ord(char) for char in self._initials if ord(char) >= _NARROW]

    @cached_property
    def classes(self) -> Any:
        """The class of each character; those beyond are of class 0."""
        return np.array([class_of(code) for code in range(_NARROW)], dtype=np.uint32)

    @cached_property
    def words(self) -> tuple[Any, Any]:
        """Words of two characters as numbers in order, and what each is."""
        flags: dict[int, int] = {}
        for flag, words in ((_NOUN, NOUNS), (_FUNCTION, FUNCTION), (_COMPOUND, COMPOUND)):
            for word in words:
                flags[_number(word)] = flags.get(_number(word), 0) | flag
        return np.array(sorted(flags), dtype=np.uint64), np.array([flags[key] for key in sorted(flags)], dtype=np.uint8)

    @cached_property
    def longer(self) -> Any:
        """Words of three characters as numbers in order."""
        return np.array(sorted(map(_number, LONGER)), dtype=np.uint64)


def _places(starts: Any, ends: Any, said: Mapping[tuple[int, int], int]) -> list[int]:
    """Where among the candidates those stand of which the grammar says something."""
    wanted = np.array([start * 8 + end - start for start, end in said if end - start < 8], dtype=np.int64)
    numbers = starts * 8 + ends - starts
    at = np.searchsorted(numbers, wanted)
    inside = at < len(numbers)
    return list(at[inside][numbers[at[inside]] == wanted[inside]].tolist())


def _number(word: Iterable[str]) -> int:
    number = 0
    for char in word:
        number = number << 16 | ord(char)
    return number


@dataclass(frozen=True, slots=True)
class _Form:
    """For each stretch whether its surname is double, the sort of it, the length of the rest, the form's number."""

    double: Any
    sort: Any
    given: Any
    number: Any

    def of(self, at: Any) -> _Form:
        """The same of some of the stretches."""
        return _Form(self.double[at], self.sort[at], self.given[at], self.number[at])


class _Page:
    """One text. Its characters are numbered from `_AROUND`: something stands before the first and behind the last."""

    def __init__(self, arrays: NameArrays, codes: Any) -> None:
        self._arrays = arrays
        self.size = len(codes)
        self._codes = np.concatenate([np.zeros(_AROUND, np.uint32), codes, np.zeros(_AROUND + 2, np.uint32)])
        narrow = np.where(self._codes < _NARROW, self._codes, np.uint32(_NARROW - 1))
        self._sorts = arrays.sorts[narrow]
        self._classes = arrays.classes[narrow]
        self._a, self._b, self._c = (self._codes * np.uint32(factor) for factor in (A, B, C))
        self._flags = self._words(narrow.astype(np.uint64))
        self._narrow = narrow

    def _words(self, narrow: Any) -> Any:
        """What word of two characters begins at each character."""
        keys, flags = self._arrays.words
        numbers = narrow[:-1] << np.uint64(16) | narrow[1:]
        at = np.minimum(np.searchsorted(keys, numbers), len(keys) - 1)
        return np.where(keys[at] == numbers, flags[at], 0)

    @cached_property
    def candidates(self) -> tuple[Any, Any]:
        """Where stretches of two, three and four characters begin and end (`name_features.candidates`), in order."""
        sorts = self._sorts[_AROUND:]
        han = (sorts & _HANZI) > 0
        initial = (sorts[: self.size] & _INITIAL) > 0
        if self._arrays.far:
            initial |= np.isin(self._codes[_AROUND : _AROUND + self.size], self._arrays.far)
        two = np.flatnonzero(initial & han[1 : self.size + 1])
        three = two[han[two + 2]]
        four = three[han[three + 3]]
        four = four[((self._flags[four + _AROUND] & _COMPOUND) > 0) | ((sorts[four] & _SURNAME) == 0)]
        numbers = np.concatenate([two * 8 + 2, three * 8 + 3, four * 8 + 4])
        numbers.sort()
        starts = numbers >> 3
        return starts, starts + (numbers & 7)

    def left_out(self, starts: Any, ends: Any) -> Any:
        """Whether a character that veils stands in a stretch or right behind it, or it is a numbered one."""
        numbered = (ends - starts == 2) & ((self._sorts[ends + _AROUND - 1] & _NUMBERS) > 0)
        return numbered | (self._veils[ends + 1] > self._veils[starts])

    @cached_property
    def _veils(self) -> Any:
        """How many characters that veil stand before each."""
        return np.cumsum((self._sorts[_AROUND - 1 :] & _VEILS) > 0)

    def form(self, starts: Any, ends: Any) -> _Form:
        """As `name_features.form_of`."""
        places = starts + _AROUND
        double = (self._flags[places] & _COMPOUND) > 0
        sorts = self._sorts[places]
        sort = np.where((sorts & _COMMON) > 0, 1, np.where((sorts & _RARE) > 0, 2, 4))
        sort = np.where(double, 3, sort).astype(np.uint32)
        given = (ends - starts - np.where(double, 2, 1)).astype(np.uint32)
        return _Form(double, sort, given, given * np.uint32(8) + sort)

    def own(self, starts: Any, ends: Any, of: _Form) -> list[Feature]:
        """`own_features`."""
        run, a, b, c, k = self._arrays.run, self._a, self._b, self._c, _KINDS
        double, sort, given, form = of.double, of.sort, of.given, of.number
        form_a, form_b, given_b = form * np.uint32(A), form * np.uint32(B), given * np.uint32(B)
        size = (ends - starts).astype(np.uint32)
        first, end = starts + _AROUND, ends + _AROUND
        pair = end - np.maximum(given, 2)
        features: list[Feature] = [
            (k[1] + form_a + size * np.uint32(B), None),
            (k[2] + a[first] + np.where(double, b[first + 1], np.uint32(0)) + sort * np.uint32(C), None),
            (k[14] + run(a[first] + b[first + 1]) * np.uint32(A) + form_b, None),
            (k[15] + run(a[end - 2] + b[end - 1]) * np.uint32(A) + form_b, None),
            (k[20] + a[pair] + b[pair + 1] + given * np.uint32(C), given > 1),
            (k[21] + run(a[first] + b[first + 1] + c[first + 2]) * np.uint32(A) + form_b, size > 2),
        ]
        for back in (1, 2, 3):  # from the last character of the given name to its first
            has, code = given >= back, a[end - back]
            features.append((k[18] + code, has))
            features.append((k[19] + code + given_b + (given - np.uint32(back)) * np.uint32(C), has))
        opening = self._flags[first]
        noun, function = (opening & _NOUN) > 0, (opening & _FUNCTION) > 0
        word = ((noun | function) & (size == 2)) | ((size == 3) & self._longer(first))
        features += [
            (k[27] + form_a, word),
            (k[28] + form_a, noun & ~word),
            (k[29] + form_a, function & ~noun & ~word),
            (k[31] + form_a, (self._flags[end - 2] & _NOUN) > 0),
        ]
        return features

    def _longer(self, first: Any) -> Any:
        """Whether a word of three characters begins at a place."""
        keys = self._arrays.longer
        one, two, three = (self._narrow[first + place].astype(np.uint64) for place in range(3))
        numbers = one << np.uint64(32) | two << np.uint64(16) | three
        return keys[np.minimum(np.searchsorted(keys, numbers), len(keys) - 1)] == numbers

    def around(self, starts: Any, ends: Any, said: Any, of: _Form) -> list[Feature]:
        """`features_around` but for whether the stretch comes again."""
        run, a, b, c, k, classes = self._arrays.run, self._a, self._b, self._c, _KINDS, self._classes
        sort, form = of.sort, of.number
        form_a, form_b, said_a = form * np.uint32(A), form * np.uint32(B), said * np.uint32(A)
        first, right = starts + _AROUND, ends + _AROUND
        left, last = first - 1, right - 1
        sides = classes[left] * np.uint32(8) + classes[right]
        far = classes[left - 1] * np.uint32(8) + classes[right + 1]
        sides_a = sides * np.uint32(A)
        before, behind = classes[left] == HAN, classes[right] == HAN
        return [
            (k[3] + a[left] + form_b, None),
            (k[4] + a[left - 1] + b[left], None),
            (k[5] + a[left - 2] + b[left - 1] + c[left], None),
            (k[6] + a[right] + form_b, None),
            (k[7] + a[right] + b[right + 1], None),
            (k[8] + a[right] + b[right + 1] + c[right + 2], None),
            (k[9] + sides_a + form_b, None),
            (k[10] + sides_a + far * np.uint32(B), None),
            (k[11] + a[left] + b[right], None),
            (k[12] + a[last] + b[right], None),
            (k[13] + a[left] + b[first], None),
            (k[16] + a[left], None),
            (k[17] + a[right], None),
            (k[32] + said_a, None),
            (k[33] + said_a + form_b, None),
            (k[34] + said_a + sides * np.uint32(B), None),
            (k[22] + run(a[left] + b[first]) * np.uint32(A) + sort * np.uint32(B), before),
            (k[23] + run(a[left] + b[first] + c[first + 1]) * np.uint32(A) + form_b, before),
            (k[24] + run(a[last] + b[right]) * np.uint32(A) + form_b, behind),
            (k[25] + run(a[last - 1] + b[last] + c[right]) * np.uint32(A) + form_b, behind),
            (k[30] + form_a, (self._flags[last] & _NOUN) > 0),
        ]

    def again(self, of: _Form, again: int) -> list[Feature]:
        """The feature that says whether a stretch comes again."""
        return [(_KINDS[26] + np.uint32(again * A & MASK) + of.number * np.uint32(B), None)]
