"""Who may do what in a unit: the roster, as the ledger's own entries tell it. Pure: no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reviewer.errors import ConfigurationError, NotAllowedError, UsageError
from reviewer.language import tr
from reviewer.signoff.act import Adopt, Enrol, Found, Revoke
from reviewer.signoff.chain import Chain, check_chain
from reviewer.signoff.codec import later
from reviewer.signoff.entry import Statement
from reviewer.signoff.keys import fingerprint, parse_public_key
from reviewer.signoff.mandate import check_deputy, check_term, covers
from reviewer.signoff.moment import day_of
from reviewer.signoff.vocabulary import Role
from reviewer.signoff.wording import check_sentence, person_name, required_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A person in a role, from entry `since` to entry `until` (None while it lasts), and what `Enrol` said of it."""

    name: str
    role: Role
    public_key: str
    keyid: str
    exception: str
    by: str
    since: int
    until: int | None
    unit: str = later("")
    begins: str = later("")
    ends: str = later("")
    deputy_for: str = later("")
    mandate: str = later("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The unit, its chain, the fingerprint of its first administrator's key, and every enrolment there ever was.

    `day` is the day for which it is asked who may do what; empty, and terms are not looked at.
    """

    unit: str
    chain: Chain
    genesis_key: str
    enrolments: tuple[Enrolment, ...]
    day: str = ""
    _active: dict[str, tuple[Enrolment, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """By name, once: every entry of a ledger asks several times who may do what."""
        active: dict[str, tuple[Enrolment, ...]] = {}
        for one in self.enrolments:
            if self._lasts(one):
                active[one.name] = (*active.get(one.name, ()), one)
        object.__setattr__(self, "_active", active)

    def on(self, day: str) -> Roster:
        """The roster as it holds on that day: without whoever's term has not begun or has ended."""
        return self.dated(day) if any(one.begins or one.ends for one in self.enrolments) else self

    def dated(self, day: str) -> Roster:
        """The same, with the day on it whether or not a term is on record: what has lapsed by then is told, too."""
        return replace(self, day=day)

    def _lasts(self, one: Enrolment) -> bool:
        return one.until is None and (not self.day or covers(one, self.day))

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
        return tuple(dict.fromkeys(one.name for one in self.enrolments if one.role is role and self._lasts(one)))

    def stands_for(self, name: str, role: Role) -> tuple[str, ...]:
        """The person, and whoever's role it is that they exercise as a deputy: what binds the one binds the other."""
        held = [one.deputy_for for one in self.active(name) if one.role is role]
        return (name,) if "" in held else (name, *held)

    def granted(self, said: Statement, role: Role) -> tuple[Enrolment, ...]:
        """What gave that person that role when they said it."""
        return tuple(
            one
            for one in self.enrolments
            if (one.name, one.role) == (said.actor, role)
            and one.since < said.seq < (one.until or said.seq + 1)
            and covers(one, day_of(said.time))
        )

    @property
    def exceptions(self) -> tuple[Enrolment, ...]:
        """The enrolments that merged roles in one person (角色合并): they are printed and counted."""
        return tuple(one for one in self.enrolments if one.exception)

    @property
    def deputies(self) -> tuple[Enrolment, ...]:
        """The enrolments by delegation: they are printed, with whose they are and their mandate."""
        return tuple(one for one in self.enrolments if one.deputy_for)


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
    day = day_of(statement.time)
    check_term(act, day)
    _check_key(roster.active(act.name), act, keyid)
    _check_roles(tuple(one for one in roster.active(act.name) if not one.ends or one.ends >= day), act)
    check_deputy(act, roster.on(day).active(act.deputy_for))
    new = Enrolment(
        name=act.name, role=act.role, public_key=act.public_key, keyid=keyid,
        exception=act.exception, by=statement.actor, since=statement.seq, until=None,
        unit=act.unit, begins=act.begins, ends=act.ends, deputy_for=act.deputy_for, mandate=act.mandate,
    )  # fmt: skip
    return replace(roster, enrolments=(*roster.enrolments, new))


def _check_key(held: tuple[Enrolment, ...], act: Enrol, keyid: str) -> None:
    """Never two keys at once, whatever became of the term in which the first was used."""
    if any(one.keyid != keyid for one in held):
        raise NotAllowedError(
            tr(
                f"{act.name}已用另一把密钥登记。换密钥：先 reviewer roster revoke {act.name}，再登记。",
                f"{act.name} is enrolled with another key. To change it: reviewer roster revoke {act.name}, then add.",
            )
        )


def _check_roles(held: tuple[Enrolment, ...], act: Enrol) -> None:
    """One role per person, unless a reason is on record; a delegation is a reason of its own."""
    check_sentence(act.exception, tr("角色合并理由", "the reason for merging roles"))
    if any(one.role is act.role for one in held):
        raise NotAllowedError(tr(f"{act.name}已是{act.role.label}。", f"{act.name} already is {act.role.label}."))
    held = tuple(one for one in held if not one.deputy_for)
    if held and not act.exception.strip() and not act.deputy_for:
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
    if act.deputy_for:
        return _undelegated(roster, statement, act)
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
            replace(one, until=statement.seq) if one.until is None and act.name in (one.name, one.deputy_for) else one
            for one in roster.enrolments
        ),
    )


def _undelegated(roster: Roster, statement: Statement, act: Revoke) -> Roster:
    ended = tuple(one for one in roster.active(act.name) if one.deputy_for == act.deputy_for)
    if not ended:
        raise NotAllowedError(
            tr(f"{act.name}没有代理{act.deputy_for}。", f"{act.name} is no deputy of {act.deputy_for}.")
        )
    return replace(
        roster,
        enrolments=tuple(replace(one, until=statement.seq) if one in ended else one for one in roster.enrolments),
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
