"""Every place in an OpenDocument where text can be, one planted mark a row."""

from __future__ import annotations

import base64
import random
import time

import pytest
from builders_odf import (
    NAMESPACES,
    Draft,
    at,
    cell,
    content,
    flat,
    frame,
    letters,
    odf,
    p,
    parts,
    row,
    shape,
    sheet,
    slide,
    span,
    style,
    table,
)
from builders_ofd import der, png, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ofd import mutants

from reviewer.extract import Source, extract
from reviewer.extract.odf import read
from reviewer.extract.scribe import Extracted
from reviewer.terms import Cell, Part

MARK = "青石标记七三九一"
NUMBER = "110101190001010000"
WHITE = 'fo:color="#ffffff"'
Expected = list[tuple[str, Part, bool]]


def found(extracted: Extracted, mark: str = MARK) -> Expected:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if mark in s.text]


def gaps(extracted: Extracted) -> str:
    """All gaps, a line each."""
    return "\n".join(f"{gap.place} {gap.reason}" for gap in extracted.gaps)


def note(kind: str) -> str:
    """A note in a paragraph."""
    return p(
        f'正文<text:note text:note-class="{kind}"><text:note-citation>3</text:note-citation>'
        f"<text:note-body>{p(MARK)}</text:note-body></text:note>"
    )


def comment(words: str, creator: str = "") -> str:
    """A comment."""
    named = f"<dc:creator>{creator}</dc:creator>" if creator else ""
    return f"<office:annotation>{named}<dc:date>2024-01-01T00:00:00</dc:date>{p(words)}</office:annotation>"


def change(kind: str, inner: str, creator: str = "甲") -> str:
    """The list of tracked changes with one region."""
    info = f"<office:change-info><dc:creator>{creator}</dc:creator></office:change-info>"
    return (
        '<text:tracked-changes><text:changed-region text:id="c1">'
        f"<text:{kind}>{info}{inner}</text:{kind}></text:changed-region></text:tracked-changes>"
    )


def master(inner: str, attributes: str = "", name: str = "Standard") -> str:
    """A page style with a header or footer."""
    return f'<style:master-page style:name="{name}" {attributes}>{inner}</style:master-page>'


TEXTS: list[tuple[str, Draft, Expected]] = [
    ("paragraph", Draft(body=p("公示") + p(MARK)), [("¶2", Part.BODY, False)]),
    ("heading", Draft(body=f"<text:h>{MARK}</text:h>"), [("¶1", Part.BODY, False)]),
    ("two spans", Draft(body=p(f"青石标记{span('七三九一', 'T1')}")), [("¶1", Part.BODY, False)]),
    (
        "list in a list",
        Draft(
            body=f"<text:list><text:list-item><text:list><text:list-item>{p(MARK)}</text:list-item></text:list>"
            "</text:list-item></text:list>"
        ),
        [("¶1", Part.BODY, False)],
    ),
    ("section", Draft(body=f"<text:section>{p(MARK)}</text:section>"), [("¶1", Part.BODY, False)]),
    (
        "hidden section",
        Draft(body=f'<text:section text:display="none">{p(MARK)}</text:section>'),
        [("¶1", Part.BODY, True)],
    ),
    (
        "section hidden on a condition",
        Draft(body=f'<text:section text:display="condition" text:condition="ooow:1">{p(MARK)}</text:section>'),
        [("¶1", Part.BODY, True)],
    ),
    (
        "hidden by format",
        Draft(body=p(f"公示{span(MARK, 'T1')}"), automatic=letters("T1", 'text:display="none"')),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "hidden by a parent of its style",
        Draft(
            body=p(f"公示{span(MARK, 'T1')}"),
            automatic=letters("T1", "", attributes='style:parent-style-name="Base"'),
            styles=letters("Base", 'text:display="none"'),
        ),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "white",
        Draft(body=p(span(MARK, "T1")), automatic=letters("T1", WHITE)),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "white on a dark paragraph",
        Draft(
            body=p(span(MARK, "T1"), "P1"),
            automatic=letters("T1", WHITE)
            + style("P1", "paragraph", '<style:paragraph-properties fo:background-color="#000080"/>'),
        ),
        [("¶1", Part.BODY, False)],
    ),
    (
        "black under a black marker",
        Draft(body=p(span(MARK, "T1")), automatic=letters("T1", 'fo:color="#000000" fo:background-color="#000000"')),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "one point high",
        Draft(body=p(span(MARK, "T1")), automatic=letters("T1", 'style:font-size-asian="1pt"')),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "hidden text field",
        Draft(body=p(f'公示<text:hidden-text text:string-value="{MARK}" text:is-hidden="true"/>')),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "hidden paragraph",
        Draft(body=p(f'<text:hidden-paragraph text:is-hidden="true"/>{MARK}')),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "text on a condition",
        Draft(body=p(f'<text:conditional-text text:string-value-if-true="{MARK}">甲</text:conditional-text>')),
        [("¶1 条件文字", Part.FIELD_CODE, True)],
    ),
    (
        "variable that is not shown",
        Draft(body=p(f'<text:variable-set text:display="none" office:string-value="{MARK}"/>公示')),
        [("¶1 变量", Part.FIELD_CODE, True)],
    ),
    (
        "declared variable",
        Draft(
            body='<text:user-field-decls><text:user-field-decl text:name="甲" '
            f'office:string-value="{MARK}"/></text:user-field-decls>' + p("公示")
        ),
        [("¶0 变量 甲", Part.FIELD_CODE, True)],
    ),
    (
        "deletion where it stood",
        Draft(body=change("deletion", p(MARK)) + p("公示") + p('前<text:change text:change-id="c1"/>后')),
        [("¶2 修订删除", Part.DELETION, True)],
    ),
    (
        "deletion without a place",
        Draft(body=change("deletion", p(MARK)) + p("公示")),
        [("修订删除", Part.DELETION, True)],
    ),
    (
        "insertion",
        Draft(
            body=change("insertion", "")
            + p(f'<text:change-start text:change-id="c1"/>{MARK}<text:change-end text:change-id="c1"/>')
        ),
        [("¶1", Part.BODY, False), ("¶1 修订插入", Part.INSERTION, True)],
    ),
    (
        "author of a change",
        Draft(body=change("insertion", "", MARK) + p("公示")),
        [("修订和批注作者", Part.PROPERTY, True)],
    ),
    ("comment", Draft(body=p(f"公示{comment(MARK)}")), [("批注1", Part.COMMENT, True)]),
    (
        "author of a comment",
        Draft(body=p(f"公示{comment('甲', MARK)}")),
        [("修订和批注作者", Part.PROPERTY, True)],
    ),
    ("footnote", Draft(body=note("footnote")), [("脚注3", Part.FOOTNOTE, False)]),
    ("endnote", Draft(body=note("endnote")), [("尾注3", Part.ENDNOTE, False)]),
    (
        "text box",
        Draft(body=frame(f"<draw:text-box>{p(MARK)}</draw:text-box>")),
        [("文本框1", Part.TEXT_BOX, False)],
    ),
    (
        "text of a shape in a group",
        Draft(body=p(f"<draw:g><draw:rect>{p(MARK)}</draw:rect></draw:g>")),
        [("文本框1", Part.TEXT_BOX, False)],
    ),
    (
        "description",
        Draft(body=frame(f"<svg:desc>{MARK}</svg:desc>")),
        [("¶1 替代文字", Part.ALT_TEXT, True)],
    ),
    ("name of a frame", Draft(body=frame("", f'draw:name="{MARK}"')), [("¶1 替代文字", Part.ALT_TEXT, True)]),
    (
        "link",
        Draft(body=p(f'<text:a xlink:href="http://{MARK}/">此处</text:a>')),
        [("¶1 链接", Part.PROPERTY, True)],
    ),
    ("bookmark", Draft(body=p(f'<text:bookmark text:name="{MARK}"/>公示')), [("¶1 书签", Part.PROPERTY, True)]),
    (
        "table",
        Draft(body=table(row(cell("姓名"), cell("号码")), row(cell("甲"), cell(MARK)))),
        [("表1 第2行第2列", Part.TABLE, False)],
    ),
    (
        "covered cell",
        Draft(body=table(row(cell("姓名"), f"<table:covered-table-cell>{p(MARK)}</table:covered-table-cell>"))),
        [("表1 第1行第2列", Part.TABLE, True)],
    ),
    (
        "table in a table",
        Draft(body=table(row(cell("外", inner=table(row(cell(MARK))))))),
        [("表2 第1行第1列", Part.TABLE, False)],
    ),
    (
        "header",
        Draft(body=p("公示"), masters=master(f"<style:header>{p(MARK)}</style:header>")),
        [("页眉", Part.HEADER, False)],
    ),
    (
        "footer that is switched off",
        Draft(body=p("公示"), masters=master(f'<style:footer style:display="false">{p(MARK)}</style:footer>')),
        [("页脚（未启用）", Part.FOOTER, True)],
    ),
    (
        "header of a page style that nobody uses",
        Draft(body=p("公示"), masters=master(f"<style:header>{p(MARK)}</style:header>", name="Other")),
        [("页眉 Other（未启用）", Part.HEADER, True)],
    ),
    ("title", Draft(body=p("公示"), meta=f"<dc:title>{MARK}</dc:title>"), [("属性/标题", Part.PROPERTY, True)]),
    (
        "property of one's own",
        Draft(body=p("公示"), meta=f'<meta:user-defined meta:name="文号">{MARK}</meta:user-defined>'),
        [("属性/自定义 文号", Part.PROPERTY, True)],
    ),
    (
        "template",
        Draft(body=p("公示"), meta=f'<meta:template xlink:href="../{MARK}.ott"/>'),
        [("属性/template", Part.PROPERTY, True)],
    ),
    (
        "printer",
        Draft(
            body=p("公示"),
            settings=f'<config:config-item config:name="PrinterName" config:type="string">{MARK}</config:config-item>',
        ),
        [("设置/PrinterName", Part.PROPERTY, True)],
    ),
    (
        "form control",
        Draft(body=f'<office:forms><form:form><form:text form:current-value="{MARK}"/></form:form></office:forms>'),
        [("窗体控件", Part.FORM_VALUE, True)],
    ),
    (
        "macro",
        Draft(
            body=p("公示"),
            parts={
                "Basic/Standard/Module1.xml": (
                    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
                    f'<script:module xmlns:script="http://openoffice.org/2000/script">Sub {MARK}</script:module>'
                )
            },
        ),
        [("宏 Basic/Standard/Module1.xml", Part.SCRIPT, True)],
    ),
    (
        "script in Python",
        Draft(body=p("公示"), parts={"Scripts/python/a.py": f"# {MARK}"}),
        [("宏 Scripts/python/a.py!¶1", Part.SCRIPT, True)],
    ),
    (
        "earlier version",
        Draft(body=p("公示"), parts={"Versions/Version1": odf(Draft(body=p(MARK)))}),
        [("早期版本 Version1!¶1", Part.EMBEDDED, True)],
    ),
    (
        "unreferenced text",
        Draft(body=p("公示"), parts={"x/a.txt": MARK}),
        [("未引用的文件 x/a.txt!¶1", Part.EMBEDDED, True)],
    ),
    (
        "metadata in RDF",
        Draft(body=p("公示"), parts={"manifest.rdf": f"<a><b>{MARK}</b></a>"}),
        [("未引用的文件 manifest.rdf", Part.EMBEDDED, True)],
    ),
    (
        "name of a member",
        Draft(body=p("公示"), parts={f"Pictures/{MARK}.png": png(10, 10)}),
        [("部件名", Part.FILE_NAME, True)],
    ),
    (
        "XML comment",
        Draft(body=p(f"公示<!-- {MARK} -->")),
        [("content.xml XML注释", Part.ATTRIBUTE, True)],
    ),
    (
        "element that nobody knows",
        Draft(body=p("公示") + f"<text:novelty>{MARK}</text:novelty>"),
        [("content.xml novelty", Part.ATTRIBUTE, True)],
    ),
    (
        "name of a section",
        Draft(body=f'<text:section text:name="{MARK}">{p("公示")}</text:section>'),
        [("content.xml section/name", Part.ATTRIBUTE, True)],
    ),
    (
        "dialog of a macro",
        Draft(body=p("公示"), parts={"Dialogs/Standard/D.xml": f'<a xmlns:d="u" d:value="{MARK}"/>'}),
        [("Dialogs/Standard/D.xml a/value", Part.ATTRIBUTE, True)],
    ),
]


@pytest.mark.parametrize(("name", "draft", "expected"), TEXTS, ids=[name for name, _, _ in TEXTS])
def test_texts(name: str, draft: Draft, expected: Expected) -> None:
    assert found(read(odf(draft))) == expected


def group(kind: str, inner: str) -> str:
    """Rows or columns that are folded away."""
    return f'<table:table-{kind}-group table:display="false">{inner}</table:table-{kind}-group>'


def cell_style(said: str) -> str:
    """A cell style named ce1."""
    return style("ce1", "table-cell", said)


COLUMN = "<table:table-column/>"
SHEETS: list[tuple[str, Draft, Expected]] = [
    ("cell", sheet(row(cell("姓名"), cell(MARK))), [("收入!B1", Part.TABLE, False)]),
    (
        "after repeated cells and rows",
        sheet(
            row(cell(attributes='table:number-columns-repeated="3"'), attributes='table:number-rows-repeated="4"'),
            row(cell(attributes='table:number-columns-repeated="2"'), cell(MARK)),
        ),
        [("收入!C5", Part.TABLE, False)],
    ),
    (
        "hidden sheet",
        sheet(
            row(cell(MARK)),
            attributes='table:style-name="ta1"',
            automatic=style("ta1", "table", '<style:table-properties table:display="false"/>'),
        ),
        [("收入!A1", Part.TABLE, True)],
    ),
    ("hidden row", sheet(row(cell(MARK), attributes='table:visibility="collapse"')), [("收入!A1", Part.TABLE, True)]),
    ("filtered row", sheet(row(cell(MARK), attributes='table:visibility="filter"')), [("收入!A1", Part.TABLE, True)]),
    (
        "hidden column",
        sheet(row(cell("甲"), cell(MARK)), head=COLUMN + '<table:table-column table:visibility="collapse"/>'),
        [("收入!B1", Part.TABLE, True)],
    ),
    ("folded rows", sheet(group("row", row(cell(MARK)))), [("收入!A1", Part.TABLE, True)]),
    ("folded columns", sheet(row(cell(MARK)), head=group("column", COLUMN)), [("收入!A1", Part.TABLE, True)]),
    (
        "row without height",
        sheet(
            row(cell(MARK), attributes='table:style-name="ro1"'),
            automatic=style("ro1", "table-row", '<style:table-row-properties style:row-height="0.1mm"/>'),
        ),
        [("收入!A1", Part.TABLE, True)],
    ),
    (
        "white cell",
        sheet(row(cell(MARK, 'table:style-name="ce1"')), automatic=cell_style(f"<style:text-properties {WHITE}/>")),
        [("收入!A1", Part.TABLE, True)],
    ),
    (
        "white on a dark cell",
        sheet(
            row(cell(MARK, 'table:style-name="ce1"')),
            automatic=cell_style(
                f'<style:table-cell-properties fo:background-color="#000080"/><style:text-properties {WHITE}/>'
            ),
        ),
        [("收入!A1", Part.TABLE, False)],
    ),
    (
        "white by the default of its column",
        sheet(
            row(cell(MARK)),
            head='<table:table-column table:default-cell-style-name="ce1"/>',
            automatic=cell_style(f"<style:text-properties {WHITE}/>"),
        ),
        [("收入!A1", Part.TABLE, True)],
    ),
    (
        "format that shows nothing",
        sheet(
            row(cell(MARK, 'table:style-name="ce1"')),
            automatic='<number:text-style style:name="N1"/>'
            + style("ce1", "table-cell", "", 'style:data-style-name="N1"'),
        ),
        [("收入!A1", Part.TABLE, True)],
    ),
    (
        "covered cell",
        sheet(row(cell("甲"), f"<table:covered-table-cell>{p(MARK)}</table:covered-table-cell>")),
        [("收入!B1", Part.TABLE, True)],
    ),
    (
        "shown as nothing",
        sheet(
            row(
                f'<table:table-cell office:value-type="string" office:string-value="{MARK}">'
                "<text:p/></table:table-cell>"
            )
        ),
        [("收入!A1", Part.TABLE, True)],
    ),
    ("comment", sheet(row(cell("甲"), cell("乙", inner=comment(MARK)))), [("收入!B1 批注1", Part.COMMENT, True)]),
    (
        "text stored behind another",
        sheet(row(cell("甲", f'office:value-type="string" office:string-value="{MARK}"'))),
        [("收入!A1 存储值", Part.ATTRIBUTE, True)],
    ),
    (
        "formula with text in it",
        sheet(row(cell("甲", f'office:value-type="string" table:formula="of:=IF(1;&quot;{MARK}&quot;)"'))),
        [("收入!A1 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "shape on the sheet",
        sheet(row(cell("甲")), head=f"<table:shapes><draw:rect>{p(MARK)}</draw:rect></table:shapes>"),
        [("收入 图形 文本框1", Part.TEXT_BOX, False)],
    ),
    (
        "shape in a cell",
        sheet(row(cell("甲", inner=f"<draw:frame><draw:text-box>{p(MARK)}</draw:text-box></draw:frame>"))),
        [("收入!A1 文本框1", Part.TEXT_BOX, False)],
    ),
    ("sheet name", sheet(row(cell("甲")), name=MARK), [("工作表名1", Part.PROPERTY, False)]),
    (
        "named expression",
        sheet(
            row(cell("甲")),
            body="<table:named-expressions><table:named-expression table:name='n' "
            f"table:expression='&quot;{MARK}&quot;'/></table:named-expressions>",
        ),
        [("名称 n", Part.DEFINED_NAME, True)],
    ),
    (
        "choices of a validation",
        sheet(
            row(cell("甲")),
            body="<table:content-validations><table:content-validation "
            f"table:condition='of:cell-content-is-in-list(&quot;{MARK}&quot;)'/></table:content-validations>",
        ),
        [("数据验证", Part.FORM_VALUE, True)],
    ),
    (
        "prompt of a validation",
        sheet(
            row(cell("甲")),
            body="<table:content-validations><table:content-validation><table:help-message>"
            f"{p(MARK)}</table:help-message></table:content-validation></table:content-validations>",
        ),
        [("数据验证", Part.FORM_VALUE, True)],
    ),
    (
        "values kept from another program",
        sheet(
            row(cell("甲")),
            body="<table:dde-links><table:dde-link><office:dde-source office:dde-topic='t'/>"
            f"{table(row(cell(MARK)), name='')}</table:dde-link></table:dde-links>",
        ),
        [("动态链接 缓存", Part.EMBEDDED, True)],
    ),
    (
        "another file",
        sheet(row(cell("甲")), head=f'<table:table-source xlink:href="file:///{MARK}.ods"/>'),
        [("外部链接", Part.PROPERTY, True)],
    ),
    (
        "values kept from another file",
        sheet(row(cell(MARK)), name="'file:///a.ods'#$S"),
        [("'file:///a.ods'#$S!A1", Part.TABLE, True)],
    ),
    (
        "scenario",
        sheet(row(cell("甲")), head=f'<table:scenario table:comment="{MARK}"/>'),
        [("方案", Part.PROPERTY, True)],
    ),
    (
        "member of a pivot table",
        sheet(
            row(cell("甲")),
            body='<table:data-pilot-tables><table:data-pilot-table table:name="P"><table:data-pilot-field>'
            f'<table:data-pilot-member table:name="{MARK}"/></table:data-pilot-field></table:data-pilot-table>'
            "</table:data-pilot-tables>",
        ),
        [("透视表 P", Part.EMBEDDED, True)],
    ),
    (
        "value before a change",
        sheet(
            row(cell("甲")),
            body="<table:tracked-changes><table:cell-content-change><table:previous>"
            f"<table:change-track-table-cell>{p(MARK)}</table:change-track-table-cell></table:previous>"
            "</table:cell-content-change></table:tracked-changes>",
        ),
        [("修订前的值", Part.DELETION, True)],
    ),
    (
        "condition of a filter",
        sheet(
            row(cell("甲")),
            body="<table:database-ranges><table:database-range><table:filter>"
            f'<table:filter-condition table:value="{MARK}"/></table:filter></table:database-range>'
            "</table:database-ranges>",
        ),
        [("筛选条件", Part.PROPERTY, True)],
    ),
]


@pytest.mark.parametrize(("name", "draft", "expected"), SHEETS, ids=[name for name, _, _ in SHEETS])
def test_sheets(name: str, draft: Draft, expected: Expected) -> None:
    assert found(read(odf(draft))) == expected


def test_a_cell_knows_where_it_stands() -> None:
    extracted = read(odf(sheet(row(cell("姓名"), cell("甲")), row(cell("号码"), cell(MARK)))))
    (segment,) = (s for s in extracted.segments if s.text == MARK)
    assert segment.cell == Cell(table=0, row=1, column=1, sheet="收入", ref="B2")
    assert "姓名\t甲\n号码\t" in extracted.text


@pytest.mark.parametrize(
    ("shown", "value", "stored"),
    [
        ("1.10E+17", "1.1010119000101E+17", "110101190001010000"),
        ("1101****0000", NUMBER, NUMBER),
        pytest.param(NUMBER, NUMBER, None, id="shown in full"),
        pytest.param("1,234,567.00", "1234567", None, id="thousands parted"),
        pytest.param("12.3%", "0.123", None, id="share"),
    ],
)
def test_a_number_stored_behind_what_is_shown(shown: str, value: str, stored: str | None) -> None:
    extracted = read(odf(sheet(row(cell(shown, f'office:value-type="float" office:value="{value}"')))))
    assert next((s.text for s in extracted.segments if "存储值" in s.place), None) == stored


def test_a_value_without_text_is_read() -> None:
    extracted = read(odf(sheet(row(f'<table:table-cell office:value-type="float" office:value="{NUMBER}"/>'))))
    assert found(extracted, NUMBER) == [("收入!A1", Part.TABLE, False)]


def test_a_formula_without_a_result_is_a_gap() -> None:
    extracted = read(odf(sheet(row('<table:table-cell table:formula="of:=A2"/>'))))
    assert "收入!A1 1 个公式没有保存计算结果" in gaps(extracted)


HIDING = style("dp1", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>')
SIZE = (
    '<style:page-layout style:name="PM"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/>'
    "</style:page-layout>"
)


TITLE = 'presentation:class="title"'


def show(*shapes: str, **rest: str) -> Draft:
    """A presentation with a first slide and one with these shapes."""
    attributes = 'draw:master-page-name="M" ' + rest.pop("attributes", "")
    return Draft(body=slide() + slide(*shapes, attributes=attributes), kind="presentation", **rest)


SLIDES: list[tuple[str, Draft, Expected]] = [
    ("shape", show(shape("题"), shape(MARK)), [("幻灯片2 ¶2", Part.BODY, False)]),
    (
        "hidden slide",
        show(shape(MARK), attributes='draw:style-name="dp1"', automatic=HIDING),
        [("幻灯片2 ¶1", Part.BODY, True)],
    ),
    (
        "beside the slide",
        show(
            shape(MARK, at(30, 1)),
            styles=SIZE,
            masters='<style:master-page style:name="M" style:page-layout-name="PM"/>',
        ),
        [("幻灯片2 ¶1", Part.BODY, True)],
    ),
    (
        "beside the slide in a group",
        show(f"<draw:g>{shape(MARK, at(-9, 1))}</draw:g>"),
        [("幻灯片2 ¶1", Part.BODY, True)],
    ),
    (
        "at the edge",
        show(
            shape(MARK, at(27, 1)),
            styles=SIZE,
            masters='<style:master-page style:name="M" style:page-layout-name="PM"/>',
        ),
        [("幻灯片2 ¶1", Part.BODY, False)],
    ),
    (
        "notes",
        show(f"<presentation:notes>{shape(MARK)}</presentation:notes>"),
        [("幻灯片2 备注 ¶1", Part.NOTES, True)],
    ),
    ("comment", show(comment(MARK)), [("幻灯片2 批注1", Part.COMMENT, True)]),
    (
        "table",
        show(f"<draw:frame>{table(row(cell('甲'), cell(MARK)))}</draw:frame>"),
        [("幻灯片2 表1 第1行第2列", Part.TABLE, False)],
    ),
    (
        "on the master",
        show(masters=f'<style:master-page style:name="M">{shape(MARK)}</style:master-page>'),
        [("母版 M 文本框1", Part.TEXT_BOX, False)],
    ),
    (
        "in a placeholder of the master",
        show(masters=f'<style:master-page style:name="M">{shape(MARK, attributes=TITLE)}</style:master-page>'),
        [("母版 M 文本框1", Part.PROPERTY, True)],
    ),
    (
        "on a master that nobody uses",
        show(masters=f'<style:master-page style:name="N">{shape(MARK)}</style:master-page>'),
        [("母版 N 文本框1", Part.PROPERTY, True)],
    ),
    (
        "footer",
        Draft(body=f"<presentation:footer-decl>{MARK}</presentation:footer-decl>{slide()}", kind="presentation"),
        [("页脚", Part.FOOTER, False)],
    ),
    ("name of a slide", show(attributes=f'draw:name="{MARK}"'), [("幻灯片2 名称", Part.ATTRIBUTE, True)]),
    ("drawing", Draft(body=slide(shape(MARK)), kind="drawing"), [("页面1 ¶1", Part.BODY, False)]),
]


@pytest.mark.parametrize(("name", "draft", "expected"), SLIDES, ids=[name for name, _, _ in SLIDES])
def test_slides(name: str, draft: Draft, expected: Expected) -> None:
    assert found(read(odf(draft))) == expected


def holding(body: str, kind: str, folder: str = "Object 1") -> Draft:
    """A text that shows a document inside it."""
    return Draft(
        body=p("公示") + frame(f'<draw:object xlink:href="./{folder}"/>'),
        parts={f"{folder}/content.xml": content(body, kind)},
    )


CHART = f"<chart:chart><chart:title>{p(MARK)}</chart:title></chart:chart>"
OBJECTS: list[tuple[str, Draft, Expected]] = [
    ("title of a chart", holding(CHART, "chart"), [("¶2 对象1 ¶1", Part.TEXT_BOX, False)]),
    (
        "data of a chart",
        holding(f"<chart:chart>{table(row(cell('甲'), cell(MARK)))}</chart:chart>", "chart"),
        [("¶2 对象1 表1 第1行第2列", Part.TEXT_BOX, False)],
    ),
    (
        "workbook",
        holding(table(row(cell(MARK))), "spreadsheet"),
        [("¶2 对象1 收入!A1", Part.TABLE, True)],
    ),
    ("text", holding(p(MARK), "text"), [("¶2 对象1 ¶1", Part.EMBEDDED, True)]),
    (
        "formula",
        Draft(
            body=frame('<draw:object xlink:href="./Object 1"/>'),
            parts={"Object 1/content.xml": f"<math:math {NAMESPACES}><math:mtext>{MARK}</math:mtext></math:math>"},
        ),
        [("¶1 对象1 公式", Part.TEXT_BOX, False)],
    ),
    (
        "nobody shows it",
        Draft(body=p("公示"), parts={"Object 9/content.xml": content(p(MARK))}),
        [("未引用的对象 Object 9 ¶1", Part.EMBEDDED, True)],
    ),
]


@pytest.mark.parametrize(("name", "draft", "expected"), OBJECTS, ids=[name for name, _, _ in OBJECTS])
def test_documents_inside(name: str, draft: Draft, expected: Expected) -> None:
    assert found(read(odf(draft))) == expected


def test_an_object_that_holds_itself_ends() -> None:
    inner = content(frame('<draw:object xlink:href="./"/>') + p(MARK))
    extracted = read(odf(Draft(body=frame('<draw:object xlink:href="./O"/>'), parts={"O/content.xml": inner})))
    assert len(found(extracted)) == 1


CERTIFICATE = base64.b64encode(der(0x30, der(0x0C, MARK.encode()), der(0x0C, b"x" * 20))).decode()
LOCKED = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'


def test_a_signature_tells_who_signed() -> None:
    signature = f"<s><X509Certificate>{CERTIFICATE}</X509Certificate></s>"
    extracted = read(odf(Draft(body=p("公示"), parts={"META-INF/documentsignatures.xml": signature})))
    assert found(extracted) == [("数字签名/证书", Part.PROPERTY, True)]
    assert not extracted.gaps


GAPS: list[tuple[str, Draft, str]] = [
    (
        "picture",
        Draft(body=frame('<draw:image xlink:href="Pictures/a.png"/>'), parts={"Pictures/a.png": png()}),
        "图片1（¶1 附近） 图中可能有文字",
    ),
    (
        "picture that nobody shows",
        Draft(body=p("公示"), parts={"Pictures/a.png": png()}),
        "未放置的图片 文件内另有 1 张",
    ),
    (
        "object of another program",
        Draft(
            body=frame('<draw:object-ole xlink:href="./Object 1"/>'),
            parts={"Object 1": random.Random(3).randbytes(300)},
        ),
        "¶1 嵌入对象1",
    ),
    (
        "replacement picture",
        Draft(body=p("公示"), parts={"ObjectReplacements/Object 1": b"VCLMTF" + bytes(50)}),
        "对象替换图 1 个",
    ),
    (
        "large thumbnail",
        Draft(body=p("公示"), parts={"Thumbnails/thumbnail.png": png(900, 900)}),
        "Thumbnails/thumbnail.png 首页缩略图",
    ),
    (
        "encrypted",
        Draft(parts={"META-INF/manifest.xml": f"<manifest:manifest {NAMESPACES}>{LOCKED}</manifest:manifest>"}),
        "文件 文件已加密（1 个部件）",
    ),
    ("no content", Draft(parts={"content.xml": b""}), "content.xml XML 已损坏"),
    (
        "content with a DOCTYPE",
        Draft(parts={"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "content.xml 部件含有 DOCTYPE",
    ),
    (
        "certificate that cannot be decoded",
        Draft(
            body=p("公示"),
            parts={"META-INF/documentsignatures.xml": "<s><X509Certificate>AAAA</X509Certificate></s>"},
        ),
        "数字签名含签名人证书，未解读",
    ),
    ("unknown member", Draft(body=p("公示"), parts={"x.bin": random.Random(3).randbytes(300)}), "未引用的文件 x.bin"),
]


@pytest.mark.parametrize(("name", "draft", "expected"), GAPS, ids=[name for name, _, _ in GAPS])
def test_what_was_not_read_is_said(name: str, draft: Draft, expected: str) -> None:
    assert expected in gaps(read(odf(draft)))


def test_an_encrypted_file_is_one_gap() -> None:
    manifest = f"<manifest:manifest {NAMESPACES}>{LOCKED}</manifest:manifest>"
    members = {**parts(Draft()), "META-INF/manifest.xml": manifest, "content.xml": random.Random(1).randbytes(900)}
    assert len(read(zipped(members)).gaps) == 1


def test_an_ordinary_file_has_no_gaps_and_no_noise() -> None:
    draft = Draft(
        body=p(span("公示", "T1")) + table(row(cell("甲")), name="表格1"),
        automatic=letters("T1", 'fo:font-size="16pt" style:font-name-asian="仿宋"'),
        styles=style("P_标题", "paragraph", "", 'style:display-name="标题"'),
        settings='<config:config-item config:name="Rsid" config:type="int">1234567890</config:config-item>',
        meta="<meta:editing-cycles>3</meta:editing-cycles>",
        parts={"Thumbnails/thumbnail.png": png(180, 256), "Configurations2/accelerator/": ""},
    )
    extracted = read(odf(draft))
    assert not extracted.gaps
    assert [s.text for s in extracted.segments if not s.place.startswith("Thumbnails")] == ["公示", "甲", "表格1"]


def test_a_damaged_sheet_is_read_up_to_the_damage() -> None:
    members = parts(sheet(row(cell(MARK)), row(cell("乙"))))
    cut = str(members["content.xml"]).partition("乙")[0]
    extracted = read(zipped({**members, "content.xml": cut}))
    assert found(extracted) == [("收入!A1", Part.TABLE, False)]
    assert "XML 已损坏" in gaps(extracted)


def test_a_flat_file() -> None:
    extracted = read(flat(Draft(body=p("公示") + p(MARK), meta="<dc:title>题</dc:title>")))
    assert found(extracted) == [("¶2", Part.BODY, False)]
    assert found(extracted, "题") == [("属性/标题", Part.PROPERTY, True)]


@pytest.mark.parametrize("packed", [True, False])
def test_through_the_front_door(packed: bool) -> None:
    draft = Draft(body=p(MARK))
    document = extract(Source(path="a", name="a", data=odf(draft) if packed else flat(draft)))
    assert document.media_type == "application/vnd.oasis.opendocument.text"
    assert MARK in document.text
    assert not document.gaps


def test_rows_repeated_a_million_times_cost_nothing() -> None:
    started = time.process_time()
    extracted = read(odf(sheet(row(cell(MARK), attributes='table:number-rows-repeated="1048576"'))))
    assert 1 <= len(found(extracted)) <= 50
    assert time.process_time() - started < 3


LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P"), exclude_characters="<&>"), min_size=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_what_was_written_is_read(words: list[str]) -> None:
    written = "".join(span(word, "T1") for word in words)
    shown = [s.text for s in read(odf(Draft(body=p(written)))).segments if not s.hidden]
    assert shown == ["".join(words)]
    cells = [s.text for s in read(odf(sheet(row(*map(cell, words))))).segments if s.part is Part.TABLE]
    assert cells == words


def test_damaged_parts_end_in_gaps() -> None:
    drafts = [draft for _, draft, _ in (*TEXTS, *SHEETS, *SLIDES, *OBJECTS, *GAPS)]
    chance = random.Random(12)
    for number in range(240):
        members = parts(chance.choice(drafts))
        name = chance.choice(sorted(name for name, data in members.items() if data))
        data = members[name]
        read(zipped({**members, name: mutants(data.encode() if isinstance(data, str) else data, 1, number)[0]}))


def test_damaged_files_end_in_gaps() -> None:
    for number, mutant in enumerate(mutants(odf(SHEETS[0][1]), 60, 5)):
        if mutant.startswith(b"PK"):
            read(mutant)
        assert number >= 0
