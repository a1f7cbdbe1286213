"""What an archive's audit wants to know of a document beside its report: what it is like, and which values recur."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterator

from reviewer.detect.jointly import tellings
from reviewer.detect.packet import stands_alone
from reviewer.report.form import PartRow, TraitsRow
from reviewer.terms import Action, Document, Finding, Review
from reviewer.text.sketch import sketch

# Data of which one value is one person or thing, wherever it stands. A name is not among them: many bear the same.
_UNIQUE = frozenset(
    {
        *("resident_id", "passport", "hk_macau_permit", "tw_permit", "foreign_resident_id", "military_id"),
        *("driver_licence", "bank_card", "bank_account", "mobile_phone", "landline", "email", "wechat_qq", "plate"),
        *("social_security_no", "property_cert_no", "student_no"),
    }
)
_DIGEST_BYTES = 8


def traits(review: Review, key: bytes, seconds: float) -> TraitsRow:
    """The traits of a reviewed document. `key` is the audit's own: without it no digest can be tried out."""
    document = review.document
    return TraitsRow(
        sketch=sketch(document.text[: len(document.text) - len(document.name)]),
        alone=stands_alone(document),
        values=tuple(value_digest(finding, review, key) for finding in review.verdict.findings),
        seconds=round(seconds, 3),
        parts=tuple(_parts(document, key)),
    )


def _parts(document: Document, key: bytes) -> Iterator[PartRow]:
    """A value is digested with the name of its thing: the same four digits of two persons are not alike."""
    for number, telling in enumerate(tellings(document)):
        for name in telling.names:
            for part, value in telling.parts.items():
                yield PartRow(
                    aggregation=telling.aggregation,
                    number=number,
                    key=_digest(key, "n", telling.aggregation, name),
                    part=part,
                    value=_digest(key, "p", telling.names[0], part, value) if value else "",
                    place=telling.place,
                )


def value_digest(finding: Finding, review: Review, key: bytes) -> str:
    """16 hex characters by which the same matter is known again in another file.

    A number is itself wherever it stands. A word or a name is the same matter only in the same surroundings (its
    fingerprint). What must be blocked is judged anew in every file of other bytes.
    """
    text = review.document.text[finding.span.start : finding.span.end]
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum()).lower()
    same: tuple[str, ...]
    if finding.action is Action.BLOCK:
        same = ("b", finding.rule.id, finding.fingerprint, review.document.sha256, plain)
    elif finding.type in _UNIQUE and "*" not in text and plain:
        same = ("v", finding.type, plain)
    else:
        same = ("c", finding.rule.id, finding.fingerprint, plain)
    return _digest(key, *same)


def _digest(key: bytes, *same: str) -> str:
    told = "\x1f".join(same).encode("utf-8", "replace")
    return hmac.digest(key, told, "sha256")[:_DIGEST_BYTES].hex()
