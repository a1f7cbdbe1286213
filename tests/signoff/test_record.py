"""A case's record on another machine: what it proves, and that nothing in it can be changed unnoticed."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from reviewer.errors import EvidenceError, UsageError
from reviewer.signoff import procedure
from reviewer.signoff.canonical import canonical
from reviewer.signoff.keys import fingerprint
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import verify_record

from .by_hand import changed, changes, exported, failed, leaves, spelled
from .cases import eventful
from .office import Office


def test_a_record_proves_itself(office: Office) -> None:
    number = office.published()
    steps = verify_record(exported(office, number), office.files)
    assert all_hold(steps), steps
    proven = [step.name for step in steps if step.standing is Standing.PROVEN]
    assert proven == [
        "格式", "在台账中", "内容与签名一致", "签名", "角色与流程", "完整", "职责分离", "审批链", "批准", "文件",
        "摘要",
    ]  # fmt: skip


def test_it_says_what_it_cannot_prove_alone(office: Office) -> None:
    data = exported(office, office.published())
    notices = {step.name for step in verify_record(data, office.files) if step.standing is Standing.NOTICE}
    assert notices == {"建账密钥", "链头", "未加密密钥"}
    key, head = fingerprint(office.keys["管理员"].public_key), str(office.ledger.head())
    steps = verify_record(data, office.files, trust=key, anchor=head)
    assert {step.name for step in steps if step.standing is Standing.NOTICE} == {"未加密密钥"}


def test_another_unit_s_ledger_is_not_the_trusted_one(office: Office) -> None:
    data = exported(office, office.published())
    assert list(failed(verify_record(data, office.files, trust="0" * 64))) == ["建账密钥"]


def test_it_holds_the_case_and_the_roster_and_nobody_else(office: Office) -> None:
    number = eventful(office)
    record = export_record(office.ledger, number)
    said = [json.loads(base64.b64decode(told.envelope.payload)) for told in record.predicate.acts]
    assert {one["subject"] for one in said if one["kind"] not in ("found", "enrol")} == {number}
    assert len(said) == len(list(office.ledger.entries())) - 4
    assert all_hold(verify_record(write_record(record), office.files))


def test_it_does_not_grow_with_the_ledger(office: Office) -> None:
    number = office.published()
    before = len(exported(office, number))
    for _ in range(20):
        office.published()
    assert len(exported(office, number)) < before + 13 * 4 * 80  # three hashes more for each of its acts


def test_it_is_an_in_toto_statement(office: Office) -> None:
    said = json.loads(exported(office, office.published()))
    assert list(said) == ["_type", "subject", "predicateType", "predicate"]
    assert said["_type"] == "https://in-toto.io/Statement/v1"
    for path, subject in zip(office.files, said["subject"], strict=True):
        assert subject["name"] == path.name
        assert subject["digest"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert len(subject["digest"]["sm3"]) == 64


def test_the_summary_tells_a_reader_what_happened(office: Office) -> None:
    summary = json.loads(exported(office, eventful(office)))["predicate"]["summary"]
    assert summary["status"] == "published"
    assert [one["by"] for one in summary["signoffs"]] == ["李四", "王五"]
    assert [one["settled"]["fingerprint"] for one in summary["rulings"]] == ["f-mask", "f-refer"]
    assert summary["consults"][0]["answer"]["outcome"] == "not_secret"
    assert summary["unprotected_keys"] == ["张三", "李四", "王五"]
    assert [one["exception"] for one in summary["merged_roles"]] == ["人手不足"]


def test_no_leaf_of_a_record_can_be_changed(office: Office, signatures_once: None) -> None:
    record = json.loads(exported(office, eventful(office)))
    count = 0
    for path, other, data in changes(record):
        assert not all_hold(verify_record(data, office.files)), (path, other)
        count += 1
    assert count > 1000


def test_no_key_can_be_removed_or_added(office: Office) -> None:
    record = json.loads(exported(office, office.published()))
    for path, _ in leaves(record):
        keys = [index for index, key in enumerate(path) if isinstance(key, str)]
        parent = path[: keys[-1]]
        inner: Any = record
        for key in parent:
            inner = inner[key]
        name = path[keys[-1]]
        without = {key: value for key, value in inner.items() if key != name}
        for other in (without, inner | {"remark": "x"}):
            data = changed(record, parent, other) if parent else spelled(other)
            assert not all_hold(verify_record(data, office.files)), path


def test_a_record_has_one_spelling(office: Office) -> None:
    record = json.loads(exported(office, office.published()))
    assert all_hold(verify_record(spelled(record), office.files))
    for data in (json.dumps(record).encode(), spelled(record) + b" ", spelled(record).replace(b"\n", b"\r\n")):
        assert list(failed(verify_record(data, office.files))) == ["格式"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"schema":"reviewer.record/1"}',
        b'{"_type":"https://in-toto.io/Statement/v1"}',
    ],
)
def test_what_is_no_record(office: Office, data: bytes) -> None:
    assert list(failed(verify_record(data, office.files))) == ["格式"]


def test_no_byte_of_the_files_can_be_changed(office: Office) -> None:
    data = exported(office, office.published())
    office.files[1].write_bytes(b"x")
    told = failed(verify_record(data, office.files))
    assert list(told) == ["文件"]
    assert told["文件"].startswith("附件1.xlsx：内容已变（应为 ")


@pytest.mark.parametrize(("given", "why"), [(0, "没有给出公开的文件"), (1, "附件1.xlsx：缺少")])
def test_all_files_are_asked_for(office: Office, given: int, why: str) -> None:
    told = failed(verify_record(exported(office, office.published()), office.files[:given]))
    assert why in told["文件"]


@pytest.mark.parametrize("acts", [1, 2])
def test_a_case_that_was_not_approved_is_not_proven(office: Office, acts: int) -> None:
    number = office.submit()
    if acts == 2:
        office.review(number)
    assert list(failed(verify_record(exported(office, number), office.files))) == ["批准"]


def test_what_was_taken_down_is_not_proven(office: Office) -> None:
    number = office.published()
    procedure.take_down(office.pen("王五"), office.case(number), "误发", suspected_leak=False)
    assert failed(verify_record(exported(office, number), office.files)) == {"批准": "本件现为“已撤除”"}


@pytest.mark.parametrize("at", range(11), ids=lambda at: f"act {at + 1}")
def test_no_act_but_the_last_can_be_left_out(office: Office, at: int) -> None:
    """Whatever is left out, the next act of the case or of the roster names it. The last shows against an anchor."""
    record = json.loads(exported(office, office.published()))
    del record["predicate"]["acts"][at]
    told = failed(verify_record(spelled(record), office.files))
    assert told.keys() & {"角色与流程", "签名"}


def test_the_last_act_left_out_shows_against_an_anchor(office: Office) -> None:
    """The taking down is cut off and the checkpoint set back to a tree that really was."""
    number = office.published()
    before = exported(office, number)
    procedure.take_down(office.pen("王五"), office.case(number), "误发", suspected_leak=False)
    assert all_hold(verify_record(before, office.files))
    told = failed(verify_record(before, office.files, anchor=str(office.ledger.head())))
    assert told == {"链头": "锚点第 13 条不在链上：末尾被截去"}


def test_an_act_of_the_case_cannot_be_passed_off_as_another_s(office: Office) -> None:
    number = office.published()
    other = office.published()
    record, second = (json.loads(exported(office, one)) for one in (number, other))
    record["predicate"]["acts"][9] = second["predicate"]["acts"][9]  # the review of the other case
    assert {"角色与流程", "完整"} <= failed(verify_record(spelled(record), office.files)).keys()


def test_a_record_shows_that_the_ledger_was_cut(office: Office) -> None:
    from reviewer.signoff.verification import verify_ledger

    record = exported(office, office.published()).decode()
    assert all_hold(verify_ledger(office.ledger, against=record))


def test_an_unknown_case_has_no_record(office: Office) -> None:
    with pytest.raises(UsageError, match="2026-0009"):
        export_record(office.ledger, "2026-0009")


def test_a_broken_ledger_gives_no_record(office: Office) -> None:
    import sqlite3

    number = office.published()
    connection = sqlite3.connect(office.folder / "台账.db")
    connection.execute("DROP TRIGGER entry_keeps")
    connection.execute("UPDATE entry SET time = '2026-01-01T00:00:00Z' WHERE seq = 3")
    connection.commit()
    connection.close()
    with pytest.raises(EvidenceError, match="第 3 条"):
        export_record(office.ledger, number)


def test_no_document_text_is_anywhere(office: Office, tmp_path: Path) -> None:
    """The bytes of the files are unlike any name; neither ledger nor record holds them."""
    office.files[0].write_bytes("独一无二的正文内容".encode())
    data = exported(office, office.published())
    kept = data + b"".join(path.read_bytes() for path in tmp_path.glob("台账.db*"))
    for spelling in ("utf-8", "utf-16-le", "gb18030"):
        assert "独一无二".encode(spelling) not in kept
    assert all("独一无二" not in base64.b64decode(link["envelope"]["payload"]).decode()
               for link in json.loads(data)["predicate"]["acts"])  # fmt: skip


def test_a_founding_that_names_no_key_is_a_step_and_not_a_crash(office: Office) -> None:
    record = json.loads(exported(office, office.published()))
    envelope = record["predicate"]["acts"][0]["envelope"]
    payload = json.loads(base64.b64decode(envelope["payload"]))
    payload["act"]["public_key"] = "没有公钥"
    envelope["payload"] = base64.b64encode(canonical(payload)).decode()
    assert {"签名", "在台账中"} <= failed(verify_record(spelled(record), office.files)).keys()
