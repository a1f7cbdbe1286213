"""What a column's header, or the label before a value, says of the values: the header decides, not their form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reviewer.detect.privacy.latin_headers import latin_meaning
from reviewer.detect.privacy.roles import Standing, standing_before
from reviewer.text.lazy import lazy

# Words that make a line worth trying as a header, or a place worth trying as a label.
_ANCHORS = (
    "姓名 户主 申请人 身份证 证件号 身份号码 证号 电话 手机 联系方式 联系号码 住址 地址 居住地 户籍 门牌 账号 账户 "
    "帐号 帐户 卡号 一卡通 一折通 病种 诊断 疾病 患病 病情 病名 死亡原因 死因 主诉 病史 残疾类 残疾等 伤残等级 "
    "致贫 困难 致困 原因 婚姻 宗教 信仰 收入 存款 余额 负债 欠薪 罪名 前科 毒品 车牌 号牌 不动产权证 房产证 产权证 "
    "坐落 学籍 社保 社会保障号 医保 邮箱 微信 QQ 出生 生日 监护人 家长 患者 学生 犬主 业主 检查结果 检验结果 "
    "不合格项目 就读 生育类别 护照 通行证 军官证 驾驶证 被征收人 户号 被保险人 Name ID Mobile Phone Tel Address "
    "Account Birth Diagnosis E-mail Email 车号 档案编号 宅电 折子 银行卡 工资卡 惠农卡 "
    "一本通 人脸库 指模板 指纹模板 存折 借记卡 折号 补折 打卡 月入 年入 信合 邮储 社保卡 医保卡 通讯地址 住处 "
    "语文 数学 总分 总成绩 名次 旧证 老证 原证 原号 旧号 住院号 病历号 病案号 门诊号 就诊卡号 永久居留 "
)
ANCHORS = tuple(_ANCHORS.split())
# The same of a header alone: behind such a label a name is read by its own grammar (反映人：部分业主).
_HEADS = (
    "举报人 检举人 控告人 信访人 上访人 来访人 来信人 来电人 投诉人 诉求人 反映人 留言人 上访户 "
    "评标专家 评审专家 评委 位置 轨迹 定位 "
)
HEADS = (*ANCHORS, *_HEADS.split())

# Words and patterns, apart by spaces; the first that is found in a header gives its meaning. A meaning in capitals is
# known and lawful by itself.
_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        "NUMBER",
        r"测试 示例 样例 "
        r"准考证 执业证 执法证 资格证 许可证 合格证 营业执照 信用代码 机构代码 注册(?:号|代码) 编码 批准文号 "
        r"文号 订单 流水 合同 案号 工单 设备 票据 发票 凭证 序列号 表号 用户号 申请号 登记号 批次 "
        r"(?:职位|岗位|项目|单位|专业|院校|课程|商品|产品|药品)代码 条形?码 ^ISBN ^ISSN 存根号 收据号 "
        r"牌号$(?<!车牌号)(?<!号牌号)(?<!门牌号) 邮编 邮政编码 考号 学号 工号 警号 ",
    ),
    (
        "name",
        r"^(?:评标|评审|抽取|候选|受邀)?(?:专家|评委)(?:姓名|名单)?$ ^评标委员会成员$ "
        r"^(?:意见|租住|存款|贷款|残疾)(?:人|人员|者)$ ",
    ),
    (
        "PERSON_OFFICE",
        r"经办 承办 审核 审批 填报 制表 法定代表 法人 负责人 责任人 指导教师 评审 帮扶(?:责任|干部|人) 包保 "
        r"书记 主任$ 管理员 值守 [村镇乡县市局所站院校队组科处股厅]长$ 网格员 河长 林长 联系人 "
        r"项目经理 记者 作者 [著编译]者$ 公示人 复核 民警 干警 律师 医[师生] 班主任 ",
    ),
    ("PERSON_OFFICE", r"(?:调查|核实|受理|工作|执法|检查)人员?$"),
    ("location_track", r"^(?:行踪|活动|行动)?轨迹$ ^行踪$ 最后位置 ^(?:手机|人员|实时)定位$"),
    (
        "NEUTRAL",
        r"(?:监督|举报|咨询|服务|投诉|受理|值班|办公|热线|报警|门诊|公示|单位|机构|企业|公司|采购|代理|学校)"
        r".{0,4}(?:电话|方式|号码|邮箱|热线) "
        r"(?:付款|拨[款付]|出款|支出|缴款|单位|公司|企业|机构|对公|专用)[人方]?(?:银行)?[账帐][号户] 书名 ",
    ),
    ("medical_record_no", r"(?:住院|病历|病案|门诊|影像|就诊卡)号"),
    ("disability_no", r"残疾(?:人)?证 残疾(?:人)?证号 残证"),
    ("student_no", r"学籍"),
    ("military_id", r"军官证 士兵证 军人证 优待证 文职证"),
    ("passport", r"护照 Passport"),
    ("foreign_resident_id", r"永久?居留?[证号] 永久居留 永居 Permanent\\sResiden"),
    ("permit", r"通行证 台胞证 回乡证"),
    ("driver_licence", r"驾驶证 驾照 档案编号"),
    ("property_cert_no", r"(?:不动产|房产|房权|产权|土地|宅基地).{0,6}证.{0,4}号?"),
    ("biometric", r"人脸(?!门禁|闸机|设备) 指纹 [拇食中]指 虹膜 声纹 掌纹 DNA 基因(?:序列|编号|检测) 血样编?号"),
    (
        "social_security_no",
        r"社会保障号 社保(?:卡|编)?号 医保(?:卡|编)?号 (?:社保|医保|社会保障)卡$ (?:医保|社保|个人)编号 参保编?号",
    ),
    (
        "bank_account",
        r"^(?:信合|农信|农商|邮政|邮储)[行社]?(?:卡|存折)?号?$ "
        r"[账帐][号户](?!类|名|性质) 卡号 一折通 一卡通 存折 折子号? 折号$ [补农]折$ 打卡号?$ 一本通 "
        r"(?:银行|工资|惠农|储蓄|社保|个人|借记)卡$ Account Card\sNo",
    ),
    (
        "resident_id",
        r"身份证 证件(?:类[型别]|名称|种类)?[及和与]号码 "
        r"居住证号 公民身份 身份号码 证件号 证件编号 ^证号$ ^(?:[\u4e00-\u9fff]{1,4}[人者])?证件$ "
        r"ID\s?(?:No|Number|Card|#) ^ID$ Identity",
    ),
    ("old_resident_id", r"[旧老原](?:身份)?证(?:件?号码?|件|编号)?$ ^[旧老原]号码?$"),
    ("bank_branch", r"^(?:个人|本人)?开户(?:银?行|网点|支行)(?:名称)?$"),
    ("email", r"邮箱 E-?mail 电子邮件 邮件地址"),
    ("wechat_qq", r"微信 QQ(?!群) 企鹅号"),
    ("phone", r"宅电 电话 手机 联系方式 联系号码 联络方式 Mobile Phone ^Tel Cell"),
    (
        "NEUTRAL",
        r"出生年月$ 村组$ "
        r"(?:单位|公司|企业|机构|办公|经营|项目|工程|建设|生产|注册|联系|联络|邮寄|报名|学校|网)(?:所在)?地址 ",
    ),
    ("birth_date", r"出生 生日 Birth DOB"),
    (
        "home_address",
        r"住址 住处 家庭(?:详细)?地址 现住 居住 户籍(?!人|类|性质|状) 户口所在 户口地 家庭位置 门牌 常住地 暂住 租住",
    ),
    ("address", r"地址 坐落 座落 住所 Address ^房号?$ ^(?:楼栋|单元|室)号?$ 楼栋房号 房屋编号 ^住房$"),
    (
        "medical_condition",
        r"^健康$ ^Health$ (?:体检|检查)(?:结论|备注|情况|意见) "
        r"病种 诊断 疾病 患病 病情 病名 症状 主诉 病史 (?:检查|检验|体检|筛查)结果 不合格项目 死亡原因 死因 "
        r"健康状况 身体状况 生育类别 治疗 Diagnosis Disease ",
    ),
    ("disability", r"残疾 伤残 致残 失能等级"),
    (
        "hardship_reason",
        r"致贫 致困 (?:主要|家庭|实际|具体|生活)困难 困难(?:原因|类型|情况|说明|情形) "
        r"(?:低保|救助|停发|申请|帮扶|纳入|退出|取消)(?:原因|理由|事由) 经济(?:困难|状况) "
        r"家庭(?:情况|状况|困难) ",
    ),
    ("marital_status", r"婚姻 婚况 婚史 Marital"),
    ("religion_ethnicity_sensitive", r"宗教 信仰 教派"),
    (
        "income_or_account_balance",
        r"^(?:月入|年入|月薪|年薪|合同年薪)$ (?:基本|岗位|应发|实发|绩效|薪级)工资 "
        r"(?:家庭|人均|月|年|个人|配偶|本人|总|纯)?(?:人均)?(?:年|月)?(?:纯|总|净)?收入$ 存款 余额$ 负债 欠薪 "
        r"欠款 拖欠.{0,4}(?:工资|金额) 家庭财产 月工资 工资$ 退休金 养老金额 Income Balance ",
    ),
    ("criminal_or_drug_record", r"罪名 前科 毒品 吸毒 涉毒 违法犯罪 犯罪(?:事实|类型|记录) 判刑 刑罚"),
    ("plate", r"车牌 号牌(?:号码)?$ 车号"),
    ("minor_identity", r"就读"),
    (
        "exam_score_minor",
        r"^(?:语文|数学|英语|外语|物理|化学|生物|历史|地理|政治|道法|科学)(?:成绩|分数|得分)?$ ^总分$ ^总成绩$ "
        r"^(?:班级?|级|年级|[学全]?校)(?:名次|排名|位次)$ ^班次$ ^名次$ ",
    ),
    (
        "NEUTRAL",
        r"(?<!单位)(?<!机构)(?<!企业)(?<!公司)名称$ 容量 "
        r"人数 人口 金额 标准 面积 性别 年龄 民族 学历 院校 专业 日期 时间 年月 方式 成绩 排名 等级 类别 类型 规格 "
        r"型号 数量 序号 编号 备注 关系 籍贯 职业 工种 政治面貌 班级 年级 学校 村组 乡镇 村居 社区 组别 开户行 "
        r"开户银行 户名 犬种 品种 意见 结论 保障金 救助金 供养金 慰问金 补贴 ^补助 ^补偿 津贴 资助 "
        r"^村$ Amount Unit No\.?$ ",
    ),
    (
        "MATTER",
        r"^(?:反映|投诉|举报|信访|来信|来访|来电|诉求)?(?:内容|问题|事项|诉求)$ ^(?:办理|处理|核查|调查)(?:结果|情况)$",
    ),
    (
        "OFFICE",
        r"(?:采购|招标|投标|中标|受让|竞得|出让|成交|供货|承包|代理|代表)人 所在 调委会 单位 机构 部门 职务 "
        r"职称 岗位 派出所 企业 公司 供应商 项目 河道 科室 服务范围 窗口 店名 网点 字号 事务所 站名 医院 设施 "
        r"职位 ",
    ),
    (
        "name",
        r"姓名 ^名字 户主 申请人 监护人 家长 配偶 患者 学生 犬主 业主 车主 被征收人 产权人 权利人 承租人 受援人 "
        r"受助人 户名$ 对象 来访人 信访人 投诉人 举报人 当事人 被执行人 被继承人 继承人 经营者 家属 妻子 丈夫 "
        r"女方 男方 父亲 母亲 儿子 女儿 逝者 死者 职工 人员 收款人 领款人 被申请人 第三人 驾驶人 ^代表 Name "
        r"Applicant Guardian 别名 曾用名 劳动者 被告诫人 受害人 来信人 来电人 受访人 上访户 业户 子女 保证人 村民 住户 "
        r"租户 调查对象 ^被.{1,4}人$ ^.{1,5}(?:人|对象|者|学员)$ "
        r"^(?:考生|房东|会员|孩子|儿童|幼儿|同学|摊主|司机|驾驶员|乘客|旅客|储户|失主|社员|学徒|徒弟|护工)$ "
        r"^(?:养殖|种植|搬迁|拆迁|安置|移民|经营|借款|贷款|承包|困难|监测|脱贫)户$ ",
    ),
)
SENSITIVE = frozenset(
    (
        "medical_condition",
        "disability",
        "hardship_reason",
        "marital_status",
        "religion_ethnicity_sensitive",
        "income_or_account_balance",
        "criminal_or_drug_record",
    )
)
"""Meanings of columns that tell the gravest of somebody."""
_COMPILED = tuple((meaning, lazy("|".join(words.split()), re.IGNORECASE)) for meaning, words in _MEANINGS)
_NOISE = lazy(r"[（(【\[][^）)】\]]{0,40}[）)】\]]|[\s*：:/·.、]+")
_LONGEST = 120  # with what is put in brackets
_OTHERS_NAME = lazy(
    r"(?:单位|企业|项目|药品|产品|设备|机构|公司|学校|医院|站|村|线路|路段|物资|标的|品|店|工程|事项|河|课程|岗位)(?:名称|名)?姓?$"
)

PRIVATE_PEOPLE = lazy(
    r"户主|申请人|监护人|家长|配偶|患者|学生|犬主|业主|车主|被征收人|产权人|权利人|承租人|受援|受助|来访人|信访人|投诉人|举报人|当事人|"
    r"被执行人|家属|妻子|丈夫|父亲|母亲|儿子|女儿|逝者|死者|驾驶人|村民|住户|租户|子女|困难|救助|残疾|低保|矫正|戒毒|本人|个人|家庭"
)
"""Headers and titles that say by themselves that private persons follow."""

INVITED = lazy(r"评标|评审|评委|抽取")
"""Headers of experts whom an office invites, and whose own telephone stands in no notice (招标投标法第三十七条)."""


@lru_cache(maxsize=4096)
def meaning(header: str) -> str:
    """What a header means: a finding's type, `name`, `phone`, `address`, a lawful meaning in capitals, or nothing."""
    bare = header.strip()
    if len(bare) > _LONGEST:
        return ""
    short = _NOISE.sub("", bare) or bare
    if not short or len(short) > 24:
        return ""
    latin = latin_meaning(bare)
    if latin is not None:
        return latin
    for name, pattern in _COMPILED:
        if pattern.search(short):
            return "" if name == "name" and _OTHERS_NAME.search(short) else name
    return ""


_LINE = lazy(r"电话|号码|联[系络]方式|邮箱|热线|[账帐][号户]|tel|phone|mail|fax|acc", re.IGNORECASE)


def is_of_office(header: str) -> bool:
    """Whether a column holds an office's own lines, mailboxes or accounts, whoever else stands in its rows."""
    return meaning(header) == "NEUTRAL" and _LINE.search(header) is not None


@lru_cache(maxsize=1024)
def standing_of(header: str) -> Standing:
    """Whose names a column of names holds."""
    short = _NOISE.sub("", header)
    return standing_before(short, 0, len(short.removesuffix("姓名")))


_LICENCE, _FILE = lazy(r"驾"), lazy(r"档案编?号")
_WAGES = lazy(r"工资|薪|基本工资")
_INCOMES = lazy(r"收入")
_OF_WAGES = lazy(
    r"^(?:绩效|实发|应发|扣缴|奖金|津贴|补贴|公积金|个税|社保|养老|医保|扣款).{0,6}$|(?:绩效|扣缴|实发|应发|工资|奖金)"
)
_WHEREABOUTS, _WHEN = lazy(r"^(?:所在|当前|出现)?(?:位置|定位)$"), lazy(r"^(?:日期)?时[间刻]$")
_OF_INCOMES = lazy(r"支出|结余|净收|工资|转移|经营|财产")


def meanings(headers: Sequence[str]) -> tuple[str, ...]:
    """The meaning of each header beside the others: what is paid out beside a wage is part of it, where somebody was is
    told beside the time.
    """
    found = [meaning(header) for header in headers]
    whole = " ".join(headers)
    if not _LICENCE.search(whole):
        found = ["NUMBER" if _FILE.search(header) else held for held, header in zip(found, headers, strict=True)]
    if "OFFICE" not in found and any(map(_WHEN.search, headers)):
        found = [
            "location_track" if _WHEREABOUTS.search(header) else held
            for held, header in zip(found, headers, strict=True)
        ]
    for pattern, parts in ((_WAGES, _OF_WAGES), (_INCOMES, _OF_INCOMES)):
        if pattern.search(whole) and "income_or_account_balance" in found:
            found = [
                "income_or_account_balance" if held in ("", "NEUTRAL") and parts.search(header) else held
                for held, header in zip(found, headers, strict=True)
            ]
    return tuple(found)
