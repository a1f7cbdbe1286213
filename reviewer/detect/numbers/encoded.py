"""Numbers inside Base64: what a page or a log carries so is as public as what it shows (RFC 4648, clauses 4 and 5)."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

from reviewer.text.lazy import lazy

_MOST = 4096  # a longer one is a picture or a file
_TOKEN = lazy(rf"[A-Za-z0-9](?<![A-Za-z0-9+/_\-].)[A-Za-z0-9+/_\-]{{19,{_MOST}}}+={{0,2}}(?![A-Za-z0-9+/_\-=])")
_NUMBER = re.compile(rb"(?<![0-9])[1-9][0-9]{14,17}[0-9Xx](?![0-9A-Za-z])")


def encoded(text: str, is_right: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The ranges of the tokens in which a right number stands."""
    for token in _TOKEN.finditer(text):
        held = _decoded(token[0])
        if any(is_right(number[0].decode().upper()) for number in _NUMBER.finditer(held)):
            yield token.span()


def _decoded(token: str) -> bytes:
    bare = token.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4))
