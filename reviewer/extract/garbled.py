"""Garbled text in a reading: mended beside it where that is certain, else told."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviewer.extract.limits import time_left_s
from reviewer.extract.neighbourhood import listed, neighbourhood
from reviewer.extract.remarks import Addition, remark, with_additions
from reviewer.extract.scribe import Extracted
from reviewer.language import tr
from reviewer.terms import Gap, Part, Segment
from reviewer.text.fold import fold
from reviewer.text.mojibake import Cause, Mended, is_nonsense, mend
from reviewer.text.suspicion import is_lost

MENDED = " 还原"
"""What stands behind the place of a segment in that of its mended text."""

_MOST_CHARACTERS = 4_000_000  # of mended text
_MOST_S = 15.0
_LEAST_LEFT_S = 3.0
_SILENT = frozenset({Cause.ADDRESS})


@dataclass(slots=True)
class _Found:
    """What the look at all segments has come to."""

    additions: list[Addition] = field(default_factory=list)
    causes: dict[Cause, list[str]] = field(default_factory=lambda: defaultdict(list))
    doubtful: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lost: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    characters: int = 0
    unlooked: str = ""


def mended(extracted: Extracted) -> Extracted:
    """The same with mended lines behind it, a remark on what they are, and gaps for what could not be mended."""
    found = _found(extracted.segments)
    told = {gap.place for gap in extracted.gaps}
    gaps = [gap for gap in _gaps(found) if gap.place not in told]
    if extracted.gaps and any(place in told for place in ("全文", "whole document")):
        gaps = [gap for gap in gaps if gap.place != "正文"]
    remarks = [remark(f"乱码已还原（{cause.value}）", listed(places)) for cause, places in _told(found.causes)]
    result = with_additions(extracted, [*found.additions, *remarks])
    return replace(result, gaps=(*result.gaps, *gaps))


def _told(causes: Mapping[Cause, Sequence[str]]) -> Iterator[tuple[Cause, Sequence[str]]]:
    return ((cause, places) for cause, places in causes.items() if cause not in _SILENT)


def _found(segments: Sequence[Segment]) -> _Found:
    found = _Found()
    deadline = time.monotonic() + min(_MOST_S, time_left_s() - _LEAST_LEFT_S)
    for segment in segments:
        if time.monotonic() > deadline or found.characters > _MOST_CHARACTERS:
            found.unlooked = segment.place
            break
        _look(segment, found)
    return found


def _look(segment: Segment, found: _Found) -> None:
    if is_lost(segment.text):
        found.lost[neighbourhood(segment)].append(segment.place)
    lines = [mending for line in segment.text.split("\n") if (mending := mend(line)) and not _folds(line, mending)]
    if not lines:
        if is_nonsense(segment.text):
            found.doubtful[neighbourhood(segment)].append(segment.place)
        return
    if not all(line.whole for line in lines):
        found.doubtful[neighbourhood(segment)].append(segment.place)
    _write(segment, lines, found)


def _folds(line: str, mending: Mended) -> bool:
    """Whether folding reads what was escaped where it stands, so that no second copy is needed."""
    return mending.causes <= {Cause.ESCAPED, Cause.ADDRESS} and fold(line).text == fold(mending.text).text


def _write(segment: Segment, lines: Sequence[Mended], found: _Found) -> None:
    text = "\n".join(line.text for line in lines if line.causes != {Cause.LOST})
    if text:
        found.characters += len(text)
        found.additions.append(Addition(segment.place + MENDED, text, Part.ATTRIBUTE))
        for cause in sorted(set().union(*(line.causes for line in lines)) - {Cause.LOST}, key=lambda c: c.name):
            found.causes[cause].append(segment.place)


def _gaps(found: _Found) -> Iterator[Gap]:
    for place, places in found.lost.items():
        yield Gap(place=place, reason=_lost(listed(places)))
    for place, places in found.doubtful.items():
        if place not in found.lost:
            yield Gap(place=place, reason=_doubtful(listed(places)))
    if found.unlooked:
        yield Gap(place=found.unlooked, reason=_unlooked())


def _lost(places: str) -> str:
    return tr(
        f"有乱码，原文已在此前丢失（{places}）：找到原件再审",
        f"garbled, and what stood there is lost ({places}): find the original",
    )


def _doubtful(places: str) -> str:
    return tr(
        f"文字疑为乱码，不能确定原文（{places}）：对照原件核对，改正编码后再审",
        f"the text looks garbled and its original is uncertain ({places}): compare it with the original",
    )


def _unlooked() -> str:
    return tr("内容过多，自此以后未检查有无乱码：拆分后再审", "too much text: from here on not checked for garbling")
