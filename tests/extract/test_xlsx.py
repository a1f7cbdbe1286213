"""Every place in a workbook where text can be, one planted mark a row; and how cells are shown."""

from __future__ import annotations

import html
import time

import pytest
from builders_ooxml import (
    DRAWING,
    NAMESPACES,
    SHEET,
    Extra,
    Relation,
    Sheet,
    cell,
    ordinary_xlsx,
    pack,
    png,
    row,
    shared_strings,
    styles,
    xlsx,
    xlsx_parts,
)

from reviewer.extract import xlsx as xlsx_reader
from reviewer.extract.limits import start_clock
from reviewer.extract.scribe import Extracted
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xlsx import read
from reviewer.terms import Cell, Part

MARK = "青石标记七三九一"
MARKED = row(4, cell("B4", MARK))
PLAIN = Sheet(rows=row(1, cell("A1", "公示")))

WHITE_FONT = '<font><color rgb="FFFFFFFF"/></font>'
WHITE_BY_THEME = '<font><color theme="0"/></font>'
DARK_FILL = '<fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill>'


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def sheet_part(root: str, inner: str, kind: str, name: str, *relations: Relation) -> Extra:
    """A further SpreadsheetML part."""
    content = f'<{root} xmlns="{SHEET}" {NAMESPACES}>{inner}</{root}>'
    return Extra(name=name, content=content, kind=kind, relations=relations)


def attached(kind: str, extra: Extra, rows: str = "") -> bytes:
    """A workbook whose only sheet refers to one more part."""
    sheet = Sheet(
        rows=rows or row(1, cell("A1", "公示")), relations=[Relation(id="r1", kind=kind, target="../" + extra.name)]
    )
    return xlsx(sheet, extras=[extra])


def drawing(inner: str, *relations: Relation) -> Extra:
    """A drawing with one object at C3."""
    anchor = (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>2</xdr:row></xdr:from>{inner}</xdr:oneCellAnchor>"
    )
    content = f"<xdr:wsDr {NAMESPACES}>{anchor}</xdr:wsDr>"
    return Extra(name="drawings/drawing1.xml", content=content, relations=relations)


def sheet_shape(text: str, own: str = "") -> str:
    """A shape on a sheet."""
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1" {own}/></xdr:nvSpPr>'
        f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


def one(value: str, *, kind: str = "", style: int = 0, extras: tuple[Extra, ...] = (), book: str = "") -> list[str]:
    """The visible texts of a cell with this stored value."""
    typed = f' t="{kind}"' if kind else ""
    rows = row(1, f'<c r="A1" s="{style}"{typed}>{value}</c>')
    extracted = read(xlsx(Sheet(rows=rows), extras=extras, workbook=book))
    return [segment.text for segment in extracted.segments if segment.cell and not segment.hidden]


PIVOT = sheet_part(
    "pivotCacheDefinition",
    '<cacheFields><cacheField name="姓名"><sharedItems><s v="甲"/><s v="乙"/></sharedItems></cacheField>'
    '<cacheField name="备注"><sharedItems/></cacheField></cacheFields>',
    "pivotCacheDefinition",
    "pivotCache/definition1.xml",
    Relation(id="p1", kind="pivotCacheRecords", target="records1.xml"),
)
RECORDS = sheet_part("pivotCacheRecords", f'<r><x v="1"/><s v="{MARK}"/></r>', "", "pivotCache/records1.xml")
LINK = sheet_part(
    "externalLink",
    '<externalBook><sheetNames><sheetName val="别处"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
    f'<row r="1"><cell r="A1" t="str"><v>{MARK}</v></cell></row></sheetData></sheetDataSet></externalBook>',
    "externalLink",
    "externalLinks/externalLink1.xml",
)

CASES: list[tuple[str, bytes, list[tuple[str, Part, bool]]]] = [
    ("inline string", xlsx(Sheet(rows=MARKED)), [("名单!B4", Part.TABLE, False)]),
    (
        "rich inline string",
        xlsx(Sheet(rows=row(4, '<c r="B4" t="inlineStr"><is><r><t>青石标记</t></r><r><t>七三九一</t></r></is></c>'))),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "rich shared string",
        xlsx(
            Sheet(rows=row(4, '<c r="B4" t="s"><v>0</v></c>')),
            extras=[shared_strings("<r><t>青石标记</t></r><r><t>七三九一</t></r>")],
        ),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "phonetic signs",
        xlsx(
            Sheet(rows=row(4, '<c r="B4" t="s"><v>0</v></c>')),
            extras=[shared_strings(f'<t>公示</t><rPh sb="0" eb="2"><t>{MARK}</t></rPh>')],
        ),
        [("名单!B4 拼音", Part.ATTRIBUTE, True)],
    ),
    (
        "orphan shared string",
        xlsx(PLAIN, extras=[shared_strings(f"<t>{MARK}</t>")]),
        [("共享字符串（未使用）", Part.EMBEDDED, True)],
    ),
    (
        "cell without reference",
        xlsx(Sheet(rows=f'<row><c/><c t="inlineStr"><is><t>{MARK}</t></is></c></row>')),
        [("名单!B1", Part.TABLE, False)],
    ),
    ("hidden sheet", xlsx(Sheet(rows=MARKED, state="hidden")), [("名单!B4", Part.TABLE, True)]),
    ("very hidden sheet", xlsx(Sheet(rows=MARKED, state="veryHidden")), [("名单!B4", Part.TABLE, True)]),
    (
        "hidden window",
        xlsx(Sheet(rows=MARKED), workbook='<bookViews><workbookView visibility="hidden"/></bookViews>'),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "hidden row",
        xlsx(Sheet(rows=row(4, cell("B4", MARK), attributes='hidden="1"'))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "row without height",
        xlsx(Sheet(rows=row(4, cell("B4", MARK), attributes='ht="0" customHeight="1"'))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "hidden column",
        xlsx(Sheet(rows=MARKED, before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>')),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "column without width",
        xlsx(Sheet(rows=MARKED, before='<cols><col min="2" max="2" width="0"/></cols>')),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "no width by default",
        xlsx(Sheet(rows=MARKED, before='<sheetFormatPr defaultColWidth="0"/>')),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "empty text format",
        xlsx(Sheet(rows=row(4, cell("B4", MARK, 1))), extras=[styles(formats=[";;;"])]),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white letters",
        xlsx(Sheet(rows=row(4, cell("B4", MARK, 1))), extras=[styles(fonts=[WHITE_FONT])]),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white by theme",
        xlsx(Sheet(rows=row(4, cell("B4", MARK, 1))), extras=[styles(fonts=[WHITE_BY_THEME])]),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white on blue",
        xlsx(Sheet(rows=row(4, cell("B4", MARK, 1))), extras=[styles(fonts=[WHITE_FONT], fills=[DARK_FILL])]),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "one point",
        xlsx(Sheet(rows=row(4, cell("B4", MARK, 1))), extras=[styles(fonts=['<font><sz val="1"/></font>'])]),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white run in a cell",
        xlsx(
            Sheet(rows=row(4, '<c r="B4" t="s"><v>0</v></c>')),
            extras=[shared_strings(f'<r><t>公示</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>{MARK}</t></r>')],
        ),
        [("名单!B4", Part.TABLE, False), ("名单!B4 隐藏文字", Part.TABLE, True)],
    ),
    (
        "under a merged cell",
        xlsx(Sheet(rows=MARKED, after='<mergeCells><mergeCell ref="A3:C5"/></mergeCells>')),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "first of a merged cell",
        xlsx(Sheet(rows=MARKED, after='<mergeCells><mergeCell ref="B4:C5"/></mergeCells>')),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "formula with a literal and another result",
        xlsx(Sheet(rows=row(4, f'<c r="B4" t="str"><f>IF(1,"公示","{MARK}")</f><v>公示</v></c>'))),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "saved result",
        xlsx(Sheet(rows=row(4, f'<c r="B4" t="str"><f>A1</f><v>{MARK}</v></c>'))),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "comment",
        attached(
            "comments",
            sheet_part(
                "comments",
                f'<commentList><comment ref="B4"><text><r><t>{MARK}</t></r></text></comment></commentList>',
                "",
                "comments1.xml",
            ),
        ),
        [("名单!B4 批注", Part.COMMENT, True)],
    ),
    (
        "comment author",
        attached(
            "comments", sheet_part("comments", f"<authors><author>{MARK}</author></authors>", "", "comments1.xml")
        ),
        [("批注作者", Part.PROPERTY, True)],
    ),
    (
        "threaded comment",
        attached(
            "threadedComment",
            sheet_part(
                "ThreadedComments",
                f'<threadedComment ref="B4"><text>{MARK}</text></threadedComment>',
                "",
                "threadedComments/t1.xml",
            ),
        ),
        [("名单!B4 批注", Part.COMMENT, True)],
    ),
    (
        "person",
        xlsx(
            PLAIN, extras=[sheet_part("personList", f'<person displayName="{MARK}"/>', "person", "persons/person.xml")]
        ),
        [("批注作者", Part.PROPERTY, True)],
    ),
    (
        "constant name",
        xlsx(PLAIN, workbook=f'<definedNames><definedName name="n">"{MARK}"</definedName></definedNames>'),
        [("名称 n", Part.DEFINED_NAME, True)],
    ),
    (
        "Chinese name",
        xlsx(PLAIN, workbook=f'<definedNames><definedName name="{MARK}">名单!$A$1</definedName></definedNames>'),
        [("名称", Part.DEFINED_NAME, True)],
    ),
    (
        "list of a validation",
        xlsx(
            Sheet(
                rows="",
                after=f'<dataValidation sqref="B4"><formula1>"甲,{MARK}"</formula1></dataValidation>',
            )
        ),
        [("名单!B4 数据验证", Part.FORM_VALUE, True)],
    ),
    (
        "prompt of a validation",
        xlsx(Sheet(rows="", after=f'<dataValidations><dataValidation sqref="B4" prompt="{MARK}"/></dataValidations>')),
        [("名单!B4 数据验证", Part.FORM_VALUE, True)],
    ),
    (
        "header",
        xlsx(
            Sheet(
                rows="",
                after=f'<headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;10{MARK}</oddHeader></headerFooter>',
            )
        ),
        [("名单 页眉", Part.HEADER, False)],
    ),
    (
        "footer of even pages that do not differ",
        xlsx(Sheet(rows="", after=f"<headerFooter><evenFooter>&amp;L{MARK}</evenFooter></headerFooter>")),
        [("名单 页脚", Part.FOOTER, True)],
    ),
    ("text box", attached("drawing", drawing(sheet_shape(MARK))), [("名单!C3 图形文字", Part.TEXT_BOX, False)]),
    (
        "hidden text box",
        attached("drawing", drawing(sheet_shape(MARK, 'hidden="1"'))),
        [("名单!C3 图形文字", Part.TEXT_BOX, True)],
    ),
    (
        "alternative text",
        attached("drawing", drawing(sheet_shape("", f'descr="{MARK}"'))),
        [("名单!C3 替代文字", Part.ALT_TEXT, True)],
    ),
    (
        "form button",
        attached(
            "vmlDrawing",
            Extra(
                name="drawings/vmlDrawing1.vml",
                content=f"<xml {NAMESPACES}><v:shape><v:textbox><div>{MARK}</div></v:textbox></v:shape></xml>",
            ),
        ),
        [("名单 图形文字", Part.TEXT_BOX, False)],
    ),
    (
        "chart title",
        xlsx(
            Sheet(rows="", relations=[Relation(id="r1", kind="drawing", target="../drawings/drawing1.xml")]),
            extras=[
                drawing(
                    '<a:graphic><a:graphicData><c:chart r:id="c1"/></a:graphicData></a:graphic>',
                    Relation(id="c1", kind="chart", target="../charts/chart1.xml"),
                ),
                Extra(
                    name="charts/chart1.xml",
                    content=f"<c:chartSpace {NAMESPACES}><c:title><c:tx><c:rich><a:p><a:r><a:t>{MARK}</a:t></a:r></a:p>"
                    "</c:rich></c:tx></c:title></c:chartSpace>",
                ),
            ],
        ),
        [("名单!C3 图表1", Part.TEXT_BOX, False)],
    ),
    ("pivot cache record", xlsx(PLAIN, extras=[PIVOT, RECORDS]), [("透视表缓存1 第2行第2列", Part.TABLE, True)]),
    (
        "pivot cache without records",
        xlsx(
            PLAIN,
            extras=[
                sheet_part(
                    "pivotCacheDefinition",
                    f'<cacheField name="姓名"><sharedItems><s v="{MARK}"/></sharedItems></cacheField>',
                    "pivotCacheDefinition",
                    "pivotCache/d1.xml",
                )
            ],
        ),
        [("透视表缓存1 第2行第1列", Part.TABLE, True)],
    ),
    (
        "person who refreshed a cache",
        xlsx(
            PLAIN,
            extras=[
                Extra(
                    name="pivotCache/d1.xml",
                    content=f'<pivotCacheDefinition xmlns="{SHEET}" refreshedBy="{MARK}"/>',
                    kind="pivotCacheDefinition",
                )
            ],
        ),
        [("透视表缓存1 refreshedBy", Part.PROPERTY, True)],
    ),
    ("cells of another workbook", xlsx(PLAIN, extras=[LINK]), [("外部链接1!别处!A1", Part.EMBEDDED, True)]),
    (
        "path of another workbook",
        xlsx(
            PLAIN,
            extras=[
                sheet_part(
                    "externalLink",
                    "",
                    "externalLink",
                    "externalLinks/l1.xml",
                    Relation(id="e", kind="externalLinkPath", target=f"file:///D:/{MARK}.xlsx", external=True),
                )
            ],
        ),
        [("l1.xml/externalLinkPath", Part.PROPERTY, True)],
    ),
    (
        "hyperlink",
        xlsx(
            Sheet(
                rows="",
                after='<hyperlinks><hyperlink ref="B4" r:id="h"/></hyperlinks>',
                relations=[Relation(id="h", kind="hyperlink", target=f"http://example.test/{MARK}", external=True)],
            )
        ),
        [("名单!B4 链接", Part.PROPERTY, True)],
    ),
    (
        "tooltip",
        xlsx(Sheet(rows="", after=f'<hyperlinks><hyperlink ref="B4" tooltip="{MARK}"/></hyperlinks>')),
        [("名单!B4 链接提示", Part.ALT_TEXT, True)],
    ),
    (
        "table name",
        attached("table", Extra(name="tables/table1.xml", content=f'<table xmlns="{SHEET}" displayName="{MARK}"/>')),
        [("名单 表格名称", Part.PROPERTY, True)],
    ),
    ("sheet name", xlsx(PLAIN, Sheet(rows="", name=MARK)), [("工作表名2", Part.PROPERTY, False)]),
    (
        "name of a hidden sheet",
        xlsx(PLAIN, Sheet(rows="", name=MARK, state="hidden")),
        [("工作表名2（隐藏）", Part.PROPERTY, True)],
    ),
    (
        "number format that is a sentence",
        xlsx(PLAIN, extras=[styles(formats=[f"0&quot;{MARK}&quot;"])]),
        [("数字格式", Part.PROPERTY, True)],
    ),
    (
        "folder of the author",
        xlsx(PLAIN, workbook=f'<absPath url="C:\\{MARK}\\"/>'),
        [("workbook.xml/absPath", Part.PROPERTY, True)],
    ),
    (
        "connection",
        xlsx(
            PLAIN,
            extras=[
                sheet_part("connections", f'<connection connection="Source={MARK}"/>', "connections", "connections.xml")
            ],
        ),
        [("connections.xml/connection", Part.PROPERTY, True)],
    ),
    (
        "filter value",
        xlsx(
            Sheet(
                rows="",
                after=f'<filterColumn><filters><filter val="{MARK}"/></filters></filterColumn>',
            )
        ),
        [("名单 筛选条件", Part.PROPERTY, True)],
    ),
    (
        "scenario value",
        xlsx(
            Sheet(
                rows="",
                after=f'<scenarios><scenario name="甲"><inputCells r="A1" val="{MARK}"/></scenario></scenarios>',
            )
        ),
        [("名单 方案", Part.PROPERTY, True)],
    ),
    (
        "words of a conditional format",
        xlsx(
            Sheet(
                rows="",
                after=f'<conditionalFormatting sqref="B4:B9 D1"><cfRule text="{MARK}"/></conditionalFormatting>',
            )
        ),
        [("名单!B4:B9 条件格式", Part.ATTRIBUTE, True)],
    ),
    (
        "text beside the cells of a row",
        xlsx(Sheet(rows=row(4, f"<odd>{MARK}</odd>", cell("A4", "公示")))),
        [("名单!4 存储值", Part.ATTRIBUTE, True)],
    ),
    (
        "text in an element of a sheet that is unknown",
        xlsx(Sheet(rows=row(1, cell("A1", "公示")), before=f"<odd>{MARK}</odd>", after="<headerFooter/>")),
        [("xl/worksheets/sheet1.xml odd", Part.ATTRIBUTE, True)],
    ),
    (
        "attribute of a sheet that is unknown",
        xlsx(Sheet(rows="", after=f'<customSheetViews><customSheetView name="{MARK}"/></customSheetViews>')),
        [("名单 customSheetView", Part.ATTRIBUTE, True)],
    ),
    (
        "unknown part",
        pack(xlsx_parts(PLAIN) | {"xl/richData/values.xml": f"<v>{MARK}</v>"}),
        [("xl/richData/values.xml", Part.EMBEDDED, True)],
    ),
    (
        "embedded workbook",
        pack(xlsx_parts(PLAIN) | {"xl/embeddings/b.xlsx": ordinary_xlsx([[MARK]], name="表")}),
        [("嵌入对象1!表!A1", Part.TABLE, True)],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_reads_every_place(data: bytes, expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(data)) == expected


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("<v>13800138000</v>", "", "13800138000"),
        ("<v>110105190001010018</v>", "", "110105190001010018"),
        ("<v>1.1010519000101E+17</v>", "", "110105190001010000"),
        ("<v>1.5</v>", "", "1.5"),
        ("<v>0.30000000000000004</v>", "", "0.3"),
        ("<v>2.5E-3</v>", "", "0.0025"),
        ("<v>1</v>", "b", "TRUE"),
        ("<v>#N/A</v>", "e", "#N/A"),
        ("<v>_x0041__x005F_</v>", "str", "A_"),
        ("<v>_xD842__xDFB7_</v>", "str", "𠮷"),
        ("<is><t>甲</t><rPh><t>jia</t></rPh></is>", "inlineStr", "甲"),
    ],
)
def test_shows_a_value(value: str, kind: str, text: str) -> None:
    assert one(value, kind=kind) == [text]


@pytest.mark.parametrize(
    ("code", "raw", "text"),
    [
        ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "1", "1900-01-01"),
        ("yyyy-mm-dd", "60.5", "1900-02-28 12:00:00"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "45352.75", "2024-03-01 18:00:00"),
        ("[h]:mm", "0.5", "12:00:00"),
        ("yyyy-mm-dd", "110105190001010018", "110105190001010018"),
        ("000000", "123", "000123"),
        ("0.00%", "0.25", "0.25"),
        ("#,##0.00", "1234.5", "1234.5"),
        ("[Red]0", "5", "5"),
        ("General", "5", "5"),
    ],
)
def test_shows_a_formatted_number(code: str, raw: str, text: str) -> None:
    assert one(f"<v>{raw}</v>", style=1, extras=(styles(formats=[code]),)) == [text]


def test_shows_dates_of_1904() -> None:
    properties = '<workbookPr date1904="1"/>'
    assert one("<v>1</v>", style=1, extras=(styles(formats=["yyyy-mm-dd"]),), book=properties) == ["1904-01-02"]


@pytest.mark.parametrize(
    ("code", "raw", "hidden"),
    [
        (";;;", "5", True),
        ("0;;", "-5", True),
        ("0;-0;;@", "0", False),
        ("0_ ;[Red]\\-0\\ ", "5", False),
        ("&quot;&quot;;0", "5", True),
    ],
)
def test_a_number_format_may_hide(code: str, raw: str, hidden: bool) -> None:
    extracted = read(xlsx(Sheet(rows=row(1, f'<c r="A1" s="1"><v>{raw}</v></c>')), extras=[styles(formats=[code])]))
    assert [segment.hidden for segment in extracted.segments if segment.cell] == [hidden]


def test_cells_know_their_place() -> None:
    extracted = read(
        xlsx(PLAIN, Sheet(name="附表", rows=row(3, cell("AB3", "甲"), cell("AC3", "乙")) + row(4, cell("A4", "丙"))))
    )
    cells = [segment.cell for segment in extracted.segments if segment.text == "甲"]
    assert cells == [Cell(table=1, row=2, column=27, sheet="附表", ref="AB3")]
    assert "甲\t乙\n丙\n" in extracted.text


def test_number_without_its_last_digits_keeps_what_is_stored() -> None:
    extracted = read(xlsx(Sheet(rows=row(1, '<c r="A1"><v>1.1010519000101E+17</v></c>'))))
    assert ("名单!A1 存储值", "1.1010519000101E+17") in [(s.place, s.text) for s in extracted.segments]


def test_masking_formulas_are_told_once_a_column() -> None:
    rows = "".join(
        row(n, f'<c r="B{n}" t="str"><f>REPLACE(A{n},7,8,"********")</f><v>110105********0018</v></c>')
        for n in range(1, 9)
    )
    extracted = read(xlsx(Sheet(rows=rows)))
    formulas = [(s.place, s.text) for s in extracted.segments if s.part is Part.FORMULA]
    assert formulas == [("名单!B1 公式", '=REPLACE(A1,7,8,"********")')]


def test_plain_formulas_are_not_text() -> None:
    rows = row(1, '<c r="A1"><f>SUM(B1:B9)</f><v>5</v></c>', '<c r="B1" t="str"><f>IF(A1="","",A1)</f><v>5</v></c>')
    assert [s for s in read(xlsx(Sheet(rows=rows))).segments if s.part is Part.FORMULA] == []


def test_a_formula_without_result_is_a_gap() -> None:
    (gap,) = read(xlsx(Sheet(rows=row(1, '<c r="A1"><f>B1</f></c>', '<c r="B1"><v>5</v></c>')))).gaps
    assert gap.place == "名单!A1"


def test_hidden_rows_and_columns_are_told_even_when_empty() -> None:
    rows = row(3, attributes='hidden="1"') + row(4, attributes='hidden="1"') + row(9, attributes='hidden="1"')
    extracted = read(xlsx(Sheet(rows=rows, before='<cols><col min="3" max="4" hidden="1"/></cols>')))
    told = {s.place: s.text for s in extracted.segments if "隐藏" in s.place}
    assert told == {"名单 隐藏列": "C:D", "名单 隐藏行": "3:4 9:9"}


def test_pivot_caches_resolve_shared_values() -> None:
    extracted = read(xlsx(PLAIN, extras=[PIVOT, RECORDS]))
    cache = [
        (s.text, s.cell.row, s.cell.column) for s in extracted.segments if s.cell and s.cell.sheet == "透视表缓存1"
    ]
    assert cache == [("姓名", 0, 0), ("备注", 0, 1), ("乙", 1, 0), (MARK, 1, 1)]


def test_pictures_in_cells_and_on_sheets() -> None:
    blip = f'<a:blip xmlns:a="{DRAWING}" r:embed="i1"/>'
    relation = Relation(id="i1", kind="image", target="media/1.png")
    images = Extra(name="cellimages.xml", content=f"<x {NAMESPACES}>{blip}</x>", kind="cellImage", relations=[relation])
    (gap,) = read(xlsx(PLAIN, extras=[images, Extra(name="media/1.png", content=png(90, 90))])).gaps
    assert gap.place == "图片1（单元格图片 附近）"


def test_a_binary_workbook_is_a_gap() -> None:
    parts = xlsx_parts(PLAIN)
    kinds = str(parts["[Content_Types].xml"]).replace(
        "spreadsheetml.sheet.main+xml", "ms-excel.sheet.binary.macroEnabled.main"
    )
    assert "xlsb" in read(pack(parts | {"[Content_Types].xml": kinds})).gaps[0].reason


def test_a_missing_shared_string_is_a_gap() -> None:
    (gap,) = read(xlsx(Sheet(rows=row(1, '<c r="A1" t="s"><v>7</v></c>')))).gaps
    assert gap.place == "名单!A1"


def test_an_ordinary_workbook_has_no_gaps() -> None:
    extracted = read(ordinary_xlsx([["姓名", "金额"], ["甲", 500]]))
    assert extracted.gaps == ()
    assert "姓名\t金额\n甲\t500\n" in extracted.text


@pytest.mark.parametrize(
    ("margin", "said"),
    [
        ('&C&"宋体,常规"&10关于公示', "关于公示"), ('&L&"微软雅黑,加粗"第&P页，共&N页', "第页，共页"),
        ("&R&D &T打印", "打印"),
        ("&C&KFF0000红字", "红字"), ("&C&K01+000浅色", "浅色"), ("&L&F&A&Z&G末", "末"), ("&B&I&U&E&S&X&Y字", "字"),
        ("&C第&P+1页", "第页"), ("甲&&乙", "甲&乙"), ("&14&P　&12签发", "签发"),
    ],
)  # fmt: skip
def test_the_codes_of_a_print_header_are_no_text_and_nothing_is_missed(margin: str, said: str) -> None:
    markup = html.escape(margin, quote=True)
    extracted = read(xlsx(Sheet(rows="", after=f"<headerFooter><oddHeader>{markup}</oddHeader></headerFooter>")))
    (header,) = [segment.text for segment in extracted.segments if segment.part is Part.HEADER]
    assert (header, extracted.gaps) == (said, ())


def test_what_stands_where_a_font_belongs_is_missed() -> None:
    margin = html.escape(f'&C&"{"身份证" * 15}"甲')
    (gap,) = read(xlsx(Sheet(rows="", after=f"<headerFooter><oddHeader>{margin}</oddHeader></headerFooter>"))).gaps
    assert "两种读法不一致" in gap.reason


def test_a_sheet_named_in_a_reference_is_read_already() -> None:
    charts = "<c:f xmlns:c=\"x\">'名单'!$C$2:$C$9</c:f>"
    extracted = read(xlsx(Sheet(rows=row(1, cell("A1", "甲")), after=f"<extLst>{charts}</extLst>")))
    assert extracted.gaps == ()


def test_a_workbook_with_too_many_cells_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "Room", lambda: Room(cells_left=2))
    rows = "".join(row(n, cell(f"A{n}", str(n))) for n in range(1, 9))
    extracted = read(xlsx(Sheet(rows=rows)))
    assert [s.text for s in extracted.segments if s.cell] == ["1", "2", "3"]
    assert [gap.place for gap in extracted.gaps] == ["名单!4"]


def test_a_reader_out_of_time_stops_with_a_gap() -> None:
    start_clock(1.0)
    extracted = read(xlsx(PLAIN))
    start_clock(float("inf"))
    assert [gap.place for gap in extracted.gaps] == ["名单!2"]


def test_a_long_list_is_read_in_seconds() -> None:
    rows = "".join(
        row(n, *(f'<c r="{c}{n}"><v>{n}</v></c>' for c in "ABCDE"), *(cell(f"{c}{n}", "甲") for c in "FGHIJ"))
        for n in range(1, 20_001)
    )
    data = xlsx(Sheet(rows=rows))
    start = time.process_time()
    extracted = read(data)
    assert len([s for s in extracted.segments if s.cell]) == 200_000
    assert time.process_time() - start < 12  # about 2 s on an office laptop; generous for a busy one
