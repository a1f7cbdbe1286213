"""Words are found at the same places whether a text is searched word by word or by the automaton."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewer.detect.ruleset import WordSearch

TEXTS = st.text(alphabet="机密级年保x", max_size=40)


@given(words=st.lists(TEXTS.filter(bool), min_size=1, max_size=12), texts=st.lists(TEXTS, max_size=4))
def test_both_ways_find_the_same(words: list[str], texts: list[str]) -> None:
    short, long = WordSearch(words), WordSearch(words)
    long.search("。" * 50_000)  # from here on by the automaton
    for text in texts:
        assert short.search(text) == long.search(text)


def test_overlapping_places_are_all_found() -> None:
    assert WordSearch(["保保", "保"]).search("保保保") == {"保保": [(0, 2), (1, 3)], "保": [(0, 1), (1, 2), (2, 3)]}
