"""Keys in use: what a public key looks like, who can sign, and whether a signature holds (Ed25519, RFC 8032)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.signoff.canonical import digest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PREFIX = "ed25519:"


class Signer(Protocol):
    """Whoever can sign. Today an unlocked key file; a UKey or HSM would offer the same."""

    @property
    def name(self) -> str:
        """Whose key it is."""

    @property
    def public_key(self) -> str:
        """The public half, as the roster holds it."""

    @property
    def protected(self) -> bool:
        """Whether the private half needs something that only this person has."""

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpenKey:
    """A key that has been unlocked; never printed."""

    name: str
    public_key: str
    protected: bool
    private: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature over `message`."""
        return self.private.sign(message)


def open_key(name: str, raw: bytes, *, protected: bool) -> OpenKey:
    """The key whose private half is these 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(raw)
    return OpenKey(
        name=name,
        public_key=_PREFIX + base64.b64encode(private.public_key().public_bytes_raw()).decode("ascii"),
        protected=protected,
        private=private,
    )


def parse_public_key(text: str) -> str:
    """`text` in the only spelling of a public key; raises ConfigurationError if it is none."""
    stripped = text.strip()
    _loaded(stripped)
    return stripped


@lru_cache(maxsize=4096)
def fingerprint(public_key: str) -> str:
    """SHA-256 of the raw public key in hexadecimal: the name of the key in envelopes."""
    return digest(_raw(public_key))


def holds(public_key: str, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is that of `public_key` over `message`."""
    from cryptography.exceptions import InvalidSignature

    try:
        _loaded(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _loaded(public_key: str) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(_raw(public_key))


def _raw(public_key: str) -> bytes:
    encoded = public_key.removeprefix(_PREFIX)
    try:
        raw = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    if len(raw) != 32 or _PREFIX + base64.b64encode(raw).decode("ascii") != public_key:
        raise ConfigurationError(
            tr(
                "不是公钥：应为 ed25519: 加 44 个字符，见 reviewer key show。",
                "not a public key: ed25519: and 44 characters expected, see reviewer key show.",
            )
        )
    return raw
