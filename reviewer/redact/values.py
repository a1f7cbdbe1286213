"""Which of the removed texts are so telling that they are taken out wherever else a file repeats them unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from reviewer.redact.edit import Piece, written
from reviewer.redact.lines import Line
from reviewer.terms import Document
from reviewer.text.automaton import automaton

_LEAST_DIGITS, _LEAST_LETTERS = 6, 3


def telling(document: Document, changes: Mapping[int, Sequence[Piece]]) -> Mapping[str, str]:
    """Numbers and names with their masks, the longest first; words are left out, which stand elsewhere by right."""
    found: dict[str, str] = {}
    for index, wanted in changes.items():
        for start, end, mask in wanted:
            text = document.segments[index].text[start:end].strip()
            is_number = sum(c.isdigit() for c in text) >= _LEAST_DIGITS
            if is_number or ("某" in mask and len(text) >= _LEAST_LETTERS):
                found.setdefault(text, mask)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


class Values:
    """Finds any of many texts in one pass: a list may hold twenty thousand numbers."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted({text for text in texts if text})
        self._automaton = automaton(self._texts)

    def stand_in(self, text: str) -> bool:
        return bool(self._texts) and next(iter(self._automaton.find(text)), None) is not None

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and value of each that stands there, none over another: the first and longest."""
        hits = ((start, -end, self._texts[at]) for at, start, end in self._automaton.find(text)) if self._texts else ()
        found: list[tuple[int, int, str]] = []
        for start, end, value in sorted(hits):
            if not found or start >= found[-1][1]:
                found.append((start, -end, value))
        return found


def mask_values(lines: Iterable[Line], masks: Mapping[str, str], chosen: Iterable[str] = ()) -> None:
    """Mask these values wherever they stand in these lines, but for lines that say what was chosen to stay."""
    values = Values(masks)
    stay = Counter(chosen)
    for line in lines:
        places = values.places(line.text)
        if not places:
            continue
        spared = next((text for text in (line.text.strip(), *stay) if stay[text] and text in line.text), None)
        if spared is not None:
            stay[spared] -= 1
            continue
        for start, end, value in reversed(places):
            line.write(start, end, masks[value])


def chosen_lines(document: Document, changes: Mapping[int, Sequence[Piece]], masks: Mapping[str, str]) -> list[str]:
    """The lines that are shown in the copy with one of these values: at that place somebody wants it to stay."""
    values = Values(masks)
    shown = (
        written(segment.text, changes.get(index, ()))
        for index, segment in enumerate(document.segments)
        if not segment.hidden
    )
    return [line.strip() for text in shown for line in text.split("\n") if values.stand_in(line)]


def empty_attributes(root: etree._Element, values: Values) -> int:
    """Empty the attributes in which a value stands; returns how many."""
    count = 0
    for element in root.iter("{*}*"):
        for key, said in element.attrib.items():
            if len(said) >= _LEAST_LETTERS and values.stand_in(str(said)):
                element.set(key, "")
                count += 1
    return count
