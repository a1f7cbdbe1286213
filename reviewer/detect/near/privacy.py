"""Numbers, addresses, facts and columns that were considered as somebody's, and let go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.detect.near.miss import Miss
from reviewer.detect.near.names import near_names
from reviewer.detect.near.wording import failure, quote
from reviewer.detect.privacy.declined import Reason, declined, fields_at
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule
from reviewer.text.lazy import lazy

_LONG_NUMBER = lazy(r"(?<![0-9A-Za-z])[0-9]{11,19}[Xx]?(?![0-9A-Za-z])")
_REASONS = {
    Reason.TAKEN: ("此处已按另一项个人信息处理", "another particular has taken the place"),
    Reason.LABEL: (
        "前面的文字表明是编号、样例或单位的号码",
        "what stands before says: an order's, a sample's, an office's",
    ),
    Reason.CONTEXT: ("近处没有说明它是什么的文字", "nothing near says what it is"),
    Reason.DOUBTED: (
        "学得的评分认为这句话几乎不是在说某个人的私事",
        "the learned scorer all but excludes that the sentence tells something private of somebody",
    ),
    Reason.PERSON: (
        "旁边没有个人（姓名、证件号等），或属于单位、公职、公开身份",
        "no private person beside it, or an office's, an official's, a public figure's",
    ),
}


def near_numbers(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    """What each identifier rule proposed here and declined; and a long number that is nobody's in form."""
    told = set()
    for one in declined(reading, place):
        told.add(one.rule.type)
        if one.reason is Reason.CONDITION:
            why, covered = failure(one.failing, one.conditions, reading, one.start, one.end)
        else:
            why, covered = tr(*_REASONS[one.reason]), ""
        yield Miss(rule=one.rule, stood=(), lacking=why, distance=0 if covered else 1, covered=covered)
    number = _LONG_NUMBER.search(reading.text, *place)
    form = None if number is None else next((rule for rule in rules if rule.type == _type(number[0])), None)
    if form is not None and form.type not in told:
        wrong = tr("位数像，但号段、日期或校验位不成立", "of the right length, but range, date or check digit are not")
        yield Miss(rule=form, stood=(), lacking=wrong, distance=1)


def near_persons(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    """What identifier rules let go here: numbers, addresses and facts, and names."""
    yield from near_numbers(rules, reading, place)
    yield from near_names(rules, reading, place)


def _type(number: str) -> str:
    return {11: "mobile_phone", 15: "resident_id", 18: "resident_id"}.get(len(number), "bank_card")


def near_columns(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    """Labelled values whose label a rule knows, without a private person beside them."""
    for label, rule in fields_at(reading, rules, place):
        nobody = tr(*_REASONS[Reason.PERSON])
        said = quote(label)
        yield Miss(rule=rule, stood=(), lacking=tr(f"{said}一栏：{nobody}", f"{said}: {nobody}"), distance=1)
