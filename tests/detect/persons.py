"""What the tests of personal privacy share: the rules of that folder alone, and numbers that are nobody's."""

from __future__ import annotations

from datetime import date
from functools import cache

from reviewer.detect import Ruleset, detect, load_ruleset
from reviewer.detect.numbers.resident_id import check_character
from reviewer.detect.specimen import document_of
from reviewer.resources import shipped
from reviewer.terms import Action, Document, Finding, Specimen

TODAY = date(2026, 11, 24)
ID = "529931190806072470"
OTHER_ID = "529931190602104880"
MOBILE = "16484473097"
CARD = "6205889707124810750"


@cache
def rules() -> Ruleset:
    """The rules of personal privacy, proved."""
    return load_ruleset((shipped("rules") / "personal-privacy",), shipped("models"))


def findings(source: str | Document) -> tuple[Finding, ...]:
    """What asks for action in a text or a document."""
    document = document_of(Specimen(text=source)) if isinstance(source, str) else source
    return tuple(f for f in detect(document, rules(), today=TODAY).findings if f.action is not Action.NOTE)


def found(text: str) -> set[tuple[str, str]]:
    """Type and text of each of them."""
    return {(finding.type, text[finding.span.start : finding.span.end]) for finding in findings(text)}


def resident_id(born: str, order: int, county: str = "529931") -> str:
    """A number of a county that was never assigned; `born` is YYYYMMDD of 1900-1915."""
    body = f"{county}{born}{order:03d}"
    return body + check_character(body)
