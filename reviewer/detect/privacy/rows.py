"""Names by their place in the rows of a list: behind a date, a number, a flat or a village, row after row.

12-03 成家宝 / 蒙小丽；A02 冷秀珍 5101；二(3) 马尔旦；光明乡 吴小燕. What one row leaves open the rows around it tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.detect.privacy.columns import meaning
from reviewer.detect.privacy.heads import is_spelt, sounds
from reviewer.detect.privacy.name_form import IN_NAMES
from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.people import Name, has_surname, is_name
from reviewer.detect.privacy.roles import Standing, is_official_after, is_role, standing_before
from reviewer.detect.privacy.surnames import COMPOUND
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_UNIT = lazy(r"[^；;\n]+")
_LONGEST = 200  # characters of a row; a longer one is a paragraph
_MOST_LEADS = 4  # fields before the name
_LEAST_ROWS = 2
_MOST_APART = 2  # rows without a name between two with one
# The number of an item, with nothing else in its field.
_NUMBER = lazy(
    r"[ \t　]*(?:(?:对象|序号?|第|例)?[（(]?[0-9一二三四五六七八九十]{1,3}(?:[)）.、．:：]|号[ ])"
    r"|[①-⑳㈠-㈩]|[-—•·*●◆■▲★△○※@])?[ \t]*"
)
_ABROAD = r"[A-ZĐ][a-zà-ỹ'’]+(?:[ ][A-ZĐ][a-zà-ỹ'’]+){1,3}"
# A class with its number, a Latin name with its blanks, or what stands between two separators.
_FIELD = lazy(
    r"[小初高]?[一二三四五六七八九][（(][0-9]{1,2}[)）]班?"
    rf"|{_ABROAD}|[\u4e00-\u9fff]{{2,6}}(?={_ABROAD})"
    r"|[^\s，,、；;|/│：:。（()）]+"
)
_APART = lazy(r"(?:[（(][^（）()\n]{0,24}[)）])?[\s，,、；;|/│：:。]*")
_JOINT = lazy(r"[ ]?[/、][ ]?|[ ]?[和与][ ]?")
_LATIN = lazy(_ABROAD)
_DOTTED = lazy(r"[\u4e00-\u9fff]{2,8}(?:[·•・][\u4e00-\u9fff]{1,10}){1,3}")
_HAN = lazy(r"[\u4e00-\u9fff]{2,5}")
_CODE = lazy(r"[0-9A-Z]")
# What names a place, a unit, a trade or a state, and so may stand before a name and never for one.
_NO_NAME = lazy(
    r"[省市区县旗镇乡村屯寨组社路街巷里园苑城栋楼室队班站所局委办科股部院校厂店库行级型类岗线期校园]\Z"
    r"|[病症炎癌瘤痛压疾障盲聋哑残瘫疹疸疮痨]|[工员师手长生民户人者费款金额证号表单年月日时别]\Z|大队|小学|中学|初中|高中|大专|本科|[队组期批次案][一二三四五六七八九]\Z"
)
# What a list names that is nobody: bidders, goods, sorts.
_THINGS = lazy(r"报价|供应商|投标|企业|公司|厂家|品[种名牌]|产品|型号|项目|工程|设备|药品|作物|地名|线路")
_LIST_OF_THINGS = lazy(rf"[^：:；\n]{{0,12}}?(?:{_THINGS.pattern})[^：:；\n]{{0,8}}[：:]")
_ON_DUTY = lazy(
    r"值班|值守|领导小组|工作组|分工|包联|通讯录|联系人|责任人|调解员|陪审员|公证员|专家|评委|裁判|河长|志愿者"
)
_TITLE = lazy(r"[（(][^（）()\n]{0,8}(?:组长|队长|评委|裁判|主持|采购人代表)")
_TITLED = lazy(r"(?:[长总工哥姐姨叔婶]|老师|医生|书记|主任|干事|会计|文书|律师|群主|客服|助理|主播)\Z")
_LEAST_SPOKEN = 3
_LEAST_TOLD = 2  # characters behind the name
_REACH = 14
_TALK = 40  # characters behind a colon on the average, from which lines are said by somebody, not told of him


@dataclass(frozen=True, slots=True)
class _Row:
    """The fields of a row that name somebody; `sure`: the first by its own form; `rest`: characters behind it."""

    places: tuple[Range, ...]
    sure: bool
    colon: bool
    rest: int


def row_around(text: str, line: Range, at: int) -> Range:
    """The part of a line, between semicolons, that holds a place; of a longer one no more than may be a row."""
    low, high = max(line[0], at - _LONGEST), min(line[1], at + _LONGEST)
    before = max(text.rfind(mark, low, at) for mark in "；;")
    behind = [place for mark in "；;" if (place := text.find(mark, at, high)) >= 0]
    return before + 1 if before >= 0 else low, min(behind, default=high)


def rows_of(text: str, lines: Sequence[Range]) -> Iterator[Sequence[Name]]:
    """The names of every list of rows; those act for an office of whom the row, or the line above the list, says so."""
    held: list[_Row] = []
    apart = 0
    above = ""
    for index, (start, end) in enumerate(lines):
        colon = text.find("：", start, end) >= 0 or text.find(":", start, end) >= 0
        things = _LIST_OF_THINGS.search(text, start, end) if colon else None
        units = _UNIT.finditer(text, start, things.start() if things else end)
        found = [row for unit in units if (row := _row(text, *unit.span())) is not None]
        if found and not held:
            above = text[slice(*lines[index - 1])] if index else ""
        held += found
        apart = 0 if found else apart + 1
        if apart > _MOST_APART:
            yield tuple(_names(text, held, above))
            held = []
    yield tuple(_names(text, held, above))


def _names(text: str, held: Sequence[_Row], above: str) -> Iterator[Name]:
    """The names of a run of rows, if enough of them are names by their form and nearly all differ."""
    spoken = [row for row in held if row.colon]
    if spoken and (len(spoken) < _LEAST_SPOKEN or sum(row.rest for row in spoken) > _TALK * len(spoken)):
        held = [row for row in held if not row.colon]
    sure = sum(row.sure for row in held)
    words = {text[slice(*row.places[0])] for row in held}
    if sure < _LEAST_ROWS or sure * 2 < len(held) or len(words) * 5 < len(held) * 4:
        return
    for start, end in (place for row in held for place in row.places):
        standing = standing_before(text, max(0, start - _REACH), start)
        if _TITLE.match(text, end) or (standing is Standing.NONE and _ON_DUTY.search(above)):
            standing = Standing.OFFICIAL
        yield Name(start, end, text[start:end], standing, True, True)


def _row(text: str, start: int, end: int) -> _Row | None:
    """The first field that may be a name, behind nothing but numbers, places and trades, and before something told."""
    if end - start > _LONGEST:
        return None
    number = _NUMBER.match(text, start, end)
    at = number.end() if number else start
    for _ in range(_MOST_LEADS + 1):
        field = _FIELD.match(text, at, end)
        if field is None:
            return None
        behind = _behind(text, field.end(), end)
        after = text[field.end() : behind]
        if _may_be_person(field[0]) and not _is_before_person(text, field[0], behind, end):
            if end - behind < _LEAST_TOLD or is_official_after(text, field.end()):
                return None
            places = (field.span(), *_joined(text, field.end(), end))
            return _Row(places, _is_person(field[0]), "：" in after or ":" in after, end - behind)
        if _THINGS.search(field[0]):
            return None
        if field.end() == behind or not _is_lead(field[0], after):
            return None
        at = behind
    return None


def _is_before_person(text: str, word: str, at: int, end: int) -> bool:
    """Whether what may be a name stands before what is one by its form: 护林 张铁柱."""
    following = _FIELD.match(text, at, end)
    return following is not None and text[at - 1].isspace() and not _is_person(word) and _is_person(following[0])


def _behind(text: str, at: int, end: int) -> int:
    """Where the next field begins."""
    apart = _APART.match(text, at, end)
    return apart.end() if apart else at


def _joined(text: str, at: int, end: int) -> Iterator[Range]:
    """Those named with the first: 桑伟 / 衣娜."""
    while (joint := _JOINT.match(text, at, end)) and (field := _FIELD.match(text, joint.end(), end)):
        if not _may_be_person(field[0]):
            return
        yield field.span()
        at = field.end()


def is_of_nobody(word: str) -> bool:
    """Whether a word ends as places, units, trades and illnesses do."""
    return _NO_NAME.search(word) is not None


def _is_lead(word: str, behind: str) -> bool:
    """Whether it may stand before the name: a number, a code, a place, a trade, a label."""
    return (
        (len(word) <= 4 and behind.isspace())
        or (len(word) <= 6 and ("：" in behind or ":" in behind))
        or word in NOUNS
        or word in LONGER
        or is_role(word)
        or _CODE.search(word) is not None
        or is_of_nobody(word)
        or bool(meaning(word))
    )


def _is_person(word: str) -> bool:
    """Whether a field has the form of a name by itself."""
    if _DOTTED.fullmatch(word) or _LATIN.fullmatch(word):
        return True
    if not _may_be_person(word):
        return False
    if len(word) > 3:
        return word[:2] in COMPOUND or is_spelt(word)
    return has_surname(word) and (len(word) == 2 or word[1] in IN_NAMES or word[2] in IN_NAMES)


def _may_be_person(word: str) -> bool:
    """Whether a field may be a name where the rows around name somebody in the same place."""
    if _DOTTED.fullmatch(word) or _LATIN.fullmatch(word):
        return True
    if not _HAN.fullmatch(word) or not is_name(word) or word in FUNCTION or word in NOUNS or word in LONGER:
        return False
    if not _may_be_formed(word):
        return False
    return not (is_of_nobody(word) or _TITLED.search(word) or is_role(word) or meaning(word))


def _may_be_formed(word: str) -> bool:
    """Whether the characters of a field may be those of a name."""
    if len(word) > 3:
        return word[:2] in COMPOUND or sounds(word) >= len(word) - (2 if has_surname(word) else 1)
    if len(word) == 3 and (word[:2] in FUNCTION or (word[:2] in NOUNS and word[-1] not in IN_NAMES)):
        return False
    return has_surname(word) or word[-1] in IN_NAMES or is_spelt(word)
