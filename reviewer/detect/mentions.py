"""Words of secrecy that a document merely speaks of: counted, so that a clear report can say that they were seen."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from reviewer.detect.reading import Reading
from reviewer.terms import Finding
from reviewer.text.lazy import lazy

_WORDS = lazy("国家秘密|工作秘密|商业秘密|个人隐私|保密|涉密|密级|定密|解密|绝密|机密|秘密")


def mentions(reading: Reading, findings: Sequence[Finding]) -> Mapping[str, int]:
    """How often each word stands outside of every finding."""
    spans = sorted((finding.span.start, finding.span.end) for finding in findings)
    starts = [start for start, _ in spans]
    counted: Counter[str] = Counter()
    for match in _WORDS.finditer(reading.text):
        at, _ = reading.folded.original(*match.span())
        near = bisect_right(starts, at) - 1
        if near < 0 or spans[near][1] <= at:
            counted[match[0]] += 1
    return dict(counted)
