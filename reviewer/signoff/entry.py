"""One line of the ledger: a signed statement, its header, and the hash that ties it to everything before it.

    hash = SHA-256(canonical JSON of {seq, time, kind, subject, body, prev}),  body = SHA-256(envelope as kept)

A record can therefore show an entry it has no business to tell by its header alone, and the chain still recomputes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter

from reviewer.errors import EvidenceError
from reviewer.language import language, tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.act import KIND_OF, KINDS, Act
from reviewer.signoff.canonical import canonical, canonical_flat, digest, parse
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.keys import Signer, fingerprint

SCHEMA = "reviewer.act/3"  # as /2, with `case_prev` and `roster_prev`
_FREE = ("reviewer.act/1", "reviewer.act/2")  # an act of these names only the entry before it, whatever that is about
BEFORE_GENESIS = "0" * 64
_PAYLOAD_KEYS = frozenset({"schema", "seq", "time", "kind", "actor", "subject", "prev", "protected", "act"})
_LINKS = frozenset({"case_prev", "roster_prev"})
_LINKED_KEYS = _PAYLOAD_KEYS | _LINKS
_HASHED = ("body", "kind", "prev", "seq", "subject", "time")
_hashed = attrgetter(*_HASHED)
_SAID_TWICE = ("seq", "time", "kind", "subject", "prev")  # in the header and in what was signed
_own = attrgetter(*_SAID_TWICE)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)  # as `instant` writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of a ledger: the one value that stands for all of it."""

    seq: int
    time: str
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True, kw_only=True)  # no slots: the hash is kept beside the fields
class Header:
    """What of an entry goes into its hash. `subject`: a case's number, a person's name, or the unit."""

    seq: int
    time: str
    kind: str
    subject: str
    body: str
    prev: str

    @cached_property  # links, content and statement each ask for it
    def hash(self) -> str:
        """The entry's hash, recomputed."""
        return digest(canonical_flat(_HASHED, _hashed(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it is kept; `hash` is what was written, which need not be what it should be."""

    header: Header
    actor: str
    hash: str
    envelope: str

    @property
    def head(self) -> Head:
        """The head of a ledger that ends here."""
        return Head(seq=self.header.seq, time=self.header.time, hash=self.hash)

    @property
    def place(self) -> str:
        """How messages name the entry."""
        return place(self.header.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The last entry of the same case and the last of the roster, by hash, when an act was signed.

    64 zeros where there is none, and for the case of an act on the roster. A signature covers both, so that nothing of
    a case or of the roster can be left out between two acts that are shown.
    """

    case: str = BEFORE_GENESIS
    roster: str = BEFORE_GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what, when, on which subject, with which key; `protected`: the key had a passphrase.

    `before` is None for an act from before `reviewer.act/3`; `hash` is the entry's, empty until it is signed.
    """

    seq: int
    time: str
    actor: str
    subject: str
    keyid: str
    protected: bool
    act: Act
    before: Before | None = None
    hash: str = ""

    @property
    def kind(self) -> str:
        """The act's name in the table of kinds."""
        return KIND_OF[type(self.act)]

    @property
    def at(self) -> datetime:
        """`time` as an instant."""
        return datetime.fromisoformat(self.time)


def place(seq: int) -> str:
    """How messages name entry `seq`."""
    return f"台账第 {seq} 条" if language() == "zh" else f"ledger entry {seq}"


def propose(
    signer: Signer, after: Head | None, time: str, subject: str, act: Act, before: Before | None = None
) -> Statement:
    """The statement that `signer` would make next in a ledger that ends with `after`."""
    return Statement(
        seq=after.seq + 1 if after else 1,
        time=time,
        actor=signer.name,
        subject=subject,
        keyid=fingerprint(signer.public_key),
        protected=signer.protected,
        act=act,
        before=before,
    )


def sign(signer: Signer, statement: Statement, prev: str) -> Entry:
    """The entry that says `statement`. The signature covers `prev`, and so everything that came before it."""
    sealed = dsse.write(dsse.seal(signer, canonical(_payload(statement, prev))))
    header = Header(
        seq=statement.seq,
        time=statement.time,
        kind=statement.kind,
        subject=statement.subject,
        body=digest(sealed),
        prev=prev,
    )
    return Entry(header=header, actor=statement.actor, hash=header.hash, envelope=sealed.decode("utf-8"))


def _payload(statement: Statement, prev: str) -> dict[str, object]:
    before = statement.before
    links = {"case_prev": before.case, "roster_prev": before.roster} if before else {}
    return links | {
        "schema": SCHEMA if before else _FREE[-1],
        "seq": statement.seq,
        "time": statement.time,
        "kind": statement.kind,
        "actor": statement.actor,
        "subject": statement.subject,
        "prev": prev,
        "protected": statement.protected,
        "act": encode(statement.act),
    }


def _read_statement(header: Header, envelope: dsse.Envelope, where: str) -> Statement:
    """What the envelope says; raises EvidenceError unless the header says the same. The signature is not looked at."""
    said = parse(dsse.payload(envelope, where), where)
    before = _before(said, where)
    assert isinstance(said, dict)
    for name, own in zip(_SAID_TWICE, _own(header), strict=True):
        if said[name] != own or type(said[name]) is not type(own):
            raise EvidenceError(tr(f"{where}：{name} 与签名内容不一致", f"{where}: {name} is not what was signed"))
    if not _well_timed(header.time):
        raise EvidenceError(tr(f"{where}：时间不合格式", f"{where}: malformed time"))
    if header.kind not in KINDS or not isinstance(said["actor"], str) or not isinstance(said["protected"], bool):
        raise EvidenceError(tr(f"{where}：不认识的行为", f"{where}: unknown act"))
    return Statement(
        seq=header.seq,
        time=header.time,
        actor=said["actor"],
        subject=header.subject,
        keyid=envelope.keyid,
        protected=said["protected"],
        act=decode(KINDS[header.kind], said["act"], where),
        before=before,
        hash=header.hash,
    )


def _before(said: object, where: str) -> Before | None:
    """What the act says it follows on; raises EvidenceError for a payload of no known format."""
    if isinstance(said, dict):
        if said.keys() == _LINKED_KEYS and said["schema"] == SCHEMA:
            case, roster = said["case_prev"], said["roster_prev"]
            if isinstance(case, str) and isinstance(roster, str) and _HASH.fullmatch(case) and _HASH.fullmatch(roster):
                return Before(case=case, roster=roster)
        if said.keys() == _PAYLOAD_KEYS and said["schema"] in _FREE:
            return None
    raise EvidenceError(tr(f"{where}：不认识的格式", f"{where}: unknown format"))


def _well_timed(time: str) -> bool:
    if _TIME.fullmatch(time) is None:
        return False
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return False
    return True


def open_entry(entry: Entry) -> tuple[Statement, dsse.Envelope]:
    """The statement and envelope of an entry, after its own hash, digest and columns were found to agree.

    Raises EvidenceError naming the entry. The signature is not looked at: that needs the roster.
    """
    if entry.header.hash != entry.hash:
        raise EvidenceError(tr(f"{entry.place}：哈希不符，内容被改动", f"{entry.place}: hash mismatch, it was changed"))
    statement, envelope = open_envelope(entry.header, entry.envelope.encode("utf-8", "surrogatepass"))
    if statement.actor != entry.actor:
        raise EvidenceError(tr(f"{entry.place}：行为人与签名不一致", f"{entry.place}: actor is not the one who signed"))
    return statement, envelope


def open_envelope(header: Header, kept: bytes) -> tuple[Statement, dsse.Envelope]:
    """The statement and envelope of the bytes kept under that header; raises EvidenceError unless they agree."""
    where = place(header.seq)
    if digest(kept) != header.body:
        raise EvidenceError(tr(f"{where}：信封被改动", f"{where}: its envelope was changed"))
    envelope = dsse.read(kept, where)
    return _read_statement(header, envelope, where), envelope
