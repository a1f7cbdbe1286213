"""Delegations, days and departures in any order: nobody's word counts twice, nothing goes out on one that lapsed."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reviewer.errors import NotAllowedError
from reviewer.signoff.act import Enrol, Publish, Revoke
from reviewer.signoff.moment import day_of
from reviewer.signoff.vocabulary import Role, Status

from .desk import CASE, Desk, public_key
from .test_any_order import OFFICE, check_publication

WHO = st.integers(0, 11)
SIGNING = st.sampled_from((Role.REVIEWER, Role.LEADER))
FREE = ("周八", "钱二")  # whoever has no station of the chain, or only one that others can take


class DeputyOrder(RuleBasedStateMachine):
    """A case after the other goes as far as it may; meanwhile people stand in for each other, days pass, people go."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()

    @initialize()
    def begin(self) -> None:
        self.desk = OFFICE.fork()
        self.desk.submit()

    @rule(giver=WHO, taker=st.sampled_from(FREE), role=SIGNING, days=st.integers(0, 2))
    def delegate(self, giver: int, taker: str, role: Role, days: int) -> None:
        names = self.desk.replay.roster.holders(role)
        act = Enrol(
            name=taker, role=role, public_key=public_key(taker), exception="", deputy_for=names[giver % len(names)],
            mandate="授1号", ends=day_of(self.desk.now + timedelta(days=days)),
        )  # fmt: skip
        self.attempt("管理员", act, taker)

    @rule(taker=st.sampled_from(FREE), giver=WHO, role=SIGNING)
    def return_to_post(self, taker: str, giver: int, role: Role) -> None:
        names = self.desk.replay.roster.holders(role)
        self.attempt("管理员", Revoke(name=taker, reason="返岗", deputy_for=names[giver % len(names)]), taker)

    @rule(name=st.sampled_from(("李四", "王五", "赵六")))
    def leave(self, name: str) -> None:
        self.attempt("管理员", Revoke(name=name, reason="调离"), name)

    @rule()
    def wait(self) -> None:
        self.desk.now += timedelta(days=1)

    @rule(who=WHO)
    def go_on(self, who: int) -> None:
        """The next step by any holder of its role, on whatever day; where the case has ended, another begins."""
        case = self.desk.case
        if not case.is_open:
            self.begin_again()
            return
        role = Role.PUBLISHER if case.present is None else case.present.role
        names = (case.publisher,) if case.status is Status.APPROVED else self.desk.replay.roster.holders(role)
        steps = {Role.REVIEWER: self.desk.review, Role.LEADER: self.desk.approve, Role.PUBLISHER: self.desk.publish}
        try:
            steps[role](by=names[who % len(names)])
        except NotAllowedError:
            self.desk.submit() if who % 4 == 0 else None

    def begin_again(self) -> None:
        now = self.desk.now
        self.desk = OFFICE.fork()
        self.desk.now = now
        self.desk.submit()

    def attempt(self, by: str, act: Enrol | Revoke, subject: str) -> None:
        try:
            self.desk.say(by, act, subject)
        except NotAllowedError:
            return

    @invariant()
    def nothing_is_published_on_a_borrowed_or_lapsed_word(self) -> None:
        state = self.desk.replay.cases.get(CASE)
        for at, statement in enumerate(state.history if state else ()):
            if isinstance(statement.act, Publish):
                assert state is not None
                check_publication(state.history[:at], statement, self.desk.replay.roster.enrolments)


DeputyOrder.TestCase.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDeputyOrder = DeputyOrder.TestCase
