"""Telephone numbers of the mainland: mobile numbers in their spellings, fixed lines with their extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.numbers.runs import Group, Number, Run, joined, number
from reviewer.text.lazy import lazy

_SPLITS = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (5, 3, 3), (5, 6), (4, 3, 4), (3, 3, 3, 2)}
_USUAL = (3, 4, 4)
_SINGLE = (1,) * 11
_MOST_GROUPS = 7
_COUNTRY = ("86", "086", "0086")
_MOBILE = lazy(r"1[3-9][0-9]{9}")

# It begins with the zero, so that the engine can skip to it; what stands before is looked at afterwards.
_LANDLINE = lazy(
    r"0(?<![0-9A-Za-z].)[0-9]{2,3}(?:[)）][ \-]?|[ \-—–]{0,3})"
    r"(?:[2-9][0-9]{2,3}[ \-]?[0-9]{4}|[2-9][0-9]{3}[ \-][0-9]{3})"
    r"(?:[ ]?(?:转|转分机|分机|ext\.?|[\-—–])[ ]?[0-9]{1,6})?(?![0-9])"
)
# Hong Kong, Macau and Taiwan: mobiles by their first digit (numbering plans of OFCA, CTT and NCC).
_OVERSEAS = lazy(
    r"(?:\+(?<![0-9A-Za-z].)|00(?<![0-9A-Za-z]..))[（(]?(?:852[)）]?[ \-]{0,3}[4-79][0-9]{3}[ \-]?[0-9]{4}"
    r"|853[)）]?[ \-]{0,3}6[0-9]{3}[ \-]?[0-9]{4}"
    r"|886[)）]?[ \-]{0,3}0?9[0-9]{2}[ \-]?[0-9]{3}[ \-]?[0-9]{3})(?![0-9A-Za-z])"
)
_YEAR = lazy(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")  # a contract's number has one, too
_LABEL = lazy(
    r"(?:手机|电话|联系|移动|号码|致电|[回来去]电|回拨|拨打|[Mm]obile|MOBILE|[Tt]el|TEL|[Pp]hone|PHONE|[Cc]all)"
    r"[^0-9，。；\n]{0,6}\n?\Z"
)
# The network's three digits in brackets, or slashes between the parts.
_MARKED = lazy(
    r"(?:[(（](?<![0-9A-Za-z].)1[3-9][0-9][)）][ \-—–]{0,2}[0-9]{4}[ \-—–]?|1(?<![0-9A-Za-z/.].)[3-9][0-9]/[0-9]{4}/)"
    r"[0-9]{4}(?![0-9A-Za-z/])"
)
_HYPHENED = lazy(r"[0-9]+[\-—–·][0-9]+(?:[\-—–·][0-9]+)*|[0-9 ]+[\-—–][0-9 ]+[\-—–][0-9 \-—–]+")
_LABEL_REACH = 14
_IDENTITY = lazy(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx]\Z")
_COUNTRY_BEFORE = lazy(r"(?:\+?86[ \-]?)?[（(]?\Z")


def landline_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Fixed lines with their area code, country code and extension."""
    for match in _LANDLINE.finditer(text):
        before = _COUNTRY_BEFORE.search(text, max(0, match.start() - 5), match.start())
        start = before.start() if before else match.start()
        opened = text[match.start() - 1 : match.start()] in "（(" if match.start() else False
        closed = ")" in match[0] or "）" in match[0]
        yield (start if opened is closed else match.start()), match.end()


def overseas_mobiles(text: str) -> Iterator[tuple[int, int]]:
    """Mobile numbers of Hong Kong, Macau and Taiwan with their country code, which alone tells them from a serial."""
    return (match.span() for match in _OVERSEAS.finditer(text))


def marked_mobiles(text: str) -> Iterator[tuple[int, int]]:
    """Mobile numbers cut by brackets or slashes: (139)0000-7730, 139/0000/7730."""
    return (match.span() for match in _MARKED.finditer(text))


def is_mobile(digits: str) -> bool:
    """Eleven digits beginning 13 to 19."""
    return _MOBILE.fullmatch(digits) is not None


def is_labelled(text: str, start: int) -> bool:
    """Whether a word for a telephone stands right before."""
    return _LABEL.search(text, max(0, start - _LABEL_REACH), start) is not None


def mobiles(run: Run, text: str) -> Iterator[Number]:
    """Mobile numbers in a run of digits, with the country code if it is written."""
    for first in range(len(run)):
        if not run[first].digits.startswith(("1", "86", "086", "0086")):
            continue
        for length in range(1, _MOST_GROUPS + 1):
            groups = run[first : first + length]
            if len(groups) < length:
                break
            found = _mobile(groups, run[first - 1] if first else None, text)
            if found:
                yield found
    for single in joined(run, 11, longest=0):
        first = next(at for at, group in enumerate(run) if group.start == single.start)
        found = _mobile(run[first : first + 11], None, text)
        if found:
            yield found


def _mobile(groups: tuple[Group, ...], before: Group | None, text: str) -> Number | None:
    whole = number(groups)
    digits = whole.digits
    prefix = next((code for code in _COUNTRY if len(digits) == 11 + len(code) and digits.startswith(code)), "")
    if not is_mobile(digits[len(prefix) :]) or not (prefix or _is_cut_so(whole, text)):
        return None
    if not (whole.exact or whole.split == _USUAL or is_labelled(text, whole.start)):
        return None
    start = whole.start
    if not prefix and before is not None and before.digits in _COUNTRY:
        start = before.start
    if start and text[start - 1] == "+":
        start -= 1
    if _continues(text, start, whole.end):
        return None
    return Number(digits=digits, start=start, end=whole.end, split=whole.split, exact=True)


def _is_cut_so(whole: Number, text: str) -> bool:
    """Whether people cut a telephone number so: as is usual, with hyphens only, or anyhow behind a word for it."""
    return (
        whole.split in _SPLITS
        or whole.split == _SINGLE
        or (
            _HYPHENED.fullmatch(text, whole.start, whole.end) is not None
            and _YEAR.search(text, whole.start, whole.end) is None
        )
        or is_labelled(text, whole.start)
    )


def _continues(text: str, start: int, end: int) -> bool:
    """A letter on either side makes it part of a code; a decimal point part of a measurement."""
    before = text[start - 1 : start]
    after = text[end : end + 2]
    if before == "_":  # 王桂花_164….jpg is a person's, 5299…_164… too, art_2024_164… a page's
        before = "" if _IDENTITY.search(text, max(0, start - 20), start - 1) else text[start - 2 : start - 1]
    return (before.isascii() and before.isalnum()) or bool(re.match(r"[A-Za-z]|\.[0-9]", after))
