"""Registers, the monthly summary, the annual report's figures, assessments, letters: told from one office's year."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from docx import Document
from openpyxl import load_workbook

from reviewer.errors import NotAllowedError
from reviewer.signoff.act import About, Answer, Consult, Reply, Request, TakeDown
from reviewer.signoff.aftermath import Incident, Report
from reviewer.signoff.annual import annual_sheets, requests_of
from reviewer.signoff.calendar import shipped_calendar
from reviewer.signoff.catalogue import Catalogue, check_catalogue
from reviewer.signoff.form import form
from reviewer.signoff.letters import incident_report, letter
from reviewer.signoff.register import case_sheet, monthly_sheet, sheets
from reviewer.signoff.request import Applicant, Means, Result
from reviewer.signoff.request_rules import RequestState
from reviewer.signoff.sheet import Period, Sheet
from reviewer.signoff.tally import By, tally
from reviewer.signoff.vocabulary import Addressee, Ground, Opinion, Outcome, Recipient, Remedy
from reviewer.signoff.workbook import as_json, comma_separated, workbook
from reviewer.terms import Action

from .desk import Desk
from .office import UNIT, releasable, warned

ALL = Period(prefix="")
ITEM = Catalogue(
    index="000014349/2026-00012", information_class="公告", content_class="城建", organ="青石县政府办公室",
    issued="2026-03-02", formed="2026-03-01", effective="2026-03-02", abolished="2027-03-01", keywords=("供水", "检修"),
)  # fmt: skip
ABOUT = About(
    title="停水公告",
    document_number="青政办〔2026〕3号",
    section="城建科",
    drafter="吴九",
    planned="2026-03-03",
    publicity_days=7,
    catalogue=ITEM,
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """One case with everything: warned of, consulted, published, leaked, reported, taken down."""
    made = Desk()
    made.submit(warned("f-mask"), warned("f-refer", Action.REFER), about=ABOUT)
    case = made.case
    made.say(
        "李四",
        Consult(
            package=case.package, addressee=Addressee.SECRECY_ADMINISTRATION, organ="青石县国家保密局",
            letter="青函〔2026〕1号", day="2026-03-02", question="附件一可否公开", fingerprints=("f-refer",),
        ),
    )  # fmt: skip
    made.say(
        "李四",
        Answer(
            consult=1, outcome=Outcome.NOT_SECRET, letter="密复2号", day="2026-03-02", signatory="郑十", note="",
            received="2026-03-02",
        ),
    )  # fmt: skip
    made.review(settled=(releasable("f-mask"),))
    made.approve()
    made.publish()
    made.say("周八", Incident(discovered="2026-03-02T01:10:00Z", what="误附内部通讯录", carrier="网页附件 1 个"))
    remedies = (Remedy.CACHE, Remedy.NEW_MEDIA)
    made.say("周八", TakeDown(reason="疑似泄密", suspected_leak=True, remedies=remedies))
    report = Report(
        to=Recipient.SECRECY_ADMINISTRATION, organ="青石县国家保密局", at="2026-03-02T01:20:00Z", means="密传3号"
    )
    made.now += timedelta(hours=1)
    made.say("周八", report)
    return made


def rows(sheet: Sheet) -> list[dict[str, object]]:
    return [dict(zip((name for name, _ in sheet.columns), row, strict=True)) for row in sheet.rows]


def text_of(data: bytes) -> str:
    page = Document(io.BytesIO(data))
    cells = [cell.text for table in page.tables for row in table.rows for cell in dict.fromkeys(row.cells)]
    return "\n".join((*(one.text for one in page.paragraphs), *cells))


def test_the_form_has_the_fields_of_local_forms(desk: Desk) -> None:
    text = text_of(form(desk.case, desk.replay.roster, {}))
    for expected in (
        "载体形式", "公文", "拟公开时间", "2026-03-03", "索引号", "000014349/2026-00012", "供水；检修",
        "2026-03-02 至 2027-03-01", "2026-03-02 收到", "已向其显示系统提示 2 项", "撤除", "搜索引擎快照、网站缓存",
        "同级保密行政管理部门 2026-03-02 09:20 密传3号",
    ):  # fmt: skip
        assert expected in text, expected


def test_the_register_of_cases(desk: Desk) -> None:
    (row,) = rows(case_sheet(UNIT, [desk.case], ALL))
    expected = {
        "审查编号": "2026-0001", "信息标题": "停水公告", "文号": "青政办〔2026〕3号", "承办科室": "城建科",
        "发现项": "隐私6",
        "最高级别": "高", "处置": "可公开1 书面答复1", "审核": "李四", "批准人": "王五", "结论": "同意公开",
        "商请情况": "青函〔2026〕1号 非密", "发布人": "张三", "公示期止": "2026-03-09", "备注": "疑似泄密",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_every_register_has_its_line(desk: Desk) -> None:
    told = {one.name: rows(one) for one in sheets(UNIT, [desk.case], [], Period(prefix="2026"))}
    assert [len(told[name]) for name in told][:-1] == [1, 0, 1, 1, 1, 0]
    assert told["商请与意见"][0]["收到日期"] == "2026-03-02"
    assert told["撤除更正"][0]["一并撤除处、更正件"] == "搜索引擎快照、网站缓存、政务新媒体"
    assert "未报告：上级主管部门" in str(told["疑似泄密"][0]["备注"])
    assert all(len(one.columns) == len(row) for one in sheets(UNIT, [desk.case], [], ALL) for row in one.rows)
    assert not any(row for one in sheets(UNIT, [desk.case], [], Period(prefix="2025")) for row in one.rows)


def test_what_is_withheld_keeps_its_day() -> None:
    made = Desk()
    made.submit(about=ABOUT)
    made.review(Opinion.REFUSE, grounds=(Ground.TRADE_SECRET,), reassess_on="2026-09-01")
    (row,) = rows(sheets(UNIT, [made.case], [], ALL)[1])
    assert (row["结论"], row["理由代码"], row["重新评估日期"]) == ("不予公开", "15.1", "2026-09-01")


def test_a_month_without_anything_says_so(desk: Desk) -> None:
    (row,) = rows(monthly_sheet(UNIT, [desk.case], Period(prefix="2026-04")))
    assert row["信息标题"] == "本月无公开内容（零报告）"
    sheet = monthly_sheet(UNIT, [desk.case], Period(prefix="2026-03"))
    assert rows(sheet)[0]["审查结论"] == "同意公开"
    assert "审查 1 件，发布 1 件" in sheet.notes[0]


def test_the_catalogue_shows_what_is_on_line_and_what_it_lacks() -> None:
    made = Desk()
    made.submit(about=About(title="公告", catalogue=Catalogue(index="000014349/2026-00012", organ="某办")))
    assert not sheets(UNIT, [made.case], [], ALL)[-1].rows
    made.review()
    made.approve()
    made.publish()
    (row,) = rows(sheets(UNIT, [made.case], [], ALL)[-1])
    assert (row["索引号"], row["缺项"]) == ("000014349/2026-00012", "信息分类、生成日期、主题词")


@pytest.mark.parametrize(
    ("item", "number", "fault"),
    [
        (ITEM, "青政办〔2026〕3号", None),
        (Catalogue(), "", None),
        (Catalogue(index="第 12 号"), "", "索引号"),
        (Catalogue(index="00012"), "", "索引号"),
        (ITEM, "青政办[2026]3号", "文号"),
        (ITEM, "青政办〔2026〕03号", "文号"),
        (ITEM, "青政办〔2026〕第3号", "文号"),
        (Catalogue(keywords=("供水",) * 2), "", "主题词"),
        (Catalogue(effective="2026-03-02", abolished="2026-03-01"), "", "废止日期早于"),
        (Catalogue(issued="2026-03-01", formed="2026-03-02"), "", "发文日期早于"),
        (Catalogue(issued="三月"), "", "发文日期应写成"),
    ],
)
def test_the_form_of_catalogue_fields(item: Catalogue, number: str, fault: str | None) -> None:
    if fault is None:
        check_catalogue(item, number)
        return
    with pytest.raises(NotAllowedError, match=fault):
        check_catalogue(item, number)


def request(number: int, received: str, who: Applicant, result: Result | None = None, day: str = "") -> RequestState:
    said = Request(means=Means.POST, received=received, applicant=who, matter="合同")
    reply = Reply(result=result, letter="答1号", day=day) if result else None
    return RequestState(number=f"申2026-{number:04d}", request=said, reply=reply)


REQUESTS = (
    request(1, "2024-12-20", Applicant.COMPANY, Result.DISCLOSED, "2024-12-30"),
    request(2, "2025-12-20", Applicant.COMPANY, Result.PARTIAL, "2026-01-08"),
    request(3, "2025-12-28", Applicant.NATURAL_PERSON, Result.STATE_SECRET, "2026-01-12"),
    request(4, "2026-02-01", Applicant.NATURAL_PERSON, Result.NOT_HELD, "2026-02-20"),
    request(5, "2026-12-20", Applicant.LEGAL_SERVICE, Result.DISCLOSED, "2027-01-05"),
    request(6, "2026-12-25", Applicant.OTHER),
)


def test_the_annual_table_and_its_equation() -> None:
    table = requests_of(2026, REQUESTS)
    assert (table.new, table.carried) == ((1, 0, 0, 0, 1, 1, 3), (1, 1, 0, 0, 0, 0, 2))
    assert (table.handled, table.left) == ((2, 1, 0, 0, 0, 0, 3), (0, 0, 0, 0, 1, 1, 2))
    assert table.results[Result.PARTIAL] == (0, 1, 0, 0, 0, 0, 1)
    assert table.holds
    assert all(requests_of(year, REQUESTS).holds for year in (2024, 2025, 2026, 2027))


def test_the_annual_sheet_has_the_template_s_rows() -> None:
    table, figures = annual_sheets(UNIT, 2026, [], REQUESTS)
    names = [str(row[0]).strip("　") for row in table.rows]
    assert len([name for name in names if name[0].isdigit()]) == 8 + 3 + 5 + 3
    assert "8. 属于行政查询事项" in names
    assert "相符" in table.notes[0]
    assert dict(figures.rows)["送审件数"] == 0  # type: ignore[arg-type]


def test_figures_by_unit_person_and_rule(desk: Desk) -> None:
    made = Desk()
    made.submit(warned("f-mask"), about=ABOUT)
    made.review(Opinion.RETURN)
    made.submit(warned("f-mask"), about=ABOUT)
    made.now += timedelta(days=20)
    made.review(settled=(releasable("f-mask"),))
    made.approve()
    cases, calendar, roster = [desk.case, made.case], shipped_calendar(), desk.replay.roster
    told = {by: rows(tally(by, UNIT, cases, roster, calendar, ALL)) for by in By}
    (unit,) = told[By.UNIT]
    assert list(unit.values()) == [1, "城建科", 2, 1, 1, 2, 0, 1]
    people = {row["人员"]: row for row in told[By.PERSON]}
    assert (people["李四"]["人工放行项"], people["李四"]["超期件数"], people["张三"]["退回次数"]) == (2, 1, 1)
    (rule,) = told[By.RULE]
    assert (rule["提示项数"], rule["可公开"], rule["重复"]) == (3, 2, 2)


def test_a_workbook_prints_so_that_it_can_be_read(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(workbook(sheets(UNIT, [desk.case], REQUESTS, ALL), desk.now)))
    assert book.sheetnames[0] == "审查台账"
    page = book["审查台账"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (8, "landscape")
    assert book["撤除更正"].page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page["A2"].value, page["B3"].value) == ("序号", "2026-0001")
    assert book.properties.creator in (None, "")


def test_a_title_is_never_a_formula() -> None:
    made = Desk()
    made.submit(about=About(title='=HYPERLINK("x")'))
    sheet = case_sheet(UNIT, [made.case], ALL)
    page = load_workbook(io.BytesIO(workbook([sheet], made.now))).active
    assert page is not None
    assert (page["C3"].data_type, page["C3"].value) == ("s", '=HYPERLINK("x")')
    read = list(csv.DictReader(io.StringIO(comma_separated(sheet))))
    assert read[0]["信息标题"] == '\'=HYPERLINK("x")'
    assert json.loads(as_json([sheet]))["sheets"][0]["rows"][0]["信息标题"] == '=HYPERLINK("x")'


def test_a_letter_says_where_and_never_what(desk: Desk) -> None:
    text = text_of(letter(desk.case, desk.case.asked[0], desk.replay.roster))
    for expected in (
        "商请审定", "青函〔2026〕1号", "青石县国家保密局：", "《停水公告》", "公告.docx 表1!C4", "附件一可否公开",
        "不予公开",
        "2026年3月2日", "回　执", "□ 不涉及国家秘密",
    ):  # fmt: skip
        assert expected in text, expected


@pytest.mark.parametrize(
    ("addressee", "requested", "said", "unsaid"),
    [
        (Addressee.THIRD_PARTY, True, "第三十二条", "视为同意"),
        (Addressee.CO_ISSUER, True, "视为同意公开", "第三十二条"),
        (Addressee.CO_ISSUER, False, "第三十四条", "视为同意"),
        (Addressee.ORGAN, True, "第十一条", "视为同意"),
    ],
)
def test_a_letter_threatens_no_more_than_the_law(addressee: Addressee, requested: bool, said: str, unsaid: str) -> None:
    made = Desk()
    made.submit(about=About(title="合同", requested="2026-03-02" if requested else ""))
    made.consult(addressee=addressee)
    text = text_of(letter(made.case, made.case.asked[0], made.replay.roster))
    assert said in text
    assert unsaid not in text


def test_the_report_of_a_leak(desk: Desk) -> None:
    text = text_of(incident_report(desk.case, desk.replay.roster))
    for expected in (
        "疑似泄密事件报告", "2026-03-02 09:10", "2026-03-03 09:10", "误附内部通讯录", "网页附件 1 个", "分管领导王五",
        "曾向其显示提示 2 项", "密传3号", "上级主管部门：尚未报告", "搜索引擎快照",
    ):  # fmt: skip
        assert expected in text, expected
    made = Desk()
    made.submit()
    with pytest.raises(ValueError, match="no leak"):
        incident_report(made.case, made.replay.roster)
