"""Names of persons in running text and in cells: surname grammar, the words around them, and no dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.roles import Standing, honorific_after, is_official_after, standing_before
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, RARE

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_NEVER = frozenset(
    "的了吗呢吧这那哪你我他她它们很还就不没被把让给是在对及或但每某该此所等第个名位元号岁县省局厅委处科股室厂店款额费项条率份×"
)
_TAILS = frozenset("市区县镇乡村组队站院校部社所家人员者性化法率局线厂户")
# What may follow a name without a mark between: verbs and particles of reports.
_FOLLOWERS = frozenset(
    "在于因系与和及等的被将把向对从以经已曾均未不没称说住持驾患之即又也都就还至到有由并则同让叫给用要想共仍再得是所"
)
_FOLLOWING = (
    "请求 违规 进入 反映 申请 要求 表示 认为 驾驶 患有 身患 家住 现住 户籍 持有 支付 死亡 受伤 当场 一家 家庭 多次 长期 今年 去年 "
    "银行 身份 手机 电话 账户 提出 违建 诉称 辩称 自述 主诉 来电 来访 来信 发生 出现 突发 确诊 酒后 殴打 签订 领取 享受 查出 "
    "得知 拒不 遗失 不慎 无证 作为 本人 借款 欠款 透露 指定 信访 上访 起诉 离婚 丧偶 失业 务工 打工 独居 退休 毕业 就读 出生 "
    "男性 女性 女儿 儿子 妻子 丈夫 父亲 母亲 父母 儿媳 孙子 孙女 老伴 爱人 月工 血液 右手 左手 右腿 左腿 头部 反馈 举报 投诉 "
    "违法 犯罪 涉嫌 盗窃 吸毒 服刑 所养 所住 工伤 坠落 摔倒 溺水 中毒 抢救 送医 住院 手术 随母 随父 应于 应在 账号 卡号 记过 实施 询问 签字 "
    "涉案 名下 应享 依法 缺席 到庭 未到 委托 陈述 承认 供述 交代 联系 前往 乘坐 返回 入住 途经 到访 情况 案的 信访 出院 入院 "
    "鼻骨 颅脑 全身 左侧 右侧 双侧 目前 现年 现在 当时 随后 之后 当晚 当日 次日 生前"
).split()
_BOUNDARY = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff·某]|[0-9A-Za-z]")
_MINORITY = re.compile(rf"[{_HAN}]{{2,8}}(?:[·•・][{_HAN}]{{1,10}}){{1,3}}")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){1,3}")
_CELL = re.compile(rf"[{_HAN}]{{2,6}}")
_AFTER_SEX = re.compile(
    r"[ ]?[（(，,；;、 ][ ]?(?:男|女)[）)，,。；;、 ]|[ ]?[（(][ ]?(?:[0-9]{1,3}岁|身份证|系|女|男|曾用名|化名)"
)
_LIST_JOINT = re.compile(r"[ ]?[、和与及][ ]?")


@dataclass(frozen=True, slots=True)
class Name:
    """A full name in folded text. `strong`: the words around it say that it is a name, not only its form."""

    start: int
    end: int
    text: str
    standing: Standing
    strong: bool

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
    return _CELL.fullmatch(bare) is not None and not set(bare) & _NEVER and bare not in _PLACEHOLDERS


_PLACEHOLDERS = frozenset(
    "合计 小计 总计 姓名 本人 不详 暂无 没有 同上 户主 备注 签名 未婚 离异 丧偶 已婚 空白 不填 略去 父子 夫妻 母女 未知".split(
        " "
    )
)


def has_surname(text: str) -> bool:
    """Whether the text begins with a surname, common or not."""
    return text[:2] in COMPOUND or text[:1] in COMMON or text[:1] in RARE


def names(text: str, start: int, end: int) -> list[Name]:
    """The names in `text[start:end]`, from left to right, none overlapping another."""
    found: list[Name] = []
    reached = start
    for match in _candidates().finditer(text, start, end):
        at = match.start()
        if at < reached:
            continue
        name = _minority(text, match, start) or _best(text, at, start, end, found[-1] if found else None)
        if name is not None:
            found.append(name)
            reached = name.end
    return _titled(text, found)


@cache
def _candidates() -> re.Pattern[str]:
    """A place where a name may begin."""
    double = "|".join(sorted(COMPOUND))
    single = "".join(sorted(COMMON | RARE))
    return re.compile(rf"(?P<minority>{_MINORITY.pattern})|(?:{double})|[{single}]")


def _minority(text: str, match: re.Match[str], start: int) -> Name | None:
    if not match["minority"]:
        return None
    standing = standing_before(text, start, match.start())
    return Name(match.start(), match.end(), match[0], standing, True)


def _best(text: str, at: int, start: int, end: int, last: Name | None) -> Name | None:
    """The most likely name that begins at `at`: of three characters, of two, or of a double surname's four."""
    standing = standing_before(text, start, at)
    if last is not None and standing is Standing.NONE and _LIST_JOINT.fullmatch(text, last.end, at):
        standing, inherited = last.standing, last.strong
    else:
        inherited = standing is not Standing.NONE
    bounded = (
        at == start or _BOUNDARY.fullmatch(text[at - 1]) is not None or text[at - 1] in "与和由对向将把给找到是即叫：:"
    )
    if not (inherited or bounded) and not _follows_sex(text, at):
        return None
    double = text[at : at + 2] in COMPOUND
    if not double and text[at] in RARE and not inherited and not _follows_sex(text, at):
        return None
    scored = [
        (score, length)
        for length in ((4, 3) if double else (3, 2))
        if at + length <= end and (score := _score(text, at, length, inherited, double)) >= 3
    ]
    if not scored:
        return None
    _, length = max(scored)
    stop = at + length
    strong = inherited or bool(_AFTER_SEX.match(text, stop)) or bool(honorific_after(text, stop))
    return Name(at, stop, text[at:stop], standing, strong)


def _follows_sex(text: str, at: int) -> bool:
    return any(_AFTER_SEX.match(text, at + length) for length in (2, 3))


def _score(text: str, at: int, length: int, role: bool, double: bool) -> int:
    """How likely `length` characters from `at` are a name: 3 is enough."""
    word = text[at : at + length]
    given = word[2 if double else 1 :]
    if not all("\u3400" <= char <= "\u9fff" for char in word) or set(given) & _NEVER or word[-1] == "某":
        return 0
    right = _right(text, at + length)
    certain = bool(_AFTER_SEX.match(text, at + length))
    if not certain and not double and _is_ordinary(word, role and right >= 2):
        return 0
    if right == 0 and (length == 2 or not role):
        return 0
    doubtful = length > 2 and word[-1] in _FOLLOWERS and right < 3
    tail = word[-1] in _TAILS and not (role and right >= 2)
    return (3 if role else 1) + right + (2 if certain else 0) - (2 if doubtful else 0) - (2 if tail else 0)


def _is_ordinary(word: str, sheltered: bool) -> bool:
    if word in LONGER or word[:2] in FUNCTION:
        return True
    if len(word) == 2:
        return word in NOUNS and not sheltered
    return word[:2] in NOUNS and word[1:] in NOUNS


def _right(text: str, at: int) -> int:
    """How well a name may end at `at`: 3 at a mark or an honorific, 2 before a verb, 0 in the middle of a word."""
    if at >= len(text) or _BOUNDARY.match(text, at) or honorific_after(text, at) or is_official_after(text, at):
        return 3
    if text.startswith("某", at) or text.startswith("·", at):
        return 0
    return 2 if text[at] in _FOLLOWERS or any(text.startswith(word, at) for word in _FOLLOWING) else 0


def _titled(text: str, found: list[Name]) -> list[Name]:
    """A title after the name makes its bearer an official: 王强局长."""
    return [
        Name(name.start, name.end, name.text, Standing.OFFICIAL, True) if is_official_after(text, name.end) else name
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
