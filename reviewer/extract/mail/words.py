"""Header values to text: encoded words (RFC 2047), parameters (RFC 2045, RFC 2231), and bytes that nobody declared."""

from __future__ import annotations

import binascii
import re
import urllib.parse
from collections.abc import Iterator

from reviewer.extract.mail.charset import text_of
from reviewer.text.lazy import lazy

_WORD = lazy(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_FOLD = lazy(r"\r?\n(?=[ \t])|[\r\n\0]+")
_PARAMETER = lazy(r""";\s*([^\s;="']{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))""")
_SECTION = lazy(r"([^*]+)(?:\*(\d{1,4}))?(\*?)")
_HEX = lazy(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def header_text(raw: bytes) -> str:
    """A header's value as a person reads it."""
    text = text_of(raw, "utf-8").text if not raw.isascii() else raw.decode("ascii")
    return decode_words(_FOLD.sub("", text)).strip()


def decode_words(text: str) -> str:
    """Encoded words decoded; neighbours of one character set are put together first, for many programs cut
    a character in two between them."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    at, waiting, charset = 0, b"", ""
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        named = word[1].partition("*")[0].lower()
        if waiting and (between.strip() or named != charset):
            pieces.append(text_of(waiting, charset).text)
            waiting = b""
        if between.strip() or not at:
            pieces.append(between)
        waiting, charset, at = waiting + _bytes(word[2], word[3]), named, word.end()
    if waiting:
        pieces.append(text_of(waiting, charset).text)
    return "".join([*pieces, text[at:]])


def _bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8", errors="surrogateescape")
    if encoding in "bB":
        return base64_bytes(raw)
    return _HEX.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), raw.replace(b"_", b" "))


def base64_bytes(raw: bytes) -> bytes:
    """Whatever base64 still says: without what does not belong, without its padding, joined or cut short."""
    pieces = []
    for piece in raw.split(b"="):
        digits = _NOT_BASE64.sub(b"", piece)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        pieces.append(binascii.a2b_base64(digits + b"=" * (-len(digits) % 4)))
    return b"".join(pieces)


def parameters(value: str) -> dict[str, str]:
    """The parameters of a header such as Content-Type, by lower-case name; of two alike, the first."""
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(value):
        name = _SECTION.fullmatch(found[1])
        text = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip()
        if name:
            sections.setdefault(name[1].lower(), []).append((int(name[2] or 0), bool(name[3]), text))
        else:
            sections.setdefault(found[1].lower(), []).append((0, False, text))
    return {name: _joined(found) for name, found in sections.items()}


def _joined(sections: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: sections in order; those with a star are percent-encoded in the character set of the first."""
    ordered = list(_first_of_each(sorted(sections, key=lambda section: section[0])))
    if not any(starred for _, starred, _ in ordered):
        return _unquoted(decode_words("".join(text for _, _, text in ordered)))
    charset, raw = "", b""
    if ordered[0][1] and ordered[0][2].count("'") >= 2:
        charset, _, first = ordered[0][2].split("'", 2)
        ordered[0] = (0, True, first)
    for _, starred, text in ordered:
        raw += urllib.parse.unquote_to_bytes(text) if starred else text.encode("utf-8", errors="replace")
    return text_of(raw, charset).text


def _first_of_each(sections: list[tuple[int, bool, str]]) -> Iterator[tuple[int, bool, str]]:
    seen: set[int] = set()
    for section in sections:
        if section[0] not in seen:
            seen.add(section[0])
            yield section


def _unquoted(text: str) -> str:
    """Some programs percent-encode a name without saying so."""
    if "%" not in text:
        return text
    raw = urllib.parse.unquote_to_bytes(text)
    return text_of(raw, "utf-8").text if not raw.isascii() else text
