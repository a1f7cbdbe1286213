"""Sites: what they are, where they are and how much is there, in tables of which each may tell one part only."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.jointly.rows import Row, rows
from reviewer.detect.jointly.telling import Telling
from reviewer.terms import Document
from reviewer.text.lazy import lazy

_NAME = lazy(r"^(?:名称|(?:站|点位?|库|设施|场所|单位|目标|对象)名称?|(?:站|点|库)位?)$")
_CODE = lazy(r"^(?:(?:站|点位?|库|设施|场所|目标)?(?:编号|代码|代号|编码))$")
_COORDINATES = lazy(r"经度|纬度|坐标|^[XxYyBL](?:值|坐标|[（(].*)?$|^[东北]经?纬?$")
_QUANTITY = lazy(
    r"储量|储存量|库存|存量|储备(?:量|规模)|容量|库容|装机|负荷|保有量|存放|"
    r"(?:值守|驻守|警卫|守护|实有|编制|在岗)(?:人数|力量|人员)|警力|岗位数|数量[（(](?:吨|箱|枚|发|支|公斤|千克|立方米|升)[）)]"
)
_SUBJECT = lazy(
    r"(?:战备|储备|弹药|枪[支械弹]?|民爆|炸药|爆炸物品?|成品油|油料|危化品?|剧毒|放射源|金|应急物资)[^，。；\s]{0,4}[库仓]|油库|弹药|"
    r"人防工程|指挥所|阵地|哨所|营区|卡口|监控点|布控点|取水口|水源[井地]|变电站|换流站|调压站|门站|枢纽机房|看守所|武装守护|重点目标"
)
# A code is the same thing elsewhere only if it is nobody else's, too: 3, A1 and 甲 are everywhere.
_OWN = lazy(r"(?=.*[0-9])(?=.*[^0-9.]).{4,}|(?=.*[\u4e00-\u9fff].*[\u4e00-\u9fff]).{3,}")
_WORTH = lazy(_NAME.pattern + "|" + _CODE.pattern + "|" + _COORDINATES.pattern + "|" + _QUANTITY.pattern)
_DIGIT = lazy(r"[0-9]")


def tellings(document: Document) -> Iterator[Telling]:
    """Rows of tables that name a site and tell at least one thing of it."""
    for row in rows(document, _WORTH):
        names = tuple(name for by in (_NAME, _CODE) for name in row.under(by) if _OWN.fullmatch(name))
        parts = dict.fromkeys(_parts(row, document.name), "")
        if names and (parts or len(names) > 1):
            yield Telling(aggregation="sites", names=names, parts=parts or {"designation": ""}, place=row.place)


def _parts(row: Row, name: str) -> Iterator[str]:
    if any(_SUBJECT.search(told) for told in (*row.under(_NAME), row.title, name)):
        yield "subject"
    for part, header in (("coordinates", _COORDINATES), ("quantity", _QUANTITY)):
        if any(_DIGIT.search(cell) for cell in row.under(header)):
            yield part
