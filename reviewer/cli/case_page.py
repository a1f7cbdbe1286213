"""One case as a person reads it: where it stands, what was warned of and how it was settled, who does what next."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.cli.case_way import turns, way
from reviewer.language import tr
from reviewer.report.places import place_told
from reviewer.report.words import category_name, verdict_name
from reviewer.signoff.act import Review, Settled
from reviewer.signoff.aftermath import Reassess
from reviewer.signoff.case import CaseState
from reviewer.signoff.consistency import conflicts
from reviewer.signoff.deputy import mandate_of
from reviewer.signoff.moment import shown
from reviewer.signoff.pending import next_step, pending
from reviewer.signoff.redaction_rules import copies, redactions
from reviewer.signoff.roster import Roster
from reviewer.signoff.succession import FileSuccession
from reviewer.signoff.vocabulary import RULED_ZH, Status


def listed(case: CaseState, roster: Roster) -> str:
    """One line for a list."""
    about = case.submitted.about
    return f"{case.number}\t{case.status.label}\t{case.submitter}\t{about.title}\t{turns(case, roster)}"


def told(case: CaseState, roster: Roster) -> list[str]:
    """The page, line by line; the first three say what matters."""
    return list(_lines(case, roster))


def _lines(case: CaseState, roster: Roster) -> Iterator[str]:
    screening = case.submitted.screening
    yield f"{case.number}  {case.status.label}  {case.submitted.about.title}"
    yield next_step(case, roster)
    yield from (one.told for one in pending(case, roster)[1:])
    if case.leak_deadline is not None and case.unreported:
        yield tr(
            f"疑似泄密：须在 {shown(case.leak_deadline)} 前报告",
            f"suspected leak: report by {shown(case.leak_deadline)}",
        )
    yield tr(
        f"{roster.unit}  {case.chain.submitter.label} {case.submitter}  渠道 {case.submitted.channel.label}"
        f"  第 {case.version} 版  指纹 {case.manifest.fingerprint}",
        f"{roster.unit}  {case.chain.submitter.label} {case.submitter}  {case.submitted.channel.label}"
        f"  version {case.version}  fingerprint {case.manifest.fingerprint}",
    )
    yield tr(f"审批链（{case.chain.label}）：", f"chain ({case.chain.label}): ") + way(case, roster)
    yield from _sent_back(case)
    for file in screening.files:
        yield f"  {file.name}  {file.sha256[:12]}  {verdict_name(file.decision.value)}"
    yield from _conflicts(case)
    yield from _resting(case)
    yield from _warnings(case)
    yield from _unread(case)
    yield from _redactions(case)
    for asked in case.asked:
        reply = asked.answer.outcome.label if asked.answer else tr("未答复", "no answer yet")
        if asked.lapse:
            reply = tr("逾期未答复", "no answer in time") + f"，{asked.lapse.conclusion.label}：{asked.lapse.reason}"
        yield (
            tr(f"商请 {asked.number}：", f"consult {asked.number}: ")
            + f"{asked.consult.organ} {asked.consult.letter} → {reply}"
        )
    for objection in case.objections:
        decided = objection.decision
        said = f"{decided.conclusion.label}：{decided.reason}" if decided else tr("未决定", "not decided")
        yield tr("异议", "objection") + f" {objection.number}：{objection.party.label} {objection.name} → {said}"
    for signoff in case.signoffs:
        mandate = mandate_of(signoff, case, roster)
        by = (
            tr(
                f"{signoff.by}（代{mandate.deputy_for}，{mandate.mandate}）",
                f"{signoff.by} (for {mandate.deputy_for}, {mandate.mandate})",
            )
            if mandate
            else signoff.by
        )
        line = f"{signoff.role.label} {by}  {signoff.opinion.label}  {shown(signoff.time)}  {signoff.comment}"
        seen = len(signoff.shown)
        yield line + (tr(f"  （已显示提示 {seen} 项）", f"  ({seen} warnings shown)") if seen else "")
    for told_to in case.reports:
        yield tr("已报告：", "reported: ") + f"{told_to.organ}  {shown(told_to.at)}  {told_to.means}"
    if case.unprotected:
        names = "、".join(case.unprotected)
        yield tr(f"注意：{names} 的密钥没有口令保护", f"note: the keys of {names} have no passphrase")


def _sent_back(case: CaseState) -> Iterator[str]:
    """Who returned or deferred this version, and what they said of it: whoever has to mend it must know."""
    if case.status not in (Status.RETURNED, Status.DEFERRED):
        return
    for statement in reversed(case.history):
        act = statement.act
        if isinstance(act, Review):
            yield f"{act.opinion.label}：{statement.actor}  {shown(statement.time)}  {act.comment}".rstrip()
            return
        if isinstance(act, Reassess):
            yield tr("重新评估：", "looked at again: ") + f"{statement.actor}  {shown(statement.time)}  {act.reason}"
            return


def _redactions(case: CaseState) -> Iterator[str]:
    if case.submitted.about.part_of:
        number = case.submitted.about.part_of
        yield tr(f"部分公开：{number} 的区分处理副本", f"a redacted copy of {number}")
    for one in redactions(case):
        here = ", ".join(copy.file.name for copy in copies(case.manifest, (one,)))
        count = sum(kind.count for kind in one.removed)
        yield tr(
            f"区分处理：{one.before.name} {one.before.sha256[:12]} → {one.after.sha256[:12]}，删改 {count} 处"
            f"（{here or '副本不在现行版本中'}）",
            f"redacted: {one.before.name} {one.before.sha256[:12]} → {one.after.sha256[:12]}, {count} place(s)"
            f" ({here or 'not in the present version'})",
        )


def asked(case: CaseState) -> list[str]:
    """What a submitter learns at once: conflicts of attribute, how much was found, and what nobody has read."""
    return [*_conflicts(case), *_resting(case), *_found(case), *_unread(case)]


def _found(case: CaseState) -> Iterator[str]:
    count = len(case.asking)
    if count:
        yield tr(
            f"系统提示 {count} 项，须逐项处置：case show {case.number}",
            f"{count} findings to be settled one by one: case show {case.number}",
        )


def _conflicts(case: CaseState) -> Iterator[str]:
    for conflict in conflicts(case.submitted):
        yield tr("属性不一致：", "attributes disagree: ") + conflict.told


def _resting(case: CaseState) -> Iterator[str]:
    """What is carried from an approval, and what asks for eyes."""
    rests = case.submitted.succeeds
    if rests is None:
        return
    yield tr(
        f"承接 {rests.case}（{shown(rests.approved)} 批准）："
        f"未变的段落和 {len(rests.findings)} 项裁定沿用，只看下列改动",
        f"rests on {rests.case} (approved {shown(rests.approved)}): unchanged passages and {len(rests.findings)} "
        "rulings are carried; what asks for eyes:",
    )
    for file in rests.files:
        yield from compared_lines(file)
    for name in rests.dropped:
        yield "  " + tr(f"{name}：批准件里有，本件没有", f"{name}: approved, and not in this version")


def compared_lines(file: FileSuccession) -> Iterator[str]:
    """One file of a new version: how much is carried, then each place to read. Places only, no text."""
    carried = sum(one.last - one.first + 1 for one in file.carried)
    of = f"（{file.of}）" if file.of and file.of != file.name else ""
    if not file.passages or not file.of:
        yield "  " + tr(f"{file.name}{of}：全部要看", f"{file.name}{of}: all of it")
        return
    yield "  " + tr(
        f"{file.name}{of}：{file.passages} 段，沿用 {carried} 段",
        f"{file.name}{of}: {carried} of {file.passages} carried",
    )
    for eye in file.eyes:
        count = tr(f"（{eye.count} 段）", f" ({eye.count})") if eye.count > 1 else ""
        yield f"    {place_told(eye.place)}  {eye.change.label}{count}"


def _warnings(case: CaseState) -> Iterator[str]:
    asking = list(case.submitted.screening.asking())
    if asking:
        yield tr("系统提示及处理：", "warnings, and how each was settled:")
    for number, (file, finding) in enumerate(asking, 1):
        ruling = case.ruling(finding.fingerprint)
        settled = tr("未裁定", "not settled")
        if ruling is not None:
            settled = f"{_origin(ruling)}{_word(ruling)}：{ruling.reason}"
        elif case.answered(finding):
            settled = tr("已获书面答复", "answered in writing")
        elif (proposed := case.proposal(finding.fingerprint)) and proposed.carried:
            settled = f"{_origin(proposed)}{_word(proposed)}：{proposed.reason}"
        elif proposed:
            settled = tr(
                f"{case.submitter}拟：{_word(proposed)}：{proposed.reason}",
                f"proposed by {case.submitter}: {_word(proposed)}: {proposed.reason}",
            )
        yield (
            f"  {number}. {file.name} {place_told(finding.place)}  {category_name(finding.category.value)}"
            f"  {finding.rule} ×{finding.count}  [{settled}]"
        )


def _word(ruling: Settled) -> str:
    return tr(RULED_ZH[ruling.ruling], ruling.ruling.value.replace("_", " "))


def _origin(ruling: Settled) -> str:
    return tr(f"沿用 {ruling.carried}，", f"carried from {ruling.carried}, ") if ruling.carried else ""


def _unread(case: CaseState) -> Iterator[str]:
    looked = {(one.inspected.file, one.inspected.place): one for one in case.looks}
    for number, (file, gap) in enumerate(case.submitted.screening.unread(), 1):
        if number == 1:
            yield tr("未能读取的部分：", "parts not read:")
        look = looked.get((file.name, gap.place))
        state = f"{look.by}：{look.inspected.note}" if look else tr("未核对", "not looked at")
        yield f"  {number}. {file.name} {place_told(gap.place)}  {gap.reason}  [{state}]"
