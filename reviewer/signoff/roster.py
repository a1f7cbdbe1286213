"""Who may do what in a unit: the roster, as the ledger's own entries tell it. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reviewer.errors import ConfigurationError, NotAllowedError, UsageError
from reviewer.language import tr
from reviewer.signoff.act import Adopt, Enrol, Found, Revoke
from reviewer.signoff.chain import Chain, check_chain
from reviewer.signoff.entry import Statement
from reviewer.signoff.keys import fingerprint, parse_public_key
from reviewer.signoff.vocabulary import Role
from reviewer.signoff.wording import check_sentence, person_name, required_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A person in a role, from entry `since` to entry `until` (None while it lasts)."""

    name: str
    role: Role
    public_key: str
    keyid: str
    exception: str
    by: str
    since: int
    until: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The unit, its chain, the fingerprint of its first administrator's key, and every enrolment there ever was."""

    unit: str
    chain: Chain
    genesis_key: str
    enrolments: tuple[Enrolment, ...]
    _active: dict[str, tuple[Enrolment, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """By name, once: every entry of a ledger asks several times who may do what."""
        active: dict[str, tuple[Enrolment, ...]] = {}
        for one in self.enrolments:
            if one.until is None:
                active[one.name] = (*active.get(one.name, ()), one)
        object.__setattr__(self, "_active", active)

    def active(self, name: str) -> tuple[Enrolment, ...]:
        """What this person may do now."""
        return self._active.get(name, ())

    def key_of(self, name: str) -> str | None:
        """The public key under which this person signs now."""
        return next((one.public_key for one in self.active(name)), None)

    def holds(self, name: str, role: Role, keyid: str) -> bool:
        """Whether this person holds that role now, with that key."""
        return any(one.role is role and one.keyid == keyid for one in self.active(name))

    def holders(self, role: Role) -> tuple[str, ...]:
        """Everyone who holds the role now."""
        return tuple(one.name for one in self.enrolments if one.role is role and one.until is None)

    @property
    def exceptions(self) -> tuple[Enrolment, ...]:
        """The enrolments that merged roles in one person (角色合并): they are printed and counted."""
        return tuple(one for one in self.enrolments if one.exception)


def founded(statement: Statement) -> Roster:
    """The roster right after the genesis entry; raises NotAllowedError if that could not found a ledger."""
    found = statement.act
    if not isinstance(found, Found) or statement.seq != 1:
        raise NotAllowedError(tr("台账不以建账开头。", "the ledger does not begin with its founding."))
    _check_sound(found.chain)
    _check_spelling(statement.actor, found.public_key)
    required_sentence(found.unit, tr("单位名称", "the unit's name"))
    if statement.subject != found.unit or statement.keyid != fingerprint(found.public_key):
        raise NotAllowedError(tr("建账的单位或密钥不一致。", "unit or key of the founding do not agree."))
    first = Enrolment(
        name=statement.actor, role=Role.ADMINISTRATOR, public_key=found.public_key, keyid=statement.keyid,
        exception="", by=statement.actor, since=1, until=None,
    )  # fmt: skip
    return Roster(unit=found.unit, chain=found.chain, genesis_key=statement.keyid, enrolments=(first,))


def after(roster: Roster, statement: Statement) -> Roster:
    """The roster after one more roster act; raises NotAllowedError naming what is missing."""
    if not roster.holds(statement.actor, Role.ADMINISTRATOR, statement.keyid):
        who = "、".join(roster.holders(Role.ADMINISTRATOR))
        raise NotAllowedError(
            tr(
                f"名册只能由管理员更改（现为：{who}）。",
                f"only an administrator changes the roster (now: {who}).",
            )
        )
    if isinstance(statement.act, Enrol):
        return _enrolled(roster, statement, statement.act)
    if isinstance(statement.act, Revoke):
        return _revoked(roster, statement, statement.act)
    if isinstance(statement.act, Adopt):
        return _adopted(roster, statement, statement.act)
    raise NotAllowedError(tr("台账只能建一次。", "a ledger is founded only once."))


def _adopted(roster: Roster, statement: Statement, act: Adopt) -> Roster:
    required_sentence(act.reason, tr("改用审批链的理由", "the reason for another chain"))
    _check_sound(act.chain)
    if statement.subject != roster.unit:
        raise NotAllowedError(tr("单位名称不一致。", "the unit's name does not agree."))
    if not act.chain.title:
        raise NotAllowedError(tr("审批链没有名称（title）。", "the chain has no title."))
    if act.chain == roster.chain:
        raise NotAllowedError(
            tr(f"现行的就是审批链 {act.chain.name}，没有变化。", f"chain {act.chain.name} is in force already.")
        )
    return replace(roster, chain=act.chain)


def _enrolled(roster: Roster, statement: Statement, act: Enrol) -> Roster:
    _check_spelling(act.name, act.public_key)
    keyid = fingerprint(act.public_key)
    if statement.subject != act.name:
        raise NotAllowedError(tr("登记的姓名不一致。", "the enrolled name does not agree."))
    for other in roster.enrolments:
        if other.keyid == keyid and other.name != act.name:
            raise NotAllowedError(
                tr(
                    f"这把公钥属于{other.name}；每人一把密钥，请{act.name}自己运行 reviewer key new。",
                    f"this key belongs to {other.name}; one key per person: have {act.name} run reviewer key new.",
                )
            )
    _check_roles(roster.active(act.name), act, keyid)
    new = Enrolment(
        name=act.name, role=act.role, public_key=act.public_key, keyid=keyid,
        exception=act.exception, by=statement.actor, since=statement.seq, until=None,
    )  # fmt: skip
    return replace(roster, enrolments=(*roster.enrolments, new))


def _check_roles(held: tuple[Enrolment, ...], act: Enrol, keyid: str) -> None:
    """One role per person, unless a reason is on record; never two keys at once."""
    check_sentence(act.exception, tr("角色合并理由", "the reason for merging roles"))
    if any(one.role is act.role for one in held):
        raise NotAllowedError(tr(f"{act.name}已是{act.role.label}。", f"{act.name} already is {act.role.label}."))
    if any(one.keyid != keyid for one in held):
        raise NotAllowedError(
            tr(
                f"{act.name}已用另一把密钥登记。换密钥：先 reviewer roster revoke {act.name}，再登记。",
                f"{act.name} is enrolled with another key. To change it: reviewer roster revoke {act.name}, then add.",
            )
        )
    if held and not act.exception.strip():
        roles = "、".join(one.role.label for one in held)
        raise NotAllowedError(
            tr(
                f"{act.name}已是{roles}。确需一人多岗时，用 --exception 写明理由；同一件仍须分人办理。",
                f"{act.name} already is {roles}. If one person must hold several roles, give --exception REASON; one "
                "case still needs different persons.",
            )
        )


def _revoked(roster: Roster, statement: Statement, act: Revoke) -> Roster:
    required_sentence(act.reason, tr("撤销理由", "the reason"))
    if statement.subject != act.name or not roster.active(act.name):
        raise NotAllowedError(tr(f"名册上没有在岗的{act.name}。", f"{act.name} is not on the roster now."))
    if roster.holders(Role.ADMINISTRATOR) == (act.name,):
        raise NotAllowedError(
            tr(
                "最后一名管理员不能撤销；先登记接任的管理员。",
                "the last administrator stays; enrol a successor first.",
            )
        )
    return replace(
        roster,
        enrolments=tuple(
            replace(one, until=statement.seq) if one.name == act.name and one.until is None else one
            for one in roster.enrolments
        ),
    )


def _check_spelling(name: str, public_key: str) -> None:
    """Names and keys in a ledger stand in their only spelling; two spellings would be two persons."""
    try:
        spelled = person_name(name) == name and parse_public_key(public_key) == public_key
    except (UsageError, ConfigurationError) as error:
        raise NotAllowedError(str(error)) from error
    if not spelled:
        raise NotAllowedError(tr("姓名或公钥写法不规范。", "name or key is not in its proper spelling."))


def _check_sound(chain: Chain) -> None:
    try:
        check_chain(chain)
    except ConfigurationError as error:
        raise NotAllowedError(str(error)) from error
