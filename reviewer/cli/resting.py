"""A submission that rests on an approved case: its passages digested, compared, and what is carried proposed again."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Settled
from reviewer.signoff.case import CaseState
from reviewer.signoff.passage_key import VARIABLE, kept_key, key_id, passage_key
from reviewer.signoff.passages import Sealing, new_sealing, passages_of
from reviewer.signoff.screening import Screening, summary
from reviewer.signoff.succession import Succession
from reviewer.signoff.succession_rules import succession, taken_over
from reviewer.terms import Review


def resting_on(approved: CaseState | None, reviews: Sequence[Review]) -> tuple[Screening, Succession | None]:
    """The screening with its digests of passages; with an approved case, what is carried from it.

    Raises NotAllowedError where the two cannot be compared.
    """
    if approved is None:
        return summary(reviews, new_sealing(kept_key())), None
    screening = summary(reviews, sealing_of(approved))
    places = {
        unicodedata.normalize("NFC", one.document.name): [passage.place for passage in passages_of(one.document)]
        for one in reviews
    }
    return screening, succession(approved, screening, [places[file.name] for file in screening.files])


def sealing_of(approved: CaseState) -> Sealing:
    """The key in hand with the salt of the approved case. Raises NotAllowedError if it is another key, or none."""
    seal, key = approved.submitted.screening.passages, passage_key()
    if seal is None:
        raise NotAllowedError(
            tr(
                f"{approved.number} 送审时没有留段落指纹，无从比对；整份重新送审。",
                f"{approved.number} was submitted without digests of passages; submit the whole.",
            )
        )
    if key is None or key_id(key) != seal.key:
        raise NotAllowedError(
            tr(
                f"本机没有 {approved.number} 用的段落密钥（{seal.key}）；取来后用 {VARIABLE} 指明，或整份重新送审。",
                f"the passage key of {approved.number} ({seal.key}) is not on this machine; get it and name its file "
                f"in {VARIABLE}, or submit the whole.",
            )
        )
    return Sealing(key=key, salt=seal.salt)


def proposing(
    approved: CaseState | None, carried: Succession | None, proposed: tuple[Settled, ...]
) -> tuple[Settled, ...]:
    """The submitter's proposals and the rulings carried; nobody proposes another ruling on what is carried."""
    if approved is None or carried is None:
        return proposed
    again = {one.fingerprint for one in proposed} & set(carried.findings)
    if again:
        raise NotAllowedError(
            tr(
                f"沿用的 {len(again)} 项已有裁定，不必再提（--settle）；审核人可另行裁定。",
                f"{len(again)} findings carry a ruling already, leave out --settle; a reviewer may rule otherwise.",
            )
        )
    return (*proposed, *taken_over(approved, carried.findings))
