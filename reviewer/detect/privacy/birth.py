"""Birth dates in every spelling: of the calendar, of the lunar year, of an era, of the sexagenary cycle, by a feast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reviewer.detect.privacy.people import has_surname
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_YEAR, _SPELT_YEAR = r"(?:18|19|20)[0-9]{2}", r"[一二][八九〇零○][〇零○一二三四五六七八九]{2}"
_COUNT = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_OLD_CALENDAR = r"(?:农历|阴历|旧历|夏历)"
_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|[十廿卅][一二三四五六七八九]?|二十[一二三四五六七八九]?|三十|[0-9]{1,2})日?"
_FEAST = r"(?:端午|腊八|除夕|元宵|中秋|重阳|清明|冬至|夏至|春节|元旦|国庆|小年|七夕|大年[初三][一二三四五十])节?"
_LUNAR = (
    rf"(?:(?:民国|光绪|宣统|康德)(?:元|[一二三四五六七八九十廿卅]{{1,3}}|[0-9]{{1,2}})年"
    rf"|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)"
    rf"{_OLD_CALENDAR}?(?:闰?(?:[正冬腊]|{_COUNT})月(?:{_LUNAR_DAY})?|{_FEAST})"
    rf"|(?:{_YEAR}|{_SPELT_YEAR})年(?:{_OLD_CALENDAR}闰?(?:[正冬腊]|{_COUNT})月(?:{_LUNAR_DAY})?"
    rf"|闰?[正冬腊]月(?:{_LUNAR_DAY})?|闰{_COUNT}月(?:{_LUNAR_DAY})?|{_COUNT}月[初廿][一二三四五六七八九十]?|{_FEAST})"
)
_SOLAR = (
    rf"{_YEAR}[ ]?[年.\-/][ ]?[0-9]{{1,2}}[ ]?[月.\-/][ ]?[0-9]{{1,2}}(?:[ ]?[日号])?"
    rf"|[一二三四五六七八九〇零○]{{4}}年[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日"
)
_COMPACT = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
_DATE = lazy(
    rf"(?P<lunar>{_LUNAR})(?:[子丑寅卯辰巳午未申酉戌亥]时)?"
    rf"|(?:(?P<solar>{_SOLAR})|(?P<compact>{_COMPACT}))(?:[子丑寅卯辰巳午未申酉戌亥]时)?"
    rf"|(?P<season>(?:{_YEAR}|{_SPELT_YEAR})年[春夏秋冬][天季])"
    r"|(?P<short>[0-9]{2}年[01]?[0-9]月[0-3]?[0-9]日)"
)
_DIGIT = lazy(r"[0-9]\Z")
_BORN_AFTER = lazy(r"[ ]?(?:出生|生(?![产活效育长])|于[^，。；：\n]{1,12}出生)")
_BORN_BEFORE = lazy(r"(?:出生(?:日期|年月日?|时间|于)?|(?<![发产])生于|生日)[：: 为是]{0,3}\Z")
# Alone between two marks: 王桂花，护照E00000019，1986-12-05
_BARE = lazy(r"(?:19[3-9][0-9]|20[01][0-9])[.\-/](?:1[0-2]|0?[1-9])[.\-/][0-3]?[0-9]")
_MARK_BEFORE, _MARK_AFTER = lazy(r"[，,；（( ]\Z"), lazy(r"[）)；;，,][ ]?(?![0-9])|[ ]*(?:\n|\Z)")
# Right behind a name in a row: 王桂花，女，庚午年冬月初七，…
_GAP = r"[ \t，,；;、|]{1,3}"
_HEAD = lazy(
    rf"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff·]{{2,6}})(?:{_GAP}(?P<sex>[男女]))?(?P<gap>{_GAP})\Z",
)
_ROW_GOES_ON = lazy(r"[ \t，,；;、。|）)]|\n|\Z")
_HEAD_REACH = 16
# A date of the last years is seldom a birth date, unless the text is of children.
_CHILDREN, _YOUNG = lazy(r"儿童|幼儿|婴|入学|新生|小学|一年级|入园|接种|康复救助|家长|亲子"), 8
_ADULT = 14  # years ago; of what is later a date may tell when something was done


def births(text: str, today: date) -> Iterator[Range]:
    """Where folded text may say when somebody was born: by its words, or right behind a name in a row."""
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match.lastgroup != "lunar" and _DIGIT.search(text, max(0, start - 1), start):
            continue
        if match["short"] and not _BORN_AFTER.match(text, end):
            continue
        if (
            _BORN_AFTER.match(text, end)
            or _BORN_BEFORE.search(text, max(0, start - 12), start)
            or _is_bare(text, start, end)
            or (not match["season"] and _follows_name(text, match, today))
        ):
            yield start, end


def _is_bare(text: str, start: int, end: int) -> bool:
    return (
        _BARE.fullmatch(text, start, end) is not None
        and _MARK_BEFORE.search(text, max(0, start - 1), start) is not None
        and _MARK_AFTER.match(text, end) is not None
    )


def _follows_name(text: str, match: re.Match[str], today: date) -> bool:
    """Whether it stands right behind a name in a row, in a form that events are not dated in there."""
    head = _HEAD.search(text, max(0, match.start() - _HEAD_REACH), match.start())
    if head is None or not has_surname(head["name"]) or not _ROW_GOES_ON.match(text, match.end()):
        return False
    if match["lunar"]:
        return True
    if match["compact"] and not head["sex"]:
        return False
    year = text[match.start() : match.start() + 4]
    if year.isdecimal() and int(year) > today.year - _YOUNG:
        return _CHILDREN.search(text) is not None
    if head["sex"]:
        return True
    same = text[match.end() : match.end() + 1] == head["gap"][:1] not in ("，", ",", " ")
    return same and (not year.isdecimal() or int(year) < today.year - _ADULT)
