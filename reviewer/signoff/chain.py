"""Chains as data: who must have agreed, one after the other, before a publisher may publish."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.signoff.vocabulary import Opinion, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One station: whose turn it is, and which opinions send the package on."""

    role: Role
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A unit's chain. The last hop signs by `approve`, every earlier one by `review`; the genesis entry keeps it."""

    name: str
    hops: tuple[Hop, ...]
    approval_ttl_days: int


# 发布人→审核人→分管领导, the chain that most regulations describe.
THREE = Chain(
    name="three",
    hops=(
        Hop(role=Role.REVIEWER, opinions=(Opinion.AGREE, Opinion.PARTIAL)),
        Hop(role=Role.LEADER, opinions=(Opinion.AGREE,)),
    ),
    approval_ttl_days=30,
)

PRESETS = (THREE,)


def preset(name: str) -> Chain:
    """The shipped chain of that name; raises ConfigurationError naming those that exist."""
    for chain in PRESETS:
        if chain.name == name:
            return chain
    known = "、".join(chain.name for chain in PRESETS)
    raise ConfigurationError(
        tr(f"没有名为 {name} 的审批链；现有：{known}", f"no chain named {name}; there are: {known}")
    )


def check_chain(chain: Chain) -> None:
    """Raises ConfigurationError for a chain that could not separate duties."""
    roles = [hop.role for hop in chain.hops]
    duties = all(role not in (Role.PUBLISHER, Role.ADMINISTRATOR, Role.DRAFTER) for role in roles)
    sound = len(roles) >= 2 and len(set(roles)) == len(roles) and duties and all(hop.opinions for hop in chain.hops)
    if not sound or Opinion.AGREE not in chain.hops[-1].opinions or not 1 <= chain.approval_ttl_days <= 366:
        raise ConfigurationError(
            tr(
                f"审批链 {chain.name} 不成立：至少两级，各级角色不同且不是发布人，批准有效期 1 至 366 天。",
                f"chain {chain.name} is not sound: at least two hops of different roles, none of them the publisher, "
                "and an approval that lasts 1 to 366 days.",
            )
        )
