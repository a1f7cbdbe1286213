"""Every place in a Word document where text can be, one planted mark a row."""

from __future__ import annotations

import pytest
from builders_image import chunk, code, emf, emf_text, plain, saved
from builders_image import png as make_png
from builders_ooxml import (
    Extra,
    Relation,
    docx,
    docx_parts,
    ordinary_docx,
    ordinary_xlsx,
    pack,
    paragraph,
    picture,
    png,
    run,
    word_part,
    word_table,
)

from reviewer.extract.docx import read
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
PLAIN = paragraph(run("公示"))


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def shown(body: str) -> list[str]:
    """The texts that a reader of a document with this body sees."""
    return [segment.text for segment in read(docx(body)).segments if not segment.hidden]


def styled(properties: str, *, kind: str = "paragraph", based_on: str = "") -> Extra:
    """A style part with one style "隐" of the given formatting, based on another that has it."""
    base = f'<w:style w:type="{kind}" w:styleId="底"><w:rPr>{based_on}</w:rPr></w:style>'
    own = f'<w:style w:type="{kind}" w:styleId="隐"><w:basedOn w:val="底"/><w:rPr>{properties}</w:rPr></w:style>'
    return Extra(name="styles.xml", content=word_part("styles", base + own), kind="styles")


def textbox(text: str) -> str:
    """The content of a text box."""
    return f"<wps:txbx><w:txbxContent>{paragraph(run(text))}</w:txbxContent></wps:txbx>"


def alternative(choice: str, fallback: str) -> str:
    """A drawing with a branch for new programs and one for old ones."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp>{choice}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{fallback}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, result: str) -> str:
    """A Word field with its code and result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def part(root: str, inner: str, kind: str, *relations: Relation, name: str = "") -> Extra:
    """A further part of the document."""
    return Extra(name=f"{name or root}1.xml", content=word_part(root, inner), kind=kind, relations=relations)


def chart(text: str) -> Extra:
    """A chart whose cached category is the text."""
    xml = f"<c:cat><c:strRef><c:strCache><c:pt><c:v>{text}</c:v></c:pt></c:strCache></c:strRef></c:cat>"
    namespaces = word_part("x", "").partition(" ")[2].partition(">")[0]
    return Extra(name="charts/chart1.xml", content=f"<c:chartSpace {namespaces}>{xml}</c:chartSpace>", kind="")


def with_parts(**extra: str) -> bytes:
    """A document with more members; `__` stands for the slash and `_dot_` for the dot in their names."""
    return pack(docx_parts(PLAIN) | {k.replace("__", "/").replace("_dot_", "."): v for k, v in extra.items()})


INSERTED = f'<w:ins w:id="1" w:author="甲">{run(MARK)}</w:ins>'
DELETED = f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{MARK}</w:delText></w:r></w:del>'
MOVED = f'<w:moveFrom w:id="3" w:author="甲">{run(MARK)}</w:moveFrom>'
CHART_FRAME = (
    '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="c1"/></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
NOTE_MARK = '<w:r><w:footnoteReference w:id="7"/></w:r>'
SECTION = '<w:sectPr><w:headerReference w:type="{}" r:id="h1"/></w:sectPr>'
HEADER = Relation(id="h1", kind="header", target="header1.xml")

CASES: list[tuple[str, bytes, list[tuple[str, Part, bool]]]] = [
    ("paragraph", docx(PLAIN + paragraph(run(MARK))), [("¶2", Part.BODY, False)]),
    ("five runs", docx(paragraph(*map(run, ("青石", "标", "记", "七三", "九一")))), [("¶1", Part.BODY, False)]),
    ("table cell", docx(word_table([PLAIN, paragraph(run(MARK))])), [("表1 第1行第2列", Part.TABLE, False)]),
    (
        "nested table",
        docx(word_table([PLAIN + word_table([paragraph(run(MARK))]) + "<w:p/>"])),
        [("表2 第1行第1列", Part.TABLE, False)],
    ),
    (
        "insertion",
        docx(paragraph(run("前"), INSERTED)),
        [("¶1", Part.BODY, False), ("¶1 修订插入", Part.INSERTION, True)],
    ),
    ("deletion", docx(paragraph(run("前"), DELETED)), [("¶1 修订删除", Part.DELETION, True)]),
    ("moved away", docx(paragraph(run("前"), MOVED)), [("¶1 修订删除", Part.DELETION, True)]),
    (
        "moved here",
        docx(paragraph(MOVED.replace("moveFrom", "moveTo"))),
        [("¶1", Part.BODY, False), ("¶1 修订插入", Part.INSERTION, True)],
    ),
    (
        "deleted row",
        docx(word_table([paragraph(run(MARK))]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")),
        [("表1 第1行第1列 修订删除", Part.DELETION, True)],
    ),
    ("vanish", docx(paragraph(run("前"), run(MARK, "<w:vanish/>"))), [("¶1 隐藏文字", Part.BODY, True)]),
    ("spec vanish", docx(paragraph(run(MARK, "<w:specVanish/>"))), [("¶1 隐藏文字", Part.BODY, True)]),
    ("hidden on the web", docx(paragraph(run(MARK, "<w:webHidden/>"))), [("¶1 隐藏文字", Part.BODY, True)]),
    (
        "vanish by character style",
        docx(paragraph(run(MARK, '<w:rStyle w:val="隐"/>')), extras=[styled("<w:vanish/>", kind="character")]),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "vanish by an ancestor of the paragraph style",
        docx(paragraph(run(MARK), properties='<w:pStyle w:val="隐"/>'), extras=[styled("", based_on="<w:vanish/>")]),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "vanish by default",
        docx(
            paragraph(run(MARK)),
            extras=[
                part(
                    "styles",
                    "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>",
                    "styles",
                )
            ],
        ),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    ("white", docx(paragraph(run(MARK, '<w:color w:val="FFFFFE"/>'))), [("¶1 隐藏文字", Part.BODY, True)]),
    (
        "white by theme whatever the value says",
        docx(paragraph(run(MARK, '<w:color w:val="000000" w:themeColor="background1"/>'))),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    (
        "colour of its shading",
        docx(paragraph(run(MARK, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'))),
        [("¶1 隐藏文字", Part.BODY, True)],
    ),
    ("black marker", docx(paragraph(run(MARK, '<w:highlight w:val="black"/>'))), [("¶1 隐藏文字", Part.BODY, True)]),
    ("two points", docx(paragraph(run(MARK, '<w:sz w:val="4"/>'))), [("¶1 隐藏文字", Part.BODY, True)]),
    (
        "merged away",
        docx(
            word_table(
                ['<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + PLAIN],
                ["<w:tcPr><w:vMerge/></w:tcPr>" + paragraph(run(MARK))],
            )
        ),
        [("表1 第2行第1列", Part.TABLE, True)],
    ),
    (
        "hidden row",
        docx(word_table([paragraph(run(MARK))]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>")),
        [("表1 第1行第1列", Part.TABLE, True)],
    ),
    (
        "comment",
        docx(PLAIN, extras=[part("comments", f'<w:comment w:id="0">{paragraph(run(MARK))}</w:comment>', "comments")]),
        [("批注1", Part.COMMENT, True)],
    ),
    (
        "comment author",
        docx(PLAIN, extras=[part("comments", f'<w:comment w:author="{MARK}">{PLAIN}</w:comment>', "comments")]),
        [("修订和批注作者", Part.PROPERTY, True)],
    ),
    (
        "revision author",
        docx(paragraph(DELETED.replace("甲", MARK).replace(f"<w:delText>{MARK}", "<w:delText>旧"))),
        [("修订和批注作者", Part.PROPERTY, True)],
    ),
    (
        "people",
        docx(PLAIN, extras=[part("people", f'<w:person w:author="{MARK}"/>', "people")]),
        [("修订和批注作者", Part.PROPERTY, True)],
    ),
    (
        "footnote in the order of its mark",
        docx(
            paragraph(NOTE_MARK.replace("7", "9"), NOTE_MARK),
            extras=[part("footnotes", f'<w:footnote w:id="7">{paragraph(run(MARK))}</w:footnote>', "footnotes")],
        ),
        [("脚注2", Part.FOOTNOTE, False)],
    ),
    (
        "footnote without a mark",
        docx(
            PLAIN,
            extras=[part("footnotes", f'<w:footnote w:id="7">{paragraph(run(MARK))}</w:footnote>', "footnotes")],
        ),
        [("脚注（未引用）", Part.FOOTNOTE, True)],
    ),
    (
        "endnote",
        docx(
            paragraph('<w:r><w:endnoteReference w:id="2"/></w:r>'),
            extras=[part("endnotes", f'<w:endnote w:id="2">{paragraph(run(MARK))}</w:endnote>', "endnotes")],
        ),
        [("尾注1", Part.ENDNOTE, False)],
    ),
    (
        "header",
        docx(
            PLAIN + SECTION.format("default"),
            relations=[HEADER],
            extras=[part("hdr", paragraph(run(MARK)), "", name="header")],
        ),
        [("页眉", Part.HEADER, False)],
    ),
    (
        "header of a first page that does not differ",
        docx(
            PLAIN + SECTION.format("first"),
            relations=[HEADER],
            extras=[part("hdr", paragraph(run(MARK)), "", name="header")],
        ),
        [("页眉（未启用）", Part.HEADER, True)],
    ),
    (
        "footer nobody refers to",
        docx(PLAIN, extras=[part("ftr", paragraph(run(MARK)), "footer", name="footer")]),
        [("页脚（未启用）", Part.FOOTER, True)],
    ),
    (
        "watermark",
        docx(
            PLAIN + SECTION.format("default"),
            relations=[HEADER],
            extras=[
                part(
                    "hdr",
                    paragraph(f'<w:r><w:pict><v:shape><v:textpath string="{MARK}"/></v:shape></w:pict></w:r>'),
                    "",
                    name="header",
                )
            ],
        ),
        [("页眉 水印", Part.TEXT_BOX, False)],
    ),
    (
        "text box once",
        docx(paragraph(alternative(textbox(MARK), paragraph(run(MARK))))),
        [("文本框1", Part.TEXT_BOX, False)],
    ),
    (
        "text box for old programs only",
        docx(paragraph(alternative("", paragraph(run(MARK))))),
        [("文本框1", Part.TEXT_BOX, False)],
    ),
    (
        "another text for old programs",
        docx(paragraph(alternative(textbox("公示"), paragraph(run(MARK))))),
        [("¶1 替代内容", Part.BODY, True)],
    ),
    (
        "hidden shape",
        docx(paragraph(alternative(textbox(MARK), "").replace("<wp:anchor>", '<wp:anchor><wp:docPr hidden="1"/>'))),
        [("文本框1", Part.TEXT_BOX, True)],
    ),
    ("field code", docx(paragraph(field(f'ASK "{MARK}"', "答"))), [("¶1 域代码", Part.FIELD_CODE, True)]),
    ("field result", docx(paragraph(field("TITLE", MARK))), [("¶1", Part.BODY, False)]),
    (
        "simple field",
        docx(paragraph(f'<w:fldSimple w:instr="{MARK}">{run("答")}</w:fldSimple>')),
        [("¶1 域代码", Part.FIELD_CODE, True)],
    ),
    (
        "field over two paragraphs",
        docx(
            paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>青石标记</w:instrText></w:r>')
            + paragraph('<w:r><w:instrText>七三九一</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
        ),
        [("¶2 域代码", Part.FIELD_CODE, True)],
    ),
    (
        "alternative text",
        docx(paragraph(picture("i1").replace('name="图片 1"', f'descr="{MARK}"'))),
        [("¶1 替代文字", Part.ALT_TEXT, True)],
    ),
    (
        "content control",
        docx(f"<w:sdt><w:sdtContent>{paragraph(run(MARK))}</w:sdtContent></w:sdt>"),
        [("¶1", Part.BODY, False)],
    ),
    (
        "choice of a content control",
        docx(
            paragraph(
                '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="1"'
                f' w:displayText="{MARK}"/></w:dropDownList></w:sdtPr></w:sdt>'
            )
        ),
        [("内容控件 选项", Part.FORM_VALUE, True)],
    ),
    (
        "form field help",
        docx(
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
                f'<w:helpText w:val="{MARK}"/></w:ffData></w:fldChar></w:r>'
            )
        ),
        [("窗体域", Part.FORM_VALUE, True)],
    ),
    ("bookmark", docx(paragraph(f'<w:bookmarkStart w:name="{MARK}"/>')), [("书签", Part.PROPERTY, True)]),
    (
        "chart",
        docx(
            paragraph(CHART_FRAME),
            relations=[Relation(id="c1", kind="chart", target="charts/chart1.xml")],
            extras=[chart(MARK)],
        ),
        [("¶1 图表1", Part.TEXT_BOX, False)],
    ),
    ("equation", docx(paragraph(f"<m:oMath><m:r><m:t>{MARK}</m:t></m:r></m:oMath>")), [("¶1", Part.BODY, False)]),
    (
        "letters above letters",
        docx(paragraph(f"<w:r><w:ruby><w:rt>{run(MARK)}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>")),
        [("¶1 拼音", Part.BODY, False)],
    ),
    (
        "inserted page",
        docx(
            '<w:altChunk r:id="k1"/>',
            relations=[Relation(id="k1", kind="aFChunk", target="块.html")],
            extras=[Extra(name="块.html", content=f"<html><body><p>{MARK}</p></body></html>")],
        ),
        [("插入块1!¶1", Part.EMBEDDED, False)],
    ),
    (
        "embedded workbook",
        pack(docx_parts(PLAIN) | {"word/embeddings/book.xlsx": ordinary_xlsx([[MARK]], name="表")}),
        [("嵌入对象1!表!A1", Part.TABLE, True)],
    ),
    (
        "building block",
        docx(
            PLAIN,
            extras=[
                Extra(
                    name="glossary/document.xml",
                    content=word_part("glossaryDocument", f"<w:docPartBody>{paragraph(run(MARK))}</w:docPartBody>"),
                    kind="glossaryDocument",
                )
            ],
        ),
        [("构建基块1", Part.EMBEDDED, True)],
    ),
    (
        "custom XML",
        with_parts(customXml__item1_dot_xml=f"<根>{MARK}</根>"),
        [("customXml/item1.xml", Part.PROPERTY, True)],
    ),
    (
        "attribute of an unknown part",
        with_parts(word__odd_dot_xml=f'<odd name="{MARK}"/>'),
        [("word/odd.xml", Part.ATTRIBUTE, True)],
    ),
    ("comment in the XML", docx(PLAIN + f"<!-- {MARK} -->"), [("word/document.xml XML注释", Part.ATTRIBUTE, True)]),
    ("text outside all runs", docx(f"<w:p>{MARK}</w:p>"), [("word/document.xml p", Part.ATTRIBUTE, True)]),
    (
        "attached template",
        docx(
            PLAIN,
            extras=[
                part(
                    "settings",
                    "",
                    "settings",
                    Relation(id="t", kind="attachedTemplate", target=f"file:///C:/{MARK}.dotm", external=True),
                )
            ],
        ),
        [("settings1.xml/attachedTemplate", Part.PROPERTY, True)],
    ),
    (
        "linked picture",
        docx(
            PLAIN, relations=[Relation(id="p", kind="image", target=f"http://example.test/{MARK}.png", external=True)]
        ),
        [("document.xml/image", Part.PROPERTY, True)],
    ),
    (
        "document variable",
        docx(
            PLAIN,
            extras=[part("settings", f'<w:docVars><w:docVar w:name="v" w:val="{MARK}"/></w:docVars>', "settings")],
        ),
        [("settings1.xml/docVar", Part.PROPERTY, True)],
    ),
    (
        "list sign that is a sentence",
        docx(PLAIN, extras=[part("numbering", f'<w:lvl><w:lvlText w:val="%1、{MARK}"/></w:lvl>', "numbering")]),
        [("列表符号", Part.PROPERTY, True)],
    ),
    ("comment of the zip", pack(docx_parts(PLAIN), comment=MARK.encode()), [("压缩包注释", Part.PROPERTY, True)]),
    ("name of a member", with_parts(**{f"word__{MARK}_dot_xml": "<x/>"}), [("部件名", Part.FILE_NAME, True)]),
    ("strict file", docx(paragraph(run(MARK)), strict=True), [("¶1", Part.BODY, False)]),
    (
        "unknown wrapper",
        docx(f"<w:future>{paragraph(f'<w:odd>{run(MARK)}</w:odd>')}</w:future>"),
        [("¶1", Part.BODY, False)],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_reads_every_place(data: bytes, expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(data)) == expected


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), "甲\t乙"),
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙"), "甲\n乙"),
        (run("010") + "<w:r><w:noBreakHyphen/></w:r>" + run("65"), "010-65"),
        (run("1101") + "<w:r><w:softHyphen/></w:r>" + run("05"), "110105"),
        ('<w:r><w:sym w:font="Symbol" w:char="F031"/></w:r>', "1"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "\uf0fe"),
        (run("前") + DELETED + run("后"), "前后"),
        (run("前") + run(MARK, "<w:vanish/>") + run("后"), "前后"),
        (run("110105") + NOTE_MARK + run("1900"), "1101051900"),
        (run("第") + field("PAGE", "3") + run("页"), "第3页"),
        (run("目录") + run("12", "<w:webHidden/>"), "目录12"),
        (run("白", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'), "白"),
        (run("红", '<w:color w:val="FF0000"/>'), "红"),
        (run("显", '<w:vanish w:val="0"/>'), "显"),
    ],
)
def test_reads_a_line_as_it_is_seen(inline: str, text: str) -> None:
    assert shown(paragraph(inline)) == [text]


def test_vanish_cancels_out_between_styles() -> None:
    both = styled("<w:vanish/>").content
    assert isinstance(both, str)
    letters = '<w:style w:type="character" w:styleId="字"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    styles = Extra(name="styles.xml", content=both.replace("</w:styles>", letters), kind="styles")
    body = paragraph(run(MARK, '<w:rStyle w:val="字"/>'), properties='<w:pStyle w:val="隐"/>')
    assert found(read(docx(body, extras=[styles]))) == [("¶1", Part.BODY, False)]


def test_white_letters_in_a_painted_cell_are_seen() -> None:
    painted = '<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>'
    body = word_table([painted + paragraph(run(MARK, '<w:color w:val="FFFFFF"/>'))])
    assert found(read(docx(body))) == [("表1 第1行第1列", Part.TABLE, False)]


def test_cells_know_their_columns() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    extracted = read(docx(word_table([wide + paragraph(run("姓名")), paragraph(run("金额"))])))
    assert [(s.text, s.cell.row, s.cell.column) for s in extracted.segments if s.cell] == [
        ("姓名", 0, 0),
        ("金额", 0, 2),
    ]
    assert extracted.text.startswith("姓名\t金额\n")


def test_tables_are_counted_through() -> None:
    inside = ordinary_xlsx([["甲"]])
    extracted = read(pack(docx_parts(word_table([PLAIN]) * 2) | {"word/embeddings/a.xlsx": inside}))
    assert sorted({s.cell.table for s in extracted.segments if s.cell}) == [0, 1, 2]


def test_a_picture_is_one_gap_and_an_icon_none() -> None:
    relations = [Relation(id=f"i{n}", kind="image", target=f"media/{n}.png") for n in range(3)]
    extras = [Extra(name=f"media/{n}.png", content=png(*size)) for n, size in enumerate([(90, 70), (90, 70), (16, 16)])]
    extras.append(Extra(name="media/unused.png", content=png(80, 80, shade=7)))
    body = PLAIN + paragraph(*(picture(f"i{n}") for n in range(3)))
    gaps = read(docx(body, relations=relations, extras=extras)).gaps
    assert [gap.place for gap in gaps] == ["图片1（¶2 附近）", "未放置的图片"]


def test_what_pictures_carry_is_read_wherever_they_stand() -> None:
    author = chunk(b"tEXt", b"Author\0" + MARK.encode())
    extras = [
        Extra(name="media/1.png", content=saved(code(MARK))),
        Extra(name="media/2.png", content=make_png(author, image=plain())),
        Extra(name="media/3.png", content=saved(code(MARK + "二"))),
        Extra(name="media/4.emf", content=emf(emf_text(MARK))),
        Extra(name="media/5.png", content=saved(plain())),
    ]
    relations = [
        Relation(id=f"i{n}", kind="image", target=f"media/{n}.{'emf' if n == 4 else 'png'}") for n in (1, 2, 4, 5)
    ]
    extracted = read(docx(paragraph(*(picture(f"i{n}") for n in (1, 2, 4, 5))), relations=relations, extras=extras))
    assert found(extracted) == [
        ("图片1（¶1 附近）!二维码1", Part.ALT_TEXT, True),
        ("图片2（¶1 附近）!PNG/Author", Part.PROPERTY, True),
        ("图片3（¶1 附近）!文字1", Part.TEXT_BOX, False),
        ("未放置的图片1!二维码1", Part.ALT_TEXT, True),
    ]
    assert not extracted.gaps


@pytest.mark.parametrize(
    ("member", "content", "place", "word"),
    [
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "嵌入对象1!文件", "损坏"),
        ("word/vbaProject.bin", b"\xd0\xcf", "word/vbaProject.bin", "宏"),
        ("word/activeX/activeX1.bin", b"x", "word/activeX/activeX1.bin", "ActiveX"),
        ("word/media/a.mp4", b"x", "word/media/a.mp4", "视频"),
        ("word/odd.dat", b"\0\1", "word/odd.dat", "不认识"),
        ("word/odd.xml", "<a><b></a>", "word/odd.xml", "损坏"),
        ("word/odd.xml", "<!DOCTYPE a><a/>", "word/odd.xml", "DOCTYPE"),
        ("word/ink/ink1.xml", "<ink/>", "word/ink/ink1.xml", "墨迹"),
    ],
)
def test_what_cannot_be_read_is_a_gap(member: str, content: str | bytes, place: str, word: str) -> None:
    (gap,) = read(pack(docx_parts(PLAIN) | {member: content})).gaps
    assert gap.place == place
    assert word in gap.reason


def test_program_state_is_no_gap_and_no_text() -> None:
    state = {
        "word/theme/theme1.xml": '<a:theme xmlns:a="x" name="主题"/>',
        "word/fontTable.xml": '<w:fonts xmlns:w="x"><w:font w:name="宋体"/></w:fonts>',
        "word/fonts/font1.odttf": b"\0\1",
        "docProps/thumbnail.jpeg": b"\xff\xd8small",
    }
    extracted = read(pack(docx_parts(PLAIN) | state))
    assert [segment.text for segment in extracted.segments] == ["公示"]
    assert extracted.gaps == ()


def test_an_ordinary_document_has_no_gaps() -> None:
    extracted = read(ordinary_docx("关于公示的通知", table=[["姓名", "金额"], ["甲", "500"]]))
    assert extracted.text.startswith("关于公示的通知\n姓名\t金额\n甲\t500\n")
    assert extracted.gaps == ()  # not even for the blank page that python-docx ships as a thumbnail
    assert ("core.xml/creator", "python-docx") in [(s.place, s.text) for s in extracted.segments]


def test_deep_nesting_is_a_gap_not_a_crash() -> None:
    body = paragraph("<w:odd>" * 150 + run(MARK) + "</w:odd>" * 150)
    extracted = read(docx(body))
    assert found(extracted) == [("¶1 隐藏文字", Part.BODY, True)]
    assert [gap.place for gap in extracted.gaps] == ["¶1"]
