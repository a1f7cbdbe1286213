"""Kinds of disclosure: a lawful notice is silent, a forbidden particular never is, and a lookalike is none of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from persons import CARD, ID, MOBILE, TODAY, found, rules

from reviewer.detect import Detection, Ruleset, detect, load_ruleset
from reviewer.detect.scenario.policy import Clause, Scenario, Standing
from reviewer.detect.specimen import document_of
from reviewer.errors import ConfigurationError
from reviewer.resources import shipped
from reviewer.terms import Action, Specimen

# What a column of each particular is called, a value, and the type under which it must be found.
COLUMNS = {
    "身份证件号码": ("身份证号", ID, "resident_id"),
    "学籍号": ("学籍号", "G529931191001225294", "student_no"),
    "残疾人证号": ("残疾人证号", "52993119020615663842", "disability"),
    "银行账号": ("银行账号", CARD, "bank_account"),
    "电话": ("联系电话", MOBILE, "mobile_phone"),
    "邮箱和微信号": ("邮箱", "wgh_1908@example.com", "email"),
    "车牌号": ("车牌号", "云A00Q17", "plate"),
    "不动产权证号": ("不动产权证号", "云（2019）青石县不动产权第0000017号", "property_cert_no"),
    "住址": ("家庭住址", "红星镇东山村3组12号", "home_address"),
    "出生日期": ("出生日期", "1908.06.07", "birth_date"),
    "病情": ("病种", "尿毒症", "medical_condition"),
    "体检结果": ("体检结果", "乙肝阳性", "medical_condition"),
    "残疾类别和等级": ("残疾等级", "肢体二级", "disability"),
    "困难原因": ("致贫原因", "丈夫去世", "hardship_reason"),
    "婚姻状况": ("婚姻状况", "离异", "marital_status"),
    "收入和财产": ("家庭年收入", "18600元", "income_or_account_balance"),
    "宗教信仰": ("宗教信仰", "伊斯兰教", "religion_ethnicity_sensitive"),
    "违法犯罪记录": ("前科", "盗窃罪", "criminal_or_drug_record"),
    "未成年人身份": ("就读学校", "石桥小学五年级", "minor_identity"),
}
SCENARIOS = rules().scenarios
DELIMITER = re.compile(r"[\t|,]")


def judged(text: str, scenario: Scenario | None = None, name: str = "样例.txt") -> Detection:
    return detect(document_of(Specimen(text=text, name=name)), rules(), today=TODAY, scenario=scenario)


def acting(detection: Detection) -> list[str]:
    return [finding.type for finding in detection.findings if finding.action is not Action.NOTE]


def is_as(text: str) -> str | None:
    scenario = judged(text).scenario
    return scenario.id if scenario else None


def _table(scenario: Scenario) -> str | None:
    """The scenario's first lawful notice that holds a table of named persons."""
    return next((t for t in scenario.known if DELIMITER.search(t) and "姓名" in t), None)


def _widened(text: str, header: str, value: str) -> str:
    """The notice with one more column."""
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if DELIMITER.search(line))
    mark = DELIMITER.search(lines[at])
    assert mark
    wide = [
        f"{line}{mark[0]}{header if number == at else value}" if mark[0] in line else line
        for number, line in enumerate(lines)
    ]
    return "\n".join(wide)


FORBIDDEN = [
    pytest.param(scenario, clause, particular.name, id=f"{scenario.id} {particular.name}")
    for scenario in SCENARIOS
    if scenario.public and _table(scenario)
    for clause, particular in scenario.held(Standing.FORBID)
    if particular.name in COLUMNS
]


def test_there_are_enough_of_them() -> None:
    assert len(SCENARIOS) >= 28
    assert len(FORBIDDEN) >= 200


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_notice_of_each_kind_is_recognised(scenario: Scenario) -> None:
    for text in scenario.known:
        assert is_as(text) == scenario.id
        assert bool(acting(judged(text))) is not scenario.public
    assert scenario.id not in {is_as(text) for text in scenario.unlike}


@pytest.mark.parametrize(("scenario", "clause", "name"), FORBIDDEN)
def test_what_is_forbidden_is_always_found(scenario: Scenario, clause: Clause, name: str) -> None:
    header, value, type = COLUMNS[name]
    text = _widened(_table(scenario) or "", header, value)
    detection = judged(text)
    assert is_as(text) == scenario.id
    held = [f for f in detection.findings if f.type == type and text[f.span.start : f.span.end] == value]
    assert held
    for finding in held:
        assert finding.action >= (clause.action or Action.MASK)
        assert finding.rule.remedy.startswith(clause.advice or scenario.title)
        assert set(clause.basis or scenario.basis) <= set(finding.rule.basis)


LAWFUL = (
    (
        "pre-appointment",
        "干部任前公示\n姓名\t民族\t出生年月\t籍贯\t现任职务\t拟任职务\n王强\t汉族\t1974.10.02\t四川\t副局长\t局长",
    ),
    ("penalty", "行政处罚信息公示\n当事人：李大柱\n违法事实：因赌博被行政拘留\n处罚机关：城关派出所\n罚款500元"),
    ("land-compensation", "征地补偿款发放公示\n户主姓名\t村组\t面积\t补偿费\n王桂花\t响水村六组\t2.3\t98000元"),
    (
        "property-registration",
        "集体土地使用权登记公告\n权利人\t坐落\t面积\n王桂花\t东山村3组12号\t143\n公告期15个工作日，有异议的书面提出",
    ),
    (
        "dishonest-debtors",
        "失信被执行人名单\n被执行人：王桂花\n性别：女\n未履行金额：债务18.7万元\n执行法院：青石县人民法院",
    ),
    ("student-aid", "学生资助名单公示\n姓名\t学校\t班级\n王小宝\t石桥小学\t五（2）班\n公示期5天"),
    ("recruitment", "拟录用人员公示\n姓名\t准考证号\t毕业院校\t职位\n王桂花\t20240617022\t省农大\t科员"),
    (
        "recruitment",
        "拟聘用人员名单公示\n姓名\t岗位\t准考证号\n王桂花\t会计\t20240617022\n联系人：李科长 联系电话：0999-5500017",
    ),
    ("procurement", "采购成交结果公告\n成交供应商：甲公司\n采购人：县医院\n项目联系人：王强\n联系电话：13900000000"),
    ("law-enforcement-staff", "执法人员名录\n姓名\t单位\t执法证号\n王强\t城管大队\t22070615033"),
)


@pytest.mark.parametrize(("id", "text"), LAWFUL, ids=[id for id, _ in LAWFUL])
def test_what_is_required_or_allowed_never_flags(id: str, text: str) -> None:
    assert is_as(text) == id
    assert acting(judged(text)) == []


def test_whom_a_notice_must_name_is_not_private_by_his_number() -> None:
    text = f"2026年低保对象公示\n姓名\t家庭人口\t保障金额\t身份证号\n王桂花\t2\t860\t{ID}\n公示期7天"
    assert ("resident_id", ID) in found(text)
    assert "name_linked" not in {type for type, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        f"青石县护林员续聘公示\n1. 王桂花，石桥镇，身份证{ID}\n公示期7天，有异议请反映王桂花所在村",
        f"青石县2026年竹编技能认定合格人员名单公布如下，请于十日内领证。\n王桂花，身份证{ID}；\n有异议的拨打咨询电话",
        f"姓名\t店名\t身份证号\t金额\n王桂花\t桂花小吃\t{ID}\t5000\n备注：2026年创业补贴拟发放名单公示，公示期5天。",
    ],
    ids=["item, and named again", "title in a sentence", "title below"],
)
def test_whom_a_notice_may_name_is_told_while_his_number_stands_beside_him(text: str) -> None:
    """The name may stay once the number has gone, and the finding knows it."""
    assert {("resident_id", ID), ("name_linked", "王桂花")} <= found(text)
    names = [one for one in judged(text).findings if one.type == "name_linked"]
    assert all(one.conditional and "同一行" in one.note for one in names)
    assert "name_linked" not in {type for type, _ in found(text.replace(ID, "略"))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"2026年低保对象公示\n姓名\t保障金额\t监护人\t身份证号\n王小宝\t860\t李桂花\t{ID}\n公示期7天", "李桂花"),
        (f"青石县护林员续聘公示\n1. 王桂花，石桥镇，配偶李大柱，身份证{ID}\n公示期7天，有异议请反映", "李大柱"),
        (f"受害人名单\n姓名\t身份证号\n王桂花\t{ID}\n有异议的拨打监督电话", "王桂花"),
    ],
    ids=["guardian", "spouse", "victims"],
)
def test_nobody_else_is_named_with_him(text: str, name: str) -> None:
    assert name in {word for _, word in found(text)}


def test_student_aid_deletes_and_does_not_mask() -> None:
    text = "学生资助名单公示\n姓名\t班级\t出生年月\t家庭住址\n王小宝\t五（2）班\t1908.06\t石桥镇响水村\n公示期5天"
    held = {f.type: f for f in judged(text).findings if f.type in ("birth_date", "home_address")}
    assert set(held) == {"birth_date", "home_address"}  # a month and a village are too much, too
    for finding in held.values():
        assert finding.action is Action.REMOVE
        assert finding.rule.remedy == "学生资助公示应删除（不是遮盖）身份证号、住址、电话、出生日期"
        assert "教财厅函〔2017〕28号" in finding.rule.basis


@pytest.mark.parametrize(
    "text",
    [
        "社区矫正对象花名册\n姓名\t性别\t矫正期限\n王大柱\t男\t两年",
        "社区戒毒人员名单\n姓名\t性别\n王大柱\t男",
        "2026年孕检对象名单\n姓名\t检查时间\n王桂花\t3月2日",
        "孤儿基本生活费发放名单\n姓名\t监护人\t金额\n王小宝\t李桂花\t1260",
    ],
)
def test_a_list_that_may_not_go_out_is_referred_as_a_whole(text: str) -> None:
    findings = [f for f in judged(text).findings if f.action is not Action.NOTE]
    assert findings
    assert {f.action for f in findings} == {Action.REFER}
    assert all("不得公开" in f.rule.remedy for f in findings)


@pytest.mark.parametrize("header", ["备注", "家庭人口", "月保障金额"])
def test_no_scenario_hides_a_number_in_a_column_of_another_meaning(header: str) -> None:
    text = _widened("城市低保对象公示\n姓名\t村（居）\t保障金额\n王桂花\t响水村\t860", header, ID)
    assert is_as(text) == "minimum-living-allowance"
    assert ("resident_id", ID) in found(text)


def test_a_number_of_a_private_person_is_never_cleared_by_a_label() -> None:
    text = "双桥镇征收补偿公示\n户主：王桂花\n补偿金额：88000元\n补偿金额账号：" + CARD + f"\n身份证号：{ID}\n公示期7天"
    assert {type for type, _ in found(text)} >= {"resident_id", "bank_card"}


def test_two_tables_have_two_scenarios() -> None:
    text = (
        "附件1\n2026年低保对象公示\n姓名\t家庭人口\t保障金额\n王桂花\t2\t860\n\n"
        "附件2\n家庭经济困难学生资助名单公示\n姓名\t班级\t出生年月\n李小宝\t一班\t1908.06\n公示期5天"
    )
    assert ("birth_date", "1908.06") in found(text)
    assert ("birth_date", "1908.06") not in found(
        text.replace("学生资助名单", "低保人员名单").replace("班级", "保障金")
    )


def test_a_table_of_something_else_is_not_governed() -> None:
    text = (
        "2026年低保对象公示\n姓名\t家庭人口\t保障金额\n王桂花\t2\t860\n\n"
        "民政办值班安排\n姓名\t职务\t联系电话\n王强\t主任\t0999-5500017\n"
    )
    assert is_as(text) == "minimum-living-allowance"
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2026年学生资助名单公示工作的通知\n姓名\t班级\n（填写）\t（填写）",
        "低保工作培训签到表\n姓名\t单位\n王强\t石桥镇民政办",
        "录用公示期满后的办理流程\n1.体检\n2.考察",
        "学生资助。公示名单另发。",
        "停水通知\n因管网改造，6月1日停水。",
    ],
)
def test_what_only_speaks_of_it_is_not_recognised(text: str) -> None:
    assert is_as(text) is None


def test_a_file_name_is_a_title_too() -> None:
    text = "姓名\t班级\t资助金额\n王小宝\t五（2）班\t625"
    assert judged(text).scenario is None
    scenario = judged(text, name="2026年学生资助名单公示.txt").scenario
    assert scenario is not None and scenario.id == "student-aid" and scenario.recognised


def test_a_scenario_that_a_person_names_is_taken_at_his_word() -> None:
    text = "姓名\t班级\t出生年月\n王小宝\t五（2）班\t1908.06"
    assert acting(judged(text)) == []
    detection = judged(text, rules().by_scenario["学生资助"])
    assert detection.scenario is not None and not detection.scenario.recognised
    assert "birth_date" in acting(detection)


def test_it_says_what_may_be_shown() -> None:
    scenario = judged(SCENARIOS[0].known[0]).scenario
    assert scenario is not None
    assert scenario.summary.startswith(scenario.title + "（按")
    low = rules().by_scenario["低保"].summary()
    assert low == "最低生活保障公示（按社会救助暂行办法第十一条可公开：姓名、家庭人数、救助金额、村（居）、救助类别）"


# --- what is wrong with a hand-written file -------------------------------------------------------------------------

RULE = (Path(__file__).parent / "test_rules.py").read_text("utf-8").split('"""\n[[rule]]')[1].split('"""')[0]
SCENARIO = """
[[particular]]
name = "姓名"
name_en = "name"
columns = ["name"]
[[particular]]
name = "身份证件号码"
name_en = "identity numbers"
types = ["resident_id"]
columns = ["resident_id"]
guarded = true
[[scenario]]
id = "own-list"
title = "本单位名单"
title_en = "own list"
basis = ["某办法第一条"]
since = "1"
known = ["互助会名单公示\\n姓名\\t会费\\n王桂花\\t20"]
unlike = ["互助会章程\\n会费\\t20"]
[scenario.signs]
title = ["互助会名单"]
words = ["会费"]
[[scenario.allow]]
what = ["姓名"]
basis = ["某办法第二条"]
[[scenario.forbid]]
what = ["身份证件号码"]
"""


def load(folder: Path, text: str) -> Ruleset:
    (folder / "own.toml").write_text("[[rule]]" + RULE + text, "utf-8")
    return load_ruleset((folder,), shipped("models"), cache=None)


def test_an_office_adds_its_own(tmp_path: Path) -> None:
    assert load(tmp_path, SCENARIO).by_scenario["own-list"].title == "本单位名单"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('[[scenario.forbid]]\nwhat = ["身份证件号码"]', "", None),
        ('what = ["姓名"]', 'what = ["姓名", "身份证件号码"]', "法律没有规定公开的不得列入"),
        ('what = ["姓名"]', 'what = ["性名"]', "没有定义“性名”"),
        ('[[scenario.forbid]]\nwhat = ["身份证件号码"]', '[[scenario.forbid]]\nwhat = ["姓名"]', "既允许又禁止"),
        ('words = ["会费"]\n', "", "只凭标题不认"),
        ('words = ["会费"]\n', 'words = ["("]\n', "words"),
        ('known = ["互助会名单公示', 'known = ["互助会花名册', "没有认出"),
        ('unlike = ["互助会章程', 'unlike = ["互助会名单公示', "被误认"),
        ('unlike = ["互助会章程\\n会费\\t20"]\n', "", "unlike"),
        ('since = "1"\n', 'since = "1"\nsinse = "2"\n', "不认识的键：sinse"),
        ('since = "1"\n', 'since = "1"\npublic = false\n', "advice"),
        ('basis = ["某办法第二条"]\n', "", "basis"),
        ('id = "own-list"', 'id = "Own List"', "student-aid"),
        ('title = "本单位名单"', 'title = "own-list"', "重复"),
        ('what = ["身份证件号码"]\n', 'what = ["身份证件号码"]\naction = "hide"\n', "hide"),
    ],
)
def test_refuses_with_place_and_remedy(tmp_path: Path, old: str, new: str, said: str | None) -> None:
    assert old in SCENARIO
    text = SCENARIO.replace(old, new)
    if said is None:
        assert load(tmp_path, text).scenarios
        return
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, text)
    assert said in str(refused.value)
    assert "own" in str(refused.value)
