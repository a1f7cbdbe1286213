"""How a reviewer types rulings: by the numbers that `case show` prints."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff.act import Inspected, Settled
from reviewer.signoff.case import CaseState
from reviewer.terms import Ruling


def settlements(asking: Sequence[str], words: Sequence[str]) -> tuple[Settled, ...]:
    """`1,2=false_positive:reason` → a ruling on each. Raises UsageError naming the word that is wrong.

    `asking` are the fingerprints of the findings in the order in which `case show` numbers them.
    """
    made = []
    for word in words:
        numbers, _, rest = word.partition("=")
        name, _, reason = rest.partition(":")
        if name not in set(Ruling) or not reason.strip():
            raise UsageError(
                tr(
                    f"--settle {word}：应写作 序号=confirmed|false_positive|releasable:理由",
                    f"--settle {word}: write N=confirmed|false_positive|releasable:REASON",
                )
            )
        made += [
            Settled(fingerprint=asking[at - 1], ruling=Ruling(name), reason=reason.strip())
            for at in _numbers(numbers, len(asking), word)
        ]
    return tuple(made)


def inspections(case: CaseState, words: Sequence[str]) -> tuple[Inspected, ...]:
    """`1=note` → a person looked at unread part 1."""
    unread = list(case.submitted.screening.unread())
    made = []
    for word in words:
        numbers, _, note = word.partition("=")
        if not note.strip():
            raise UsageError(
                tr(f"--inspected {word}：应写作 序号=怎么核对的", f"--inspected {word}: write N=how it was looked at")
            )
        for at in _numbers(numbers, len(unread), word):
            file, gap = unread[at - 1]
            made.append(Inspected(file=file.name, place=gap.place, note=note.strip()))
    return tuple(made)


def _numbers(text: str, last: int, word: str) -> list[int]:
    numbers = [int(part) for part in text.replace("，", ",").split(",") if part.strip().isdigit()]
    if not numbers or not all(1 <= number <= last for number in numbers):
        raise UsageError(
            tr(f"{word}：序号应在 1 到 {last} 之间，见 case show", f"{word}: numbers from 1 to {last}, see case show")
        )
    return numbers
