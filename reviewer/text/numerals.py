"""Small ordinals as documents write them: 3, 三, 十二, ③."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

NUMBER = rf"(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}|[{_CIRCLED}])"
"""A regular expression for one of them, on folded text."""


def number_of(text: str | None) -> int | None:
    """Its value, from 1 to 99; None for no text and for what is no number."""
    if not text:
        return None
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text.isascii() and text.isdigit():
        return int(text) or None
    tens, has_tens, ones = text.rpartition("十")
    if not has_tens:
        return _DIGITS.get(text)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
