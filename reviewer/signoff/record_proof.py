"""A record checked offline, step by step: what it proves, what it does not, and what it cannot prove by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from reviewer.errors import EvidenceError
from reviewer.language import tr
from reviewer.signoff import envelope as dsse
from reviewer.signoff.case import Acted, CaseState
from reviewer.signoff.entry import BEFORE_GENESIS, open_envelope, place
from reviewer.signoff.manifest import differences, read_manifest
from reviewer.signoff.moment import shown
from reviewer.signoff.proof import Standing, Step, judged, not_proven, notice, proven
from reviewer.signoff.record import Link, Record, belongs, read_record, summary
from reviewer.signoff.replay import Replay
from reviewer.signoff.verification import Audit, Links, genesis_step, head_step
from reviewer.signoff.vocabulary import Status


def verify_record(
    data: bytes, files: Iterable[Path], trust: str | None = None, anchor: str | None = None
) -> tuple[Step, ...]:
    """Every step of the proof that this record holds over these files.

    `trust` is the fingerprint of the unit's genesis key, learnt from the unit itself; `anchor` a head ("seq:hash")
    printed or sent before. Without them the record still proves what it says, but not that it comes from the unit's
    own ledger, nor that nothing happened after its last entry.
    """
    try:
        record = read_record(data, tr("记录", "record"))
    except EvidenceError as error:
        return (not_proven(tr("格式", "format"), str(error)),)
    links, audit = Links(), Audit()
    for link in record.chain:
        _take(link, links, audit)
    return (
        proven(tr("格式", "format"), record.schema),
        _chain(record, links),
        *audit.steps(),
        _completeness(record),
        *_case_steps(record, audit, tuple(files)),
        _genesis(record, audit, trust),
        head_step(links, anchor),
        *audit.notices(),
    )


def proved_replay(data: bytes, trust: str) -> tuple[str, Replay]:
    """The number of the record's case and the replay of its acts, for the gate.

    `trust` is the fingerprint of the unit's founding key, without which anybody could make a record. Raises
    EvidenceError naming the first step that does not hold.
    """
    record = read_record(data, tr("记录", "record"))
    links, audit = Links(), Audit()
    for link in record.chain:
        _take(link, links, audit)
    told = (_chain(record, links), *audit.steps(), _completeness(record), _genesis(record, audit, trust))
    state = audit.replay.cases.get(record.case)
    for step in (*told, *(() if state is None else (_told(record, state, audit),))):
        if step.standing is Standing.NOT_PROVEN:
            raise EvidenceError(f"{step.name}{tr('：', ': ')}{step.detail}")
    return record.case, audit.replay


def _take(link: Link, links: Links, audit: Audit) -> None:
    header = link.header(links.head.hash if links.head else BEFORE_GENESIS)
    links.follow(header)
    sealed = link.envelope
    if sealed is not None:
        audit.take(header, lambda: open_envelope(header, dsse.write(sealed)))


def _chain(record: Record, links: Links) -> Step:
    faults = list(links.faults)
    if links.head != record.head:
        faults.append(tr("链头与各条推算不符", "the head does not follow from the entries"))
    return judged(tr("哈希链", "hash chain"), faults, tr(f"第 1 至 {record.head.seq} 条", f"1 to {record.head.seq}"))


def _completeness(record: Record) -> Step:
    """Whether every act of this case and of the roster is told: a withheld return or revocation would show here."""
    withheld = (
        tr(f"{place(link.seq)}未附原文", f"{place(link.seq)} is withheld")
        for link in record.chain
        if link.envelope is None and belongs(link.header(""), record.case)
    )
    return judged(
        tr("完整", "complete"), withheld, tr("本件与名册的全部行为均在", "every act of the case and the roster is here")
    )


def _case_steps(record: Record, audit: Audit, files: tuple[Path, ...]) -> Iterator[Step]:
    state = audit.replay.cases.get(record.case)
    if state is None:
        yield not_proven(tr("本件", "case"), tr(f"没有 {record.case} 的有效行为", f"no valid act of {record.case}"))
        return
    yield judged(
        tr("职责分离", "separation of duties"),
        _shared(state),
        tr("送审、各级审批、发布各为一人一钥", "one person and key each") + _but_for_mergers(state),
    )
    yield from _merged(state)
    yield _way(state)
    yield _outcome(state)
    yield _bytes(state, files)
    yield _told(record, state, audit)


def _told(record: Record, state: CaseState, audit: Audit) -> Step:
    differs = record.summary != summary(state, audit.replay) or record.unit != audit.replay.roster.unit
    fault = tr("摘要与签名内容不一致", "the summary is not what the signed acts come to")
    return judged(
        tr("摘要", "summary"), (fault,) if differs else (), tr("与签名内容一致", "follows from the signed acts")
    )


def _shared(state: CaseState) -> Iterator[str]:
    """Looked at once more and on its own, although the replay would have refused it already."""
    for one, other in _met(state):
        if state.chain.merger(one.role, other.role) is None:
            yield tr(
                f"{one.name}（{one.role.label}）与{other.name}（{other.role.label}）为同一人或同一钥",
                f"{one.name} ({one.role.label}) and {other.name} ({other.role.label}) are one person or one key",
            )


def _met(state: CaseState) -> Iterator[tuple[Acted, Acted]]:
    """Every two duties of this case that one person or one key has taken."""
    for one, other in combinations(state.acted, 2):
        if one.role is not other.role and (one.name == other.name or one.keyid == other.keyid):
            yield one, other


def _but_for_mergers(state: CaseState) -> str:
    return tr("（下列角色合并除外）", ", but for the merger told below") if any(True for _ in _met(state)) else ""


def _merged(state: CaseState) -> Iterator[Step]:
    """The exceptions this case made use of: allowed by its chain, and told to every reader."""
    for one, other in _met(state):
        merger = state.chain.merger(one.role, other.role)
        if merger is not None:
            yield notice(
                tr("本件角色合并", "roles merged in this case"),
                tr(
                    f"{one.name}兼{one.role.label}、{other.role.label}：{merger.reason}",
                    f"{one.name} was {one.role.label} and {other.role.label}: {merger.reason}",
                ),
            )


def _way(state: CaseState) -> Step:
    """Which chain the case follows: fixed when it began, whatever the unit adopted later."""
    stations = " → ".join(hop.label for hop in state.hops)
    return proven(
        tr("审批链", "chain"), f"{state.chain.name} {state.chain.title}：{state.chain.submitter.label} → {stations}"
    )


def _outcome(state: CaseState) -> Step:
    name = tr("批准", "approval")
    if state.status not in (Status.APPROVED, Status.PUBLISHED):
        return not_proven(name, tr(f"本件现为“{state.status.label}”", f"the case is {state.status.label}"))
    steps = "；".join(f"{one.role.label} {one.by} {one.opinion.label} {shown(one.time)}" for one in state.signoffs)
    return proven(name, f"{state.status.label}：{steps}")


def _bytes(state: CaseState, files: tuple[Path, ...]) -> Step:
    name = tr("文件", "files")
    if not files:
        return not_proven(name, tr("没有给出公开的文件", "the published files were not given"))
    count = len(state.manifest.files)
    return judged(
        name,
        differences(state.manifest, read_manifest(files)),
        tr(f"{count} 个文件逐字节一致（指纹 {state.manifest.fingerprint}）", f"{count} files, byte for byte"),
    )


def _genesis(record: Record, audit: Audit, trust: str | None) -> Step:
    if audit.replay.genesis_key != record.genesis_key:
        return not_proven(tr("建账密钥", "genesis key"), tr("与建账记录不符", "not the key of the founding entry"))
    return genesis_step(audit.replay, trust)
