"""What a person can say to the ledger: one frozen value per kind of act, and the table of kinds."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.signoff.aftermath import Archive, Correct, Extend, Incident, Ratify, Reassess, Report
from reviewer.signoff.catalogue import Catalogue
from reviewer.signoff.chain import Chain
from reviewer.signoff.codec import later
from reviewer.signoff.manifest import FileDigest, Manifest
from reviewer.signoff.objection import Decide, Lapse, Objection
from reviewer.signoff.redaction import Redact
from reviewer.signoff.request import Reply, Request, Supplement
from reviewer.signoff.screening import Screening
from reviewer.signoff.succession import Succession
from reviewer.signoff.vocabulary import (
    Addressee,
    Attribute,
    Channel,
    Ground,
    Opinion,
    Origin,
    Outcome,
    Remedy,
    Role,
)
from reviewer.terms import Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A new ledger: whose it is, its first administrator's key, and the chain that holds in it."""

    unit: str
    public_key: str
    chain: Chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    """Another chain holds from here on; a case that was submitted before keeps the one it began with."""

    chain: Chain
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """A person takes a role. `exception` is the reason why one person holds several (角色合并), else empty.

    `unit` is where they sit (县、局、乡镇，或科室). `begins` and `ends` are the first and the last day of it (ISO, on a
    Chinese calendar), empty for no bound. `deputy_for` is whose role they exercise, `mandate` the writing that says so.
    """

    name: str
    role: Role
    public_key: str
    exception: str
    unit: str = later("")
    begins: str = later("")
    ends: str = later("")
    deputy_for: str = later("")
    mandate: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke:
    """A person loses every role, and their deputies with them; what was signed before stays signed.

    With `deputy_for` only the delegation by that person ends.
    """

    name: str
    reason: str
    deputy_for: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a register asks of an item beside its bytes; typed by people, empty where unknown.

    `formed` and `requested` are days (ISO): when the information came into being (条例第二十六条), when the request for
    it arrived (第三十三条). `publicity_days` counts calendar days from the day after publication; 0 is no such period.
    `planned` is the day on which it is to appear, `request` the number of the request in the register, `corrects` that
    of the case that this one replaces, `part_of` that of the case whose files it is a redacted copy of.
    """

    title: str
    document_number: str = ""
    section: str = ""
    drafter: str = ""
    summary: str = ""
    attribute: Attribute = Attribute.PROACTIVE
    origin: Origin = Origin.OWN
    important: bool = later(False)
    urgent: bool = later(False)
    formed: str = later("")
    requested: str = later("")
    publicity_days: int = later(0)
    planned: str = later("")
    request: str = later("")
    corrects: str = later("")
    part_of: str = later("")
    catalogue: Catalogue | None = later(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way of one version: the chain's name, and of its hops those that these facts call for, in order."""

    chain: str
    hops: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """A package goes to review, with the machine's verdict on it. `version` counts from 1 within a case.

    `proposed` are rulings that the submitter asks for: they settle nothing until somebody else accepts them.
    `succeeds` is the approval that this version rests on, and what it carries from it.
    """

    version: int
    channel: Channel
    about: About
    manifest: Manifest
    screening: Screening
    route: Route | None = later(None)
    proposed: tuple[Settled, ...] = later(())
    succeeds: Succession | None = later(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A person's ruling on one finding of the package; `carried` is the case in which it was first made, if another."""

    fingerprint: str
    ruling: Ruling
    reason: str
    carried: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A person looked, by eye, at a part that the machine could not read."""

    file: str
    place: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A reviewer's opinion on exactly the package of that digest.

    `reassess_on` is the day by which what is not disclosed is looked at again (条例第十八条); empty for none.
    """

    package: str
    opinion: Opinion
    comment: str
    grounds: tuple[Ground, ...] = ()
    settled: tuple[Settled, ...] = ()
    inspected: tuple[Inspected, ...] = ()
    reassess_on: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consult:
    """Another organ is asked in writing; the question holds nothing secret. `day` is the letter's."""

    package: str
    addressee: Addressee
    organ: str
    letter: str
    day: str
    question: str
    fingerprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The written answer to consult number `consult` of the case (from 1): its date, and the day it was `received`."""

    consult: int
    outcome: Outcome
    letter: str
    day: str
    signatory: str
    note: str
    received: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """The leader's yes to exactly that package, or to that part of what could be published (区分处理).

    `accepted` are the findings that rest on one person's word alone, `shown` all that the signer was shown.
    """

    package: str
    comment: str
    accepted: tuple[str, ...] = ()
    inspected: tuple[Inspected, ...] = later(())
    opinion: Opinion = later(Opinion.AGREE)
    grounds: tuple[Ground, ...] = later(())
    shown: tuple[str, ...] = later(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """The publisher releases these bytes in that channel; `address` is where, if known.

    `screening` is the verdict on them by the rules of the day of publication.
    """

    manifest: Manifest
    channel: Channel
    address: str
    screening: Screening | None = later(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """The case ends before publication."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDown:
    """The package comes off line. `evidence` are digests of what was kept; a suspected leak starts a 24-hour clock.

    `remedies` are the other places from which it was removed as well.
    """

    reason: str
    suspected_leak: bool
    evidence: tuple[FileDigest, ...] = ()
    remedies: tuple[Remedy, ...] = later(())


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """An open case goes from one holder of a role to another."""

    role: Role
    giver: str
    taker: str
    reason: str


RosterAct = Found | Adopt | Enrol | Revoke
ChainAct = Submit | Review | Consult | Answer | Approve | Publish | Withdraw | TakeDown | HandOver
CaseAct = (
    ChainAct | Redact
    | Lapse | Objection | Decide | Extend | Correct | Incident | Report | Reassess | Ratify | Archive
)  # fmt: skip
RequestAct = Request | Supplement | Reply
Act = RosterAct | CaseAct | RequestAct

KINDS: dict[str, type[Act]] = {
    "found": Found,
    "adopt": Adopt,
    "enrol": Enrol,
    "revoke": Revoke,
    "submit": Submit,
    "review": Review,
    "consult": Consult,
    "answer": Answer,
    "approve": Approve,
    "publish": Publish,
    "withdraw": Withdraw,
    "take_down": TakeDown,
    "hand_over": HandOver,
    "lapse": Lapse,
    "objection": Objection,
    "decide": Decide,
    "extend": Extend,
    "correct": Correct,
    "incident": Incident,
    "report": Report,
    "reassess": Reassess,
    "ratify": Ratify,
    "archive": Archive,
    "redact": Redact,
    "request": Request,
    "supplement": Supplement,
    "reply": Reply,
}
KIND_OF: dict[type[Act], str] = {act: kind for kind, act in KINDS.items()}
ROSTER_KINDS = ("found", "adopt", "enrol", "revoke")
REQUEST_KINDS = ("request", "supplement", "reply")
