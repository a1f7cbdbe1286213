"""Numbers that identify a person: one finder a kind, one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reviewer.detect.numbers.accounts import account_numbers, bank_cards, card_numbers
from reviewer.detect.numbers.contacts import emails, landlines, mobile_numbers, plates
from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.identity import (
    disability_numbers,
    foreign_ids,
    mistyped_ids,
    old_ids,
    resident_ids,
    student_numbers,
)
from reviewer.detect.numbers.masks import bare_masks, birthday_masks, thin_masks, weak_masks
from reviewer.detect.numbers.phone_masks import thin_phone_masks

Finder = Callable[[Digits], Iterator[Found]]

FINDERS: Mapping[str, Finder] = {
    "student_no": student_numbers,
    "disability_no": disability_numbers,
    "resident_id": resident_ids,
    "foreign_resident_id": foreign_ids,
    "resident_id_mistyped": mistyped_ids,
    "resident_id_15": old_ids,
    "resident_id_bare_mask": bare_masks,
    "resident_id_birthday_mask": birthday_masks,
    "resident_id_masked": weak_masks,
    "resident_id_thin_mask": thin_masks,
    "bank_card": bank_cards,
    "card_number": card_numbers,
    "account_number": account_numbers,
    "mobile_phone": mobile_numbers,
    "mobile_phone_thin_mask": thin_phone_masks,
    "landline": landlines,
    "email": emails,
    "plate": plates,
}
"""What an identifier rule may name as its `validator`, besides `pattern` and those that need people."""

__all__ = ["FINDERS", "Digits", "Finder", "Found"]
