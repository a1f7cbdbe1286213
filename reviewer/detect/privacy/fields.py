"""Labelled values in forms and running text: `住址：…`, `诊断结论　…`, a form's cell beside its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.detect.privacy.columns import ANCHORS, meaning
from reviewer.detect.reading import Range, Reading

# The rest of a label after its anchor, then the mark between label and value.
_REST = re.compile(
    r"(?P<rest>[A-Za-z\u4e00-\u9fff/]{0,8}?(?:[（(][^（()）\n]{0,16}[)）])?)"
    r"(?P<mark>[ ]*[：:][ ]*|[】\]][ ]*[：:]?[ ]*|(?:[ ]{2,}|[ ]*[\t|][ \t|]*)(?=\S))"
)
_FRONT = re.compile(r"[A-Za-z\u4e00-\u9fff/（）()]{0,8}\Z")
_NEXT_LABEL = r"(?=[ 　\t，,；;]{1,4}[【\[]?[A-Za-z\u4e00-\u9fff（）()/]{2,12}[】\]]?[：:])"
_SHORT = re.compile(rf"[^\n\r，,。；;\t|]*?(?:{_NEXT_LABEL}|(?=[ ]{{2,}}|[\n\r，,。；;\t|]|\Z))")
_LONG = re.compile(rf"[^\n\r\t|]*?(?:{_NEXT_LABEL}|(?=[ ]{{3,}}|[\n\r。\t|]|\Z))")
_LONG_MEANINGS = frozenset(("medical_condition", "hardship_reason", "disability", "criminal_or_drug_record"))
_LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Field:
    """A label, what it means, and the range of its value in folded text."""

    label: str
    meaning: str
    start: int
    end: int
    opening: int  # where the label begins


def fields(reading: Reading, tables: Sequence[Range]) -> tuple[Field, ...]:
    """Every labelled value outside the tables, in the order of the text."""
    found: dict[int, Field] = {}
    for word in ANCHORS:
        for start, end in reading.hits(word):
            if any(low <= start < high for low, high in tables):
                continue
            field = _field(reading.text, start, end)
            if field is not None:
                found.setdefault(field.start, field)
    return tuple(found[start] for start in sorted(found))


def _field(text: str, start: int, end: int) -> Field | None:
    rest = _REST.match(text, end, end + 40)
    if rest is None:
        return None
    front = _FRONT.search(text, max(0, start - 8), start)
    opening = front.start() if front else start
    label = text[opening:end] + rest["rest"]
    known = meaning(label) or meaning(text[start:end] + rest["rest"])
    if not known or (":" not in rest["mark"] and "：" not in rest["mark"] and not _is_form(text, opening)):
        return None
    pattern = _LONG if known in _LONG_MEANINGS else _SHORT
    value = pattern.match(text, rest.end(), rest.end() + _LONGEST_VALUE)
    if value is None or not value[0].strip():
        return None
    return Field(label, known, value.start(), value.start() + len(value[0].rstrip()), opening)


def _is_form(text: str, opening: int) -> bool:
    """A label without a colon counts at the start of a line or cell only."""
    return opening == 0 or text[opening - 1] in "\n\r\t|【["


def named(items: Sequence[Field]) -> Iterator[Field]:
    """The fields that hold a person's name."""
    return (item for item in items if item.meaning in ("name", "PERSON_OFFICE"))
