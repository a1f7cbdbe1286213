"""Binds a ruling to the words it was made on, without keeping them.

A fingerprint (`reviewer.detect.fingerprint`) is made of what a reader of a report may see, so that two numbers in like
surroundings may share one. The seal tells them apart: a slow digest of the words under the file's own salt. Who has the
file and would try all numbers of eleven digits needs years of one processor.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

_ROUNDS = 20_000  # some ten milliseconds
_SIZE = 16


@lru_cache(maxsize=4096)
def seal(text: str, salt: str) -> str:
    """32 hex characters for the words without their white space."""
    words = "".join(text.split()).encode("utf-8", "surrogatepass")
    return hashlib.pbkdf2_hmac("sha256", words, bytes.fromhex(salt), _ROUNDS, _SIZE).hex()
