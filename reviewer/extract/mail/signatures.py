"""Signatures of a message: whom their certificates name, and the content of S/MIME that is signed in one piece."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_DEEPEST = 8
_ARMOUR = re.compile(rb"^(?:Comment|Version):[ \t]*([^\r\n]+)", re.MULTILINE)


def read_signature(data: bytes, label: str, scribe: Scribe) -> None:
    """The names in the certificates of a PKCS #7 signature; an OpenPGP one has none, but may have a comment."""
    if b"-----BEGIN PGP" in data:
        for comment in _ARMOUR.findall(data):
            scribe.add(comment.decode("utf-8", errors="replace"), label, part=Part.PROPERTY, hidden=True)
        return
    try:
        names = list(dict.fromkeys(_signers(data)))
    except Exception:  # noqa: BLE001
        # The library raises errors of its own kinds for each kind of damage; all mean the same here.
        names = []
    for name in names:
        scribe.add(name, f"{label} 证书", part=Part.PROPERTY, hidden=True)
    if not names:
        scribe.gap(
            label,
            tr(
                "数字签名含签名人证书，未能解读：由审核人核对签名人",
                "the signature holds the signer's certificate and could not be decoded: check who signed",
            ),
        )


def _signers(data: bytes) -> Iterator[str]:
    from cryptography.hazmat.primitives.serialization import pkcs7

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BER where DER should be
        certificates = pkcs7.load_der_pkcs7_certificates(data)
    for certificate in certificates:
        for attribute in certificate.subject:
            yield str(attribute.value)


def signed_content(data: bytes) -> bytes | None:
    """The content of a SignedData that holds it (RFC 5652, 5.1); None if there is none, or it is sealed."""
    start = data.find(_SIGNED_DATA, 0, 64)
    inner = data.find(_DATA, start + 1, start + 400) if start >= 0 else -1
    if inner < 0:
        return None
    found = b"".join(_octets(data, inner + len(_DATA), len(data), 0))
    return found or None


def _octets(data: bytes, at: int, end: int, depth: int) -> Iterator[bytes]:
    """The primitive octet strings of the first element at an offset, whatever it is wrapped in."""
    element = _element(data, at, end)
    if element is None or depth > _DEEPEST:
        return
    tag, start, stop = element
    if tag == 0x04:
        yield data[start:stop]
    elif tag in (0x24, 0xA0):
        while start < stop:
            inner = _element(data, start, stop)
            if inner is None or inner[0] == 0:
                return
            yield from _octets(data, start, stop, depth + 1)
            start = inner[2] if data[start + 1] != 0x80 else _end_of(data, start, stop)


def _element(data: bytes, at: int, end: int) -> tuple[int, int, int] | None:
    """Tag, start and end of the contents; an indefinite length goes on to the end of what is around it."""
    if at + 2 > end:
        return None
    tag, length = data[at], data[at + 1]
    at += 2
    if length == 0x80:
        return tag, at, end
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[at : at + size], "big")
        at += size
    return (tag, at, min(at + length, end)) if at <= end else None


def _end_of(data: bytes, at: int, end: int) -> int:
    """Where an element of indefinite length ends, if nothing but primitives is in it."""
    at += 2
    while at < end:
        inner = _element(data, at, end)
        if inner is None or inner[0] == 0:
            return at + 2
        at = inner[2]
    return end
