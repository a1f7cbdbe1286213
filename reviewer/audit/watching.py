"""What is online against what was signed, and publicity that has outlived its period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer.audit.store import Store, text_of
from reviewer.errors import EvidenceError, NothingReadError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.screen.within import told
from reviewer.signoff.proof import Standing
from reviewer.signoff.record_proof import told_of, verify_record
from reviewer.signoff.summary import Summary
from reviewer.signoff.vocabulary import Status

Told = tuple[str, Summary]
"""A case and what its record says of it."""

_EXPIRED = "expired_publicity"
_OUT = frozenset({Status.APPROVED, Status.PUBLISHED})


class Fault(StrEnum):
    """What is wrong with a file of a record. ABSENT is for information: it may be published elsewhere."""

    ALTERED = "altered"  # a file of that name is online, with other bytes
    NOT_RELEASED = "not_released"  # these very bytes are online, and the case is withdrawn, refused or not yet approved
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A file of a signed record that is not online as it was signed, and where it, or its namesake, is."""

    case: str
    name: str
    fault: Fault
    paths: tuple[str, ...]


def expired(store: Store, since: int) -> tuple[str, ...]:
    """Documents whose publicity period is over by the day of the audit."""
    rows = store.results.execute(
        """SELECT DISTINCT source, path FROM file JOIN document ON document.file = id
        WHERE run >= ? AND findings LIKE ? ORDER BY source, path""",
        (since, f'%"type":"{_EXPIRED}"%'),
    )
    return tuple(store.shown(source, path) for source, path in rows)


def records_in(paths: Iterable[Path]) -> tuple[Told, ...]:
    """Records of the files named, and of the *.json in the folders named; each proven first.

    Raises NothingReadError without any, EvidenceError for one that does not hold: against it nothing can be compared.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not files:
        raise NothingReadError(tr("--record：没有找到审签记录（*.json）", "--record: no record (*.json) was found"))
    return tuple(_proven(file) for file in files)


def _proven(file: Path) -> Told:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NothingReadError(tr(f"{file}：打不开：{cause(error)}", f"{file}: {cause(error)}")) from None
    record = told_of(data, str(file))
    # That a case is not approved, and that its files are not at hand, is no fault of its record: that is compared.
    compared = {tr("批准", "approval"), tr("文件", "files")}
    steps = verify_record(data, ())
    broken = [
        step for step in steps if step.standing in (Standing.NOT_PROVEN, Standing.BROKEN) and step.name not in compared
    ]
    if broken:
        raise EvidenceError(
            tr(f"{file}：核验不通过（{broken[0].name}），不能用来比对", f"{file} does not hold ({broken[0].name})")
        )
    return record


def deviations(store: Store, since: int, records: Iterable[Told]) -> Iterator[Deviation]:
    """Each file of each record against what is online now: by its digest, else by its name."""
    signed = [(case, said, file) for case, said in records for file in said.submitted.manifest.files]
    digests = _online(store, since, {file.sha256 for _, _, file in signed})
    names = _namesakes(store, since, {file.name for _, _, file in signed})
    for case, said, file in signed:
        same = digests.get(file.sha256, ())
        if said.status not in _OUT:
            if same:
                yield Deviation(case=case, name=file.name, fault=Fault.NOT_RELEASED, paths=tuple(same))
        elif not same:
            others = tuple(names.get(file.name, ()))
            fault = Fault.ALTERED if others else Fault.ABSENT
            yield Deviation(case=case, name=file.name, fault=fault, paths=others)


def _online(store: Store, since: int, wanted: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sha256 in sorted(wanted):
        for source, path in store.results.execute(
            "SELECT source, path FROM document JOIN file ON id = file WHERE sha256 = ? AND run >= ? ORDER BY 1, 2",
            (sha256, since),
        ):
            found.setdefault(sha256, []).append(store.shown(source, path))
    return found


def _namesakes(store: Store, since: int, wanted: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, path in store.results.execute("SELECT source, path FROM file WHERE run >= ? ORDER BY 1, 2", (since,)):
        name = told(text_of(path)).rpartition("/")[2]
        if name in wanted:
            found.setdefault(name, []).append(store.shown(source, path))
    return found
