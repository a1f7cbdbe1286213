"""A verification shared among processes says what one process says, and believes none that read something else."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.signoff import shares
from reviewer.signoff.findings import Findings
from reviewer.signoff.proof import Standing
from reviewer.signoff.shares import Share, jobs_for, replayed_share
from reviewer.signoff.storage.schema import GUARDS
from reviewer.signoff.verification import verify_ledger

from .office import Office, raw

CHANGES = {
    "nothing": "",
    "a hash": "UPDATE entry SET hash = body WHERE seq = 12",
    "an actor": "UPDATE entry SET actor = '别人' WHERE seq = 11",
    "a kind": "UPDATE entry SET kind = 'enrol' WHERE seq = 10",
    "the roster": "UPDATE entry SET envelope = replace(envelope, 'payload', 'paylaod') WHERE seq = 3",
    "a number of the wrong type": "UPDATE entry SET time = x'00' WHERE seq = 13",
    "the index": "DELETE FROM covers",
}


@pytest.fixture
def two(office: Office) -> Office:
    office.published()
    office.published()
    return office


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_shares_put_together_say_what_one_walk_says(two: Office, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the processes themselves, whose start costs a second: each share is replayed here."""
    for name in GUARDS:
        raw(two.ledger).execute(f"DROP TRIGGER {name}")
    if change:
        raw(two.ledger).execute(change)
    monkeypatch.setattr(shares, "_begun", lambda _, share: Idle(share))
    assert verify_ledger(two.ledger, jobs=3) == verify_ledger(two.ledger)


class Idle(shares.Work):
    """A worker that was ended before it answered."""

    def __init__(self, share: Share) -> None:
        ours, theirs = shares.multiprocessing.Pipe(duplex=False)
        theirs.close()
        super().__init__(share, Gone(), ours)  # type: ignore[arg-type]


class Gone:
    def terminate(self) -> None: ...
    def join(self) -> None: ...


def test_real_processes(two: Office) -> None:
    assert verify_ledger(two.ledger, jobs=2) == verify_ledger(two.ledger)


def test_what_changes_while_it_is_read_is_told(two: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever shows the walk one ledger and the replay another is found out by the hash of the share."""
    other = Path(two.folder, "另.db")
    copy = sqlite3.connect(other, isolation_level=None)
    raw(two.ledger).backup(copy)
    copy.execute("DROP TRIGGER entry_keeps")
    copy.execute("UPDATE entry SET actor = '别人' WHERE seq = 11")
    copy.close()
    monkeypatch.setattr(shares, "_begun", lambda _, share: Idle(share))
    honest = shares.replayed_share

    def elsewhere(_: object, share: Share) -> tuple[Findings, str]:
        from reviewer.signoff.ledger import open_ledger

        with open_ledger(other) as ledger:
            return replace_faults(honest(ledger, share))

    monkeypatch.setattr(shares, "replayed_share", elsewhere)
    (fault,) = [step for step in verify_ledger(two.ledger, jobs=2) if step.standing is Standing.BROKEN]
    assert "核验期间台账被改动" in fault.detail


def replace_faults(told: tuple[Findings, str]) -> tuple[Findings, str]:
    return replace(told[0], content=[]), told[1]


def test_every_case_falls_to_one_share(two: Office) -> None:
    entries = list(two.ledger.entries())
    parts = [
        replayed_share(two.ledger, Share(number=number, of=3, size=entries[-1].header.seq))[0] for number in range(3)
    ]
    assert sum(part.count for part in parts) == sum(entry.header.subject.startswith("20") for entry in entries)
    assert jobs_for(len(entries)) == 1


def test_findings_cross_a_pipe_unchanged() -> None:
    found = Findings(
        count=2, content=[(3, "甲")], rules=[(4, "乙\ud800")], unprotected={"张三": 2},
        numbered=[(1, "2026-0001")], silences=[(5, "2026-03-02", "2026-03-23")], covers=[("a" * 64, "2026-0001")],
    )  # fmt: skip
    assert Findings.read(found.written()) == found
