"""A place as people read it: readers name places in Chinese, and reports in English say them in English.

Names that come from the file (sheets, members, fields, properties) stay as they are.
"""

from __future__ import annotations

import re
from functools import cache

from reviewer.language import language

# Before a `!` stands the name of a sheet or of a member, or one of these.
_HOLDERS = re.compile(
    r"(?:(?:嵌入)?对象\d*|外部链接\d+|插入块\d+|早期版本\d*|旧版副本|正文|网页正文|外部正文|转发邮件\d*|压缩包"
    r"|(?:附件|网页资源|未引用的文件|未引用的对象|早期版本|属性) .*)(?:（.*）)?"
)
_DATA = re.compile(r"[$/]")  # a path into JSON or XML: all of it is the file's own
_COUNTED = (
    (re.compile(r"第(\d+)行第(\d+)列"), r"row \1 column \2"),
    (re.compile(r"第(\d+)行 ([A-Z]+)列"), r"row \1 column \2"),
    (re.compile(r"(?<= )第(\d+)行"), r"row \1"),
    (re.compile(r"第(\d+)行"), r"line \1"),
    (re.compile(r"第(\d+)条"), r"record \1"),
)
_SIGNS = str.maketrans({"（": " (", "）": ")", "：": ": ", "，": ", "})
_HAN = re.compile(r"[\u3400-\u9fff]")


def place_told(place: str) -> str:
    """The place in the language in use."""
    if language() == "zh" or not _HAN.search(place):
        return place
    *holders, last = place.split("!")
    return "!".join((*(_told(one) if _HOLDERS.fullmatch(one) else one for one in holders), _told(last)))


def _told(local: str) -> str:
    if _DATA.match(local):
        return local
    for counted, english in _COUNTED:
        local = counted.sub(english, local)
    pattern, words = _vocabulary()
    said = pattern.sub(lambda one: one[1] + " " * bool(one[1]) + words[one[2]] + " " * bool(one[3]), local)
    return said.translate(_SIGNS) if said != local else local


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str]]:
    """A word is one where no other Chinese character touches it; what follows it at once is set apart."""
    from reviewer.report.place_words import WORDS

    longest = sorted(WORDS, key=len, reverse=True)
    han = _HAN.pattern
    names = rf"(?!{han}|[^\s（]*\.[A-Za-z])"  # nor the name of a file
    return re.compile(rf"(?<![\u3400-\u9fff._-])([A-Za-z]?)({'|'.join(longest)}){names}(?=([\w¶])?)"), WORDS
