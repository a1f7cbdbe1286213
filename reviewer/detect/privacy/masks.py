"""How many persons a masked identity number still fits, once everything else that its record says is joined to it.

GB 11643-1999: six digits of the county, eight of the birth date, three of the order (odd for men), one check
character; GB/T 37964-2019: what is masked is judged together with what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.numbers import FINDERS
from reviewer.detect.numbers.masks import HIDING
from reviewer.detect.privacy.datum import Datum
from reviewer.detect.privacy.survey import Survey
from reviewer.language import tr
from reviewer.terms import Action, Rule, Severity
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_MASKED = lazy(
    rf"(?<![0-9A-Za-z*])(?P<head>[1-9][0-9]{{1,13}})(?P<hidden>[{HIDING}]{{3,16}}|[xX]{{3,16}}+(?=[0-9]))"
    r"(?P<tail>[0-9]{0,7}[0-9Xx]?)(?![0-9A-Za-z*])"
)
_LABEL = lazy(r"身份|证件|公民|证号|\bID\b|id_?card|idno|sfz", re.IGNORECASE)
_BORN = lazy(
    r"(?P<year>(?:19|20)[0-9]{2})[年.\-/]?(?P<month>1[0-2]|0?[1-9])[月.\-/]?(?P<day>[12][0-9]|3[01]|0?[1-9])(?![0-9])"
)
_BIRTH_YEAR = lazy(r"(?:19|20)[0-9]{2}(?=年?(?:[0-9]{1,2}月)?(?:出?生)|[.\-/年][0-9]{1,2}(?![0-9])|[ ]?[|\t,，])")
_AGE = lazy(r"(?<![0-9])[1-9][0-9]?(?=周?岁)|年龄[：: ]{0,2}[1-9][0-9]?")
_SEX = lazy(r"(?<![\u4e00-\u9fff])(?:男|女)(?![\u4e00-\u9fff])|性别[：: ]{0,2}[男女]")
_COUNTY = lazy(r"[\u4e00-\u9fff]{2,}(?:县|市|区|旗|州|镇|乡|街道|村|社区)")
_LENGTH, _CHECKS = 18, 11
_COUNTIES = (3000, 300, 100, 30, 10, 3, 1)  # by how many of the first six digits are seen
_LEAST_SEEN = 4
_NAME = lazy(r"(?:姓名|户主|申请人|学生|患者|当事人)[：: ]{0,2}(?P<name>[\u4e00-\u9fff*×某]{2,4})")
_FEW, _TOLD, _ONE = 100, 10, 1  # candidates worth a remark; that tell the person; that leave nobody else
# Lists whose form, a masked number beside the age, a regulation prescribes.
_STATUTORY = lazy(r"失信|被执行人|限制消费|悬赏|通缉|欠税|税收违法|老赖")
_OPENING = 400


@dataclass(frozen=True, slots=True)
class Beside:
    """What else the record says of the person."""

    born: str  # YYYYMMDD, if it is told
    year: bool
    age: bool
    sex: bool
    county: bool

    @property
    def words(self) -> str:
        told = (
            (self.born, tr("出生日期", "the birth date")),
            (self.year, tr("出生年份", "the birth year")),
            (self.age, tr("年龄", "the age")),
        )
        found = [next((word for held, word in told if held), "")]
        if self.sex:
            found.append(tr("性别", "the sex"))
        return tr("、", ", ").join(word for word in found if word)


@dataclass(frozen=True, slots=True)
class _Mask:
    """A masked number: its place, and its 18 characters with a star for each that is hidden."""

    start: int
    end: int
    shape: str


def joined_masks(survey: Survey, rule: Rule) -> Iterator[Datum]:
    """Masked numbers that few persons fit once all is joined, and those whose whole number stands elsewhere."""
    masks = list(_masks(survey))
    if not masks:
        return
    whole = _whole_numbers(survey)
    statutory = _STATUTORY.search(survey.text, 0, _OPENING) is not None
    others = _by_person(survey, masks)
    for mask in masks:
        elsewhere = next((at for number, at in whole.get(_edges(mask.shape), ()) if _fits(mask.shape, number)), None)
        if elsewhere is not None:
            place = survey.reading.segment_of(elsewhere).place
            note = tr(f"掩码无效：完整号码见 {place}", f"the whole number stands at {place}")
            yield _datum(rule, mask, Severity.HIGH, note)
            continue
        beside = _beside(survey, mask.start)
        shape = others.get(mask, mask.shape)
        count = candidates(shape, beside)
        if count > _FEW or not (beside.born or beside.year or beside.age or shape != mask.shape):
            continue
        told = count <= _TOLD and not statutory
        note = _note(count, beside.words, shape != mask.shape)
        yield _datum(rule, mask, Severity.HIGH if told else Severity.LOW, note, None if told else Action.NOTE)


def _note(count: int, known: str, united: bool) -> str:
    told = [tr(f"同一行有{known}", f"{known} in the same record")] if known else []
    if united:
        told.append(tr("另一处掩去的位数不同，可以互补", "another mask of it hides other digits"))
    how = tr("，", ", ").join(told)
    if count <= _ONE:
        return tr(f"{how}，可唯一确定", f"{how}: only one number fits")
    return tr(f"还能对应约 {count} 人；{how}", f"about {count} persons still fit; {how}")


def _masks(survey: Survey) -> Iterator[_Mask]:
    for match in _MASKED.finditer(survey.text):
        head, tail = match["head"], match["tail"].upper()
        length, seen = len(match[0]), len(head) + len(tail)
        if length > _LENGTH or seen < _LEAST_SEEN or (length < _LENGTH and not _is_labelled(survey, match.start())):
            continue
        yield _Mask(match.start(), match.end(), head + "*" * (_LENGTH - seen) + tail)


def _fits(shape: str, number: str) -> bool:
    return len(number) == _LENGTH and all(seen in ("*", digit) for seen, digit in zip(shape, number, strict=True))


def _by_person(survey: Survey, masks: list[_Mask]) -> dict[_Mask, str]:
    """What all masks of one person's number leave to see together, where they agree in what they show."""
    held: dict[str, list[_Mask]] = {}
    for mask in masks:
        name = _named(survey, mask.start)
        if name:
            held.setdefault(name, []).append(mask)
    united: dict[_Mask, str] = {}
    for group in held.values():
        shapes = [mask.shape for mask in group]
        columns = [set(column) - {"*"} for column in zip(*shapes, strict=True)]
        if len(set(shapes)) > 1 and all(len(column) < 2 for column in columns):
            united |= dict.fromkeys(group, "".join(next(iter(column), "*") for column in columns))
    return united


def _named(survey: Survey, at: int) -> str:
    """The name in the record, masked or not."""
    cell = survey.cell_at(at)
    if cell is not None:
        named = zip(cell.grid.meanings, cell.row.cells, strict=False)
        return next((held.text for meaning, held in named if meaning == "name" and held is not None), "")
    match = _NAME.search(survey.text, *survey.records.at(at))
    return match["name"] if match else ""


def candidates(shape: str, beside: Beside) -> int:
    """About how many numbers fit a mask, given what is told beside it."""
    hidden = [at for at, seen in enumerate(shape) if seen == "*"]
    counties = 1 if beside.county else _COUNTIES[6 - sum(at < 6 for at in hidden)]
    year, month, day = (sum(low <= at < high for at in hidden) for low, high in ((6, 10), (10, 12), (12, 14)))
    days = 1.0
    if not beside.born:
        days *= 1 if beside.year or beside.age else min(100, 10**year)
        days *= min(12, 10**month) * min(30.4, 10**day)
    orders = 10.0 ** sum(14 <= at < 17 for at in hidden) / (2 if beside.sex and 16 in hidden else 1)
    found = counties * days * orders
    return max(1, round(found / _CHECKS if shape[-1] != "*" and hidden else found))


def _datum(rule: Rule, mask: _Mask, severity: Severity, note: str, action: Action | None = None) -> Datum:
    return Datum(
        rule=rule,
        start=mask.start,
        end=mask.end,
        confidence=rule.confidence,
        note=note,
        severity=severity,
        action=action,
    )


def _whole_numbers(survey: Survey) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """The whole numbers of the document and where each stands, by the characters that masks leave to see."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for item in FINDERS["resident_id"](survey.digits):
        number = re.sub(r"[^0-9Xx]", "", survey.text[item.start : item.end]).upper()
        for edges in (_edges(number), (number[:10], "")):
            found.setdefault(edges, []).append((number, item.start))
    return found


def _edges(shape: str) -> tuple[str, str]:
    """What of a number a list of numbers is searched by: its first four and last two characters, or its first ten."""
    return (shape[:10], "") if shape.endswith("*") else (shape[:4], shape[-2:])


def _is_labelled(survey: Survey, at: int) -> bool:
    cell = survey.cell_at(at)
    if cell is not None and cell.header:
        return cell.meaning == "resident_id"
    return _LABEL.search(survey.text, max(0, at - 14), at) is not None


def _beside(survey: Survey, at: int) -> Beside:
    low, high = survey.records.at(at)
    text = survey.text[low:high]
    cell = survey.cell_at(at)
    named: dict[str, str] = {}
    if cell is not None:
        cells = zip(cell.grid.headers, cell.row.cells, strict=False)
        named = {header: held.text for header, held in cells if held is not None}
    born = next((m for m in map(_BORN.search, _told(named, "出生|生日|[Bb]irth|dob|csrq")) if m), None) or (
        None if named else _BORN.search(text) if re.search(r"出生|生日|生于|生[，,。；]", text) else None
    )
    year = any(re.search(r"(?:19|20)[0-9]{2}", value) for value in _told(named, "出生|[Bb]irth")) or bool(
        _BIRTH_YEAR.search(text) if not named else None
    )
    age = any(value.isdigit() for value in _told(named, "年龄|^[Aa]ge|^nl")) or bool(_AGE.search(text))
    sex = bool(_SEX.search(text)) or any(value in "男女" for value in _told(named, "性别|[Ss]ex|[Gg]ender"))
    title = survey.text[:60] + (cell.grid.title if cell is not None else "")
    return Beside(
        born=f"{born['year']}{int(born['month']):02d}{int(born['day']):02d}" if born else "",
        year=year,
        age=age,
        sex=sex,
        county=_COUNTY.search(title) is not None,
    )


def _told(named: dict[str, str], header: str) -> Iterator[str]:
    return (value for name, value in named.items() if re.search(header, name))
