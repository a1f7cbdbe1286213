"""Whatever is said by whom in whichever order: nothing is published that the distinct people did not sign."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reviewer.errors import NotAllowedError
from reviewer.signoff import aftermath_rules
from reviewer.signoff.act import (
    Answer,
    Approve,
    Consult,
    HandOver,
    Publish,
    Review,
    Revoke,
    Submit,
    TakeDown,
    Withdraw,
)
from reviewer.signoff.aftermath import Archive, Incident, Reassess
from reviewer.signoff.calendar import shipped_calendar
from reviewer.signoff.case import CaseState
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import day_of
from reviewer.signoff.objection import Decide, Objection
from reviewer.signoff.roster import Enrolment
from reviewer.signoff.vocabulary import Addressee, Conclusion, Ground, Opinion, Outcome, Retention, Role, Status
from reviewer.terms import Action, Ruling

from .desk import CASE, Desk, package, public_key
from .office import PEOPLE, releasable, warned
from .test_pending import agree

FINDINGS = (warned("f-mask"), warned("f-refer", Action.REFER))
NAMES = st.sampled_from(sorted(PEOPLE))
CONTENTS = st.integers(0, 2)
SENDS_ON = (Opinion.AGREE, Opinion.PARTIAL, Opinion.SUBMIT_UP)
# After any of these, what was signed before does not count any more.
VOIDING = (Submit, Objection, Incident, Withdraw, Reassess)


def office() -> Desk:
    """Seven people; four of them have a second role."""
    desk = Desk()
    for name, role in (
        ("张三", Role.REVIEWER),
        ("李四", Role.LEADER),
        ("王五", Role.PUBLISHER),
        ("孙七", Role.REVIEWER),
    ):
        desk.enrol(name, role, "人手不足")
    return desk


OFFICE = office()
CALENDAR = shipped_calendar()
ENDED = frozenset({Status.PUBLISHED, *aftermath_rules.ENDED})


class AnyOrder(RuleBasedStateMachine):
    """They say what comes to their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = OFFICE.fork()
        self.looked_at: CaseState | None = None

    @initialize(content=CONTENTS)
    def begin(self, content: int) -> None:
        self.desk.submit(content=content)

    def attempt(self, do: object, *words: object, **more: object) -> None:
        """A refusal changes nothing; whatever is allowed is on record."""
        before = self.desk.replay.cases.get(CASE)
        try:
            do(*words, **more)  # type: ignore[operator]
        except NotAllowedError:
            assert self.desk.replay.cases.get(CASE) is before

    @rule(by=NAMES, content=CONTENTS, found=st.booleans())
    def submit(self, by: str, content: int, found: bool) -> None:
        self.attempt(self.desk.submit, *(FINDINGS if found else ()), by=by, content=content)

    @rule(by=NAMES, opinion=st.sampled_from(Opinion), settled=st.booleans(), stale=st.booleans())
    def review(self, by: str, opinion: Opinion, settled: bool, stale: bool) -> None:
        rulings = tuple(releasable(one, Ruling.RELEASABLE) for one in self.desk.case.asking) if settled else ()
        more = {"package": "0" * 64} if stale else {}
        grounds = (Ground.PERSONAL_PRIVACY,)
        self.attempt(self.desk.review, opinion, by=by, settled=rulings, grounds=grounds, **more)

    @rule(by=NAMES)
    def agree(self, by: str) -> None:
        rulings = tuple(releasable(one) for one in self.desk.case.asking)
        self.attempt(self.desk.review, by=by, settled=rulings)

    @rule(by=NAMES)
    def approve(self, by: str) -> None:
        self.attempt(self.desk.approve, by=by)

    @rule(tries=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=1, max_size=6))
    def go_on(self, tries: list[tuple[int, int]]) -> None:
        """What the case waits for, by somebody of that role: chance alone would seldom publish anything.

        Now and then with other bytes, or on the digest of another version.
        """
        for who, twist in tries:
            state = self.desk.case
            role = Role.PUBLISHER if state.present is None else state.present.role
            names = self.desk.replay.roster.holders(role)
            if not names or not state.is_open:
                return
            by = names[who % len(names)]
            if state.status is Status.APPROVED:
                content = next(n for n in range(3) if package(n) == state.manifest)
                self.attempt(self.desk.publish, by=by, content=content if twist else content + 1)
            elif state.present is not None and role is state.due[-1]:
                self.attempt(self.desk.approve, by=by)
            else:
                rulings = tuple(releasable(one) for one in state.asking)
                more = {} if twist else {"package": "0" * 64}
                self.attempt(self.desk.review, by=by, settled=rulings, **more)

    @rule(by=NAMES, addressee=st.sampled_from(Addressee))
    def consult_and_answer(self, by: str, addressee: Addressee) -> None:
        self.consult(by, addressee)
        state = self.desk.case
        for asked in state.open_consults:
            secrecy = asked.consult.addressee is Addressee.SECRECY_ADMINISTRATION
            self.answer("周八", asked.number, Outcome.NOT_SECRET if secrecy else Outcome.CONSENT)

    @rule(by=NAMES)
    def object_and_decide(self, by: str) -> None:
        self.objection(by)
        for one in self.desk.case.undecided:
            self.decide("周八", one.number, Conclusion.DISCLOSE)

    @precondition(lambda self: self.desk.case.status in ENDED)
    @rule(content=CONTENTS)
    def another(self, content: int) -> None:
        """That case has ended; the office goes on with another."""
        self.desk = OFFICE.fork()
        self.desk.submit(content=content)

    @rule(by=NAMES, content=CONTENTS)
    def publish(self, by: str, content: int) -> None:
        self.attempt(self.desk.publish, by=by, content=content)

    @rule(by=NAMES, addressee=st.sampled_from(Addressee))
    def consult(self, by: str, addressee: Addressee) -> None:
        self.attempt(self.desk.consult, by=by, addressee=addressee)

    @rule(by=NAMES, consult=st.integers(1, 3), outcome=st.sampled_from(Outcome))
    def answer(self, by: str, consult: int, outcome: Outcome) -> None:
        act = Answer(
            consult=consult,
            outcome=outcome,
            letter="复",
            day="2026-03-02",
            signatory="某",
            note="",
            received="2026-03-02",
        )
        self.attempt(self.desk.say, by, act)

    @rule(by=NAMES)
    def objection(self, by: str) -> None:
        act = Objection(
            party=Addressee.THIRD_PARTY, name="某", letter="", day="2026-03-02", received="2026-03-02", reason="不同意",
            outcome=Outcome.OBJECTION,
        )  # fmt: skip
        self.attempt(self.desk.say, by, act)

    @rule(by=NAMES, number=st.integers(1, 3), conclusion=st.sampled_from(Conclusion))
    def decide(self, by: str, number: int, conclusion: Conclusion) -> None:
        act = Decide(objection=number, conclusion=conclusion, reason="理由", notice="告1号")
        self.attempt(self.desk.say, by, act)

    @rule(giver=NAMES, taker=NAMES, role=st.sampled_from((Role.PUBLISHER, Role.REVIEWER, Role.LEADER)))
    def hand_over(self, giver: str, taker: str, role: Role) -> None:
        self.attempt(self.desk.say, giver, HandOver(role=role, giver=giver, taker=taker, reason="调离"))

    @rule(
        by=NAMES,
        act=st.sampled_from(
            (
                Withdraw(reason="不发"), TakeDown(reason="误发", suspected_leak=False), Reassess(reason="再看"),
                Archive(file="1", retention=Retention.TEN_YEARS),
                Incident(discovered="2026-03-02T01:00:00Z", what="误发"),
            )
        ),
    )  # fmt: skip
    def other(self, by: str, act: TakeDown) -> None:
        self.attempt(self.desk.say, by, act)

    @rule(name=NAMES)
    def leave(self, name: str) -> None:
        act = Revoke(name=name, reason="调离")
        try:
            self.desk.say("管理员", act, name)
        except NotAllowedError:
            return

    @invariant()
    def nothing_is_published_unsigned(self) -> None:
        state = self.desk.replay.cases.get(CASE)
        history = state.history if state else ()
        for at, statement in enumerate(history):
            if isinstance(statement.act, Publish):
                check_publication(history[:at], statement, self.desk.replay.roster.enrolments)

    @invariant()
    def what_is_due_is_shown(self) -> None:
        state = self.desk.replay.cases.get(CASE)
        if state is not None and state is not self.looked_at:
            self.looked_at = state
            agree(state, self.desk.replay.roster, CALENDAR)

    @invariant()
    def approved_means_signed_by_two(self) -> None:
        state = self.desk.replay.cases.get(CASE)
        if state is not None and state.status in (Status.APPROVED, Status.PUBLISHED):
            assert [one.role for one in state.signoffs] == [Role.REVIEWER, Role.LEADER]


def check_publication(before: tuple[Statement, ...], publication: Statement, enrolments: tuple[Enrolment, ...]) -> None:
    """Told from the bare statements alone, by none of the program's own rules."""
    assert isinstance(publication.act, Publish)
    start = max(at for at, one in enumerate(before) if isinstance(one.act, VOIDING))
    (*_, submission) = (one for one in before if isinstance(one.act, Submit))
    assert isinstance(submission.act, Submit)
    assert publication.act.manifest == submission.act.manifest
    digest = submission.act.manifest.digest
    signed = {}
    for one in before[start:]:
        act = one.act
        if isinstance(act, Review) and act.opinion in SENDS_ON and act.package == digest:
            signed[Role.REVIEWER] = one
        if isinstance(act, Consult):
            signed.clear() if Role.LEADER not in signed or one.actor == signed[Role.REVIEWER].actor else signed.pop(
                Role.LEADER
            )
        if isinstance(act, Approve):
            assert act.package == digest
            signed[Role.LEADER] = one
    assert signed.keys() == {Role.REVIEWER, Role.LEADER}
    people = {submission.actor, *(one.actor for one in signed.values())}
    keys = {public_key(one.actor) for one in signed.values()}
    assert len(people) == 3
    assert len(keys) == 2
    assert publication.actor not in {one.actor for one in signed.values()}
    behind = {whose(one, role, publication, enrolments) for role, one in signed.items()}
    assert len(behind | {submission.actor}) == 3
    open_letters = sum(isinstance(one.act, Consult) for one in before) - sum(isinstance(o.act, Answer) for o in before)
    assert open_letters == 0
    objections = sum(isinstance(one.act, Objection) or _objects(one) for one in before)
    assert objections == sum(isinstance(one.act, Decide) for one in before)


def whose(signed: Statement, role: Role, publication: Statement, enrolments: tuple[Enrolment, ...]) -> str:
    """In whose place it was signed; the signer held the role then, and holds it on the day of publication."""
    then, now = (_held(at, signed.actor, role, enrolments) for at in (signed, publication))
    assert then
    assert now
    return signed.actor if any(not one.deputy_for for one in then) else then[0].deputy_for


def _held(at: Statement, name: str, role: Role, enrolments: tuple[Enrolment, ...]) -> list[Enrolment]:
    return [
        one
        for one in enrolments
        if (one.name, one.role) == (name, role) and one.since < at.seq < (one.until or at.seq + 1)
        if day_of(at.time) <= (one.ends or day_of(at.time))
    ]


def _objects(statement: Statement) -> bool:
    return isinstance(statement.act, Answer) and statement.act.outcome is Outcome.OBJECTION


AnyOrder.TestCase.settings = settings(
    max_examples=100, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyOrder = AnyOrder.TestCase
