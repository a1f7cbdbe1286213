"""Tells an office's published line from a private person's: the nearest label decides, then what stands beside."""

from __future__ import annotations

import re
from enum import Enum

from reviewer.text.lazy import lazy

_REACH = 36

_OFFICE = lazy(
    r"咨询|监督|(?:中心|单位|办公室)地址|实名提出|举报(?!人)|受理|值班|办公|热线|服务(?:电话|台|大厅|中心|邮箱|号码?|微信)|报名|投标|招标|采购|代理机构|(?<!紧急)(?<!家属)联系人|经办人?|"
    r"负责人|承办|项目经理|专管员|客服|传真|总机|窗口|前台|报警(?!人)|投诉(?:电话|热线|邮箱|受理)|维权|公示电话|反馈|业务|看车|"
    r"邮编|邮寄|来信地址|官方|民警|警官|办案|医生|老师|工作人员|公众号|信箱(?!里)|领导|河长|网格员|镇长|书记|主任|队长|局长|所长|科长|站长|律师|法定代表人|经营者|法人|"
    r"[0-9]小时|对外|公开电话|请拨|报修|异议|[日天]内电|(?:电话)?(?:报送|填报|上报)|拨打|致电|拨通|请与|请联系|可联系|来认领|抢修|预约|挂号|急诊|校办|村委会?电话|社区电话|单位电话|抄送|应急|救援|困人|通讯作者|会务|接站|接待|订餐|订房|预订|驿站|签约|看样|(?:领养|认养)联系|老板娘?[：:]|(?<!家属)(?<!紧急)联系[：:]"
)
_PRIVATE = lazy(
    r"本人|爸爸|妈妈|爷爷|奶奶|我叫|我儿|儿媳|孙子|孙女|护工|我家|我[的]?(?:手机|电话|号码)|家属|户主|(?<!保荐)监护人|申请人|报警人|报案人|当事人|业主|家长|手机(?:号码?)?|来电|来访|紧急联系|患者(?![0-9])|学生(?![0-9])|收货|收件(?!地址)|取件人|失主|信访人|备用电话|家(?:庭|中|里)?电话|发件人|来信(?!地址|来访)|住宅|"
    r"宅电|受援人|劳动者|死者|伤者|投诉人|举报人|诉求人|户籍|住址|身份证|微信同|租户|犬主|车主|被执行人|村民|居民|"
    r"妻子|丈夫|儿子|女儿|母亲|父亲|爱人|妻|夫|(?<!负)其电话|您的|您留|你留|留下的|我的|我手机|回访(?!电话)|保证人|房东|住户"
)
_UNIT_BEFORE = lazy(
    r"(?<![0-9一二三四五六七八九十号])(?:局|委|办|科|股|室|中心|公司|所|站|院|校|(?<!部)队|厅|处|部(?!队)|社|会|园|大厅|窗口"
    r"|政府|支行|分行|银行|热线|台|机关|超市|店|厂|馆)"
    r"(?!工作|上班|务工|任职|就读|住院|职工|员工|打工|工人|学徒|(?:质检|操作|包装|装配|收银|保洁|搬运)[工员])[^。；;\n0-9号]{0,6}?(?:[（(][^（()）]{0,12}[)）])?"
    r"[，,、：: ]{0,2}(?:联系)?(?:电话|号码|方式|手机|邮箱)?[：: ]{0,2}\Z"
)
_KEPT = lazy(r"(?:(?<![新召])开了?[家个间]?|经营)[\u4e00-\u9fff]{0,4}\Z")  # 女儿在镇上开理发店
_EXTENDED = lazy(
    r"[（(](?:24小时|工作手机|工作电话|值班|办公|[\u4e00-\u9fff]{1,6}(?:店长|站长|经理|主任|科长|所长|队长|老师|医生|警官|律师|督导|管家|值班室?)[)）]|[^（()）\n]{0,10}(?:局|科|股|办|中心|纪检|监察)[^（()）\n]{0,8}[)）])"
    r"|[ ](?:[\u4e00-\u9fff]{1,2}(?:法官|警官|主任|科长|所长|站长|队长|老师|医生|律师)"
    r"|[\u4e00-\u9fff]{2,4}(?:科|股|室|办)(?![\u4e00-\u9fff]))"
)


_AT_HOME = lazy(r"[（(](?:宅电?|住宅|家里|家中|家)[)）]")


class Side(Enum):
    """Whose line it is, as far as the words before it tell."""

    OFFICE = "office"
    PRIVATE = "private"
    UNKNOWN = "unknown"


def side(text: str, low: int, start: int, end: int) -> Side:
    """Whose number stands at `start`; nothing before `low`, where its record begins, is looked at."""
    if _EXTENDED.match(text, end):
        return Side.OFFICE
    if _AT_HOME.match(text, end):
        return Side.PRIVATE
    before = text[max(low, start - _REACH) : start]
    office, private = _last(_OFFICE, before), _last(_PRIVATE, before)
    unit = _UNIT_BEFORE.search(before)
    if unit and not _KEPT.search(before, 0, unit.start()):
        office = max(office, unit.start() + 1)
    if office < 0 and private < 0:
        return Side.UNKNOWN
    if private > office:
        return Side.PRIVATE
    return Side.OFFICE


def is_published(text: str, low: int, start: int) -> bool:
    """Whether the words before an id say that an office gives it to the public; where somebody works does not."""
    return _OFFICE.search(text, max(low, start - _REACH // 3), start) is not None


_KIN = lazy(
    r"(?:我叫|我家|我儿|我的|本人|儿媳|孙子|孙女|护工|家属|家长|监护人|(?:爸|妈|爷|奶|父|母|丈夫|妻子|儿子|女儿)[爸妈爷奶亲]?)"
    r"[^。；\n]{0,24}\Z"
)


def is_kin(text: str, low: int, start: int) -> bool:
    """Whether somebody speaks of himself or of his kin right before a number: no other person needs to be named."""
    return _KIN.search(text, max(low, start - 32), start) is not None


_OWN_LABEL = lazy(r"手机(?:号码?)?[：: 　]{0,2}\Z")


def is_own(text: str, low: int, start: int) -> bool:
    """Whether a number is called a mobile phone's and no office is spoken of before it: then it is somebody's."""
    near = max(low, start - _REACH)
    return (
        _OWN_LABEL.search(text, max(low, start - 8), start) is not None
        and _OFFICE.search(text, near, start) is None
        and _UNIT_BEFORE.search(text, near, start) is None
    )


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)


_HOLDER = lazy(
    r"(?:户名|开户名称?|账户名称?|帐户名称?|收款单位|收款人|单位名称|全称)[：: ]{0,2}([^，,。；;\n\t ]{2,40})"
)
_ORGAN = lazy(
    r"局|委|办公室|中心|公司|政府|财政|学校|医院|协会|工会|基金|合作社|村民委员会|居民委员会|支部|党|厂|站|院|所|银行|集团|联合会|红十字会|商会|学会|慈善"
)
_PUBLIC_ACCOUNT = lazy(
    r"单位账号|公积金单位|单位公积金|对公|保证金|缴款|党费|对公|基本户|专用账户|专户|捐[款赠]|罚款|缴[纳至]|非税|国库|财政|诉讼费|汇至我|学费|报名费|核准号|开户许可"
)


_ACCOUNT_LABEL = lazy(r"[账帐][号户][码]?[：: 为]{0,3}\Z")
_OWN_ACCOUNT = lazy(
    r"(?:一[卡折本]通|存折|惠农卡|工资卡|储蓄卡|社保卡|个人[账帐][号户])[账帐号户码]{0,2}[：: 为]{0,3}\Z"
)


def is_account(text: str, start: int) -> bool:
    """Whether a number is called an account's right before it."""
    return _ACCOUNT_LABEL.search(text, max(0, start - 8), start) is not None


def is_own_account(text: str, start: int) -> bool:
    """Whether a number is called that of a passbook or a card that only persons hold."""
    return _OWN_ACCOUNT.search(text, max(0, start - 12), start) is not None


def is_public_account(text: str, start: int, end: int) -> bool:
    """Whether an account belongs to an office or a company: by its holder's name, or by what is paid into it."""
    if is_own_account(text, start):
        return False
    low = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start)))
    around = text[max(low, start - 120, 0) : end + 60]
    holders = [match[1] for match in _HOLDER.finditer(around)]
    if holders:
        return any(_ORGAN.search(holder) for holder in holders)
    return bool(_PUBLIC_ACCOUNT.search(text[max(low, start - 60, 0) : start]))
