"""The two digests by which a document's bytes are known: SHA-256 and SM3 (GB/T 32905-2016)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Both digests in hexadecimal, and how many bytes they cover."""

    sha256: str
    sm3: str
    size_bytes: int


class _Hash(Protocol):
    def update(self, piece: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


def digests(pieces: Iterable[bytes]) -> Digests:
    """Digest bytes that arrive piece by piece, in one pass."""
    import hashlib  # here, for it loads OpenSSL: what is never digested need not wait for it

    sha256, sm3, size_bytes = hashlib.sha256(), _sm3(), 0
    for piece in pieces:
        sha256.update(piece)
        sm3.update(piece)
        size_bytes += len(piece)
    return Digests(sha256=sha256.hexdigest(), sm3=sm3.hexdigest(), size_bytes=size_bytes)


def _sm3() -> _Hash:
    import hashlib

    try:
        return hashlib.new("sm3")
    except ValueError:  # an OpenSSL built without it: cryptography brings its own
        return CryptographySm3()


class CryptographySm3:
    """SM3 by the cryptography package, in hashlib's manner."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes

        self._hash = hashes.Hash(hashes.SM3())

    def update(self, piece: bytes, /) -> None:
        self._hash.update(piece)

    def hexdigest(self) -> str:
        return self._hash.copy().finalize().hex()
