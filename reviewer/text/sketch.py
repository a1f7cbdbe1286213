"""A sketch of a text: 64 bits of which near-duplicates share all but a few, and from which nothing can be read.

Simhash (Charikar 2002) over runs of five characters; digits count as one digit, so that pages made from one form
are alike whatever numbers they carry. Two texts are near-duplicates when at most `NEAR` bits differ (three of 64, as
Manku, Jain and Das Sarma chose for web pages, 2007).
"""

from __future__ import annotations

NEAR = 3
NONE = 0
"""The sketch of a text too short to be like another."""

_RUN = 5
_FEWEST = 60  # runs: below this one changed word moves more bits than `NEAR`
_LONGEST = 200_000  # characters: what two documents share, they share by then
_FACTOR = 0x9E3779B97F4A7C15


def sketch(text: str) -> int:
    """64 bits, as a signed number (SQLite has no other)."""
    import numpy as np

    packed = "".join(text[:_LONGEST].split())
    if len(packed) < _FEWEST + _RUN:
        return NONE
    codes = np.frombuffer(packed.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    codes[(codes >= ord("0")) & (codes <= ord("9"))] = ord("0")
    count = len(codes) - _RUN + 1
    runs = np.zeros(count, dtype=np.uint64)
    for at in range(_RUN):
        runs = runs * np.uint64(_FACTOR) + codes[at : at + count] + np.uint64(1)
    runs = np.unique(runs)
    # splitmix64: every bit of a run moves half the bits of its hash.
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    runs ^= runs >> np.uint64(31)
    votes = np.unpackbits(runs.view(np.uint8)).reshape(-1, 64).sum(axis=0, dtype=np.int64)
    bits = np.packbits(votes * 2 > len(runs))
    made = int.from_bytes(bits.tobytes(), "little", signed=True)
    return made or 1


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return ((one ^ other) & 0xFFFFFFFFFFFFFFFF).bit_count()
