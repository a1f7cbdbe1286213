"""What the ledger keeps of the machine's verdict: which rule, where, how grave. Never text, not even masked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.signoff.codec import later
from reviewer.signoff.text_digest import text_digest
from reviewer.terms import Action, Category, Decision, Engine, Finding, Review, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One finding as the reviewer was warned of it; `count` occurrences that a person reads as one."""

    fingerprint: str
    rule: str
    category: Category
    type: str
    severity: Severity
    action: Action
    place: str
    count: int


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
    """The verdict on one file of the package; `text` is the digest of how it reads, whatever its bytes."""

    name: str
    sha256: str
    decision: Decision
    findings: tuple[Warned, ...]
    gaps: tuple[Unread, ...]
    set_aside: tuple[LeftOut, ...]
    text: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The verdicts on all files of a package, and what judged them."""

    engine: Engine
    files: tuple[FileScreening, ...]

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


def summary(reviews: Iterable[Review]) -> Screening:
    """The screening that a submission carries, out of what the pipeline said of each file.

    Raises ValueError for no review at all, or for reviews by different engines.
    """
    known = tuple(reviews)
    engines = {review.verdict.engine for review in known}
    if len(engines) != 1:
        raise ValueError(f"{len(engines)} engines judged one package")
    files = sorted((_file(review) for review in known), key=lambda file: file.name)
    return Screening(engine=engines.pop(), files=tuple(files))


def _plain(text: str) -> str:
    """Without control characters and stray surrogates: names inside archives may hold them, the ledger may not."""
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def _file(review: Review) -> FileScreening:
    document, verdict = review.document, review.verdict
    return FileScreening(
        name=unicodedata.normalize("NFC", document.name),  # as in the manifest
        sha256=document.sha256,
        decision=verdict.decision,
        findings=tuple(_grouped(review)),
        gaps=tuple(Unread(place=_plain(gap.place), reason=_plain(gap.reason)) for gap in verdict.gaps),
        set_aside=tuple(
            LeftOut(
                fingerprint=aside.disposition.fingerprint, rule=aside.finding.rule.id, by=aside.disposition.by,
                reason=aside.disposition.reason, until=aside.disposition.until,
            )
            for aside in verdict.set_aside
        ),
        text=text_digest(document),
    )  # fmt: skip


def _grouped(review: Review) -> Iterator[Warned]:
    """A column of 128 numbers is one warning, named by its first finding and counted."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in review.verdict.findings:
        groups.setdefault((finding.rule.id, finding.group or finding.fingerprint), []).append(finding)
    for members in groups.values():
        first = members[0]
        yield Warned(
            fingerprint=first.fingerprint, rule=first.rule.id, category=first.category, type=first.type,
            severity=max(member.severity for member in members), action=max(member.action for member in members),
            place=_plain(review.document.segments[first.span.segment].place), count=len(members),
        )  # fmt: skip
