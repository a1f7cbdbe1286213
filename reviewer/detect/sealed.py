"""Sealed terms: a list of words that a pack can hold without telling them.

The pack holds HMAC-SHA-256 of each folded term and, apart from those, three bytes of a keyed hash of each first pair of
characters and the lengths that occur. Without the key, which lies elsewhere, nothing can be tried against the list; how
many terms there are, and how long, can be seen. With it a text is searched in linear time: each pair of characters that
the text uses is hashed once, and windows of those lengths only where a term may begin.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise

from reviewer.detect.reading import Range
from reviewer.detect.term_key import load_key
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.text.fold import fold
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

SHORTEST, LONGEST = 2, 32
"""Characters of a term, folded. One character would be found everywhere; the longest bounds the windows of a place."""

_MOST_TERMS = 100_000
_HEAD = 2  # characters hashed apart, so that most of a text is never hashed in windows
_HEAD_BYTES = 3
_HEX_HEAD, _HEX_DIGEST = lazy(r"[0-9a-f]{6}"), lazy(r"[0-9a-f]{64}")
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}  # one character for one: offsets stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The key's name, the lengths that terms have, hashes of the pairs they begin with, and digests of whole terms.

    Nothing binds a length or a beginning to its term.
    """

    key: str
    lengths: tuple[int, ...]  # the longest first
    heads: frozenset[str]
    digests: frozenset[str]

    def places(self, text: str) -> Iterator[Range]:
        """Where any of the terms stands in folded text, in order; of several at one place the longest.

        Raises ConfigurationError when this machine does not have the key.
        """
        key, text = load_key(self.key), text.translate(_UPPER)
        base = _head_base(key)
        pairs = {pair for pair in set(pairwise(text)) if _head(base, "".join(pair)) in self.heads}
        known: dict[str, bool] = {}  # a text that repeats itself is hashed once
        for at, pair in enumerate(pairwise(text)) if pairs else ():
            if pair not in pairs:
                continue
            for length in self.lengths:
                window = text[at : at + length]
                if len(window) < length:
                    continue
                held = known.get(window)
                if held is None:
                    held = known[window] = _digest(key, window) in self.digests
                if held and _is_whole(text, at, at + length):
                    yield at, at + length
                    break


def decode_sealed(table: Table) -> Sealed:
    """Takes `key`, `lengths`, `heads` and `digests`; raises ConfigurationError for what `seal` does not write."""
    name = table.string("key")
    lengths = table.items("lengths")
    heads, digests = table.strings("heads"), table.strings("digests")
    table.finish()
    if not lengths or not all(type(size) is int and SHORTEST <= size <= LONGEST for size in lengths):
        raise table.error(f"lengths: {SHORTEST}–{LONGEST}")
    for key, held, pattern in (("heads", heads, _HEX_HEAD), ("digests", digests, _HEX_DIGEST)):
        if not 0 < len(held) <= _MOST_TERMS or not all(map(pattern.fullmatch, held)):
            raise table.error(tr(f"“{key}”不是 rules seal 写的", f"“{key}” was not written by `rules seal`"))
    sizes = sorted((int(str(size)) for size in lengths), reverse=True)
    return Sealed(key=name, lengths=tuple(sizes), heads=frozenset(heads), digests=frozenset(digests))


def folded_term(term: str) -> str:
    """A term as it is looked for: folded like a text, Latin letters small, without blanks at its ends."""
    return fold(term.strip()).text.translate(_UPPER).strip()


def seal(terms: Sequence[str], name: str) -> Sealed:
    """Folded terms, sealed with the key of that name. Raises ConfigurationError when it is not there."""
    key = load_key(name)
    base = _head_base(key)
    return Sealed(
        key=name,
        lengths=tuple(sorted({len(term) for term in terms}, reverse=True)),
        heads=frozenset(_head(base, term[:_HEAD]) for term in terms),
        digests=frozenset(_digest(key, term) for term in terms),
    )


def _head_base(key: bytes) -> blake2b:
    """Keyed BLAKE2b, four times as fast as an HMAC: a text has tens of thousands of different pairs."""
    return blake2b(key=key, digest_size=_HEAD_BYTES)


def _head(base: blake2b, pair: str) -> str:
    one = base.copy()
    one.update(pair.encode("utf-8", "surrogatepass"))
    return one.hexdigest()


def _digest(key: bytes, term: str) -> str:
    return hmac.digest(key, term.encode("utf-8", "surrogatepass"), "sha256").hex()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether Latin letters and digits at its ends are not the middle of a longer word or number."""
    return not (_joins(text[start - 1 : start], text[start]) or _joins(text[end - 1], text[end : end + 1]))


def _joins(one: str, other: str) -> bool:
    return one.isascii() and other.isascii() and one.isalnum() and other.isalnum()
