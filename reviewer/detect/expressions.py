"""Regular expressions of rules: checked when they are decoded, compiled when they are first needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reviewer.strict import Table
from reviewer.text.compiled import compiled

# `<数>` in a rule's pattern: a number in digits or in Chinese numerals, as people write and as they speak. What it
# repeats is bounded, because it may be tried wherever a digit stands.
_NUMBER = (
    r"(?:\d{1,15}+(?:[,.]\d{1,15}+){0,5}+|[〇零一二两三四五六七八九十百千万亿半]{1,12}(?:点[〇零一二三四五六七八九]{1,8})?)"
    r"[万亿千百]{0,3}多?"
)
# `<位>` stands for one digit of a number in any spelling, with what may part it from the one before.
_PLACE = "(?:[ .·—-]{0,2}[0-9〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺])"


def found(pattern: str, text: str, start: int, end: int) -> bool:
    return regex(pattern).search(text, start, end) is not None


@cache
def regex(pattern: str) -> re.Pattern[str]:
    """A compiled pattern; compiled on first use, because a clean document needs few of them."""
    return compiled(pattern, re.MULTILINE)


def check(table: Table, what: str, pattern: str) -> None:
    """Raises ConfigurationError for a pattern that does not compile, unless the file is vouched for."""
    if table.vouched:
        return
    try:
        re.compile(f"(?:{pattern})")  # as it stands among alternatives: no global flags inside
    except re.error as error:
        raise table.error(f"{what} {error}") from None


def union(table: Table, key: str, patterns: Sequence[str]) -> str:
    """Alternatives as one pattern, `<数>` and `<位>` spelt out; raises ConfigurationError naming a wrong one."""
    spelt = [pattern.replace("<数>", _NUMBER).replace("<位>", _PLACE) for pattern in patterns]
    for given, pattern in zip(patterns, spelt, strict=True):
        check(table, f"{key}: /{given}/", pattern)
    return "|".join(f"(?:{pattern})" for pattern in spelt)
