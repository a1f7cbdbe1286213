"""人事变动 工作移交: what hangs on somebody is told, listed on paper, and ends with them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import Enrol
from reviewer.signoff.handover import Holding, check_may_leave, handover_sheet, holding
from reviewer.signoff.keys import fingerprint
from reviewer.signoff.vocabulary import Opinion, Role

from .office import Office, releasable, warned
from .printed import text_of


def left_by(office: Office, name: str) -> Holding:
    return holding(procedure.roster_of(office.ledger), procedure.all_cases(office.ledger), name)


@pytest.fixture
def busy(office: Office) -> Office:
    """The reviewer has a deferred case in hand, let a finding pass, and stands in for the leader."""
    deputy = Enrol(
        name="李四", role=Role.LEADER, public_key=office.keys["李四"].public_key, exception="", ends="2026-04-01",
        deputy_for="王五", mandate="青办〔2026〕5号",
    )  # fmt: skip
    procedure.enrolled(office.pen("管理员"), deputy)
    number = office.submit(warned("f"))
    office.review(number, Opinion.DEFER, comment="待节后", settled=(releasable("f"),))
    return office


def test_all_that_hangs_on_a_person_is_told(busy: Office) -> None:
    left = left_by(busy, "李四")
    assert [(state.number, role) for state, role in left.cases] == [("2026-0001", Role.REVIEWER)]
    assert [one.split("：")[0] for one in left.told] == ["角色", "密钥", "代理", "例外"]
    assert left.told[2:] == (
        "代理：李四代王五任分管领导，至 2026-04-01，青办〔2026〕5号",
        "例外：2026-0001 有其放行的发现 1 项",
    )
    assert left.keys == (fingerprint(busy.keys["李四"].public_key),)


def test_the_leaders_deputies_hang_on_the_leader_too(busy: Office) -> None:
    assert [one.name for one in left_by(busy, "王五").deputies] == ["李四"]


def test_the_list_names_everything_and_no_secret(busy: Office) -> None:
    made = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    text = text_of(handover_sheet(left_by(busy, "李四"), "青石县政府办公室", "赵六", "调离", made, ended=True))
    for word in ("2026-0001", "季度公告", "移交人：李四", "接收人：赵六", "已撤销", "李四代王五任分管领导", "监交人",
                 "2026年3月3日"):  # fmt: skip
        assert word in text


def test_an_empty_hand_is_said_to_be_empty(office: Office) -> None:
    made = datetime(2026, 3, 2, tzinfo=UTC)
    text = text_of(handover_sheet(left_by(office, "赵六"), "青石县政府办公室", "李四", "调离", made, ended=False))
    assert "无未办结的件" in text
    assert "仍在册" in text


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [("李四", "张三", "由管理员办理"), ("管理员", "管理员", "最后一名管理员"), ("路人", "管理员", "没有在岗的路人")],
)
def test_who_may_not_be_let_go_is_told_before_anything_is_handed_over(
    office: Office, name: str, by: str, said: str
) -> None:
    with pytest.raises(NotAllowedError, match=said):
        check_may_leave(procedure.roster_of(office.ledger), name, by)
