"""The passages of a document as a reviewer reads them, each with a keyed digest that tells nothing of its words.

    key of the package = HMAC-SHA-256(the office's key, "reviewer.passages/1" ‖ salt of the package)
    digest             = the first 96 bits of HMAC-SHA-256(key of the package, occurrence ‖ kind ‖ text)

`occurrence` counts equal passages of one file, so that the ledger does not even show which of them are alike. A
successor takes the salt of the version it succeeds: the digests of the two, and of no other two, can be compared.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reviewer.signoff.passage_key import key_id
from reviewer.terms import Document, Segment

WIDTH = 16  # characters of base64url: 96 bits
MOST = 20_000  # passages of a file; of a longer one nothing is kept, and nothing can be carried
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Under what the digests of a package were made: the name of the office's key, and the package's salt (hex)."""

    key: str
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """A key in hand and a salt."""

    key: bytes
    salt: str

    @property
    def seal(self) -> Seal:
        """What may be told of it."""
        return Seal(key=key_id(self.key), salt=self.salt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, a line, or a row of a table: its place, its text, and its segments (first, behind the last)."""

    place: str
    text: str
    first: int
    last: int


def new_sealing(key: bytes, randomness: Callable[[int], bytes] = os.urandom) -> Sealing:
    """One for a package that succeeds none."""
    return Sealing(key=key, salt=randomness(_SALT_BYTES).hex())


def passages_of(document: Document) -> tuple[Passage, ...]:
    """All that the document says, its properties and name too: a row of a table is one, every other segment its own.

    The text is as extracted, but that a run of white space is one blank; whether a reader sees it belongs to it.
    """
    return tuple(_passages(document))


def digests_of(passages: tuple[Passage, ...], sealing: Sealing) -> str:
    """The digests of one file's passages in a row, `WIDTH` characters each; empty for more than `MOST`."""
    if len(passages) > MOST:
        return ""
    key = hmac.digest(sealing.key, b"reviewer.passages/1" + bytes.fromhex(sealing.salt), hashlib.sha256)
    seen: Counter[str] = Counter()
    made = []
    for passage in passages:
        seen[passage.text] += 1
        said = f"{seen[passage.text]}\x1f{passage.text}".encode("utf-8", "surrogatepass")
        made.append(base64.urlsafe_b64encode(hmac.digest(key, said, hashlib.sha256)[:12]).decode("ascii"))
    return "".join(made)


def apart(digests: str) -> tuple[str, ...]:
    """The digests of a file one by one."""
    return tuple(digests[at : at + WIDTH] for at in range(0, len(digests), WIDTH))


def _passages(document: Document) -> Iterator[Passage]:
    for _, group in groupby(enumerate(document.segments), lambda item: _unit(*item)):
        members = list(group)
        segments = [segment for _, segment in members]
        texts = [" ".join(document.text[one.start : one.end].split()) for one in segments]
        if any(texts):
            first = segments[0]
            kind = f"{first.part.value}\x1f{int(all(one.hidden for one in segments))}"
            yield Passage(
                place=_plain(first.place), text="\x1f".join((kind, *texts)),
                first=members[0][0], last=members[-1][0] + 1,
            )  # fmt: skip


def _unit(at: int, segment: Segment) -> tuple[object, ...]:
    cell = segment.cell
    return (at,) if cell is None else ("row", cell.table, cell.row, cell.sheet, segment.hidden)


def _plain(place: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in place)
