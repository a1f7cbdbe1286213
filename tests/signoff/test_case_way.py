"""The arrow of a case's page points at whoever must act, and the page says the same in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reviewer.cli.case_page import listed, told
from reviewer.cli.case_way import turns, way
from reviewer.signoff.act import Answer, TakeDown, Withdraw
from reviewer.signoff.aftermath import Archive, Incident, Ratify, Reassess, Report
from reviewer.signoff.moment import instant
from reviewer.signoff.objection import Decide
from reviewer.signoff.pending import next_step, pending
from reviewer.signoff.vocabulary import Addressee, Conclusion, Ground, Opinion, Outcome, Recipient, Retention

from .cases import OBJECTION
from .desk import Desk


def answered(desk: Desk, outcome: Outcome) -> None:
    day = "2026-03-02"
    answer = Answer(
        consult=1, outcome=outcome, letter="复1号", day=day, signatory="赵局", note="含商业秘密", received=day
    )
    desk.say("李四", answer)


def consulted_and_answered(desk: Desk) -> None:
    desk.consult()
    answered(desk, Outcome.NOT_SECRET)


def approved(desk: Desk) -> None:
    desk.review()
    desk.approve()


def approved_and_objected_to(desk: Desk) -> None:
    approved(desk)
    desk.say("张三", OBJECTION)


def returned_by_the_leader(desk: Desk) -> None:
    desk.review()
    desk.review(Opinion.RETURN, by="王五", comment="附件二缺页")


def published(desk: Desk) -> None:
    approved(desk)
    desk.publish()


def leaked(desk: Desk) -> None:
    published(desk)
    desk.say("李四", Incident(discovered=instant(desk.now), what="误发"))


def down_and_unreported(desk: Desk) -> None:
    leaked(desk)
    desk.say("李四", TakeDown(reason="误发", suspected_leak=True))


def down_and_reported(desk: Desk) -> None:
    down_and_unreported(desk)
    for one in Recipient:
        desk.say("李四", Report(to=one, organ="县保密局", at=instant(desk.now), means="电话"))


def refused_and_looked_at_again(desk: Desk) -> None:
    desk.review(Opinion.REFUSE, grounds=(Ground.IN_PROCESS,), reassess_on="2026-09-01")
    desk.say("王五", Reassess(reason="已定案"))


def down_in_an_emergency(desk: Desk) -> None:
    published(desk)
    desk.say("李四", TakeDown(reason="误发", suspected_leak=False))


def down_and_confirmed(desk: Desk) -> None:
    down_in_an_emergency(desk)
    desk.say("王五", Ratify(comment="同意"))


def filed_unconfirmed(desk: Desk) -> None:
    down_in_an_emergency(desk)
    desk.say("张三", Archive(file="档1", retention=Retention.TEN_YEARS))


def refused_until(desk: Desk) -> None:
    desk.review(Opinion.REFUSE, grounds=(Ground.IN_PROCESS,), reassess_on="2026-09-01")


def third_party_objects(desk: Desk) -> None:
    desk.consult(addressee=Addressee.THIRD_PARTY)
    answered(desk, Outcome.OBJECTION)


def withheld_on_line(desk: Desk) -> None:
    published(desk)
    desk.say("张三", OBJECTION)
    desk.say("周八", Decide(objection=1, conclusion=Conclusion.WITHHOLD, reason="属商业秘密", notice=""))


WAYS: dict[str, tuple[Callable[[Desk], None], str]] = {
    "submitted": (lambda desk: None, "✓发布人 张三 → ▶审核人 → ·分管领导 → ·发布 张三"),
    "reviewed": (lambda desk: desk.review(), "✓发布人 张三 → ✓审核人 李四 → ▶分管领导 → ·发布 张三"),
    "returned": (lambda desk: desk.review(Opinion.RETURN), "▶发布人 张三 → ·审核人 → ·分管领导 → ·发布 张三"),
    "to be mended": (
        lambda desk: desk.review(Opinion.AGREE_AFTER_FIX),
        "▶发布人 张三 → ·审核人 → ·分管领导 → ·发布 张三",
    ),
    "returned by the leader": (
        returned_by_the_leader,
        "▶发布人 张三 → ✓审核人 李四 → ·分管领导 → ·发布 张三",
    ),
    "deferred": (lambda desk: desk.review(Opinion.DEFER), "✓发布人 张三 → ▶审核人 李四 → ·分管领导 → ·发布 张三"),
    "consulting": (
        lambda desk: desk.consult(),
        "✓发布人 张三 → ▶等答复：某单位 → ·审核人 → ·分管领导 → ·发布 张三",
    ),
    "third party asked": (
        lambda desk: desk.consult(addressee=Addressee.THIRD_PARTY),
        "✓发布人 张三 → ▶等答复：某单位 → ·审核人 → ·分管领导 → ·发布 张三",
    ),
    "third party objects": (
        third_party_objects,
        "✓发布人 张三 → ▶决定异议：某单位 → ·审核人 → ·分管领导 → ·发布 张三",
    ),
    "answered": (
        consulted_and_answered,
        "✓发布人 张三 → ▶审核人 李四 → ·分管领导 → ·发布 张三",
    ),
    "objection to an approval": (
        approved_and_objected_to,
        "✓发布人 张三 → ▶决定异议：某公司 → ·审核人 → ·分管领导 → ·发布 张三",
    ),
    "approved": (
        approved,
        "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ▶发布 张三",
    ),
    "published": (published, "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三"),
    "withheld on line": (withheld_on_line, "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三 → ▶撤下"),
    "leaked": (leaked, "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三 → ▶撤下"),
    "not reported": (
        down_and_unreported,
        "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三 → ▶报告疑似泄密",
    ),
    "reported": (
        down_and_reported,
        "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三 → ▶确认撤除",
    ),
    "taken down by a reviewer": (
        down_in_an_emergency,
        "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三 → ▶确认撤除",
    ),
    "and put on file": (
        filed_unconfirmed,
        "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三 → ▶确认撤除",
    ),
    "and confirmed": (down_and_confirmed, "✓发布人 张三 → ✓审核人 李四 → ✓分管领导 王五 → ✓发布 张三"),
    "refused for a time": (
        refused_until,
        "✓发布人 张三 → ·审核人 → ·分管领导 → ·发布 张三 → ·重新评估 2026-09-01",
    ),
    "withdrawn": (
        lambda desk: desk.say("张三", Withdraw(reason="不发了")),
        "✓发布人 张三 → ·审核人 → ·分管领导 → ·发布 张三",
    ),
    "looked at again": (refused_and_looked_at_again, "▶发布人 张三 → ·审核人 → ·分管领导 → ·发布 张三"),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_arrow_points_at_who_must_act(name: str) -> None:
    go, shown = WAYS[name]
    desk = Desk()
    desk.submit()
    go(desk)
    case, roster = desk.case, desk.replay.roster
    assert way(case, roster) == shown
    now = [one for one in pending(case, roster) if not one.day]
    arrow = shown.partition("▶")[2].partition(" → ")[0]
    assert bool(arrow) == bool(now)
    assert not arrow or now[0].what == arrow or now[0].who[0] in arrow
    assert listed(case, roster).endswith(f"\t{turns(case, roster)}")
    assert (next_step(case, roster) == "本件已办结。") == (turns(case, roster) == "")


def test_who_must_mend_it_reads_why() -> None:
    desk = Desk()
    desk.submit()
    returned_by_the_leader(desk)
    page = "\n".join(told(desk.case, desk.replay.roster))
    assert "下一步：张三改后重新送审" in page
    assert "退回修改：王五" in page
    assert "附件二缺页" in page
    desk.submit(content=1)
    assert "附件二缺页" not in "\n".join(told(desk.case, desk.replay.roster))


def test_the_chain_is_told_by_its_title() -> None:
    desk = Desk()
    desk.submit()
    assert "审批链（三级：发布人、审核人、分管领导）：✓发布人 张三" in "\n".join(told(desk.case, desk.replay.roster))


def test_a_second_look_says_why() -> None:
    desk = Desk()
    desk.submit()
    refused_and_looked_at_again(desk)
    assert any(line.startswith("重新评估：王五") and "已定案" in line for line in told(desk.case, desk.replay.roster))


def test_a_refused_case_asks_for_no_decision_on_an_objection() -> None:
    desk = Desk()
    desk.submit()
    third_party_objects(desk)
    desk.review(Opinion.REFUSE, grounds=(Ground.TRADE_SECRET,), reassess_on="2026-09-01")
    assert desk.case.undecided
    assert "重新评估" in next_step(desk.case, desk.replay.roster), "and of what was withheld, a second look"
    assert turns(desk.case, desk.replay.roster) == "重新评估 2026-09-01（张三）"
