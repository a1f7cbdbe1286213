"""Workbooks that Excel encrypts with a password of its own when only their structure is protected ([MS-OFFCRYPTO]).

Anyone can open them, so they are read; a password that a person chose is never guessed.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105
"""[MS-XLS] 2.4.117: opened without asking."""

MAX_BYTES = 16 * 2**20
"""A longer stream is left encrypted: the cipher runs in Python, about a megabyte a second."""

_RC4 = 1
_BLOCK_BYTES = 1024
_BOF_KINDS = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
# Records whose data are never encrypted ([MS-XLS] 2.2.10): FILEPASS, the interface header, locks and revision heads.
_PLAIN = _BOF_KINDS | {0x002F, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138}
_BOUND_SHEET = 0x0085
_OFFSET_BYTES = 4

_Keys = Callable[[int], bytes]


def opened(stream: bytes, file_pass: bytes) -> bytes | None:
    """The stream decrypted by the default password; None if that is not its password."""
    if len(stream) > MAX_BYTES:
        return None
    try:
        keys = _keys(file_pass)
    except (struct.error, IndexError):
        return None
    return None if keys is None else _decrypted(stream, keys)


def _keys(file_pass: bytes) -> _Keys | None:
    kind, major, minor = struct.unpack_from("<3H", file_pass)
    if kind != _RC4:
        return None
    if (major, minor) == (1, 1):
        return _checked(_short_keys(file_pass[6:22]), file_pass[22:38], file_pass[38:54], hashlib.md5)
    if major in (2, 3, 4) and minor == 2:
        (size,) = struct.unpack_from("<I", file_pass, 10)
        (bits,) = struct.unpack_from("<I", file_pass, 14 + 16)
        at = 14 + size
        salt, verifier, proof = file_pass[at + 4 : at + 20], file_pass[at + 20 : at + 36], file_pass[at + 40 : at + 60]
        return _checked(_long_keys(salt, (bits or 40) // 8), verifier, proof, hashlib.sha1)
    return None


def _checked(keys: _Keys, verifier: bytes, proof: bytes, digest: Callable[..., hashlib._Hash]) -> _Keys | None:
    plain = rc4(keys(0), verifier + proof)
    found = digest(plain[: len(verifier)], usedforsecurity=False).digest()
    return keys if len(proof) >= len(found) and found == plain[len(verifier) :][: len(found)] else None


def _short_keys(salt: bytes) -> _Keys:
    """40 bits ([MS-OFFCRYPTO] 2.3.6.2)."""
    first = _md5(DEFAULT_PASSWORD.encode("utf-16-le"))[:5]
    root = _md5((first + salt) * 16)[:5]
    return lambda block: _md5(root + struct.pack("<I", block))


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _long_keys(salt: bytes, size: int) -> _Keys:
    """As many bytes as the header says ([MS-OFFCRYPTO] 2.3.5.2); five are filled up with noughts."""
    root = hashlib.sha1(salt + DEFAULT_PASSWORD.encode("utf-16-le"), usedforsecurity=False).digest()

    def key(block: int) -> bytes:
        found = hashlib.sha1(root + struct.pack("<I", block), usedforsecurity=False).digest()[:size]
        return found.ljust(16, b"\0") if size == 5 else found

    return key


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher RC4; encrypting and decrypting are the same."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 0xFF
        state[i], state[j] = state[j], state[i]
    made = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) & 0xFF
        first = state[i]
        j = (j + first) & 0xFF
        second = state[j]
        state[i], state[j] = second, first
        made.append(byte ^ state[(first + second) & 0xFF])
    return bytes(made)


def _decrypted(stream: bytes, keys: _Keys) -> bytes:
    """Every byte deciphered in its place, then what was never enciphered put back: record heads above all."""
    made = bytearray(
        b"".join(
            rc4(keys(block), stream[at : at + _BLOCK_BYTES])
            for block, at in enumerate(range(0, len(stream), _BLOCK_BYTES))
        )
    )
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        plain = 4
        if kind in _PLAIN:
            plain += size
        elif kind == _BOUND_SHEET:
            plain += min(size, _OFFSET_BYTES)
        made[at : at + plain] = stream[at : at + plain]
        at += 4 + size
    return bytes(made[: len(stream)])
