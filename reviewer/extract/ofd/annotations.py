"""Annotations of a page: what they draw, what they say, who made them (GB/T 33190-2016, 15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.ofd.canvas import Canvas, Painter
from reviewer.extract.ofd.order import in_order
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import attr, found, local, take
from reviewer.extract.pdf.lines import hidden_text, lines, visible_text
from reviewer.extract.scribe import Scribe
from reviewer.terms import Part

_KINDS = {
    "watermark": "水印",
    "stamp": "签章",
    "highlight": "高亮批注",
    "link": "链接",
    "path": "图形批注",
}
_NOISE = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotation: its kind, what it says besides its drawing, which letters of the canvas it drew."""

    kind: str
    said: tuple[str, ...]
    creator: str
    hidden: bool
    first: int
    end: int


def drawn_notes(root: etree._Element, painter: Painter, canvas: Canvas, name: str) -> Iterator[Annotation]:
    """Draw the annotations of one part, one after the other."""
    for entry in found(root, "Annot"):
        hidden = (attr(entry, "Visible") or "true").strip().lower() in ("false", "0")
        first = len(canvas.letters)
        for block in found(entry, "Appearance"):
            painter.appearance(block, "批注不可见" if hidden else "")
        kind = _KINDS.get((attr(entry, "Type") or "").lower(), "批注")
        yield Annotation(
            kind=kind,
            said=tuple(_said(entry)),
            creator=take_attribute(entry, "Creator"),
            hidden=hidden,
            first=first,
            end=len(canvas.letters),
        )


def _said(entry: etree._Element) -> Iterator[str]:
    for inner in entry:
        if local(inner) == "Remark":
            yield take(inner).strip()
        elif local(inner) == "Parameters":
            for parameter in found(inner, "Parameter"):
                name, value = attr(parameter, "Name") or "", take(parameter).strip()
                if value and value.lower() not in _NOISE:
                    yield f"{name}：{value}" if name else value


def write_annotation(
    scribe: Scribe, canvas: Canvas, note: Annotation, unseen: set[int], place: str, *, whole: bool
) -> None:
    """Write down what an annotation draws, each line once (a watermark repeats itself), and what it says."""
    where = f"{place} {note.kind}"
    letters = canvas.letters[note.first : note.end]
    order, tokens = in_order(letters, mixed=False)
    hidden = frozenset(n for n, index in enumerate(order) if note.first + index in unseen)
    found_lines = lines(tokens)
    seen = [visible_text(line, hidden) for line in found_lines]
    # A watermark is tiled beyond the edges of its page: what is seen once hides nothing elsewhere.
    missed = [text for text in (hidden_text(line, hidden) for line in found_lines) if text not in seen]
    _write(scribe, seen, where, hidden=note.hidden or whole)
    _write(scribe, missed, where if note.hidden else f"{where} 不可见文字", hidden=True)
    _write(scribe, note.said, f"{where} 说明", hidden=True)
    if note.creator:
        scribe.add(note.creator, f"{where}/作者", part=Part.PROPERTY, hidden=True)


def _write(scribe: Scribe, texts: Sequence[str], place: str, *, hidden: bool) -> None:
    text = "\n".join(dict.fromkeys(text for text in texts if text.strip()))
    scribe.add(text, place, part=Part.ANNOTATION, hidden=hidden)
