"""No sequence of acts publishes without the distinct people whom the chain requires: looked for at random.

Acts are judged and applied without being signed; what must hold is told by an account of its own, from the acts alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reviewer.errors import NotAllowedError
from reviewer.signoff.act import (
    About,
    Act,
    Answer,
    Approve,
    Consult,
    HandOver,
    Inspected,
    Publish,
    Review,
    Settled,
    Submit,
    Withdraw,
)
from reviewer.signoff.case import CaseState
from reviewer.signoff.chain import LEADERS, Chain, Hop, Merger, When, check_chain
from reviewer.signoff.entry import Statement
from reviewer.signoff.guard import allowed
from reviewer.signoff.manifest import FileDigest, Manifest
from reviewer.signoff.presets import names, preset
from reviewer.signoff.roster import Enrolment, Roster
from reviewer.signoff.route import facts, route
from reviewer.signoff.screening import Screening
from reviewer.signoff.transition import after
from reviewer.signoff.vocabulary import Addressee, Channel, Opinion, Origin, Outcome, Role, Status
from reviewer.terms import Action, Decision, Ruling, Severity

from .office import screening_of, warned

PEOPLE = ("甲", "乙", "丙", "丁", "戊", "己")
HOPS = tuple(role for role in Role if role not in (Role.PUBLISHER, Role.DRAFTER, Role.ADMINISTRATOR))
PUBLISHED: Counter[int] = Counter()


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """A shipped chain, or one that nobody would write, as long as the program admits it."""
    if draw(st.booleans()):
        chain = preset(draw(st.sampled_from(names())))
    else:
        between = draw(st.lists(st.sampled_from(HOPS), max_size=3, unique=True))
        last = draw(st.sampled_from(sorted(LEADERS - set(between))))
        whens = st.sampled_from(((), (When(important=True),), (When(severity=Severity.MEDIUM),), (When(unread=True),)))
        agreeing = (Opinion.AGREE, Opinion.PARTIAL)
        hops = [Hop(role=role, opinions=agreeing, when=draw(whens)) for role in between]
        submitter = draw(st.sampled_from((Role.PUBLISHER, Role.DRAFTER)))
        chain = Chain(
            name="own", title="本单位", approval_ttl_days=30, submitter=submitter,
            hops=(*hops, Hop(role=last, opinions=agreeing)),
        )  # fmt: skip
    roles = [hop.role for hop in chain.hops]
    if len(roles) > 1 and draw(st.booleans()):
        pair = draw(st.lists(st.sampled_from(roles), min_size=2, max_size=2, unique=True))
        chain = replace(chain, merged=(Merger(roles=tuple(pair), reason="人手不足"),))
    check_chain(chain)
    return chain


def roster_of(chain: Chain, held: dict[str, set[Role]]) -> Roster:
    enrolments = tuple(
        Enrolment(
            name=name, role=role, public_key="", keyid=f"key-{name}", exception="人手不足", by="管理员",
            since=1, until=None,
        )
        for name, roles in held.items()
        for role in sorted(roles)
    )  # fmt: skip
    return Roster(unit="青石县", chain=chain, genesis_key="", enrolments=enrolments)


def manifest(version: int) -> Manifest:
    return Manifest(files=(FileDigest(name="公告.txt", size_bytes=1, sha256=f"{version:064x}", sm3=f"{version:064x}"),))


FOUND = {
    "clear": (),
    "low": (replace(warned("f-1"), severity=Severity.LOW),),
    "refer": (warned("f-1", Action.REFER), warned("f-2")),
}


@dataclass
class Walk:
    """One case under way, and whoever tries whatever with it."""

    roster: Roster
    state: CaseState | None = None
    acts: list[Statement] = field(default_factory=list)

    def say(self, who: str, act: Act) -> None:
        """The act, if it is allowed; else nothing happened."""
        told = len(self.acts)
        statement = Statement(
            seq=told + 2, time=f"2026-03-02T01:{told // 60:02d}:{told % 60:02d}Z", actor=who, subject="2026-0001",
            keyid=f"key-{who}", protected=True, act=act,
        )  # fmt: skip
        try:
            role = allowed(self.state, statement, self.roster)
        except NotAllowedError:
            return
        self.state = after(self.state, statement, role, self.roster.chain)
        self.acts.append(statement)
        if isinstance(act, Publish):
            self.account(statement, act)

    def account(self, published: Statement, act: Publish) -> None:
        """What publication rests on, out of the acts alone."""
        start = max(at for at, one in enumerate(self.acts) if isinstance(one.act, Submit))
        sent, chain = self.acts[start].act, self.roster.chain
        assert isinstance(sent, Submit)
        assert act.manifest == sent.manifest
        yes = [one for one in self.acts[start:] if isinstance(one.act, Approve) or _agrees(one.act)]
        assert all(one.act.package == sent.manifest.digest for one in yes)  # type: ignore[union-attr]
        holders = {hop.role: {one.actor for one in yes if self.held(one.actor, hop.role)} for hop in chain.hops}
        owed = [hop for hop in chain.hops if hop.due(facts(sent.channel, sent.about, sent.screening))]
        own = {one.actor for one in self.acts if isinstance(one.act, Submit)} | {published.actor}
        own |= {one.act.taker for one in self.acts if isinstance(one.act, HandOver) and one.act.role is chain.submitter}
        drafters = {one.strip() for one in sent.about.drafter.split("、")}
        assert owed
        for hop in owed:
            assert holders[hop.role] - own - drafters, f"nobody but the own people signed as {hop.role}"
        assert owed[-1].role in LEADERS
        last = yes[-1]
        assert isinstance(last.act, Approve)
        assert any(self.held(last.actor, role) for role in LEADERS)
        assert last.actor not in own | drafters
        signers = {one.actor for one in yes}
        merged = {role for merger in chain.merged for role in merger.roles}
        spared = 1 if len(merged & {hop.role for hop in owed}) == 2 else 0
        assert len(signers - own) >= len(owed) - spared, "fewer people than stations"
        asked = sum(isinstance(one.act, Consult) for one in self.acts)
        assert asked == sum(isinstance(one.act, Answer) for one in self.acts)
        exempting = {
            one.actor
            for one in self.acts[start:]
            if isinstance(one.act, Review) and any(s.ruling is not Ruling.CONFIRMED for s in one.act.settled)
        }
        assert last.actor not in exempting, "the own exemption was approved"
        PUBLISHED[len(owed)] += 1

    def held(self, name: str, role: Role) -> bool:
        return self.roster.holds(name, role, f"key-{name}")


def _agrees(act: Act) -> bool:
    return isinstance(act, Review) and act.opinion in (Opinion.AGREE, Opinion.PARTIAL, Opinion.SUBMIT_UP)


def submission(walk: Walk, draw: st.DrawFn) -> Submit:
    version = walk.state.version + 1 if walk.state else 1
    content = manifest(version)
    gaps = draw(st.sampled_from(((), (), ("图1",))))
    screening: Screening = screening_of(
        content, *FOUND[draw(st.sampled_from(sorted(FOUND)))], gaps=gaps, decision=Decision.CLEAR
    )  # fmt: skip
    about = About(
        title="公告", drafter=draw(st.sampled_from(("", "", "甲", "乙、丙"))), important=draw(st.booleans()),
        origin=draw(st.sampled_from(Origin)),
    )  # fmt: skip
    channel = draw(st.sampled_from((Channel.WEBSITE, Channel.PRESS, Channel.ON_REQUEST)))
    proposed = settlements(screening) if draw(st.booleans()) else ()
    chain = walk.state.chain if walk.state else walk.roster.chain
    way = route(chain, facts(channel, about, screening))
    return Submit(
        version=version, channel=channel, about=about, manifest=content, screening=screening, route=way,
        proposed=proposed,
    )  # fmt: skip


def settlements(screening: Screening) -> tuple[Settled, ...]:
    return tuple(
        Settled(fingerprint=one.fingerprint, ruling=Ruling.RELEASABLE, reason="应公示") for _, one in screening.asking()
    )


def looks(screening: Screening) -> tuple[Inspected, ...]:
    return tuple(Inspected(file=file.name, place=gap.place, note="看过") for file, gap in screening.unread())


KINDS = ("agree", "approve", "publish", "up", "return", "submit", "consult", "answer", "hand_over", "withdraw")


def proper(state: CaseState) -> str:
    """What would bring the case on."""
    turn = "approve" if state.hop == len(state.due) - 1 else "agree"
    return {Status.RETURNED: "submit", Status.CONSULTING: "answer", Status.APPROVED: "publish"}.get(state.status, turn)


def next_act(walk: Walk, draw: st.DrawFn) -> Act:
    """Any act at all, as it would be right if its actor were; more often than not the one that brings the case on."""
    state = walk.state
    if state is None:
        return submission(walk, draw)
    kind = draw(st.sampled_from((*(proper(state),) * 14, *KINDS)))
    screening = state.submitted.screening
    said = Review(
        package=state.package, opinion=Opinion.AGREE, comment="已核", settled=settlements(screening),
        inspected=looks(screening),
    )  # fmt: skip
    if kind == "approve":
        return Approve(
            package=state.package, comment="", accepted=state.for_leader(),
            inspected=looks(screening) if state.hop == 0 else (),
        )  # fmt: skip
    if kind == "publish":
        return Publish(manifest=state.manifest, channel=state.submitted.channel, address="")
    if kind == "submit":
        return submission(walk, draw)
    if kind == "consult":
        return Consult(
            package=state.package, addressee=Addressee.ORGAN, organ="县局", letter="1号", day="2026-03-02",
            question="可否",
        )  # fmt: skip
    if kind == "answer":
        number = state.open_consults[0].number if state.open_consults else 1
        return Answer(consult=number, outcome=Outcome.CONSENT, letter="2号", day="2026-03-03", signatory="某", note="")
    if kind == "hand_over":
        role = draw(st.sampled_from((state.chain.submitter, *state.due)))
        giver = state.submitter if role is state.chain.submitter else state.holder
        return HandOver(role=role, giver=giver, taker=draw(st.sampled_from(PEOPLE)), reason="调离")
    if kind == "withdraw":
        return Withdraw(reason="不发了") if draw(st.integers(0, 9)) == 0 else said
    opinions = {"agree": Opinion.AGREE, "up": Opinion.SUBMIT_UP, "return": Opinion.RETURN}
    return replace(said, opinion=opinions[kind])


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a shorter example is not worth the minutes it takes
)
@given(st.data())
def walks(data: st.DataObject) -> None:
    chain = data.draw(chains())
    stations = (chain.submitter, Role.PUBLISHER, *(hop.role for hop in chain.hops))
    held = {name: data.draw(st.sets(st.sampled_from(stations), min_size=1)) for name in PEOPLE}
    held["甲"] |= {chain.submitter}
    walk = Walk(roster=roster_of(chain, held))
    for _ in range(40):
        if walk.state is not None and walk.state.status is Status.PUBLISHED:
            return
        who = data.draw(st.sampled_from(PEOPLE))
        act = next_act(walk, data.draw)
        for name in (who, *PEOPLE) if not isinstance(act, Submit) else (who,):  # somebody may; everybody tries
            walk.say(name, act)


def test_nothing_is_published_without_the_people_of_its_chain() -> None:
    PUBLISHED.clear()
    walks()
    assert sum(PUBLISHED.values()) >= 30, "too few walks reached publication to say anything"
    assert len(PUBLISHED) >= 3
