"""Texts and passages whose persons are told of in public by their nature: works of letters, history, public life.

What is told there of a private person is no disclosure (of works 民法典第一千零二十七条, of what is public already
个人信息保护法第二十七条). It holds only where nothing else in the document tells a private person's number.
"""

from __future__ import annotations

from functools import lru_cache

from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_HEAD_LINES, _HEAD, _TITLE, _LABEL = 3, 160, 40, 14  # a work says in a title among its first lines what it is
_KIND = lazy(
    r"小说|散文|诗歌|诗选|剧本|话剧|小品|相声|童话|寓言|民间故事|传说|连载|回忆录|往事|轶事|读史|读书札记|书评|影评|读《|评《"
    r"|剧情[：:]|编剧|放映|上映|主演|主讲|讲坛|书法家|画家|艺术家|文史|方志|县志|族谱|家谱|考古|出土|古墓|名人|名医|先贤|老照片"
    r"|导演[：:]|片长|广播剧|连环画|绘本|评书|导游词|模拟题|真题|题库|病例分析题|情景分析"
    r"|赏析|戏曲|武侠|小剧场|情景剧|解说词|村史馆|主人公|练习题|习题|应用题|课文|好书榜|书单|读书笔记|唱本|戏文"
    r"|舌尖|探店|老字号|非遗|传承人|第[一二三四五六七八九十百0-9]{1,4}[章回幕场](?:[ 　]|$)"
)
_OPENING = lazy(
    r"(?:从前|很久以前|话说)|(?:小说|影片|全书|剧中)的?主人公|《[^》\n]{2,12}》(?:里|中)，|【剧情】|一九[〇零一二三四五六七][〇零一二三四五六七八九]年[^，。\n出]{0,6}，我"
)
# Said outright, wherever: nobody who lives is meant.
_INVENTED = lazy(
    r"(?:人物|情节|案例|故事|姓名)[^。，；\n]{0,8}(?:虚构|杜撰|编造|重新组合)|为虚构人物"
    r"|(?:病例|数据)[^。，；\n]{0,4}(?:为虚构|纯属虚构|仅供演示)|编出来的(?:例子|家庭|人物|故事)|教学用，?已作?改编|(?:均|皆)为(?:演示|测试|模拟)数据|演示单位"
)
# An examination: what it tells is asked about, and questions have their marks. Marks behind names are pupils' own, and
# those behind statements (大病患者。（20分）, 共20分) belong to a sheet by which somebody is assessed.
_MARKS, _QUESTIONS = lazy(r"[？?][ ]?[（(][0-9]{1,2}分[)）]"), 2
# A form filled in to show how: its persons are nobody.
_SPECIMEN, _NOBODY = lazy(r"示例|样例|样表|范例|范本|示范文本"), lazy(r"张三|李四|王五|赵六|××")
# An example made up to explain a rule: it is led in so, and told of those whom every manual tells of. What is told
# under a false name (化名) has happened to somebody.
_SUPPOSED = lazy(
    r"(?:例如|譬如|比如|举例(?:说明|来说)?|假设|假定|假如|案例[一二三四五六七八九十0-9]{0,2})(?![\u4e00-\u9fff]*[库集汇])"
)
NOBODIES = frozenset(("张三", "李四", "王五", "赵六", "小明", "小红"))
_NOBODIES, _RENAMED = lazy("|".join(sorted(NOBODIES))), lazy(r"化名|假名")
# Directions of a play stand in square brackets or are somebody's entrance; （笑） stands in many an interview, and
# （县政府网站） is no direction either.
_STAGE = lazy(
    r"［[^］\n]{1,30}(?:上|下|坐|站|哭|笑|拍|转身|灯|幕)[^］\n]{0,12}］"
    r"|[（(][\u4e00-\u9fff、]{2,8}(?<![网线以如之马晚早路地身手会桌楼山车街天船])(?:上|下|上场|下场)[。]?[)）]"
    r"|[（(](?:灯光?|幕|舞台)[^（()）\n]{0,12}[)）]|幕启|幕落|剧终"
)
_LINE = lazy(r"(?:\A|\n)[^：:\n]{1,4}[：:]")

_NOT_AN_EVENT = r"(?![^，。；\n]{0,8}(?:出?生(?![活产])|入党|入伍|参军|参加工作|参加革命|加入|建档|办证))"
_FIGURE = "[〇零○一二三四五六七八九]"
_OLD = (
    rf"(?<![0-9])1[0-8][0-9]{{2}}年{_NOT_AN_EVENT}|(?<![0-9])19[0-4][0-9]年{_NOT_AN_EVENT}|"
    rf"(?<!{_FIGURE})一(?:[〇零○一二三四五六七八]{_FIGURE}|九[〇零○一二三四]){_FIGURE}年{_NOT_AN_EVENT}"
)
_PAST = lazy(
    rf"{_OLD}|公元前|前[0-9]{{2,3}}年|[西东]晋|[隋唐宋元明清][朝代末初]|民国|光绪|同治|咸丰|道光|嘉庆|乾隆|康熙|雍正|顺治|王朝|元年|"
    r"登基|谥|皇帝|皇后|太子|储君|国君|王妃|(?<![\u4e00-\u9fff])[齐楚燕韩赵魏秦吴越]国|红军|帝国|王国|公国|领主|骑士|农民军|抗日|游击队|解放前|(?:直?到)解放(?:后|以后|时)|地下党|交通站|旧社会|大洋|"
    r"继室|侧室|妻妾|正妻|相传[^，。\n]{0,8}(?:年|代|时|间|有)"
)
# The years of somebody's life, behind the name.
_LIFE = (
    r"[（(][^（()）\n]{0,6}1[0-9]{3}年?[^（()）\n]{0,6}[—–－~～-]{1,2}"
    r"[^（()）\n]{0,2}(?:1[0-9]{3}|20[0-9]{2})年?[^（()）\n]{0,6}[)）]"
)
_ENTRY = lazy(rf"[^，。\n]{{2,12}}{_LIFE}")  # an entry of a chronicle: all of it tells of the dead
# Living memory: such a year makes only its own sentence history, and not where the sentence comes down to today.
_RECENT_PAST = lazy(
    rf"{_LIFE}|(?<![0-9])19[56][0-9]年{_NOT_AN_EVENT}"
    r"(?!(?:[^。\n]{0,80})(?:去年|今年|现在|目前|如今|近年|现年|至今|一直|20[0-9]{2}年))"
)
_OLD_TITLE = lazy(r"(?<![0-9])1[0-8][0-9]{2}年|(?<![0-9])19[0-6][0-9]年")
# Of whom books, films, courts of history and the world's news tell.
_PUBLIC_LIFE = lazy(
    r"写下《|著有|代表作|导演|出版|电影|电视剧|专辑|歌手|艺人|联赛|球队|球员|拳手|职业生涯|亚军|夺冠|"
    r"将军|封为|传记|历史上|总理|国务院|前?总统|首相|议长|国王|女王|外交部|爆炸案|恐怖袭击|空难|惨案"
)


@lru_cache(maxsize=8)
def is_work(text: str) -> bool:
    """Whether a text says in its first lines that it is a work of letters or history or a form filled in for an
    example, anywhere that its people are invented, asks questions for marks, or is written as a play."""
    head = [line.strip() for line in text[:_HEAD].splitlines() if line.strip()][:_HEAD_LINES]
    titles = [line for line in head if len(line) <= _TITLE and line[-1] not in "。，；"]
    titles += [label for line in head if len(label := line.partition("：")[0]) <= _LABEL and label != line]
    if any(_KIND.search(line) for line in titles) or any(_OLD_TITLE.search(line) for line in titles[:1]):
        return True
    if is_specimen(text) or any(_OPENING.match(line) for line in head) or _INVENTED.search(text) is not None:
        return True
    if len(_MARKS.findall(text)) >= _QUESTIONS:
        return True
    return _STAGE.search(text) is not None and len(_LINE.findall(text[:1000])) >= 3


def is_specimen(text: str) -> bool:
    """Whether its first line calls a text an example of how to fill in a form, and its persons are called so, too."""
    title = text[:_HEAD].strip().partition("\n")[0]
    return len(title) <= _TITLE and _SPECIMEN.search(title) is not None and _NOBODY.search(text) is not None


def is_supposed(text: str, line: Range, at: int) -> bool:
    """Whether a place stands behind words that lead in an example, or opens with them, and that tells of nobody."""
    lead = _SUPPOSED.search(text, line[0], min(at + _LABEL, line[1]))
    if lead is None or _RENAMED.search(text, *line) is not None:
        return False
    return _NOBODIES.search(text, lead.end(), line[1]) is not None


def is_past(text: str, line: Range, sentence: Range) -> bool:
    """Whether a line tells of times that nobody alive took part in as a grown person, or a sentence of old ones."""
    if _PAST.search(text, *line) is not None or is_entry(text, line):
        return True
    return _RECENT_PAST.search(text, *sentence) is not None


def is_entry(text: str, line: Range) -> bool:
    """Whether a line is the entry of a chronicle on somebody dead, who is named with the years of the life."""
    return _ENTRY.match(text, *line) is not None


def is_public_life(text: str, around: Range) -> bool:
    """Whether the words around tell of somebody in public life."""
    return _PUBLIC_LIFE.search(text, *around) is not None
