"""The way of one package through its chain: from what was submitted to the hops that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import About, Route, Submit
from reviewer.signoff.chain import Chain, Facts
from reviewer.signoff.screening import Screening
from reviewer.signoff.vocabulary import Channel, Role
from reviewer.terms import Category, Severity
from reviewer.value import replace

if TYPE_CHECKING:
    from reviewer.signoff.case import CaseState


def facts(channel: Channel, about: About, screening: Screening) -> Facts:
    """What decides the way; only findings that ask for action count, notes do not."""
    asking = [finding for _, finding in screening.asking()]
    return Facts(
        channel=channel,
        origin=about.origin,
        attribute=about.attribute,
        severity=max((finding.severity for finding in asking), default=None),
        categories=frozenset(finding.category for finding in asking),
        important=about.important,
        unread=any(True for _ in screening.unread()),
        exempted=any(file.set_aside for file in screening.files),
    )


def facts_of(act: Submit) -> Facts:
    """The facts of a submission."""
    return facts(act.channel, act.about, act.screening)


def route(chain: Chain, known: Facts) -> Route:
    """The way of a package of these facts, as its submission states it."""
    return Route(chain=chain.name, hops=chain.due(known))


def higher(state: CaseState) -> tuple[Role, ...]:
    """The stations due once a signer finds that it must go higher (需报审): as if the matter were of the gravest kind.

    Stations before the present one are not called back; where nothing is added, there is nothing higher.
    """
    gravest = replace(
        facts_of(state.submitted), severity=Severity.CRITICAL, categories=frozenset(Category),
        important=True, unread=True, exempted=True,
    )  # fmt: skip
    order = [hop.role for hop in state.chain.hops]
    present = order.index(state.due[state.hop])
    added = {role for role in state.chain.due(gravest) if order.index(role) > present}
    return tuple(role for role in order if role in added or role in state.due)


def check_route(act: Submit, chain: Chain) -> None:
    """The way stated is the way of that chain. Raises NotAllowedError; a chain of the first form states none."""
    if act.route is None and not chain.title:
        return
    due = route(chain, facts_of(act))
    if act.route != due:
        raise NotAllowedError(
            tr(
                f"审批路径与本单位审批链 {chain.name} 不符，请重新送审。",
                f"the route is not that of this unit's chain {chain.name}; submit again.",
            )
        )
