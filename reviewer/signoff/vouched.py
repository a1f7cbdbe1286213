"""A checkpoint that its reader trusts, and what of a ledger is verified all the same.

Bytes, links, tree, content and index are verified of every entry. Signatures and rules are verified of the roster, of
whatever came after the checkpoint, and of each case that goes on there, from its beginning; of the other entries they
rest on whoever verified the ledger when the checkpoint was made, and that is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff.act import ROSTER_KINDS, Submit
from reviewer.signoff.checkpoint import Checkpoint, read_checkpoint, signatory
from reviewer.signoff.entry import Entry, Header, open_entry
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.moment import shown
from reviewer.signoff.proof import Step, notice
from reviewer.signoff.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """The checkpoint, and the cases that go on after it or whose approval one of those takes over."""

    checkpoint: Checkpoint
    living: frozenset[str]

    def rests(self, header: Header) -> bool:
        """Whether signature and rules of that entry are the checkpoint's word."""
        old = header.seq <= self.checkpoint.size
        return old and header.kind not in ROSTER_KINDS and header.subject not in self.living

    def told(self, count: int, roster: Roster) -> Step:
        """What the reader takes on trust, and whose word it is; `count` entries rest on it."""
        size, when = self.checkpoint.size, shown(self.checkpoint.time)
        who = _signer(self.checkpoint, roster)
        return notice(
            tr("依检查点", "on the checkpoint's word"),
            tr(
                f"第 1 至 {size} 条中有 {count} 条没有重新核验签名和流程，以该检查点为据（{who}，{when}）",
                f"of 1 to {size}, signatures and rules of {count} were not verified again: the word of {who}, {when}",
            ),
        )


def vouched(ledger: Ledger, line: str) -> Vouched:
    """What that checkpoint vouches for in this ledger; raises EvidenceError if the line is none.

    Nothing rests on this reading: an entry of a case that is missed here does not follow on anything, and is a fault.
    """
    checkpoint = read_checkpoint(line, tr("检查点", "checkpoint"))
    living: set[str] = set()
    waiting = set()
    for entry in ledger.entries(after=checkpoint.size):
        living.add(entry.header.subject)
        waiting |= _taken_over(entry)
    while waiting - living:
        case = min(waiting - living)
        living.add(case)
        for entry in ledger.about(case):
            waiting |= _taken_over(entry) if entry.header.subject == case else set()
    return Vouched(checkpoint=checkpoint, living=frozenset(living))


def _taken_over(entry: Entry) -> set[str]:
    """The case whose approval this entry's version takes over, if it is one that does."""
    try:
        act = open_entry(entry)[0].act
    except EvidenceError:  # the walk says so
        return set()
    return {act.succeeds.case} if isinstance(act, Submit) and act.succeeds is not None else set()


def _signer(checkpoint: Checkpoint, roster: Roster) -> str:
    if not checkpoint.keyid:
        return tr("没有签署", "signed by nobody")
    try:
        return signatory(checkpoint, roster).name
    except EvidenceError:  # a step of its own says why
        return tr("签署人不明", "signed by nobody known")
