"""Tells of which kind of disclosure a text is: a title line says so, and headers or words around bear it out."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.detect.expressions import regex
from reviewer.detect.scenario.policy import Scenario
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

# Points: no title, no scenario; a title alone is not enough.
_TITLE, _HEADER, _WORD = 6, 2, 1
_MOST_HEADERS, _MOST_WORDS = 4, 2
_SURE = 7
_LONGEST_TITLE = 60
_TITLE_LIKE = lazy(
    r"公示|公告|公布|公开|通告|通报|声明|启事|名单|名册|花名|名录|明细|清册|一览|登记表|签到表|台账|情况表|汇总表|信息|选登|答复|回复|发放|结果|"
    r"决定书|通缉令|榜|决定|拟[\u4e00-\u9fff]{0,4}(?:补助|支持|资助|奖励|推荐)"
)
_SENTENCE = lazy(r"[。；，]|[：:]\s*\Z|\A第[一二三四五六七八九十百0-9]+[条款]|\A[（(][一二三四五六七八九十]+[)）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What there is to recognise a text by: its title lines, its table's headers, the text around."""

    titles: Sequence[str]
    headers: Sequence[str]
    around: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much speaks for the likeliest scenario, and whether that is enough to be sure."""

    scenario: Scenario
    points: int

    @property
    def sure(self) -> bool:
        return self.points >= _SURE


def likeliest(scenarios: Sequence[Scenario], evidence: Evidence) -> Likeness | None:
    """The scenario whose title fits best (the most points, then the longest match), or None without a title.

    A general one speaks only where none that says more is sure.
    """
    titles = [title for title in evidence.titles if _is_title(title)]
    if not titles:
        return None
    particular = _best([scenario for scenario in scenarios if not scenario.general], titles, evidence)
    if particular is not None and particular.sure:
        return particular
    general = _best([scenario for scenario in scenarios if scenario.general], titles, evidence)
    return general if general is not None and general.sure else particular


def _best(scenarios: Sequence[Scenario], titles: Sequence[str], evidence: Evidence) -> Likeness | None:
    best: tuple[int, int, Scenario] | None = None
    for scenario in scenarios:
        length = max((_title_length(scenario, title) for title in titles), default=0)
        if not length:
            continue
        points = _points(scenario, evidence)
        if best is None or (points, length) > best[:2]:
            best = (points, length, scenario)
    return None if best is None else Likeness(scenario=best[2], points=best[0])


def _is_title(line: str) -> bool:
    """A short line about something published, and no sentence or item of an enumeration."""
    return len(line) <= _LONGEST_TITLE and not _SENTENCE.search(line) and _TITLE_LIKE.search(line) is not None


def _title_length(scenario: Scenario, title: str) -> int:
    found = regex(scenario.signs.title).search(title)
    if found is None or (scenario.signs.unless and regex(scenario.signs.unless).search(title)):
        return 0
    return found.end() - found.start()


def _points(scenario: Scenario, evidence: Evidence) -> int:
    points = _TITLE + min(_MOST_HEADERS, _HEADER * known_headers(scenario, evidence.headers))
    if scenario.signs.words:
        said = {match[0] for match in regex(scenario.signs.words).finditer(evidence.around)}
        points += min(_MOST_WORDS, _WORD * len(said))
    return points


def known_headers(scenario: Scenario, headers: Sequence[str]) -> int:
    """How many of these headers are those of such a list."""
    if not scenario.signs.headers:
        return 0
    return sum(regex(scenario.signs.headers).search(header) is not None for header in headers)
