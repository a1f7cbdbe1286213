"""All full names of a text: what the grammar of names finds, weighed by a learned scorer, and what that adds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

from reviewer.detect.privacy.people import Name, names
from reviewer.detect.privacy.roles import Standing, is_official_after, standing_before
from reviewer.text.lazy import lazy

_SURE = 0.9  # from here on a scored name is as good as one that a role word introduces
_LIKELY = 0.7  # from here on something told beside it may be told of its bearer
_NEVER = 0.1  # a name of the grammar's that the scorer all but excludes is dropped
_BARELY = 0.4  # the same of a name of two characters that no word around speaks for
NUMBERED = "甲乙丙丁戊别"
_BECOMES = lazy(r"(?:法定代表人|法人代表|负责人|经营者|投资人)[^，。；\n]{0,10}(?:变更|更换|调整)为\Z")
CROSSED, FOUND, _FORMED, STRONG, _STANDING, _OFFICIAL = 1, 2, 3, 4, 5, 6
"""What the grammar says of a stretch; from `STRONG` on words around it speak for a name."""

# The rest of a firm's or a body's name of which a stretch is only the beginning: 安泰建筑, 甘宝贝便利店, 桂林红十字会.
_FIRM = lazy(
    r"[^0-9A-Za-z，。；：、“”（）()《》\s到去在的是和与被把从向为及由于用对给说称开办建家入进经系至回找来送往当让同跟住乘坐买卖将请叫因已曾又也就都并且]{0,4}?"
    r"(?:有限公司|公司|集团|超市|便利店|商行|商店|商贸|餐饮|饭店|餐馆|酒店|宾馆|药房|药店|门市部?|经营部|工作室|合作社|水务|建筑|建材|物流|科技|软件|食品|"
    r"环保|农业|实业|电子|机械|服装|家政|物业|地产|置业|矿业|能源|十字会|基金会|银行|小学|中学|大学|学院|学校|幼儿园|卫生院|医院|律师事务所|事务所|花园|小区|家园|苑)"
)
# A surname with an office of one word: 李楼长.
_TITLED = lazy(r"[\u4e00-\u9fff][楼组队班站所村镇乡科店园校院局处股区厂行社会哨]长")
_SEPARATORS = ("", "\t", "|", "\n", "\r")

Range = tuple[int, int]
Likely = tuple[int, int, float]


class Scorer(Protocol):
    """See `reviewer.detect.persons.NameScorer`."""

    def names(self, text: str, said: dict[Range, int], taken: set[int]) -> tuple[list[Likely], list[Likely]]: ...
    def chance(self, text: str, start: int, end: int, said: int) -> float: ...


def said_by(name: Name) -> int:
    """What the grammar says of a stretch that it calls a name, as a feature of the scorer."""
    if name.official:
        return _OFFICIAL
    if name.standing is not Standing.NONE:
        return _STANDING
    return STRONG if name.strong else _FORMED if name.formed else FOUND


def said_of(text: str, lines: Iterable[Range]) -> dict[Range, int]:
    """The same of every stretch that the grammar calls a name."""
    return {(name.start, name.end): said_by(name) for line in lines for name in names(text, *line)}


def crossed(said: dict[Range, int]) -> set[int]:
    """The places inside names of the grammar's."""
    return {place for start, end in said for place in range(start, end)}


def said_at(said: Mapping[Range, int], taken: AbstractSet[int], start: int, end: int) -> int:
    """What the grammar says of one stretch: that it is a name, that part of it belongs to one, or nothing."""
    held = said.get((start, end))
    if held is not None:
        return held
    return 0 if taken.isdisjoint(range(start, end)) else CROSSED


class Scored:
    """The names of one text, scored once."""

    def __init__(self, text: str, lines: Sequence[Range], scorer: Scorer | None) -> None:
        self._text, self._scorer = text, scorer
        self._grammar: dict[Range, list[Name]] = {}
        self._found: list[Likely] = []
        self._faint: list[Likely] = []
        if scorer is not None:
            self._grammar = {line: names(text, *line) for line in lines}
            said = {(name.start, name.end): said_by(name) for found in self._grammar.values() for name in found}
            self._found, self._faint = scorer.names(text, said, crossed(said))
        self._starts = [start for start, _, _ in self._found]
        self._faint_starts = [start for start, _, _ in self._faint]

    def names(self, start: int, end: int) -> list[Name]:
        """The grammar's names of `text[start:end]` without those the scorer excludes, and its own that cross none."""
        found = self._grammar.get((start, end))
        if found is None:
            found = names(self._text, start, end)
        if self._scorer is None:
            return found
        kept = [name for name in found if not self._is_excluded(name)]
        taken = {place for name in kept for place in range(name.start, name.end)}
        more = [name for name in self._more(start, end) if taken.isdisjoint(range(name.start, name.end))]
        return sorted([*kept, *more], key=lambda name: name.start)

    def faint(self, start: int, end: int) -> list[Name]:
        """What may be a name in `text[start:end]`, to be believed where something private is told right beside it."""
        low, high = bisect_left(self._faint_starts, start), bisect_left(self._faint_starts, end)
        found = (
            _name(self._text, start, at, stop, chance) for at, stop, chance in self._faint[low:high] if stop <= end
        )
        return [name for name in found if not (name.official or self._is_excluded(name))]

    def _more(self, start: int, end: int) -> Iterator[Name]:
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for at, stop, chance in self._found[low:high]:
            if (
                stop <= end
                and not _is_cell(self._text, at, stop)
                and not _FIRM.match(self._text, stop)
                and not _TITLED.fullmatch(self._text, at, stop)
            ):
                yield _name(self._text, start, at, stop, chance)

    def _is_excluded(self, name: Name) -> bool:
        if is_numbered(name.text) or _TITLED.fullmatch(name.text) or _FIRM.match(self._text, name.end):
            return True
        if self._scorer is None or not 2 <= name.end - name.start <= 4 or "·" in name.text:
            return False
        least = _NEVER if name.end - name.start > 2 or name.strong else _BARELY
        return self._scorer.chance(self._text, name.start, name.end, said_by(name)) < least


def is_numbered(text: str) -> bool:
    """Whether it stands in the place of a name (张甲, 李乙), or over a column of them (族别)."""
    return len(text) == 2 and text[1] in NUMBERED


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether it is all that stands between two separators: the head of its column says what it is."""
    return text[start - 1 : start] in _SEPARATORS and text[end : end + 1] in _SEPARATORS


def _name(text: str, opening: int, start: int, end: int, chance: float) -> Name:
    office = is_official_after(text, end) or _BECOMES.search(text, max(opening, start - 30), start)
    standing = Standing.OFFICIAL if office else standing_before(text, opening, start)
    return Name(
        start, end, text[start:end], standing, chance >= _SURE or standing is not Standing.NONE, chance >= _LIKELY
    )
