"""Cuts RTF into tokens: groups, control words, control symbols, escaped bytes and text (RTF 1.9.1, "RTF Syntax")."""

from __future__ import annotations

import re

TEXT, UNICODE, WORD, PARAMETER, ESCAPED, BRACE, SYMBOL = range(1, 8)
"""The group of TOKEN that matched last; a word with a parameter ends in PARAMETER."""

TOKEN = re.compile(
    rb"([^\\{}]+)"
    rb"|((?:\\u-?[0-9]{1,5}(?: ?\?|\\'3[fF]))+)"  # the usual way: each with one question mark to skip
    rb"|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?"
    rb"|((?:\\'[0-9a-fA-F]{2})+)"
    rb"|([{}])"
    rb"|\\(.)",
    re.DOTALL,
)
_NUMBERS = re.compile(rb"u(-?[0-9]+)")
_LINE_ENDS = b"\r\n\0"
_NO_DIGIT = re.compile(rb"[^0-9a-fA-F]+")
BINARY = b"\\"
"""Before a piece of data that came as bytes; no piece of digits begins so."""


def letters(raw: bytes) -> bytes:
    """Text as it counts: line ends are no part of it."""
    return raw.translate(None, _LINE_ENDS)


def escaped(run: bytes) -> bytes:
    r"""The bytes of a run of \'hh."""
    return bytes.fromhex(run.replace(b"\\'", b"").decode("ascii"))


def codes(run: bytes) -> list[int]:
    r"""The numbers of a run of \uN."""
    return [int(number) for number in _NUMBERS.findall(run)]


def unhexed(pieces: list[bytes]) -> bytes:
    r"""The bytes of a destination of data: hexadecimal digits, and what \bin brought, in turn."""
    return b"".join(piece[1:] if piece[:1] == BINARY else _digits(piece) for piece in joined(pieces))


def joined(pieces: list[bytes]) -> list[bytes]:
    """Neighbouring pieces of digits together: a byte may be cut in two by a line or a group."""
    whole: list[bytes] = []
    digits: list[bytes] = []
    for piece in [*pieces, BINARY]:
        if piece[:1] != BINARY:
            digits.append(piece)
            continue
        if digits:
            whole.append(b"".join(digits))
            digits = []
        whole.append(piece)
    return whole


def _digits(piece: bytes) -> bytes:
    found = _NO_DIGIT.sub(b"", piece)
    return bytes.fromhex(found[: len(found) // 2 * 2].decode("ascii"))
