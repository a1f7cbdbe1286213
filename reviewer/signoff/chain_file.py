"""A chain as people write it: TOML in a shipped file or in `reviewer.toml`, decoded strictly.

What is not written has the default of `Chain`; what nobody asked for is refused, and so is every chain that could not
separate duties.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TypeVar

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.signoff.chain import AGREEING, EDITION, Chain, Hop, Merger, When, check_chain
from reviewer.signoff.vocabulary import Attribute, Channel, Opinion, Origin, Overdue, Role
from reviewer.strict import Table
from reviewer.terms import Category, Severity

E = TypeVar("E", bound=Enum)
_TTL_DAYS = 30


def read_chain(table: Table, name: str) -> Chain:
    """The chain that the table describes. Raises ConfigurationError with file, place and reason."""
    chain = Chain(
        name=name,
        title=table.string("title"),
        source=table.strings("source", ()),
        hops=tuple(_hop(item, f"{table.where} hop {n}") for n, item in enumerate(table.items("hop"), 1)),
        approval_ttl_days=_TTL_DAYS,
        edition=EDITION,
    )
    return _settled(table, chain)


def vary_chain(table: Table, base: Chain) -> Chain:
    """A shipped chain with this unit's own limits and mergers."""
    return _settled(table, base)


def _settled(table: Table, base: Chain) -> Chain:
    """The keys that an own chain and a varied preset share."""
    _refuse_silence(table)
    chain = replace(
        base,
        submitter=table.choice("submitter", Role, base.submitter),
        approval_ttl_days=table.integer("approval_ttl_days", base.approval_ttl_days),
        review_days=table.integer("review_days", base.review_days),
        urgent_days=table.integer("urgent_days", base.urgent_days),
        consult_days=table.integer("consult_days", base.consult_days),
        on_timeout=table.choice("on_timeout", Overdue, base.on_timeout),
        merged=tuple(_merger(item, f"{table.where} merged {n}") for n, item in enumerate(table.items("merged", ()), 1)),
    )
    table.finish()
    try:
        check_chain(chain)
    except ConfigurationError as error:
        raise table.error(str(error)) from None
    return chain


def _refuse_silence(table: Table) -> None:
    """Some local rules say 逾期视为同意; 条例 and 保密法 know no review that happens by itself."""
    if table.states("on_timeout", "approve"):
        raise table.error(
            tr(
                "“on_timeout”不能是 approve：逾期不视为同意，任何配置都不能让沉默变成批准；可用 remind、escalate",
                "“on_timeout” cannot be approve: no setting makes silence an approval; remind or escalate",
            )
        )


def _hop(data: object, where: str) -> Hop:
    table = Table(data, where)
    hop = Hop(
        role=table.choice("role", Role),
        title=table.text("title"),
        opinions=_members(table, "opinions", Opinion, AGREEING),
        when=tuple(_when(item, f"{where} when {n}") for n, item in enumerate(table.items("when", ()), 1)),
    )
    table.finish()
    return hop


def _when(data: object, where: str) -> When:
    table = Table(data, where)
    when = When(
        severity=table.choice("severity", Severity) if table.has("severity") else None,
        category=_members(table, "category", Category, ()),
        channel=_members(table, "channel", Channel, ()),
        origin=_members(table, "origin", Origin, ()),
        attribute=_members(table, "attribute", Attribute, ()),
        important=table.flag("important"),
        unread=table.flag("unread"),
        exempted=table.flag("exempted"),
    )
    table.finish()
    if when == When():
        raise table.error(
            tr("条件是空的；总要经过的一级不写 when", "the condition is empty; a hop that is always due has no when")
        )
    return when


def _merger(data: object, where: str) -> Merger:
    table = Table(data, where)
    merger = Merger(roles=_members(table, "roles", Role, ()), reason=table.string("reason"))
    table.finish()
    return merger


def _members(table: Table, key: str, kind: type[E], default: tuple[E, ...]) -> tuple[E, ...]:
    if not table.has(key):
        return default
    known = {member.value: member for member in kind}
    members = []
    for value in table.strings(key):
        if value not in known:
            listed = "、".join(known)
            raise table.error(
                tr(f"“{key}”不认识“{value}”，可用：{listed}", f"“{key}”: unknown “{value}”, one of: {listed}")
            )
        members.append(known[value])
    return tuple(members)
