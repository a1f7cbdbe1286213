"""Both automata find the same words, overlapping ones too."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.automaton import TrieAutomaton, automaton

WORDS = ["国家", "国家秘密", "秘密", "家秘", "a.b", "密"]


def brute(words: list[str], text: str) -> set[tuple[int, int, int]]:
    found = set()
    for index, word in enumerate(words):
        for match in re.finditer(f"(?={re.escape(word)})", text):
            found.add((index, match.start(), match.start() + len(word)))
    return found


@pytest.mark.parametrize("make", [automaton, TrieAutomaton], ids=["fastest", "standard library"])
@given(text=st.text(alphabet="国家秘密a.b机", max_size=40))
def test_finds_every_occurrence(make: type[TrieAutomaton], text: str) -> None:
    assert set(make(WORDS).find(text)) == brute(WORDS, text)


def test_nothing_to_look_for_finds_nothing() -> None:
    assert list(automaton([]).find("国家秘密")) == []


@pytest.mark.parametrize("words", [["a", ""], ["a", "a"]])
def test_refuses_words_that_cannot_be_told_apart(words: list[str]) -> None:
    with pytest.raises(ValueError, match="distinct"):
        automaton(words)
