"""Names by their place: what stands at the head of an item as names stand at the heads of the items around it."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

# 序2：萨日娜，包装，… / 电镀车间白灵，… / 三组涂细妹，… / 楚一航：…
_HEAD = lazy(
    r"(?:\A|(?<=[。；;\n]))[ \t]*(?:[（(]?(?:序|第)?[0-9一二三四五六七八九十]{1,3}[)）.、：:．︰][ ]*|[—\-●★▲◆·][ ]*)?"
    r"(?:[\u4e00-\u9fff0-9]{1,6}(?:车间|小组|班|组|村|社区|室|楼|岗|队|股|科|屯|社)|[\u4e00-\u9fff]{2,3}：)?"
    r"(?P<name>[\u4e00-\u9fff]{2,5})(?P<mark>[，：:（(])"
)
# Characters with which names of Tibetans, Mongols, Uygurs, Yi and Kazakhs are written.
_SOUNDS = (
    "阿艾安巴白拜班帮贝比波博布才采仓策查昌措次达代丹当道德迪地丁顿多朵俄额厄恩尔法芙嘎尕噶盖甘岗格根贡古瓜哈海合赫呼吉及加佳嘉江杰金卡凯康柯克孔库拉莱兰朗郎勒雷里力丽列林琳龙卢鲁罗洛马玛迈麦满曼美米木穆"
    "娜纳乃尼妮努诺欧帕佩平普其奇琪恰切青琼确群然热仁日茹萨赛桑沙莎珊尚舍什斯松苏索塔台泰坦腾特提图土托瓦娃旺维温乌吾西希夏先秀旭雅亚央杨耶叶伊依益音尹英永尤玉扎泽增赞占者珍芝支智仲珠卓孜宗"
)
_SPELT = lazy(f"[{_SOUNDS}]{{3,5}}")
# What a person is, right behind the name: a sex, an age, a trade.
_PERSON = lazy(
    r"[，（(](?:男|女|[0-9一二三四五六七八九十]{1,3}岁|[\u4e00-\u9fff]{1,3}[工师员]|[小初高][一二三四五六]|[0-9]{4}级)[，。；：）)]"
)
_LABEL = lazy(
    r"某|(?:情况|问题|事项|说明|原因|意见|时间|地点|要求|措施|结果|本人|其中|同时|此外|另外|目前|经查|今年|去年|上周|下周|昨天|今天|备注|附件|注意|日期|编号|[的了是在和与及把被])"
)


def heads(text: str, start: int, end: int) -> Iterator[tuple[Range, str]]:
    """What stands at the heads of items in `text[start:end]` and no ordinary word, with the mark behind it."""
    for match in _HEAD.finditer(text, start, end):
        word = match["name"]
        if word not in FUNCTION and word not in NOUNS and word not in LONGER and not _LABEL.search(word):
            yield match.span("name"), match["mark"]


def is_spelt(word: str) -> bool:
    """Whether a word is written throughout with the characters that spell other languages' names."""
    return _SPELT.fullmatch(word) is not None


def sounds(word: str) -> int:
    """How many characters of a word are those that spell other languages' names."""
    return sum(char in _SOUNDS for char in word)


def is_personal(text: str, start: int, end: int) -> bool:
    """Whether a head is a person's by its own sounds, or by what stands right behind it."""
    return _SPELT.fullmatch(text, start, end) is not None or _PERSON.match(text, end) is not None
