"""A file found somewhere, tied back to the case that covers it: the same bytes, the same text, or the same name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviewer.language import tr
from reviewer.signoff.act import Submit
from reviewer.signoff.case import CaseState
from reviewer.signoff.manifest import FileDigest
from reviewer.signoff.text_digest import passage_digest
from reviewer.signoff.vocabulary import Status, Worded


class Likeness(Worded):
    """How a found file is like one that was submitted, the closest first."""

    BYTES = "bytes", "一字节不差", "byte for byte"
    TEXT = "text", "文字相同，仅格式或编码不同", "the same text in another form"
    NAME = "name", "只有文件名相同", "the same name only"
    GIVEN = "given", "按所给的批准件比对", "by the approved file that was given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One version of one case; `present` unless a later one has taken its place, `on_line` if it stands published."""

    number: str
    status: Status
    submitted: Submit
    present: bool
    on_line: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A submitted file that the found one is like."""

    likeness: Likeness
    candidate: Candidate
    file: FileDigest

    @property
    def covers(self) -> bool:
        """Whether that case lets exactly these bytes stand where they were found."""
        return self.likeness is Likeness.BYTES and self.candidate.present and self.candidate.on_line


def candidates(cases: Iterable[CaseState]) -> Iterator[Candidate]:
    """Every version of every case, the latest cases first."""
    for case in sorted(cases, key=lambda one: one.number, reverse=True):
        versions = [one.act for one in case.history if isinstance(one.act, Submit)]
        for act in reversed(versions):
            present = act.version == case.version
            yield Candidate(
                number=case.number, status=case.status, submitted=act, present=present,
                on_line=present and case.on_line,
            )  # fmt: skip


def ties(known: Iterable[Candidate], found: FileDigest, text: str, given: FileDigest | None = None) -> tuple[Tie, ...]:
    """What the found file is like, the closest and latest first; `text` is its text digest.

    `given` is a file somebody says it once was: a site gives files other names, and others change what is in them.
    """
    made = [
        Tie(likeness=likeness, candidate=one, file=file)
        for one in known
        for file in one.submitted.manifest.files
        if (likeness := _likeness(one, file, found, text) or _said(file, given)) is not None
    ]
    order = list(Likeness)
    return tuple(sorted(made, key=lambda tie: (order.index(tie.likeness), not tie.candidate.present)))


def _likeness(one: Candidate, file: FileDigest, found: FileDigest, text: str) -> Likeness | None:
    if file.sha256 == found.sha256 and file.sm3 == found.sm3:
        return Likeness.BYTES
    screened = next(item for item in one.submitted.screening.files if item.name == file.name)
    if text and screened.text == text:
        return Likeness.TEXT
    return Likeness.NAME if file.name == found.name else None


def _said(file: FileDigest, given: FileDigest | None) -> Likeness | None:
    return Likeness.GIVEN if given is not None and file.sha256 == given.sha256 else None


def what_differs(file: FileDigest, found: FileDigest) -> tuple[str, ...]:
    """Name, size and digests, where they differ."""
    facts = (
        (tr("文件名", "name"), file.name, found.name),
        (tr("字节数", "size"), f"{file.size_bytes:,}", f"{found.size_bytes:,}"),
        ("SHA-256", file.sha256[:12], found.sha256[:12]),
    )
    return tuple(f"{what}：{approved} → {now}" for what, approved, now in facts if approved != now)


def changed_passages(approved: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Where two documents read otherwise, by place and length alone: what stands there may be what may not be shown.

    Each is a list of places with their text.
    """
    before, after = ([passage_digest(text) for _, text in one] for one in (approved, found))
    told = []
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = approved[first:last], found[start:end]
        told.append(f"{_span(gone) or _nowhere()} → {_span(come) or _nowhere()}")
    return tuple(told)


def _span(segments: Sequence[tuple[str, str]]) -> str:
    if not segments:
        return ""
    places = list(dict.fromkeys(place for place, _ in segments))
    count = sum(len(text) for _, text in segments)
    where = places[0] if len(places) == 1 else f"{places[0]}–{places[-1]}"
    return tr(f"{where}（{count} 字）", f"{where} ({count} characters)")


def _nowhere() -> str:
    return tr("无", "nothing")
