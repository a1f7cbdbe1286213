"""Names of persons in running text and in cells: surname grammar, the words around them, and no dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reviewer.detect.privacy.name_edges import (
    FOLLOWERS,
    FOLLOWING,
    LOOSE_FOLLOWERS,
    LOOSE_FOLLOWING,
    NEVER,
    PARTICLES,
    PLACEHOLDERS,
    PLACES,
    SELDOM,
    TAILS,
)
from reviewer.detect.privacy.name_form import IN_NAMES, OPENINGS, has_form, is_loose
from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.roles import (
    HONORIFICS,
    SOMEBODY_ENDS,
    Standing,
    by_first,
    endings,
    follows_somebody,
    honorific_after,
    is_official_after,
    is_polite,
    is_role,
    standing_before,
)
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, GIVEN, RARE
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_ENOUGH = 3  # the score from which a stretch is believed to be a name
_MARK, _VERB = 3, 2  # what may follow it: a mark or an honorific; a verb or a particle
_PREPOSITIONS = "与和由对向将把给找到是即叫：:"
_OPENERS = ("，", "（", "(")
_GRANDCHILDREN = ("孙子", "孙女")  # of 孙 the only kinship words that begin like a name
_LONGEST = 9  # a longer name with a dot has swallowed the words behind it
_AGAIN = 400  # characters within which a name of two characters comes again
_FORMS_OF_AGE = ("老", "小", "大", "家", "氏")  # 陈老先生, 陈家, 柳氏
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_NOTHING = ("\0",)
_BOUNDARY = lazy(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff·某]|[0-9A-Za-z]")
_MINORITY = lazy(rf"[{_HAN}]{{2,8}}(?:[·•・][{_HAN}]{{1,10}}){{1,3}}")
_LATIN = lazy(r"[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){1,3}")
_STATESMAN = lazy(r"[前原新]?(?:总统|总理|首相|国王|女王|议长|主席|部长)")
_RUN_ON = lazy(rf"[{_HAN}]{{2,8}}[·•・][{_HAN}]{{2,8}}?(?=[因在于和与的等被说称将曾从向对于])")
# What a run of ideographs before the dot may begin with that is no part of the name: 育婴师, 坊主, 由, 纪念…教师.
_BEFORE_DOTTED = lazy(
    rf"[{_HAN}]{{0,6}}(?:[师员主任长记生者民户工]|教授|阿訇|同志|[由对向为给和与及的是叫请让找])(?=[{_HAN}]{{2,6}}[·•・])"
)
# What runs on behind it.
_BEHIND_DOTTED = lazy(
    r"主讲|主持|介绍|负责|带队|带领|任职|担任|提供|表示|告诉|代表|同志|先生|女士|老师|医生|老人|家中|家里|一家|夫妇|等人|申请|反映|来电|来信|患|住院|确诊"
)
_EPONYM = lazy(r"[「『“《][\u4e00-\u9fff]{4,16}(?:基金|奖|奖学金|计划|工程|项目|行动|热线|工作室)[」』”》]")
_TOWNS = frozenset("镇县乡")
_SCHOOLS = frozenset(("小学", "中学", "大学"))
_CELL = lazy(rf"[{_HAN}]{{2,6}}")
# A sex, an age or a number right after it proves a name, whatever surname it begins with.
_SEX_AFTER = lazy(r"[ ]?[（(，,；;、 ][ ]?(?:男|女)[）)，,。；;、 ]|[ ]?[（(][ ]?(?:[0-9]{1,3}岁|身份证|女|男|曾用名)")
_CERTAIN_AFTER = lazy(
    _SEX_AFTER.pattern + r"|[ \t]{0,4}[（(，,：:]?[ \t]{0,4}"
    r"(?:身份证|公民身份|证件号|手机|1[3-9][0-9]{9}(?![0-9])|[1-9][0-9]{16}[0-9Xx](?![0-9]))"
    r"|(?:先生|女士|老人|同志|同学|大爷|大妈)(?![\u4e00-\u9fff]{2}工作)"
)
# What the two above may begin with.
_AFTER_SEX = frozenset(" （(，,；;、")
_AFTER_CERTAIN = _AFTER_SEX | frozenset("\t：:身公证手123456789先女老同大")
_INSTITUTIONS = ("大学", "中学", "小学", "学校", "学院", "医院", "银行", "公司", "中心")  # 师范大学，身份证号
_VISIT = lazy(r"(?:[到去至]|走访|看望|慰问|入户|探望)[^，。；：\n]{0,6}\Z")
# "粟大娘（粟桂英）": the full name in brackets behind the polite one.
_INTRODUCED = lazy(r"[\u4e00-\u9fff](?:先生|女士|小姐|老人|同学|大爷|大妈|大娘|大叔|大婶|阿姨|师傅|某某?)[（(]\Z")
_LEADING = lazy(r"(?:\A|[\n\r])[ \t　]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．)][ ]?)?\Z")
_COUNT = lazy(r"(?<=[0-9])[万千百年]|占[一二三四五六七八九十两半多全总比]")
_LIST_JOINT = lazy(r"[ ]?[、和与及][ ]?|[ ]")


@dataclass(frozen=True, slots=True)
class Name:
    """A full name in folded text. `strong`: the words around it say that it is a name, not only its form.

    `formed`: its form alone makes a name likely, so that what is told beside it may be told of its bearer.
    """

    start: int
    end: int
    text: str
    standing: Standing
    strong: bool
    formed: bool = False

    @property
    def official(self) -> bool:
        return self.standing is Standing.OFFICIAL


def is_name(cell: str) -> bool:
    """Whether a cell of a column of names holds one: the column speaks for it, so any form will do."""
    bare = cell.replace(" ", "")
    if not bare or bare in FUNCTION or bare in NOUNS or bare in LONGER or bare[-1] in "某×*":
        return False
    if _MINORITY.fullmatch(bare) or _LATIN.fullmatch(cell.strip()):
        return True
    return _CELL.fullmatch(bare) is not None and not set(bare) & NEVER and bare not in PLACEHOLDERS


def has_surname(text: str) -> bool:
    """Whether the text begins with a surname, common or not."""
    return text[:2] in COMPOUND or text[:1] in COMMON or text[:1] in RARE


def names(text: str, start: int, end: int) -> list[Name]:
    """The names in `text[start:end]`, from left to right, none overlapping another."""
    found: list[Name] = []
    reached = start
    dotted = any(text.find(dot, start, end) >= 0 for dot in "·•・")
    for match in _candidates(dotted).finditer(text, start, end):
        at = match.start()
        if at < reached or (at > start and not match["minority"] and not _may_open(text, at)):
            continue
        name = _minority(text, match, start) or _best(text, at, start, end, found[-1] if found else None)
        if name is not None:
            found.append(name)
            reached = name.end
    return _titled(text, found)


@cache
def _candidates(dotted: bool) -> re.Pattern[str]:
    """A place where a name may begin; a minority name only in a text with its dot."""
    double = "|".join(sorted(COMPOUND))
    single = "".join(sorted(COMMON | RARE))
    minority = _MINORITY.pattern if dotted else "(?!)"
    return lazy(rf"(?P<minority>{minority})|(?:{double})|[{single}]")


def _may_open(text: str, at: int) -> bool:
    """Whether anything before or behind lets a name begin inside of a text (`_left`): most surnames stand in words."""
    opening = _opening().match(text, at)
    return opening is not None and (opening.lastgroup is None or has_form(text[at : at + 3]))


@cache
def _opening() -> re.Pattern[str]:
    """Before: a mark, the end of a role word, a joint of a list. Behind: a sex, a certain sign, an honorific."""
    before = "".join(map(re.escape, sorted({*endings(), *_PREPOSITIONS, *SOMEBODY_ENDS, *"、和与及"})))
    double, polite = "|".join(sorted(COMPOUND)), "|".join((*HONORIFICS, "家"))
    given, usual = "".join(sorted(GIVEN)), "".join(sorted(IN_NAMES))
    return lazy(
        rf"(?<=[^{_HAN}·某])|(?<=[{before}])|(?=...?(?:{_SEX_AFTER.pattern}))|(?=...(?:{polite}))"
        rf"|(?=.[{given}][{given}](?:{_CERTAIN_AFTER.pattern}))|(?={double})|(?P<usual>.[{usual}][{usual}])",
        re.DOTALL,
    )


def _minority(text: str, match: re.Match[str], start: int) -> Name | None:
    if not match["minority"]:
        return None
    began, end = match.span()
    if title := _STATESMAN.match(match[0]):
        began += title.end()
    if lead := _BEFORE_DOTTED.match(text, began, end):
        began = lead.end()
    if behind := _BEHIND_DOTTED.search(text, began + 4, end):
        end = behind.start()
    if end - began > _LONGEST and (verb := _RUN_ON.match(text, began, end)):
        end = verb.end()
    standing = standing_before(text, start, began)
    return Name(began, end, text[began:end], standing, True, end - began <= _LONGEST)


def _best(text: str, at: int, start: int, end: int, last: Name | None) -> Name | None:
    """The most likely name that begins at `at`: of three characters, of two, or of a double surname's four."""
    left = _left(text, at, start, last)
    if left is None:
        return None
    lengths = (length for length in ((4, 3) if left.double else (3, 2)) if at + length <= end)
    score, length = max((_score(text, at, length, left), length) for length in (*lengths, 0))
    if score < _ENOUGH:
        return None
    stop = at + length
    strong = left.role or _is_leading(text, at, stop) or _is_certain(text, stop) or bool(honorific_after(text, stop))
    formed = (strong and set(text[at + 1 : stop]) & IN_NAMES != set()) or _is_formed_alone(text, at, stop, left)
    return Name(at, stop, text[at:stop], left.standing, strong, formed)


def _is_formed_alone(text: str, at: int, stop: int, left: _Left) -> bool:
    """Whether the form makes a name likely where no word around it does."""
    word = text[at:stop]
    apart = not (left.glued or left.rare or text[at - 1 : at].isdigit() or word[:2] in OPENINGS)
    if len(word) == 2:
        return apart and word[1] in GIVEN and (_right(text, stop) == _VERB or text.find(word, stop, stop + _AGAIN) >= 0)
    return has_form(word, apart=apart) or (apart and len(word) == 3 and set(word[1:]) <= IN_NAMES)


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a place where a name may begin, and what surname stands there."""

    standing: Standing
    role: bool  # a role word or an earlier name of the same list says that a name follows
    glued: bool  # no mark parts it from the word before
    double: bool  # the surname has two characters
    rare: bool  # the surname is an everyday word, and nothing but the name's own form speaks for it


def _left(text: str, at: int, start: int, last: Name | None) -> _Left | None:
    """None where no name can begin."""
    if text[at + 1 : at + 2] in NEVER or _COUNT.match(text, at) or (at and _EPONYM.match(text, at - 1)):
        return None
    double = text[at : at + 2] in COMPOUND
    proven = any(_is_certain(text, at + length) for length in (2, 3)) or _is_introduced(text, start, at)
    glued = at > start and _is_han(text[at - 1])
    particle = glued and text[at] in PARTICLES and not has_form(text[at : at + 3], apart=True)
    if not proven and ((text[at : at + 2] in FUNCTION and not double) or particle):
        return None
    standing = standing_before(text, start, at)
    role = standing is not Standing.NONE
    listed = last is not None and _LIST_JOINT.fullmatch(text, last.end, at) is not None
    if last is not None and listed and not role:
        standing, role = last.standing, last.strong
    if not (role or _is_bounded(text, at, start) or _is_told(text, at) or _is_formed(text, at, double)):
        return None
    rare = text[at] in RARE and not double and not (role or proven or listed)
    return _Left(standing, role, glued, double, rare)


def _is_told(text: str, at: int) -> bool:
    """Whether what follows proves a name even in the middle of a sentence: a sex, an age, an identity number."""
    if any(text[at + size : at + size + 1] in _AFTER_SEX and _SEX_AFTER.match(text, at + size) for size in (2, 3)):
        return True
    given = text[at + 1 : at + 3]
    return set(given) <= GIVEN and given not in _INSTITUTIONS and _is_certain(text, at + 3)


def _is_formed(text: str, at: int, double: bool) -> bool:
    """Whether a name's form and what follows it prove a name in the middle of a sentence: "六组的辛大山在家"."""
    return is_loose(text, at) and any(
        has_form(text[at : at + length]) and _right(text, at + length, formed=True) >= _VERB
        for length in ((4, 3) if double else (3,))
    )


def _is_bounded(text: str, at: int, start: int) -> bool:
    """Whether something before `at` lets a name begin there: a mark, a preposition, a word for somebody, a visit."""
    if at == start or _BOUNDARY.fullmatch(text[at - 1]) or text[at - 1] in _PREPOSITIONS:
        return True
    if follows_somebody(text, at) and _right(text, at + 3) == _MARK:
        return True
    return bool(honorific_after(text, at + 3)) and bool(_VISIT.search(text, max(start, at - 12), at))


def _is_introduced(text: str, start: int, at: int) -> bool:
    """Whether the same surname with a polite word stands before the bracket: 粟大娘（粟桂英）."""
    before = _INTRODUCED.search(text, max(start, at - 5), at)
    return before is not None and before[0][0] == text[at]


def _is_leading(text: str, at: int, stop: int) -> bool:
    """Whether it opens a line or a numbered item and a comma or a bracket follows."""
    return stop - at > 2 and text[stop : stop + 1] in _OPENERS and bool(_LEADING.search(text, max(0, at - 8), at))


def _is_certain(text: str, stop: int) -> bool:
    return text[stop : stop + 1] in _AFTER_CERTAIN and _CERTAIN_AFTER.match(text, stop) is not None


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _score(text: str, at: int, length: int, left: _Left) -> int:
    """How likely `length` characters from `at` are a name."""
    word = text[at : at + length]
    given = word[2 if left.double else 1 :]
    formed = has_form(word, apart=left.role) or (left.role and length == 2 and not has_form(text[at : at + 3]))
    right, certain = _right(text, at + length, formed=formed), _is_certain(text, at + length)
    if right == 0 and not left.glued and given[:1] != "老" and has_form(word):
        right = _VERB  # it opens a clause, and so may go on with any verb
    if (
        not length
        or text.startswith(PLACES, at + length)
        or text[at + length - 1 : at + length + 1] in _SCHOOLS
        or not _may_be(word, given, left)
        or (right == 0 and (length == 2 or not left.role))
    ):
        return 0
    if not certain and not _is_credible(word, given, right, left):
        return 0
    doubtful = length > 2 and word[-1] in FOLLOWERS and right < _MARK
    tail = word[-1] in TAILS and not (left.role and right >= _VERB)
    return (3 if left.role else 1) + right + (2 if certain else 0) - (2 if doubtful else 0) - (2 if tail else 0)


def _may_be(word: str, given: str, left: _Left) -> bool:
    """Whether the characters can make up a name at all."""
    if not all(map(_is_han, word)) or set(given) & NEVER or word[-1] == "某" or word[:2] in _GRANDCHILDREN:
        return False
    if len(word) == 3 and word[-1] in _TOWNS and not left.role:
        return False
    return not (is_role(word) or is_polite(given) or (len(word) == 2 and given in _FORMS_OF_AGE and not left.double))


def _is_credible(word: str, given: str, right: int, left: _Left) -> bool:
    """Whether nothing makes it look like a word, or something around it outweighs that."""
    if left.rare and not (right == _MARK and not left.glued and len(given) == 2 and set(given) <= GIVEN):
        return False
    if right == 0 and left.glued and not set(given) & IN_NAMES:
        return False  # 残疾人任洗衣工
    likely = right == _VERB and len(given) == 2 and set(given) <= GIVEN
    if word[0] in RARE and left.glued and right < _MARK and not left.double and not likely:
        return False
    if left.double:
        return True
    if left.glued and word[-1] in TAILS:
        return False
    if not left.role and not has_form(word) and (set(given) & SELDOM or not set(given) & GIVEN):
        return False
    return not _is_ordinary(word, right, left)


def _is_ordinary(word: str, right: int, left: _Left) -> bool:
    """Whether it is a word or begins like one, and nothing around it says that it is a name all the same."""
    if word in LONGER or word[:2] in FUNCTION:
        return True
    if len(word) == 2:
        return word in NOUNS and not (left.role and right >= _VERB and not left.glued)
    return word[:2] in NOUNS and (word[1:] in NOUNS or not left.role or right == 0 or word[2] not in GIVEN)


def _right(text: str, at: int, *, formed: bool = False) -> int:
    """How well a name may end at `at`: at a mark or an honorific, before a verb, or (0) in the middle of a word."""
    if at >= len(text) or _BOUNDARY.match(text, at) or honorific_after(text, at) or is_official_after(text, at):
        return _MARK
    if text.startswith(("某", "岁", "周岁", "·"), at):
        return 0
    if text[at] in FOLLOWERS or text.startswith(_following().get(text[at], _NOTHING), at):
        return _VERB
    loose = formed and (text[at] in LOOSE_FOLLOWERS or text.startswith(_loose_following().get(text[at], _NOTHING), at))
    return _VERB if loose else 0


@cache
def _following() -> dict[str, tuple[str, ...]]:
    """The words that may follow a name, by their first character."""
    return by_first(FOLLOWING)


@cache
def _loose_following() -> dict[str, tuple[str, ...]]:
    return by_first(LOOSE_FOLLOWING)


def _titled(text: str, found: list[Name]) -> list[Name]:
    """A title after the name makes its bearer an official: 王强局长."""
    return [
        Name(name.start, name.end, name.text, Standing.OFFICIAL, True, True)
        if is_official_after(text, name.end)
        else name
        for name in found
    ]


def occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Every place of a full name; not where it is the beginning or the middle of a longer minority name."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if text[end : end + 1] != "·" and text[at - 1 : at] != "·":
            yield at, end
        at = text.find(name, end)
