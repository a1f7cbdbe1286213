"""A ledger's state as one line to print: how many entries, the root of their Merkle tree, the head, and who says so.

    reviewer.checkpoint/1 GENESIS SIZE ROOT HEAD TIME [KEYID SIGNATURE]

GENESIS is the fingerprint of the key that founded the ledger, HEAD the hash of entry SIZE, TIME in UTC. The signature
(base64) is over DSSE's PAE of the type `application/vnd.reviewer.checkpoint` and the line up to TIME.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace

from reviewer.errors import EvidenceError, UsageError
from reviewer.language import tr
from reviewer.signoff import merkle
from reviewer.signoff.envelope import preauthentication
from reviewer.signoff.keys import Signer, fingerprint, holds
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.roster import Enrolment, Roster

SCHEMA = "reviewer.checkpoint/1"
PAYLOAD_TYPE = "application/vnd.reviewer.checkpoint"
_LINE = re.compile(
    r"reviewer\.checkpoint/1 ([0-9a-f]{64}) ([1-9]\d{0,14}) ([0-9a-f]{64}) ([0-9a-f]{64}) "
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(?: ([0-9a-f]{64}) ([A-Za-z0-9+/]+={0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The first `size` entries of a ledger; `keyid` and `signature` are empty where nobody signed for them."""

    genesis_key: str
    size: int
    root: str
    head: str
    time: str
    keyid: str = ""
    signature: str = ""

    @property
    def said(self) -> str:
        """What is signed."""
        return f"{SCHEMA} {self.genesis_key} {self.size} {self.root} {self.head} {self.time}"

    def __str__(self) -> str:
        return f"{self.said} {self.keyid} {self.signature}" if self.keyid else self.said


def read_checkpoint(line: str, place: str) -> Checkpoint:
    """A checkpoint as it was printed; raises EvidenceError naming `place`. The signature is not looked at."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise EvidenceError(tr(f"{place}：不是 {SCHEMA}", f"{place}: not a {SCHEMA}"))
    genesis, size, root, head, time, keyid, signature = match.groups(default="")
    return Checkpoint(
        genesis_key=genesis, size=int(size), root=root, head=head, time=time, keyid=keyid, signature=signature
    )


def signed(checkpoint: Checkpoint, signer: Signer) -> Checkpoint:
    """The checkpoint with the word of whoever stands for it."""
    signature = signer.sign(_message(checkpoint))
    return replace(
        checkpoint,
        keyid=fingerprint(signer.public_key),
        signature=base64.b64encode(signature).decode("ascii"),
    )


def signatory(checkpoint: Checkpoint, roster: Roster) -> Enrolment:
    """Who signed; raises EvidenceError unless it was somebody on the roster at that size, with their key."""
    then = (
        one
        for one in roster.enrolments
        if one.keyid == checkpoint.keyid
        and one.since <= checkpoint.size
        and (one.until is None or one.until > checkpoint.size)
    )
    enrolment = next(then, None)
    if enrolment is None:
        raise EvidenceError(tr("检查点的签署人当时不在名册上", "who signed the checkpoint was not on the roster then"))
    signature = base64.b64decode(checkpoint.signature)
    spelled = base64.b64encode(signature).decode("ascii") == checkpoint.signature
    if not spelled or not holds(enrolment.public_key, signature, _message(checkpoint)):
        raise EvidenceError(tr("检查点的签名不成立", "the signature of the checkpoint does not hold"))
    return enrolment


def take(ledger: Ledger, genesis_key: str, time: str | None = None) -> Checkpoint:
    """The ledger as it stands, every hash read and hashed anew; `time` is the head's where none is given.

    Raises EvidenceError for a ledger that is empty, or whose kept subtrees are not those of its entries.
    """
    head = ledger.head()
    if head is None:
        raise EvidenceError(tr("台账是空的，没有检查点", "the ledger is empty: there is no checkpoint"))
    grown = merkle.Grown()
    for number, hashed in enumerate(ledger.hashes(), start=1):
        if number > head.seq:  # somebody wrote meanwhile
            break
        grown.add(leaf(hashed))
    if grown.size != head.seq:
        raise EvidenceError(tr("台账缺条；先 reviewer ledger verify", "entries are missing: reviewer ledger verify"))
    root = merkle.root(grown, head.seq)
    if ledger.keeps_nodes and merkle.root(Kept(ledger), head.seq) != root:
        raise EvidenceError(
            tr("所存 Merkle 节点与各条不符；先 reviewer ledger verify", "the kept nodes are not the entries': verify")
        )
    return Checkpoint(genesis_key=genesis_key, size=head.seq, root=root.hex(), head=head.hash, time=time or head.time)


def leaf(hashed: str) -> bytes:
    """The leaf of an entry of that hash; one that is no hash gives a leaf that nothing proves."""
    try:
        return merkle.leaf(bytes.fromhex(hashed))
    except ValueError:
        return merkle.leaf(hashed.encode("utf-8", "surrogatepass"))


class Kept:
    """The tree as the ledger keeps it: a proof reads some dozens of nodes and no more."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._read: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, position: int) -> bytes:
        """The hash of that subtree; raises EvidenceError where it is missing."""
        known = self._read.get((level, position)) or self._ledger.node(level, position)
        if known is None:
            raise EvidenceError(
                tr("台账缺少 Merkle 节点；先 reviewer ledger verify", "nodes are missing: reviewer ledger verify")
            )
        self._read[level, position] = known
        return known


def tree_of(ledger: Ledger) -> merkle.Nodes:
    """The ledger's tree: read as it is kept, or, in a file of format 1, grown from the hashes of all entries."""
    if ledger.keeps_nodes:
        return Kept(ledger)
    return merkle.Grown(leaf(hashed) for hashed in ledger.hashes())


def at_hand(ledger: Ledger, genesis_key: str) -> Checkpoint:
    """The ledger as it stands, by the subtrees it keeps: quick, and to be believed as far as they are."""
    head = ledger.head()
    if head is None:
        raise UsageError(tr("台账是空的", "the ledger is empty"))
    root = merkle.root(tree_of(ledger), head.seq)
    return Checkpoint(genesis_key=genesis_key, size=head.seq, root=root.hex(), head=head.hash, time=head.time)


def _message(checkpoint: Checkpoint) -> bytes:
    return preauthentication(checkpoint.said.encode("ascii"), PAYLOAD_TYPE)
