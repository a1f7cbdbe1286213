"""Chains as data: who must have agreed, one after the other, before a publisher may publish.

What no chain can switch off is checked here, by its shape: no publisher among those who review, and in every situation
the last word is a leader's. What no case can evade (the own draft, the own exemption, silence) is `guard.allowed`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.signoff.codec import later
from reviewer.signoff.vocabulary import Attribute, Channel, Opinion, Origin, Overdue, Role
from reviewer.terms import Category, Severity

LEADERS = frozenset({Role.LEADER, Role.SECRECY_LEADER, Role.PUBLICITY_LEADER, Role.MAIN_LEADER, Role.SECRECY_COMMITTEE})
SUBMITTERS = (Role.PUBLISHER, Role.DRAFTER)
AGREEING = (Opinion.AGREE, Opinion.PARTIAL)
MOST_HOPS = 8
EDITION = 2  # of the rules that a chain written today brings with it
_NO_HOP = frozenset({*SUBMITTERS, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What of a submission decides which hops it takes; `severity` is the gravest that asks for action."""

    channel: Channel
    origin: Origin
    attribute: Attribute
    severity: Severity | None
    categories: frozenset[Category]
    important: bool
    unread: bool
    exempted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A situation in which a hop is due: everything that is stated must be so.

    `severity` means at least that grave; `unread`: a part could not be read; `exempted`: a finding was set aside
    beforehand; `important`: the submitter calls the matter important or sensitive (重要、敏感).
    """

    severity: Severity | None = later(None)
    category: tuple[Category, ...] = later(())
    channel: tuple[Channel, ...] = later(())
    origin: tuple[Origin, ...] = later(())
    attribute: tuple[Attribute, ...] = later(())
    important: bool = later(False)
    unread: bool = later(False)
    exempted: bool = later(False)

    def holds(self, facts: Facts) -> bool:
        """Whether this is the situation."""
        return (
            (self.severity is None or (facts.severity is not None and facts.severity >= self.severity))
            and (not self.category or not facts.categories.isdisjoint(self.category))
            and (not self.channel or facts.channel in self.channel)
            and (not self.origin or facts.origin in self.origin)
            and (not self.attribute or facts.attribute in self.attribute)
            and (not self.important or facts.important)
            and (not self.unread or facts.unread)
            and (not self.exempted or facts.exempted)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One station: whose turn it is, which opinions send the package on, and in which situations (none: in all)."""

    role: Role
    opinions: tuple[Opinion, ...]
    title: str = later("")
    when: tuple[When, ...] = later(())

    @property
    def label(self) -> str:
        """What this unit calls the station; its role's word otherwise."""
        return self.title or self.role.label

    @property
    def zh(self) -> str:
        """The same in Chinese, for official forms."""
        return self.title or self.role.zh

    def due(self, facts: Facts) -> bool:
        """Whether a package of these facts must pass here."""
        return not self.when or any(when.holds(facts) for when in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Two stations that one person may take in one case (角色合并), and why this unit cannot do otherwise."""

    roles: tuple[Role, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A unit's chain, kept in the ledger by who founded it or adopted it later.

    The last hop that is due signs by `approve`, every earlier one by `review`. `submitter` is who hands packages in:
    the publisher, or a drafter where publishing is another's work. Limits are in working days: `review_days` from
    submission to approval, `urgent_days` for what is submitted as urgent, `consult_days` for a written answer.
    A chain without a title is of the first form of the format, which knew neither situations nor limits. `edition` is
    that of the rules its cases are held to: from 2 on an objection must be decided, an answer states when it arrived,
    and an approval states the warnings it was shown. What was signed before stays under the rules it was signed under.
    """

    name: str
    hops: tuple[Hop, ...]
    approval_ttl_days: int
    title: str = later("")
    source: tuple[str, ...] = later(())
    submitter: Role = later(Role.PUBLISHER)
    merged: tuple[Merger, ...] = later(())
    review_days: int = later(5)
    urgent_days: int = later(1)
    consult_days: int = later(15)
    on_timeout: Overdue = later(Overdue.REMIND)
    edition: int = later(1)

    @property
    def label(self) -> str:
        """What people call the chain; the name that is typed is for a machine, and for a chain without a title."""
        return self.title or self.name

    def due(self, facts: Facts) -> tuple[Role, ...]:
        """The stations that a package of these facts must pass, in their order."""
        return tuple(hop.role for hop in self.hops if hop.due(facts))

    def along(self, roles: tuple[Role, ...]) -> tuple[Hop, ...]:
        """The hops of these roles, in the chain's order."""
        return tuple(hop for hop in self.hops if hop.role in roles)

    def merger(self, one: Role, other: Role) -> Merger | None:
        """The exception that lets one person be both in one case; None where there is none."""
        return next((merger for merger in self.merged if {one, other} <= set(merger.roles)), None)


def check_chain(chain: Chain) -> None:
    """Raises ConfigurationError with the reason for a chain that does not separate duties, or ends without a leader."""
    fault = _fault(chain)
    if fault is not None:
        zh, en = fault
        raise ConfigurationError(tr(f"审批链 {chain.name} 不成立：{zh}", f"chain {chain.name} is not sound: {en}"))


@cache
def _fault(chain: Chain) -> tuple[str, str] | None:
    """The first fault in both languages: the same chain is checked at every reading of a ledger."""
    return next((fault for fault in _faults(chain)), None)


def _faults(chain: Chain) -> Iterator[tuple[str, str]]:
    yield from _hop_faults(chain)
    yield from _merger_faults(chain)
    if chain.submitter not in SUBMITTERS:
        yield "送审的只能是发布人或承办人。", "only a publisher or a drafter submits."
    for what, what_en, days in (
        ("批准有效期", "an approval lasts", chain.approval_ttl_days),
        ("审查时限", "the limit of a review is", chain.review_days),
        ("急件时限", "the limit of an urgent review is", chain.urgent_days),
        ("商请时限", "the limit of an answer is", chain.consult_days),
    ):
        if not 1 <= days <= 366:
            yield f"{what}应为 1 至 366 天。", f"{what_en} 1 to 366 days."
    if not 1 <= chain.edition <= EDITION:
        yield f"规则版次应为 1 至 {EDITION}。", f"the edition of the rules is 1 to {EDITION}."
    situation = _without_leader(chain)
    if situation is not None:
        yield (
            f"最后一级必须是分管领导或主要领导（或保密委员会）；下列情形下不是：{situation[0]}。",
            f"the last hop must be a leader; it is not when {situation[1]}.",
        )


def _hop_faults(chain: Chain) -> Iterator[tuple[str, str]]:
    roles = [hop.role for hop in chain.hops]
    if not 1 <= len(roles) <= MOST_HOPS:
        yield f"审批应有 1 至 {MOST_HOPS} 级。", f"1 to {MOST_HOPS} hops."
    for hop in chain.hops:
        if hop.role in _NO_HOP:
            yield (
                f"{hop.role.zh}不能是审批的一级：发布人、承办人不审自己的件。",
                f"the {hop.role.en} cannot be a hop: nobody reviews what is their own.",
            )
        if roles.count(hop.role) > 1:
            yield f"{hop.role.zh}出现了两次，各级角色应不同。", f"{hop.role.en} stands twice; roles must differ."
        if Opinion.AGREE not in hop.opinions or not set(hop.opinions) <= set(AGREEING):
            yield (
                f"{hop.role.zh}放行的意见只能是同意公开，或再加部分公开。",
                f"the {hop.role.en} sends on by agree, or by agree and partial.",
            )


def _merger_faults(chain: Chain) -> Iterator[tuple[str, str]]:
    roles = {hop.role for hop in chain.hops}
    for merger in chain.merged:
        if len(set(merger.roles)) != len(merger.roles) or len(merger.roles) != 2 or not set(merger.roles) <= roles:
            yield (
                "角色合并只能写链上的两个审批角色；发布人、承办人不能与审批合并。",
                "merged roles are two hops of the chain; publisher and drafter are never merged with a hop.",
            )
        if not merger.reason.strip():
            yield "角色合并须写明理由。", "merged roles need a reason."


def _without_leader(chain: Chain) -> tuple[str, str] | None:
    """A situation in which no leader has the last word, in both languages; None if there is no such situation."""
    for facts in situations(chain):
        due = chain.due(facts)
        if not due or due[-1] not in LEADERS:
            return _told(facts, chain)
    return None


def situations(chain: Chain) -> Iterator[Facts]:
    """Every situation that the chain tells apart: what no hop asks about is left at one value."""
    asked = [when for hop in chain.hops for when in hop.when]
    categories = sorted({one for when in asked for one in when.category})
    sets = [frozenset(some) for n in range(len(categories) + 1) for some in combinations(categories, n)]
    severities = (None, *Severity) if any(when.severity is not None for when in asked) else (None,)
    both = (False, True)
    for channel, origin, attribute, severity, found, important, unread, exempted in product(
        tuple(Channel) if any(when.channel for when in asked) else (Channel.WEBSITE,),
        tuple(Origin) if any(when.origin for when in asked) else (Origin.OWN,),
        tuple(Attribute) if any(when.attribute for when in asked) else (Attribute.PROACTIVE,),
        severities,
        sets,
        both if any(when.important for when in asked) else (False,),
        both if any(when.unread for when in asked) else (False,),
        both if any(when.exempted for when in asked) else (False,),
    ):
        yield Facts(
            channel=channel, origin=origin, attribute=attribute, severity=severity, categories=found,
            important=important, unread=unread, exempted=exempted,
        )  # fmt: skip


def _told(facts: Facts, chain: Chain) -> tuple[str, str]:
    asked = [when for hop in chain.hops for when in hop.when]
    worded = []
    if any(when.channel for when in asked):
        worded.append((f"渠道为{facts.channel.zh}", f"the channel is {facts.channel.en}"))
    if any(when.origin for when in asked):
        worded.append((f"来源为{facts.origin.zh}", f"the origin is {facts.origin.en}"))
    if any(when.attribute for when in asked):
        worded.append((f"属性为{facts.attribute.zh}", f"the attribute is {facts.attribute.en}"))
    if not facts.severity and not facts.categories:
        worded.append(("没有发现项", "nothing was found"))
    return "、".join(zh for zh, _ in worded), ", ".join(en for _, en in worded)
