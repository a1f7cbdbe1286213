"""Reads plain text and Markdown: one segment a line, the text exactly as decoded."""

from __future__ import annotations

from reviewer.extract.scribe import Extracted
from reviewer.language import tr
from reviewer.terms import Gap, Segment
from reviewer.text.decode import Decoded, decode
from reviewer.text.lazy import lazy

# Lines as an editor counts them. A form feed, a vertical tab, U+0085 and U+2028/2029 stand within a line:
# no editor gives what follows them a number of its own, so a finding there must not be counted off either.
_LINE = lazy(r"([^\r\n]*+)(\r\n?|\n|\Z)")


def read(data: bytes) -> Extracted:
    """Every line that holds more than white space, at its own offset in the decoded file."""
    decoded = decode(data)
    segments = tuple(
        Segment(place=f"¶{number}", text=found[1], start=found.start(), line=number)
        for number, found in enumerate(_LINE.finditer(decoded.text), start=1)
        if found[1].strip()
    )
    return Extracted(text=decoded.text, segments=segments, gaps=doubts(decoded))


def doubts(decoded: Decoded) -> tuple[Gap, ...]:
    """A gap for whatever decoding could not settle: the text may be read wrongly, so a person must look."""
    if decoded.trouble is None:
        return ()
    return (Gap(place=tr("全文", "whole document"), reason=decoded.trouble),)
