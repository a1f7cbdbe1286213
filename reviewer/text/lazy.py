"""Regular expressions compiled on first use: a clean document needs few of a hundred, and starting must be quick."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

from reviewer.text.compiled import compiled

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "groupindex", "flags")


class Lazy:
    """Stands in for a compiled pattern until somebody asks it something; from then on it answers directly."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = (source, flags)
        self.pattern = source  # patterns are made of others: asking for their source compiles none

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        source, flags = self._source
        pattern: Any = compiled(source, flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, later. A pattern that does not compile fails at its first use: every one has a test."""
    return cast("re.Pattern[AnyStr]", Lazy(source, flags))
