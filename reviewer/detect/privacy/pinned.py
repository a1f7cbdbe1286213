"""Who can be told without a full name: the only one of a place, the one at that stall, a short name with its post."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.privacy.ordinary_words import FUNCTION, NOUNS
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, RARE
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_SURNAME = f"(?:{'|'.join(sorted(COMPOUND))}|[{''.join(sorted(COMMON | RARE))}])"
_PERSON = (
    r"(?:同志|大姐|大哥|大妈|大爷|大娘|大叔|大婶|老汉|老人|老太太?|老头|师傅|姑娘|小伙子?|女人|男人|女孩子?|男孩子?|孩子|媳妇|寡妇|女工|女司机|女教师|"
    r"老师|教师|医生|护士|司机|会计|出纳|保安|保洁员?|门卫|厨师|老板娘?|店主|摊主|村医|村官|学生|女生|男生|外孙女?|孙女|孙子|女儿|儿子|双胞胎|"
    r"[女男]?(?:站长|班长|组长|队长|店长|技术员|管理员|操作工|焊工|电工|钳工|教练|保管员|宿管|护工|月嫂|骑手|驾驶员|理发师|裁缝|木匠|铁匠|[\u4e00-\u9fff]?匠)|"
    r"女[\u4e00-\u9fff]{1,4}[工员手师]|户|家)"
)
# What the count says: 全镇唯一跑冷链的女司机, 站上女的就她一个, 仅有的两名女生之一, 最后一任班长.
_ONLY = (
    rf"[^，。；：、“”\n]{{2,14}}(?:唯一|仅有|独一|唯独|最后一[任个位户家])[^，。；：“”\n]{{0,14}}?{_PERSON}(?:之一)?"
    r"|[^，。；：、“”\n]{2,10}[，,]?[^，。；：、“”\n]{0,6}(?:就|只有|只)[她他](?:一个)?(?:人)?(?=[，。；])"
)
# That one: 那位管仓库的同志, 分管统计年报那位女同志, 水碾旁边那户的外孙女, 门口卖早点那位大姐.
_THAT = (
    rf"[^，。；：、“”\n]{{0,12}}[那这][位个户家][^，。；：、“”\n]{{2,12}}的[^，。；：、“”\n]{{0,4}}?{_PERSON}"
    rf"|[^，。；：、“”\n]{{3,14}}(?:的)?那[位个户家](?:的)?[^，。；：、“”\n]{{0,3}}?{_PERSON}"
)
# By the trade at a place: 食堂打菜的大姐, 修自行车那老头, 烧烤店隔壁婚纱店的老板娘.
_TRADE = (
    r"[^，。；：、“”\n]{2,12}(?:卖|开|修|看|管|打|送|跑|扫|骑|守|喂|放|摆)[\u4e00-\u9fff]{1,6}的[^，。；：、“”\n]{0,2}?"
    rf"(?:那[位个家户])?{_PERSON}"
    r"|[^，。；：、“”\n]{2,8}(?:隔壁|对面|门口|旁边|拐角|楼下|背后)[^，。；：、“”\n]{1,8}的(?:老板娘?|店主|摊主|师傅|大姐|女主人)"
)
_TRIGGER = lazy(
    rf"唯一|仅有|独一|唯独|最后一[任个位户家]|(?:就|只有|只)[她他]|[那这][位个户家]|的[^，。；：、“”\n]{{0,4}}?{_PERSON}"
)
_LEAD = lazy(
    r"[^，。；：\n]{0,4}?(?:其中[一二三]人|患者|病人|被害人|受害人|当事人|该人|举报人|反映人|对方|本人|此人)?(?:系|为|是|给|帮|跟|同|找|问|请|听说|据说|都说|说|称|讲)(?=[^，。；：\n]{4})"
)
_PINNED = lazy(f"(?:{_ONLY}|{_THAT}|{_TRADE})")
# No one person: any of a kind, a figure of speech, what a law says.
_ANY = lazy(r"每|凡|任何|各[位家户]|如果|若|假如|一般|某[个位些]|哪[个位]|之类|那些|这些|所有|应当|可以")

_HONOUR = (
    "(?:师傅|老师|大叔|大姐|大妈|大爷|大娘|大婶|大嫂|大伯|阿姨|阿婆|阿公|阿婶|爷爷|奶奶|嫂|婶|哥|姐|叔|伯|婆婆|老汉|"
    "老太|女士|先生|氏)"
)
_CALLED = lazy(r"[小老阿师大爷奶嫂婶哥姐叔伯婆女先氏]")  # one stands in every such name
_SHORT = lazy(
    rf"(?<![\u4e00-\u9fff某])(?:[小阿]{_SURNAME}|{_SURNAME}{_HONOUR})(?![\u4e00-\u9fff]?[某×*]|[：:])"
    rf"|(?P<posted>(?:[0-9一二三四五六七八九十]楼|单元|[栋幢号]|[村组社区巷街院厂店校班科股办所站室队铺摊]的?|食堂|门卫|保安|保洁|秘书|司机|会计|出纳|护士|宿管|学生|"
    rf"书法班|授课的|隔壁的?|邻居|工友|同事|村民|住户|业主|职工|女工|队员|徒弟)(?P<name>[小老阿]{_SURNAME}|{_SURNAME}{_HONOUR}))"
)
_GLUED = lazy(rf"[小老阿]{_SURNAME}|{_SURNAME}{_HONOUR}")  # wherever it stands
_WORDS = frozenset(
    (
        *("值班", "带班", "老公", "老师", "老家", "老年", "老房", "小楼"),
        *("小店", "小区", "小车", "小时", "小寒", "小暑", "阿里"),
    )
)
_NO_NAME = lazy(r"某|化名|[×*＊]")


def pinned(text: str, start: int, end: int) -> Iterator[Range]:
    """Phrases in `text[start:end]` that single out one person and name nobody."""
    if not _TRIGGER.search(text, start, end):
        return
    for match in _PINNED.finditer(text, start, end):
        if not _ANY.search(text, max(start, match.start() - 4), match.end()):
            lead = _LEAD.match(text, match.start(), match.end())
            yield (lead.end() if lead else match.start()), match.end()


def short_names(text: str, start: int, end: int, *, posted: bool) -> Iterator[Range]:
    """Surnames with 小, 师傅 and the like; with `posted` only those that a post or a place says who they are."""
    if not _CALLED.search(text, start, end):
        return
    for match in _SHORT.finditer(text, start, end):
        if _NO_NAME.search(text, match.end(), match.end() + 4):
            continue
        if match["posted"]:
            yield match.span("name")
        elif not posted:
            yield match.span()


def called(text: str, start: int, end: int) -> Iterator[Range]:
    """Everything in `text[start:end]` that may be such a name, whatever stands around it: to be weighed."""
    if _CALLED.search(text, start, end):
        for match in _GLUED.finditer(text, start, end):
            if not _is_word(text, *match.span()):
                yield match.span()


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether it is an ordinary word, or begins with the second half of one: 老公, 小区; 值班老师."""
    word, before = text[start:end], text[start - 1 : start + 1]
    return (
        {word, before} & _WORDS != set() or word in NOUNS or word in FUNCTION or before in NOUNS or before in FUNCTION
    )
