"""SM2 signatures with SM3 (GB/T 32918.2-2016, curve of GB/T 32918.5-2017), by gmssl-pyx: the extra `sm`.

The signer's id is the standard's default, 1234567812345678. A public key is x ‖ y, 64 bytes; a signature is r ‖ s, 64
bytes, so that it has one spelling only. Keys in files serve where a certified module is not required: under GB/T 39786
the private half lies in one, which is another `Signer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from reviewer.errors import ConfigurationError
from reviewer.language import tr

PUBLIC_BYTES = 64
_HALF = 32
_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_PRIME = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93


class LacksExtraError(ConfigurationError):
    """The extra `sm` is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sm2Private:
    """An unlocked private key and its public half; never printed."""

    secret: bytes
    public: bytes

    def sign(self, message: bytes) -> bytes:
        """r ‖ s over `message`."""
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        r, s = decode_dss_signature(_library().sm2_sign(self.secret, self.public, message))
        return r.to_bytes(_HALF) + s.to_bytes(_HALF)


def generate() -> Sm2Private:
    """A new key, by the library's own generator."""
    public, secret = _library().sm2_key_generate()
    return Sm2Private(secret=secret, public=public)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is that of `public` over `message`."""
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    library = _library()
    r, s = int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:])
    if len(signature) != 2 * _HALF or not (0 < r < _ORDER and 0 < s < _ORDER):
        return False
    try:
        return bool(library.sm2_verify(public, message, encode_dss_signature(r, s)))
    except library.GmsslInnerError:
        return False


def on_curve(public: bytes) -> bool:
    """Whether these 64 bytes are a point of the curve: y² = x³ − 3x + b."""
    x, y = int.from_bytes(public[:_HALF]), int.from_bytes(public[_HALF:])
    return max(x, y) < _PRIME and (y * y - (x * x * x - 3 * x + _B)) % _PRIME == 0


def _library() -> ModuleType:
    try:
        import gmssl_pyx
    except ImportError:
        raise LacksExtraError(
            tr("国密密钥（SM2）需要扩展：pip install 'reviewer[sm]'。", "SM2 keys need: pip install 'reviewer[sm]'.")
        ) from None
    return gmssl_pyx  # type: ignore[no-any-return]
