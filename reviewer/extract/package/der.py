"""DER as far as a seal and a certificate need it: its strings, its times and its large octet strings (ITU-T X.690)."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.value import dataclass

_MOST_NODES = 20_000
_DEEPEST = 40
_STRINGS = {
    0x0C: "utf-8",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
_OCTETS = 0x04
_CONTEXT_OCTETS = 0x80
_BITS = 0x03
_CONSTRUCTED = 0x20


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A primitive value: a text, or bytes."""

    text: str = ""
    data: bytes = b""


class DerError(ValueError):
    """The bytes are no DER."""


def values(data: bytes) -> Iterator[Value]:
    """Every text and every octet string, in order; octet strings that are DER themselves are looked into.

    Raises DerError when the outermost value is no sequence or runs past the end.
    """
    if not data.startswith(b"\x30"):
        raise DerError
    room = [_MOST_NODES]
    yield from _walk(data, 0, room)


def _walk(data: bytes, depth: int, room: list[int]) -> Iterator[Value]:
    position = 0
    while position < len(data):
        room[0] -= 1
        if room[0] < 0 or depth > _DEEPEST:
            raise DerError
        tag = data[position]
        start, end = _bounds(data, position)
        content = data[start:end]
        position = end
        if tag & _CONSTRUCTED:
            yield from _walk(content, depth + 1, room)
        elif tag in _STRINGS:
            yield Value(text=content.decode(_STRINGS[tag], "replace").strip("\0 "))
        elif tag in (_OCTETS, _BITS, _CONTEXT_OCTETS):
            inner = content[1:] if tag == _BITS else content
            nested = _nested(inner, depth, room)
            if nested is None:
                yield Value(data=inner)
            else:
                yield from nested


def _nested(content: bytes, depth: int, room: list[int]) -> list[Value] | None:
    """What an octet string holds if it is a whole DER sequence; None if it is only bytes."""
    if len(content) < 8 or not content.startswith(b"\x30"):
        return None
    try:
        if _bounds(content, 0)[1] != len(content):
            return None
        return list(_walk(content, depth + 1, room))
    except DerError:
        return None


def _bounds(data: bytes, position: int) -> tuple[int, int]:
    """Where the content of the value at a position begins and ends."""
    if data[position] & 0x1F == 0x1F or position + 1 >= len(data):
        raise DerError
    length, start = data[position + 1], position + 2
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4 or start + size > len(data):
            raise DerError
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > len(data):
        raise DerError
    return start, start + length
