"""A new version and the approved one, passage by passage: what is carried, and what asks for eyes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.signoff.codec import later
from reviewer.signoff.passages import apart
from reviewer.signoff.screening import FileScreening, Screening, Warned
from reviewer.signoff.vocabulary import Worded
from reviewer.terms import Action


class Change(Worded):
    """Why a passage asks for eyes."""

    NEW = "new", "新增或改动", "new or changed"
    BESIDE = "beside", "本身未变，前后有改动", "unchanged, beside a change"
    GONE = "gone", "此处有删除", "something was deleted here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Passages from `first` to `last`, both counted from 1 and included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """A place that a person has to read; places that follow each other are one, written from–to."""

    place: str
    change: Change
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSuccession:
    """One file: the approved one it follows (empty: none), its passages, those of them carried, and what to read.

    Without passages nothing was counted, and all of it is to be read.
    """

    name: str
    of: str
    passages: int
    carried: tuple[Stretch, ...]
    eyes: tuple[Eye, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """The approval that a version rests on, and what is carried from it.

    `approval` is the hash of the ledger's entry by which `package` was approved; `findings` are the fingerprints whose
    rulings are proposed again; `dropped` are approved files that the new version does not have.
    """

    case: str
    package: str
    approval: str
    approved: str
    files: tuple[FileSuccession, ...]
    findings: tuple[str, ...]
    dropped: tuple[str, ...] = later(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of one file, counted from 0.

    `carried`: position of each carried passage → its position in the approved file. `changes`: what the others are.
    `gone`: before which positions something was deleted, and how many passages.
    """

    carried: Mapping[int, int]
    changes: Mapping[int, Change]
    gone: Mapping[int, int]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The carried passages as stretches."""
        return tuple(Stretch(first=first + 1, last=last + 1) for first, last in _runs(sorted(self.carried)))


def compared(approved: Sequence[str], found: Sequence[str]) -> Comparison:
    """A passage is carried if it and both neighbours stand as they were approved; a deletion is a change, too."""
    kept = dict(_kept(approved, found))
    carried: dict[int, int] = {}
    changes: dict[int, Change] = {}
    for at in range(len(found)):
        if at not in kept:
            changes[at] = Change.NEW
        elif _around(found, at) == _around(approved, kept[at]):
            carried[at] = kept[at]
        else:
            changes[at] = Change.BESIDE
    return Comparison(carried=carried, changes=changes, gone=dict(_gone(kept, len(approved), len(found))))


def _kept(approved: Sequence[str], found: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest run of passages that stand in both, in the same order: position now, position then.

    The digests of one file differ from each other, so that this is the longest increasing sequence: n log n.
    """
    then = {one: at for at, one in enumerate(approved)}
    ends: list[int] = []  # smallest last position of a sequence of each length
    last_of: list[int] = []
    behind: dict[int, int | None] = {}
    for now, one in enumerate(found):
        was = then.get(one)
        if was is None:
            continue
        length = bisect_left(ends, was)
        ends[length : length + 1] = [was]
        last_of[length : length + 1] = [now]
        behind[now] = last_of[length - 1] if length else None
    at = last_of[-1] if last_of else None
    while at is not None:
        yield at, then[found[at]]
        at = behind[at]


def _around(digests: Sequence[str], at: int) -> tuple[str | None, str | None]:
    """The passages before and behind; None at either end of the file."""
    return (digests[at - 1] if at else None, digests[at + 1] if at + 1 < len(digests) else None)


def _gone(kept: Mapping[int, int], approved: int, found: int) -> Iterator[tuple[int, int]]:
    """Before which position passages were deleted with nothing new in their place, and how many."""
    now, was = 0, 0
    for at, then in (*sorted(kept.items()), (found, approved)):
        if then > was and at == now:
            yield at, then - was
        now, was = at + 1, then + 1


def pairs(approved: Screening, found: Screening) -> tuple[tuple[FileScreening, FileScreening | None], ...]:
    """Each file of the new version with the approved one it follows: that of its name, or the only one left over."""
    known = {file.name: file for file in approved.files}
    names = {file.name for file in found.files}
    alone = [file for file in approved.files if file.name not in names]
    fresh = [file for file in found.files if file.name not in known]
    renamed = {fresh[0].name: alone[0]} if len(alone) == len(fresh) == 1 else {}
    return tuple((file, known.get(file.name) or renamed.get(file.name)) for file in found.files)


def comparisons(approved: Screening, found: Screening) -> tuple[tuple[FileScreening, str, Comparison], ...]:
    """Every file of the new version compared; nothing is carried between digests made under two seals."""
    same = approved.passages is not None and approved.passages == found.passages
    made = []
    for file, before in pairs(approved, found):
        known = apart(before.passages) if before and same else ()
        made.append((file, before.name if before else "", compared(known, apart(file.passages))))
    return tuple(made)


def compared_files(
    approved: Screening, found: Screening, places: Sequence[Sequence[str]]
) -> tuple[FileSuccession, ...]:
    """Each file of `found` as it is told; `places`: those of the passages of each, in the same order."""
    return tuple(
        FileSuccession(
            name=file.name, of=of, passages=len(apart(file.passages)), carried=comparison.stretches,
            eyes=eyes(comparison, where) if file.passages else (),
        )
        for (file, of, comparison), where in zip(comparisons(approved, found), places, strict=True)
    )  # fmt: skip


def carried_findings(approved: Screening, found: Screening, ruled: frozenset[str]) -> tuple[str, ...]:
    """The fingerprints of findings that stand in carried passages exactly as they were shown and ruled on.

    `ruled`: those let pass then. A finding that a rule makes anew, or graver, or at one more place, is not among them;
    a fingerprint is carried only if every finding that bears it is.
    """
    known = {file.name: file for file in approved.files}
    held: set[str] = set()
    refused: set[str] = set()
    for file, of, comparison in comparisons(approved, found):
        before = known[of].findings if of else ()
        for one in file.findings:
            if one.action is Action.NOTE:
                continue
            same = one.fingerprint in ruled and any(_same(one, other, comparison) for other in before)
            (held if same else refused).add(one.fingerprint)
    return tuple(sorted(held - refused))


def eyes(comparison: Comparison, places: Sequence[str]) -> tuple[Eye, ...]:
    """What a person has to read, in the order of the file. `places`: those of its passages."""
    told: list[tuple[int, Eye]] = []
    for change in (Change.NEW, Change.BESIDE):
        for first, last in _runs(sorted(at for at, one in comparison.changes.items() if one is change)):
            place = places[first] if first == last else f"{places[first]}–{places[last]}"
            told.append((first, Eye(place=place, change=change, count=last - first + 1)))
    for at, count in comparison.gone.items():
        place = places[at] if at < len(places) else (places[-1] if places else "")
        told.append((at, Eye(place=place, change=Change.GONE, count=count)))
    return tuple(eye for _, eye in sorted(told, key=lambda item: (item[0], item[1].change is not Change.GONE)))


def _same(one: Warned, other: Warned, comparison: Comparison) -> bool:
    """Whether it is the same finding, of the same gravity, in the same passages."""
    facts = ("fingerprint", "rule", "category", "type", "severity", "action", "count")
    if any(getattr(one, name) != getattr(other, name) for name in facts) or not one.passages:
        return False
    return tuple(comparison.carried.get(at - 1, -1) + 1 for at in one.passages) == other.passages


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last
