"""`reviewer redact --interactive`: one question a place, or a column; the answers are the plan."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import typer

from reviewer.cli.redact_page import how_word
from reviewer.language import tr
from reviewer.redact.looks import Look
from reviewer.redact.masks import STARS, WITHHELD, How
from reviewer.redact.operation import Operation
from reviewer.redact.plan import Plan
from reviewer.report.places import place_told
from reviewer.report.terminal import plain

_ANSWERS = {"k": How.KEEP, "r": How.REPLACE, "d": How.REMOVE, "m": How.MASK}


def asked(plan: Plan) -> Plan:
    """The plan as a person answers. What is hidden is dropped unasked; what people must decide is told, not asked."""
    decided: list[Operation] = []
    typer.echo(
        tr(
            "回车：照此处理　k：保留　r：【依法不予公开】　d：删去　m：自己写　q：其余照此",
            "Enter: as proposed   k: keep   r: withhold   d: delete   m: your own mask   q: the rest as proposed",
        ),
        err=True,
    )
    resting = False
    for _, run in groupby(plan.operations, key=lambda o: (o.group or str(o.start), o.how, o.type)):
        places = list(run)
        first = places[0]
        if resting or first.hidden or first.how is How.PERSON:
            decided += places
            continue
        answer = _answer(first, len(places))
        resting = answer == "q"
        is_own = answer == "m" and first.how is not How.BURN
        decided += _own(places) if is_own else [_decided(one, answer) for one in places]
    looks = plan.looks if resting else tuple(_looked_at(look) for look in plan.looks)
    return replace(plan, operations=tuple(decided), looks=looks)


def _looked_at(look: Look) -> Look:
    """What a person says of something that was not read: Enter leaves it undecided."""
    ways = {"": How.PERSON, "k": How.KEEP, **({"d": How.REMOVE} if look.is_ink else {})}
    asked = tr("看过了吗？k：看过，保留", "looked at? k: yes, keep") + (
        tr("　d：删去", "   d: delete") if look.is_ink else ""
    )
    while True:
        words = f"{plain(place_told(look.place))} {plain(look.reason)} → {asked}"
        said: str = typer.prompt(words, default="", show_default=False, err=True).strip().lower()
        if said in ways:
            return replace(look, how=ways[said])


def _answer(first: Operation, count: int) -> str:
    shown = plain(first.outline) if first.outline else first.type
    several = tr(f"（共 {count} 处）", f" ({count} places)") if count > 1 else ""
    words = (
        f"{plain(place_told(first.place))}{several} {first.type} {shown} → {how_word(first.how)} {plain(first.mask)}"
    )
    while True:
        said: str = typer.prompt(words, default="", show_default=False, err=True).strip().lower()
        if said in ("", "q", *_ANSWERS):
            return said


def _decided(one: Operation, answer: str) -> Operation:
    how = _ANSWERS.get(answer)
    if how is None or (one.how is How.BURN and how is not How.KEEP):
        return one
    return replace(one, how=how, mask={How.REPLACE: WITHHELD, How.REMOVE: ""}.get(how, STARS))


def _own(places: list[Operation]) -> list[Operation]:
    mask: str = typer.prompt(tr("改为", "in its place"), default=STARS, err=True)
    return [replace(one, how=How.MASK, mask=mask) for one in places]
