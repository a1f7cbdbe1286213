"""How many leaks a random sample leaves possible: the Clopper–Pearson upper bound, in exact arithmetic.

Clopper and Pearson, Biometrika 26 (1934): the largest share under which so few leaks in a sample are still as likely
as 1 − confidence. Whole numbers throughout, so that the figure a person signs for does not depend on a library.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

_BITS = 40  # the bound is found to one part in 2^40 and rounded up: never to the advantage of whoever signs


def upper_bound(found: int, sample: int, confidence: Fraction) -> Fraction:
    """The one-sided upper bound of the share when `found` of `sample` were leaks.

    Raises ValueError unless 0 ≤ found ≤ sample, sample > 0 and 0 < confidence < 1.
    """
    if not 0 <= found <= sample or sample <= 0 or not 0 < confidence < 1:
        raise ValueError("found, sample or confidence out of range")
    if found == sample:
        return Fraction(1)
    certain, improbable = 1 << (_BITS * sample), confidence.denominator - confidence.numerator
    low, high = 0, 1 << _BITS
    while high - low > 1:
        middle = (low + high) // 2
        if _at_most(found, sample, middle) * confidence.denominator <= certain * improbable:
            high = middle
        else:
            low = middle
    return Fraction(high, 1 << _BITS)


def _at_most(found: int, sample: int, share: int) -> int:
    """2^(40·sample) times the probability of at most `found` leaks when share/2^40 of all are leaks."""
    rest = (1 << _BITS) - share
    terms = (comb(sample, count) * share**count * rest ** (found - count) for count in range(found + 1))
    return int(sum(terms) * rest ** (sample - found))


def sample_for(share: Fraction, confidence: Fraction) -> int:
    """The smallest sample that, without a leak in it, bounds the share by this."""
    low, high = 0, 1
    while upper_bound(0, high, confidence) > share:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if upper_bound(0, middle, confidence) <= share else (middle, high)
    return high
