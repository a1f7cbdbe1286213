"""Cuts HTML into tokens as a browser does: every character belongs to one, in time linear in the length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from copy import copy
from enum import Enum
from functools import cache
from typing import NamedTuple


class Kind(Enum):
    """What a token is; `RAW` is what stands inside an element that holds no markup, such as a script."""

    TEXT = "text"
    START = "start"
    END = "end"
    COMMENT = "comment"
    DECLARATION = "declaration"
    RAW = "raw"


class Attribute(NamedTuple):
    """An attribute as written, and where its value begins in the source; the value still holds references."""

    name: str
    value: str
    at: int


class Token(NamedTuple):
    """Half-open code points of the source. `name` is in lower case; `contents` leaves out what fences them.

    `closed` is false for a tag that the page ends in: a browser drops it with all that it swallowed.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    contents: str = ""
    attributes: tuple[Attribute, ...] = ()
    self_closing: bool = False
    closed: bool = True


def names(words: str) -> frozenset[str]:
    """A set of names, written as one would say them."""
    return frozenset(words.split())


RAW_ELEMENTS = names("script style xmp iframe noembed noframes textarea title plaintext")

_S = r" \t\n\r\f"
_MARKUP = re.compile(
    rf"<(?:(?P<comment>!--)|(?P<bogus>[!?]|/(?![A-Za-z]))|(?P<slash>/?)(?P<name>[A-Za-z][^{_S}/>]*+)(?P<bare>>?))"
)
_COMMENT_END = re.compile(r"--!?>")
_EMPTY_COMMENT = re.compile(r"-?>")
# A quote that nothing closes takes everything to the end, once: what a browser drops then is still read.
_ATTRIBUTE = re.compile(
    rf"[{_S}/]*+(?P<name>=?[^{_S}/>=]++|=)"
    rf"""(?:[{_S}]*+=[{_S}]*+(?:"(?P<double>[^"]*+)"?|'(?P<single>[^']*+)'?|(?P<bare>[^{_S}>"'][^{_S}>]*+))?)?"""
)
_TAG_END = re.compile(rf"[{_S}/]*+>?")


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a page in their order; together they are the source."""
    at = text = foreign = 0
    while True:
        at = source.find("<", at)
        found = _MARKUP.match(source, at) if at >= 0 else None
        if at >= 0 and found is None:
            at += 1  # a "<" that begins no markup is text
            continue
        if found is None:
            at = len(source)
        if text < at:
            yield Token(Kind.TEXT, text, at, contents=source[text:at])
        if found is None:
            return
        token = _markup(source, found)
        yield token
        foreign = max(0, foreign + _foreign(token))
        if token.kind is Kind.START and token.name in RAW_ELEMENTS and not (foreign and token.self_closing):
            token = _raw(source, token)
            yield token
        at = text = token.end


def _markup(source: str, found: re.Match[str]) -> Token:
    if found["comment"]:
        return _comment(source, found)
    if found["bogus"]:
        close = source.find(">", found.end())
        end = close + 1 or len(source)
        return Token(Kind.DECLARATION, found.start(), end, contents=source[found.start() + 1 : end].rstrip(">"))
    return _tag(source, found)


def _comment(source: str, found: re.Match[str]) -> Token:
    close = _EMPTY_COMMENT.match(source, found.end()) or _COMMENT_END.search(source, found.end())
    inner, end = (close.start(), close.end()) if close else (len(source), len(source))
    return Token(Kind.COMMENT, found.start(), end, contents=source[found.end() : inner])


def _tag(source: str, found: re.Match[str]) -> Token:
    kind, name, at = Kind.END if found["slash"] else Kind.START, found["name"].lower(), found.end()
    if found["bare"]:
        return Token(kind, found.start(), at, name)
    attributes: list[Attribute] = []
    while attribute := _ATTRIBUTE.match(source, at):
        at = attribute.end()
        group = attribute.lastgroup or "name"
        value, value_at = ("", at) if group == "name" else (attribute[group], attribute.start(group))
        attributes.append(Attribute(attribute["name"].lower(), value, value_at))
    close = _TAG_END.match(source, at)
    assert close is not None
    return Token(
        kind,
        found.start(),
        close.end(),
        name,
        attributes=tuple(attributes),
        self_closing=close[0].endswith("/>"),
        closed=close[0].endswith(">"),
    )


def _raw(source: str, opening: Token) -> Token:
    close = _raw_end(opening.name).search(source, opening.end)
    end = close.start() if close and opening.name != "plaintext" else len(source)
    return Token(Kind.RAW, opening.end, end, opening.name, source[opening.end : end])


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_S}/>]|\Z)", re.IGNORECASE)


def _foreign(token: Token) -> int:
    """What the token does to the depth of drawings and formulas, in which `<title/>` is a whole element."""
    if token.name not in ("svg", "math") or token.self_closing:
        return 0
    return 1 if token.kind is Kind.START else -1


class Lines:
    """Tells at which line of a source, from 1, an offset stands."""

    def __init__(self, source: str) -> None:
        self._ends = [found.end() for found in re.finditer(r"\r\n?|\n", source)]
        self._from = 0

    def at(self, offset: int) -> int:
        return 1 + bisect_right(self._ends, self._from + offset)

    def within(self, offset: int) -> Lines:
        """The same for a piece of the source that begins at `offset`."""
        inner = copy(self)
        inner._from += offset
        return inner
