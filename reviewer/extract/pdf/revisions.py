"""Earlier revisions of a PDF: an incremental save appends, and what it replaced is still there to be cut free."""

from __future__ import annotations

import re

_HEADER_WITHIN = 1024
_MOST_REVISIONS = 10
_MOST_SECTIONS = 1000
_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF[\r\n]{0,2}")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_SECTION_END = re.compile(rb"startxref|\bstream\b")
_LONGEST_TRAILER = 1 << 20


def earlier_revisions(data: bytes) -> tuple[bytes, ...]:
    """The file as it was at each earlier save, oldest first; at most ten, the youngest of them.

    An end mark counts only when its cross-reference section is in the chain of the last one: the first
    end mark of a linearised file, and those of files packed inside, are none of ours.
    """
    ends = list(_END.finditer(data))
    if len(ends) < 2:
        return ()
    start = max(0, data.find(b"%PDF-", 0, _HEADER_WITHIN))
    chain = _chain(data, start, int(ends[-1][1]))
    earlier = [end for end in ends[:-1] if int(end[1]) in chain]
    return tuple(data[: end.end()] for end in earlier[-_MOST_REVISIONS:])


def trailing_bytes(data: bytes) -> bytes:
    """What follows the last end mark: another file may be hung on there."""
    end = data.rfind(b"%%EOF")
    return data[end + 5 :].strip(b"\r\n \t\0") if end >= 0 else b""


def _chain(data: bytes, start: int, offset: int) -> frozenset[int]:
    """The offsets of all cross-reference sections, from the last one back."""
    seen: set[int] = set()
    while offset not in seen and len(seen) < _MOST_SECTIONS and 0 <= start + offset < len(data):
        seen.add(offset)
        section = data[start + offset : start + offset + _LONGEST_TRAILER]
        end = _SECTION_END.search(section)
        previous = _PREVIOUS.search(section, 0, end.start() if end else len(section))
        if previous is None:
            break
        offset = int(previous[1])
    return frozenset(seen)
