import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.presets import preset
from reviewer.signoff.vocabulary import Role

from .office import UNIT, Office


def enrol(office: Office, name: str, role: Role, exception: str = "", by: str = "管理员", key: str = "") -> None:
    office.keys.setdefault(name, office.keys.get(name) or office.newcomer(name))
    procedure.enrol(office.pen(by), name, role, key or office.keys[name].public_key, exception)


def test_the_first_administrator_founds_the_ledger(bare_office: Office) -> None:
    roster = procedure.roster_of(bare_office.ledger)
    assert (roster.unit, roster.chain) == (UNIT, preset("three"))
    assert roster.holders(Role.ADMINISTRATOR) == ("管理员",)


def test_a_ledger_is_founded_once(bare_office: Office) -> None:
    with pytest.raises(NotAllowedError, match="不能重建"):
        procedure.found(bare_office.pen("管理员"), UNIT)


def test_a_role_is_taken_and_lost(bare_office: Office) -> None:
    enrol(bare_office, "张三", Role.PUBLISHER)
    assert procedure.roster_of(bare_office.ledger).holders(Role.PUBLISHER) == ("张三",)
    procedure.revoke(bare_office.pen("管理员"), "张三", "调离")
    roster = procedure.roster_of(bare_office.ledger)
    assert roster.active("张三") == ()
    assert [one.until for one in roster.enrolments if one.name == "张三"] == [3]


def test_only_an_administrator_changes_the_roster(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="管理员更改（现为：管理员）"):
        enrol(office, "新人", Role.REVIEWER, by="张三")
    with pytest.raises(NotAllowedError, match="管理员"):
        procedure.revoke(office.pen("李四"), "张三", "不合")


def test_a_stranger_changes_nothing(bare_office: Office) -> None:
    bare_office.newcomer("路人")
    with pytest.raises(NotAllowedError, match="路人不在名册上"):
        enrol(bare_office, "张三", Role.PUBLISHER, by="路人")


def test_several_roles_need_a_reason(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="--exception"):
        enrol(office, "张三", Role.REVIEWER)
    enrol(office, "张三", Role.REVIEWER, exception="本所仅两人")
    (exception,) = procedure.roster_of(office.ledger).exceptions
    assert (exception.name, exception.role, exception.exception) == ("张三", Role.REVIEWER, "本所仅两人")


def test_the_same_role_twice(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="张三已是发布人"):
        enrol(office, "张三", Role.PUBLISHER, exception="再来")


def test_one_key_under_two_names(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="这把公钥属于张三"):
        enrol(office, "张三三", Role.REVIEWER, key=office.keys["张三"].public_key)


def test_a_key_stays_with_its_first_name_even_after_revocation(office: Office) -> None:
    procedure.revoke(office.pen("管理员"), "张三", "调离")
    with pytest.raises(NotAllowedError, match="这把公钥属于张三"):
        enrol(office, "张三三", Role.REVIEWER, key=office.keys["张三"].public_key)


def test_a_new_key_needs_the_old_one_revoked(office: Office) -> None:
    new = office.newcomer("替身").public_key
    with pytest.raises(NotAllowedError, match="先 reviewer roster revoke 张三"):
        enrol(office, "张三", Role.DRAFTER, exception="换密钥", key=new)
    procedure.revoke(office.pen("管理员"), "张三", "密钥丢失")
    enrol(office, "张三", Role.PUBLISHER, key=new)
    assert procedure.roster_of(office.ledger).key_of("张三") == new


def test_an_old_key_signs_nothing_any_more(office: Office) -> None:
    procedure.revoke(office.pen("管理员"), "张三", "密钥丢失")
    enrol(office, "张三", Role.PUBLISHER, key=office.newcomer("替身").public_key)
    with pytest.raises(NotAllowedError, match="不是名册上登记的那一把"):
        office.submit()


def test_the_last_administrator_stays(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="最后一名管理员"):
        procedure.revoke(office.pen("管理员"), "管理员", "调离")
    enrol(office, "新管理员", Role.ADMINISTRATOR)
    procedure.revoke(office.pen("管理员"), "管理员", "调离")
    with pytest.raises(NotAllowedError, match="管理员不在名册上"):
        enrol(office, "新人", Role.REVIEWER)


@pytest.mark.parametrize("name", ["../张三", " 张三", "张\u200b三"])
def test_names_in_the_roster_are_usable(bare_office: Office, name: str) -> None:
    key = bare_office.newcomer("甲").public_key
    with pytest.raises(NotAllowedError, match="姓名不可用"):
        procedure.enrol(bare_office.pen("管理员"), name, Role.REVIEWER, key)


def test_revoking_nobody(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="没有在岗的郑十"):
        procedure.revoke(office.pen("管理员"), "郑十", "调离")
    with pytest.raises(NotAllowedError, match="撤销理由"):
        procedure.revoke(office.pen("管理员"), "张三", " ")
