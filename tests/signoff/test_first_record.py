"""A case's record on another machine: what it proves, and that nothing in it can be changed unnoticed."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from reviewer.errors import EvidenceError, UsageError
from reviewer.signoff import procedure
from reviewer.signoff.canonical import canonical, digest
from reviewer.signoff.first_record import write_record
from reviewer.signoff.keys import fingerprint
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.vocabulary import Role

from .by_hand import Keys, failed, leaves, others, replaced
from .cases import eventful
from .first_form.writer import export_record
from .office import Office


def exported(office: Office, number: str) -> bytes:
    return write_record(export_record(office.ledger, number))


def test_a_record_proves_itself(office: Office) -> None:
    number = office.published()
    steps = verify_record(exported(office, number), office.files)
    assert all_hold(steps), steps
    proven = [step.name for step in steps if step.standing is Standing.PROVEN]
    assert proven == [
        "格式", "哈希链", "内容与签名一致", "签名", "角色与流程", "完整", "职责分离", "审批链", "批准", "文件",
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


def test_other_cases_are_told_by_their_header_alone(office: Office) -> None:
    number = eventful(office)
    record = export_record(office.ledger, number)
    told = {link.subject for link in record.chain if link.envelope and link.kind not in ("found", "enrol")}
    assert told == {number}
    assert sum(link.envelope is None for link in record.chain) == 4
    assert all_hold(verify_record(write_record(record), office.files))


def test_the_summary_tells_a_reader_what_happened(office: Office) -> None:
    summary = json.loads(exported(office, eventful(office)))["summary"]
    assert summary["status"] == "published"
    assert [one["by"] for one in summary["signoffs"]] == ["李四", "王五"]
    assert [one["settled"]["fingerprint"] for one in summary["rulings"]] == ["f-mask", "f-refer"]
    assert summary["consults"][0]["answer"]["outcome"] == "not_secret"
    assert summary["unprotected_keys"] == ["张三", "李四", "王五"]
    assert [one["exception"] for one in summary["merged_roles"]] == ["人手不足"]


def changed(record: Any, path: Keys, value: Any) -> bytes:
    with replaced(record, path, value):
        return json.dumps(record, ensure_ascii=False).encode()


def test_no_leaf_of_a_record_can_be_changed(office: Office, signatures_once: None) -> None:
    record = json.loads(exported(office, eventful(office)))
    count = 0
    for path, value in leaves(record):
        for other in others(value):
            steps = verify_record(changed(record, path, other), office.files)
            assert not all_hold(steps), (path, value, other)
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
            data = changed(record, parent, other) if parent else json.dumps(other).encode()
            assert not all_hold(verify_record(data, office.files)), path


def test_spaces_and_line_ends_mean_nothing(office: Office) -> None:
    record = json.loads(exported(office, office.published()))
    for data in (json.dumps(record), json.dumps(record, indent=4).replace("\n", "\r\n")):
        assert all_hold(verify_record(data.encode(), office.files))


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 50_000, b'{"schema":"reviewer.record/1"}'])
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


def forged(record: dict[str, Any]) -> bytes:
    """The hashes made to fit again after a change, as a forger would."""
    prev = "0" * 64
    for link in record["chain"]:
        header = {key: link[key] for key in ("seq", "time", "kind", "subject", "body")} | {"prev": prev}
        prev = digest(canonical(header))
    last = record["chain"][-1]
    record["head"] = {"seq": last["seq"], "time": last["time"], "hash": prev}
    return json.dumps(record).encode()


def test_an_act_of_the_case_cannot_be_withheld(office: Office) -> None:
    record = json.loads(exported(office, office.published()))
    record["chain"][9]["envelope"] = None  # the review
    told = failed(verify_record(forged(record), office.files))
    assert told["完整"] == "台账第 10 条未附原文"


def test_an_act_of_the_case_cannot_be_passed_off_as_another_s(office: Office) -> None:
    """The taking down is renamed into another case; every later signature covers the old hash and says no."""
    number = office.published()
    procedure.take_down(office.pen("王五"), office.case(number), "误发", suspected_leak=False)
    other = office.submit()
    record = json.loads(exported(office, number))
    down = record["chain"][12]
    down.update(subject=other, envelope=None)
    assert "批准" not in failed(verify_record(forged(copy.deepcopy(record)), office.files))
    procedure.enrol(office.pen("管理员"), "新人", Role.REVIEWER, office.newcomer("新人").public_key)
    record = json.loads(exported(office, number))
    record["chain"][12].update(subject=other, envelope=None)
    assert "内容与签名一致" in failed(verify_record(forged(record), office.files))


def test_a_cut_record_shows_against_the_anchor_only(office: Office) -> None:
    """What the last paragraph of the record format says of itself."""
    number = office.published()
    before = exported(office, number)
    procedure.take_down(office.pen("王五"), office.case(number), "误发", suspected_leak=False)
    assert all_hold(verify_record(before, office.files))
    told = failed(verify_record(before, office.files, anchor=str(office.ledger.head())))
    assert told == {"链头": "锚点第 13 条不在链上：末尾被截去"}


def test_a_record_shows_that_the_ledger_was_cut(office: Office) -> None:
    from reviewer.signoff.first_record import read_record
    from reviewer.signoff.verification import verify_ledger

    record = read_record(exported(office, office.published()), "记录")
    assert all_hold(verify_ledger(office.ledger, str(record.head)))


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
    import base64

    assert all("独一无二" not in base64.b64decode(link["envelope"]["payload"]).decode()
               for link in json.loads(data)["chain"] if link["envelope"])  # fmt: skip


def test_the_check_printed_in_the_documentation_works(office: Office, tmp_path: Path) -> None:
    """Twenty-odd lines that share no code with this program come to the same chain, keys and signatures."""
    import re
    import subprocess
    import sys

    page = Path(__file__).parents[2] / "docs" / "ledger-format.md"
    (script,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    data = exported(office, eventful(office))
    tampered = data.replace("已核".encode(), "未核".encode()).replace(b'"kind": "review"', b'"kind": "submit"', 1)
    for name, content, expected in (("好.json", data, "holds"), ("坏.json", tampered, "")):
        (tmp_path / name).write_bytes(content)
        command = [sys.executable, "-c", script, str(tmp_path / name)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.stdout.strip() == expected, told.stderr


def test_a_founding_that_names_no_key_is_a_step_and_not_a_crash(office: Office) -> None:
    import base64

    record = json.loads(exported(office, office.published()))
    envelope = record["chain"][0]["envelope"]
    payload = json.loads(base64.b64decode(envelope["payload"]))
    payload["act"]["public_key"] = "没有公钥"
    envelope["payload"] = base64.b64encode(canonical(payload)).decode()
    record["chain"][0]["body"] = digest(canonical(envelope))
    assert "签名" in failed(verify_record(forged(record), office.files))
