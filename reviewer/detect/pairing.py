"""Which file is which attachment: announced titles and numbers against the names of files and what they are headed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from reviewer.text.attachment_note import Announced
from reviewer.text.titles import ALIKE, FileTitle, alike, comparable, file_title
from reviewer.value import dataclass

_TELLING = 4  # characters of a title that is not every other file's


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A file that is there: its name, and where its text is known, its own titles in comparable form.

    `announces`: it is a notice itself, with attachments of its own.
    """

    name: str
    titles: tuple[str, ...] = ()
    announces: bool = False


class Tie(Enum):
    """How sure it is that a file is the attachment."""

    TITLE = "title"
    NUMBER = "number"
    WEAK = "weak"  # a word or two in common, one archive for all, the last file for the last attachment
    DISCORD = "discord"  # its number, under another title


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One attachment and the file that is it."""

    item: Announced
    file: Present
    tie: Tie


def paired(items: Sequence[Announced], files: Sequence[Present], *, whole: bool) -> tuple[Pair, ...]:
    """Each attachment with at most one file, the surest first.

    `whole`: the files are the whole package, so that what is left over on both sides belongs together when
    there is as much of it.
    """
    read = [(file, file_title(file.name)) for file in files]
    made: list[Pair] = []
    for tie in (Tie.TITLE, Tie.NUMBER, Tie.WEAK, Tie.DISCORD):
        found = sorted(_candidates(items, read, made, tie), key=lambda one: (-one[0], one[1]))
        for _, _, item, file in found:
            if not _taken(made, item, file):
                made.append(Pair(item=item, file=file, tie=tie))
    rest = [item for item in items if all(pair.item is not item for pair in made)]
    archive = next((file for file, title in read if title.covers_all and not _has(made, file)), None)
    if archive is not None:
        return (*made, *(Pair(item=item, file=archive, tie=Tie.WEAK) for item in rest))
    free = [file for file in files if not file.announces and not _has(made, file)]
    if whole and len(free) >= len(rest) and (len(free) == len(rest) or not any(item.title for item in rest)):
        made += [Pair(item=item, file=file, tie=Tie.WEAK) for item, file in zip(rest, free, strict=False)]
    return tuple(made)


def _candidates(
    items: Sequence[Announced], files: Sequence[tuple[Present, FileTitle]], made: Sequence[Pair], tie: Tie
) -> Iterator[tuple[float, int, Announced, Present]]:
    for at, item in enumerate(items):
        for file, title in files:
            if _taken(made, item, file):
                continue
            score = _score(item, file, title)
            same_number = item.number is not None and item.number == title.number
            if _fits(tie, item, title, score, same_number, alone=len(items) == 1):
                yield score + 0.2 * same_number, at, item, file


def _fits(tie: Tie, item: Announced, title: FileTitle, score: float, same_number: bool, *, alone: bool) -> bool:
    if tie is Tie.TITLE:
        return score >= ALIKE and len(comparable(item.title)) >= _TELLING
    if tie is Tie.NUMBER:
        unnumbered = alone and title.is_attachment and title.number is None and not title.covers_all
        return (same_number or unnumbered) and (not item.title or not title.title or score >= ALIKE)
    if tie is Tie.WEAK:
        return score >= ALIKE or bool(score and title.title and title.title in comparable(item.title))
    return same_number


def _score(item: Announced, file: Present, title: FileTitle) -> float:
    wanted = comparable(item.title)
    named = max((_likeness(wanted, own) for own in (title.title, *file.titles)), default=0.0)
    return named + 0.1 * (wanted != "" and wanted == title.title)


def _likeness(wanted: str, own: str) -> float:
    likeness = alike(wanted, own)
    return max(likeness, 0.3) if own and wanted and (own in wanted or wanted in own) else likeness


def _taken(made: Sequence[Pair], item: Announced, file: Present) -> bool:
    return any(pair.item is item or pair.file is file for pair in made)


def _has(made: Sequence[Pair], file: Present) -> bool:
    return any(pair.file is file for pair in made)
