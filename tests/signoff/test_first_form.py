"""What was signed before chains had titles, routes and limits: it verifies as it did, and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import Submit
from reviewer.signoff.entry import Entry, Header, open_entry
from reviewer.signoff.first_record import read_record, write_record
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.presets import preset
from reviewer.signoff.proof import all_hold
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.storage.database import DatabaseLedger
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Role, Status

KEPT = Path(__file__).parent / "first_form"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[DatabaseLedger]:
    """The kept entries in a file of this machine's SQLite."""
    with create_ledger(tmp_path / "台账.db") as ledger:
        for line in (KEPT / "ledger.jsonl").read_text("utf-8").splitlines():
            said = json.loads(line)
            actor, own, envelope = (said.pop(name) for name in ("actor", "hash", "envelope"))
            entry = Entry(header=Header(**said), actor=actor, hash=own, envelope=envelope)
            statement, _ = open_entry(entry)
            files = statement.act.manifest.files if isinstance(statement.act, Submit) else ()
            ledger.append(lambda head, entry=entry: entry, [file.sha256 for file in files])  # type: ignore[misc]
        yield ledger


def test_the_ledger_holds(ledger: DatabaseLedger) -> None:
    steps = verify_ledger(ledger)
    assert all_hold(steps), steps


def test_its_cases_follow_the_chain_that_was_founded(ledger: DatabaseLedger) -> None:
    published, under_way, approved = procedure.all_cases(ledger)
    assert [case.due for case in (published, under_way, approved)] == [(Role.REVIEWER, Role.LEADER)] * 3
    assert (published.status, published.publisher, published.submitted.route) == (Status.PUBLISHED, "张三", None)
    assert (under_way.hop, approved.status) == (1, Status.APPROVED)


@pytest.mark.parametrize("again", [False, True], ids=["as kept", "written again"])
def test_the_record_holds(tmp_path: Path, again: bool) -> None:
    kept = (KEPT / "record.json").read_bytes()
    files = [tmp_path / name for name in ("公告.docx", "附件1.xlsx")]
    for path in files:
        path.write_bytes(path.name.encode())
    data = write_record(read_record(kept, "记录")) if again else kept
    assert data == kept
    assert all_hold(verify_record(data, files))


def test_it_adopts_a_chain_and_its_open_cases_keep_theirs(ledger: DatabaseLedger, tmp_path: Path) -> None:
    """Nobody has the old private keys, so the acts are judged without being signed."""
    from reviewer.signoff.act import Adopt
    from reviewer.signoff.entry import Statement
    from reviewer.signoff.replay import listed

    replay = listed(ledger.entries())
    head = ledger.head()
    assert head is not None
    (admin,) = replay.roster.active("管理员")
    statement = Statement(
        seq=head.seq + 1, time=head.time, actor="管理员", subject=replay.roster.unit, keyid=admin.keyid,
        protected=False, act=Adopt(chain=preset("four_nt"), reason="机构改革"),
    )  # fmt: skip
    replay.admit(statement)
    assert replay.roster.chain.name == "four_nt"
    assert replay.cases["2026-0002"].chain.name == "three"
    with pytest.raises(NotAllowedError, match="没有变化"):
        replay.admit(statement)
