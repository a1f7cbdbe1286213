"""A record checked offline, step by step: what it proves, what it does not, and what it cannot prove by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff import checkpoint as checkpoints
from reviewer.signoff import envelope as dsse
from reviewer.signoff import first_record, merkle
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.audit import Audit
from reviewer.signoff.calendar import Calendar, shipped_calendar
from reviewer.signoff.canonical import digest, parse
from reviewer.signoff.case_proof import case_steps, genesis_step_of, summary_step
from reviewer.signoff.checkpoint import Checkpoint, read_checkpoint
from reviewer.signoff.entry import Header, Statement, open_envelope, place
from reviewer.signoff.envelope import Envelope
from reviewer.signoff.first_record_proof import verify_first_record
from reviewer.signoff.proof import Standing, Step, broken, judged, not_proven, notice, proven
from reviewer.signoff.record import SCHEMA, Predicate, Record, Told, read_record, subjects
from reviewer.signoff.redaction_proof import redaction_steps
from reviewer.signoff.replay import Replay
from reviewer.signoff.summary import Summary
from reviewer.signoff.verification import ANCHOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a reader has beside the files: certificates of redacted copies, and the record of the original's case."""

    certificates: tuple[Path, ...] = ()
    original: bytes | None = None


def verify_record(
    data: bytes,
    files: Iterable[Path],
    trust: str | None = None,
    anchor: str | None = None,
    beside: Beside | None = None,
    calendar: Calendar | None = None,
) -> tuple[Step, ...]:
    """Every step of the proof that this record holds over these files.

    `trust` is the fingerprint of the unit's genesis key, learnt from the unit itself; `anchor` a head ("seq:hash") or
    a checkpoint printed or sent before. Without them the record still proves what it says, but not that it comes from
    the unit's own ledger, nor that nothing happened after its last entry. `calendar` counts the working days of a
    silence (None: the years that ship).
    """
    given = tuple(files)
    try:
        if _is_first(data):
            return verify_first_record(data, given, trust, _as_head(anchor))
        record = read_record(data, tr("记录", "record"))
        checkpoint = read_checkpoint(record.predicate.checkpoint, tr("检查点", "checkpoint"))
    except EvidenceError as error:
        return (broken(tr("格式", "format"), str(error)),)
    return tuple(_steps(record, checkpoint, given, trust, anchor, beside or Beside(), calendar or shipped_calendar()))


def _steps(
    record: Record,
    checkpoint: Checkpoint,
    files: tuple[Path, ...],
    trust: str | None,
    anchor: str | None,
    beside: Beside,
    calendar: Calendar,
) -> Iterator[Step]:
    predicate, audit = record.predicate, Audit()
    placed = [_placed(told) for told in predicate.acts]
    for one in placed:
        if one.header is not None:
            audit.take(one.header, one.open)
    yield proven(tr("格式", "format"), SCHEMA)
    yield _inclusion(predicate, placed, checkpoint)
    yield from audit.steps()
    yield from audit.silence_steps(calendar)
    yield _completeness(placed, predicate.case)
    yield from case_steps(predicate.case, audit, files)
    yield _told_step(record, audit)
    yield from _redacted(predicate, audit, beside)
    yield genesis_step_of(predicate.genesis_key, audit, trust)
    yield from _checkpoint_steps(placed, checkpoint, audit, anchor)
    yield from audit.notices()


def _redacted(predicate: Predicate, audit: Audit, beside: Beside) -> Iterator[Step]:
    """The original's record must be of the same ledger: it is trusted for this one's founding key."""
    state, data = audit.replay.cases.get(predicate.case), beside.original
    if state is not None:
        original = (lambda: proved_replay(data, predicate.genesis_key)) if data is not None else None
        yield from redaction_steps(state, beside.certificates, original)


def proved_replay(data: bytes, trust: str) -> tuple[str, Replay]:
    """The number of the record's case and the replay of its acts, for the gate.

    `trust` is the fingerprint of the unit's founding key, without which anybody could make a record. Raises
    EvidenceError naming the first step that does not hold; a record of the first format is to be exported again.
    """
    if _is_first(data):
        raise EvidenceError(
            tr("这是第一版格式的记录，请重新导出（reviewer record export）", "of the first format: export it again")
        )
    record = read_record(data, tr("记录", "record"))
    predicate, audit = record.predicate, Audit()
    checkpoint = read_checkpoint(predicate.checkpoint, tr("检查点", "checkpoint"))
    placed = [_placed(told) for told in predicate.acts]
    for one in placed:
        if one.header is not None:
            audit.take(one.header, one.open)
    steps = (
        _inclusion(predicate, placed, checkpoint),
        *audit.steps(),
        *(step for step in audit.silence_steps(shipped_calendar()) if step.standing is Standing.BROKEN),
        _completeness(placed, predicate.case),
        _told_step(record, audit),
        genesis_step_of(predicate.genesis_key, audit, trust),
    )
    for step in steps:
        if step.standing in (Standing.NOT_PROVEN, Standing.BROKEN):
            raise EvidenceError(f"{step.name}{tr('：', ': ')}{step.detail}")
    return predicate.case, audit.replay


@dataclass(frozen=True, slots=True)
class _Placed:
    """An act, the header that its payload gives it, and that header's hash; None where it gives none."""

    told: Told
    header: Header | None
    hash: str

    def open(self) -> tuple[Statement, Envelope]:
        assert self.header is not None
        return open_envelope(self.header, dsse.write(self.told.envelope))


def _placed(told: Told) -> _Placed:
    try:
        said = parse(dsse.payload(told.envelope, ""), "")
    except EvidenceError:
        said = None
    if not isinstance(said, dict) or type(said.get("seq")) is not int:
        return _Placed(told, None, "")
    texts = {name: said.get(name) for name in ("time", "kind", "subject", "prev")}
    if not all(isinstance(text, str) for text in texts.values()):
        return _Placed(told, None, "")
    header = Header(seq=said["seq"], body=digest(dsse.write(told.envelope)), **texts)  # type: ignore[arg-type]
    try:
        return _Placed(told, header, header.hash)
    except EvidenceError:  # a value that JSON cannot say
        return _Placed(told, None, "")


def _inclusion(predicate: Predicate, placed: Sequence[_Placed], checkpoint: Checkpoint) -> Step:
    """Whether each act stands where it says, in the tree of the checkpoint, in order and never back in time."""
    faults, before = [], None
    for number, one in enumerate(placed, start=1):
        header = one.header
        if header is None:
            faults.append(tr(f"第 {number} 个行为读不出", f"act {number} cannot be read"))
            continue
        if not _leads(one.hash, header.seq, one.told.path, checkpoint):
            faults.append(tr(f"{place(header.seq)}不在检查点的树中", f"{place(header.seq)} is not in the tree"))
        if before is not None and (header.seq <= before.seq or header.time < before.time):
            faults.append(tr(f"{place(header.seq)}次序不对", f"{place(header.seq)} is out of order"))
        before = header
    faults += _head_faults(predicate, checkpoint)
    shown = tr(f"{len(placed)} 条均在树中（共 {checkpoint.size} 条）", f"{len(placed)} of {checkpoint.size} entries")
    return judged(tr("在台账中", "in the ledger"), faults, shown)


def _head_faults(predicate: Predicate, checkpoint: Checkpoint) -> Iterator[str]:
    header = predicate.head.header
    try:
        hashed = header.hash
    except EvidenceError as error:
        yield str(error)
        return
    placed = header.seq == checkpoint.size and hashed == checkpoint.head
    if not placed or not _leads(hashed, header.seq, predicate.head.path, checkpoint):
        yield tr("链头不在检查点的树中", "the head is not in the tree")
    if checkpoint.time < header.time or (not checkpoint.keyid and checkpoint.time != header.time):
        yield tr("检查点的时间与链头不符", "the time of the checkpoint is not the head's")
    if str(checkpoint) != predicate.checkpoint:
        yield tr("检查点写法不规范", "the checkpoint is not in its proper spelling")


def _leads(hashed: str, seq: int, path: Sequence[str], checkpoint: Checkpoint) -> bool:
    try:
        steps = [bytes.fromhex(one) for one in path]
    except ValueError:
        return False
    spelled = [one.hex() for one in steps] == list(path) and all(len(one) == 32 for one in steps)
    leaf = checkpoints.leaf(hashed)
    return spelled and merkle.includes(leaf, seq - 1, checkpoint.size, steps, bytes.fromhex(checkpoint.root))


def _completeness(placed: Sequence[_Placed], case: str) -> Step:
    """Each act names the one before it in its case and in the roster; the replay has compared them.

    Acts from before `reviewer.act/3` do not: that nothing between them was left out only the ledger can show.
    """
    name = tr("完整", "complete")
    free = 0
    for one in placed:
        if one.header is None:
            return broken(name, tr("有行为读不出", "an act cannot be read"))
        try:
            statement, _ = one.open()
        except EvidenceError as error:
            return broken(name, str(error))
        free += statement.before is None
        if statement.subject != case and statement.kind not in ROSTER_KINDS:
            return broken(name, tr(f"{place(statement.seq)}不属本件", f"{place(statement.seq)} is of another case"))
    if free:
        return notice(
            name,
            tr(
                f"{free} 条为旧格式，其间有无遗漏须对照台账（ledger verify --against）",
                f"{free} acts are of an older form: whether one is left out the ledger shows (ledger verify --against)",
            ),
        )
    return proven(name, tr("本件与名册各条首尾相接，无遗漏", "no act of the case or the roster is left out between"))


def _told_step(record: Record, audit: Audit) -> Step:
    predicate = record.predicate
    state = audit.replay.cases.get(predicate.case)
    if state is not None and record.subject != subjects(state.manifest):
        return broken(tr("摘要", "summary"), tr("主体与送审的文件不一致", "the subject is not what was submitted"))
    return summary_step(predicate.case, predicate.unit, predicate.summary, audit)


def _checkpoint_steps(
    placed: Sequence[_Placed], checkpoint: Checkpoint, audit: Audit, anchor: str | None
) -> Iterator[Step]:
    name = tr("检查点", "checkpoint")
    if checkpoint.genesis_key != audit.replay.genesis_key:
        yield broken(name, tr("不是这本台账的", "of another ledger"))
    if checkpoint.keyid:
        yield _signed(checkpoint, audit)
    hashes = {one.header.seq: one.hash for one in placed if one.header is not None}
    yield _anchored(hashes | {checkpoint.size: checkpoint.head}, checkpoint, anchor)


def _signed(checkpoint: Checkpoint, audit: Audit) -> Step:
    name = tr("检查点签署", "checkpoint signed")
    try:
        who = checkpoints.signatory(checkpoint, audit.replay.roster)
    except EvidenceError as error:
        return broken(name, str(error))
    return proven(name, f"{who.name}（{who.role.label}）{checkpoint.time}")


def _anchored(hashes: dict[int, str], checkpoint: Checkpoint, anchor: str | None) -> Step:
    """Whether the checkpoint is one that the reader has from elsewhere."""
    name = tr("链头", "head")
    if anchor is None:
        return notice(
            name,
            tr(
                f"{checkpoint.size}:{checkpoint.head}；未给锚点，此后的行为看不出",
                f"{checkpoint.size}:{checkpoint.head}; no anchor: what came later is unseen",
            ),
        )
    match = ANCHOR.fullmatch(anchor.strip())
    if match is None:
        return _against(name, checkpoint, anchor)
    seq, expected = int(match[1]), match[2]
    if seq > checkpoint.size:
        return broken(name, tr(f"锚点第 {seq} 条不在链上：末尾被截去", f"entry {seq} is not there: the end was cut"))
    if seq not in hashes:
        return not_proven(
            name,
            tr(
                f"记录不含第 {seq} 条；请给检查点，或用 record export --at 重新导出",
                f"entry {seq} is not in the record; give a checkpoint, or export anew with record export --at",
            ),
        )
    if hashes[seq] != expected:
        return broken(name, tr(f"第 {seq} 条与锚点不符：链被换过", f"entry {seq} is another: the chain was replaced"))
    if seq == checkpoint.size:
        return proven(name, tr(f"即锚点第 {seq} 条", f"is the anchored entry {seq}"))
    return proven(name, tr(f"含锚点第 {seq} 条", f"holds the anchored entry {seq}"))


def _against(name: str, checkpoint: Checkpoint, anchor: str) -> Step:
    try:
        known = read_checkpoint(anchor, tr("锚点", "anchor"))
    except EvidenceError:
        return not_proven(
            name, tr("锚点应为“序号:哈希”或一行检查点", "an anchor is written seq:hash, or is a checkpoint")
        )
    if known.size != checkpoint.size:
        return not_proven(
            name,
            tr(
                f"锚点为 {known.size} 条，记录为 {checkpoint.size} 条；用 record export --at 按锚点导出",
                f"the anchor has {known.size} entries, the record {checkpoint.size}: export it --at the anchor",
            ),
        )
    if (known.root, known.head, known.genesis_key) != (checkpoint.root, checkpoint.head, checkpoint.genesis_key):
        return broken(name, tr("与锚点的根不符：台账被换过", "another root than the anchor: the ledger was replaced"))
    return proven(name, tr(f"与锚点一致（{known.size} 条）", f"is the anchor's ({known.size} entries)"))


def told_of(data: bytes, place: str) -> tuple[str, Summary]:
    """The number of a record's case and what its acts come to, by its own word; of a record of either form."""
    if _is_first(data):
        first = first_record.read_record(data, place)
        return first.case, first.summary
    predicate = read_record(data, place).predicate
    return predicate.case, predicate.summary


def _is_first(data: bytes) -> bool:
    said = parse(data, tr("记录", "record"))
    return isinstance(said, dict) and said.get("schema") == first_record.SCHEMA


def _as_head(anchor: str | None) -> str | None:
    """A checkpoint, for a record that knows heads only."""
    if anchor is None or ANCHOR.fullmatch(anchor.strip()):
        return anchor
    try:
        known = read_checkpoint(anchor, "")
    except EvidenceError:
        return anchor
    return f"{known.size}:{known.head}"
