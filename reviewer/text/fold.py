"""Folding: the many spellings of the same text become one, and every offset finds its way back."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from reviewer.text.escapes import undone
from reviewer.text.lazy import lazy
from reviewer.text.traditional import SIMPLIFIED, TRADITIONAL
from reviewer.value import dataclass, field

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"

# Characters that print nothing: zero-width, joiners, direction marks, soft hyphen, variation selectors.
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
)
# "机 密", "内　部　资　料": single characters set apart. A word of two or more ends the run.
_SPACED = rf"(?<![{HAN}])[{HAN}](?:[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]{{1,4}}[{HAN}])+(?![{HAN}])"
_UNSEEN = lazy(f"[{_INVISIBLE}]+")
_SPACED_RUN = lazy(_SPACED)
_GAPS = lazy(rf"[^{HAN}]+")

# NFKC leaves the radicals supplement alone: PDF text layers hold these in place of the ideographs
# (Unicode, EquivalentUnifiedIdeograph.txt; of those that stand for a whole character, its simplified form).
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺁⺇⺝⺩⺫⺼⻑"
        "⺄⺈⺊⺌⺍⺎⺒⺓⺙⺛⺜⺧⺪⺬⺮⺯⺰⺶⺷⺸⺻⺽⻃⻈⻊⻏⻐⻒⻕⻗⻟⻠⻪⻫⻭⻯⻱⻲",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟厂几月王目肉长"
        "乙刀卜小小兀巳幺攵旡日牛疋示竹纟纟羊羊羊聿臼西讠足邑钅长阜雨饣饣黾齐齿龙龟龟",
        strict=True,
    )
)
_COMPATIBLE = ((0xFF01, 0xFF5E), (0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0xFE10, 0xFE6B))
_COMPATIBLE_FAR = ((0x1D400, 0x1D7FF), (0x2F800, 0x2FA1D))  # mathematical letters; more compatibility ideographs
_FAR = lazy("[\U0001d400-\U0001d7ff\U0002f800-\U0002fa1d]")
# The noughts of other scripts; their nine digits follow.
_NOUGHTS = (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0x1946, 0x19D0)

# Digits in circles number a list ("①2023年"): they are digits only in a row, or in the middle of a number.
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⓿❶❷❸❹❺❻❼❽❾⓪➀➁➂➃➄➅➆➇➈⓿➊➋➌➍➎➏➐➑➒⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_DIGITS = str.maketrans(_CIRCLED + _RAISED, "0123456789" * 7)
_ENCLOSED_RUN = lazy(f"[{_CIRCLED}{_RAISED}]{{4,}}|(?<=[0-9]{{2}})[{_CIRCLED}]+(?=[0-9]{{2}})")
# Letters of other alphabets are those they look like where they touch a digit or a Latin letter.
_FOREIGN = "АВЕКМНОРСТХаеорсухіјѕІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοⅩⅹЗ"
_LIKE = str.maketrans(_FOREIGN, "ABEKMHOPCTXaeopcyxijsIJSABEZHIKMNOPTYXoXx3")
_LIKE_IN_NUMBER = str.maketrans("ОоΟοІΙ", "000011")
_FOREIGN_RUN = lazy(f"(?<=[0-9A-Za-z])[{_FOREIGN}]+|[{_FOREIGN}]+(?=[0-9A-Za-z@])")
_DISGUISED = lazy(f"[{_CIRCLED}{_RAISED}{_FOREIGN}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the code point of the original it stands for.

    `origins` is None when nothing was removed: offsets are then the same on both sides. `ends`: where an escape
    ends that stands for one character, by where it begins.
    """

    text: str
    origins: Sequence[int] | None
    size: int  # code points of the original
    ends: Mapping[int, int] = field(default_factory=dict)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that the half-open folded range stands for."""
        if self.origins is None:
            return start, end
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else self.size
            return at, at
        last = self.origins[end - 1]
        return self.origins[start], self.ends.get(last, last + 1)

    def folded(self, start: int, end: int) -> tuple[int, int]:
        """The half-open folded range of a half-open range of the original."""
        if self.origins is None:
            return start, end
        return bisect_left(self.origins, start), bisect_left(self.origins, end)


def fold(text: str) -> Folded:
    """One spelling for width, traditional forms, radicals, invisible characters and spaced-out words.

    Every change but the removals is one character for one, so that offsets stay exact; an escape becomes what
    it stands for, and the rest of it is removed.
    """
    size = len(text)
    text, ends = undone(text)
    if text.isascii():
        return Folded(text, None, size)
    folded = Folded(_undisguised(text.translate(_table())), None, size, ends)
    folded = _without(folded, [match.span() for match in _UNSEEN.finditer(folded.text)])
    return _without(folded, _gaps(folded.text))


def _undisguised(text: str) -> str:
    """Digits and letters in disguise as what they are taken for: an identity number in circles, a Cyrillic Х."""
    if _FAR.search(text):
        text = text.translate(_far_table())
    if not _DISGUISED.search(text):
        return text
    text = _ENCLOSED_RUN.sub(lambda run: run[0].translate(_DIGITS), text)
    return _FOREIGN_RUN.sub(_unmasked, text)


def _unmasked(run: re.Match[str]) -> str:
    around = run.string[max(0, run.start() - 1) : run.start()] + run.string[run.end() : run.end() + 1]
    number = around.strip(" ").isdigit()
    return run[0].translate(_LIKE_IN_NUMBER if number else {}).translate(_LIKE)


def _gaps(text: str) -> list[tuple[int, int]]:
    """The blanks inside spaced-out words, in order."""
    return [
        (run.start() + gap.start(), run.start() + gap.end())
        for run in _SPACED_RUN.finditer(text)
        for gap in _GAPS.finditer(run[0])
    ]


def _without(folded: Folded, ranges: list[tuple[int, int]]) -> Folded:
    """The same without the ranges; they are in order and apart."""
    if not ranges:
        return folded
    pieces: list[str] = []
    origins = array("L")
    held = folded.origins if folded.origins is not None else range(folded.size)
    at = 0
    for start, end in [*ranges, (len(folded.text), len(folded.text))]:
        pieces.append(folded.text[at:start])
        origins.extend(held[at:start])
        at = end
    return Folded("".join(pieces), origins, folded.size, folded.ends)


@cache
def _table() -> dict[int, str]:
    table = _simplified() | {ord(old): new for old, new in _RADICALS.items()} | _compatible(_COMPATIBLE)
    table |= {nought + digit: str(digit) for nought in _NOUGHTS for digit in range(10)}
    table |= dict.fromkeys((12288, 160, 8199, 8239, *range(8192, 8199), 8200, 8201), " ")
    table |= dict.fromkeys((8208, 8209, 8210, 8211, 8259, 8722), "-")
    # Chinese punctuation stays Chinese: rules are written with it.
    for char in "，。：；？！（）、“”‘’《》〈〉【】〔〕「」":
        table.pop(ord(char), None)
    return table


@cache
def _simplified() -> dict[int, str]:
    return {ord(old): new for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True)}


@cache
def _far_table() -> dict[int, str]:
    return _compatible(_COMPATIBLE_FAR)


def _compatible(ranges: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Full-width ASCII, Kangxi radicals, compatibility ideographs, vertical and small forms of punctuation.

    They are left to NFKC where it gives one character for one. It gives traditional forms (U+2F3E: 戶), which are
    simplified in their turn.
    """
    simplified = _simplified()
    table: dict[int, str] = {}
    for code in (code for first, last in ranges for code in range(first, last + 1)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = simplified.get(ord(plain), plain)
    return table
