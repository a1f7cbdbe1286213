"""What deleted rows leave behind in a SQLite file: free pages, and free room inside pages (file format, 1.5, 1.6)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reviewer.extract.limits import time_left_s
from reviewer.extract.residue import residue
from reviewer.extract.telling import telling

_HEAD_BYTES = 100
_INTERIOR = frozenset({2, 5})
_LEAVES = frozenset({10, 13})
_MOST_FREE_BLOCKS = 65_536
_UTF8, _UTF16_BE = 1, 3
_PATIENCE_S = 8.0
_FIRST_TEXT_KIND = 13  # an odd number from here on is a text of half as many bytes, counted from here
_MOST_SIZES = 16
_CHARACTERS = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|[\xf0-\xf3][\x80-\xbf]{3}){2,}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHead:
    """What the first hundred bytes say: sizes, the list of free pages, encoding, kind of journal."""

    page_bytes: int
    reserved: int
    first_free: int
    free_pages: int
    encoding: int
    keeps_log: bool

    def without_log(self, data: bytes) -> bytes:
        """The file as one that keeps no write-ahead log: with one it cannot be opened in memory."""
        return data[:18] + b"\1\1" + data[20:] if self.keeps_log else data


def read_head(data: bytes) -> FileHead | None:
    """The head of the file; None if it is none."""
    if len(data) < _HEAD_BYTES:
        return None
    (size,) = struct.unpack_from(">H", data, 16)
    size = 65_536 if size == 1 else size
    if size < 512 or size & (size - 1):
        return None
    first, count = struct.unpack_from(">II", data, 32)
    return FileHead(
        page_bytes=size,
        reserved=data[20],
        first_free=first,
        free_pages=count,
        encoding=struct.unpack_from(">I", data, 56)[0],
        keeps_log=data[18] == 2 or data[19] == 2,
    )


def remains(data: bytes, head: FileHead, *, everywhere: bool) -> Iterator[str]:
    """Texts in the parts of the file that no row uses, each once; of a damaged file, in every page."""
    seen: set[str] = set()
    free = _free_pages(data, head)
    for number in range(1, -(-len(data) // head.page_bytes) + 1):
        if time_left_s() < _PATIENCE_S:
            return
        page = data[(number - 1) * head.page_bytes : number * head.page_bytes]
        for piece in [page] if everywhere or number in free else _free_room(page, number):
            for text in _texts(piece, head.encoding):
                if text not in seen:
                    seen.add(text)
                    yield text


def _free_pages(data: bytes, head: FileHead) -> set[int]:
    """The pages of the free list: trunks, each with the next trunk and its leaves."""
    free: set[int] = set()
    trunk = head.first_free
    while trunk and trunk not in free and trunk * head.page_bytes <= len(data):
        free.add(trunk)
        at = (trunk - 1) * head.page_bytes
        trunk, count = struct.unpack_from(">II", data, at)
        count = min(count, head.page_bytes // 4 - 2)
        free.update(struct.unpack_from(f">{count}I", data, at + 8))
    return free


def _free_room(page: bytes, number: int) -> Iterator[bytes]:
    """The unused pieces of a page of a tree: between pointers and cells, and where cells have been deleted."""
    start = _HEAD_BYTES if number == 1 else 0
    kind = page[start]
    if kind not in _LEAVES and kind not in _INTERIOR:
        return
    block, cells, content = struct.unpack_from(">HHH", page, start + 1)
    pointers = start + (12 if kind in _INTERIOR else 8) + 2 * cells
    yield page[pointers : (content or 65_536)]
    for _ in range(_MOST_FREE_BLOCKS):
        if not block or block + 4 > len(page):
            return
        following, size = struct.unpack_from(">HH", page, block)
        yield page[block + 4 : block + size]
        if following <= block:  # the chain only ever goes forward
            return
        block = following


def _texts(piece: bytes, encoding: int) -> Iterator[str]:
    if not piece.strip(b"\0"):
        return
    if encoding > _UTF8:
        swapped = piece
        if encoding == _UTF16_BE:
            even = piece[: len(piece) // 2 * 2]
            swapped = b"".join(even[at + 1 : at + 2] + even[at : at + 1] for at in range(0, len(even), 2))
        yield from residue(swapped)
        return
    for run in _CHARACTERS.finditer(piece):
        if telling(run[0].decode("utf-8", "ignore")):
            for part in _columns(piece, run.start(), run.end()):
                text = part.decode("utf-8", "ignore").strip()
                if telling(text):
                    yield text


def _columns(piece: bytes, start: int, end: int) -> Iterator[bytes]:
    """The texts of one row that run together, taken apart by their sizes, which stand before them.

    The sizes may look like characters of the run themselves. Of a deleted row the first one is overwritten.
    """
    for first in range(start, min(start + _MOST_SIZES, end)):
        for head in range(max(0, first - _MOST_SIZES), first):
            kinds = piece[head:first]
            whole = head > 0 and piece[head - 1] == len(kinds) + 1
            if not (whole or head == 0) or not all(kind & 1 and kind >= _FIRST_TEXT_KIND for kind in kinds):
                continue
            sizes = [(kind - _FIRST_TEXT_KIND) // 2 for kind in kinds]
            left = end - first - sum(sizes)
            if left == 0 or (head == 0 and left > 0):
                ends = accumulate([left, *sizes] if left else sizes, initial=first)
                yield from (piece[one:other] for one, other in pairwise(ends))
                return
    yield piece[start:end]
