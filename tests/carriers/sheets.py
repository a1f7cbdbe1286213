"""Carriers of workbooks (.xlsx)."""

from __future__ import annotations

from builders_ooxml import (
    NAMESPACES,
    SHEET,
    Extra,
    Relation,
    Sheet,
    cell,
    docx,
    ordinary_xlsx,
    pack,
    paragraph,
    relations_part,
    row,
    run,
    shared_strings,
    styles,
    xlsx,
    xlsx_parts,
)

from .carrier import Carrier, declared, hidden, seen

PLAIN = Sheet(rows=row(1, cell("A1", "公示")))
WHITE = '<font><color rgb="FFFFFFFF"/></font>'
TINY = '<font><sz val="1"/></font>'
B4 = "名单!B4"


def at_b4(text: str, style: int = 0) -> str:
    return row(4, cell("B4", text, style))


def one(text: str, *, before: str = "", after: str = "", attributes: str = "", state: str = "visible") -> bytes:
    """A workbook with the text in B4."""
    rows = row(4, cell("B4", text), attributes=attributes)
    return xlsx(Sheet(rows=rows, before=before, after=after, state=state))


def styled(text: str, *, formats: tuple[str, ...] = (), fonts: tuple[str, ...] = ()) -> bytes:
    return xlsx(Sheet(rows=at_b4(text, 1)), extras=[styles(formats=formats, fonts=fonts)])


def after(inner: str) -> bytes:
    """A workbook in which something stands after the cells of its sheet."""
    return xlsx(Sheet(rows=row(1, cell("A1", "公示")), after=inner))


def part(root: str, inner: str, name: str, kind: str = "", *relations: Relation) -> Extra:
    """A further SpreadsheetML part."""
    content = f'<{root} xmlns="{SHEET}" {NAMESPACES}>{inner}</{root}>'
    return Extra(name=name, content=content, kind=kind, relations=relations)


def attached(kind: str, extra: Extra) -> bytes:
    """A workbook whose only sheet refers to one more part."""
    sheet = Sheet(rows=row(1, cell("A1", "公示")), relations=[Relation(id="r1", kind=kind, target="../" + extra.name)])
    return xlsx(sheet, extras=[extra])


def comment(text: str) -> bytes:
    inner = f'<commentList><comment ref="B4"><text><r><t>{text}</t></r></text></comment></commentList>'
    return attached("comments", part("comments", inner, "comments1.xml"))


def threaded(text: str) -> bytes:
    inner = f'<threadedComment ref="B4"><text>{text}</text></threadedComment>'
    return attached("threadedComment", part("ThreadedComments", inner, "threadedComments/t1.xml"))


def drawing(text: str, own: str = "") -> bytes:
    """A sheet with a text box at C3."""
    content = (
        f"<xdr:wsDr {NAMESPACES}><xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>2</xdr:row></xdr:from>"
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1" {own}/></xdr:nvSpPr><xdr:txBody><a:p><a:r>'
        f"<a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:oneCellAnchor></xdr:wsDr>"
    )
    return attached("drawing", Extra(name="drawings/drawing1.xml", content=content))


def button(text: str) -> bytes:
    content = f"<xml {NAMESPACES}><v:shape><v:textbox><div>{text}</div></v:textbox></v:shape></xml>"
    return attached("vmlDrawing", Extra(name="drawings/vmlDrawing1.vml", content=content))


def rich(*pieces: str) -> bytes:
    """A cell whose text is divided into runs, in the shared strings."""
    entry = "".join(f"<r><t>{piece}</t></r>" for piece in pieces)
    return xlsx(Sheet(rows=row(4, '<c r="B4" t="s"><v>0</v></c>')), extras=[shared_strings(entry)])


def phonetic(text: str) -> bytes:
    entry = f'<t>公示</t><rPh sb="0" eb="2"><t>{text}</t></rPh>'
    return xlsx(Sheet(rows=row(4, '<c r="B4" t="s"><v>0</v></c>')), extras=[shared_strings(entry)])


def number(text: str) -> bytes:
    """The text as a number, under a heading that says what it is."""
    return xlsx(Sheet(rows=row(1, cell("A1", "身份证号")) + row(2, f'<c r="A2"><v>{text}</v></c>')))


def pivot(text: str, deleted: str = "") -> bytes:
    items = f'<s v="{deleted}"/>' if deleted else ""
    fields = f'<cacheFields><cacheField name="证号"><sharedItems>{items}</sharedItems></cacheField></cacheFields>'
    relation = Relation(id="p1", kind="pivotCacheRecords", target="records1.xml")
    definition = part("pivotCacheDefinition", fields, "pivotCache/definition1.xml", "pivotCacheDefinition", relation)
    records = part("pivotCacheRecords", f'<r><s v="{text}"/></r>', "pivotCache/records1.xml")
    return xlsx(PLAIN, extras=[definition, records])


def external(text: str) -> bytes:
    inner = (
        '<externalBook><sheetNames><sheetName val="别处"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
        f'<row r="1"><cell r="A1" t="str"><v>{text}</v></cell></row></sheetData></sheetDataSet></externalBook>'
    )
    return xlsx(PLAIN, extras=[part("externalLink", inner, "externalLinks/externalLink1.xml", "externalLink")])


def custom_property(text: str) -> bytes:
    inner = f'<p><property name="证号"><i8>{text}</i8></property></p>'
    main = Relation(id="m", kind="officeDocument", target="xl/workbook.xml")
    own = Relation(id="p", kind="custom-properties", target="docProps/custom.xml")
    return pack(xlsx_parts(PLAIN) | {"docProps/custom.xml": inner, "_rels/.rels": relations_part([main, own])})


def with_member(name: str, content: str | bytes) -> bytes:
    return pack(xlsx_parts(PLAIN) | {name: content})


def linked(text: str) -> bytes:
    relation = Relation(id="h", kind="hyperlink", target=f"https://example.test/?id={text}", external=True)
    inner = '<hyperlinks><hyperlink ref="B4" r:id="h"/></hyperlinks>'
    return xlsx(Sheet(rows=row(1, cell("A1", "公示")), after=inner, relations=[relation]))


def table(column: str) -> bytes:
    content = (
        f'<table xmlns="{SHEET}" id="1" name="t" displayName="t" ref="A1:A2"><tableColumns count="1">'
        f'<tableColumn id="1" name="{column}"/></tableColumns></table>'
    )
    return attached("table", Extra(name="tables/table1.xml", content=content))


def masked(text: str) -> str:
    """A row whose saved result shows less than its formula was given."""
    return row(4, f'<c r="B4" t="str"><f>REPLACE("{text}",7,8,"********")</f><v>{text[:6]}********{text[14:]}</v></c>')


CARRIERS: tuple[Carrier, ...] = (
    seen("xlsx cell.xlsx", B4, one),
    seen("xlsx by openpyxl.xlsx", "名单!B2", lambda n: ordinary_xlsx([["姓名", "身份证号"], ["张三", n]])),
    seen(
        "xlsx number in boxes.xlsx",
        B4,
        lambda n: xlsx(Sheet(rows=row(4, *(cell(f"{chr(66 + at)}4", digit) for at, digit in enumerate(n))))),
    ),
    seen("xlsx rich text.xlsx", B4, lambda n: rich(n[:3], n[3:9], n[9:])),
    seen("xlsx number of 18 digits.xlsx", "名单!A2", number),
    seen("xlsx number of 15 digits.xlsx", "名单!A2", number, digits=15),
    seen(
        "xlsx saved result.xlsx", B4, lambda n: xlsx(Sheet(rows=row(4, f'<c r="B4" t="str"><f>A1</f><v>{n}</v></c>')))
    ),
    hidden("xlsx masking formula.xlsx", f"{B4} 公式", lambda n: xlsx(Sheet(rows=masked(n)))),
    hidden("xlsx hidden sheet.xlsx", B4, lambda n: one(n, state="hidden")),
    hidden("xlsx very hidden sheet.xlsx", B4, lambda n: one(n, state="veryHidden")),
    hidden("xlsx hidden row.xlsx", B4, lambda n: one(n, attributes='hidden="1"')),
    hidden("xlsx row without height.xlsx", B4, lambda n: one(n, attributes='ht="0" customHeight="1"')),
    hidden(
        "xlsx filtered row.xlsx",
        B4,
        lambda n: one(
            n, attributes='hidden="1"', after='<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>'
        ),
    ),
    hidden(
        "xlsx hidden column.xlsx",
        B4,
        lambda n: one(n, before='<cols><col min="2" max="2" width="9" hidden="1"/></cols>'),
    ),
    hidden(
        "xlsx column without width.xlsx", B4, lambda n: one(n, before='<cols><col min="2" max="2" width="0"/></cols>')
    ),
    hidden("xlsx collapsed group.xlsx", B4, lambda n: one(n, attributes='outlineLevel="1" hidden="1"')),
    hidden("xlsx white letters.xlsx", B4, lambda n: styled(n, fonts=(WHITE,))),
    hidden("xlsx one point.xlsx", B4, lambda n: styled(n, fonts=(TINY,))),
    hidden("xlsx empty format.xlsx", B4, lambda n: styled(n, formats=(";;;",))),
    hidden(
        "xlsx under a merged cell.xlsx", B4, lambda n: one(n, after='<mergeCells><mergeCell ref="A3:C5"/></mergeCells>')
    ),
    hidden("xlsx comment.xlsx", f"{B4} 批注", comment),
    hidden("xlsx threaded comment.xlsx", f"{B4} 批注", threaded),
    hidden(
        "xlsx comment author.xlsx",
        "批注作者",
        lambda n: attached("comments", part("comments", f"<authors><author>{n}</author></authors>", "comments1.xml")),
    ),
    hidden(
        "xlsx constant name.xlsx",
        "名称",
        lambda n: xlsx(PLAIN, workbook=f'<definedNames><definedName name="k">"{n}"</definedName></definedNames>'),
    ),
    hidden(
        "xlsx number as a name.xlsx",
        "名称",
        lambda n: xlsx(PLAIN, workbook=f'<definedNames><definedName name="k">{n}</definedName></definedNames>'),
    ),
    hidden(
        "xlsx defined name.xlsx",
        "名称",
        lambda n: xlsx(
            PLAIN, workbook=f'<definedNames><definedName name="证号_{n}">名单!$A$1</definedName></definedNames>'
        ),
    ),
    hidden(
        "xlsx choices.xlsx",
        f"{B4} 数据验证",
        lambda n: after(
            '<dataValidations><dataValidation type="list" sqref="B4">'
            f'<formula1>"甲,{n}"</formula1></dataValidation></dataValidations>'
        ),
    ),
    hidden(
        "xlsx number in a validation.xlsx",
        f"{B4} 数据验证",
        lambda n: after(
            '<dataValidations><dataValidation type="whole" operator="equal" sqref="B4">'
            f"<formula1>{n}</formula1></dataValidation></dataValidations>"
        ),
    ),
    hidden(
        "xlsx validation prompt.xlsx",
        f"{B4} 数据验证",
        lambda n: after(f'<dataValidations><dataValidation sqref="B4" prompt="填{n}"/></dataValidations>'),
    ),
    hidden(
        "xlsx conditional format.xlsx",
        "条件格式",
        lambda n: after(
            f'<conditionalFormatting sqref="B4"><cfRule type="containsText" text="{n}" priority="1">'
            f'<formula>NOT(ISERROR(SEARCH("{n}",B4)))</formula></cfRule></conditionalFormatting>'
        ),
    ),
    hidden(
        "xlsx number in a conditional format.xlsx",
        "条件格式",
        lambda n: after(
            '<conditionalFormatting sqref="B4"><cfRule type="cellIs" operator="equal" priority="1">'
            f"<formula>{n}</formula></cfRule></conditionalFormatting>"
        ),
    ),
    hidden("xlsx pivot cache.xlsx", "透视表缓存1", pivot),
    hidden("xlsx external cells.xlsx", "外部链接1!", external),
    seen("xlsx text box.xlsx", "名单!C3 图形文字", drawing),
    hidden("xlsx hidden text box.xlsx", "名单!C3 图形文字", lambda n: drawing(n, 'hidden="1"')),
    hidden("xlsx alternative text.xlsx", "名单!C3 替代文字", lambda n: drawing("图", f'descr="证号{n}"')),
    seen("xlsx form button.xlsx", "图形文字", button),
    seen(
        "xlsx header.xlsx",
        "名单 页眉",
        lambda n: after(f'<headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;10证号{n}</oddHeader></headerFooter>'),
    ),
    hidden(
        "xlsx unused footer.xlsx",
        "名单 页脚",
        lambda n: after(f"<headerFooter><evenFooter>&amp;L证号{n}</evenFooter></headerFooter>"),
    ),
    hidden(
        "xlsx orphan string.xlsx", "共享字符串（未使用）", lambda n: xlsx(PLAIN, extras=[shared_strings(f"<t>{n}</t>")])
    ),
    hidden("xlsx phonetic signs.xlsx", f"{B4} 拼音", phonetic),
    seen("xlsx sheet name.xlsx", "工作表名2", lambda n: xlsx(PLAIN, Sheet(rows="", name=n))),
    hidden(
        "xlsx name of a hidden sheet.xlsx", "工作表名2", lambda n: xlsx(PLAIN, Sheet(rows="", name=n, state="hidden"))
    ),
    hidden("xlsx hyperlink.xlsx", f"{B4} 链接", linked),
    hidden(
        "xlsx tooltip.xlsx",
        f"{B4} 链接提示",
        lambda n: after(f'<hyperlinks><hyperlink ref="B4" tooltip="{n}"/></hyperlinks>'),
    ),
    hidden("xlsx column of a table.xlsx", "表格", table),
    hidden(
        "xlsx number format.xlsx", "数字格式", lambda n: xlsx(PLAIN, extras=[styles(formats=[f"0&quot;{n}&quot;"])])
    ),
    hidden(
        "xlsx filter value.xlsx",
        "筛选条件",
        lambda n: after(
            '<autoFilter ref="A1:B9"><filterColumn colId="0">'
            f'<filters><filter val="{n}"/></filters></filterColumn></autoFilter>'
        ),
    ),
    hidden(
        "xlsx scenario.xlsx",
        "方案",
        lambda n: after(f'<scenarios><scenario name="甲"><inputCells r="A1" val="{n}"/></scenario></scenarios>'),
    ),
    hidden("xlsx custom property.xlsx", "custom.xml", custom_property),
    hidden(
        "xlsx connection.xlsx",
        "connection",
        lambda n: xlsx(
            PLAIN,
            extras=[part("connections", f'<connection connection="Id={n};"/>', "connections.xml", "connections")],
        ),
    ),
    hidden(
        "xlsx embedded document.xlsx",
        "嵌入对象1!",
        lambda n: with_member("xl/embeddings/a.docx", docx(paragraph(run(n)))),
    ),
    hidden(
        "xlsx number in a formula.xlsx",
        f"{B4} 公式",
        lambda n: xlsx(Sheet(rows=row(4, f'<c r="B4"><f>A1={n}</f><v>0</v></c>'))),
    ),
    hidden(
        "xlsx sorting list.xlsx",
        "sortCondition",
        lambda n: after(f'<sortState ref="A1:A9"><sortCondition ref="A1" customList="{n},乙"/></sortState>'),
    ),
    hidden("xlsx deleted value of a pivot.xlsx", "透视表缓存1 已删除的值", lambda n: pivot("甲", deleted=n)),
    hidden("xlsx xml map.xlsx", "xl/xmlMaps.xml", lambda n: with_member("xl/xmlMaps.xml", f"<m><v>{n}</v></m>")),
    declared("xlsx macro.xlsx", "宏", lambda n: with_member("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + n.encode())),
)
