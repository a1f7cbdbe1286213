"""The table of states: how a case comes into each, and what of all that can be said leads where, or nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff.act import KIND_OF as KINDS
from reviewer.signoff.act import About, Answer, CaseAct, HandOver, TakeDown, Withdraw
from reviewer.signoff.aftermath import Archive, Correct, Extend, Incident, Ratify, Reassess, Report
from reviewer.signoff.objection import Decide, Lapse, Objection
from reviewer.signoff.redaction import Redact, Taken
from reviewer.signoff.vocabulary import (
    Addressee,
    Conclusion,
    Ground,
    Opinion,
    Outcome,
    Recipient,
    Retention,
    Role,
    Status,
)

from .desk import CASE, Desk

REQUESTED = About(title="季度公告", requested="2026-03-02")
LAPSE = Lapse(consult=1, received="2026-03-02", due="2026-03-23", conclusion=Conclusion.DISCLOSE, reason="无损")
OBJECTION = Objection(
    party=Addressee.THIRD_PARTY, name="某公司", letter="", day="2026-03-01", received="2026-03-02", reason="商业秘密",
    outcome=Outcome.OBJECTION,
)  # fmt: skip
LEAK = Incident(discovered="2026-03-02T01:00:00Z", what="误发附件")


def answer(outcome: Outcome) -> Answer:
    return Answer(
        consult=1, outcome=outcome, letter="复1号", day="2026-03-03", signatory="吴九", note="", received="2026-03-04"
    )


def published(desk: Desk) -> None:
    desk.review()
    desk.approve()
    desk.publish()


def said(by: str, act: CaseAct) -> Callable[[Desk], None]:
    return lambda desk: desk.say(by, act)


def then(*steps: Callable[[Desk], None]) -> Callable[[Desk], None]:
    def do(desk: Desk) -> None:
        for step in steps:
            step(desk)

    return do


def corrected(desk: Desk) -> None:
    """Replaced by another package: the first character of its digest differs."""
    digest = desk.case.package
    other = ("1" if digest[0] == "0" else "0") + digest[1:]
    desk.say("张三", Correct(by_case="2026-0999", package=other, reason="数字有误"))


def refused(desk: Desk) -> None:
    desk.review(Opinion.REFUSE, grounds=(Ground.PERSONAL_PRIVACY,))


def redacted(desk: Desk) -> None:
    """A copy of the first file of the present version, other bytes each time."""
    before = desk.case.manifest.files[0]
    after = replace(before, sha256=hashlib.sha256(str(desk.seq).encode()).hexdigest())
    taken = Taken(type="mobile", how="mask", basis="", place="¶1", count=1)
    desk.say("周八", Redact(before=before, after=after, certificate=before, removed=(taken,), dropped=()))


FILED = said("张三", Archive(file="2026-保-3", retention=Retention.TEN_YEARS))
# How to bring a submitted case into each state.
STATES: dict[Status, Callable[[Desk], None]] = {
    Status.SUBMITTED: lambda desk: None,
    Status.REVIEWED: lambda desk: desk.review(),
    Status.CONSULTING: lambda desk: desk.consult(),
    Status.DEFERRED: lambda desk: desk.review(Opinion.DEFER),
    Status.RETURNED: lambda desk: desk.review(Opinion.RETURN),
    Status.REFUSED: refused,
    Status.ON_REQUEST: lambda desk: desk.review(Opinion.ON_REQUEST),
    Status.QUARANTINED: then(lambda desk: desk.consult(), said("李四", answer(Outcome.SECRET))),
    Status.APPROVED: then(lambda desk: desk.review(), lambda desk: desk.approve()),
    Status.PUBLISHED: published,
    Status.WITHDRAWN: said("张三", Withdraw(reason="不发了")),
    Status.TAKEN_DOWN: then(published, said("张三", TakeDown(reason="期满", suspected_leak=False))),
    Status.CORRECTED: then(published, corrected),
    Status.INCIDENT: then(published, said("张三", LEAK)),
    Status.ARCHIVED: then(published, FILED),
}
ACTS: dict[str, Callable[[Desk], None]] = {
    "submit": lambda desk: desk.submit(about=REQUESTED),
    "review": lambda desk: desk.review(),
    "partial": lambda desk: desk.review(Opinion.PARTIAL, grounds=(Ground.PERSONAL_PRIVACY,)),
    "fix": lambda desk: desk.review(Opinion.AGREE_AFTER_FIX),
    "return": lambda desk: desk.review(Opinion.RETURN),
    "defer": lambda desk: desk.review(Opinion.DEFER),
    "on_request": lambda desk: desk.review(Opinion.ON_REQUEST),
    "refuse": refused,
    "leader_returns": lambda desk: desk.review(Opinion.RETURN, by="王五"),
    "consult": lambda desk: desk.consult(),
    "answer": said("李四", answer(Outcome.NOT_SECRET)),
    "answer_secret": said("李四", answer(Outcome.SECRET)),
    "lapse": said("李四", LAPSE),
    "approve": lambda desk: desk.approve(),
    "publish": lambda desk: desk.publish(),
    "withdraw": said("张三", Withdraw(reason="不发了")),
    "take_down": said("周八", TakeDown(reason="误发", suspected_leak=True)),
    "hand_over": said("张三", HandOver(role=Role.PUBLISHER, giver="张三", taker="钱二", reason="调离")),
    "objection": said("周八", OBJECTION),
    "decide": said("周八", Decide(objection=1, conclusion=Conclusion.WITHHOLD, reason="有理", notice="")),
    "extend": said("王五", Extend(days=20, reason="面广", letter="告1号", day="2026-03-02")),
    "correct": corrected,
    "incident": said("周八", LEAK),
    "report": said(
        "周八", Report(to=Recipient.SUPERIOR, organ="某局", at="2026-03-02T01:02:00Z", means="电话")
    ),
    "ratify": said("王五", Ratify(comment="同意撤除")),
    "reassess": said("张三", Reassess(reason="情况变了")),
    "archive": FILED,
    "redact": redacted,
}  # fmt: skip
# What may befall a case at any time before it ends.
STOPS = "objection→submitted incident→quarantined"
OPINIONS = "review→reviewed partial→reviewed fix→returned return→returned defer→deferred on_request→on_request "
OPINIONS += "refuse→refused"
# What each act leads to, where it is allowed at all; whatever is not named here is refused.
FOLLOWS = {
    Status.SUBMITTED: f"submit→submitted {OPINIONS} consult→consulting withdraw→withdrawn hand_over→submitted "
    f"extend→submitted {STOPS}",
    Status.REVIEWED: "submit→submitted leader_returns→returned consult→consulting approve→approved withdraw→withdrawn "
    f"hand_over→reviewed extend→reviewed {STOPS}",
    Status.CONSULTING: "consult→consulting answer→submitted answer_secret→quarantined withdraw→withdrawn "
    "hand_over→consulting extend→consulting objection→consulting incident→quarantined",
    Status.DEFERRED: f"submit→submitted {OPINIONS} consult→consulting withdraw→withdrawn hand_over→deferred "
    f"extend→deferred {STOPS}",
    Status.RETURNED: "submit→submitted withdraw→withdrawn hand_over→returned extend→returned objection→returned "
    "incident→quarantined",
    Status.REFUSED: "incident→refused reassess→returned archive→archived",
    Status.ON_REQUEST: "incident→on_request reassess→returned archive→archived",
    Status.QUARANTINED: "incident→quarantined archive→archived",
    Status.APPROVED: "submit→submitted consult→consulting publish→published withdraw→withdrawn hand_over→approved "
    f"extend→approved {STOPS}",
    Status.PUBLISHED: "take_down→taken_down objection→published correct→corrected incident→incident archive→archived",
    Status.WITHDRAWN: "incident→withdrawn archive→archived",
    Status.TAKEN_DOWN: "incident→taken_down ratify→taken_down archive→archived",
    Status.CORRECTED: "incident→corrected archive→archived",
    Status.INCIDENT: "take_down→taken_down incident→incident report→incident",
    Status.ARCHIVED: "take_down→taken_down objection→archived correct→corrected incident→incident",
}
# A copy may be told of anywhere but where a leak or a secret is suspected, and moves nothing.
FOLLOWS |= {
    status: f"{row} redact→{status}"
    for status, row in FOLLOWS.items()
    if status not in (Status.QUARANTINED, Status.INCIDENT)
}


def test_the_table_is_whole() -> None:
    assert set(STATES) == set(FOLLOWS) == set(Status)
    said_somewhere = {one for row in FOLLOWS.values() for one in (arrow.split("→")[0] for arrow in row.split())}
    assert said_somewhere == set(ACTS) - {"lapse", "decide"}  # theirs need what the tables below bring about
    roster = {"found", "adopt", "enrol", "revoke"}
    assert set(KINDS.values()) - roster - {"request", "supplement", "reply"} <= {
        *ACTS, "withdraw", "take_down", "hand_over"
    }  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("status", Status, ids=str)
def test_every_act_in_every_state(desk: Desk, status: Status) -> None:
    follows = dict(arrow.split("→") for arrow in FOLLOWS[status].split())
    here = desk.fork()
    here.submit(about=REQUESTED)
    STATES[status](here)
    assert here.case.status is status
    for act, do in ACTS.items():
        there = here.fork()
        if act in follows:
            do(there)
            assert there.case.status == follows[act], act
        else:
            with pytest.raises(NotAllowedError):
                do(there)
            assert there.case == here.case, act


@pytest.mark.parametrize(
    ("outcome", "status", "objections"),
    [
        (Outcome.CONSENT, Status.SUBMITTED, 0),
        (Outcome.OBJECTION, Status.SUBMITTED, 1),
        (None, Status.SUBMITTED, 0),
    ],
    ids=["consents", "objects", "is silent"],
)
def test_a_third_party(desk: Desk, outcome: Outcome | None, status: Status, objections: int) -> None:
    here = desk.fork()
    here.submit()
    here.consult(addressee=Addressee.THIRD_PARTY)
    if outcome is None:
        with pytest.raises(NotAllowedError):
            here.fork().say("李四", LAPSE)
        here.now += timedelta(days=25)
        here.say("李四", LAPSE)
    else:
        here.say("李四", answer(outcome))
    assert (here.case.status, len(here.case.undecided)) == (status, objections)
    if objections:
        with pytest.raises(NotAllowedError):
            here.fork().review()
        act = Decide(objection=1, conclusion=Conclusion.DISCLOSE, reason="公共利益", notice="告1号")
        here.say("周八", act)
    here.review()
    here.approve()


def test_what_was_withheld_and_filed_comes_back(desk: Desk) -> None:
    for withhold in (refused, lambda at: at.review(Opinion.ON_REQUEST)):
        here = desk.fork()
        here.submit()
        withhold(here)
        FILED(here)
        ACTS["reassess"](here)
        assert (here.case.status, here.case.approved_at, here.case.number) == (Status.RETURNED, None, CASE)
