"""The flow chart of a chain (流程图) as data: its stations in order, what is done at each, and when it is passed by."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.language import tr
from reviewer.signoff.chain import Chain, Hop, When, situations
from reviewer.signoff.vocabulary import Opinion, Role
from reviewer.terms import Category, Severity

_SEVERITY = {
    Severity.LOW: ("低", "low"),
    Severity.MEDIUM: ("中", "medium"),
    Severity.HIGH: ("高", "high"),
    Severity.CRITICAL: ("极高", "critical"),
}
_CATEGORY = {
    Category.STATE_SECRET: ("国家秘密", "state secrets"),
    Category.WORK_SECRET: ("工作秘密", "work secrets"),
    Category.TRADE_SECRET: ("商业秘密", "trade secrets"),
    Category.PERSONAL_PRIVACY: ("个人隐私", "personal privacy"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One box of the chart. `when` are the situations, one of which is needed; without any it is always passed.

    `returns`: it may send the package back to whoever submitted.
    """

    label: str
    does: tuple[str, ...]
    when: tuple[str, ...] = ()
    returns: bool = False


def stations(chain: Chain) -> tuple[Station, ...]:
    """From whoever submits to whoever publishes."""
    first = Station(
        label=chain.submitter.label,
        does=(tr("送审：筛查全部文件，冻结字节", "submits: every file is screened, its bytes are frozen"),),
    )
    last = Station(
        label=Role.PUBLISHER.label,
        does=(
            tr(
                f"发布：批准后 {chain.approval_ttl_days} 天内，逐字节一致，限批准的渠道",
                f"publishes within {chain.approval_ttl_days} days: the same bytes, the approved channel",
            ),
        ),
    )
    return (first, *(_station(chain, hop) for hop in chain.hops), last)


def limits(chain: Chain) -> str:
    """The clocks of the chain in one line."""
    return tr(
        f"审查 {chain.review_days} 个工作日，急件 {chain.urgent_days} 个；商请 {chain.consult_days} 个工作日，"
        f"商请期间不计时；逾期{chain.on_timeout.zh}",
        f"review {chain.review_days} working days, urgent {chain.urgent_days}; answers {chain.consult_days}, "
        f"during which the clock stands; when late: {chain.on_timeout.en}",
    )


def fixed_rules() -> tuple[str, ...]:
    """What holds in every chain, whatever an office writes."""
    return (
        tr("送审、审批、发布各为一人一钥，发布人不审", "one person and key per duty; the publisher reviews nothing"),
        tr("不批自己的稿件，不批自己作出的例外", "nobody approves the own draft or the own exemption"),
        tr("逾期、未答复一律不视为同意", "silence is never consent"),
        tr("改一个字节，全部重新审批", "one changed byte, and everything is signed anew"),
    )


def mergers(chain: Chain) -> tuple[str, ...]:
    """The recorded exceptions."""
    told = ((tr("、", ", ").join(role.label for role in merger.roles), merger.reason) for merger in chain.merged)
    return tuple(tr(f"角色合并：{roles}（{reason}）", f"merged roles: {roles} ({reason})") for roles, reason in told)


def condition(station: Station) -> tuple[str, ...]:
    """When a station is passed, line by line; nothing for one that always is."""
    if len(station.when) == 1:
        return (tr("仅当：", "only when: ") + station.when[0],)
    if station.when:
        return (tr("有下列情形之一才经过：", "only in one of these situations:"), *(f"· {one}" for one in station.when))
    return ()


def _station(chain: Chain, hop: Hop) -> Station:
    ends, passes = False, False
    for facts in situations(chain):
        due = chain.due(facts)
        if hop.role in due:
            ends = ends or due[-1] is hop.role
            passes = passes or due[-1] is not hop.role
    does = []
    if passes:
        said = tr("、", ", ").join(opinion.label for opinion in hop.opinions)
        does.append(tr("审核：", "reviews: ") + said)
    if ends:
        signs = tr("签批", "signs")
        does.append(signs if not passes else tr("后面各级不经过时由其签批", "signs where no later station is due"))
    return Station(label=hop.label, does=tuple(does), when=tuple(worded(when) for when in hop.when), returns=True)


def back(chain: Chain) -> str:
    """What a station may do instead of sending the package on."""
    others = (Opinion.RETURN, Opinion.DEFER, Opinion.ON_REQUEST, Opinion.REFUSE)
    told = tr("各级还可以：", "every station may also: ") + tr("、", ", ").join(one.label for one in others)
    if any(hop.when for hop in chain.hops):
        told += tr("；认为须再经上级的，报审（submit_up）", "; send it higher (submit_up)")
    return told + tr("；没有把握的商请，书面答复前不动", "; in doubt it asks, and waits for the answer")


def worded(when: When) -> str:
    """The situation in words."""
    told = []
    if when.severity is not None:
        zh, en = _SEVERITY[when.severity]
        told.append(tr(f"有严重程度为“{zh}”以上的发现项", f"a finding of severity {en} or above"))
    if when.category:
        names = [_CATEGORY[one] for one in when.category]
        told.append(tr("疑似涉及" + "、".join(zh for zh, _ in names), "suspected " + ", ".join(en for _, en in names)))
    for asked, zh, en in (
        (when.channel, "渠道为", "channel "),
        (when.origin, "来源为", "origin "),
        (when.attribute, "属性为", "attribute "),
    ):
        if asked:
            told.append(tr(zh, en) + tr("、", ", ").join(one.label for one in asked))
    for flag, zh, en in (
        (when.important, "标为重要、敏感", "marked important"),
        (when.unread, "有未能读取的部分", "a part was not read"),
        (when.exempted, "有事先作出的例外", "a finding was set aside beforehand"),
    ):
        if flag:
            told.append(tr(zh, en))
    return tr("，且", ", and ").join(told)
