"""Burns what was found in pictures into their pixels: which pictures, where, and what the caller must then expect.

The boxes are looked for, painted and read again in a child process (`brush.py`), as pictures are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.errors import RedactionError
from reviewer.extract.pixels import size
from reviewer.language import tr
from reviewer.redact.burning.places import label_of, ordinal, says_code, says_text, says_unseen
from reviewer.redact.burning.task import Done, Failed, Span, Task
from reviewer.redact.burning.worker import brushed
from reviewer.redact.edit import Burned, Edit, Piece
from reviewer.redact.reading import unseen_pictures
from reviewer.terms import Document

__all__ = ["Burning", "burned", "tasks", "told", "unburned", "without_pictures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Burning:
    """The pictures that changed, by the names they were given with; the changes left to make; what was burned."""

    pictures: Mapping[str, bytes]
    rest: Mapping[int, Sequence[Piece]]
    burned: tuple[Burned, ...]


def burned(pictures: Mapping[str, bytes], document: Document, changes: Mapping[int, Sequence[Piece]]) -> Burning:
    """Every picture that reads as one in which something must go, without it.

    Raises RedactionError where no picture reads so any more, or what is left of one cannot be read as before.
    """
    rest = without_pictures(document, changes)
    wanted = tasks(document, changes)
    if not wanted:
        return Burning(pictures={}, rest=rest, burned=())
    drawn = {name: data for name, data in pictures.items() if size(data) is not None}
    results = brushed(list(drawn.values()), wanted) if drawn else []
    done = {name: result for name, result in zip(drawn, results, strict=True) if isinstance(result, Done)}
    failed = {number for result in results if isinstance(result, Failed) for number in result.tasks}
    met = {number for result in done.values() for number in result.tasks}
    lost = [task.label for number, task in enumerate(wanted) if number in failed or (number not in met and task.shown)]
    if lost:
        raise unburned(document, lost)
    return Burning(
        pictures={name: result.picture for name, result in done.items()},
        rest=rest,
        burned=tuple(told(document, name, result, wanted) for name, result in done.items()),
    )


def without_pictures(document: Document, changes: Mapping[int, Sequence[Piece]]) -> Mapping[int, Sequence[Piece]]:
    """The changes of all text that is not in pixels."""
    return {index: change for index, change in changes.items() if not _is_pictured(document, index)}


def told(document: Document, name: str, result: Done, wanted: Sequence[Task]) -> Burned:
    """What was burned into the part of this name."""
    edits = [
        Edit(start=start + span.start, end=start + span.end, mask="")
        for number in result.tasks
        for span in result.spans
        for start in [document.segments[wanted[number].segments[span.paragraph]].start]
    ]
    return Burned(part=name, place=wanted[result.tasks[0]].label, count=result.count, edits=tuple(edits))


def _is_pictured(document: Document, index: int) -> bool:
    place = document.segments[index].place
    return says_text(place) or says_code(place)


def tasks(document: Document, changes: Mapping[int, Sequence[Piece]]) -> tuple[Task, ...]:
    """What must go, picture by picture; those that are not shown may be gone already."""
    away = unseen_pictures(document)
    touched = [document.segments[index].place for index in changes if _is_pictured(document, index)]
    return tuple(_task(document, changes, label, away) for label in dict.fromkeys(map(label_of, touched)))


def _task(document: Document, changes: Mapping[int, Sequence[Piece]], label: str, away: frozenset[str]) -> Task:
    own = [
        (index, segment)
        for index, segment in enumerate(document.segments)
        if (says_text(segment.place) or says_code(segment.place)) and label_of(segment.place) == label
    ]
    seen = sorted(
        (ordinal(segment.place), index)
        for index, segment in own
        if says_text(segment.place) and not says_unseen(segment.place)
    )
    indexes = tuple(index for _, index in seen)
    return Task(
        label=label,
        segments=indexes,
        paragraphs=tuple(document.segments[index].text for index in indexes),
        codes=tuple(segment.text for _, segment in own if says_code(segment.place)),
        spans=tuple(
            Span(paragraph=number, start=piece.start, end=piece.end)
            for number, index in enumerate(indexes)
            for piece in changes.get(index, ())
        ),
        codes_gone=tuple(segment.text for index, segment in own if says_code(segment.place) and index in changes),
        shown=not any(segment.place in away or _lies_unseen(segment.hidden, segment.place) for _, segment in own),
    )


def _lies_unseen(hidden: bool, place: str) -> bool:
    """Whether a picture is hidden as a whole: a code, and what is transparent, is hidden by its nature."""
    return hidden and not says_code(place) and not says_unseen(place)


def unburned(document: Document, labels: Sequence[str]) -> RedactionError:
    """For pictures in which the place is not known for sure, or the rest would not be legible."""
    shown = [label or document.name for label in dict.fromkeys(labels)]
    zh, en = "、".join(shown[:5]), ", ".join(shown[:5])
    return RedactionError(
        tr(
            f"{document.path}：{zh} 里的文字不能有把握地涂去。请用画图程序涂掉这几处、另存图片并替换后再试",
            f"{document.path}: text in {en} cannot be burned out for sure; paint it over in a program for pictures, "
            "save the picture anew, put it in its place, then retry",
        )
    )
