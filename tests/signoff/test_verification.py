"""An edited ledger: whatever was changed by hand shows, and shows where."""

import gc
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.errors import EvidenceError
from reviewer.signoff import procedure
from reviewer.signoff.act import Approve, Consult, Publish, Review
from reviewer.signoff.entry import Entry
from reviewer.signoff.ledger import create_ledger, open_ledger
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.moment import instant
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.replay import uncollected
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Addressee, Channel, Opinion, Role

from .by_hand import BARE, failed, verify_changed, write_anyway
from .office import Office


def test_the_garbage_collector_works_again_afterwards(office: Office) -> None:
    verify_ledger(office.ledger)
    assert gc.isenabled()
    with pytest.raises(RuntimeError), uncollected():
        assert not gc.isenabled()
        raise RuntimeError
    assert gc.isenabled()


def test_an_untouched_ledger_holds(office: Office) -> None:
    office.published()
    steps = verify_ledger(office.ledger)
    assert all_hold(steps)
    assert {step.name for step in steps if step.standing is Standing.NOTICE} == {"链头", "建账密钥", "未加密密钥"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("seq", "seq + 100"),
        ("time", "'2026-03-02T01:00:59Z'"),
        ("kind", "'withdraw'"),
        ("actor", "'别人'"),
        ("subject", "'2026-0002'"),
        ("body", f"'{'a' * 64}'"),
        ("prev", f"'{'b' * 64}'"),
        ("hash", f"'{'c' * 64}'"),
        pytest.param("envelope", """replace(envelope, 'sig":"', 'sig":"A')""", id="signature"),
        pytest.param("envelope", """replace(envelope, 'payload":"ey', 'payload":"eZ')""", id="payload"),
    ],
)
def test_every_column_of_every_row_is_held(office: Office, column: str, value: str) -> None:
    office.published()
    for row in range(1, 13):
        told = failed(verify_changed(office, f"UPDATE entry SET {column} = {value} WHERE seq = {row}"))
        assert told.keys() & {"哈希链", "内容与签名一致"}, f"{column} of row {row}"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET envelope = CAST(x'ff00' AS TEXT) WHERE seq = 9",
        "UPDATE entry SET subject = CAST(x'ff' AS TEXT) WHERE seq = 9",
        "UPDATE entry SET time = x'00' WHERE seq = 9",
        "UPDATE entry SET envelope = '[' WHERE seq = 9",
        "UPDATE entry SET seq = 9007199254740993 WHERE seq = 12",
        "DELETE FROM entry WHERE seq = 9",
        "DELETE FROM entry WHERE seq = 1",
        "DELETE FROM entry",
    ],
)
def test_rows_that_no_program_of_ours_writes(office: Office, change: str) -> None:
    office.published()
    assert failed(verify_changed(office, change))


def test_guards_that_were_taken_off_are_missed(office: Office) -> None:
    connection = sqlite3.connect(office.folder / "台账.db")
    connection.execute("DROP TRIGGER entry_stays")
    connection.execute("DROP TRIGGER entry_keeps")
    connection.execute("CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    connection.close()
    assert failed(verify_ledger(office.ledger)) == {
        "防改装置": "触发器 entry_keeps 不在或被改；触发器 entry_stays 不在或被改"
    }


def test_a_cut_off_end_shows_against_an_anchor_only(office: Office) -> None:
    office.published()
    anchor = str(office.ledger.head())
    assert all_hold(verify_ledger(office.ledger, anchor))
    cut = "DELETE FROM entry WHERE seq > 10", "DELETE FROM node WHERE (position + 1) << level > 10"
    assert all_hold(verify_changed(office, *cut))
    assert failed(verify_changed(office, *cut, anchor=anchor)) == {"链头": "锚点第 12 条不在链上：末尾被截去"}


def test_a_replaced_chain_shows_against_an_anchor(office: Office) -> None:
    office.submit()
    anchor = str(office.ledger.head())
    verify_changed(office, *BARE)
    with open_ledger(office.folder / "改.db") as other:
        replace(office, ledger=other).submit(channel=Channel.PRESS)
        assert all_hold(verify_ledger(other))
        assert failed(verify_ledger(other, anchor)) == {"链头": "第 9 条与锚点不符：链被换过"}


@pytest.mark.parametrize("anchor", ["", "12", "12:xyz", "x:" + "a" * 64, "-1:" + "a" * 64])
def test_an_anchor_is_written_in_one_way(office: Office, anchor: str) -> None:
    assert failed(verify_ledger(office.ledger, anchor)) == {"链头": "锚点应为“序号:哈希”"}


def test_the_genesis_key_can_be_trusted_by_name(office: Office) -> None:
    key = procedure.roster_of(office.ledger).genesis_key
    assert all_hold(verify_ledger(office.ledger, trust=key))
    assert "建账密钥" in failed(verify_ledger(office.ledger, trust="0" * 64))


def test_an_envelope_of_another_place_does_not_count_twice(office: Office) -> None:
    """A leader's yes, replayed for a second case: the signature covers number and place."""
    office.approved()
    second = office.submit()
    office.review(second)
    (yes,) = (entry for entry in office.ledger.entries() if entry.header.kind == "approve")
    head = office.ledger.head()
    assert head is not None
    header = replace(yes.header, seq=head.seq + 1, time=instant(office.clock()), subject=second, prev=head.hash)
    replayed = Entry(header=header, actor=yes.actor, hash=header.hash, envelope=yes.envelope)
    office.ledger.append(lambda _: replayed)
    assert failed(verify_ledger(office.ledger))["内容与签名一致"] == "台账第 14 条：seq 与签名内容不一致"
    with pytest.raises(EvidenceError):
        office.publish(second)


def test_two_envelopes_exchanged(office: Office) -> None:
    office.published()
    remember = "CREATE TEMP TABLE old AS SELECT seq, envelope FROM entry"
    exchange = (
        "UPDATE entry SET envelope = (SELECT envelope FROM old WHERE old.seq = 21 - entry.seq) WHERE seq IN (10, 11)"
    )
    told = failed(verify_changed(office, remember, exchange))["内容与签名一致"]
    assert "台账第 10 条：信封被改动" in told
    assert "台账第 11 条：信封被改动" in told


def test_somebody_else_s_signature(office: Office) -> None:
    """The reviewer signs in the leader's name."""
    number = office.submit()
    office.review(number)
    forger = replace(office.keys["李四"], name="王五")
    write_anyway(office, "王五", number, Approve(package=office.case(number).package, comment=""), forger)
    assert failed(verify_ledger(office.ledger)) == {"签名": "台账第 11 条：签名不成立"}
    with pytest.raises(EvidenceError, match="签名不成立"):
        office.case(number)


def test_a_stranger_s_signature(office: Office) -> None:
    number = office.submit()
    office.newcomer("路人")
    write_anyway(office, "路人", number, Review(package=office.case(number).package, opinion=Opinion.AGREE, comment=""))
    assert failed(verify_ledger(office.ledger)) == {"签名": "台账第 10 条：路人当时不在名册上"}


def test_a_signature_after_revocation(office: Office) -> None:
    number = office.submit()
    package = office.case(number).package
    procedure.revoke(office.pen("管理员"), "李四", "调离")
    write_anyway(office, "李四", number, Review(package=package, opinion=Opinion.AGREE, comment=""))
    assert failed(verify_ledger(office.ledger)) == {"签名": "台账第 11 条：李四当时不在名册上"}


def test_a_signature_before_revocation_still_holds(office: Office) -> None:
    office.published()
    procedure.revoke(office.pen("管理员"), "李四", "退休")
    assert all_hold(verify_ledger(office.ledger))


@pytest.mark.parametrize(
    ("name", "act", "why"),
    [
        ("张三", lambda office, state: Approve(package=state.package, comment=""), "第 10 条：2026-0001 现为“已送审”"),
        ("王五", lambda office, state: Approve(package=state.package, comment=""), "已送审"),
        (
            "张三",
            lambda office, state: Publish(
                manifest=read_manifest(office.files), channel=Channel.WEBSITE, address=""
            ),
            "已送审",
        ),
        (
            "李四",
            lambda office, state: Review(package="0" * 64, opinion=Opinion.AGREE, comment=""),
            "已有新版本",
        ),
        (
            "李四",
            lambda office, state: Consult(
                package=state.package, addressee=Addressee.ORGAN, organ="", letter="", day="", question=""
            ),
            "缺少商请单位",
        ),
    ],
)  # fmt: skip
def test_acts_that_should_never_have_been_accepted(office: Office, name: str, act: object, why: str) -> None:
    """Signed properly and chained properly, but against the rules: the replay refuses them."""
    number = office.submit()
    write_anyway(office, name, number, act(office, office.case(number)))  # type: ignore[operator]
    told = failed(verify_ledger(office.ledger))
    assert list(told) == ["角色与流程"]
    assert why in told["角色与流程"]
    with pytest.raises(EvidenceError):
        office.review(number)


def test_a_skipped_case_number_shows(office: Office) -> None:
    number = office.submit()
    write_anyway(office, "张三", "2026-0005", office.case(number).submitted)
    assert failed(verify_ledger(office.ledger)) == {"审查编号": "台账第 10 条：2026-0005 ≠ 2026-0002"}


def test_time_does_not_run_backwards(office: Office) -> None:
    number = office.submit()
    state = office.case(number)
    office.now = office.now.replace(hour=0)
    write_anyway(office, "李四", number, Review(package=state.package, opinion=Opinion.AGREE, comment=""))
    assert failed(verify_ledger(office.ledger)) == {"哈希链": "台账第 10 条：时间不合格式或早于上一条"}


def test_nobody_signs_after_a_line_that_was_changed(office: Office) -> None:
    office.submit()
    verify_changed(office, "UPDATE entry SET time = '2026-01-01T00:00:00Z' WHERE seq = 9")
    with open_ledger(office.folder / "改.db") as other, pytest.raises(EvidenceError, match="第 9 条"):
        replace(office, ledger=other).submit()


def test_merged_roles_are_told(office: Office) -> None:
    procedure.enrol(office.pen("管理员"), "张三", Role.REVIEWER, office.keys["张三"].public_key, "本所仅两人")
    details = [step.detail for step in verify_ledger(office.ledger) if step.name == "角色合并"]
    assert details == ["张三 + 审核人：本所仅两人"]


def test_an_empty_ledger_proves_nothing(tmp_path: Path) -> None:
    with create_ledger(tmp_path / "空.db") as ledger:
        assert failed(verify_ledger(ledger)) == {"台账": "没有任何记录"}
        with pytest.raises(EvidenceError):
            procedure.roster_of(ledger)
