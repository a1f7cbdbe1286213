"""Finds thousands of words in one pass: an Aho-Corasick automaton where one is installed, else a trie-shaped regex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

Hit = tuple[int, int, int]  # index of the word, start, end


class Automaton(Protocol):
    """Every occurrence of every word, overlapping ones too, in code points."""

    def find(self, text: str) -> Iterable[Hit]: ...


def automaton(words: Sequence[str]) -> Automaton:
    """The fastest automaton this machine has. Empty words raise ValueError; `words` must be distinct."""
    if not all(words) or len(set(words)) != len(words):
        raise ValueError("words must be distinct and not empty")
    if not words:
        return TrieAutomaton(words)
    try:
        import ahocorasick_rs
    except ImportError:  # no wheel for this processor (LoongArch, musl)
        return TrieAutomaton(words)
    return RustAutomaton(ahocorasick_rs.AhoCorasick(list(words)))


class RustAutomaton:
    """`ahocorasick_rs`, with overlapping matches."""

    def __init__(self, built: Any) -> None:
        self._built = built

    def find(self, text: str) -> Iterable[Hit]:
        hits: list[Hit] = self._built.find_matches_as_indexes(text, overlapping=True)
        return hits


class TrieAutomaton:
    """The standard library alone: a regex over the trie finds the longest word at each place."""

    def __init__(self, words: Sequence[str]) -> None:
        self._index = {word: at for at, word in enumerate(words)}
        self._lengths = sorted({len(word) for word in words})
        self._regex = re.compile(_trie_pattern(words)) if words else None

    def find(self, text: str) -> Iterator[Hit]:
        if self._regex is None:
            return
        match = self._regex.search(text)
        while match:
            start, longest = match.span()
            for length in self._lengths:
                if length > longest - start:
                    break
                at = self._index.get(text[start : start + length])
                if at is not None:
                    yield at, start, start + length
            match = self._regex.search(text, start + 1)


class _Node(dict[str, "_Node"]):
    final = False


def _trie_pattern(words: Iterable[str]) -> str:
    root = _Node()
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, _Node())
        node.final = True
    return _node_pattern(root)


def _node_pattern(node: _Node) -> str:
    if not node:
        return ""
    single = "".join(re.escape(char) for char, child in node.items() if not child)
    branches = [re.escape(char) + _node_pattern(child) for char, child in node.items() if child]
    if single:
        branches.append(f"[{single}]" if len(single) > 1 else single)
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if node.final else body
