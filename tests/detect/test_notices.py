"""Notices that law or custom makes name somebody: what they must say is silent, what they need not say is not."""

from __future__ import annotations

import pytest
from persons import ID, MOBILE, findings, found

VOID = (
    "证书作废公告：付强名下位于和平路丽景苑5栋1单元402室的不动产权证书"
    "云（2017）青石县不动产权第0000017号，因无法收回，公告作废。"
)
HEIR = (
    "不动产继承（受遗赠）转移登记公告\n被继承人彭国栋，坐落城关镇和平路丽景苑2栋301室，"
    "证号云（2016）青石县不动产权第0000018号，继承人彭婷。如有异议三个月内提出。\n青石县不动产登记中心"
)
HOMESTEAD = (
    "农村宅基地审批结果公示\n申请人周卫东，大柳村一组村民，家庭人口4人，占地120平方米，"
    "四至：东至村道，西至胡家，南至水田，北至山林。"
)
PRAISE = "拟表彰“新时代好少年”名单公示\n姓名 学校 年级\n程思琪 实验小学 五年级\n谢宇轩 县第三中学 八年级\n公示期5天。"
SPORTS = "全县中小学生运动会成绩公告\n男子100米：1.谢宇轩（县第三中学八年级）12.31；2.袁博文（河口中学九年级）12.45。"
WANTED = f"鲁大成，男，1908年6月7日生，身份证号{ID}，河西镇石桥村人，涉嫌故意杀人在逃。\n青石县公安局"
MISSING = f"寻人启事：何翠莲，女，83岁，9月10日从丽景苑走失，患有老年痴呆，家属电话{MOBILE}，县公安局协查。"


@pytest.mark.parametrize(
    "text",
    [VOID, HEIR, HOMESTEAD, PRAISE, SPORTS, f"通缉令\n{WANTED}", f"悬赏通告：{WANTED}", MISSING],
    ids=["void certificate", "heirs", "homestead", "praise", "sports", "wanted", "reward", "missing"],
)
def test_silent(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{VOID}付强身份证号{ID}。", ID),
        (f"{VOID}付强电话{MOBILE}。", MOBILE),
        (f"{VOID}付强患尿毒症，每周透析。", "尿毒症"),
        (f"{VOID}付强现住滨江花园6栋1单元302室，电话{MOBILE}。", "滨江花园6栋1单元302室"),
        (HOMESTEAD.replace("，家庭", f"，身份证{ID}，家庭"), ID),
        (f"{PRAISE}\n程思琪患先天性心脏病。", "先天性心脏病"),
        (f"{PRAISE}\n程思琪家长电话{MOBILE}。", MOBILE),
        ("受处分学生名单公示\n学生谢宇轩，男，12岁，就读于县第三中学八年级，因打架记过。", "谢宇轩"),
        ("期末考试成绩公告\n姓名\t班级\t总分\n谢宇轩\t八（2）班\t311", "谢宇轩"),
        (WANTED, ID),
        (f"悬赏公告\n申请执行人查找{WANTED.replace('公安局', '人民法院')}", ID),
        (f"通缉令\n{WANTED}\n举报人：王大柱", "王大柱"),
        (f"通缉令\n鲁大成，妻子李桂芳患乳腺癌，电话{MOBILE}。\n{WANTED}", "乳腺癌"),
        (f"{MISSING}何翠莲身份证号{ID}。", ID),
        (f"{MISSING}出走前因房产与女婿吵架，何翠莲患乳腺癌多年。", "乳腺癌"),
        (f"何翠莲，女，83岁，患有老年痴呆，家属电话{MOBILE}。", MOBILE),
    ],
    ids=[
        *("owner's number", "owner's telephone", "owner's illness", "another address", "applicant's number"),
        *("a pupil's illness", "a parent's telephone", "a punishment", "marks at school"),
        *(
            "no notice",
            "a court's",
            "informer",
            "a wife's illness",
            "missing, with a number",
            "another illness",
            "nobody is missing",
        ),
    ],
)
def test_still_told(text: str, told: str) -> None:
    assert told in {word for _, word in found(text)}
