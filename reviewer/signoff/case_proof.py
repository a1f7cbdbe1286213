"""What a record proves of its case, whatever the form of the file: duties, chain, approval, bytes, summary."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from reviewer.language import tr
from reviewer.signoff.audit import Audit
from reviewer.signoff.case import Acted, CaseState
from reviewer.signoff.deputy import mandate_of, mandate_told
from reviewer.signoff.manifest import differences, read_manifest
from reviewer.signoff.moment import shown
from reviewer.signoff.proof import Step, broken, judged, not_proven, notice, proven
from reviewer.signoff.roster import Roster
from reviewer.signoff.summary import Summary, summary
from reviewer.signoff.verification import genesis_step
from reviewer.signoff.vocabulary import Status


def case_steps(number: str, audit: Audit, files: tuple[Path, ...]) -> Iterator[Step]:
    """Duties, chain, approval and bytes of that case, after its acts were replayed."""
    state = audit.replay.cases.get(number)
    if state is None:
        yield broken(tr("本件", "case"), tr(f"没有 {number} 的有效行为", f"no valid act of {number}"))
        return
    yield judged(
        tr("职责分离", "separation of duties"),
        _shared(state),
        tr("送审、各级审批、发布各为一人一钥", "one person and key each") + _but_for_mergers(state),
    )
    yield from _merged(state)
    yield from _deputies(state, audit.replay.roster)
    yield _way(state)
    yield from _rests(state)
    yield _outcome(state)
    yield _bytes(state, files)


def summary_step(number: str, unit: str, told: Summary, audit: Audit) -> Step:
    """Whether what a reader is told follows from the signed acts."""
    name, state = tr("摘要", "summary"), audit.replay.cases.get(number)
    if state is None or told != summary(state, audit.replay) or unit != audit.replay.roster.unit:
        return broken(name, tr("摘要与签名内容不一致", "the summary is not what the signed acts come to"))
    return proven(name, tr("与签名内容一致", "follows from the signed acts"))


def genesis_step_of(claimed: str, audit: Audit, trust: str | None) -> Step:
    """Whether the key that the file names founded the ledger, and is the one that is trusted."""
    if audit.replay.genesis_key != claimed:
        return broken(tr("建账密钥", "genesis key"), tr("与建账记录不符", "not the key of the founding entry"))
    return genesis_step(audit.replay, trust)


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


def _deputies(state: CaseState, roster: Roster) -> Iterator[Step]:
    """Whose place a signer of this case took, and by which writing."""
    for signoff in state.signoffs:
        mandate = mandate_of(signoff, state, roster)
        if mandate is not None:
            yield notice(tr("本件代签", "signed by a deputy"), mandate_told(mandate))


def _way(state: CaseState) -> Step:
    """Which chain the case follows: fixed when it began, whatever the unit adopted later."""
    stations = " → ".join(hop.label for hop in state.hops)
    return proven(
        tr("审批链", "chain"), f"{state.chain.name} {state.chain.title}：{state.chain.submitter.label} → {stations}"
    )


def _rests(state: CaseState) -> Iterator[Step]:
    """Which passages nobody had to read again, and by which approval; whether that holds the whole ledger shows."""
    rests = state.submitted.succeeds
    if rests is None:
        return
    carried = "；".join(
        f"{file.name} " + "、".join(f"{one.first}–{one.last}" for one in file.carried) + f" / {file.passages}"
        for file in rests.files
        if file.carried
    )
    yield notice(
        tr("沿用的段落", "passages carried"),
        tr(
            f"承接 {rests.case}（批准条目 {rests.approval}）：{carried or '无'}；沿用裁定 {len(rests.findings)} 项。"
            "与该件的段落指纹是否相符，由 ledger verify 核对",
            f"from {rests.case} (approved by entry {rests.approval}): {carried or 'none'}; {len(rests.findings)} "
            "rulings. Whether its digests agree, ledger verify shows",
        ),
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
