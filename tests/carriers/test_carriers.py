"""What was planted is found at its place or declared unread, and what is concealed is called so: no silent loss.

The tables say what is expected: a carrier that gets better is moved up, one that gets worse fails.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from reviewer.extract import READERS, Source
from reviewer.screen import screener_for, settings
from reviewer.terms import Decision, Finding, Review, Segment
from reviewer.text.fold import fold

from .all import CARRIERS
from .carrier import Carrier, State

BY_NAME = {carrier.name: carrier for carrier in CARRIERS}


@cache
def review_of(name: str) -> Review:
    data = BY_NAME[name].data()
    return screener_for(settings(None, "2026-11-24")).review(Source(path=name, name=name, data=data))


def words(review: Review, finding: Finding) -> str:
    """The letters and digits that a finding covers."""
    span = finding.span
    return re.sub(r"[\W_]", "", fold(review.document.text[span.start : span.end]).text).upper()


def places(carrier: Carrier, review: Review) -> list[Segment]:
    """Where exactly the planted number was found."""
    return [
        review.document.segments[finding.span.segment]
        for finding in review.verdict.findings
        if finding.type == "resident_id" and words(review, finding) == carrier.number
    ]


def is_declared(carrier: Carrier, review: Review) -> bool:
    told = [f"{gap.place} {gap.reason}" for gap in review.verdict.gaps]
    assert review.verdict.decision >= Decision.REFER or not told
    return any(carrier.telling in words for words in told)


@pytest.mark.parametrize("name", BY_NAME)
def test_nothing_is_lost_in_silence(name: str) -> None:
    carrier, review = BY_NAME[name], review_of(name)
    found = places(carrier, review)
    if review.document.media_type not in READERS:
        assert review.verdict.gaps  # nobody reads this format yet: the whole file is declared
        assert review.verdict.decision >= Decision.REFER
    elif carrier.state is State.DECLARED:
        assert is_declared(carrier, review)
        assert found == []  # else move it up
    else:
        told = [(segment.place, segment.hidden) for segment in found]
        assert any(carrier.telling in place and hidden is carrier.hidden for place, hidden in told), told


def test_every_carrier_has_a_number_of_its_own() -> None:
    assert len({carrier.number for carrier in CARRIERS}) == len(CARRIERS) == len(BY_NAME) >= 120
