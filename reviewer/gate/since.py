"""What changed since an approval, told passage by passage, with the rulings that a proven record carries over.

The approval itself is bound to exact bytes and is not carried: `--require-signoff` still refuses a changed file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from reviewer.errors import EvidenceError, NotAllowedError, NothingReadError, UsageError
from reviewer.judge import decide
from reviewer.language import tr
from reviewer.report.places import place_told
from reviewer.signoff.case import CaseState
from reviewer.signoff.moment import day_of, in_china
from reviewer.signoff.passage_key import VARIABLE, key_id, passage_key
from reviewer.signoff.passages import Sealing, passages_of
from reviewer.signoff.record_proof import proved_replay
from reviewer.signoff.screening import Screening, groups, summary
from reviewer.signoff.succession import FileSuccession, carried_findings, compared_files
from reviewer.signoff.succession_rules import check_stands, let_pass
from reviewer.terms import Action, Disposition, Finding, Review, SetAside, Verdict


def approvals(records: Sequence[str], trust: str | None) -> tuple[CaseState, ...]:
    """The cases of these records, proven, and approved now.

    Raises UsageError without the founding key's fingerprint, NothingReadError and EvidenceError for a record that is
    not there or does not hold, NotAllowedError for an approval that is no longer in force.
    """
    if not trust:
        raise UsageError(
            tr(
                "--since 须同时用 --trust 给出本单位公布的创始密钥指纹：没有它，谁都能自造一份记录",
                "with --since give --trust, the fingerprint of the unit's founding key: anybody can make a record",
            )
        )
    return tuple(_approval(path, trust) for path in records)


def since(review: Review, approved: Sequence[CaseState]) -> tuple[Review, tuple[str, ...]]:
    """The review with every finding set aside that was ruled on in carried passages, and what to say of it.

    A file that no approval names stays as it is, and that is said.
    """
    name = unicodedata.normalize("NFC", review.document.name)
    found = next((one for one in approved if any(file.name == name for file in one.manifest.files)), None)
    if found is None:
        unknown = tr(f"{name}：所给的记录里没有同名文件，全部要看", f"{name}: in none of the records; read all of it")
        return review, (unknown,)
    before, sealing = found.submitted.screening, _sealing(found)
    before = replace(before, files=tuple(file for file in before.files if file.name == name))
    now = summary((review,), sealing)
    places = [[passage.place for passage in passages_of(review.document)]]
    (told,) = compared_files(before, now, places)
    carried = carried_findings(before, now, let_pass(found))
    return _set_aside(review, found, frozenset(carried)), tuple(_lines(found, told, now, carried))


def _approval(path: str, trust: str) -> CaseState:
    try:
        number, replay = proved_replay(Path(path).read_bytes(), trust)
    except OSError:
        raise NothingReadError(tr(f"{path}：没有这份记录", f"{path}: there is no such record")) from None
    except EvidenceError as error:
        raise EvidenceError(f"{path}{tr('：', ': ')}{error}") from None
    state = replay.cases[number]
    now = datetime.now(UTC)
    check_stands(state, now, replay.roster.on(day_of(now)))
    return state


def _sealing(approved: CaseState) -> Sealing:
    seal, key = approved.submitted.screening.passages, passage_key()
    if seal is None or key is None or key_id(key) != seal.key:
        wanted = seal.key if seal else tr("无", "none")
        raise NotAllowedError(
            tr(
                f"{approved.number} 的段落指纹在本机比不了（所需密钥 {wanted}）；"
                f"用 {VARIABLE} 指明段落密钥，或去掉 --since",
                f"the passages of {approved.number} cannot be compared here (key {wanted}); name the key's file in "
                f"{VARIABLE}, or leave out --since",
            )
        )
    return Sealing(key=key, salt=seal.salt)


def _lines(approved: CaseState, told: FileSuccession, now: Screening, carried: Sequence[str]) -> Iterator[str]:
    count = sum(one.last - one.first + 1 for one in told.carried)
    fresh = [one for _, one in now.asking() if one.fingerprint not in carried]
    yield tr(
        f"{told.name}：自 {approved.number} 批准以来，{told.passages} 段中 {count} 段未变；"
        f"沿用裁定 {len(carried)} 项，待裁定 {len(fresh)} 项",
        f"{told.name}: since {approved.number} was approved {count} of {told.passages} passages are as they were; "
        f"{len(carried)} rulings carried, {len(fresh)} findings to be ruled on",
    )
    for eye in told.eyes:
        yield f"  {place_told(eye.place)}  {eye.change.label}" + (f" ×{eye.count}" if eye.count > 1 else "")


def _set_aside(review: Review, approved: CaseState, carried: frozenset[str]) -> Review:
    verdict = review.verdict
    aside: dict[int, SetAside] = {}
    for first, members in groups(review):
        ruling = approved.ruling(first.fingerprint)
        if first.fingerprint in carried and ruling and all(one.action is not Action.BLOCK for one in members):
            for one in members:
                aside[id(one)] = SetAside(finding=one, disposition=_disposition(one, approved, first.fingerprint))
    standing = tuple(one for one in verdict.findings if id(one) not in aside)
    judged: Verdict = replace(
        verdict, decision=decide(standing, verdict.gaps), findings=standing,
        set_aside=(*verdict.set_aside, *aside.values()),
    )  # fmt: skip
    return replace(review, verdict=judged)


def _disposition(finding: Finding, approved: CaseState, fingerprint: str) -> Disposition:
    ruled = next(one for one in reversed(approved.rulings) if one.settled.fingerprint == fingerprint)
    where = ruled.settled.carried or approved.number
    until = approved.expires
    return Disposition(
        fingerprint=finding.fingerprint,
        ruling=ruled.settled.ruling,
        by=ruled.by,
        reason=tr(f"沿用 {where}：", f"carried from {where}: ") + ruled.settled.reason,
        until=in_china(until.strftime("%Y-%m-%dT%H:%M:%SZ")).date().isoformat() if until else "",
    )
