"""Cuts columns out of delimited text: the field and the mark that divides it from the next; nothing else moves."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.extract.delimited import delimiter, spans
from reviewer.language import tr
from reviewer.redact.columns import Column, Uncut
from reviewer.redact.plain import encoded, source


def cut(data: bytes, columns: Iterable[Column]) -> bytes:
    decoded = source(data, "")
    text = decoded.text
    gone = {one.column for one in columns}
    mark = delimiter(text)
    kept: list[str] = []
    at = 0
    rows: dict[int, list[tuple[int, int, int]]] = {}
    for start, end, row, column in spans(text, mark):
        rows.setdefault(row, []).append((start, end, column))
    for fields in rows.values():
        stay = [one for one in fields if one[2] not in gone]
        if len(stay) == len(fields):
            continue
        if any(text[start:end].strip(' "') for start, end, column in fields if column in gone):
            raise Uncut(tr("该列还有内容", "the column still holds something"))
        kept += [text[at : fields[0][0]], mark.join(text[start:end] for start, end, _ in stay)]
        at = fields[-1][1]
    return encoded(decoded, "".join(kept) + text[at:], "")
