"""The plan of one copy: an operation for each finding, which a person may read, change and hand back."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reviewer.errors import RedactionError, UsageError
from reviewer.language import tr
from reviewer.redact.columns import Column
from reviewer.redact.edit import Edit
from reviewer.redact.looks import Look, decided, looks
from reviewer.redact.masks import COLUMNS, STARS, WITHHELD, WITHHELD_TRADITIONAL, How, Masking, mask, room
from reviewer.redact.operation import Operation
from reviewer.redact.repeated import elsewhere, is_within, turned
from reviewer.report.masking import Reveal, shown
from reviewer.strict import Table
from reviewer.terms import Action, Category, DetectorKind, Document, Finding, Part, Review, Segment
from reviewer.text.traditional import SIMPLIFIED, TRADITIONAL

SCHEMA = "reviewer.redaction-plan/1"
_NAMES = frozenset({"name_linked", "victim_identity", "petitioner_identity", "whistleblower_identity"})
_CHUNK = re.compile(r"插入块\d+(?=!)")
_SHEET_NAME = "工作表名"
_NOT_IN_SHEET_NAMES = frozenset("[]:*?/\\")  # ECMA-376-1, 18.2.19 leaves it to programs; Excel refuses these
_TRADITIONAL, _SIMPLIFIED = frozenset(TRADITIONAL), frozenset(SIMPLIFIED)
_COLUMN = re.compile(r"列“([^”]{1,40})”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The operations for one file of exact bytes, in the order of its text."""

    path: str
    sha256: str
    media_type: str
    scenario: str
    operations: tuple[Operation, ...]
    looks: tuple[Look, ...] = ()

    @property
    def edits(self) -> list[Edit]:
        return [
            Edit(start=one.start, end=one.end, mask=one.mask)
            for one in self.operations
            if one.how not in (How.KEEP, How.PERSON)
        ]

    @property
    def for_people(self) -> tuple[Operation, ...]:
        return tuple(one for one in self.operations if one.how is How.PERSON)

    def json(self) -> dict[str, Any]:
        """The form that a person edits: `how` and `mask` of each operation, `how` of each look are theirs to change."""
        return {
            "schema": SCHEMA,
            "document": {"path": self.path, "sha256": self.sha256, "media_type": self.media_type},
            "scenario": self.scenario,
            "operations": [_row(number, one) for number, one in enumerate(self.operations, 1)],
            "looks": [look.json() for look in self.looks],
        }


def _row(number: int, one: Operation) -> dict[str, Any]:
    return {
        "number": number,
        "place": one.place,
        "hidden": one.hidden,
        "type": one.type,
        "rule": one.rule,
        "text": one.outline,
        "how": one.how.value,
        "mask": one.mask,
        "basis": list(one.basis),
        "start": one.start,
        "end": one.end,
    }


def plan(review: Review, masks: Masking, names: Mapping[str, str], *, strict: bool = False) -> Plan:
    """What the machine proposes. `strict`: nothing of a datum stays, for copies whose masks told too much.

    What may stay when its neighbours have gone is left alone, but for `strict`: then they did not go.
    """
    document = review.document
    scenario = review.scenario.id if review.scenario else ""
    asking = [f for f in review.verdict.findings if f.action is not Action.NOTE and not _follows(f, strict=strict)]
    proposed = [_operation(document, f, masks, scenario, names, strict=strict) for f in asking]
    more = (*_headers(document, asking, proposed), *elsewhere(document, proposed), *turned(document, proposed))
    withheld = _withheld(document.text)
    whole = sorted((_fitting(one, withheld) for one in (*proposed, *more)), key=_order)
    made = Plan(
        path=document.path,
        sha256=document.sha256,
        media_type=document.media_type,
        scenario=scenario,
        operations=tuple(whole),
        looks=looks(document),
    )
    return made_whole(document, made)


def _follows(finding: Finding, *, strict: bool) -> bool:
    """Whether a finding goes when others go: it only counts them, or may stay where they do not stand beside it."""
    counts = finding.rule.kind is DetectorKind.AGGREGATE and finding.category is Category.PERSONAL_PRIVACY
    return (counts and finding.action is not Action.BLOCK) or (finding.conditional and not strict)


def persons(reviews: Iterable[Review]) -> list[str]:
    """The names that the findings of a package ask to mask, in their order."""
    return [
        review.document.text[f.span.start : f.span.end].strip()
        for review in reviews
        for f in review.verdict.findings
        if f.type in _NAMES and f.action is not Action.NOTE and not f.conditional
    ]


def _operation(
    document: Document, finding: Finding, masks: Masking, scenario: str, names: Mapping[str, str], *, strict: bool
) -> Operation:
    segment = document.segments[finding.span.segment]
    text = document.text[finding.span.start : finding.span.end]
    if segment is document.segments[-1] and segment.part is Part.FILE_NAME:
        raise RedactionError(
            tr(f"{document.path}：文件名里有须处理的内容，请先改名", f"{document.path}: rename the file first")
        )
    how, masked = _cure(finding, segment, text, masks, scenario, names, strict=strict)
    return Operation(
        start=finding.span.start,
        end=finding.span.end,
        how=how,
        mask=masked,
        place=segment.place,
        hidden=segment.hidden,
        rule=finding.rule.id,
        type=finding.type,
        category=finding.category,
        action=finding.action,
        basis=finding.rule.basis,
        outline=shown(finding, text, Reveal.MASKED),
        group=finding.group,
    )


def _fitting(one: Operation, withheld: str) -> Operation:
    """The operation as its place allows it: a picture shows no mask; a sheet's name holds no stars, nor is it empty."""
    if one.how in (How.KEEP, How.PERSON):
        return one
    if one.is_in_picture:
        return replace(one, how=How.BURN, mask="")
    if one.mask == WITHHELD:
        one = replace(one, mask=withheld)
    named = one.place.startswith(_SHEET_NAME) and not one.hidden
    if named and (not one.mask or _NOT_IN_SHEET_NAMES & set(one.mask)):
        return replace(one, how=How.REPLACE, mask=withheld)
    return one


def _withheld(text: str) -> str:
    """What stands for a withheld passage, in the forms of which a text has more: Big5 cannot write the simplified."""
    traditional = sum(char in _TRADITIONAL for char in text) > sum(char in _SIMPLIFIED for char in text)
    return WITHHELD_TRADITIONAL if traditional else WITHHELD


def _cure(
    finding: Finding,
    segment: Segment,
    text: str,
    masks: Masking,
    scenario: str,
    names: Mapping[str, str],
    *,
    strict: bool,
) -> tuple[How, str]:
    final = finding.action is Action.BLOCK or finding.category is Category.STATE_SECRET
    if final or (finding.action is Action.REFER and not segment.hidden):
        return How.PERSON, ""
    if segment.hidden:
        return How.REMOVE, ""
    rule = masks.rule(finding, scenario)
    if rule.how is How.REPLACE and finding.action is Action.REMOVE and (segment.cell or finding.group):
        return masks.columns if finding.group else How.REMOVE, ""
    if strict:
        return (How.REMOVE, "") if segment.cell and rule.how is not How.REPLACE else (How.REPLACE, WITHHELD)
    masked = mask(rule, text, finding.type, names, finding.rule.basis)
    if rule.how is How.MASK and masked != STARS and room(text, masked) < masks.least:
        masked = STARS  # what stays to be seen would fit too few people
    return rule.how, masked


def _headers(document: Document, findings: Sequence[Finding], made: Sequence[Operation]) -> Iterator[Operation]:
    """The heading of each column that is emptied."""
    told: set[tuple[int, int]] = set()
    for finding, one in zip(findings, made, strict=True):
        cell = document.segments[finding.span.segment].cell
        title = _COLUMN.search(finding.note)
        if one.how not in COLUMNS or cell is None or title is None or (cell.table, cell.column) in told:
            continue
        told.add((cell.table, cell.column))
        for segment in document.segments:
            at = segment.cell
            above = at is not None and (at.table, at.column) == (cell.table, cell.column) and at.row < cell.row
            if above and "".join(segment.text.split()) == "".join(title[1].split()):
                yield replace(
                    one, start=segment.start, end=segment.end, place=segment.place, outline=segment.text, heading=True
                )


def made_whole(document: Document, wanted: Plan) -> Plan:
    """The plan in which what can only go altogether does: inserted files, deleted columns."""
    return with_whole_columns(document, _with_whole_chunks(document, wanted))


def _with_whole_chunks(document: Document, wanted: Plan) -> Plan:
    """A file that is inserted into a Word document is not edited: it goes with the first thing that must go of it."""
    starts = [segment.start for segment in document.segments]
    within = {one.start: document.segments[bisect_right(starts, one.start) - 1] for one in wanted.operations}
    models = {
        chunk[0]: one
        for one in wanted.operations
        if one.how not in (How.KEEP, How.PERSON) and (chunk := _CHUNK.match(within[one.start].place))
    }
    if not models:
        return wanted
    kept = [
        one for one in wanted.operations if (m := _CHUNK.match(within[one.start].place)) is None or m[0] not in models
    ]
    gone = [
        replace(
            models[chunk[0]], start=segment.start, end=segment.end, place=segment.place, hidden=segment.hidden,
            how=How.REMOVE, mask="", outline=STARS,
        )
        for segment in document.segments
        if (chunk := _CHUNK.match(segment.place)) and chunk[0] in models and segment.text
    ]  # fmt: skip
    return replace(wanted, operations=tuple(sorted((*kept, *gone), key=_order)))


def columns_to_cut(document: Document, wanted: Plan) -> frozenset[Column]:
    """The columns of which an operation says that they are deleted."""
    starts = [segment.start for segment in document.segments]
    cut = (one for one in wanted.operations if one.how is How.DELETE)
    cells = (document.segments[bisect_right(starts, one.start) - 1].cell for one in cut)
    return frozenset(Column(cell.table, cell.sheet, cell.column) for cell in cells if cell is not None)


def with_whole_columns(document: Document, wanted: Plan) -> Plan:
    """The plan in which every cell from the heading to the last datum of a deleted column goes, “不详” as well.

    The heading is the cell above the first datum where the machine has not found it by its words. What stands above or
    below is no part of the list; where there is such a thing the column stays, emptied.
    """
    columns = columns_to_cut(document, wanted)
    by_column: dict[Column, list[Segment]] = {}
    for segment in document.segments if columns else ():
        if segment.cell is not None:
            column = Column(segment.cell.table, segment.cell.sheet, segment.cell.column)
            if column in columns:
                by_column.setdefault(column, []).append(segment)
    covered = sorted((one.start, one.end) for one in wanted.operations)
    headings = {one.start for one in wanted.operations if one.heading}
    more = []
    for segments in by_column.values():
        model = next(one for one in wanted.operations if one.how is How.DELETE)
        touched = [at for at, segment in enumerate(segments) if is_within(covered, segment.start, segment.end)]
        first = touched[0]
        has_heading = any(segment.start in headings for segment in segments)
        if first and not has_heading and _is_above(segments[first - 1], segments[first]):
            first -= 1
        for at, segment in enumerate(segments[first : touched[-1] + 1], first):
            if at not in touched:
                more.append(replace(
                    model, start=segment.start, end=segment.end, place=segment.place, hidden=segment.hidden,
                    outline=STARS, heading=at < touched[0],
                ))  # fmt: skip
    return replace(wanted, operations=tuple(sorted((*wanted.operations, *more), key=_order))) if more else wanted


def _is_above(one: Segment, other: Segment) -> bool:
    return one.cell is not None and other.cell is not None and one.cell.row == other.cell.row - 1


def _order(one: Operation) -> tuple[int, int]:
    return one.start, one.end


def edited_plan(proposed: Plan, data: bytes, where: str) -> Plan:
    """The plan as a person hands it back. Raises ConfigurationError or UsageError naming the operation.

    An operation that was taken out is one to keep. What may be a state secret cannot be edited away.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise UsageError(tr(f"{where}：不是合法的 JSON：{error}", f"{where}: not valid JSON: {error}")) from None
    table = Table(content, where)
    if table.string("schema") != SCHEMA:
        raise table.error(tr(f"“schema”应为 {SCHEMA}", f"“schema” must be {SCHEMA}"))
    document = table.table("document")
    if document.string("sha256") != proposed.sha256:
        raise UsageError(
            tr(f"{where}：是另一份文件的计划，或原件已改动；请重新生成", f"{where}: made for other bytes; make it anew")
        )
    rows = {_place(Table(item, where)): Table(item, where) for item in table.items("operations")}
    known = {(one.start, one.end) for one in proposed.operations}
    if strange := set(rows) - known:
        start, end = min(strange)
        raise UsageError(tr(f"{where}：没有 {start}–{end} 这一处", f"{where}: there is no place {start}–{end}"))
    return replace(
        proposed,
        operations=tuple(_decided(one, rows.get((one.start, one.end)), where) for one in proposed.operations),
        looks=decided(proposed.looks, [Table(item, where) for item in table.items("looks", ())], where),
    )


def _place(row: Table) -> tuple[int, int]:
    return row.integer("start"), row.integer("end")


def _decided(one: Operation, row: Table | None, where: str) -> Operation:
    how = How.KEEP if row is None else row.choice("how", How)
    if how is one.how is not How.BURN:
        return replace(one, mask=row.text("mask", one.mask) if row is not None else one.mask)
    if one.is_final:
        raise UsageError(
            tr(
                f"{where}：{one.place} 疑似国家秘密，只能由人按程序处理，不能靠修改计划放行",
                f"{where}: {one.place}: what may be a state secret is for people to decide, not for a plan",
            )
        )
    if how is How.BURN or one.how is How.BURN:
        return replace(one, how=_burned_or_kept(one, how, where), mask="")
    said = row.text("mask", one.mask) if row is not None else one.mask
    return replace(one, how=how, mask=said if said != one.mask else _default(how))


def _burned_or_kept(one: Operation, how: How, where: str) -> How:
    if one.is_in_picture and how in (How.BURN, How.KEEP):
        return how
    raise UsageError(
        tr(
            f"{where}：{one.place}：burn（涂黑）只用于图片里的文字；图片里的文字只能 burn 或 keep",
            f"{where}: {one.place}: burn is for text in pictures, and nothing else but keep is for that",
        )
    )


def _default(how: How) -> str:
    return {How.REPLACE: WITHHELD, How.REMOVE: "", How.EMPTY: "", How.DELETE: ""}.get(how, STARS)
