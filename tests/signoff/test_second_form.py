"""What was signed before objections were decided, warnings stated and days of receipt kept: it verifies as it did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.signoff import procedure
from reviewer.signoff.act import Submit
from reviewer.signoff.entry import Entry, Header, open_entry
from reviewer.signoff.first_record import read_record, write_record
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.proof import all_hold
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.storage.database import DatabaseLedger
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Outcome, Recipient, Status

KEPT = Path(__file__).parent / "second_form"


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


def test_its_cases_are_held_to_the_rules_they_were_signed_under(ledger: DatabaseLedger) -> None:
    objected, leaked, *_, approved = procedure.all_cases(ledger)
    assert {case.chain.edition for case in (objected, leaked, approved)} == {1}
    answer = objected.asked[0].answer
    assert answer is not None
    assert (answer.outcome, answer.received, objected.objections) == (Outcome.OBJECTION, "", ())
    assert objected.status is Status.PUBLISHED
    assert leaked.unreported == tuple(Recipient)
    assert approved.signoffs[-1].shown == ()


@pytest.mark.parametrize("again", [False, True], ids=["as kept", "written again"])
def test_the_record_holds(tmp_path: Path, again: bool) -> None:
    kept = (KEPT / "record.json").read_bytes()
    files = [tmp_path / name for name in ("公告.docx", "附件1.xlsx")]
    for path in files:
        path.write_bytes(path.name.encode())
    data = write_record(read_record(kept, "记录")) if again else kept
    assert data == kept
    assert all_hold(verify_record(data, files))
