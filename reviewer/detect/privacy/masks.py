"""How many persons a masked identity number still fits, once everything else that its record says is joined to it.

GB 11643-1999: six digits of the county, eight of the birth date, three of the order (odd for men), one check
character; GB/T 37964-2019: what is masked is judged together with what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.detect.numbers import FINDERS
from reviewer.detect.privacy.datum import Datum
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.language import tr
from reviewer.terms import Action, Rule, Severity
from reviewer.text.lazy import lazy

_MASKED = lazy(
    r"(?<![0-9A-Za-z*])(?P<head>[1-9][0-9]{1,13})(?P<hidden>[*×●■◆★]{3,16})(?P<tail>[0-9]{0,7}[0-9Xx]?)(?![0-9A-Za-z*])"
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
_CENTURY, _YEAR, _MONTH = 36_525, 365, 30
_FEW, _TOLD, _ONE = 100, 10, 1  # candidates worth a remark; that tell the person; that leave nobody else
# Lists whose form, a masked number beside the age, a regulation prescribes.
_STATUTORY = lazy(r"失信|被执行人|限制消费|悬赏|通缉|欠税|税收违法|老赖")
_OPENING = 400


@dataclass(frozen=True, slots=True)
class _Beside:
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


def joined_masks(survey: Survey, rule: Rule) -> Iterator[Datum]:
    """Masked numbers that a hundred persons fit at most, and those whose whole number stands elsewhere."""
    text = survey.text
    whole = _whole_numbers(survey)
    statutory = _STATUTORY.search(text, 0, _OPENING) is not None
    for match in _MASKED.finditer(text):
        head, tail = match["head"], match["tail"].upper()
        length = len(match[0])
        if length != _LENGTH and not (_is_labelled(survey, match.start()) and length < _LENGTH):
            continue
        if len(head) + len(tail) >= _LENGTH or len(head) + len(tail) < 4:
            continue
        elsewhere = next((place for number, place in whole if number.startswith(head) and number.endswith(tail)), None)
        if elsewhere is not None and tail and len(head) + len(tail) >= 6:
            place = survey.reading.segment_of(elsewhere[0]).place
            yield _datum(
                rule, match, Severity.HIGH, tr(f"掩码无效：完整号码见 {place}", f"the whole number stands at {place}")
            )
            continue
        beside = _beside(survey, match.start())
        count = candidates(len(head), len(tail), beside)
        if count > _FEW or not (beside.born or beside.year or beside.age):
            continue
        known = beside.words
        note = (
            tr(f"同一行有{known}，可唯一确定", f"{known} in the same record: only one number fits")
            if count <= _ONE
            else tr(
                f"还能对应约 {count} 人；同一行有{known}",
                f"about {count} persons still fit, with {known} in the same record",
            )
        )
        told = count <= _TOLD and not statutory
        severity = Severity.HIGH if told else Severity.LOW
        yield _datum(rule, match, severity, note, None if told else Action.NOTE)


def candidates(head: int, tail: int, beside: _Beside) -> int:
    """About how many numbers fit: `head` first and `tail` last characters are seen."""
    counties = 1 if beside.county else _COUNTIES[min(head, 6)]
    if beside.born or head >= 14:
        days = 1
    elif head >= 12:
        days = _MONTH
    elif head >= 10 or beside.year:
        days = _YEAR
    elif beside.age:
        days = _YEAR
    else:
        days = _CENTURY
    hidden = max(0, 17 - max(head, 14)) - max(0, tail - 1)
    orders: float = 10 ** max(0, min(3, hidden))
    if beside.sex and tail < 2 and hidden > 0:
        orders /= 2
    found = counties * days * orders
    return max(1, round(found / _CHECKS)) if tail else max(1, round(found))


def _datum(rule: Rule, match: re.Match[str], severity: Severity, note: str, action: Action | None = None) -> Datum:
    return Datum(
        rule=rule,
        start=match.start(),
        end=match.end(),
        confidence=rule.confidence,
        note=note,
        severity=severity,
        action=action,
    )


def _whole_numbers(survey: Survey) -> list[tuple[str, Range]]:
    found = FINDERS["resident_id"](survey.digits)
    return [
        (re.sub(r"[^0-9Xx]", "", survey.text[item.start : item.end]).upper(), (item.start, item.end)) for item in found
    ]


def _is_labelled(survey: Survey, at: int) -> bool:
    cell = survey.cell_at(at)
    if cell is not None and cell.header:
        return cell.meaning == "resident_id"
    return _LABEL.search(survey.text, max(0, at - 14), at) is not None


def _beside(survey: Survey, at: int) -> _Beside:
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
    return _Beside(
        born=f"{born['year']}{int(born['month']):02d}{int(born['day']):02d}" if born else "",
        year=year,
        age=age,
        sex=sex,
        county=_COUNTY.search(title) is not None,
    )


def _told(named: dict[str, str], header: str) -> Iterator[str]:
    return (value for name, value in named.items() if re.search(header, name))
