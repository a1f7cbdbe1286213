"""The Clopper–Pearson bound against known values, against scipy, and against its own definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scipy.stats import beta

from reviewer.audit.bound import sample_for, upper_bound

SURE = Fraction(95, 100)


@pytest.mark.parametrize(
    ("found", "sample", "confidence", "bound"),
    [
        # Without a leak the bound is 1 − (1 − confidence)^(1/n): the “rule of three” is its approximation.
        (0, 1, "0.95", 0.95),
        (0, 2, "0.75", 0.5),
        (0, 59, "0.95", 0.049507),
        (0, 299, "0.95", 0.009969),
        (0, 300, "0.95", 0.009936),
        # Upper limits of 90 % two-sided intervals, as tables of the Clopper–Pearson interval print them.
        (1, 10, "0.95", 0.394163),
        (5, 100, "0.95", 0.102253),
        (10, 10, "0.95", 1.0),
    ],
)
def test_known_values(found: int, sample: int, confidence: str, bound: float) -> None:
    assert float(upper_bound(found, sample, Fraction(confidence))) == pytest.approx(bound, abs=1e-6)


@pytest.mark.parametrize("found", [0, 1, 4, 19])
@pytest.mark.parametrize("sample", [20, 300, 777])
@pytest.mark.parametrize("confidence", ["0.8", "0.95", "0.99"])
def test_as_scipy_says_and_never_below(found: int, sample: int, confidence: str) -> None:
    ours = upper_bound(found, sample, Fraction(confidence))
    theirs = beta.ppf(float(confidence), found + 1, sample - found)
    assert float(ours) == pytest.approx(theirs, abs=1e-9)
    assert ours >= Fraction(theirs) - Fraction(1, 10**11)


@pytest.mark.parametrize(("found", "sample", "sure"), [(-1, 5, "0.9"), (6, 5, "0.9"), (0, 0, "0.9"), (0, 5, "1")])
def test_what_makes_no_sense_is_refused(found: int, sample: int, sure: str) -> None:
    with pytest.raises(ValueError, match="range"):
        upper_bound(found, sample, Fraction(sure))


def test_the_sample_that_one_percent_takes() -> None:
    assert sample_for(Fraction(1, 100), SURE) == 299
    assert upper_bound(0, 298, SURE) > Fraction(1, 100) >= upper_bound(0, 299, SURE)
