"""Checkpoints, proofs and what they show: a ledger that was cut, changed or replaced."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reviewer.errors import EvidenceError, UsageError
from reviewer.signoff import procedure, proof_file
from reviewer.signoff.checkpoint import Checkpoint, at_hand, read_checkpoint
from reviewer.signoff.ledger import open_ledger
from reviewer.signoff.proof import Standing, Step, all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Channel

from .by_hand import BARE, failed, verify_changed
from .office import Office, raw


def checkpoint(office: Office, by: str = "王五") -> Checkpoint:
    return procedure.checkpoint(office.pen(by))


def test_a_checkpoint_is_one_line_that_reads_back(office: Office) -> None:
    office.published()
    made = checkpoint(office)
    assert "\n" not in str(made)
    assert read_checkpoint(str(made) + "\n", "x") == made
    assert (made.size, made.head) == (12, office.ledger.head().hash)  # type: ignore[union-attr]
    assert replace(made, keyid="", signature="", time="") == replace(at_hand(office.ledger, made.genesis_key), time="")


def test_the_ledger_holds_against_it_and_goes_on(office: Office) -> None:
    office.published()
    known = str(checkpoint(office))
    office.published()
    steps = verify_ledger(office.ledger, against=known)
    assert all_hold(steps)
    assert [step.detail for step in steps if step.name == "对照检查点"] == ["前 12 条未变，其后 4 条"]


def test_a_cut_end_and_a_replaced_chain_show(office: Office) -> None:
    office.submit()
    known = str(checkpoint(office))
    verify_changed(office, *BARE)
    with open_ledger(office.folder / "改.db") as other:
        (fault,) = (one for one in verify_ledger(other, against=known) if one.standing is Standing.BROKEN)
        assert fault.detail == "应有 9 条，只有 8 条：末尾被截去"
        replace(office, ledger=other).submit(channel=Channel.PRESS)
        (fault,) = (one for one in verify_ledger(other, against=known) if one.standing is Standing.BROKEN)
        assert fault.detail == "前 9 条的根不符：链被换过"


@pytest.mark.parametrize("at", range(7))
def test_no_word_of_a_checkpoint_can_be_changed(office: Office, at: int) -> None:
    """All but the time, which nobody but its signatory vouches for: that one is held by the signature."""
    office.submit()
    words = str(checkpoint(office)).split(" ")
    word = words[at + 1]
    # A signature may begin with any letter, so the one put in its place is never the one that stood there.
    other = ("B" if word[0] == "A" else "A") + word[1:] if at == 6 else "a" * 64
    words[at + 1] = {1: "8", 4: "2026-03-02T01:00:00Z"}.get(at, other)
    told = failed(verify_ledger(office.ledger, against=" ".join(words)))
    assert list(told) == ["对照检查点"]


def test_whoever_is_not_on_the_roster_signs_no_checkpoint(office: Office) -> None:
    office.newcomer("路人")
    with pytest.raises(Exception, match="路人不在名册上"):
        checkpoint(office, "路人")


def test_a_revoked_signatory_s_old_checkpoint_still_counts(office: Office) -> None:
    known = str(checkpoint(office))
    procedure.revoke(office.pen("管理员"), "王五", "退休")
    assert all_hold(verify_ledger(office.ledger, against=known))


@pytest.mark.parametrize("line", ["", "x", "reviewer.checkpoint/1 a 1 b c d", "12:" + "a" * 64])
def test_what_is_no_checkpoint(office: Office, line: str) -> None:
    told = failed(verify_ledger(office.ledger, against=line))
    assert told.keys() == {"对照检查点"}


def test_a_record_is_known_again_by_its_ledger(office: Office) -> None:
    number = office.published()
    record = write_record(export_record(office.ledger, number)).decode()
    office.published()
    assert all_hold(verify_ledger(office.ledger, against=record))


def test_a_record_that_leaves_out_the_last_act_is_found_out_by_the_ledger(office: Office) -> None:
    number = office.published()
    procedure.take_down(office.pen("王五"), office.case(number), "误发", suspected_leak=False)
    record = export_record(office.ledger, number)
    fewer = replace(record, predicate=replace(record.predicate, acts=record.predicate.acts[:-1]))
    told = failed(verify_ledger(office.ledger, against=write_record(fewer).decode()))
    assert told == {"对照检查点": "记录少了 1 条"}


def test_a_record_as_of_a_printed_checkpoint(office: Office) -> None:
    number = office.published()
    known = checkpoint(office)
    office.published()
    data = write_record(export_record(office.ledger, number, known))
    steps = verify_record(data, office.files, anchor=str(known))
    assert all_hold(steps)
    told = {step.name: step.detail for step in steps if step.standing is Standing.PROVEN}
    assert told["链头"] == "与锚点一致（12 条）"
    assert told["检查点签署"].startswith("王五（分管领导）")


def test_a_checkpoint_that_is_too_old_or_another_s(office: Office) -> None:
    number = office.submit()
    known = checkpoint(office)
    office.review(number)
    with pytest.raises(UsageError, match="早于本件最后一步"):
        export_record(office.ledger, number, known)
    with pytest.raises(EvidenceError, match="根与台账不符"):
        export_record(office.ledger, number, replace(checkpoint(office), root="0" * 64))
    with pytest.raises(EvidenceError, match="不是本台账的"):
        export_record(office.ledger, number, replace(known, size=99))


def test_an_entry_and_a_case_are_proven(office: Office) -> None:
    number = office.published()
    key = procedure.roster_of(office.ledger).genesis_key
    for what, count in ((number, 4), ("1", 1), ("12", 1)):
        data = proof_file.write(proof_file.prove(office.ledger, key, what)).encode()
        assert len(json.loads(data)["entries"]) == count
        assert all_hold(proof_file.check(data))
        changed = data.replace(b'"kind": "', b'"kind": "x')
        assert not all_hold(proof_file.check(changed))
    with pytest.raises(UsageError, match="没有 13"):
        proof_file.prove(office.ledger, key, "13")


def test_growth_is_proven(office: Office) -> None:
    office.submit()
    old = checkpoint(office)
    for _ in range(3):
        office.published()
    proof = proof_file.prove_consistency(office.ledger, old.genesis_key, old)
    assert all_hold(proof_file.check(proof_file.write(proof).encode()))
    assert not all_hold(proof_file.check(proof_file.write(replace(proof, path=proof.path[1:])).encode()))
    for other in (replace(old, root="0" * 64), replace(old, size=99), replace(old, genesis_key="0" * 64)):
        with pytest.raises(EvidenceError):
            proof_file.prove_consistency(office.ledger, old.genesis_key, other)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"schema": "reviewer.inclusion/1"}', b"\xff"])
def test_what_is_no_proof(data: bytes) -> None:
    (step,) = proof_file.check(data)
    assert (step.name, step.standing) == ("格式", Standing.BROKEN)


def steps_after(office: Office, change: str) -> tuple[Step, ...]:
    for trigger in ("node_keeps", "node_stays", "covers_keeps", "covers_stays"):
        raw(office.ledger).execute(f"DROP TRIGGER {trigger}")
    raw(office.ledger).execute(change)
    return verify_ledger(office.ledger)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("UPDATE node SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE level = 2", "Merkle 树"),
        ("DELETE FROM node WHERE level = 3", "Merkle 树"),
        ("INSERT INTO node VALUES (7, 0, '')", "Merkle 树"),
        ("DELETE FROM covers WHERE rowid IN (SELECT rowid FROM covers LIMIT 1)", "索引"),
        ("INSERT INTO covers VALUES ('x', '2026-0001')", "索引"),
    ],
)
def test_what_is_kept_beside_the_entries_must_follow_from_them(office: Office, change: str, name: str) -> None:
    office.published()
    change = change.replace("rowid IN (SELECT rowid FROM covers LIMIT 1)", "1")
    assert name in failed(steps_after(office, change))


def test_nobody_signs_for_nodes_that_are_not_the_entries(office: Office) -> None:
    office.published()
    steps_after(office, "UPDATE node SET hash = '" + "0" * 64 + "' WHERE level = 3")
    with pytest.raises(EvidenceError, match="Merkle 节点"):
        checkpoint(office)
