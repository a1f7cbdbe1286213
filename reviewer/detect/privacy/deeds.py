"""What somebody did or suffered makes the name private by itself: who informed, who petitioned, who was harmed."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.privacy.people import Name
from reviewer.detect.privacy.roles import Standing, is_role
from reviewer.detect.privacy.surnames import COMMON
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_REACH = 40  # characters on either side of a deed's words within which its doer is named
_WORDS = lazy(
    r"举报|检举|揭发|控告|告发|爆料|线索|写信|来信|来电|来访|致电|信箱|上访|信访|接访|劝返|动向|反映|代表|我姓|"
    r"强奸|强暴|猥亵|性侵|殴打|毒打|打伤|拐卖|侵害|家暴|施暴|虐待|霸凌|欺凌|绑架|拘禁|偷拍|尾随|报警|求助"
)
_BRACKET = r"(?:[（(][^（）()\n]{1,16}[)）])?"
# What may stand between the name and the deed, so that the deed is the bearer's.
_BETWEEN = r"(?:(?!被|接|受理|查|通报|介绍|应|要|严|鼓励|如|负责|主持|分管|宣布|表示|强调|指出)[^。；：:\n]){0,18}?"
_INFORMED = lazy(
    rf"{_BRACKET}{_BETWEEN}(?:(?:实名|署名|匿名|书面|写信|去信|打电话|偷偷|私下|悄悄)[^，。；\n]{{0,6}})?"
    r"(?:举报(?![ ：:（(]?[0-9]|人|电话|热线|奖励|信箱|邮箱|办法|制度|中心|件|平台)|检举|揭发|告发|爆料|控告|递了?材料)"
    rf"|{_BRACKET}[^；\n]{{0,44}}?(?:塞进|寄[到给往]|投[进到]|交[到给])[^。；\n]{{0,6}}(?:纪委|监委|举报|巡察组|巡视组|信箱)"
)
_OPENING = " \t　，。；：:、"
_INFORMS = lazy(
    r"(?:实名|署名|匿名|书面|多次)?(?:举报|检举|揭发|控告)(?=[^0-9，。；：、\n]{4})(?!人|电话|热线|奖励|信箱|办法|制度|中心|平台|应|须|可)"
)
_INFORMER = lazy(
    r"(?:写信|举报|检举|揭发|告发|爆料|提供线索|反映问题|递材料|报料)的(?:人)?(?:，?(?:正)?是|叫|为)?[^，。；：\n]{0,10}?\Z"
    r"|(?:举报|线索|材料|举报信|检举信)(?:由|系|是|来自|署名(?:为|是)?)[^，。；：\n]{0,14}?\Z|(?:署名|落款)[：:为是]{0,2}\Z"
    r"|(?:发现[^，。；\n]{0,10}问题的|第一个站出来的)，?是?[^，。；：\n]{0,8}?的\Z"
    r"|[—-]{1,2}[\u4e00-\u9fff]{2,12}[ 　]\Z"
    r"|收到[^，。；\n]{0,6}(?:实名信|举报信|检举信|来信)，\Z"
)
_PETITIONED = lazy(
    rf"{_BRACKET}[^，。；：\n]{{0,12}}(?:(?:来信|来电|来访|致电|打来电话|投书|多次到访)[^，。；\n]{{0,6}}(?:反映|咨询|投诉|称|诉|，)|上访|缠访|非访)"
    r"|(?:同志)?(?:的)?(?:动向|信访诉求|信访事项|上访问题)|[^，。；：\n]{0,6}(?:又|再次)?(?:去了|到了|进了|赴)(?:省里|北京|省城|京)"
    r"|等(?:[0-9一二三四五六七八九十几]+)(?:名|位)?(?:人|户|村民|业主|职工)?[^。；\n]{0,6}(?:联名|反映|上访|诉)"
)
_PETITIONER = lazy(
    r"我姓[\u4e00-\u9fff]，(?:叫)?\Z|(?:接访|约访|回访|劝返|稳控|包案)(?:了|对象)?(?:信访人|群众)?\Z|集体[（(]代表\Z|代表[：:]\Z"
)
_HARMED = lazy(
    rf"{_BRACKET}[^，。；：\n]{{0,8}}(?:被|遭到?|受到)[^，。；：\n]{{0,16}}"
    r"(?:强奸|强暴|轮奸|猥亵|性侵|殴打|毒打|暴打|打伤|拐卖|拐走|侵害|家暴|施暴|虐待|霸凌|欺凌|绑架|拘禁|囚禁|偷拍|尾随|骗走|骗婚|捅|砍)"
    r"|[^，。；：\n]{0,4}(?:报警|求助)(?:称|说|，)[^。；\n]{0,14}(?:丈夫|前夫|男友|父亲|继父|公公|儿子|老公)"
    r"|(?:[^，。；：\n]{0,6})到(?:站|妇联|派出所|所)?求助，[^。；\n]{0,8}(?:丈夫|前夫|男友)"
)


def doers(survey: Survey) -> Iterator[Name]:
    """The names that a deed makes private, with the part that it says they played."""
    for low, high in _stretches(survey):
        yield from _informing(survey, low, high)
        for name in survey.society.names_in(low, high):
            if name.formed and not name.official:
                standing = _part(survey.text, name, low, high)
                if standing is not None:
                    yield Name(name.start, name.end, name.text, standing, True, True)


def _informing(survey: Survey, low: int, high: int) -> Iterator[Name]:
    """Names too faint by themselves that open a clause and inform in their next word: 经查，毛敏举报…"""
    for name in survey.society.faint_in(low, high):
        opens = name.start == low or survey.text[name.start - 1] in _OPENING
        formed = name.text[0] in COMMON and not is_role(name.text)  # 拓宽举报渠道
        if opens and formed and _INFORMS.match(survey.text, name.end, high):
            yield Name(name.start, name.end, name.text, Standing.WHISTLEBLOWER, True, True)


def _stretches(survey: Survey) -> Iterator[Range]:
    """The lines that speak of such deeds, or of a long line the part around them."""
    reached = -1
    for found in _WORDS.finditer(survey.text):
        if found.start() < reached or survey.cell_at(found.start()) is not None:
            continue
        low, high = survey.reading.line_at(found.start())
        if high - low > 4 * _REACH:
            low, high = max(low, found.start() - 2 * _REACH), min(high, found.end() + 2 * _REACH)
        reached = high
        yield low, high


def _part(text: str, name: Name, low: int, high: int) -> Standing | None:
    start, end = name.start, min(high, name.end + 2 * _REACH)
    before = max(low, start - _REACH)
    if _INFORMER.search(text, before, start) or _INFORMED.match(text, name.end, end):
        return Standing.WHISTLEBLOWER
    if _PETITIONER.search(text, before, start) or _PETITIONED.match(text, name.end, end):
        return Standing.PETITIONER
    return Standing.VICTIM if _HARMED.match(text, name.end, end) else None
