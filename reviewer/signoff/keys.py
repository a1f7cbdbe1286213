"""Keys in use: what a public key looks like, who can sign, and whether a signature holds.

A public key is written `algorithm:` and base64: `ed25519:` (RFC 8032, the default) or `sm2:` (GB/T 32918, extra `sm`).
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.signoff import sm2
from reviewer.signoff.canonical import digest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Algorithm(StrEnum):
    """How a key signs."""

    ED25519 = "ed25519"
    SM2 = "sm2"


_PUBLIC_BYTES = {Algorithm.ED25519: 32, Algorithm.SM2: sm2.PUBLIC_BYTES}


class Signer(Protocol):
    """Whoever can sign. Today an unlocked key file; a UKey or HSM would offer the same."""

    @property
    def name(self) -> str:
        """Whose key it is."""

    @property
    def public_key(self) -> str:
        """The public half, as the roster holds it: it names the algorithm."""

    @property
    def protected(self) -> bool:
        """Whether the private half needs something that only this person has."""

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`."""


class Private(Protocol):
    """A private key of any algorithm."""

    def sign(self, message: bytes, /) -> bytes:
        """The signature over `message`."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpenKey:
    """A key that has been unlocked; never printed."""

    name: str
    public_key: str
    protected: bool
    private: Private

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`."""
        return self.private.sign(message)


def open_key(name: str, raw: bytes, *, protected: bool) -> OpenKey:
    """The Ed25519 key whose private half is these 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(raw)
    public_key = written(Algorithm.ED25519, private.public_key().public_bytes_raw())
    return OpenKey(name=name, public_key=public_key, protected=protected, private=private)


def open_sm2_key(name: str, secret: bytes, public_key: str, *, protected: bool) -> OpenKey:
    """The SM2 key of these halves. Raises ConfigurationError unless they belong together, or without the extra."""
    private = sm2.Sm2Private(secret=secret, public=_raw(public_key))
    probe = b"reviewer"
    if not holds(public_key, private.sign(probe), probe):
        raise ConfigurationError(tr("私钥与公钥不配对。", "the private half is not that of the public key."))
    return OpenKey(name=name, public_key=public_key, protected=protected, private=private)


def written(algorithm: Algorithm, raw: bytes) -> str:
    """A public key as it is written."""
    return f"{algorithm.value}:{base64.b64encode(raw).decode('ascii')}"


def parse_public_key(text: str) -> str:
    """`text` in the only spelling of a public key; raises ConfigurationError if it is none."""
    stripped = text.strip()
    if algorithm_of(stripped) is Algorithm.SM2:
        if not sm2.on_curve(_raw(stripped)):
            raise _no_key()
    else:
        _loaded(stripped)
    return stripped


@lru_cache(maxsize=4096)
def algorithm_of(public_key: str) -> Algorithm:
    """The algorithm that the key names; raises ConfigurationError for none that is known."""
    try:
        return Algorithm(public_key.partition(":")[0])
    except ValueError:
        raise _no_key() from None


@lru_cache(maxsize=4096)
def fingerprint(public_key: str) -> str:
    """SHA-256 of the raw public key in hexadecimal: the name of the key in envelopes."""
    return digest(_raw(public_key))


def holds(public_key: str, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is that of `public_key` over `message`. Raises ConfigurationError without the extra `sm`."""
    if algorithm_of(public_key) is Algorithm.SM2:
        return sm2.verify(_raw(public_key), signature, message)
    try:
        _loaded(public_key).verify(signature, message)
    except _invalid():
        return False
    return True


@cache
def _invalid() -> type[Exception]:
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature


@lru_cache(maxsize=4096)
def _loaded(public_key: str) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(_raw(public_key))


def _raw(public_key: str) -> bytes:
    algorithm = algorithm_of(public_key)
    try:
        raw = base64.b64decode(public_key.partition(":")[2].encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    if len(raw) != _PUBLIC_BYTES[algorithm] or written(algorithm, raw) != public_key:
        raise _no_key()
    return raw


def _no_key() -> ConfigurationError:
    return ConfigurationError(
        tr(
            "不是公钥：应为 ed25519: 加 44 个字符（或 sm2: 加 88 个），见 reviewer key show。",
            "not a public key: ed25519: and 44 characters (or sm2: and 88) expected, see reviewer key show.",
        )
    )
