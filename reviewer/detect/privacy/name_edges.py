"""What may stand inside a name, at its edges and after it: characters and words, no rules."""

from __future__ import annotations

NEVER = frozenset(
    "的了吗呢吧这那哪你我他她它们很还就不没被把让给是在对及或但每某该此所等第个名位元号岁县省局厅委处科股室厂店款"
    "额费项条率份×带"
)
"""In no given name."""

SELDOM = frozenset(
    "说无为是在到去见看问答想要能用做住年日分次号户口楼栋层室县市区镇乡村组路街上下左右内外前后两度期位者性化式型"
    "类级费款额项率条件表单证书箱话机车船房地工总哥姐叔婶嫂爷奶导队局处科办"
)
"""Hardly ever in a given name, unless something around it says that it is one."""

TAILS = frozenset("市区县镇乡村组队站院校部社所家人员者性化法率局线厂户")
"""The last character of words for places, units and sorts of people."""

PARTICLES = frozenset("由经向和从于应时后有因为以及将被并在是可即已仍又员童")
"""Surnames that are particles first of all: directly behind a role word they go on with the sentence."""

FOLLOWERS = frozenset(
    "咬打撞推踢砍刺骂在于因系与和及等的被将把向对从以经已曾均未不没称说住持驾患之即又也都就还至到有由并则同让叫给"
    "用要想共仍再得是所"
)
"""Characters that follow a name with no mark between: particles, prepositions, verbs."""

_FOLLOWING = (
    "请求 违规 进入 反映 申请 要求 表示 认为 驾驶 患有 身患 家住 现住 户籍 持有 支付 死亡 受伤 当场 一家 家庭 多次 "
    "长期 今年 去年 银行 身份 手机 电话 账户 提出 违建 诉称 辩称 自述 主诉 来电 来访 来信 发生 出现 突发 确诊 酒后 "
    "殴打 签订 领取 享受 查出 得知 拒不 遗失 不慎 无证 作为 本人 借款 欠款 透露 指定 信访 上访 起诉 离婚 丧偶 失业 "
    "务工 打工 独居 退休 毕业 就读 出生 男性 女性 女儿 儿子 妻子 丈夫 父亲 母亲 父母 儿媳 孙子 孙女 老伴 爱人 月工 "
    "血液 右手 左手 右腿 左腿 头部 反馈 举报 投诉 违法 犯罪 涉嫌 盗窃 吸毒 服刑 所养 所住 工伤 坠落 摔倒 溺水 中毒 "
    "抢救 送医 住院 手术 随母 随父 应于 应在 账号 卡号 记过 实施 询问 签字 涉案 名下 应享 依法 缺席 到庭 未到 委托 "
    "陈述 承认 供述 交代 联系 前往 乘坐 返回 入住 途经 到访 情况 案的 出院 入院 鼻骨 颅脑 全身 左侧 右侧 双侧 目前 "
    "现年 现在 当时 随后 之后 当晚 当日 次日 生前 报警 报案 致电 咬伤 打伤 撞伤 砍伤 刺伤 跟着 见面 缺课 发言 拒绝 "
    "同意 承诺 离家 改嫁 再婚 反应 求助 确认 完成 参加 经营 经人 因病 独自 帮忙 照顾 照料 收养 抚养 监护 生活 就医 "
    "治疗 转院 去世 病故 遇难 身亡 失联 走失 失踪 报名 缴纳 欠缴 拖欠 占用 饲养 投保 理赔 领养 签收 代领 代签 "
    "手中 手里 手上 "
)

PLACES = (
    "县",
    "镇",
    "乡政府",
    "村委",
    "路口",
    "大道",
    "大桥",
    "大街",
    "街道",
    "水库",
    "社区",
    "小学",
    "中学",
    "医院",
    "公司",
)
"""What makes a place or an institution of the characters before."""

FOLLOWING = tuple(_FOLLOWING.split())
"""Words that do the same in reports."""

LOOSE_FOLLOWERS = frozenset(
    "是有无前去今昨刚来回拿讲自欠遭头左右双跟那这只嫌吃喝走出入原年身老很家两三四五六七八九十几诉第从"
)
"""What may follow a stretch that has the form of a name, and would prove nothing behind another."""

_LOOSE_FOLLOWING = (
    "酒精 酗酒 动向 本周 本月 上周 上月 大学 高中 初中 提供 坐在 打来 写信 全身 颅脑 胸部 腹部 腰椎 颈椎 面部 "
    "背部 手臂 鼻骨 精神 情绪 血糖 血压 血液 每天 每周 每月 每年 经常 常年 长年 上个月 上月 "
    "多年 早年 早些年 早前 先前 后来 当年 结婚 离异 失恋 怀孕 流产 生了 得了 犯了 死了 病了 没了 戴 沟通 谈话 "
    "见面 打来 打电话 "
    "写信 实名 署名 举报 检举 向组织 下岗 失业 肢体 智力 视力 听力 言语 月收入 年收入 收入 负债 存款 工资 "
    "信教 信佛 信奉 "
    "加入 户口 轨迹 行踪 的遭遇 爸爸 妈妈 爷爷 奶奶 媳妇 男人 丈夫 老公 老婆 夫妻 小学 初中 高中 辍学 休学 转学 请假 "
    "梅毒 艾滋 乙肝 丙肝 癫痫 抑郁 确诊 检出 查出 案发 事发 出事 报案 病 因 瘫 聋 哑 瞎 跛 瘸 疯 哭 骂 躺 坐 "
    "站 摔 掉 割 跳 喝 趁 带着 背着 抱着 领着 拉着 "
)

LOOSE_FOLLOWING = tuple(_LOOSE_FOLLOWING.split())
"""Words that do the same."""

_PLACEHOLDERS = (
    "不填 不详 丧偶 合计 同上 备注 夫妻 姓名 小计 已婚 总计 户主 暂无 未婚 未知 本人 母女 没有 父子 略去 离异 空白 "
    "签名 "
)

PLACEHOLDERS = frozenset(_PLACEHOLDERS.split())
"""What stands in a column of names where no name is."""
