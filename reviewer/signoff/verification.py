"""A whole ledger verified: its links, its signatures, and whether every act was allowed when it was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from reviewer.errors import EvidenceError, NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Submit
from reviewer.signoff.entry import BEFORE_GENESIS, Head, Header, Statement, open_entry, place
from reviewer.signoff.envelope import Envelope
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.proof import Step, broken, judged, not_proven, notice, proven
from reviewer.signoff.replay import Replay
from reviewer.signoff.tree_proof import Grove

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
ANCHOR = re.compile(r"(\d{1,15}):([0-9a-f]{64})", re.ASCII)


class Links:
    """Headers followed one by one: numbered without a gap, each naming the hash before it, never back in time."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.head: Head | None = None
        self.hashes: dict[int, str] = {}

    def follow(self, header: Header, claimed: str | None = None) -> None:
        """One more header; `claimed` is the hash written beside it, where one is."""
        before = self.head
        where = place(header.seq)
        try:
            own = header.hash
        except EvidenceError as error:  # a value that JSON cannot say was put there by hand
            self.faults.append(f"{where}：{error}")
            own = ""
        if header.seq != (before.seq + 1 if before else 1):
            self.faults.append(tr(f"{where}：序号不连续", f"{where}: the numbering has a gap"))
        if header.prev != (before.hash if before else BEFORE_GENESIS):
            self.faults.append(tr(f"{where}：与上一条的哈希不衔接", f"{where}: not linked to the entry before"))
        if claimed is not None and claimed != own:
            self.faults.append(tr(f"{where}：哈希不符，内容被改动", f"{where}: hash mismatch, it was changed"))
        if not _TIME.fullmatch(header.time) or (before and header.time < before.time):
            self.faults.append(tr(f"{where}：时间不合格式或早于上一条", f"{where}: time malformed or before the last"))
        self.head = Head(seq=header.seq, time=header.time, hash=own)
        self.hashes[header.seq] = own


class Audit:
    """Statements replayed with their faults sorted by what they say about the ledger."""

    def __init__(self, *, whole: bool = False) -> None:
        self.replay = Replay(whole=whole)
        self.content: list[str] = []
        self.signatures: list[str] = []
        self.rules: list[str] = []
        self.count = 0
        self.unprotected: dict[str, int] = {}
        self._broken: set[str] = set()

    def take(self, header: Header, opening: Callable[[], tuple[Statement, Envelope]]) -> Statement | None:
        """One more entry that is told in full; None if its content is not what was signed."""
        self.count += 1
        try:
            statement, envelope = opening()
        except EvidenceError as error:
            self.content.append(str(error))
            self._broken.add(header.subject)
            return None
        try:
            self.replay.check_signature(statement, envelope)
        except EvidenceError as error:
            self.signatures.append(str(error))
            self._broken.add(statement.subject)
        else:
            self._admit(statement)
        return statement

    def _admit(self, statement: Statement) -> None:
        """After a fault in a case its later acts say nothing new: the first fault is the news."""
        if not statement.protected:
            self.unprotected[statement.actor] = self.unprotected.get(statement.actor, 0) + 1
        if statement.subject in self._broken:
            return
        try:
            self.replay.admit(statement)
        except (NotAllowedError, EvidenceError) as error:
            self.rules.append(f"{place(statement.seq)}：{error}")
            self._broken.add(statement.subject)

    def steps(self) -> tuple[Step, ...]:
        """What the statements prove."""
        return (
            judged(
                tr("内容与签名一致", "content is what was signed"),
                self.content,
                tr(f"{self.count} 条", f"{self.count} entries"),
            ),
            judged(
                tr("签名", "signatures"),
                self.signatures,
                tr("每条由当时在册者的密钥签出", "each by a key that was on the roster then"),
            ),
            judged(
                tr("角色与流程", "roles and rules"),
                self.rules,
                tr("重放全部行为，逐条当时均被允许", "all acts replayed; each was allowed when it was made"),
            ),
        )

    def notices(self) -> tuple[Step, ...]:
        """What a reader must be told: keys without passphrase, merged roles, whose word the genesis is."""
        told = []
        for name, count in self.unprotected.items():
            told.append(
                notice(
                    tr("未加密密钥", "unencrypted key"),
                    tr(f"{name}用未设口令的密钥签了 {count} 次", f"{name} signed {count} times with no passphrase"),
                )
            )
        for one in self.replay.exceptions:
            told.append(notice(tr("角色合并", "merged roles"), f"{one.name} + {one.role.label}：{one.exception}"))
        return tuple(told)


def verify_ledger(
    ledger: Ledger, anchor: str | None = None, trust: str | None = None, against: str | None = None
) -> tuple[Step, ...]:
    """Walks every entry.

    `anchor` is a head ("seq:hash") and `against` a checkpoint or a whole record, printed or sent before: they show
    what was cut off or replaced since. `trust` is the fingerprint of the unit's genesis key.
    """
    links, audit, numbers, grove = Links(), Audit(whole=True), _Numbers(), Grove()
    unreadable: list[str] = []
    try:
        for entry in ledger.entries():
            links.follow(entry.header, entry.hash)
            statement = audit.take(entry.header, partial(open_entry, entry))
            header, own = entry.header, links.head.hash if links.head else ""
            grove.take(own, header.kind, header.subject, header.body, statement)
            if statement is not None:
                numbers.take(statement)
    except EvidenceError as error:  # a row that is not even a row
        unreadable.append(str(error))
    if links.head is None:
        return (broken(tr("台账", "ledger"), unreadable[0] if unreadable else tr("没有任何记录", "no entries")),)
    return (
        judged(tr("防改装置", "guards against change"), _unguarded(ledger), tr("在位", "in place")),
        judged(
            tr("哈希链", "hash chain"),
            (*unreadable, *links.faults),
            tr(f"第 1 至 {links.head.seq} 条", f"1 to {links.head.seq}"),
        ),
        *audit.steps(),
        judged(tr("审查编号", "case numbers"), numbers.faults, tr("连续，不重不漏", "without gap")),
        *grove.steps(ledger),
        genesis_step(audit.replay, trust),
        *([grove.against(against, audit.replay)] if against is not None else []),
        *([head_step(links, anchor)] if anchor is not None or against is None else []),
        *audit.notices(),
    )


def head_step(links: Links, anchor: str | None) -> Step:
    """Whether the anchored head lies on this chain. Without an anchor a cut-off end cannot be seen, and it says so."""
    name = tr("链头", "head")
    if anchor is None:
        return notice(
            name, tr(f"{links.head}；未给锚点，截去末尾看不出", f"{links.head}; no anchor: a cut end is unseen")
        )
    match = ANCHOR.fullmatch(anchor.strip())
    if match is None:
        return not_proven(name, tr("锚点应为“序号:哈希”", "an anchor is written seq:hash"))
    seq = int(match[1])
    if seq not in links.hashes:
        return broken(name, tr(f"锚点第 {seq} 条不在链上：末尾被截去", f"entry {seq} is not there: the end was cut"))
    if links.hashes[seq] != match[2]:
        return broken(name, tr(f"第 {seq} 条与锚点不符：链被换过", f"entry {seq} is another: the chain was replaced"))
    return proven(name, tr(f"{links.head}，含锚点第 {seq} 条", f"{links.head}, holds the anchored entry {seq}"))


def genesis_step(replay: Replay, trust: str | None) -> Step:
    """Whether the ledger is the unit's. It carries its own root: only who knows the unit's key can say so."""
    name, key = tr("建账密钥", "genesis key"), replay.genesis_key
    if key is None:
        return broken(name, tr("没有有效的建账记录", "there is no valid founding entry"))
    if trust is None:
        return notice(name, tr(f"请与单位公布的指纹核对：{key}", f"compare with what the unit made known: {key}"))
    if trust.strip().lower() != key:
        return broken(name, tr(f"不是所信任的指纹：{key}", f"not the trusted fingerprint: {key}"))
    return proven(name, tr(f"{replay.roster.unit}，指纹 {key}", f"{replay.roster.unit}, {key}"))


class _Numbers:
    """Case numbers: 2026-0001, 2026-0002 … within each year of a ledger."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._last: dict[str, int] = {}

    def take(self, statement: Statement) -> None:
        if not isinstance(statement.act, Submit) or statement.act.version != 1:
            return
        year, _, number = statement.subject.partition("-")
        expected = self._last.get(year, 0) + 1
        if number != f"{expected:04d}":
            self.faults.append(f"{place(statement.seq)}：{statement.subject} ≠ {year}-{expected:04d}")
        self._last[year] = int(number) if number.isascii() and number.isdigit() else expected


def _unguarded(ledger: Ledger) -> Iterable[str]:
    for name in ledger.missing_guards():
        yield tr(f"触发器 {name} 不在或被改", f"trigger {name} is gone or was changed")
