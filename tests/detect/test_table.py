"""Tables and forms: the header decides which column is private, in plain text and in office files alike."""

from __future__ import annotations

import pytest
from persons import CARD, ID, MOBILE, OTHER_ID, findings, found

from reviewer.detect.privacy.columns import meaning
from reviewer.extract.scribe import Scribe
from reviewer.terms import Cell, Document, Part

HEADER = ("序号", "姓名", "身份证号", "联系电话", "家庭住址", "金额")
ROWS = (
    ("1", "王桂花", ID, MOBILE, "红星镇东山村3组", "650"),
    ("2", "李大柱", OTHER_ID, "16400000190", "红星镇东山村5组", "820"),
)
PRIVATE = {
    ("name_linked", "王桂花"),
    ("resident_id", ID),
    ("mobile_phone", MOBILE),
    ("home_address", "红星镇东山村3组"),
}


def _written(delimiter: str, rows: tuple[tuple[str, ...], ...] = (HEADER, *ROWS)) -> str:
    return "2024年救助名单\n" + "\n".join(delimiter.join(row) for row in rows) + "\n合计：1470元"


def _document(rows: tuple[tuple[str, ...], ...]) -> Document:
    scribe = Scribe()
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            cell = Cell(table=0, row=row, column=column, sheet="名单")
            scribe.add(
                text, f"名单!{row}", part=Part.TABLE, cell=cell, after="\n" if column == len(cells) - 1 else "\t"
            )
    read = scribe.finish()
    return Document(
        path="名单.xlsx",
        name="名单.xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        sha256="0" * 64,
        sm3="0" * 64,
        size_bytes=1,
        text=read.text,
        segments=read.segments,
    )


@pytest.mark.parametrize("delimiter", ["\t", " | ", ",", "，", "；", "  ", "　", "　　", " "])
def test_any_delimiter(delimiter: str) -> None:
    assert found(_written(delimiter)) >= PRIVATE


def test_a_framed_table() -> None:
    rule = "+----+--------+\n"
    text = rule + "| 姓名 | 身份证号 |\n" + rule + f"| 王桂花 | {ID} |\n" + rule
    assert found(text) == {("name_linked", "王桂花"), ("resident_id", ID)}


def test_cells_of_an_office_file() -> None:
    document = _document((HEADER, *ROWS))
    held = {(f.type, document.text[f.span.start : f.span.end]) for f in findings(document)}
    assert held >= PRIVATE


def test_a_header_of_two_rows() -> None:
    document = _document(
        (("救助名单", ""), ("申请人", "", "银行"), ("姓名", "身份证号", "账号"), ("王桂花", ID, "62000000000190"))
    )
    held = {(f.type, document.text[f.span.start : f.span.end]) for f in findings(document)}
    assert held == {("name_linked", "王桂花"), ("resident_id", ID), ("bank_account", "62000000000190")}


def test_a_column_is_one_group_with_its_place_and_count() -> None:
    ids = [f for f in findings(_document((HEADER, *ROWS))) if f.type == "resident_id"]
    assert {f.group for f in ids} == {"t0:c2"}
    assert ids[0].note == "名单：列“身份证号”，第 2–3 行，共 2 个"


def test_characters_set_apart_keep_their_columns() -> None:
    text = f"姓名\t性别\t身份证号\n王　兰\t女\t{ID}"
    assert found(text) == {("name_linked", "王　兰"), ("resident_id", ID)}


def test_a_missing_cell_does_not_shift_the_columns() -> None:
    text = f"序号 姓名 病种 身份证号 金额\n1 王桂花 尿毒症 {ID} 650\n2 李大柱 {OTHER_ID} 820"
    assert found(text) == {
        ("name_linked", "王桂花"),
        ("medical_condition", "尿毒症"),
        ("resident_id", ID),
        ("name_linked", "李大柱"),
        ("resident_id", OTHER_ID),
    }


@pytest.mark.parametrize(
    "text",
    [
        f"姓名：王桂花\n身份证号：{ID}\n家庭住址：学府花园4栋1102",
        f"姓名：王桂花　身份证号：{ID}　家庭住址：学府花园4栋1102",
        f"姓名\t王桂花\n身份证号\t{ID}\n家庭住址\t学府花园4栋1102",
        f"姓名\n王桂花\n身份证号\n{ID}\n家庭住址\n学府花园4栋1102",
        f"档案 姓名 王桂花 身份证号 {ID} 家庭住址 学府花园4栋1102",
    ],
    ids=["lines", "one line", "two columns", "one below the other", "single spaces"],
)
def test_forms(text: str) -> None:
    assert found(text) == {("name_linked", "王桂花"), ("resident_id", ID), ("home_address", "学府花园4栋1102")}


def test_a_form_of_an_office_file() -> None:
    document = _document(
        (
            ("姓名", "王桂花", "性别", "女"),
            ("单位", "青石县人民医院", "职务", "护士"),
            ("身份证号", ID, "手机", MOBILE),
            ("家庭住址", "学府花园4栋1102", "备注", "无"),
        )
    )
    held = {(f.type, document.text[f.span.start : f.span.end]) for f in findings(document)}
    assert held == {
        ("name_linked", "王桂花"),
        ("resident_id", ID),
        ("mobile_phone", MOBILE),
        ("home_address", "学府花园4栋1102"),
    }


@pytest.mark.parametrize(
    ("header", "value", "kind"),
    [
        ("一卡通账号", "6200000019", "bank_account"),
        ("致贫原因", "丈夫去世，本人无劳动能力", "hardship_reason"),
        ("残疾等级", "二级", "disability"),
        ("婚姻状况", "离异", "marital_status"),
        ("宗教信仰", "伊斯兰教", "religion_ethnicity_sensitive"),
        ("家庭年收入", "18600元", "income_or_account_balance"),
        ("罪名", "盗窃罪", "criminal_or_drug_record"),
        ("出生年月日", "1998.04.21", "birth_date"),
        ("微信号", "wgh-1908", "wechat_qq"),
        ("Mobile", MOBILE, "mobile_phone"),
        ("Bank Account", CARD, "bank_account"),
    ],
)
def test_the_header_decides(header: str, value: str, kind: str) -> None:
    assert found(f"姓名\t{header}\n王桂花\t{value}") == {(kind, value), ("name_linked", "王桂花")}


@pytest.mark.parametrize(
    "text",
    [
        "序号\t姓名\t村组\t家庭人口\t金额\n1\t王桂花\t东山村3组\t3\t650",
        "姓名\t性别\t准考证号\t毕业院校\t总成绩\n王桂花\t女\t20240617022\t省农业大学\t78.35",
        "姓名\t订单号\n王桂花\t6200000019",
        f"河道名称\t河长姓名\t职务\t联系电话\n清水河\t万强\t副县长\t{MOBILE}",
        f"姓名\t执业机构\t执业证号\t联系电话\n方正\t海天律师事务所\t15305201210331190\t{MOBILE}",
        "派出所\t地址\t电话\n城关派出所\t人民路18号\t0327-7712201",
        "定点医疗机构\t开户银行\t账号\n青石县人民医院\t农行青石支行\t24010001090012345",
        "姓名\t科室\t擅长\n周敏\t乳腺外科\t乳腺癌、乳腺增生",
        "姓名\t身份证号\n王桂花\t5299**********2470",
        "病种\t报销比例\n尿毒症\t70%",
        "姓名\t出生年月\t拟任职务\n万强\t1974.10\t县统计局局长",
        "烈士姓名\t出生年月日\t牺牲时间\n王大勇\t1919.03.02\t1942年",
        "序号\t权利人\t不动产坐落\t面积\n1\t罗长生\t东山村3组12号\t143.2",
        "姓名,发放批次号,补贴\n王桂花,202507450328001914,180\n李大柱,202507450328001915,180",
        "职位代码 300110048001　姓名 王桂花　性别 女\n职位代码 300110048002　姓名 李大柱　性别 男\n"
        "职位代码 300110048003　姓名 赵玉兰　性别 女",
        "书目 著者 册数\n盐渔口述史 王桂花 9787220118838 12\n"
        "海港诗选 李大柱 9787532117499 3\n听涛集 赵玉兰 9787108114020 5",
        "No,Name,Village,Office_Tel,Payer_Account\n1,王桂花,东庄,0999-5500614,9080101000042050001234\n"
        "2,李大柱,西庄,0999-5500614,9080101000042050001234",
    ],
)
def test_lawful_tables_stay_silent(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize("header", ["办公电话", "单位账号", "Office_Tel"])
def test_an_offices_column_stays_lawful_beside_a_private_one(header: str) -> None:
    text = f"姓名\t身份证号\t{header}\n王桂花\t{ID}\t0999-5500614\n李大柱\t{OTHER_ID}\t0999-5500614"
    assert {kind for kind, _ in found(text)} == {"resident_id", "name_linked"}


def test_a_physicians_column_makes_no_list_of_physicians() -> None:
    """擅长 heads what physicians treat; beside 主治医生 stand the patients."""
    text = "姓名\t主治医生\t夜班记\n周敏\t王立\t疼得整夜睡不着，丈夫跟她离了婚，借的钱也还不上"
    assert "marital_status" in {kind for kind, _ in found(text)}


def test_a_list_whose_title_says_it_all() -> None:
    text = "在册社区矫正对象花名册\n姓名\t性别\t村组\n王大柱\t男\t东山村"
    assert found(text) == {("name_linked", "王大柱")}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("妻子身份证号", "resident_id"),
        ("监护人联系电话（必填）", "phone"),
        ("开户行及账号", "bank_account"),
        ("犬牌号", "NUMBER"),
        ("联系人", "PERSON_OFFICE"),
        ("监督电话", "NEUTRAL"),
        ("企业名称", "OFFICE"),
        ("被安置人", "name"),
        ("天气", ""),
        ("发放批次号", "NUMBER"),
        ("ISBN", "NUMBER"),
        ("barcode", "NUMBER"),
        ("付款账号", "NEUTRAL"),
        ("Payer_Account", "NEUTRAL"),
        ("原证号", "old_resident_id"),
        ("创办人证件", "resident_id"),
    ],
)
def test_meanings_of_headers(header: str, expected: str) -> None:
    assert meaning(header) == expected


def test_a_number_cut_in_two_cells_is_no_account() -> None:
    text = f"王桂花|{ID[:6]}|{ID[6:]}|100\n李大柱|{OTHER_ID[:6]}|{OTHER_ID[6:]}|100"
    assert {kind for kind, _ in found(text)} == {"resident_id", "name_linked"}


def test_a_short_row_keeps_its_birth_date_in_its_column() -> None:
    text = "姓名 单位 工种 累计年限 出生日期 结论\n王桂花 毛纺厂 1975年5月1日 不同意\n"
    text += "李大柱 化肥厂 造气 9年 1971年8月8日 同意"
    assert ("birth_date", "1975年5月1日") in found(text)


def test_a_list_whose_first_column_is_the_place_of_work_is_no_form() -> None:
    text = "单位\t姓名\t性别\t婚姻状况\n县人民医院\t王桂花\t女\t离异\n县中医院\t李大柱\t男\t丧偶"
    assert found(text) >= {("marital_status", "离异"), ("marital_status", "丧偶")}


@pytest.mark.parametrize(
    ("header", "kind"),
    [("举报人", "whistleblower_identity"), ("来信人", "petitioner_identity"), ("反映人", "petitioner_identity")],
)
def test_a_column_of_those_who_informed_needs_nothing_beside_it(header: str, kind: str) -> None:
    rows = [("编号", header, "办理结果"), ("1", "王某", "办结"), ("2", "全体业主", "办结"), ("3", "王桂花", "办结")]
    assert {(k, t) for k, t in found(_written(",", tuple(rows))) if k == kind} == {(kind, "王桂花")}


def test_whom_somebody_informed_of_is_no_informer() -> None:
    assert found("编号,被举报人,处理结果\n1,王桂花,立案\n2,李大柱,立案") == set()


@pytest.mark.parametrize("header", ["类别", "认定类型", "备注"])
def test_values_tell_what_no_header_says(header: str) -> None:
    rows = (("姓名", "班级", header), ("王桂花", "高一3班", "孤儿"), ("李大柱", "高一4班", "低保户"))
    assert found(_written(",", rows)) == {("name_linked", "王桂花"), ("hardship_reason", "孤儿")}
    rows = (
        ("姓名", "班级", header),
        ("王桂花", "高一3班", "田径"),
        ("李大柱", "高一4班", "孤儿"),
        ("成子", "1", "足球"),
    )
    assert not {text for kind, text in found(_written(",", rows)) if kind == "hardship_reason"}


@pytest.mark.parametrize(
    ("rows", "private"),
    [
        (
            (("姓名", "王桂花"), ("家庭情况", "儿子坐牢，儿媳跑了")),
            {("name_linked", "王桂花"), ("hardship_reason", "儿子坐牢，儿媳跑了")},
        ),
        (
            (("当事人", "王桂花", "年龄", "46"), ("诊断", "双相情感障碍", "就诊医院", "市精神卫生中心")),
            {("name_linked", "王桂花"), ("medical_condition", "双相情感障碍")},
        ),
        (
            (("姓名", "王桂花", "性别", "女"), ("申请理由", "丈夫家暴出走", "家庭月收入", "912元")),
            {
                ("name_linked", "王桂花"),
                ("hardship_reason", "丈夫家暴出走"),
                ("income_or_account_balance", "912元"),
            },
        ),
        ((("姓名", "王某"), ("家庭情况", "儿子坐牢，儿媳跑了")), set()),
        ((("姓名", "王桂花"), ("家庭情况", "无"), ("学历", "本科")), set()),
    ],
    ids=["two columns", "four columns", "several particulars", "masked", "nothing told"],
)
def test_whom_a_form_names_is_its_person(rows: tuple[tuple[str, ...], ...], private: set[tuple[str, str]]) -> None:
    document = _document(rows)
    assert {(f.type, document.text[f.span.start : f.span.end]) for f in findings(document)} == private
