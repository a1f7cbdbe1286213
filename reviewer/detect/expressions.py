"""Regular expressions of rules: checked when they are decoded, compiled when they are first needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reviewer.strict import Table


def found(pattern: str, text: str, start: int, end: int) -> bool:
    return regex(pattern).search(text, start, end) is not None


@cache
def regex(pattern: str) -> re.Pattern[str]:
    """A compiled pattern; compiled on first use, because a clean document needs few of them."""
    return re.compile(pattern, re.MULTILINE)


def union(table: Table, key: str, patterns: Sequence[str]) -> str:
    """Alternatives as one pattern; raises ConfigurationError naming the one that does not compile."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise table.error(f"{key}: /{pattern}/ {error}") from None
    return "|".join(f"(?:{pattern})" for pattern in patterns)
