"""Parses JSON as it is met: duplicate keys, comments, trailing commas, values in a row (RFC 8259, RFC 7464, JSON5)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from reviewer.extract.data.value import Array, Object, Scalar, Value
from reviewer.extract.limits import time_left_s

MOST_VALUES = 2_000_000
DEEPEST = 400
_CLOCK = 4096  # values between two looks at it
_LEAST_LEFT_S = 15.0  # what reading it all as plain text may take

_TOKEN = re.compile(
    r"""(?P<blank>[\s\ufeff\x1e\0]++)"""  # U+001E begins a record of a text sequence (RFC 7464)
    r"""|"(?P<string>(?:[^"\\]++|\\.)*+)\""""
    r"""|'(?P<quoted>(?:[^'\\]++|\\.)*+)'"""
    r"""|(?P<sign>[{}\[\],:])"""
    r"""|(?P<comment>//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/|\#[^\r\n]*+)"""
    r"""|(?P<bare>[^\s{}\[\],:"'/#]++)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0", "\n": "", "\r\n": "", "\r": ""}
_SURROGATE = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LITERALS = frozenset({"true", "false", "null"})
_NUMBER = re.compile(r"[+-]?(?:[0-9][0-9.eE+-]*|\.[0-9][0-9eE+-]*|0[xX][0-9a-fA-F]+|NaN|Infinity)")


class BrokenError(ValueError):
    """The text is no JSON, from this code point and line on."""

    def __init__(self, at: int, line: int) -> None:
        super().__init__(at)
        self.at = at
        self.line = line


@dataclass(slots=True)
class Parsed:
    """The values of a text, one after the other, and its comments with their lines."""

    values: list[Value] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)


def parse(text: str) -> Parsed:
    """All values of a text. Raises BrokenError for what no reading of JSON allows."""
    return _Parser(text).parse()


class _Parser:
    """Walks the tokens once; containers that are open lie on a stack."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parsed = Parsed()
        self._stack: list[Array | Object] = []
        self._key: str | None = None  # of the member that is being read
        self._colon = False  # it has been seen
        self._comma = True  # a value may follow
        self._left = MOST_VALUES
        self._line_end = "\n" if "\n" in text else "\r"
        self._line, self._counted = 1, 0

    def parse(self) -> Parsed:
        at = 0
        while at < len(self._text):
            token = _TOKEN.match(self._text, at)
            if token is None:
                raise self._broken(at)
            self._take(token, at)
            at = token.end()
        if self._stack:
            raise self._broken(len(self._text))
        return self._parsed

    def _take(self, token: re.Match[str], at: int) -> None:
        kind = token.lastgroup
        if kind == "blank":
            return
        if kind == "comment":
            self._parsed.comments.append((self._line_at(at), token[0].strip("/*# \t")))
        elif kind == "sign":
            self._sign(token[0], at)
        else:
            self._word(token, at)

    def _sign(self, sign: str, at: int) -> None:
        if sign in "{[":
            self._open(Object(self._line_at(at)) if sign == "{" else Array(self._line_at(at)), at)
        elif sign in "}]":
            self._close(sign, at)
        elif sign == ":":
            if self._key is None or self._colon:
                raise self._broken(at)
            self._colon = True
        else:
            if not self._stack or self._comma:
                raise self._broken(at)
            self._comma = True

    def _word(self, token: re.Match[str], at: int) -> None:
        quoted = token.lastgroup != "bare"
        if self._stack and isinstance(self._stack[-1], Object) and self._key is None:
            if not self._comma:
                raise self._broken(at)
            self._key = _string(token) if quoted else token[0]
            return
        text = _string(token) if quoted else token[0]
        if not quoted and text not in _LITERALS and not _NUMBER.fullmatch(text):
            raise self._broken(at)
        self._add(Scalar(text, self._line_at(at), quoted), at)

    def _open(self, container: Array | Object, at: int) -> None:
        if len(self._stack) >= DEEPEST:
            raise self._broken(at)
        self._add(container, at)
        self._stack.append(container)
        self._comma = True

    def _close(self, sign: str, at: int) -> None:
        opened = self._stack.pop() if self._stack else None
        if opened is None or isinstance(opened, Object) != (sign == "}") or self._key is not None:
            raise self._broken(at)
        self._comma = False

    def _add(self, value: Value, at: int) -> None:
        self._left -= 1
        if self._left < 0 or (self._left % _CLOCK == 0 and time_left_s() < _LEAST_LEFT_S):
            raise self._broken(at)
        if not self._stack:
            self._parsed.values.append(value)
            return
        holder = self._stack[-1]
        if not self._comma:
            raise self._broken(at)
        self._comma = False
        if isinstance(holder, Array):
            holder.items.append(value)
            return
        if self._key is None or not self._colon:
            raise self._broken(at)
        holder.items.append((self._key, value))
        self._key, self._colon = None, False

    def _line_at(self, at: int) -> int:
        self._line += self._text.count(self._line_end, self._counted, at)
        self._counted = at
        return self._line

    def _broken(self, at: int) -> BrokenError:
        return BrokenError(at, self._line_at(at))


def _string(token: re.Match[str]) -> str:
    text = token["string"] if token["string"] is not None else token["quoted"]
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return _SURROGATE.sub(_paired, _ESCAPE.sub(_unescaped, text))


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else _ESCAPED.get(found[3], found[3])


def _paired(found: re.Match[str]) -> str:
    return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
