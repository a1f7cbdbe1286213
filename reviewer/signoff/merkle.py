"""The Merkle tree of RFC 9162 section 2.1 over hashes: roots, inclusion and consistency proofs, and their checks. Pure.

A leaf is `leaf(data)` = SHA-256(0x00 ‖ data), an inner node SHA-256(0x01 ‖ left ‖ right). The data of a ledger's leaf
are the 32 bytes of the entry's `hash`, and leaf number seq − 1 is entry seq.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

EMPTY = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Nodes(Protocol):
    """A tree's full subtrees: `node(level, position)` covers the leaves position × 2^level and the 2^level − 1 after.

    Level 0 are the leaves. Only subtrees within the tree are asked for.
    """

    def node(self, level: int, position: int) -> bytes:
        """The hash of that subtree."""


class Grown:
    """A tree held in memory, built by adding one leaf after another."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for one in leaves:
            self.add(one)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def add(self, hashed: bytes) -> None:
        """One more leaf, as `leaf` hashes it, and every subtree that it fills."""
        level = 0
        self._levels[0].append(hashed)
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            left, right = self._levels[level][-2:]
            self._levels[level + 1].append(parent(left, right))
            level += 1

    def node(self, level: int, position: int) -> bytes:
        """The hash of that subtree."""
        return self._levels[level][position]

    def inner(self) -> Iterator[tuple[int, int, bytes]]:
        """Every full subtree from level 1 up: level, position, hash."""
        for level, hashes in enumerate(self._levels[1:], start=1):
            for position, hashed in enumerate(hashes):
                yield level, position, hashed


def filled(nodes: Nodes, index: int, hashed: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The subtrees from level 1 up that leaf number `index`, of that hash, fills: level, position, hash."""
    level, right = 0, hashed
    while (index >> level) % 2 == 1:
        right = parent(nodes.node(level, (index >> level) - 1), right)
        level += 1
        yield level, index >> level, right


def root(nodes: Nodes, size: int) -> bytes:
    """The head of the tree of the first `size` leaves."""
    return _subtree(nodes, 0, size) if size else EMPTY


def inclusion(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """The path that proves leaf `index` in the tree of `size` leaves (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_subtree(nodes, middle, high))
            high = middle
        else:
            path.append(_subtree(nodes, low, middle))
            low = middle
    return tuple(reversed(path))


def consistency(nodes: Nodes, old: int, size: int) -> tuple[bytes, ...]:
    """The path that proves that the tree of `size` leaves begins with that of `old` (RFC 9162, 2.1.4.1)."""
    if not 0 < old <= size:
        raise ValueError(f"tree {old} of {size}")
    path, low, high, whole = [], 0, size, True
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_subtree(nodes, middle, high))
            high = middle
        else:
            path.append(_subtree(nodes, low, middle))
            low, whole = middle, False
    if not whole:
        path.append(_subtree(nodes, low, high))
    return tuple(reversed(path))


def includes(hashed: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether the path proves that leaf in the tree of that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, hashed
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = parent(step, found)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            found = parent(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == expected


def extends(old: int, size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the tree of `size` leaves begins with that of `old` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not path and old_root == new_root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = old - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, after = parent(step, before), parent(step, after)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            after = parent(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _subtree(nodes: Nodes, low: int, high: int) -> bytes:
    """The hash of the leaves from `low` to `high` (not included); `low` is where a subtree may begin."""
    count = high - low
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes.node(level, low >> level)
    middle = low + _split(count)
    return parent(_subtree(nodes, low, middle), _subtree(nodes, middle, high))
