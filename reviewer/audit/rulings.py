"""What people ruled on the matters of a store, and how far they agree where two were asked the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewer.audit.database import transaction
from reviewer.audit.matters import Matter, fingerprints_of
from reviewer.audit.store import Store
from reviewer.terms import Disposition, Ruling

SKIPPED = "skipped"
_EVERY = 10  # one question in ten is one that somebody else has answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """One answer: a `Ruling` or "skipped". `again`: somebody else had been asked before, and this person not told."""

    rule: str
    value: str
    ruling: str
    by: str
    at: str
    again: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Where two people were asked the same: `kappa` (Cohen 1960) is None when there is nothing to compare."""

    pairs: int
    same: int
    kappa: float | None
    disputed: tuple[tuple[str, str], ...]


def rulings(store: Store) -> tuple[Ruled, ...]:
    """In the order in which they were made."""
    rows = store.results.execute("SELECT rule, value, ruling, by, at, again, seconds FROM ruling ORDER BY id")
    return tuple(
        Ruled(rule=rule, value=value, ruling=ruling, by=by, at=at, again=bool(again), seconds=seconds)
        for rule, value, ruling, by, at, again, seconds in rows
    )


def record(store: Store, matter: Matter, ruled: Ruled) -> None:
    """Stored for good when this returns. `store` is open for amending."""
    fingerprint = next(iter(fingerprints_of(store, matter.rule, matter.value)), "")
    with transaction(store.results):
        store.results.execute(
            "INSERT INTO ruling (rule, value, fingerprint, ruling, by, at, again, seconds) VALUES (?,?,?,?,?,?,?,?)",
            (ruled.rule, ruled.value, fingerprint, ruled.ruling, ruled.by, ruled.at, ruled.again, ruled.seconds),
        )


def settled(made: Iterable[Ruled]) -> dict[tuple[str, str], Ruled]:
    """The ruling that stands for each matter: the first person's last word."""
    return {(one.rule, one.value): one for one in made if not one.again and one.ruling != SKIPPED}


def to_ask_again(made: Sequence[Ruled], by: str) -> tuple[str, str] | None:
    """The matter with which this person's next answer is compared, if it is time for one: the oldest ruled on by
    others only, and by no second person yet."""
    if sum(one.by == by for one in made) % _EVERY != _EVERY - 1:
        return None
    seen = {(one.rule, one.value) for one in made if one.again or one.by == by}
    return next((key for key in settled(made) if key not in seen), None)


def agreement(made: Sequence[Ruled]) -> Agreement:
    first = settled(made)
    pairs = [
        (first[one.rule, one.value].ruling, one.ruling, (one.rule, one.value))
        for one in made
        if one.again and one.ruling != SKIPPED and (one.rule, one.value) in first
    ]
    return Agreement(
        pairs=len(pairs),
        same=sum(one == other for one, other, _ in pairs),
        kappa=kappa([(one, other) for one, other, _ in pairs]),
        disputed=tuple(key for one, other, key in pairs if one != other),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's κ: agreement beyond what chance gives. None without pairs, or when chance alone makes them agree."""
    if not pairs:
        return None
    count = len(pairs)
    seen = sum(one == other for one, other in pairs) / count
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(left[name] * right[name] for name in left) / count**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def dispositions(store: Store, until: str) -> Mapping[str, Disposition]:
    """The rulings by the fingerprints of what they were made on, in force until that day.

    They are not sealed to their words, which a store does not hold: labels are made of them, never a baseline.
    """
    return {
        fingerprint: Disposition(
            fingerprint=fingerprint, ruling=Ruling(one.ruling), by=one.by, reason=f"audit {one.at}", until=until
        )
        for (rule, value), one in settled(rulings(store)).items()
        for fingerprint in fingerprints_of(store, rule, value)
    }
