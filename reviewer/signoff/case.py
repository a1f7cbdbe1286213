"""One case: where a package stands on its way to publication, as its statements tell. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewer.signoff.act import (
    Answer,
    Consult,
    Inspected,
    Publish,
    Settled,
    Submit,
    TakeDown,
)
from reviewer.signoff.aftermath import Extend, Incident, Report
from reviewer.signoff.chain import Chain, Hop
from reviewer.signoff.codec import later
from reviewer.signoff.entry import Statement
from reviewer.signoff.manifest import Manifest
from reviewer.signoff.objection import Lapse, Objected
from reviewer.signoff.screening import FileScreening, Unread, Warned
from reviewer.signoff.vocabulary import Conclusion, Ground, Opinion, Outcome, Recipient, Role, Status
from reviewer.terms import Action, Ruling

LEAK_REPORT = timedelta(hours=24)  # 保守国家秘密法实施条例 (2024) art. 61: report within 24 hours; clock hours
OPEN = frozenset(
    {Status.SUBMITTED, Status.REVIEWED, Status.CONSULTING, Status.DEFERRED, Status.RETURNED, Status.APPROVED}
)
_APPROVED = frozenset(
    {
        Status.APPROVED,
        Status.PUBLISHED,
        Status.TAKEN_DOWN,
        Status.CORRECTED,
        Status.INCIDENT,
    }
)
_FAVOURABLE = frozenset({Outcome.NOT_SECRET, Outcome.CONSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """A person who took a duty in this case, in any version of it: that person may take no other duty in it."""

    role: Role
    name: str
    keyid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One person's word on one verdict of exact bytes, in force for the present version."""

    role: Role
    by: str
    keyid: str
    time: str
    opinion: Opinion
    grounds: tuple[Ground, ...]
    comment: str
    shown: tuple[str, ...] = later(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A ruling on a finding, and whose it is."""

    settled: Settled
    by: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An inspection of an unread part, and whose it is."""

    inspected: Inspected
    by: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A consult (numbered from 1 in its case), and its answer or what was concluded from silence, once there is one."""

    number: int
    by: str
    time: str
    consult: Consult
    answer: Answer | None
    lapse: Lapse | None = later(None)
    lapsed_by: str = later("")

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.answer is None and self.lapse is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """All that follows from a case's statements. `hop` counts the hops that have agreed to this version.

    `chain` is the one that held when the case began, `due` the stations this version has to pass. `publisher` is
    empty while any publisher of the roster may take it: where a drafter submits, that is known at publication.
    """

    number: str
    status: Status
    chain: Chain
    due: tuple[Role, ...]
    submitter: str
    publisher: str
    holder: str  # who took up the present hop without finishing it, else empty
    hop: int
    package: str
    submitted: Submit
    signoffs: tuple[SignOff, ...]
    rulings: tuple[Ruled, ...]
    looks: tuple[Looked, ...]
    asked: tuple[Asked, ...]
    acted: tuple[Acted, ...]
    history: tuple[Statement, ...]
    objections: tuple[Objected, ...] = ()
    filed_from: Status | None = None  # where it stood when it was put on file, while it is there

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The stations this version has to pass, in order."""
        return self.chain.along(self.due)

    @property
    def present(self) -> Hop | None:
        """The station whose turn it is; None once every one has agreed."""
        return self.hops[self.hop] if self.hop < len(self.due) else None

    @property
    def manifest(self) -> Manifest:
        """The files of the present version."""
        return self.submitted.manifest

    @property
    def version(self) -> int:
        """How many times the package was submitted."""
        return self.submitted.version

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something before this case ends."""
        return self.status in OPEN

    @property
    def open_consults(self) -> tuple[Asked, ...]:
        """The letters without an answer. Silence is never consent, whatever time has passed."""
        return tuple(asked for asked in self.asked if asked.open)

    @property
    def undecided(self) -> tuple[Objected, ...]:
        """The objections on which nobody has decided yet."""
        return tuple(one for one in self.objections if one.decision is None)

    @property
    def withheld(self) -> bool:
        """Whether somebody decided that this very package is not disclosed, after an objection or after silence."""
        decided = (one.decision for one in self.objections if one.package == self.package)
        lapsed = (one.lapse for one in self.asked if one.consult.package == self.package)
        return any(one is not None and one.conclusion is Conclusion.WITHHOLD for one in (*decided, *lapsed))

    @property
    def outcome(self) -> Opinion | None:
        """What the approval says of the package, all of it or a part; None while there is none."""
        if self.approved_at is None:
            return None
        partial = any(one.opinion is Opinion.PARTIAL for one in self.signoffs)
        return Opinion.PARTIAL if partial else Opinion.AGREE

    @property
    def on_line(self) -> bool:
        """Whether what was published still stands where it was put, whatever became of the case."""
        last = next((one for one in reversed(self.history) if isinstance(one.act, (Publish, TakeDown))), None)
        return last is not None and isinstance(last.act, Publish) and self.status is not Status.CORRECTED

    @property
    def must_come_down(self) -> bool:
        """Whether what stands on line has to be taken down, for a suspected leak or by a decision."""
        return self.status is Status.INCIDENT or (self.on_line and self.withheld)

    @property
    def objected_to(self) -> tuple[Objected, ...]:
        """The objections that somebody has to decide on: of a case that ended undisclosed, nobody has to."""
        return self.undecided if self.is_open or self.on_line else ()

    @property
    def extension(self) -> Extend | None:
        """The extension of the time for an answer to the applicant, once there is one."""
        return next((one.act for one in self.history if isinstance(one.act, Extend)), None)

    @property
    def reports(self) -> tuple[Report, ...]:
        """To whom a suspected leak was reported."""
        return tuple(one.act for one in self.history if isinstance(one.act, Report))

    @property
    def unreported(self) -> tuple[Recipient, ...]:
        """Who has still to be told of a suspected leak."""
        if self.leak_deadline is None:
            return ()
        told = {report.to for report in self.reports}
        return tuple(one for one in Recipient if one not in told)

    @property
    def approved_at(self) -> datetime | None:
        """When the last hop signed, while that sign-off is in force."""
        if (self.filed_from or self.status) not in _APPROVED:
            return None
        return datetime.fromisoformat(self.signoffs[-1].time)

    @property
    def leak_deadline(self) -> datetime | None:
        """Until when a suspected leak must have been reported; None if none is suspected."""
        known = (_suspected(statement) for statement in self.history)
        return min((moment + LEAK_REPORT for moment in known if moment is not None), default=None)

    def suspects(self, statement: Statement) -> bool:
        """Whether this statement says that something leaked."""
        return _suspected(statement) is not None

    @property
    def unprotected(self) -> tuple[str, ...]:
        """Who signed with a key that had no passphrase."""
        return tuple(dict.fromkeys(statement.actor for statement in self.history if not statement.protected))

    @property
    def expires(self) -> datetime | None:
        """When the approval lapses; None while there is none."""
        return self.approved_at + timedelta(days=self.chain.approval_ttl_days) if self.approved_at else None

    def ruling(self, fingerprint: str) -> Settled | None:
        """The latest ruling on that finding of the present version."""
        return next((one.settled for one in reversed(self.rulings) if one.settled.fingerprint == fingerprint), None)

    def proposal(self, fingerprint: str) -> Settled | None:
        """The ruling on that finding that the submitter asked for."""
        return next((one for one in self.submitted.proposed if one.fingerprint == fingerprint), None)

    def exempted_by(self, name: str) -> bool:
        """Whether a finding of this package is let pass by this person's word: no one approves the own exemption."""
        beforehand = any(aside.by == name for file in self.submitted.screening.files for aside in file.set_aside)
        ruled = any(one.by == name and one.settled.ruling is not Ruling.CONFIRMED for one in self.rulings)
        return beforehand or ruled or name in self._overriding()

    def _overriding(self) -> tuple[str, ...]:
        """Who decided to disclose this package against an objection, or although nobody answered."""
        decided = [
            one.decided_by
            for one in self.objections
            if one.package == self.package and one.decision and one.decision.conclusion is Conclusion.DISCLOSE
        ]
        lapsed = [
            one.lapsed_by
            for one in self.asked
            if one.consult.package == self.package and one.lapse and one.lapse.conclusion is Conclusion.DISCLOSE
        ]
        return (*decided, *lapsed)

    def answered(self, finding: Warned) -> bool:
        """Whether the finding asked to be referred, and a favourable written answer about this package covers it.

        A number that must be masked stays one, whatever another organ writes: that is for a ruling to say.
        """
        return finding.action is Action.REFER and any(
            asked.answer is not None
            and asked.answer.outcome in _FAVOURABLE
            and asked.consult.package == self.package
            and finding.fingerprint in asked.consult.fingerprints
            for asked in self.asked
        )

    @property
    def asking(self) -> tuple[str, ...]:
        """The fingerprints of the findings that ask for action, in the order in which people number them."""
        return tuple(one.fingerprint for _, one in self.submitted.screening.asking())

    def unsettled(self) -> tuple[tuple[FileScreening, Warned], ...]:
        """The findings that ask for action and that nobody settled; one ruled true is settled only by a new version."""
        return tuple((file, one) for file, one in self.submitted.screening.asking() if not self._settles(one))

    def uninspected(self) -> tuple[tuple[FileScreening, Unread], ...]:
        """The parts that neither the machine read nor a person looked at."""
        looked = {(one.inspected.file, one.inspected.place) for one in self.looks}
        unread = self.submitted.screening.unread()
        return tuple((file, gap) for file, gap in unread if (file.name, gap.place) not in looked)

    def for_leader(self) -> tuple[str, ...]:
        """What rests on one person's word alone, and the leader must accept finding by finding.

        That is a finding which asked to be referred and was not answered in writing, and one on which there is a
        submitter's proposal and no reviewer's ruling.
        """
        return tuple(
            sorted(
                {
                    one.fingerprint
                    for _, one in self.submitted.screening.asking()
                    if not self.answered(one)
                    and (one.action is Action.REFER or (self.proposal(one.fingerprint) and not self._ruled(one)))
                }
            )
        )

    def _ruled(self, finding: Warned) -> bool:
        return self.ruling(finding.fingerprint) is not None

    def _settles(self, finding: Warned) -> bool:
        ruling = self.ruling(finding.fingerprint)
        if ruling is not None:
            return ruling.ruling is not Ruling.CONFIRMED
        return self.answered(finding)


def _suspected(statement: Statement) -> datetime | None:
    """Since when a leak is suspected by what this statement says."""
    act = statement.act
    if isinstance(act, Incident):
        return datetime.fromisoformat(act.discovered)
    return statement.at if isinstance(act, TakeDown) and act.suspected_leak else None
