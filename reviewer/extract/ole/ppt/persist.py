"""Which objects of a presentation are current: the chain of edits ([MS-PPT] 2.3.3) and their directories."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from reviewer.extract.ole.ppt.kinds import PERSIST_DIRECTORY, USER_EDIT
from reviewer.extract.ole.records import Record, record_at, records

_ENCRYPTED = 0xF3D1C4DF
_WITH_ENCRYPTION = 32
_MOST_EDITS = 10_000
_MOST_OBJECTS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Where each object lies after the last edit, the number of the document itself, and what the chain says.

    `whole` is False where the chain breaks off, so that some objects may be older than they should be.
    """

    objects: dict[int, int]
    document: int
    encrypted: bool
    whole: bool


def read_edits(stream: bytes, current: bytes | None) -> Edits:
    """Follow the edits from the last to the first; without a pointer to the last, the last in the stream counts."""
    at, encrypted = _last_edit(current)
    if at is None:
        found = [record for record in records(stream) if record.kind == USER_EDIT]
        at = found[-1].start - 8 if found else -1
    objects: dict[int, int] = {}
    document, seen = 0, set[int]()
    while at not in seen and len(seen) < _MOST_EDITS:
        seen.add(at)
        edit = record_at(stream, at)
        if edit is None or edit.kind != USER_EDIT or edit.end - edit.start < 20:
            return Edits(objects=objects, document=document, encrypted=encrypted, whole=False)
        before, directory, reference = struct.unpack_from("<III", edit.body, 8)
        document = document or reference
        encrypted |= edit.end - edit.start >= _WITH_ENCRYPTION and len(seen) == 1
        _add(objects, record_at(stream, directory))
        if before == 0:
            return Edits(objects=objects, document=document, encrypted=encrypted, whole=True)
        at = before
    return Edits(objects=objects, document=document, encrypted=encrypted, whole=False)


def _last_edit(current: bytes | None) -> tuple[int | None, bool]:
    if current is None or len(current) < 20:
        return None, False
    token, at = struct.unpack_from("<II", current, 12)
    return at, token == _ENCRYPTED


def _add(objects: dict[int, int], directory: Record | None) -> None:
    """Objects of one edit; what a later one has moved is there already."""
    if directory is None or directory.kind != PERSIST_DIRECTORY:
        return
    numbers = struct.unpack(
        f"<{(directory.end - directory.start) // 4}I", directory.body[: (directory.end - directory.start) // 4 * 4]
    )
    at = 0
    while at < len(numbers) and len(objects) < _MOST_OBJECTS:
        first, count = numbers[at] & 0xFFFFF, numbers[at] >> 20
        for number, place in enumerate(numbers[at + 1 : at + 1 + count], first):
            objects.setdefault(number, place)
        at += 1 + count
