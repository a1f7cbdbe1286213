"""A ledger verified on the word of a trusted checkpoint: what is still found, and what is told to rest on that word."""

from __future__ import annotations

import pytest

from reviewer.errors import EvidenceError
from reviewer.signoff import procedure
from reviewer.signoff.act import Review, Revoke
from reviewer.signoff.aftermath import Archive
from reviewer.signoff.checkpoint import at_hand
from reviewer.signoff.keys import fingerprint
from reviewer.signoff.proof import Step, all_hold
from reviewer.signoff.storage.schema import GUARDS
from reviewer.signoff.succession_rules import succession
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Opinion, Retention

from .by_hand import failed, write_anyway
from .office import Office, raw
from .successors import NEXT, approved_case, changed, finding, submit

ROSTER = 8  # entries of the office before its first case


def signed(office: Office) -> str:
    return str(procedure.checkpoint(office.pen("王五")))


def verified(steps: tuple[Step, ...]) -> int:
    """How many signatures were verified, as the step says."""
    (detail,) = (step.detail for step in steps if step.name == "签名")
    return int(detail.split()[0])


def test_an_ended_case_rests_on_it_and_one_that_goes_on_does_not(office: Office) -> None:
    office.published()
    going_on = office.submit()
    known = signed(office)
    office.review(going_on)
    steps = verify_ledger(office.ledger, since=known)
    assert all_hold(steps)
    assert verified(steps) == ROSTER + 2
    (told,) = (step.detail for step in steps if step.name == "依检查点")
    assert told.startswith("第 1 至 13 条中有 4 条没有重新核验签名和流程") and "王五" in told


def test_what_was_never_allowed_rests_on_it_until_the_case_goes_on(office: Office) -> None:
    """The price of the checkpoint's word, and its end."""
    number = office.published()
    act = Review(package=office.case(number).package, opinion=Opinion.AGREE, comment="补签")
    write_anyway(office, "张三", number, act)
    known = signed(office)
    assert not all_hold(verify_ledger(office.ledger))
    assert all_hold(verify_ledger(office.ledger, since=known))
    write_anyway(office, "张三", number, act)
    assert failed(verify_ledger(office.ledger, since=known)).keys() == {"角色与流程"}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE entry SET actor = '别人' WHERE seq = 11", "内容与签名一致"),
        ("UPDATE entry SET time = '2026-03-02T01:10:01Z' WHERE seq = 11", "哈希链"),
        ("UPDATE entry SET envelope = replace(envelope, 'sig\":\"', 'sig\":\"A') WHERE seq = 11", "内容与签名一致"),
        ("UPDATE entry SET hash = body WHERE seq = 12", "哈希链"),
        ("DELETE FROM covers", "索引"),
        ("DELETE FROM entry WHERE seq > 10", "对照检查点"),
        ("DELETE FROM node", "Merkle 树"),
    ],
)
def test_every_stored_value_is_still_looked_at(office: Office, change: str, named: str) -> None:
    office.published()
    known = signed(office)
    for name in GUARDS:
        raw(office.ledger).execute(f"DROP TRIGGER {name}")
    assert failed(verify_ledger(office.ledger, since=known)).keys() == {"防改装置"}
    raw(office.ledger).execute(change)
    assert named in failed(verify_ledger(office.ledger, since=known))


def test_the_roster_rests_on_nobody(office: Office) -> None:
    write_anyway(office, "张三", "李四", Revoke(name="李四", reason="换人"))
    nobody_s = str(at_hand(office.ledger, fingerprint(office.keys["管理员"].public_key)))
    assert failed(verify_ledger(office.ledger, since=nobody_s)).keys() == {"角色与流程"}


def test_an_approval_that_a_later_case_takes_over_is_verified_again(office: Office) -> None:
    first = approved_case(office)
    office.published()
    known = signed(office)
    screening, places = changed(office, NEXT, finding())
    submit(office, screening, succeeds=succession(office.case(first), screening, places))
    steps = verify_ledger(office.ledger, since=known)
    assert all_hold(steps)
    assert verified(steps) == ROSTER + len(office.case(first).history) + 1


def test_a_case_put_on_file_afterwards_is_verified_whole(office: Office) -> None:
    number = office.published()
    office.published()
    known = signed(office)
    procedure.say(office.pen("张三"), office.case(number), Archive(file="档1", retention=Retention.TEN_YEARS))
    assert verified(verify_ledger(office.ledger, since=known)) == ROSTER + 5


def test_another_ledger_s_checkpoint_vouches_for_nothing(office: Office) -> None:
    office.published()
    words = signed(office).split(" ")
    words[3] = "a" * 64
    assert failed(verify_ledger(office.ledger, since=" ".join(words))).keys() == {"对照检查点"}


def test_what_is_no_checkpoint_is_refused(office: Office) -> None:
    with pytest.raises(EvidenceError, match="检查点"):
        verify_ledger(office.ledger, since="12:" + "a" * 64)
