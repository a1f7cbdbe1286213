"""Words that stand before or after a name and say who somebody is: a private person, or one who acts for an office."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from reviewer.text.lazy import lazy


class Standing(StrEnum):
    """In which part a name appears. The first three make the name itself private, whatever stands beside it."""

    WHISTLEBLOWER = "whistleblower_identity"
    PETITIONER = "petitioner_identity"
    VICTIM = "victim_identity"
    HURT = "hurt"  # dead, wounded: named in public reports, private once a particular stands beside
    MINOR = "minor_identity"
    PRIVATE = "private"
    OFFICIAL = "official"
    NONE = ""


SENSITIVE = (Standing.WHISTLEBLOWER, Standing.PETITIONER, Standing.VICTIM)

_WHISTLEBLOWER = "举报人 检举人 控告人 线索提供人 实名举报人 举报者 爆料人 爆料者 写信人 署名人 线人 吹哨人 知情人 "
_PETITIONER = (
    "信访人 上访人 上访户 上访人员 来访人 来访者 来访人员 来信人 来电人 投诉人 诉求人 反映人 留言人 信访老户 缠访人员 "
    "信访人员 信访群众 反映者 "
    "上访者 信访者 投诉者 上访老户 非访人员 集访代表 信访代表 上访代表 "
)
_VICTIM = (
    "被害人 受害人 受害者 被害女童 受害女童 受害儿童 被拐儿童 被侵害人 被害女生 受害学生 受害妇女 "
    "受害女生 受害男童 受害男生 受害女子 被害女子 被害儿童 被打学生 被打者 被骗者 被骗老人 被拐妇女 受暴妇女 被欺凌者 "
    "受害职工 求助妇女 "
)
_HURT = (
    "死者 伤者 伤员 逝者 遇难者 遇难人员 死亡人员 受伤人员 溺水者 轻生者 被困人员 坠楼者 伤亡人员 失踪人员 "
    "走失老人 流动商贩 保洁员 服务员 收银员 行人 伤者为 死者为 "
)
_MINOR = (
    "新生 女娃 男娃 女孩 男孩 小女孩 小男孩 孤儿 该生 大的女娃 小的男娃 取名 "
    "学生 男生 女生 儿童 孤儿 女童 男童 幼儿 婴儿 患儿 少年 小朋友 弃婴 困境儿童 留守儿童 未成年人 "
)
_PRIVATE = (
    "报案人 婚生子 婚生女 "
    "被举报人 被检举人 被控告人 被投诉人 被反映人 被信访人 "
    "申请人 申请执行人 被申请人 复查申请人 当事人 第三人 被处罚人 业主 住户 租户 户主 村民 居民 市民 群众 职工 "
    "员工 工人 民工 农民工 农户 农民 贫困户 脱贫户 监测户 低保户 五保户 特困户 困难户 低保对象 特困人员 救助对象 "
    "老人 老党员 退休职工 困难职工 下岗职工 失业人员 车主 驾驶人 驾驶员 司机 乘客 犬主 房主 房东 承租人 出租人 "
    "商贩 摊贩 摊主 店主 邻居 同事 同学 同班 同桌 同村 证人 受援人 受助人 受捐人 帮扶对象 被征收人 产权人 权利人 "
    "被继承人 继承人 男方 女方 劳动者 职工姓名 监护人 法定监护人 法定代理人 家长 家属 亲属 保证人 担保人 借款人 "
    "收款人 领款人 持卡人 考生 应聘者 被告诫人 加害人 布控对象 重点人员 稳控对象 约谈对象 谈话对象 店员 厨师 保安 "
    "护士 患者 病人 孕妇 产妇 精神障碍患者 确诊病例 密接 密切接触者 紧急联系人 户主姓名 联系家属 原告 被告 被告人 "
    "被执行人 嫌疑人 犯罪嫌疑人 罪犯 违法行为人 吸毒人员 戒毒人员 社区矫正对象 矫正对象 刑满释放人员 服刑人员 "
    "残疾人 残疾人员 优抚对象 退役军人 军属 烈属 遗属 情妇 情夫 第三者 前台 女子 男子 男青年 女青年 妇女 工友 室友 "
    "保姆 雇工 学徒 租客 房客 网友 网民 会员 股民 储户 投保人 被保险人 受益人 捐献者 志愿捐献者 献血者 丧亲者 "
    "大学生 研究生 留学生 毕业生 "
    "未婚妻 未婚夫 女友 男友 男朋友 女朋友 相好 前女友 前男友 恋人 爱人 妻子 丈夫 老婆 老公 老伴 配偶 遗孀 前妻 "
    "前夫 儿子 女儿 大儿子 小儿子 二儿子 大女儿 小女儿 二女儿 独子 独女 长子 次子 三子 长女 次女 三女 养子 养女 "
    "继子 继女 孩子 父亲 母亲 爸爸 妈妈 父母 继父 继母 养父 养母 爷爷 奶奶 外公 外婆 姥姥 姥爷 祖父 祖母 外祖父 "
    "外祖母 孙子 孙女 外孙 外孙女 哥哥 弟弟 姐姐 妹妹 大哥 二哥 大姐 二姐 兄弟 姐妹 儿媳 子媳 儿媳妇 媳妇 女婿 "
    "侄子 侄女 外甥 外甥女 子女 公公 婆婆 岳父 岳母 丈母娘 舅舅 姑姑 叔叔 伯父 姑母 姨妈 婶婶 嫂子 大嫂 表哥 表弟 "
    "堂哥 堂弟 堂兄 本名 真名 曾用名 自称 姓名 大的 小的 老大 老二 老幺 娃儿 娃娃 学员 旅客 名叫 我叫 我是 "
    "化名为 户主为 重点户 租住人 使用人 监护人姓名 患者姓名 学生姓名 密接者 密接人员 受援人 受援对象 男人 "
    "女人 男的 女的 "
    "婆娘 屋里人 汉子 当家的 大女婿 小女婿 大哥哥 老爹 老娘 老母 老父 老母亲 老父亲 独生子 独生女 前男人 后爸 "
    "后妈 后爹 "
    "堂嫂 表姐 表妹 表嫂 姐夫 妹夫 姨父 姑父 姑妈 姨母 舅妈 舅母 舅公 叔公 孙媳 重孙 干儿子 干女儿 亲家 连襟 妯娌 "
    "打人者 肇事者 租客 打工者 住院者 对象为 来访者 案主 服务对象 个案 留守老人 留守妇女 空巢老人 独居老人 孤寡老人 "
    "感染者 携带者 病例 病员 伤残军人 老兵 退伍军人 老战士 车工 焊工 瓦工 木工 电工 钳工 搬运工 清洁工 环卫工 打包工 "
    "包工头 外卖员 快递员 骑手 网约车司机 出租车司机 货车司机 叉车工 务工人员 种植户 养殖户 个体户 "
    "台胞 港胞 澳胞 侨胞 港人 澳人 台商 外教 参保人 康复对象 解戒人员 户名 带娃 "
)
_OFFICIAL = (
    "局长 书记 主任 县长 市长 区长 省长 州长 镇长 乡长 村长 部长 处长 科长 股长 所长 站长 院长 校长 园长 队长 厅长 "
    "主席 委员 常委 代表 会长 秘书长 行长 董事长 总经理 经理 总监 厂长 政委 检察长 法官 审判长 审判员 书记员 "
    "陪审员 检察官 民警 警官 辅警 律师 记者 通讯员 编辑 责任编辑 摄影 医生 医师 大夫 护士长 教授 研究员 专家 评委 "
    "院士 教练 教练员 指导教师 班主任 老师 教师 经办人 承办人 联系人 负责人 责任人 法定代表人 法人代表 法人 "
    "经营者 投资人 实际控制人 执行事务合伙人 "
    "委托代理人 代理人 审核人 校对 签发人 主持人 记录人 约谈人 组长 副组长 组员 成员 班长 网格员 调解员 帮扶人 "
    "包保人 驻村干部 工作队员 烈士 英烈 战士 作者 诗人 画家 获奖者 运动员 冠军 选手 先进个人 劳动模范 劳模 "
    "道德模范 候选人 代表人 监察员 监督员 信息员 专管员 河长 林长 会计 出纳 演员 校友 党员代表 评审专家 采购人代表 "
    "理事长 监事 董事 股东 社长 总裁 司令 军长 师长 连长 红军 皇帝 知府 知县 先贤 邑人 党组成员 四级调研员 "
    "一级科员 调研员 巡视员 法人姓名 执法人员 工作人员 办案人员 检查人员 填表人 制表人 填报人 复核 审批人 秘书 "
    "联络员 采购人 招标人 投标人 供应商 受让人 竞得人 中标人 成交人 收件人 发件人 主办人 出席人员 参会人员 参会 "
    "出席 列席 主持 记录 讲解员 宣讲员 复核人 监票人 起草人 完成人 发明人 设计人 供稿人 撰稿人 牵头人 召集人 "
    "登记人 报告人 主讲人 宣讲人 推荐人 提名人 获奖人 审定人 编制人 校核人 总工程师 工程师 项目经理 技术负责人 "
    "安全员 监理 副总 老总 主播 站点负责人 律师事务所 签收人 受理人 接待人 经手人 公证员 值班 值班员 "
    "民兵 村委 经办 承办 消防员 消防战士 指战员 护林员 巡护员 管护员 护河员 巡河员 查勘员 颁证员 登记员 仲裁员 "
    "检测员 检验员 采样员 评估员 协办员 办事员 受理员 管理员 协调员 联防员 宣传员 指导员 客户经理 店长 主理人 督导 "
    "公诉人 辩护人 裁判长 裁判 领队 维保人员 检修人员 作业人员 照管员 传承人 养护员 计时员 "
    "内勤 外勤 "
    "专干 干事 网格员 助理 社工 志愿者 心理老师 校医 辅导员 讲师 村医 局领导 移交人 接收人 接交人 党委 班组长 站务员 "
    "复议人员 提案人 建议人 议案人 提议人 咨询师 护理员 厨师长 炊事员 干警 协警 监事长 文书 支书 村支书 副支书 主管 "
    "保育员 药师 技师 康复师 治疗师 康复治疗师 值长 带班 当班 送达人 主刀 儿童主任 妇女主任 人大代表 政协委员 见证人 "
    "包联人 联户人 主讲 值守 监督 到场监督 核查员 采购员 接访人 园主 调度员 馆员 值守人员 交通警察 执法员 接听人员 "
    "走访人 核查人 核实人 入户人 录入人 回访人 "
    "工作者 社区工作者 干部 督导 代理妈妈 义工 评论员 主创 导演 主演 编剧 歌手 演奏家 作曲 作家 "
)
_STANDINGS = {
    Standing.WHISTLEBLOWER: _WHISTLEBLOWER,
    Standing.PETITIONER: _PETITIONER,
    Standing.VICTIM: _VICTIM,
    Standing.HURT: _HURT,
    Standing.MINOR: _MINOR,
    Standing.PRIVATE: _PRIVATE,
    Standing.OFFICIAL: _OFFICIAL,
}
# "其妻王…", "长子李…", "，子张…": one character of kinship needs something before it.
_FORMS = frozenset("工总哥姐叔婶嫂爷导队局处科办")  # 李工, 王姐: no full name
_SEX_WORDS = frozenset("方满性职工童士生")
_KIN = lazy(
    r"(?:[其之一长次独养继前亡大小二三四的]|[：:，、；（(。][ ]?|\A)(?:妻|夫|子|女|父|母|弟|妹|兄|哥|姐|孙|媳|婿)\Z"
    r"|[他她我你其老的](?:妈|爸|娘|爹|爷|奶|母|父)\Z"
)
_CLASS = lazy(r"[0-9一二三四五六七八九十)）]班的?\Z|年级的?\Z")
# What the patterns above and below end in: asked first, for most places end in nothing of it.
_KINSHIP, _CLASSES = frozenset("妻夫子女父母弟妹兄哥姐孙媳婿妈爸娘爹爷奶"), frozenset("班级的")
_JOINTS, _OFFICES = frozenset(' 名字：:为是叫（(“"【'), frozenset(" \u3000科股办联会委")
_HOUSEHOLD = lazy(r"家(?=[，。、；,;（(里中的：:申有人共现因住\n]|$)")
# Any word for somebody in a part that no list foresees: 被安置人, 学员, 志愿者.
_SOMEBODY = lazy(r"[\u4e00-\u9fff](?:人|员|者|方|对象|旅客|房客|户)\Z")
_LABELLED = lazy(r"[\u4e00-\u9fff]{2}(?:人|员|者|方|对象|户)(?:姓名)?[：:][ ]?\Z")
_HEADED = lazy(r"(?:网格|楼栋|单元|片区|林|河|湖|路|街|链|店|班|护士|工|船|列车|厨师|片|段|哨)长\Z")
_OFFICE = lazy(r"[\u4e00-\u9fff](?:科|股|办|残联|妇联|工会|团委)[ \u3000]?\Z")
_JOINT = lazy(r"(?:(?:姓名|名字)?(?:[：:为是叫]|[（(“\"【])?[ ]{0,3})\Z")

_HONORIFICS = (
    "先生 女士 小姐 老人 同学 大爷 大妈 大娘 大叔 大婶 阿姨 奶奶 爷爷 婆婆 小朋友 师傅 老汉 家中 家里 家的 一家 "
    "夫妇 夫妻 父子 母女 母子 父女 兄弟 姐妹 本人 名下 等人 等户 等居民 等村民 户 "
)
HONORIFICS = tuple(_HONORIFICS.split())


@cache
def _standings() -> dict[str, Standing]:
    return {word: standing for standing, words in _STANDINGS.items() for word in words.split()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths of the role words that end in a character, longest first."""
    held: dict[str, set[int]] = {}
    for word in _standings():
        held.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in held.items()}


@cache
def _titles() -> dict[str, tuple[str, ...]]:
    """The titles by their first character."""
    return by_first(word for word, standing in _standings().items() if standing is Standing.OFFICIAL)


@cache
def _honorifics() -> dict[str, tuple[str, ...]]:
    """The honorifics by their first character, in their order."""
    return by_first(HONORIFICS)


def by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first character, in their order."""
    held: dict[str, list[str]] = {}
    for word in words:
        held.setdefault(word[0], []).append(word)
    return {first: tuple(found) for first, found in held.items()}


@cache
def endings() -> frozenset[str]:
    """The characters one of which stands before a name wherever words before it say something of its bearer."""
    return frozenset((*_lengths(), "长", *_CLASSES, *_KINSHIP, *_JOINTS, *_OFFICES))


SOMEBODY_ENDS = frozenset("人员者方象客户")
"""What a word for somebody in a part that no list holds ends in (`follows_somebody`)."""


def standing_before(text: str, start: int, at: int) -> Standing:
    """What the words that end at `at` (none before `start`) say of the name that begins there."""
    if text[at : at + 1] in _SEX_WORDS and text[at - 1 : at] in ("女", "男"):
        return Standing.NONE  # 女方, 男满六十周岁
    before = text[max(start, at - 14) : at]
    found = _at_end(before)
    if found is not Standing.NONE:
        return found
    if before[-1:] in _JOINTS and (joint := _JOINT.search(before)):
        found = _at_end(before[: joint.start()])
        if found is not Standing.NONE:
            return found
        if _LABELLED.search(before):
            return Standing.PRIVATE
    return Standing.OFFICIAL if before[-1:] in _OFFICES and _OFFICE.search(before) else Standing.NONE


def role_before(text: str, start: int, at: int) -> str:
    """The role word that ends at `at`, a colon or the like between them; nothing where none of the lists has one."""
    before = text[max(start, at - 14) : at]
    joint = _JOINT.search(before)
    for words in (before, before[: joint.start()] if joint else before):
        for length in _lengths().get(words[-1:], ()):
            if len(words) >= length and words[-length:] in _standings():
                return words[-length:]
    return ""


def role_after(text: str, at: int) -> str:
    """The title that follows a name directly, or nothing."""
    return next((word for word in _titles() if text.startswith(word, at)), "")


def _at_end(before: str) -> Standing:
    table = _standings()
    for length in _lengths().get(before[-1:], ()):
        standing = table.get(before[-length:]) if len(before) >= length else None
        if standing is not None:
            return standing
    if before[-1:] == "长" and _HEADED.search(before):
        return Standing.OFFICIAL
    if before[-1:] in _CLASSES and _CLASS.search(before):
        return Standing.MINOR
    return Standing.PRIVATE if before[-1:] in _KINSHIP and _KIN.search(before) else Standing.NONE


def is_polite(given: str) -> bool:
    """Whether what follows the surname is a form of address or a title: 王女士, 李局长."""
    return given in HONORIFICS or given in _FORMS or _standings().get(given) is Standing.OFFICIAL


def follows_somebody(text: str, at: int) -> bool:
    """Whether a word for somebody ends at `at`, in a part that the lists do not hold."""
    return _SOMEBODY.search(text, max(0, at - 4), at) is not None


def is_role(word: str) -> bool:
    """Whether the word itself names a part, not a person."""
    return word in _standings() or word in HONORIFICS


def is_official_after(text: str, at: int) -> bool:
    """Whether a title follows a name directly: 王强局长."""
    titles = _titles().get(text[at : at + 1])
    return titles is not None and text.startswith(titles, at)


def honorific_after(text: str, at: int) -> str:
    """The honorific or 户 that follows a name directly, or nothing."""
    if text.startswith("家", at) and (household := _HOUSEHOLD.match(text, at)):
        return household[0]
    honorifics = _honorifics().get(text[at : at + 1], ())
    return next((word for word in honorifics if text.startswith(word, at)), "")
