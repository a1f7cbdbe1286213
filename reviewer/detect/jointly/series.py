"""Series: how much a guarded unit was given in one month, told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.jointly.rows import plain
from reviewer.detect.jointly.telling import Telling
from reviewer.terms import Document
from reviewer.text.lazy import lazy

_UNIT = (
    r"(?:营区|部队|驻军|哨所|阵地|洞库|弹药库|油库|看守所|监狱|监区|拘留所|戒毒所|备勤(?:点|基地)|"
    r"不挂牌(?:单位|的那处|那处))"
)
_SUPPLY = (
    r"(?:供水|供电|供气|供暖|供餐|供粮|供油|供应|用水|用电|用气|用油|配送|送餐|伙食|主食|副食|燃油|油料|领用|消耗|"
    r"补给)"
)
_FIGURE = r"[0-9][0-9,.]*(?:余|多)?(?:万|千)?(?:千瓦时|度|立方米|立方|方|吨|公斤|千克|斤|份|升|人次|餐|箱|桶|元)"
_TOLD = lazy(
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}})年)?(?P<month>1[0-2]|0?[1-9])月份?[^。；\n]{{0,20}}?"
    rf"(?P<who>[\u4e00-\u9fff0-9]{{0,8}}?{_UNIT})[^。；\n]{{0,12}}?(?P<what>{_SUPPLY})[^。；\n0-9]{{0,8}}{_FIGURE}"
)
_YEAR = lazy(r"(?:19|20)[0-9]{2}(?=年)")
_BEFORE = lazy(r"^.*(?:[向给为对往在由与及和]|月份?|全月|本月|我[局司站厂])")
_PROPER = 3  # characters: of "营区" alone nobody knows which one


def tellings(document: Document) -> Iterator[Telling]:
    """A sentence a month; the year it says, else the last one said before, the file's name first."""
    year = _last_year(document.name, "")
    for segment in document.segments:
        text = plain(segment.text)
        for told in _TOLD.finditer(text):
            when = told["year"] or _last_year(text[: told.start()], year)
            who = _BEFORE.sub("", told["who"])
            if when and len(who) >= _PROPER:
                names = (who + told["what"],)
                part = f"{when}-{int(told['month']):02}"
                yield Telling(aggregation="series", names=names, parts={part: ""}, place=segment.place)
        year = _last_year(text, year)


def _last_year(text: str, otherwise: str) -> str:
    said = _YEAR.findall(text)
    return said[-1] if said else otherwise
