"""Whether a version may rest on an approval: it stands, and what is carried follows from the digests. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Approve, Settled, Submit
from reviewer.signoff.case import CaseState
from reviewer.signoff.duty import check_age, check_signoffs
from reviewer.signoff.entry import Statement
from reviewer.signoff.passages import apart
from reviewer.signoff.roster import Roster
from reviewer.signoff.screening import Screening
from reviewer.signoff.succession import Succession, carried_findings, compared_files
from reviewer.signoff.vocabulary import Status
from reviewer.terms import Ruling


def succession(approved: CaseState, found: Screening, places: Sequence[Sequence[str]]) -> Succession:
    """What a new version carries from a case. `places`: those of the passages of each file of `found`, in its order.

    Raises NotAllowedError where the case keeps no digests, or other ones than this machine can make.
    """
    before = approved.submitted.screening
    if before.passages is None or before.passages != found.passages:
        raise _incomparable(approved.number)
    files = compared_files(before, found, places)
    followed = {one.of for one in files}
    return Succession(
        case=approved.number,
        package=approved.package,
        approval=_approval(approved).hash,
        approved=_approval(approved).time,
        files=files,
        findings=carried_findings(before, found, let_pass(approved)),
        dropped=tuple(file.name for file in before.files if file.name not in followed),
    )


def taken_over(approved: CaseState, findings: Iterable[str]) -> tuple[Settled, ...]:
    """The rulings of the approved case on these findings, as proposals for the new one, each with where it was made."""
    rulings = [ruling for one in findings if (ruling := approved.ruling(one)) is not None]
    return tuple(replace(one, carried=one.carried or approved.number) for one in rulings)


def adopted(act: Submit, settled: Iterable[Settled]) -> tuple[Settled, ...]:
    """A reviewer's own rulings, and those carried from the approval on whatever they leave open."""
    own = tuple(settled)
    ruled = {one.fingerprint for one in own}
    return (*own, *(one for one in act.proposed if one.carried and one.fingerprint not in ruled))


def check_claims(act: Submit) -> None:
    """Raises NotAllowedError for a carried ruling outside of the findings carried, as far as the act alone tells."""
    carried = {one.fingerprint for one in act.proposed if one.carried}
    stated = set(act.succeeds.findings) if act.succeeds else set()
    if carried != stated or len(act.proposed) != len({one.fingerprint for one in act.proposed}):
        raise NotAllowedError(
            tr(
                "沿用的裁定与所列的发现不符。",
                "the rulings carried are not on the findings that are said to be carried.",
            )
        )


def check_adopted(act: Submit, settled: Iterable[Settled]) -> None:
    """Raises NotAllowedError for a ruling said to be carried that the submission does not carry."""
    if not {one for one in settled if one.carried} <= set(act.proposed):
        raise NotAllowedError(tr("本件没有沿用这样的裁定。", "this version carries no such ruling."))


def check_succession(approved: CaseState | None, statement: Statement, act: Submit, roster: Roster) -> None:
    """Raises NotAllowedError unless the approval stands at that moment and exactly that is carried from it."""
    said = act.succeeds
    assert said is not None
    if approved is None:
        raise NotAllowedError(tr(f"没有 {said.case} 这一件。", f"there is no case {said.case}."))
    check_stands(approved, statement.at, roster)
    if approved.submitted.channel is not act.channel:
        raise NotAllowedError(
            tr(
                f"{said.case} 是按渠道“{approved.submitted.channel.zh}”批准的，换渠道不能沿用；整份重新送审。",
                f"{said.case} was approved for “{approved.submitted.channel.en}”; another channel is reviewed anew.",
            )
        )
    own = succession(approved, act.screening, [[""] * len(apart(one.passages)) for one in act.screening.files])
    told = replace(said, files=tuple(replace(one, eyes=()) for one in said.files))
    if told != replace(own, files=tuple(replace(one, eyes=()) for one in own.files)):
        raise NotAllowedError(
            tr(
                f"所称沿用的内容与 {said.case} 的段落指纹不符；请重新送审。",
                f"what is said to be carried is not what the digests of {said.case} come to; submit again.",
            )
        )
    if {one for one in act.proposed if one.carried} != set(taken_over(approved, said.findings)):
        raise NotAllowedError(
            tr(f"沿用的裁定与 {said.case} 的不符。", f"the rulings carried are not those of {said.case}.")
        )


def check_stands(state: CaseState, now: datetime, roster: Roster) -> None:
    """As for a publication: an approval that has lapsed, fallen or been taken back carries nothing."""
    if state.on_line and Status.PUBLISHED in (state.status, state.filed_from):
        return
    if state.status is not Status.APPROVED:
        raise _not_approved(state)
    check_signoffs(state, roster)
    check_age(state, now)


def _approval(state: CaseState) -> Statement:
    found = next((one for one in reversed(state.history) if isinstance(one.act, Approve)), None)
    if found is None:
        raise _not_approved(state)
    return found


def let_pass(state: CaseState) -> frozenset[str]:
    """The findings of a case that a ruling let pass."""
    rulings = ((one, state.ruling(one)) for one in state.asking)
    return frozenset(one for one, ruling in rulings if ruling and ruling.ruling is not Ruling.CONFIRMED)


def _not_approved(state: CaseState) -> NotAllowedError:
    return NotAllowedError(
        tr(
            f"{state.number} 现为“{state.status.label}”，没有有效的批准可以沿用；整份送审（去掉 --succeeds）。",
            f"{state.number} is {state.status.label}: no approval to rest on. Submit without --succeeds.",
        )
    )


def _incomparable(number: str) -> NotAllowedError:
    return NotAllowedError(
        tr(
            f"{number} 没有可以比对的段落指纹（送审时的版本没有，或用的是另一把段落密钥 REVIEWER_PASSAGE_KEY）；"
            "取得同一把密钥，或整份送审（去掉 --succeeds）。",
            f"{number} has no digests of passages that can be compared (none were made, or under another key, "
            "REVIEWER_PASSAGE_KEY); get that key, or submit the whole without --succeeds.",
        )
    )
