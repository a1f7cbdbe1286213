"""What a record proves of redacted copies: what was signed of each, that the certificate says so, whose part it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.errors import EvidenceError, ReviewerError
from reviewer.language import tr
from reviewer.signoff.case import CaseState
from reviewer.signoff.manifest import read_file
from reviewer.signoff.partial import certified
from reviewer.signoff.proof import Step, broken, judged, notice, proven
from reviewer.signoff.redaction import Redact
from reviewer.signoff.redaction_rules import copies, redactions
from reviewer.signoff.replay import Replay

Original = Callable[[], tuple[str, Replay]]  # the number and the replay of a record; raises EvidenceError


def redaction_steps(state: CaseState, certificates: Sequence[Path], original: Original | None) -> Iterator[Step]:
    """The steps about redacted copies: none where the case knows of none and nobody asks."""
    told = redactions(state)
    for one in told:
        yield _signed(state, one)
    for path in certificates:
        yield _same(path, told)
    if state.submitted.about.part_of or original is not None:
        yield _tied(state, original)


def _signed(state: CaseState, one: Redact) -> Step:
    """That the copy was made of a submitted file the replay has seen to; whether it is in the package is told."""
    counts = tr(
        f"删改 {sum(kind.count for kind in one.removed)} 处、清除 {sum(part.count for part in one.dropped)} 处",
        f"{sum(kind.count for kind in one.removed)} cured, {sum(part.count for part in one.dropped)} dropped",
    )
    here = copies(state.manifest, (one,))
    name = here[0].file.name if here else tr("副本不在现行版本中", "not in the present version")
    return proven(
        tr("区分处理", "redaction"),
        f"{one.before.name} {one.before.sha256[:12]} → {name} {one.after.sha256[:12]}"
        f"{tr('，', ', ')}{counts}{tr('，证明 ', ', certificate ')}{one.certificate.sha256[:12]}",
    )


def _same(path: Path, told: Sequence[Redact]) -> Step:
    """Whether a certificate is the one that was signed for, byte for byte, and says what was signed."""
    name = tr("处理证明", "certificate")
    try:
        digest, said = read_file(path), certified(path).told
    except ReviewerError as error:
        return broken(name, str(error))
    signed = [one for one in told if (one.certificate.sha256, one.certificate.sm3) == (digest.sha256, digest.sm3)]
    if not signed:
        return broken(name, tr(f"{path.name} 不是登记的那一份", f"{path.name} is not the one on record"))
    # The file may have been renamed since; its bytes were not.
    written = [replace(one, certificate=signed[0].certificate) for one in said]
    faults = [
        tr(f"{one.before.name}：登记的内容与证明不符", f"{one.before.name}: what was signed is not what it says")
        for one in signed
        if one not in written
    ]
    return judged(name, faults, tr(f"{path.name} 与登记一致", f"{path.name} is what was signed for"))


def _tied(state: CaseState, original: Original | None) -> Step:
    """Whether the package is what it says: a part of the other case's files."""
    name, number = tr("部分公开", "part of"), state.submitted.about.part_of
    if original is None:
        return notice(
            name,
            tr(
                f"称由 {number} 的原件区分处理而来；给出该件的记录（--original）可核验",
                f"said to be a redacted copy of {number}; give that case's record (--original) to see it proved",
            ),
        )
    try:
        case, replay = original()
    except EvidenceError as error:
        return broken(name, tr(f"原件的记录不成立：{error}", f"the original's record does not hold: {error}"))
    found = copies(state.manifest, redactions(replay.cases[case])) if case == number else ()
    if not found:
        return broken(name, tr(f"不是 {case} 的原件的副本", f"no file of it is a copy of one of {case}"))
    pairs = "；".join(f"{one.redaction.before.name} → {one.file.name}" for one in found)
    return proven(name, f"{case}{tr('：', ': ')}{pairs}")
