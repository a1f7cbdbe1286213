"""Redacted copies in a case: who may tell of one, of which bytes, and which files of a package are such copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Submit
from reviewer.signoff.case import CaseState
from reviewer.signoff.duty import anybody
from reviewer.signoff.entry import Statement
from reviewer.signoff.manifest import FileDigest, Manifest
from reviewer.signoff.redaction import Redact
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Role, Status
from reviewer.signoff.wording import check_sentence, required_sentence

MOST_ROWS = 400
# What leaked or is a secret is not made fit to go out by an edit.
WHEN: dict[type[Any], frozenset[Status]] = {Redact: frozenset(Status) - {Status.QUARANTINED, Status.INCIDENT}}
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file of a package that is the redacted copy of a file submitted before."""

    file: FileDigest
    redaction: Redact


def redactions(state: CaseState) -> tuple[Redact, ...]:
    """The copies told of in this case, in their order."""
    return tuple(one.act for one in state.history if isinstance(one.act, Redact))


def copies(package: Manifest, told: Iterable[Redact]) -> tuple[Copy, ...]:
    """Which files of a package are, byte for byte, copies that were told of."""
    by_digest = {(one.after.sha256, one.after.sm3): one for one in told}
    return tuple(
        Copy(file=file, redaction=by_digest[file.sha256, file.sm3])
        for file in package.files
        if (file.sha256, file.sm3) in by_digest
    )


def _may_redact(state: CaseState, statement: Statement, act: Redact, roster: Roster) -> Role:
    role = anybody(statement, roster)
    for file in (act.before, act.after, act.certificate):
        _check_file(file)
    if (act.before.sha256, act.before.sm3) not in submitted(state):
        raise NotAllowedError(
            tr(
                f"证明里的原件不是 {state.number} 送审过的文件；先送审原件，或核对编号。",
                f"its original was never submitted in {state.number}: submit it first, or look at the number.",
            )
        )
    if act.after.sha256 == act.before.sha256:
        raise NotAllowedError(tr("副本与原件相同，没有区分处理。", "the copy is the original: nothing was redacted."))
    if (act.before.sha256, act.after.sha256) in {(one.before.sha256, one.after.sha256) for one in redactions(state)}:
        raise NotAllowedError(tr("这份副本已经登记过。", "this copy is on record already."))
    _check_rows(act)
    return role


def submitted(state: CaseState) -> Iterator[tuple[str, str]]:
    """The digests of every file of every version: a copy may be made of one that was returned long ago."""
    versions = (one.act for one in state.history if isinstance(one.act, Submit))
    return ((file.sha256, file.sm3) for act in versions for file in act.manifest.files)


def _check_file(file: FileDigest) -> None:
    required_sentence(file.name, tr("文件名", "the name of a file"))
    if not (_DIGEST.fullmatch(file.sha256) and _DIGEST.fullmatch(file.sm3) and file.size_bytes >= 0):
        raise NotAllowedError(tr("证明里的摘要值不合格式。", "a digest of the certificate is malformed."))


def _check_rows(act: Redact) -> None:
    if not (act.removed or act.dropped):
        raise NotAllowedError(tr("证明里没有删去任何内容。", "by its certificate nothing was taken out."))
    if len(act.removed) + len(act.dropped) > MOST_ROWS:
        raise NotAllowedError(tr(f"证明的种类超过 {MOST_ROWS} 项。", f"more than {MOST_ROWS} kinds and places."))
    counts = (*(one.count for one in act.removed), *(one.count for one in act.dropped))
    if any(count < 1 for count in counts):
        raise NotAllowedError(tr("证明里的处数应为正数。", "what was taken out is counted from one."))
    for kind in act.removed:
        required_sentence(kind.type, tr("种类", "a kind"))
        required_sentence(kind.how, tr("处理方式", "a way of curing"))
        for text in (kind.basis, kind.place):
            check_sentence(text, tr("依据、位置", "an article or place"))
    for part in act.dropped:
        required_sentence(part.what, tr("清除的内容", "what was dropped"))


def _unmoved(state: CaseState, statement: Statement, act: Redact, role: Role) -> CaseState:
    return state


GUARDS: dict[type[Any], Callable[..., Role]] = {Redact: _may_redact}
STEPS: dict[type[Any], Callable[..., CaseState]] = {Redact: _unmoved}
