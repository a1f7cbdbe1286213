"""Finds telephone numbers, e-mail addresses and number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.numbers.dictated import dictated_mobiles
from reviewer.detect.numbers.encoded import encoded
from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.phone import (
    is_labelled,
    is_mobile,
    landline_ranges,
    marked_mobiles,
    mobiles,
    overseas_mobiles,
)
from reviewer.detect.numbers.runs import rejoined
from reviewer.language import tr
from reviewer.text.lazy import lazy

_LOCAL = lazy(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\Z")
_DOMAIN = lazy(r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62})(?:\.[A-Za-z0-9\-]{1,62}){1,4}")
_PLATE = lazy(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][ ·•・.\-]?"
    r"(?:[A-HJ-NP-Za-hj-np-z0-9]{5,6}|[A-HJ-NP-Za-hj-np-z0-9]{4}[挂学警港澳领]|临[ ]?[A-Z]?[0-9]{5,6})(?![A-Za-z0-9])"
)


def mobile_numbers(digits: Digits) -> Iterator[Found]:
    """Mobile numbers, each once."""
    seen: set[int] = set()
    for run in digits.runs:
        for number in mobiles(run, digits.text):
            if number.end not in seen:
                seen.add(number.end)
                yield Found(number.start, number.end)
    for start, end in marked_mobiles(digits.text):
        yield Found(start, end)
    for start, end in dictated_mobiles(digits.text):
        yield Found(start, end, 0.9, tr("号码分段写出", "the number is told in parts"))
    for start, end in overseas_mobiles(digits.text):
        yield Found(start, end, 0.95)
    for start, end in encoded(digits.text, is_mobile):
        yield Found(start, end, 0.9, tr("号码以 Base64 编码", "the number is written in Base64"))
    for run in digits.broken:
        for number in rejoined(run, 11):
            if is_mobile(number.digits) and is_labelled(digits.text, number.start) and number.end not in seen:
                yield Found(number.start, number.end, 0.95)


def landlines(digits: Digits) -> Iterator[Found]:
    """Fixed lines with an area code."""
    for start, end in landline_ranges(digits.text):
        yield Found(start, end)


def emails(digits: Digits) -> Iterator[Found]:
    """Addresses around an @; each side is bounded, so that a long run of letters costs nothing."""
    text = digits.text
    at = text.find("@")
    while at >= 0:
        local, domain = _LOCAL.search(text, max(0, at - 64), at), _DOMAIN.match(text, at + 1)
        if local and domain:
            yield Found(local.start(), domain.end())
        at = text.find("@", at + 1)


def plates(digits: Digits) -> Iterator[Found]:
    """Number plates of the mainland with at least one digit."""
    for match in _PLATE.finditer(digits.text):
        if re.search(r"[0-9]", match[0]):
            yield Found(*match.span())
