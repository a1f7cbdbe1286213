"""A part goes out (区分处理): a copy's certificate goes on record, the copy is submitted as a part of the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.case import CaseState
from reviewer.signoff.ledger import Ledger
from reviewer.signoff.manifest import Manifest, read_file
from reviewer.signoff.procedure import Pen, open_case, say
from reviewer.signoff.redaction import Redact, read_certificate
from reviewer.signoff.redaction_rules import Copy, copies, redactions, submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A certificate's file, and what it tells of each copy."""

    path: Path
    told: tuple[Redact, ...]


def certified(path: Path) -> Certified:
    """A certificate as `reviewer redact --certificate` wrote it.

    Raises NothingReadError where it cannot be read, EvidenceError where it is none.
    """
    digest = read_file(path)  # first: it refuses what is no file
    return Certified(path=path, told=read_certificate(path.read_bytes(), digest))


def put_on_record(pen: Pen, seen: CaseState, certificate: Certified, files: Iterable[Path]) -> tuple[Redact, ...]:
    """Every copy of the certificate that was made of a file of this case is told of, one act each.

    `files` are the copies at hand: each must be one that the certificate tells of, byte for byte. Raises
    NotAllowedError where one is not, or where nothing of the certificate is of this case.
    """
    made = {one.after.sha256 for one in certificate.told}
    for path in files:
        if read_file(path).sha256 not in made:
            raise NotAllowedError(
                tr(
                    f"{path.name}：不是 {certificate.path.name} 所证明的副本（字节不同）。",
                    f"{path.name}: not a copy that {certificate.path.name} tells of (other bytes).",
                )
            )
    known = set(submitted(seen))
    own = tuple(one for one in certificate.told if (one.before.sha256, one.before.sm3) in known)
    for one in own or certificate.told:  # of nothing but strangers the ledger says why it refuses the first
        say(pen, seen, one)
    return own


def check_part_of(ledger: Ledger, original: str, package: Manifest) -> tuple[Copy, ...]:
    """The files of a package that case `original` tells of as its redacted copies; NotAllowedError where none is."""
    found = copies(package, redactions(open_case(ledger, original)))
    if not found:
        raise NotAllowedError(
            tr(
                f"送审的文件里没有 {original} 登记过的区分处理副本：先用 case redacted {original} 登记证明，"
                "或核对文件是否改动过。",
                f"no file of this package is a redacted copy on record in {original}: case redacted {original} first, "
                "or see whether a file was changed.",
            )
        )
    return found


def copies_in(state: CaseState, others: Sequence[CaseState] = ()) -> tuple[Copy, ...]:
    """The files of the present version that are redacted copies, as this case or one of the others tells."""
    told = [one for case in (state, *others) for one in redactions(case)]
    return copies(state.manifest, told)
