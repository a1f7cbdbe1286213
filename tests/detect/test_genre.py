"""Works, history and public life: what is told there of persons is no disclosure, and a leak beside them still is."""

from __future__ import annotations

import pytest
from persons import ID, MOBILE, findings


@pytest.mark.parametrize(
    "text",
    [
        "《渡口》（短篇小说节选）\n王大柱的媳妇跟人走了，外头还欠着四千块，娃发着烧。",
        "第三场　夜　堂屋\n［李桂芳坐在灯下。］\n王大柱：钱呢？\n李桂芳：给娘抓药了。\n王大柱：咱离婚吧。",
        "汇演\n（王大柱上）\n王大柱：钱呢？\n李桂芳：给娘抓药了，欠着债。\n王大柱：咱离婚吧。",
        "从前石门有个王大柱，欠了一屁股债。\n王大柱让老婆躺在床上装死。",
        "1936年，青石人王大柱只身下南洋，染上疟疾险些丧命。",
        "外婆叫王桂花，一辈子没出过远门。1960年外公得浮肿病走了。",
        "汇演节目单：3. 小品《离婚之后》　编剧：李桂芳",
        "据当地媒体报道，前总统玛丽亚·桑托斯因结肠癌在首都接受手术。",
        "讲坛预告\n主要内容：李清照再嫁张汝舟、告发其“妄增举数入官”。",
        "陈女士的父亲有冠心病，院长王大山到病房看望。",
        "王桂华（化名）今年10岁。\n王桂华患有孤独症，刚来时不说话。",
        "数学练习题\n1. 王小明的爷爷患糖尿病，每天注射胰岛素 a 单位，求 a。",
        "用药误区\n王大柱的痛风药给邻居吃，邻居住院一周。\n说明：文中王大柱为虚构人物。",
        "申请表\n姓名：______\n婚姻状况：□未婚　□已婚　□离异　□丧偶\n患病种类：□恶性肿瘤　□尿毒症",
        "《临时救助申请表》填写示例\n申请人：张三　家庭人口：3\n申请理由：本人患尿毒症，每周透析三次，妻子李四无收入。",
        "情景分析\n王小刚的父亲欠了赌债，母亲离了婚。\n（1）他可以向谁求助？（6分）\n（2）同学应当怎么做？（8分）",
        "望夫礁\n相传唐末有个织女叫王桂花，丈夫王大柱欠了阎王债，她哭瞎了左眼。",
        "督导记录（教学用，已作改编）\n案主王桂花确诊系统性红斑狼疮，儿子辍学在家打砸家具。",
        "会员管理系统操作手册\n在演示单位里，王小明离异后带着儿子住，欠着外债。",
        "获奖名单\n一等奖：实验小学五（3）班李子墨\n二等奖：实验小学五（1）班王雨桐",
        "举例：李四家庭3口人，妻子患癌，自付医疗费6.8万元，经核算可申请临时救助5000元。",
        "政策解读：例如，王五一家三口，本人肢体二级残疾，妻子患肝癌，月收入合计2100元。",
        "案例：某小学三年级学生小明在放学路上被电动车撞伤骨折，其父母起诉，法院判决被告赔偿2.3万元。",
    ],
    ids=[
        "novel",
        "play",
        "entrance",
        "tale",
        "before 1949",
        "a sentence of 1960",
        "title",
        "statesman",
        "dynasty",
        "masked",
        "false",
        "exercise",
        "invented",
        "empty form",
        "filled-in form",
        "examination",
        "legend",
        "teaching case",
        "manual",
        "prizes",
        "example",
        "example in an explanation",
        "case of nobody",
    ],
)
def test_silent(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"《渡口》（短篇小说节选）\n村民王大柱，手机{MOBILE}，外头还欠着四千块。", "王大柱"),
        ("1958年入党的王大柱，去年查出肺癌晚期。", "肺癌晚期"),
        ("接待札记\n村民王大柱外头欠着十几万。", "外头欠着十几万"),
        ("登记表\n王桂花　婚姻状况：□未婚　□已婚　☑离异　□丧偶", "王桂花"),
        ("陈女士说，王桂花患尿毒症，每周透析。", "王桂花"),
        ("走访手记\n下午去看王大柱。他药停不得，肝上的毛病三年了，儿子从里头出来才半年。", "王大柱"),
        ("申请人王桂花，女，青石锦程包装厂质检员，怀孕五个月被辞退，电话16484473097。", "16484473097"),
        ("期中考试试卷分析\n王小明（58分）上课走神，父母离异后跟奶奶住；王小红（91分）稳定。", "离异"),
        (
            "座谈会纪要\n（发布：县妇联网站）\n甲：大家说说。\n乙：说说就说说。\n王桂花：我男人在外头跟人生了一个。",
            "我男人在外头跟人生了一个",
        ),
        ("访谈\n王桂花（笑）：我得了乳腺癌，男人跟我离了婚。\n问：后来呢？\n答：化疗六次。", "乳腺癌"),
        ("体能测试安排\n测试单位：青石体校\n王桂花去年查出乳腺癌，每周化疗，可以免测。", "乳腺癌"),
        ("家庭困难程度评分表\n王桂花患尿毒症，每周透析三次。（20分）\n儿子王小明在服刑。（10分）", "尿毒症"),
        ("例如：李桂芳家庭3口人，丈夫患肝癌，自付医疗费6.8万元。", "肝癌"),
        ("案例：李四的邻居王桂花患尿毒症，每周透析。", "尿毒症"),
        ("案例：小明（化名）在石桥小学三年级读书，父亲王大柱在服刑。", "王大柱"),
        (f"姓名\t身份证号\n张三\t{ID}", ID),
        ("李四患尿毒症，每周透析三次，儿子王大柱辍学。例如药费就欠了两万。", "尿毒症"),
        ("公益性岗位拟安置人员\n姓名|社区|困难类别\n王桂花|北关|精神残疾三级\n李桂芳|城东|大龄", "精神残疾三级"),
    ],
    ids=[
        "number in a novel",
        "veteran of today",
        "notes of a reception",
        "a choice taken",
        "full name in the clause",
        "a complement and no instruction",
        "a worker's telephone",
        "marks of pupils",
        "a website in brackets",
        "somebody laughs",
        "who tests is no invention",
        "points for hardship",
        "example of somebody",
        "somebody beside nobody",
        "false name",
        "nobody's name on a list",
        "an example behind",
        "a column of plights",
    ],
)
def test_still_told(text: str, told: str) -> None:
    assert told in [text[finding.span.start : finding.span.end] for finding in findings(text)]
