"""Numbers inside Base64: what a page or a log carries so is as public as what it shows (RFC 4648, clauses 4 and 5)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

from reviewer.text.lazy import lazy

_MOST = 4096  # a longer one is a picture or a file
_TOKEN = lazy(rf"[A-Za-z0-9](?<![A-Za-z0-9+/_\-].)[A-Za-z0-9+/_\-]{{14,{_MOST}}}+={{0,2}}(?![A-Za-z0-9+/_\-=])")
_LEAST = 15  # characters of the shortest number, a mobile's
_PIECE = lazy(rf"[^/]{{{_LEAST},}}+")  # in an address a stroke parts the steps of a path
_NUMBER = lazy(rb"(?<![0-9A-Za-z.])[1-9][0-9]{10,17}[0-9Xx]?(?![0-9A-Za-z])")


def encoded(text: str, is_right: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The ranges of the tokens, or of the steps of a path, in which a right number stands."""
    for token in _TOKEN.finditer(text):
        pieces = [piece.span() for piece in _PIECE.finditer(text, *token.span())] if "/" in token[0] else []
        for start, end in (*pieces, token.span()):
            if _holds(text[start:end], is_right):
                yield start, end
                break


def _holds(token: str, is_right: Callable[[str], bool]) -> bool:
    return any(is_right(number[0].decode().upper()) for number in _NUMBER.finditer(_decoded(token)))


def _decoded(token: str) -> bytes:
    bare = token.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4))
