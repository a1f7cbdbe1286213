"""Makes a redacted copy and proves it: screened again, searched by a second reader, compared with the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer.errors import RedactionError
from reviewer.extract import Source
from reviewer.judge import decide
from reviewer.language import tr
from reviewer.redact import redact
from reviewer.redact.certificate import Certificate
from reviewer.redact.columns import Column, Uncut, cut, moved
from reviewer.redact.edit import Burned, Cleaned, Copy, Edit, pieces, written
from reviewer.redact.looks import Look, undecided
from reviewer.redact.masks import How, Masking
from reviewer.redact.ooxml.handwriting import without_handwriting
from reviewer.redact.operation import Operation
from reviewer.redact.plan import Plan, columns_to_cut, made_whole, plan
from reviewer.redact.reading import differing_place, edited, visible
from reviewer.redact.search import left_over
from reviewer.redact.spellings import plainly
from reviewer.screen.screener import Screener
from reviewer.terms import Action, Decision, Document, Finding, Review

_MOST_ROUNDS = 3
_LONG = 15
_JOINED = "personal-privacy/joined-mask"  # a mask that at most a hundred persons fit, once all beside it is joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A copy that is proved: its bytes, its own review, which is clear, and the certificate."""

    data: bytes
    review: Review
    certificate: Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    data: bytes
    review: Review
    plan: Plan
    cleaned: tuple[Cleaned, ...]
    burned: tuple[Burned, ...]
    method: str


def redacted(screener: Screener, source: Source, review: Review, wanted: Plan, masks: Masking) -> Redaction:
    """The proved copy under a plan. Raises RedactionError naming what stands in the way.

    A mask that still tells too much is found when the copy is screened: that place is then withheld altogether, and
    the copy made anew; what a person's plan keeps stays, and is named.
    """
    _refuse_what_people_must_decide(source, wanted)
    wanted = made_whole(review.document, wanted)
    rounds = [_copied(screener, source, review, wanted)]
    while len(rounds) < _MOST_ROUNDS and (stricter := _stricter(rounds[-1].review, wanted, review, masks)):
        last = rounds[-1]
        rounds.append(_copied(screener, replace(source, data=last.data), last.review, stricter))
    last = rounds[-1]
    _refuse_what_is_left(source, last.review, wanted.looks)
    return Redaction(data=last.data, review=last.review, certificate=_certificate(screener, review, rounds))


def _copied(screener: Screener, source: Source, review: Review, wanted: Plan) -> _Round:
    """One copy, searched and compared, and its review."""
    document = review.document
    ink = {look.place for look in wanted.looks if look.is_ink and look.how is How.REMOVE}
    data = without_handwriting(source.data, ink, source.path) if ink else source.data
    copy = redact(data, document, wanted.edits)
    again = screener.review(replace(source, data=copy.data))
    expected = edited(document, _made(wanted, copy))
    place = differing_place(expected, again.document)
    if place is not None:
        raise RedactionError(
            tr(
                f"{source.path}：副本在 {place} 处与原件不一致，未写出。请手工修改该处后再试",
                f"{source.path}: the copy differs from the original at {place}; nothing was written",
            )
        )
    left = left_over(copy.data, removed_values(document, wanted), visible(expected))
    if left:
        raise RedactionError(
            tr(
                f"{source.path}：副本的字节里仍能找到 {len(left)} 个已删去的值，未写出。请另存一份后再试，或手工修改",
                f"{source.path}: {len(left)} removed value(s) are still in the copy's bytes; nothing was written",
            )
        )
    made = _Round(
        data=copy.data, review=again, plan=wanted, cleaned=copy.cleaned, burned=copy.burned, method=copy.method
    )
    columns = columns_to_cut(document, wanted)
    return _narrowed(screener, source, document, made, columns) if columns else made


def _made(wanted: Plan, copy: Copy) -> list[Edit]:
    """The edits as they were made: a format may show no masks, and in a picture a whole line may have gone."""
    asked = wanted.edits if copy.shows_masks else [replace(edit, mask="") for edit in wanted.edits]
    return [*asked, *(edit for one in copy.burned for edit in one.edits)]


def _narrowed(
    screener: Screener, source: Source, original: Document, emptied: _Round, columns: frozenset[Column]
) -> _Round:
    """The copy without its emptied columns, if it can be shown that nothing but them has gone; else the emptied one.

    Shown is: the same visible text; every cell of the tables where the missing columns let it move to; nothing that
    was removed in the new bytes; a verdict no worse.
    """
    before = emptied.review
    try:
        data = cut(emptied.data, original.media_type, columns)
    except Uncut as why:
        return _stays(emptied, columns, str(why))
    again = screener.review(replace(source, data=data))
    shown = (
        visible(again.document) == visible(before.document)
        and moved(before.document, columns) == moved(again.document, ())
        and again.verdict.decision <= before.verdict.decision
        and not left_over(data, removed_values(original, emptied.plan), visible(before.document))
    )
    if not shown:
        return _stays(emptied, columns, tr("删列后与原件对不上", "not as the original after the cut"))
    told = Cleaned(what=tr("整列删去", "columns deleted"), count=len(columns))
    return replace(emptied, data=data, review=again, cleaned=(*emptied.cleaned, told))


def _stays(emptied: _Round, columns: frozenset[Column], why: str) -> _Round:
    what = tr(f"列只清空、未删去（{why}）", f"columns emptied, not deleted ({why})")
    return replace(emptied, cleaned=(*emptied.cleaned, Cleaned(what=what, count=len(columns))))


def removed_values(document: Document, wanted: Plan) -> list[str]:
    """What must be found nowhere in the copy: each edited text, line by line.

    Of a passage that was merely concealed, only what is long: its data have operations of their own, and words such as
    “number” stand in any file.
    """
    done = [one for one in wanted.operations if one.how not in (How.KEEP, How.PERSON)]
    return [
        value
        for one in done
        for line in document.text[one.start : one.end].splitlines()
        for value in {line: 0, plainly(line): 0}
        if len(line) >= _LONG or not one.rule.startswith("concealed/")
    ]


def _stricter(copy: Review, wanted: Plan, original: Review, masks: Masking) -> Plan | None:
    """What must still be done to a copy; None when nothing must, or nothing can be done by a machine."""
    weak = _with_weak_masks(copy, {one.mask for one in wanted.operations})
    asking = [f for f in weak.verdict.findings if f.action is not Action.NOTE]
    kept = {original.document.text[o.start : o.end] for o in wanted.operations if o.how is How.KEEP}
    if not asking or any(_text(copy, finding) in kept for finding in asking):
        return None
    proposed = plan(weak, masks, {}, strict=True)
    return None if proposed.for_people or not proposed.operations else proposed


def _with_weak_masks(copy: Review, masks: set[str]) -> Review:
    """The review in which our own masks that few persons fit, with what stands beside them, ask to be masked."""
    findings = tuple(
        replace(f, action=Action.MASK) if f.rule.id == _JOINED and _text(copy, f) in masks else f
        for f in copy.verdict.findings
    )
    return replace(copy, verdict=replace(copy.verdict, findings=findings))


def _refuse_what_people_must_decide(source: Source, wanted: Plan) -> None:
    if wanted.for_people:
        places = list(dict.fromkeys(one.place for one in wanted.for_people))
        zh, en = "、".join(places[:5]), ", ".join(places[:5])
        raise RedactionError(
            tr(
                f"{source.path}：{zh} 须由人判断，遮盖不能解决。先按 reviewer screen 的提示处理，或在计划里写明",
                f"{source.path}: {en}: people must decide; see `reviewer screen`, or say what to do with --plan",
            )
        )


def _refuse_what_is_left(source: Source, copy: Review, looks: Sequence[Look]) -> None:
    """What a person has looked at and kept is not in the way; it stands in the certificate."""
    gaps = undecided(copy.verdict.gaps, looks)
    if decide(copy.verdict.findings, gaps) is Decision.CLEAR:
        return
    asking = [f for f in copy.verdict.findings if f.action is not Action.NOTE]
    places = list(dict.fromkeys(f"{copy.document.segments[f.span.segment].place}（{f.type}）" for f in asking))
    places += [f"{gap.place}（{gap.reason}）" for gap in gaps]
    can_be_seen = any(look.how is How.PERSON for look in looks) and bool(gaps)
    seen_zh = "。看过的图片和墨迹，在计划的 looks 里写 keep 或 remove" if can_be_seen else ""
    seen_en = "; what a person has looked at is kept or removed under `looks` in the plan" if can_be_seen else ""
    zh, en = "；".join(places[:5]), "; ".join(places[:5])
    raise RedactionError(
        tr(
            f"{source.path}：副本再次筛查仍有 {len(places)} 处，未写出：{zh}{seen_zh}",
            f"{source.path}: the copy is not clear, nothing was written: {en}{seen_en}",
        )
    )


def _certificate(screener: Screener, before: Review, rounds: list[_Round]) -> Certificate:
    operations: list[Operation] = [one for made in rounds for one in made.plan.operations]
    cleaned: Mapping[str, int] = {one.what: one.count for made in reversed(rounds) for one in made.cleaned}
    return Certificate(
        before=before.document,
        after=rounds[-1].review.document,
        operations=tuple(_without_old_names(before.document, rounds[0].plan, operations)),
        cleaned=tuple(Cleaned(what=what, count=count) for what, count in cleaned.items()),
        burned=_together(one for made in rounds for one in made.burned),
        looks=rounds[0].plan.looks,
        method=rounds[-1].method,
        rounds=len(rounds),
        engine=screener.engine,
        today=screener.today,
        scenario=before.scenario.id if before.scenario else "",
    )


def _together(burned: Iterable[Burned]) -> tuple[Burned, ...]:
    """What several rounds burned into one picture, as one."""
    by_part: dict[str, Burned] = {}
    for one in burned:
        before = by_part.get(one.part)
        by_part[one.part] = one if before is None else replace(before, count=before.count + one.count)
    return tuple(by_part.values())


def _without_old_names(document: Document, wanted: Plan, operations: list[Operation]) -> Iterator[Operation]:
    """A place is told by the sheet's new name: the old one is what was taken out."""
    changes = pieces(document, wanted.edits)
    renamed = {
        segment.text: written(segment.text, changes[index])
        for index, segment in enumerate(document.segments)
        if index in changes and segment.place.startswith("工作表名")
    }
    for one in operations:
        old = next((name for name in renamed if one.place.startswith((f"{name}!", f"{name} "))), None)
        yield one if old is None else replace(one, place=renamed[old] + one.place[len(old) :])


def _text(review: Review, finding: Finding) -> str:
    return review.document.text[finding.span.start : finding.span.end]
