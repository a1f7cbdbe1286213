"""Addresses fine enough to find a door: street and number, building and flat, village and group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.privacy.people import has_surname
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_COUNT = r"(?:[0-9]{1,5}[A-Za-z]?|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[甲乙丙丁东西南北])"
_UNIT = r"(?:号楼|号院|村民小组|组|栋|幢|座|楼(?![上下道梯])|单元|室|号|弄|门|户|层|排|房|院)"
# A number that can stand in an address; what a finding covers is worked out from here to both sides.
_NUMBER = r"(?:[0-9]{1,5}[A-Za-z]?|[A-Za-z]|[一二三四五六七八九十]{1,3})"
# How people tell a house without a number: 村西头第二家, 砖窑路尽头铁皮房, 老井对过
_NTH = r"第?[一二三四五六七八九十0-9]{1,2}[家户间]"
_STEAD = (
    r"(?:铁皮[房屋]|窝棚|窑洞|冬窝子|土坯房|老宅|[东西南北]厢房|阁楼|工棚|板房|出租屋|地下室(?:[A-Z]?[0-9]{1,4})?"
    r"|对过|对面|隔壁|后身|边上|旁边|斜对门|树下|坡下|堤下|桥头|井边|村口|尽头|[一二三四五六七八九十]趟房"
    rf"|[东西南北村庄寨屯巷街]头(?:[\u4e00-\u9fff]{{0,3}}院|{_NTH})?|最?末一?[家户]|(?<=[头尾寨边旁后里下口])(?:{_NTH}))"
)
_HOMESTEAD = lazy(
    r"(?:(?<![入居])住(?!院|房|户|宅|建|校|宿)(?:址[：:为]{1,2}|在|于)?|送回)[ ]?"
    rf"(?P<stead>[\u4e00-\u9fffA-Za-z0-9]{{2,20}}?{_STEAD})(?=[，。；、）)：:|\s]|\Z)"
)
_IS_STEAD = lazy(rf"{_STEAD}\Z")
_FINE = lazy(
    r"(?P<storey>(?<![0-9A-Za-z\-第〕])[0-9]{1,4}[号弄](?:[0-9]{1,2}|[底顶一二三四五六七八九])[楼层](?:[0-9]{3,4})?)"
    rf"|(?:{_NUMBER}(?:号楼|号院|栋|幢|座(?![谈标位机])|单元|室(?![内外温])|号(?![线召码文令称公决])|弄)|[东西南北中甲乙丙丁]单元)"
    rf"|(?P<group>{_NUMBER}(?:村民小组|组(?![织成长员建合别团])|社(?![会区保团交员])))"
    r"|(?<=村)(?!民)(?P<hamlet>[\u4e00-\u9fff]{1,3}[组屯社队])(?=人|村民|居民|[，。；、）)\s]|\Z)"
    r"|(?<=宿舍|公寓|小区|花园|家园|新村|大院|平房)(?:[东西南北]楼?)?(?:[0-9]{3,4}(?![0-9年月日元人户件张平米㎡])|[0-9一二三四五六]{1,2}间)"
    r"|(?P<nth>(?:(?:(?<=[旁边后侧口上里])|(?<=[头数院]第)|(?<=[头数院寨]))第?[一二三四五六七八九十0-9]{1,2}(?:户|家|间|个门)"
    r"|(?<=[下边旁后头])最末一[户家])(?:的[\u4e00-\u9fff]{1,3}[下旁](?![\u4e00-\u9fff])|[红蓝绿黑白黄木铁]门)?(?![\u4e00-\u9fff]))"
    r"|[0-9]{1,2}排(?=[0-9东西]|[，。；、\s]|\Z)|第[一二三四五六七八九十]排(?=[，。；、\s]|\Z)"
    r"|(?<=[苑园府邸庭湾郡城里寓舍墅])(?P<pair>[0-9]{1,3}-[0-9]{1,2}(?=[，。；、）)\s]|\Z))"
    r"|(?P<dashed>[0-9]{1,3}[-—#][0-9]{1,3}[-—][0-9]{2,4}(?![0-9\-])|[0-9]{1,3}[-—#][0-9]{3,4}(?![0-9\-]))"
)
_DOOR = lazy(r"[（(](?P<door>[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4})[）)]")  # 业主王桂花（18-2-901）
# Building and flat alone, told to be somebody's: 住3-1-501，2-1104的过师傅，6-502骆驼姐
_DWELT = lazy(
    r"(?:(?<=住)|(?<=住在)|(?<=房[=：:])|(?<=房号[=：:]))(?P<at>[0-9]{1,3}-(?:[0-9]{1,2}-)?[0-9]{3,4})(?![0-9\-])"
    r"|(?<![0-9A-Za-z.\-])(?P<door>[0-9]{1,3}-(?:[0-9]{1,2}-)?[0-9]{3,4})(?=[的]?[\u4e00-\u9fff]{1,3}"
    r"(?:师傅|大?姐|大?哥|爷爷|奶奶|阿姨|大妈|大爷|先生|女士|叔|嫂|业主)(?![\u4e00-\u9fff]{0,2}[：:]))"
    r"|(?:(?<=门牌)|(?<=门牌号)|(?<=门牌[：:]))(?P<plate>[0-9]{3,4})(?![0-9\-])"
)
# Behind the name at the head of an item: 1. 王桂花 2-801 …
_ROOM = lazy(
    r"^[ \t]*(?:[0-9]{1,3}[.、)）]?[ \t]*)?[\u4e00-\u9fff]{2,4}[ \t]+"
    r"(?P<door>[0-9]{1,2}(?:-[0-9]{1,2})?-[0-9]{3,4})(?=[ \t])",
    re.MULTILINE,
)
# Behind a plate and who owns it: 云A·00Q17 王桂花 3-1-1102
_PLATED = lazy(
    r"^[ \t]*(?:[0-9]{1,3}[.、)）]?[ \t]*)?[\u4e00-\u9fff][A-Z][ ·•.\-]?[A-Z0-9]{5,6}"
    r"(?:[（(][^（()）\n]{1,8}[）)])?[ \t，,]+"
    r"[\u4e00-\u9fff·]{2,6}[ \t，,]+(?P<door>[0-9]{1,3}-(?:[0-9]{1,2}-)?[0-9]{3,4})(?![0-9\-])",
    re.MULTILINE,
)
_GROUP_HEAD = lazy(r"(?:[村寨屯庄乡镇区场坝湾里队山沟坪岭冲坡岗塘坳垭坎]|村民小)第?\Z")
_DASHED_HEAD = lazy(
    r"(?:(?:宿舍|小区|花园|公寓|家园|新村|大院|家属[院楼房]|(?<!教学)(?<!办公)(?<!实验)(?<!综合)(?<!门诊)(?<!住院)(?<!科研)(?<!行政)(?<!号)楼|[苑园城府邸院里庭湾郡庄期区])[甲乙丙丁东西南北A-Z]?)\Z"
)
_ONWARD = lazy(
    rf"(?:(?:之|附|第|内|[-—#、])?{_COUNT}{_UNIT}(?:内|后院|前院|东户|西户|中户|[-—]{_COUNT})?|[-—#][0-9]{{1,4}}|[0-9]{{3,4}}(?![0-9年月日元人户件张平米㎡])|院|后院|附[0-9]+号"
    r"|[东西南北]门[0-9]{3,4})*"
)
# Lists of who is given which flat: the flat is what they are published for.
_ALLOTTED, _TITLE = lazy(r"选房|摇号|抽签|配租|配售|轮候|分房|安置房|房源|停[水电气]"), 80
# The door at the head of a line, whoever lives there behind it: 3栋1单元201 王桂花 …, ★9-1101王桂花 …
_HEAD_OF_ROW = lazy(
    r"^[ \t★●◆·•]*(?:[0-9]{1,3}[.、)）][ \t]*)?"
    r"(?P<door>(?:[0-9]{1,3}(?:栋|幢|座|号楼)(?:[0-9]{1,2}单元)?|[0-9]{1,3}-(?:[0-9]{1,2}-)?)[0-9]{3,4}(?![0-9\-])室?)"
    r"[ \t/|]*(?P<name>[\u4e00-\u9fff·]{2,6})(?:[ \t/|]+(?P<owes>欠)|[ \t（(，,/|])",
    re.MULTILINE,
)
_WORD = lazy(r"[0-9A-Za-z\u4e00-\u9fff·（）()-]")
_REACH = 30
# Where an address begins: after a label or a verb of living, or at a mark.
_OPENING = lazy(
    r".*(?:名下(?:的|位于)?|[您你]家(?:住)?在?|住所地?|送达(?:地点|地址)[：:]?|住址为?|地址为?|现住地?|家住|现[居租](?:住?地)?|居住(?:地|于|在|的|址)?|户籍(?:地址|所在地|地)?|户口(?:所在地|[落在于])?|娘家|停(?:放|在)?|所在地|租住(?:于|在)?|坐落于?|座落|位于|(?<![入居])住(?!房|院|宅|建[局委部厅])(?:在|于|的)?|租房(?:于|在)?|回到|来到|接到|送到|送回|赶到|到|赴|在|至|从|系|为|(?<=[，。；、的])是|反映其?|指定|的(?=[^的]{6,}))",
    re.DOTALL,
)
_LIVING = lazy(
    r"(?:住址|(?<!材料)(?<!书面)送达(?:地点|地址)|家庭(?:详细)?地址|现住地?|家住|居住(?:地|于|在|的|址)|所住(?:的)?|户籍(?:地址|所在地|地)?|户口所在地|租住(?:于|在)?|(?<![入居])住(?!房|院|宅|建[局委部厅])(?:在|于|的)?|家在|常住地|暂住地?|住所地?|门牌号?|现[居租](?:住?地)?|户口[落在于]|户口|租房(?:于|在)?|送回|[您你]?(?:提供|预?留|登记|填写|申报)下?的(?:联系|通讯|送达|收件)?地址|通[讯信]地址|回娘家|巡查至|接到|我们住|住的?)"
    r"[：:为是于在的]{0,2}[ \t\n]?\Z"
)
_ORGAN = lazy(
    r"(?:公司|局|厂|店|中心|医院|合作社|学校|大队|委员会|政府|银行|支行|集团|事务所)[（()）\u4e00-\u9fff]{0,6}[，,；;]"
    r"(?:(?:统一社会)?信用代码[：: ]?[0-9A-Z]{10,18}[）)]?[，,；;])?[^，。；\n]{0,6}\Z"
)
# 成交供应商：兴安测绘有限公司，成交价19.88万元，地址…
_SEAT_LABEL = lazy(
    r"(?:公司|厂|合作社|医院|学校|集团|事务所|研究院)[，,；;]"
    r"[^。；\n]{0,40}[，,；;](?:注册|通讯|联系|经营)?(?:地址|住所地?)[：: ]{0,2}\Z"
    r"|(?:公证处|中心|局|公司|机关|法院|单位|医院|学校)(?:地址|住所地?)[：: ]{0,2}\Z"
)
_DWELLER = lazy(r"[）)]?(?:人(?![大民才员口数社])|村民|居民|住户|户主|租户|业主|男|女|的(?!公司|企业))")
_PLACE = lazy(
    r"嘎查|苏木|浩特|平房|[0-9]排|[路街巷弄村镇乡区苑园城府邸院里庄湾坝屯寨社组厦期都居州县市]|公寓|宿舍|新村|大道|胡同|名邸|国际|一号|佳苑|花园|家园|小区|宿舍|号楼|[0-9]-[0-9]|[0-9]栋|[0-9]幢|[0-9]座|[A-Z]座[0-9]{3}|单元"
)
_BESIDE = lazy(r"(?:对面|对过|背后|隔壁|旁边?|路边|门口|楼上|后院|院内|附近)[\u4e00-\u9fff]{0,6}\Z")
_FLAT = lazy(
    r"[栋幢座楼][^，。]{0,4}单元|单元[0-9]{3,4}|[0-9]-[0-9]{1,2}-[0-9]{3,4}|[栋幢](?:[东西南北]门)?[0-9]{3,4}\Z"
    r"|[A-Z]座[0-9]{3,4}\Z|最末一[户家]\Z"
)
_HOUSE = lazy(
    r"第?[一二三四五六七八九十0-9]{1,2}[户家]\Z|[号弄].[楼层]|栋|幢|座|单元|室|号楼|[0-9]{3,4}\Z|号院|[-—][0-9]{2,4}\Z"
)


_HIS_OWN = lazy(
    r"(?:[您你]名下(?:的|位于|有)?|[您你](?:来[电信访])?所?反映的?|[您你我他她]家(?:住)?(?:在)?|(?<![出入居租])住(?:在)?|[0-9]{1,3}周?岁[，,](?:住)?)\Z"
)
_KINS_HOME = lazy(
    r"(?:[您你]名下(?:的|位于|有)?|[您你]家(?:住)?(?:在)?|[父母妻婆爷奶哥姐弟妹叔舅]家(?:住)?在|娘家在?)\Z"
)


def addresses(text: str, start: int, end: int) -> Iterator[Range]:
    """The addresses in `text[start:end]`, each from its town or street to its door."""
    for pattern in (_DOOR, _ROOM):
        for match in pattern.finditer(text, start, end):
            yield match.span("door")
    yield from dwellings(text, start, end)
    for match in _HOMESTEAD.finditer(text, start, end):
        yield match.span("stead")
    reached = start
    for match in _FINE.finditer(text, start, end):
        if match.start() < reached:
            continue
        found = _whole(text, reached, match, end)
        if found is not None:
            yield found
            reached = found[1]


def dwellings(text: str, start: int, end: int) -> Iterator[Range]:
    """Flats given by numbers alone, with words that make them somebody's home."""
    for match in _DWELT.finditer(text, start, end):
        yield match.span(match.lastgroup or 0)
    for match in _PLATED.finditer(text, start, end):
        yield match.span("door")
    if _ALLOTTED.search(text, 0, _TITLE):
        return
    for match in _HEAD_OF_ROW.finditer(text, start, end):
        if match["owes"] or has_surname(match["name"]):
            yield match.span("door")


def _whole(text: str, lowest: int, match: re.Match[str], end: int) -> Range | None:
    low = match.start()
    while low > lowest and match.start() - low < _REACH and _WORD.match(text[low - 1]):
        low -= 1
    opening = _OPENING.match(text, low, match.start())
    if opening and match.start() - opening.end() >= 2:
        low = opening.end()
    onward = _ONWARD.match(text, match.end(), end)
    high = onward.end() if onward else match.end()
    if opening and opening.end() == match.start() and is_flat(text[match.start() : high]):
        low = match.start()
    head = text[low : match.start()]
    if "某" in head:
        return None
    if match["storey"]:
        return (low if _PLACE.search(head) else match.start()), high
    if len(head) < 2 or not re.search(r"[\u4e00-\u9fff]{2}", head):
        return (match.start(), high) if not match["dashed"] and is_flat(text[match.start() : high]) else None
    if not match["nth"] and not _PLACE.search(text[low:high]):
        return None
    if match["group"] and not _GROUP_HEAD.search(head):
        return None
    if match["pair"] and not _LIVING.search(text, max(0, low - 16), low):
        return None
    if match["dashed"] and not _DASHED_HEAD.search(head) and not _LIVING.search(text, max(0, low - 16), low):
        return None
    return low, high


def is_home(text: str, start: int, end: int) -> bool:
    """Whether the words around say that somebody lives there."""
    return bool(_LIVING.search(text, max(0, start - 16), start)) or bool(_DWELLER.match(text, end))


def is_somebodys(text: str, start: int, end: int) -> bool:
    """Whether the words around a flat say by themselves that it is one person's home, without naming anybody."""
    if (start, end) in dwellings(text, text.rfind("\n", 0, start) + 1, end + 12):
        return True
    near = max(0, start - 8)
    if _KINS_HOME.search(text, near, start):
        return True
    return is_flat(text[start:end]) and _HIS_OWN.search(text, near, start) is not None


def is_seat(text: str, start: int) -> bool:
    """Whether the address belongs to an organisation named before it: 某某公司，住所地…"""
    low = max(0, start - 60)
    return _ORGAN.search(text, low, start) is not None or _SEAT_LABEL.search(text, low, start) is not None


def is_house(address: str) -> bool:
    """Whether it names a flat or a building, not only a street number or a village group."""
    return _HOUSE.search(address) is not None


def is_flat(address: str) -> bool:
    """Whether it names a flat in a building: somebody's door and no office's."""
    return _FLAT.search(address) is not None


def is_fine(cell: str) -> bool:
    """Whether a cell of a column of home addresses goes below the village or the street."""
    return (
        _BESIDE.search(cell) is not None
        or _IS_STEAD.search(cell) is not None
        or re.search(r"[0-9A-Za-z０-９]|[一二三四五六七八九十]+[组社号栋幢]|[组号栋幢室]|社(?!区)", cell) is not None
    )
