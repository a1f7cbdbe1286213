"""docs/verify_record.py shares no code with the program and comes to the same answer, on sound and changed records."""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from reviewer.signoff import procedure
from reviewer.signoff.act import KINDS, CaseAct
from reviewer.signoff.proof import all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.vocabulary import Role

from .by_hand import changed, exported, leaves, others, spelled
from .cases import DO_NOT, HOLD, eventful, late_objection, objection_in_an_answer, silence
from .office import Office
from .second_verifier import SCRIPT, holds


def test_it_is_short_and_imports_nothing_of_ours() -> None:
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    known = {one for one in imported if one.split(".")[0] not in sys.stdlib_module_names}
    assert {one.split(".")[0] for one in known} == {"cryptography"}


@pytest.mark.parametrize("acts", range(2, 5))
def test_it_agrees_on_every_stage_of_a_case(office: Office, acts: int) -> None:
    number = office.submit()
    for step in (office.review, office.approve, office.publish)[: acts - 1]:
        step(number)
    data = exported(office, number)
    assert holds(data, office.files) == all_hold(verify_record(data, office.files)) == (acts >= 3)


def test_it_agrees_on_an_eventful_case_and_a_signed_checkpoint(office: Office) -> None:
    number = eventful(office)
    data = exported(office, number)
    assert holds(data, office.files)
    signed = write_record(export_record(office.ledger, number, procedure.checkpoint(office.pen("王五"))))
    assert holds(signed, office.files)
    assert not holds(signed.replace(b"Z ", b"Z 0"), office.files)
    procedure.take_down(office.pen("王五"), office.case(number), "误发", suspected_leak=False)
    assert not holds(exported(office, number), office.files)


def test_it_agrees_where_people_came_and_went(office: Office) -> None:
    first = office.submit()
    office.review(first)
    procedure.revoke(office.pen("管理员"), "赵六", "调离")
    procedure.enrol(office.pen("管理员"), "新人", Role.REVIEWER, office.newcomer("新人").public_key)
    procedure.hand_over(office.pen("管理员"), "张三", "钱二", "轮岗")
    office.approve(first)
    office.publish(first, by="钱二")
    data = exported(office, first)
    assert all_hold(verify_record(data, office.files))
    assert holds(data, office.files)


@pytest.mark.parametrize("case", [*HOLD, *DO_NOT], ids=lambda case: case.__name__)
def test_it_agrees_on_every_act(office: Office, case: Callable[[Office], str]) -> None:
    data = exported(office, case(office))
    steps = verify_record(data, office.files)
    assert (holds(data, office.files), all_hold(steps)) == (case in HOLD, case in HOLD), steps


def test_the_table_has_every_act(office: Office) -> None:
    for case in (*HOLD, *DO_NOT):
        case(office)
    said = {entry.header.kind for entry in office.ledger.entries()}
    assert said >= {kind for kind, act in KINDS.items() if act in get_args(CaseAct)}


@pytest.mark.parametrize("case", [late_objection, objection_in_an_answer, silence], ids=lambda case: case.__name__)
def test_no_leaf_of_the_newer_acts_can_be_changed(office: Office, case: Callable[[Office], str]) -> None:
    record = json.loads(exported(office, case(office)))
    chance = random.Random(2026)
    for path, value in chance.sample(list(leaves(record)), 50):
        for other in others(value)[:1]:
            assert not holds(changed(record, path, other), office.files), (path, other)


def test_the_files_and_the_trusted_key_are_compared(office: Office) -> None:
    data = exported(office, office.published())
    key = procedure.roster_of(office.ledger).genesis_key
    assert holds(data, office.files, key)
    assert not holds(data, office.files, "0" * 64)
    assert not holds(data, office.files[:1])
    assert not holds(data, (*office.files, SCRIPT))
    office.files[0].write_bytes(b"x")
    assert not holds(data, office.files)


def test_no_leaf_can_be_changed(office: Office) -> None:
    record = json.loads(exported(office, eventful(office)))
    chance = random.Random(6962)
    for path, value in chance.sample(list(leaves(record)), 160):
        for other in others(value)[:2]:
            assert not holds(changed(record, path, other), office.files), (path, other)


def test_no_act_can_be_dropped_exchanged_or_said_twice(office: Office) -> None:
    record = json.loads(exported(office, office.published()))
    acts = record["predicate"]["acts"]
    for at in range(len(acts)):
        for others_ in (acts[:at] + acts[at + 1 :], acts[: at + 1] + acts[at:], [*acts[:at], *reversed(acts[at:])]):
            record["predicate"]["acts"] = others_
            if others_ != acts:
                data = spelled(record)
                assert not holds(data, office.files), at
                assert not all_hold(verify_record(data, office.files)), at


def test_no_bit_of_some_hundred_bytes_can_be_flipped(office: Office) -> None:
    data = exported(office, office.published())
    for at in random.Random(9162).sample(range(len(data)), 300):
        flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not holds(flipped, office.files), at


def test_it_runs_as_it_is_printed(office: Office, tmp_path: Path) -> None:
    (tmp_path / "record.json").write_bytes(exported(office, office.published()))
    command = [sys.executable, "-I", str(SCRIPT), str(tmp_path / "record.json"), *map(str, office.files)]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1] == "the record holds"
    told = subprocess.run(command[:-1], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (told.returncode, told.stderr.strip()) == (1, "DOES NOT HOLD: ValueError all the files, and no other")
