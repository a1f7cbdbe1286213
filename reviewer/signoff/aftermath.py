"""What can be said of a case beside its way through the chain: extended, corrected, leaked, reported, put on file."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.signoff.codec import later
from reviewer.signoff.vocabulary import Recipient, Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """The answer to a request takes `days` working days longer (条例第三十三条); `letter` told the applicant.

    Said of the case, or of the request itself where the register has it.
    """

    days: int
    reason: str
    letter: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """What was published is replaced by the published package of case `by_case`, after a full review of its own."""

    by_case: str
    package: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A suspected leak (疑似泄密事件). From `discovered` on, an instant, 24 hours run (保密法实施条例第六十一条).

    The details are those of a leak report (国家保密局《报告泄密事件规定》, 1999): what, on which carrier, since when
    and where, who is involved, what harm, what was done. None of them may hold what leaked.
    """

    discovered: str
    what: str
    carrier: str = later("")
    reach: str = later("")
    people: str = later("")
    harm: str = later("")
    measures: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A suspected leak was reported: to whom, `at` which instant, how (a letter's number, a telephone record)."""

    to: Recipient
    organ: str
    at: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassess:
    """What was not disclosed is looked at again (条例第十八条), and goes back to whoever submitted it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratify:
    """A leader confirms what somebody took down in an emergency, without an order."""

    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The case is put on file: under which number, and how long it is kept."""

    file: str
    retention: Retention
