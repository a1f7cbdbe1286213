"""Mobile numbers told in parts: 138后面是0000，最后四位1234; 一三八、四个零、五六七八; 一三八，零零零零，五六七八."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.numbers.runs import NUMERALS, VALUES
from reviewer.text.lazy import lazy

_LENGTH = 11
_FIGURE = rf"[0-9{NUMERALS}]"
_ONE = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_TIMES = rf"[一二两三四五六七八2-8]个{_FIGURE}"
_THOUSANDS = rf"{_ONE}[千仟]零?(?:{_ONE}[百佰])?零?(?:{_ONE}?[十拾])?{_ONE}?"
_ALONE = rf"{_FIGURE}(?![个千仟])"
_PART = rf"(?:{_TIMES}|{_THOUSANDS}|(?:{_ALONE}){{1,8}}+)"
_WHICH = "(?:中间|中段|后面|其后|接着|紧接|然后|再加?|加上?|连着|末尾|末|最后|后|尾)"
_GLUE = (
    rf"[，,、；; ]{{0,2}}+(?:{_WHICH}(?:的)?(?:[一二三四五六七八1-8两几][位个])?(?:数字|号码?|数)?)?+"
    r"(?:都?[是为]|接|[：:])?+[ ]?+"
)
_DICTATED = lazy(
    rf"(?:(?:前面?|头|开头)(?:[三七37]位)?(?:数字|号码)?[是为：:]{{0,2}})?"
    rf"(?P<first>[1一壹幺](?<!{_FIGURE}.)[3-9{NUMERALS}](?:{_ALONE}){{1,5}}+)"
    rf"(?P<rest>(?:{_GLUE}{_PART}){{1,5}}+)(?!{_FIGURE}|[年月日元户人亩])"
)
_WORDS = re.compile(rf"{_WHICH}|个|[千仟百佰]")
_PARTS = re.compile(rf"(?P<which>{_WHICH}(?:的)?(?:[一二三四五六七八1-8两几][位个])?)|(?P<part>{_PART})")
_SPOKEN = lazy(rf"[{NUMERALS}]{{3}}(?:[，,、；; ]{{1,2}}[{NUMERALS}]{{4}}){{2}}")  # as one reads it out
_CALLED = lazy(r"(?:手机|电话|号码|联系|打给|拨打?|致电|来电)[^0-9。；\n]{0,14}\Z")
_CALLED_REACH = 20


def dictated_mobiles(text: str) -> Iterator[tuple[int, int]]:
    """The range of each number of eleven digits that parts, in their order, make up behind a word for a telephone."""
    for match in _DICTATED.finditer(text):
        if not _WORDS.search(match["rest"]) and not _SPOKEN.fullmatch(match[0]):
            continue
        digits = match["first"].translate(VALUES) + "".join(map(_digits, _PARTS.finditer(match["rest"])))
        called = _CALLED.search(text, max(0, match.start() - _CALLED_REACH), match.start())
        if called and len(digits) == _LENGTH and digits[0] == "1" and digits[1] in "3456789":
            yield match.span()


def _digits(found: re.Match[str]) -> str:
    part = found["part"]
    if part is None:
        return ""
    if "个" in part:
        return part[-1].translate(VALUES) * int(part[0].translate(VALUES))
    if not re.search("[千仟]", part):
        return part.translate(VALUES)
    places = dict.fromkeys("千百十", "0")
    rest = part.translate(str.maketrans("仟佰拾", "千百十")).replace("零", "")
    for digit, unit in re.findall(r"(.?)([千百十])", rest):
        places[unit] = digit.translate(VALUES) or "1"
    last = rest[-1] if rest[-1] not in "千百十" else "零"
    return "".join(places.values()) + last.translate(VALUES)
