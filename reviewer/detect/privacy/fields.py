"""Labelled values in forms and running text: `住址：…`, `诊断结论　…`, a form's cell beside its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reviewer.detect.privacy.columns import ANCHORS, meaning
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.reading import Range, Reading
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

# The rest of a label after its anchor, then the mark between label and value.
_REST = lazy(
    r"(?P<rest>[A-Za-z\u4e00-\u9fff/]{0,8}?(?:[（(][^（()）\n]{0,16}[)）])?)"
    r"(?P<mark>[ ]*[：:][ ]*|(?P<space>[ ])(?=[^ \n\t|])|[】\]>〉〕][ ]*[：:]?[ ]*"
    r"|(?:[ ]{2,}|[ ]*[\t|][ \t|]*|[ ]*\r?\n[ ]*)(?=\S)|(?P<direct>)(?=[0-9][0-9,.\-]|[A-Z]{1,6}[0-9_\-]))"
)
_CODE = lazy(r"[A-Z]{0,6}[0-9][0-9A-Z.,_\-]{2,}(?:元|万元)?|[A-Z]{2,6}[_\-][0-9A-Z_\-]{3,}")
# Labels whose value is a number or a code: that alone shows a value, without a mark between.
_CODED = frozenset(("social_security_no", "driver_licence", "disability_no"))
_OF_UNITS = lazy(r"单位|企业|机构|公司|资金|经费|预算|财政|专项|工程|集体|村级")
_STREET = lazy(r"[^ ，。；\n]{0,20}[路街巷村组里区苑园城][^ ，。；\n]{0,16}[0-9]")
_BOOK = lazy(r"[月年]入|余额|存折|折子|折号|补折|打卡|一本通|人脸库|模板")
_FRONT = lazy(r"[A-Za-z\u4e00-\u9fff/（）()]{0,8}\Z")
_NEXT_LABEL = r"(?=[ 　\t，,；;]{1,4}[【\[]?[A-Za-z\u4e00-\u9fff（）()/]{2,12}[】\]]?[：:])"
_SHORT = lazy(rf"[^\n\r，,。；;\t|]*?(?:{_NEXT_LABEL}|(?=[ ]*[<〈〔【])|(?=[ ]{{2,}}|[\n\r，,。；;\t|]|\Z))")
_LONG = lazy(rf"[^\n\r\t|]*?(?:{_NEXT_LABEL}|(?=[ ]{{3,}}|[\n\r。\t|]|\Z))")
_LONG_MEANINGS = frozenset(("medical_condition", "hardship_reason", "disability", "criminal_or_drug_record"))
_LONGEST_VALUE = 120
_LABELS_OF_A_FORM = 3
_WORD = lazy(r"[^ \n\r\t]+")
_MOST_VALUES = 12
_GAP = lazy(r"[ ]{2,}|[ ]*[\t|][ \t|]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Field:
    """A label, what it means, and the range of its value in folded text."""

    label: str
    meaning: str
    start: int
    end: int
    opening: int  # where the label begins


def fields(reading: Reading, tables: Sequence[Range]) -> tuple[Field, ...]:
    """Every labelled value outside the tables, in the order of the text."""
    found: dict[int, Field] = {}
    crowded = _crowded(reading)
    for start, end in reading.all_hits(ANCHORS):
        if range_at(tables, start):
            continue
        for field in _fields(reading.text, start, end, crowded(start)):
            found.setdefault(field.start, field)
    return tuple(found[start] for start in sorted(found))


def _crowded(reading: Reading) -> Callable[[int], bool]:
    """Tells a line in which three labels or more stand between single spaces: 姓名 张三 性别 男 住址 …"""
    counts = Counter(reading.line_at(start)[0] for start, _ in reading.all_hits(ANCHORS))
    return lambda at: counts[reading.line_at(at)[0]] >= _LABELS_OF_A_FORM


def _fields(text: str, start: int, end: int, crowded: bool) -> Iterator[Field]:
    """The values of the label around an anchor: one, or in a form turned on its side all that stand in its line."""
    rest = _REST.match(text, end, end + 40)
    if rest is None:
        return
    front = _FRONT.search(text, max(0, start - 8), start)
    opening = front.start() if front else start
    label = text[opening:end] + rest["rest"]
    known = meaning(label) or meaning(text[start:end] + rest["rest"])
    colon = ":" in rest["mark"] or "：" in rest["mark"]
    inline = bool(rest["space"]) or rest["direct"] is not None
    at = rest.end()
    streeted = bool(rest["space"]) and known in ("address", "home_address") and _STREET.match(text, at) is not None
    coded = inline and (known in _CODED or bool(_BOOK.search(label))) and _CODE.match(text, at) is not None
    spaced = rest["direct"] is None and crowded and _is_spaced(text, opening)
    if _OF_UNITS.search(label):
        return
    if known == "driver_licence" and "档案" in label and "驾" not in text[max(0, start - 80) : end + 80]:
        return  # a health file's number
    if not known or not (
        colon or coded or (streeted and _is_form(text, opening)) or (spaced if inline else _is_form(text, opening))
    ):
        return
    if "\n" in rest["mark"] and _is_label_line(text, at):
        return
    pattern = _CODE if coded else _WORD if inline else _LONG if known in _LONG_MEANINGS else _SHORT
    for _ in range(1 if inline or colon or "\n" in rest["mark"] else _MOST_VALUES):
        value = pattern.match(text, at, at + _LONGEST_VALUE)
        if value is None or not value[0].strip() or (not colon and _is_label(value[0])):
            return
        yield Field(label, known, at, at + len(value[0].rstrip()), opening)
        gap = _GAP.match(text, value.end())
        if gap is None:
            return
        at = gap.end()


def _is_label(value: str) -> bool:
    """Whether the next cell is a label itself; one that counts houses is a value."""
    return bool(meaning(value)) and not any(char.isdigit() for char in value)


def _is_label_line(text: str, at: int) -> bool:
    """Whether the whole line at `at` is a label itself: a header whose cells stand one below the other."""
    stop = text.find("\n", at)
    return bool(meaning(text[at : stop if stop >= 0 else len(text)]))


def _is_spaced(text: str, opening: int) -> bool:
    return opening == 0 or text[opening - 1] in " \n\r\t"


def _is_form(text: str, opening: int) -> bool:
    """A label without a colon counts at the start of a line or cell only."""
    before = text[max(0, opening - 4) : opening].rstrip(" ")
    return not before or before[-1] in "\n\r\t|【[<〈〔"


def named(items: Sequence[Field]) -> Iterator[Field]:
    """The fields that hold a person's name."""
    return (item for item in items if item.meaning in ("name", "PERSON_OFFICE"))
