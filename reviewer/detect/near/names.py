"""Names of persons that were read as such and not told: who they are taken for, and what is not said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.near.miss import Miss
from reviewer.detect.near.wording import quote
from reviewer.detect.privacy.declined import asked
from reviewer.detect.privacy.naming import LINKED
from reviewer.detect.privacy.sought import NAME, Identifier
from reviewer.detect.privacy.spared import Ground, Spared
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule

_MOST = 4  # names of one place that are told of
_GROUNDS = {
    Ground.OFFICIAL_ELSEWHERE: (
        "全文另一处写明此人以公职或职务身份出现，姓名依法可以公开",
        "elsewhere the text says that the person acts for an office: the name may be public",
    ),
    Ground.PUBLIC: (
        "说的是历史、文艺作品或公开活动里的人，不作私事处理",
        "a person of history, of a work of letters or of public life",
    ),
    Ground.FAINT: (
        "像是姓名，但上下文不足以认定；旁边写有私事时才按姓名处理",
        "it may be a name, but nothing around says so; it counts where something private is told beside it",
    ),
    Ground.FALSE: ("文中注明是化名", "the text calls it a false name"),
    Ground.MASKED: ("姓名已经隐去", "the name is masked"),
    Ground.OTHERS: (
        "同一条记录里虽有个人信息，但没有文字把它和这个姓名连在一起",
        "the record has particulars, but nothing links them with this name",
    ),
    Ground.UNLIKELY: (
        "同一处写有个人信息，但学得的评分认为说的不是此人的私事",
        "particulars stand beside it, but the learned scorer holds that nothing private is told of this person",
    ),
    Ground.ALONE: (
        "没有文字说明此人的身份，同一条记录里也没有证件号、电话、住址、病情等个人信息；单独的姓名可以公开",
        "no word says who it is, and the record has no number, address or illness: a name alone may be public",
    ),
}


def near_names(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    """Under the rule of linked names: of each name at the place, why it was not told."""
    rule = next((r for r in rules if cast(Identifier, r.match).validator == NAME and r.type == LINKED), None)
    if rule is None:
        return
    found = list(asked(reading).spared(place))[:_MOST]
    if not found:
        return
    reasons = [_reason(one) for one in found]
    if len(found) > 1:
        reasons = [
            tr(f"此处第 {number} 个姓名：{reason}", f"name {number} here: {reason}")
            for number, reason in enumerate(reasons, 1)
        ]
    yield Miss(rule=rule, stood=(), lacking=tr("；", "; ").join(reasons), distance=1)


def _reason(one: Spared) -> str:
    said = quote(one.word) if one.word else ""
    if one.ground is Ground.OFFICIAL:
        how = tr(f"（{said}）", f" ({said})") if said else ""
        return tr(
            f"按公职、职务或公开身份出现{how}，姓名依法可以公开", f"acts for an office or in public{how}: may be public"
        )
    if one.ground is Ground.COLUMN:
        return tr(f"写在{said}一栏，该栏不是个人姓名", f"stands in the column {said}, which holds no persons")
    if one.ground is Ground.LISTED:
        return tr(
            f"写在{said}一栏，同一行没有证件号、电话、住址、病情等个人信息；名单上单独的姓名可以公开",
            f"stands in the column {said}, and the row has no number, address, illness or the like: it may be public",
        )
    if one.ground is Ground.ROLE:
        return tr(
            f"身份是{said}，但同一条记录里没有证件号、电话、住址、病情等个人信息；单独的姓名可以公开",
            f"is called {said}, but the record has no number, address, illness or the like: a name alone may be public",
        )
    return tr(*_GROUNDS[one.ground])
