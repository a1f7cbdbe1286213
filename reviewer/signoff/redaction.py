"""A redacted copy told of in the ledger: between which bytes, what was taken out by kind and place, never a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff.canonical import parse
from reviewer.signoff.manifest import FileDigest

SCHEMA = "reviewer.redaction-certificate/1"  # as `reviewer redact --certificate` writes it
THROUGHOUT = ""  # the place of what was taken out at more places than a register can hold
_MOST_PLACES = 20  # of one kind: a register is read by people, the certificate has every place
_CELL = re.compile(r"(.*!\$?[A-Z]{1,3})\$?\d+$", re.DOTALL)  # 名单!C4 lies in column 名单!C


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """So many places of one kind were cured in one way at one place; `basis` is the first article, or empty.

    A cell counts for its column. `place` is THROUGHOUT where the kind stood at too many places to name.
    """

    type: str
    how: str
    basis: str
    place: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What went besides, whether something was found in it or not: comments, properties, earlier versions."""

    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redact:
    """A copy without what may not go out was made of a file of the case (区分处理, 条例第三十七条).

    `before` is the file as it was submitted, `after` the copy, `certificate` the certificate's own bytes.
    """

    before: FileDigest
    after: FileDigest
    certificate: FileDigest
    removed: tuple[Taken, ...]
    dropped: tuple[Dropped, ...]


def read_certificate(data: bytes, certificate: FileDigest) -> tuple[Redact, ...]:
    """What a certificate tells, a value for each file of it; `certificate` is the file's own digest.

    Raises EvidenceError naming the file where it is no certificate.
    """
    said = parse(data, certificate.name)
    rows: list[Any] = said if isinstance(said, list) else [said]
    try:
        return tuple(_told(row, certificate) for row in rows)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise EvidenceError(
            tr(f"{certificate.name}：不是区分处理证明（{SCHEMA}）", f"{certificate.name}: not {SCHEMA}")
        ) from None


def _told(row: Mapping[str, Any], certificate: FileDigest) -> Redact:
    if row["schema"] != SCHEMA:
        raise ValueError
    return Redact(
        before=_file(row["before"]),
        after=_file(row["after"]),
        certificate=certificate,
        removed=tuple(one for kind in row["removed"] for one in _taken(kind)),
        dropped=tuple(Dropped(what=_text(one["what"]), count=_number(one["count"])) for one in row["cleaned"]),
    )


def _file(said: Mapping[str, Any]) -> FileDigest:
    return FileDigest(
        name=_text(said["name"]), size_bytes=_number(said["size_bytes"]), sha256=_text(said["sha256"]),
        sm3=_text(said["sm3"]),
    )  # fmt: skip


def _taken(kind: Mapping[str, Any]) -> Iterable[Taken]:
    """The rows of one kind: one a place, or one for all."""
    counts: dict[str, int] = {}
    for place, count in _counted(kind):
        counts[_area(place)] = counts.get(_area(place), 0) + count
    if len(counts) > _MOST_PLACES:
        counts = {THROUGHOUT: sum(counts.values())}
    basis: Sequence[str] = [_text(one) for one in kind["basis"]]
    for place, count in counts.items():
        yield Taken(
            type=_text(kind["type"]), how=_text(kind["how"]), basis=basis[0] if basis else "", place=place, count=count
        )


def _counted(kind: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    """Each place with its count; what a certificate counts must add up."""
    counted = [(_text(one["place"]), _number(one["count"])) for one in kind["places"]]
    if sum(count for _, count in counted) != _number(kind["count"]):
        raise ValueError
    return counted


def _area(place: str) -> str:
    cell = _CELL.fullmatch(place)
    return cell[1] if cell else place


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int:  # not isinstance: true is not the number one
        raise TypeError
    return value
