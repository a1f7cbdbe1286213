"""What somebody with the files, but without this program's rules, can do to a ledger or a record; and what is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reviewer.signoff.act import Submit
from reviewer.signoff.entry import propose, sign
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.ledger import open_ledger
from reviewer.signoff.moment import instant
from reviewer.signoff.proof import Standing, Step
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.storage.schema import GUARDS
from reviewer.signoff.verification import verify_ledger

from .office import Office, raw

Keys = tuple[str | int, ...]  # the way to a value in a record


def failed(steps: tuple[Step, ...]) -> dict[str, str]:
    return {step.name: step.detail for step in steps if step.standing in (Standing.NOT_PROVEN, Standing.BROKEN)}


# ---- a ledger


def verify_changed(office: Office, *changes: str, anchor: str | None = None) -> tuple[Step, ...]:
    """A copy of the ledger, changed as its owner can: guards off, and on again so that they betray nothing."""
    copy = office.folder / "改.db"
    copy.unlink(missing_ok=True)
    connection = sqlite3.connect(copy, isolation_level=None)
    raw(office.ledger).backup(connection)
    for name in GUARDS:
        connection.execute(f"DROP TRIGGER {name}")
    for change in (*changes, *GUARDS.values()):
        connection.execute(change)
    connection.close()
    with open_ledger(copy) as ledger:
        return verify_ledger(ledger, anchor)


# The roster alone, and everything that is kept beside the entries to match.
BARE = (
    "DELETE FROM entry WHERE seq > 8",
    "DELETE FROM node WHERE (position + 1) << level > 8",
    "DELETE FROM covers",
)


def write_anyway(office: Office, name: str, subject: str, act: object, signer: OpenKey | None = None) -> None:
    """What somebody with the file and a key, but without this program's rules, could append."""
    signer = signer or office.keys[name]
    head = office.ledger.head()
    assert head is not None
    statement = propose(signer, head, instant(office.clock()), subject, act)  # type: ignore[arg-type]
    entry = sign(signer, statement, head.hash)
    covers = tuple(file.sha256 for file in act.manifest.files) if isinstance(act, Submit) else ()
    office.ledger.append(lambda _: entry, covers)


# ---- a record


def exported(office: Office, number: str) -> bytes:
    return write_record(export_record(office.ledger, number))


def leaves(value: Any, path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def changed(record: Any, path: Keys, value: Any) -> bytes:
    """The record with another value there, spelled as the program would."""
    with replaced(record, path, value):
        return spelled(record)


def changes(record: Any) -> Iterator[tuple[Keys, Any, bytes]]:
    """Every leaf in turn with every other value: its place, that value, and the record so spelled."""
    for path, value in leaves(record):
        with replaced(record, path, _HERE):
            before, _, after = spelled(record).partition(b'"%s"' % _HERE.encode())
        for other in others(value):
            if isinstance(other, list):  # spelled over several lines, by how deep it stands
                yield path, other, changed(record, path, other)
            else:
                said = json.dumps(other, ensure_ascii=False).encode("utf-8", "surrogatepass")
                yield path, other, before + said + after


_HERE = "the value that stands here"


@contextmanager
def replaced(record: Any, path: Keys, value: Any) -> Iterator[None]:
    """Another value there for as long as the block lasts: copying a record takes as long as verifying it."""
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    before, inner[path[-1]] = inner[path[-1]], value
    try:
        yield
    finally:
        inner[path[-1]] = before


def spelled(record: Any) -> bytes:
    """As the program writes it, so that what is refused is the value and not the spelling."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def others(value: Any) -> tuple[Any, ...]:
    """Values of the same kind and of another; for text also another case, a blank, and a neighbouring character."""
    if isinstance(value, bool):
        return (not value, None, int(value))
    if isinstance(value, int):
        return (value + 1, str(value), -value - 1, None)
    if isinstance(value, str):
        flipped = chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
        return (flipped, value + " ", None, value[:-1] if value else "y")
    return ("x", {}, [None])
