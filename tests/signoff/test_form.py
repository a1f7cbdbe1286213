"""The paper form, read again with python-docx."""

import io
import zipfile
from datetime import timedelta

import pytest
from docx import Document
from docx.oxml.ns import qn

from reviewer.language import use_language
from reviewer.signoff import procedure
from reviewer.signoff.act import Inspected
from reviewer.signoff.form import form
from reviewer.signoff.vocabulary import Ground, Opinion, Outcome, Role
from reviewer.terms import Action

from .office import Office, releasable, warned
from .printed import text_of

TITLES = {"personal-privacy/resident-id": "身份证号码"}


def made(office: Office, number: str) -> bytes:
    return form(office.case(number), procedure.roster_of(office.ledger), TITLES)


def eventful(office: Office) -> str:
    number = office.submit(warned("f-mask"), warned("f-asked", Action.REFER), gaps=("图1",))
    office.consult(number, "f-asked")
    office.answer(number, Outcome.NOT_SECRET)
    look = Inspected(file="公告.docx", place="图1", note="仅为徽标")
    office.review(number, settled=(releasable("f-mask"),), inspected=(look,))
    office.approve(number)
    office.publish(number)
    return number


def test_the_core_fields_are_there(office: Office) -> None:
    number = eventful(office)
    state = office.case(number)
    text = text_of(made(office, number))
    for expected in (
        "政府信息公开保密审查表", "青石县政府办公室", number, f"指纹：{state.manifest.fingerprint}", "季度公告",
        "公告.docx", "附件1.xlsx", state.manifest.files[0].sha256[:12], state.manifest.files[0].sm3[:12], "是□　　否□",
        "疑似 6 处", "可公开：方案规定应当公示（李四）", "商请答复", "已看：仅为徽标（李四）", "青函〔2026〕1号",
        "复〔2026〕2号",
        "同意公开。已核。", "电子确认：王五", "签名：", "单位公章", "政府网站", "张三使用的密钥未加密",
        "不代替签名、盖章",
    ):  # fmt: skip
        assert expected in text, expected


def test_it_is_chinese_whatever_the_screen_speaks(office: Office) -> None:
    number = office.published()
    chinese = text_of(made(office, number))
    use_language("en")
    try:
        assert text_of(made(office, number)) == chinese
    finally:
        use_language("zh")


def test_the_chain_is_told_by_its_title(office: Office) -> None:
    text = text_of(made(office, office.approved()))
    assert "三级：发布人、审核人、分管领导\n发布人 → 审核人 → 分管领导 → 发布人" in text
    assert "three" not in text


def test_a_rule_is_called_by_its_title_and_by_its_id(office: Office) -> None:
    """Whoever signs on paper reads Chinese; the id is for whoever looks the rule up."""
    state = office.case(office.submit(warned("f")))
    roster = procedure.roster_of(office.ledger)
    assert "身份证号码\npersonal-privacy/resident-id" in text_of(form(state, roster, TITLES))
    assert "personal-privacy/resident-id" in text_of(form(state, roster, {}))


def test_the_day_an_answer_arrived_has_a_line_of_its_own(office: Office) -> None:
    assert "非密　吴九\n复〔2026〕2号\n2026-03-05\n2026-03-06 收到" in text_of(made(office, eventful(office)))


def test_an_open_case_leaves_its_blocks_empty(office: Office) -> None:
    text = text_of(made(office, office.submit()))
    assert "电子确认：李四" not in text
    assert text.count("签名：") == 3


@pytest.mark.parametrize("opinion", [Opinion.REFUSE, Opinion.RETURN], ids=str)
def test_a_no_is_printed_with_its_ground(office: Office, opinion: Opinion) -> None:
    number = office.submit()
    office.review(number, opinion, comment="含个人住址", grounds=(Ground.PERSONAL_PRIVACY,))
    assert f"{opinion.zh}。条例第十五条：个人隐私。含个人住址。" in text_of(made(office, number))


def test_a_suspected_leak_prints_its_deadline(office: Office) -> None:
    number = office.published()
    procedure.take_down(office.pen("张三"), office.case(number), "误发", suspected_leak=True)
    deadline = office.now + timedelta(hours=24 + 8)
    assert f"须在 {deadline:%Y-%m-%d %H:%M} 前报告" in text_of(made(office, number))


def test_merged_roles_are_printed(office: Office) -> None:
    key = office.keys["李四"].public_key
    procedure.enrol(office.pen("管理员"), "李四", Role.SECRECY_OFFICE, key, "本办仅三人")
    assert "角色合并：李四兼保密办，理由：本办仅三人" in text_of(made(office, office.approved()))


def test_paper_and_fonts(office: Office) -> None:
    page = Document(io.BytesIO(made(office, office.published())))
    section = page.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm) == 20
    runs = [run for table in page.tables for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs]
    fonts = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert fonts == {"宋体", "黑体"}


def test_nothing_of_the_template_or_the_machine_is_left(office: Office) -> None:
    data = made(office, office.published())
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if name.startswith(("customXml", "docProps/thumbnail", "docProps/app"))]
    about = Document(io.BytesIO(data)).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.title) == ("", "", "", "")
    assert about.created == about.modified == office.now
