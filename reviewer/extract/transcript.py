"""What a child read, as JSON lines: written by the child, and believed by the parent only when every line holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NoReturn

from reviewer.extract.scribe import Extracted
from reviewer.terms import Cell, Gap, Member, Part, Segment

_SEGMENT_KEYS = ("place", "start", "end", "part", "hidden", "page", "line", "cell")
_CELL_KEYS = ("table", "row", "column", "sheet", "ref")


class TranscriptError(ValueError):
    """The lines are not a whole and faithful transcript."""


def encode(extracted: Extracted) -> Iterator[bytes]:
    """The transcript's lines: the text, each segment, gap and member, and how many lines that was."""
    count = 0
    for line in _lines(extracted):
        count += 1
        yield _line(line)
    yield _line({"end": count})


def decode(output: bytes) -> Extracted:
    """Read a transcript back; raises TranscriptError on anything but what `encode` writes."""
    try:
        first, *middle, last = [json.loads(line, parse_constant=_refuse) for line in output.splitlines()]
    except (ValueError, RecursionError) as error:
        raise TranscriptError("not a transcript") from error
    if last != {"end": 1 + len(middle)}:
        raise TranscriptError("the transcript is cut short")
    (value,) = _fields(first, ("text",))
    text = _text(value)  # once: it is as long as the document
    segments = [_segment(line, text) for line in middle if "gap" not in (keys := _keys(line)) and "member" not in keys]
    gaps = [_gap(line) for line in middle if "gap" in _keys(line)]
    members = [_member(line, len(text)) for line in middle if "member" in _keys(line)]
    return Extracted(text=text, segments=tuple(segments), gaps=tuple(gaps), members=tuple(members))


def _lines(extracted: Extracted) -> Iterator[dict[str, object]]:
    yield {"text": extracted.text}
    for segment in extracted.segments:
        # Not the segment's text: it is cut out of the whole, so that the two cannot disagree.
        yield {key: getattr(segment, key) for key in _SEGMENT_KEYS[:-1]} | {"cell": _cell_fields(segment.cell)}
    for gap in extracted.gaps:
        yield {"gap": gap.place, "reason": gap.reason}
    for member in extracted.members:
        yield {"member": member.name, "type": member.media_type, "start": member.start, "end": member.end}


def _line(line: dict[str, object]) -> bytes:
    # A lone surrogate becomes "?": one code point for one, so that offsets stay.
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _cell_fields(cell: Cell | None) -> dict[str, object] | None:
    return None if cell is None else {key: getattr(cell, key) for key in _CELL_KEYS}


def _segment(line: object, text: str) -> Segment:
    place, start, end, part, hidden, page, line_number, cell = _fields(line, _SEGMENT_KEYS)
    begin, stop = _number(start), _number(end)
    if not begin <= stop <= len(text):
        raise TranscriptError("a segment lies outside the text")
    return Segment(
        place=_text(place),
        text=text[begin:stop],
        start=begin,
        part=_part(part),
        hidden=_truth(hidden),
        page=_optional_number(page),
        line=_optional_number(line_number),
        cell=_cell(cell),
    )


def _cell(value: object) -> Cell | None:
    if value is None:
        return None
    table, row, column, sheet, ref = _fields(value, _CELL_KEYS)
    return Cell(
        table=_number(table),
        row=_number(row),
        column=_number(column),
        sheet=_optional_text(sheet),
        ref=_optional_text(ref),
    )


def _gap(line: object) -> Gap:
    place, reason = _fields(line, ("gap", "reason"))
    return Gap(place=_text(place), reason=_text(reason))


def _member(line: object, length: int) -> Member:
    name, media_type, start, end = _fields(line, ("member", "type", "start", "end"))
    begin, stop = _number(start), _number(end)
    if not begin <= stop <= length:
        raise TranscriptError("a member lies outside the text")
    return Member(name=_text(name), media_type=_text(media_type), start=begin, end=stop)


def _keys(line: object) -> tuple[str, ...]:
    if not isinstance(line, dict):
        raise TranscriptError("a line is not an object")
    return tuple(line)


def _fields(line: object, names: tuple[str, ...]) -> list[object]:
    if not isinstance(line, dict) or tuple(line) != names:
        raise TranscriptError("a line has other keys than it should")
    return [line[name] for name in names]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TranscriptError("text expected")
    if not value.isascii():
        _no_surrogates(value)
    return value


def _no_surrogates(value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise TranscriptError("half a character") from None


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TranscriptError("a number from 0 expected")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TranscriptError("true or false expected")
    return value


def _part(value: object) -> Part:
    try:
        return Part(value)  # type: ignore[arg-type]  # anything but a known part raises
    except ValueError as error:
        raise TranscriptError("unknown part") from error


def _optional_number(value: object) -> int | None:
    return None if value is None else _number(value)


def _optional_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _refuse(constant: str) -> NoReturn:
    raise TranscriptError(constant)
