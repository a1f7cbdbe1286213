"""A document inside another: read by its own reader, in the same process, to a bounded depth."""

from __future__ import annotations

from reviewer.extract import read_contents, read_member
from reviewer.extract.limits import DEFAULT_LIMITS, time_left_s
from reviewer.extract.naming import belied
from reviewer.extract.remarks import with_additions
from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import sniff
from reviewer.language import tr
from reviewer.terms import Gap

MAX_DEPTH = 5
_LEAST_S = 3.0  # what must be left of the outer document's time for it to be written down

_depth = 0


def read_embedded(data: bytes, name: str) -> Extracted:
    """What the format's own reader makes of an attachment; it runs under the limits of this process."""
    global _depth
    if _depth >= MAX_DEPTH:
        return _unread(
            tr(
                f"附件嵌套超过 {MAX_DEPTH} 层，未读取：取出后单独再审",
                f"attachments nested more than {MAX_DEPTH} deep, not read: take it out and review it by itself",
            )
        )
    if time_left_s() < _LEAST_S:
        return _unread(
            tr("读取时间用尽，未读取：取出后单独再审", "no time left, not read: take it out and review it by itself")
        )
    _depth += 1
    try:
        media_type = sniff(data, name)
        inner = read_contents(data, media_type, DEFAULT_LIMITS, read_member)
        return with_additions(inner, belied(name, media_type))
    finally:
        _depth -= 1


def _unread(reason: str) -> Extracted:
    return Extracted(text="", segments=(), gaps=(Gap(place=tr("全文", "whole document"), reason=reason),))
