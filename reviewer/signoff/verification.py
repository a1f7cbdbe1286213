"""A whole ledger verified: its links, its signatures, and whether every act was allowed when it was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.act import KIND_OF, ROSTER_KINDS, Submit
from reviewer.signoff.audit import Audit
from reviewer.signoff.calendar import Calendar, shipped_calendar
from reviewer.signoff.entry import BEFORE_GENESIS, Entry, Head, Header, open_entry, place
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.proof import Step, broken, judged, not_proven, notice, proven
from reviewer.signoff.replay import Replay, uncollected
from reviewer.signoff.shares import Seen, Share, jobs_for, working
from reviewer.signoff.tree_proof import Grove
from reviewer.signoff.vouched import Vouched, vouched

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
        try:
            own = header.hash
        except EvidenceError as error:  # a value that JSON cannot say was put there by hand
            self._fault(header, str(error))
            own = ""
        if header.seq != (before.seq + 1 if before else 1):
            self._fault(header, tr("序号不连续", "the numbering has a gap"))
        if header.prev != (before.hash if before else BEFORE_GENESIS):
            self._fault(header, tr("与上一条的哈希不衔接", "not linked to the entry before"))
        if claimed is not None and claimed != own:
            self._fault(header, tr("哈希不符，内容被改动", "hash mismatch, it was changed"))
        if not _TIME.fullmatch(header.time) or (before and header.time < before.time):
            self._fault(header, tr("时间不合格式或早于上一条", "time malformed or before the last"))
        self.head = Head(seq=header.seq, time=header.time, hash=own)
        self.hashes[header.seq] = own

    def _fault(self, header: Header, words: str) -> None:
        self.faults.append(f"{place(header.seq)}{tr('：', ': ')}{words}")


def verify_ledger(
    ledger: Ledger,
    anchor: str | None = None,
    trust: str | None = None,
    against: str | None = None,
    *,
    since: str | None = None,
    jobs: int = 1,
    calendar: Calendar | None = None,
) -> tuple[Step, ...]:
    """Walks every entry, with the help of as many processes as `jobs` says (0: as many as repay it).

    `anchor` is a head ("seq:hash") and `against` a checkpoint or a whole record, printed or sent before: they show
    what was cut off or replaced since. `since` is a checkpoint that the reader trusts (`vouched`, in one process);
    raises EvidenceError if it is none. `trust` is the fingerprint of the unit's genesis key. `calendar` counts the
    working days of a silence (None: the years that ship).
    """
    trusted = vouched(ledger, since) if since is not None else None
    walk = _Walk(ledger, trusted)
    walk.go(jobs)
    links, audit = walk.links, walk.audit
    if links.head is None:
        return (broken(tr("台账", "ledger"), *walk.unreadable or [tr("没有任何记录", "no entries")]),)
    return (
        judged(tr("防改装置", "guards against change"), _unguarded(ledger), tr("在位", "in place")),
        judged(
            tr("哈希链", "hash chain"),
            (*walk.unreadable, *links.faults),
            tr(f"第 1 至 {links.head.seq} 条", f"1 to {links.head.seq}"),
        ),
        *audit.steps(),
        *audit.silence_steps(calendar or shipped_calendar()),
        audit.numbers_step(),
        *walk.grove.steps(ledger, frozenset(audit.found.covers)),
        genesis_step(audit.replay, trust),
        *(walk.grove.against(one, audit.replay) for one in (since, against) if one is not None),
        *([trusted.told(audit.found.resting, audit.replay.roster)] if trusted and audit.replay.genesis_key else []),
        *([head_step(links, anchor)] if anchor is not None or against is since is None else []),
        *audit.notices(),
    )


class _Walk:
    """The whole ledger read once, here; where processes help, the cases are replayed there and the roster here."""

    def __init__(self, ledger: Ledger, trusted: Vouched | None = None) -> None:
        self._ledger = ledger
        self._rests: Callable[[Header], bool] = trusted.rests if trusted is not None else lambda _: False
        self._one = trusted is not None  # what is left to verify repays no other process
        self._open()

    def _open(self) -> None:
        self.links, self.audit, self.grove = Links(), Audit(whole=True), Grove()
        self.unreadable: list[str] = []
        self._carries = False  # whether one case takes over what was said in another

    def go(self, jobs: int) -> None:
        with uncollected():
            self._go(jobs)

    def _go(self, jobs: int) -> None:
        try:
            head = self._ledger.head()
        except EvidenceError:  # the last row is damaged: how far the others would have to read is not known
            head = None
        helping = (jobs or jobs_for(head.seq)) if head else 1
        if head is None or helping == 1 or self._one:
            self._alone()
            return
        seen = Seen(helping)
        with working(self._ledger.where, helping, head.seq) as works:
            self._read(lambda entry: self._share_out(entry, works[0].share, seen), head.seq)
            for work in [] if self._carries else works:
                self.audit.found.add(work.findings(seen.of(work.share.number), self._ledger))

        if self._carries:  # what a case takes over is compared with the other, which may be in another share
            self._open()
            self._alone()

    def _alone(self) -> None:
        rests = self._rests
        self._read(
            lambda entry: self.audit.take(entry.header, partial(open_entry, entry), rests=rests(entry.header)),
        )

    def _read(self, replay: Callable[[Entry], object], size: int | None = None) -> None:
        try:
            for entry in self._ledger.entries():
                if size is not None and entry.header.seq > size:
                    return  # appended since: the next verification's business
                header = entry.header
                self.links.follow(header, entry.hash)
                self.grove.take(
                    self.links.head.hash if self.links.head else "", header.kind, header.subject, header.body
                )
                replay(entry)
        except EvidenceError as error:  # a row that is not even a row
            self.unreadable.append(str(error))

    def _share_out(self, entry: Entry, share: Share, seen: Seen) -> None:
        own = self.links.head.hash if self.links.head else ""
        if entry.header.kind not in ROSTER_KINDS:
            seen.take(entry, own, share.falls(entry.header))
            self._carries = self._carries or _succeeds(entry)
            return
        seen.take(entry, own, None)
        self.audit.take(entry.header, partial(open_entry, entry))


def _succeeds(entry: Entry) -> bool:
    """Whether the entry submits a version of what another case approved; in doubt it does."""
    if entry.header.kind != KIND_OF[Submit]:
        return False
    try:
        said = dsse.payload(dsse.read(entry.envelope.encode("utf-8", "surrogatepass"), entry.place), entry.place)
    except EvidenceError:  # whose share it is says so
        return False
    return b"succeeds" in said or b"\\u" in said


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


def _unguarded(ledger: Ledger) -> Iterable[str]:
    for name in ledger.missing_guards():
        yield tr(f"触发器 {name} 不在或被改", f"trigger {name} is gone or was changed")
