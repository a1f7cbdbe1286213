"""Asks the ledger which of the reviewed files a complete chain signed, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff.clearance import NotCleared, signed_off
from reviewer.signoff.ledger import look_up
from reviewer.terms import Review


def why_not_signed(where: str | None, reviews: Sequence[Review]) -> Mapping[str, str]:
    """Path → why it may not go out, for every file that no chain covers. Raises UsageError when no ledger is named."""
    named = where or os.environ.get("REVIEWER_LEDGER")
    if not named:
        raise UsageError(
            tr(
                "要核对审签，请用 --ledger 或环境变量 REVIEWER_LEDGER 指定台账",
                "name the ledger with --ledger or REVIEWER_LEDGER",
            )
        )
    with look_up(named) as ledger:
        answers = signed_off(ledger, [review.document.sha256 for review in reviews], datetime.now(UTC))
    return {
        review.document.path: answer.reason
        for review, answer in zip(reviews, answers, strict=True)
        if isinstance(answer, NotCleared)
    }
