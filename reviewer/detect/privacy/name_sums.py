"""What the features of a stretch (`name_features`) weigh together, reckoned from tables of what comes again.

The weights are of single precision and their sum of double, so that it is exact and their order is free: half of a
sum may be kept for every stretch that begins or ends at the same place, or has the same form.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from reviewer.detect.privacy.everybody import is_numbered, said_at
from reviewer.detect.privacy.name_features import (
    HAN,
    KINDS,
    MASK,
    RUN_SHIFT,
    VEILING,
    A,
    B,
    C,
    bucket,
    class_of,
    form_of,
)
from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.value import dataclass

_MOST = 1 << 16  # entries of one table: a text of all characters there are must not fill the memory

Weighed = tuple[int, int, int, float]
"""Start, end, what the grammar of names says of the stretch, the sum of its weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """What a stretch must weigh to be looked at further: by its own characters, and altogether."""

    own: float
    whole: float


class _Table(dict[int, float]):
    """Sums by the numbers that they depend on, packed into one; each reckoned when it is first asked for."""

    def __init__(self, reckoned: Callable[[int], float]) -> None:
        super().__init__()
        self._reckoned = reckoned

    def __missing__(self, key: int) -> float:
        if len(self) >= _MOST:
            self.clear()
        value = self[key] = self._reckoned(key)
        return value


class NameSums:
    """The tables of one scorer. `common`: how common runs of characters are (`name_features.features`)."""

    def __init__(self, weights: array[float], common: bytes) -> None:
        self.common = common
        k = KINDS

        def weight(mixed: int) -> float:
            return weights[bucket(mixed)]

        self.weight = weight
        # Of the stretch itself. The number of a form has five bits (`name_features.form_of`).
        self._first = _Table(lambda key: weight(k[2] + (key >> 3) * A + (key & 7) * C))
        self._opening = _Table(
            lambda key: (
                weight(k[1] + (key >> 8) * A + _size(key >> 8) * B) + weight(k[14] + (key & 255) * A + (key >> 8) * B)
            )
        )
        self._ending = _Table(lambda key: weight(k[15] + (key & 255) * A + (key >> 8) * B))
        self._whole = _Table(lambda key: weight(k[21] + (key & 255) * A + (key >> 8) * B))
        self._given = _Table(
            lambda key: (
                weight(k[18] + (key >> 4) * A) + weight(k[19] + (key >> 4) * A + (key >> 2 & 3) * B + (key & 3) * C)
            )
        )
        self._kind = _Table(lambda key: weight(k[key >> 5] + (key & 31) * A))
        # Of what stands around it.
        self.left = _Table(lambda key: weight(k[3] + (key >> 5) * A + (key & 31) * B) + weight(k[16] + (key >> 5) * A))
        self.right = _Table(lambda key: weight(k[6] + (key >> 5) * A + (key & 31) * B) + weight(k[17] + (key >> 5) * A))
        self.sides = _Table(lambda key: weight(k[9] + (key >> 5) * A + (key & 31) * B))
        self.far = _Table(lambda key: weight(k[10] + (key >> 6) * A + (key & 63) * B))
        self._again = _Table(lambda key: weight(k[26] + (key >> 5) * A + (key & 31) * B))
        self.said = _Table(lambda key: weight(k[32] + (key >> 5) * A) + weight(k[33] + (key >> 5) * A + (key & 31) * B))
        self.said_sides = _Table(lambda key: weight(k[34] + (key >> 6) * A + (key & 63) * B))
        self.left_run = _Table(lambda key: weight(k[22] + (key >> 3) * A + (key & 7) * B))
        self.left_runs = _Table(lambda key: weight(k[23] + (key >> 5) * A + (key & 31) * B))
        self.right_run = _Table(lambda key: weight(k[24] + (key >> 5) * A + (key & 31) * B))
        self.right_runs = _Table(lambda key: weight(k[25] + (key >> 5) * A + (key & 31) * B))
        self.runs_on = _Table(lambda form: weight(k[30] + form * A))

    def weighed(
        self,
        text: str,
        stretches: Iterable[tuple[int, int]],
        said: Mapping[tuple[int, int], int],
        taken: AbstractSet[int],
        least: Least,
    ) -> Iterator[Weighed]:
        """Of the stretches those that may be names, with their sums but for whether they come again.

        `said`: what the grammar of names says of stretches; `taken`: the places inside its names.
        """
        known: dict[str, float] = {}
        around = Around(self, text)
        for start, end in stretches:
            word = text[start:end]
            own = known.get(word)
            if own is None:
                own = known[word] = self.own(word)
            if own < least.own and (start, end) not in said:
                continue
            if VEILING in text[start : end + 1] or is_numbered(word):
                continue
            told = said_at(said, taken, start, end)
            total = own + around.sum(start, end, told)
            if total + max(self.again(word)) >= least.whole:
                yield start, end, told, total

    def again(self, word: str) -> tuple[float, float]:
        """What is added where a stretch does not come again (`name_features.comes_again`), and where it does."""
        form = form_of(word)[3]
        return self._again[form], self._again[1 << 5 | form]

    def own(self, word: str) -> float:
        """The sum of `own_features`."""
        double, sort, given, form = form_of(word)
        common, size = self.common, len(word)
        codes = list(map(ord, word))
        first, second, last = codes[0], codes[1], codes[-1]
        pair = common[(first * A + second * B & MASK) >> RUN_SHIFT]
        end = pair if size == 2 else common[(codes[-2] * A + last * B & MASK) >> RUN_SHIFT]
        total = self._opening[form << 8 | pair] + self._ending[form << 8 | end]
        total += self.weight(KINDS[2] + first * A + second * B + sort * C) if double else self._first[first << 3 | sort]
        for place in range(given):
            total += self._given[codes[size - given + place] << 4 | given << 2 | place]
        if given > 1:
            total += self.weight(KINDS[20] + codes[-given] * A + codes[1 - given] * B + given * C)
        if size > 2:
            run = common[(first * A + second * B + codes[2] * C & MASK) >> RUN_SHIFT]
            total += self._whole[form << 8 | run]
        opening = word[:2]
        if word in NOUNS or word in FUNCTION or word in LONGER:
            total += self._kind[27 << 5 | form]
        elif opening in NOUNS:
            total += self._kind[28 << 5 | form]
        elif opening in FUNCTION:
            total += self._kind[29 << 5 | form]
        if word[-2:] in NOUNS:
            total += self._kind[31 << 5 | form]
        return total


def _size(form: int) -> int:
    """How many characters a stretch of this form has: those of its given name, and of its surname."""
    return (form >> 3) + (2 if form & 7 == 3 else 1)


_Before = tuple[float, int, int, int, int, int]
_Behind = tuple[float, int, int, int, int, int, bool]


class Around:
    """The same of what stands around the stretches of one text."""

    def __init__(self, sums: NameSums, text: str) -> None:
        self._sums, self._text = sums, text
        self._codes = [0, 0, 0, *map(ord, text), 0, 0, 0]
        self._padded = f"\0\0\0{text}\0\0\0"
        self._known: dict[tuple[str, int], float] = {}
        self._before: dict[int, _Before] = {}
        self._behind: dict[int, _Behind] = {}

    def sum(self, start: int, end: int, said: int) -> float:
        """The sum of `features_around`, but for whether the stretch comes again (`NameSums.again`)."""
        seen = self._padded[start : end + 6], said  # what a form repeats, it repeats with what stands around it
        known = self._known.get(seen)
        if known is None:
            known = self._known[seen] = self._sum(start, end, said)
        return known

    def _sum(self, start: int, end: int, said: int) -> float:
        held = self._before.get(start)
        if held is None:
            held = self._before[start] = self._reckoned_before(start)
        total, left, near_left, far_left, left_run, left_runs = held
        held_behind = self._behind.get(end)
        if held_behind is None:
            held_behind = self._behind[end] = self._reckoned_behind(end)
        more, right, near_right, far_right, right_run, right_runs, runs_on = held_behind
        sums = self._sums
        _, sort, _, form = form_of(self._text[start:end])
        sides = near_left << 3 | near_right
        total += (
            more
            + sums.left[left << 5 | form]
            + sums.right[right << 5 | form]
            + sums.sides[sides << 5 | form]
            + sums.far[sides << 6 | far_left << 3 | far_right]
            + sums.weight(KINDS[11] + left * A + right * B)
            + sums.said[said << 5 | form]
            + sums.said_sides[said << 6 | sides]
        )
        if near_left == HAN:
            total += sums.left_run[left_run << 3 | sort] + sums.left_runs[left_runs << 5 | form]
        if near_right == HAN:
            total += sums.right_run[right_run << 5 | form] + sums.right_runs[right_runs << 5 | form]
        if runs_on:
            total += sums.runs_on[form]
        return total

    def _reckoned_before(self, start: int) -> _Before:
        """The weights that depend on a stretch's beginning alone, and of the characters before it what is needed."""
        left3, left2, left, first, second = self._codes[start : start + 5]
        weight, common, k = self._sums.weight, self._sums.common, KINDS
        total = (
            weight(k[4] + left2 * A + left * B)
            + weight(k[5] + left3 * A + left2 * B + left * C)
            + weight(k[13] + left * A + first * B)
        )
        run = (left * A + first * B) & MASK
        runs = (left * A + first * B + second * C) & MASK
        return total, left, class_of(left), class_of(left2), common[run >> RUN_SHIFT], common[runs >> RUN_SHIFT]

    def _reckoned_behind(self, end: int) -> _Behind:
        """The same of a stretch's end, and whether its last character makes a word with the one behind it."""
        last2, last, right, right2, right3 = self._codes[end + 1 : end + 6]
        weight, common, k = self._sums.weight, self._sums.common, KINDS
        total = (
            weight(k[7] + right * A + right2 * B)
            + weight(k[8] + right * A + right2 * B + right3 * C)
            + weight(k[12] + last * A + right * B)
        )
        run = (last * A + right * B) & MASK
        runs = (last2 * A + last * B + right * C) & MASK
        runs_on = right > 0 and self._text[end - 1 : end + 1] in NOUNS
        return (
            total,
            right,
            class_of(right),
            class_of(right2),
            common[run >> RUN_SHIFT],
            common[runs >> RUN_SHIFT],
            runs_on,
        )
