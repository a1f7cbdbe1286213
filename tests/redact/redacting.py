"""A draft in, its proved copy out: what `reviewer redact` does, without the files."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.extract import Source
from reviewer.redact.masks import Masking, masking, named
from reviewer.redact.plan import Plan, persons, plan
from reviewer.screen import screener_for, settings
from reviewer.screen.redaction import Redaction, redacted
from reviewer.terms import Review

DAY = "2026-11-24"
NUMBER = "529931190101019998"


@dataclass(frozen=True)
class Made:
    """The review of the original, the plan, and the proved copy."""

    review: Review
    plan: Plan
    redaction: Redaction

    @property
    def data(self) -> bytes:
        return self.redaction.data


def reviewed(name: str, data: bytes) -> tuple[Source, Review]:
    source = Source(path=name, name=name, data=data)
    return source, screener_for(settings(None, DAY)).review(source)


def proposed(review: Review, masks: Masking | None = None) -> Plan:
    return plan(review, masks or masking(), named(persons([review])))


def redact(name: str, data: bytes, masks: Masking | None = None) -> Made:
    """Raises RedactionError as the command does."""
    source, review = reviewed(name, data)
    wanted = proposed(review, masks)
    made = redacted(screener_for(settings(None, DAY)), source, review, wanted, masks or masking())
    return Made(review=review, plan=wanted, redaction=made)
