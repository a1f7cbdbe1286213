"""What the ledger keeps of the machine's verdict: which rule, where, how grave. Never text, not even masked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.signoff.codec import later
from reviewer.signoff.passages import Passage, Seal, Sealing, digests_of, passages_of
from reviewer.signoff.text_digest import text_digest
from reviewer.terms import Action, Category, Decision, Document, Engine, Finding, Review, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One finding as the reviewer was warned of it; `count` occurrences that a person reads as one.

    `passages`: in which of the file's passages it stands, from 1; empty where they were not counted.
    """

    fingerprint: str
    rule: str
    category: Category
    type: str
    severity: Severity
    action: Action
    place: str
    count: int
    passages: tuple[int, ...] = later(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part that the machine could not read, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A finding that an earlier ruling had already set aside, and whose ruling that was."""

    fingerprint: str
    rule: str
    by: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScreening:
    """The verdict on one file of the package; `text` is the digest of how it reads, whatever its bytes.

    `passages`: the keyed digest of each of its passages (`reviewer.signoff.passages`).
    """

    name: str
    sha256: str
    decision: Decision
    findings: tuple[Warned, ...]
    gaps: tuple[Unread, ...]
    set_aside: tuple[LeftOut, ...]
    text: str = later("")
    passages: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The verdicts on all files of a package, what judged them, and under what their passages were digested."""

    engine: Engine
    files: tuple[FileScreening, ...]
    passages: Seal | None = later(None)

    @property
    def decision(self) -> Decision:
        """The gravest of the files' decisions."""
        return max((file.decision for file in self.files), default=Decision.CLEAR)

    def asking(self) -> Iterator[tuple[FileScreening, Warned]]:
        """The findings that ask for action, in the order of the files."""
        for file in self.files:
            for finding in file.findings:
                if finding.action is not Action.NOTE:
                    yield file, finding

    def unread(self) -> Iterator[tuple[FileScreening, Unread]]:
        """The gaps, in the order of the files."""
        for file in self.files:
            for gap in file.gaps:
                yield file, gap


def summary(reviews: Iterable[Review], sealing: Sealing | None = None) -> Screening:
    """The screening that a submission carries, out of what the pipeline said of each file.

    With a `sealing` it holds the digests of passages, by which a later version is compared.
    Raises ValueError for no review at all, or for reviews by different engines.
    """
    known = tuple(reviews)
    engines = {review.verdict.engine for review in known}
    if len(engines) != 1:
        raise ValueError(f"{len(engines)} engines judged one package")
    files = sorted((_file(review, sealing) for review in known), key=lambda file: file.name)
    return Screening(engine=engines.pop(), files=tuple(files), passages=sealing.seal if sealing else None)


def _plain(text: str) -> str:
    """Without control characters and stray surrogates: names inside archives may hold them, the ledger may not."""
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def _file(review: Review, sealing: Sealing | None) -> FileScreening:
    document, verdict = review.document, review.verdict
    passages = passages_of(document) if sealing else ()
    digests = digests_of(passages, sealing) if sealing else ""
    return FileScreening(
        name=unicodedata.normalize("NFC", document.name),  # as in the manifest
        sha256=document.sha256,
        decision=verdict.decision,
        findings=tuple(_grouped(review, passages if digests else ())),
        gaps=tuple(Unread(place=_plain(gap.place), reason=_plain(gap.reason)) for gap in verdict.gaps),
        set_aside=tuple(
            LeftOut(
                fingerprint=aside.disposition.fingerprint, rule=aside.finding.rule.id, by=aside.disposition.by,
                reason=aside.disposition.reason, until=aside.disposition.until,
            )
            for aside in verdict.set_aside
        ),
        text=text_digest(document),
        passages=digests,
    )  # fmt: skip


def groups(review: Review) -> Iterator[tuple[Finding, list[Finding]]]:
    """The findings that a person reads as one, each group with its first, which names it."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in review.verdict.findings:
        found.setdefault((finding.rule.id, finding.group or finding.fingerprint), []).append(finding)
    for members in found.values():
        yield members[0], members


def _grouped(review: Review, passages: tuple[Passage, ...]) -> Iterator[Warned]:
    """A column of 128 numbers is one warning, named by its first finding and counted."""
    units = {at: number for number, one in enumerate(passages, 1) for at in range(one.first, one.last)}
    for first, members in groups(review):
        yield Warned(
            fingerprint=first.fingerprint, rule=first.rule.id, category=first.category, type=first.type,
            severity=max(member.severity for member in members), action=max(member.action for member in members),
            place=_plain(review.document.segments[first.span.segment].place), count=len(members),
            passages=tuple(sorted({unit for one in members for unit in _units(review.document, one, units)})),
        )  # fmt: skip


def _units(document: Document, finding: Finding, units: Mapping[int, int]) -> Iterator[int]:
    """The passages in which a finding stands; a number that wraps over a line end stands in two."""
    for at in range(finding.span.segment, len(document.segments)):
        if at > finding.span.segment and document.segments[at].start >= finding.span.end:
            return
        if at in units:
            yield units[at]
