"""Carriers of Word documents (.docx)."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

from builders_ooxml import (
    NAMESPACES,
    Extra,
    Relation,
    docx,
    docx_parts,
    ordinary_docx,
    ordinary_xlsx,
    pack,
    pack_pairs,
    paragraph,
    picture,
    png,
    relations_part,
    run,
    word_part,
    word_table,
)

from .carrier import Carrier, hidden, seen

PLAIN = paragraph(run("关于公示的通知"))
SECTION = '<w:sectPr><w:{}Reference w:type="{}" r:id="m1"/>{}</w:sectPr>'
VANISH = (
    '<w:style w:type="character" w:styleId="隐"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="段"><w:rPr><w:vanish/></w:rPr></w:style>'
)


def part(root: str, inner: str, kind: str = "", *relations: Relation, name: str = "") -> Extra:
    """A further part of the document."""
    return Extra(name=f"{name or root}1.xml", content=word_part(root, inner), kind=kind, relations=relations)


def line(text: str) -> str:
    return paragraph(run(text))


def margin(element: str, kind: str, text: str, settings: str = "", inner: str = "") -> bytes:
    """A document with a header or footer of this kind."""
    root = "hdr" if element == "header" else "ftr"
    return docx(
        PLAIN + SECTION.format(element, kind, settings),
        relations=[Relation(id="m1", kind=element, target=f"{element}1.xml")],
        extras=[part(root, inner or line(text), name=element)],
    )


def note(kind: str, text: str, attributes: str = "", mark: bool = True) -> bytes:
    """A document with a footnote or endnote."""
    reference = paragraph(f'<w:r><w:{kind}Reference w:id="7"/></w:r>') if mark else PLAIN
    return docx(
        reference, extras=[part(f"{kind}s", f'<w:{kind} w:id="7" {attributes}>{line(text)}</w:{kind}>', f"{kind}s")]
    )


def comment(text: str, author: str = "甲") -> bytes:
    return docx(
        PLAIN,
        extras=[part("comments", f'<w:comment w:id="0" w:author="{author}">{line(text)}</w:comment>', "comments")],
    )


def field(code: str, result: str) -> str:
    """A field with its code and result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(choice: str, fallback: str, own: str = "") -> str:
    """A text box with a branch for new programs (DrawingML) and one for old ones (VML)."""
    box = f"<wps:txbx><w:txbxContent>{line(choice)}</w:txbxContent></wps:txbx>" if choice else ""
    old = f"<v:textbox><w:txbxContent>{line(fallback)}</w:txbxContent></v:textbox>" if fallback else ""
    return paragraph(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>{own}<a:graphic><a:graphicData>'
        f"<wps:wsp>{box}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{old}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def framed(element: str) -> str:
    """A paragraph with a drawing that refers to a chart or SmartArt."""
    return paragraph(
        f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{element}</a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


def smart_art(text: str) -> bytes:
    point = f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    model = f"<dgm:dataModel {NAMESPACES}>{point}</dgm:dataModel>"
    return docx(
        framed('<dgm:relIds r:dm="d1"/>'),
        relations=[Relation(id="d1", kind="diagramData", target="diagrams/data1.xml")],
        extras=[Extra(name="diagrams/data1.xml", content=model)],
    )


def chart(text: str) -> bytes:
    cache = f"<c:cat><c:strRef><c:strCache><c:pt><c:v>{text}</c:v></c:pt></c:strCache></c:strRef></c:cat>"
    return docx(
        framed('<c:chart r:id="c1"/>'),
        relations=[Relation(id="c1", kind="chart", target="charts/chart1.xml")],
        extras=[Extra(name="charts/chart1.xml", content=f"<c:chartSpace {NAMESPACES}>{cache}</c:chartSpace>")],
    )


def settings(inner: str, *relations: Relation) -> bytes:
    return docx(PLAIN, extras=[part("settings", inner, "settings", *relations)])


def linked(kind: str, target: str) -> bytes:
    """A document with an external relationship."""
    return docx(PLAIN, relations=[Relation(id="x1", kind=kind, target=target, external=True)])


def hyperlink(text: str) -> bytes:
    return docx(
        paragraph(f'<w:hyperlink r:id="h1">{run("查询")}</w:hyperlink>'),
        relations=[Relation(id="h1", kind="hyperlink", target=f"https://example.test/q?id={text}", external=True)],
    )


def described(text: str) -> bytes:
    relations = [Relation(id="i1", kind="image", target="media/1.png")]
    body = paragraph(picture("i1").replace('name="图片 1"', f'name="图片 1" descr="身份证号{text}"'))
    return docx(body, relations=relations, extras=[Extra(name="media/1.png", content=png(16, 16))])


def chunk(text: str) -> bytes:
    return docx(
        '<w:altChunk r:id="k1"/>',
        relations=[Relation(id="k1", kind="aFChunk", target="chunk.html")],
        extras=[Extra(name="chunk.html", content=f"<html><body><p>身份证号{text}</p></body></html>")],
    )


def with_members(**members: str | bytes) -> bytes:
    """More members of the zip; `__` stands for the slash and `_dot_` for the dot in their names."""
    return pack(docx_parts(PLAIN) | {k.replace("__", "/").replace("_dot_", "."): v for k, v in members.items()})


def properties(kind: str, inner: str) -> bytes:
    """A document with properties of a kind: core, extended (app) or custom."""
    main = Relation(id="m", kind="officeDocument", target="word/document.xml")
    own = Relation(id="p", kind=f"{kind}-properties", target=f"docProps/{kind}.xml")
    return pack(docx_parts(PLAIN) | {f"docProps/{kind}.xml": inner, "_rels/.rels": relations_part([main, own])})


def glossary(text: str) -> bytes:
    content = word_part("glossaryDocument", f"<w:docPartBody>{line(text)}</w:docPartBody>")
    return docx(PLAIN, extras=[Extra(name="glossary/document.xml", content=content, kind="glossaryDocument")])


def twin(text: str) -> bytes:
    """Two members of one name: the first is not the one that a program shows."""
    shown, other = docx_parts(PLAIN), docx_parts(line(text))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return pack_pairs([("word/document.xml", other["word/document.xml"]), *shown.items()])


def with_info(comment: bytes = b"", extra: bytes = b"") -> bytes:
    """A document whose members have a comment or an extra field."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in docx_parts(PLAIN).items():
            info = zipfile.ZipInfo(name)
            info.comment, info.extra = comment, extra
            archive.writestr(info, content)
    return buffer.getvalue()


CARRIERS: tuple[Carrier, ...] = (
    seen("docx body.docx", "¶2", lambda n: docx(PLAIN + line(f"身份证号：{n}。"))),
    seen("docx by python-docx.docx", "¶2", lambda n: ordinary_docx("公示", f"身份证号{n}")),
    seen("docx over runs.docx", "¶1", lambda n: docx(paragraph(*map(run, ("证号", n[:4], n[4:11], n[11:]))))),
    seen("docx half bold.docx", "¶1", lambda n: docx(paragraph(run(n[:10]), run(n[10:], "<w:b/>")))),
    seen("docx strict.docx", "¶1", lambda n: docx(line(n), strict=True)),
    seen("docx table cell.docx", "表1 第1行第2列", lambda n: docx(word_table([line("身份证号"), line(n)]))),
    seen(
        "docx number in boxes.docx",
        "表1 第1行第1列",
        lambda n: docx(word_table([line(digit) for digit in n])),
    ),
    seen("docx nested table.docx", "表2 第1行第1列", lambda n: docx(word_table([word_table([line(n)]) + "<w:p/>"]))),
    seen(
        "docx two lines of a cell.docx",
        "表1",
        lambda n: docx(word_table([line("身份证号"), line(n[:9]) + line(n[9:])])),
    ),
    seen("docx line break inside.docx", "¶1", lambda n: docx(paragraph(run(n[:9]), "<w:r><w:br/></w:r>", run(n[9:])))),
    seen("docx header.docx", "页眉", lambda n: margin("header", "default", n)),
    seen("docx first header.docx", "页眉", lambda n: margin("header", "first", n, "<w:titlePg/>")),
    hidden("docx first header unused.docx", "页眉（未启用）", lambda n: margin("header", "first", n)),
    seen("docx footer.docx", "页脚", lambda n: margin("footer", "default", n)),
    seen("docx footnote.docx", "脚注1", lambda n: note("footnote", n)),
    hidden("docx footnote without mark.docx", "脚注（未引用）", lambda n: note("footnote", n, mark=False)),
    hidden("docx footnote separator.docx", "脚注", lambda n: note("footnote", n, 'w:type="separator"', mark=False)),
    seen("docx endnote.docx", "尾注1", lambda n: note("endnote", n)),
    hidden("docx comment.docx", "批注1", lambda n: comment(f"此人{n}应删")),
    hidden("docx comment author.docx", "修订和批注作者", lambda n: comment("好", author=n)),
    seen("docx inserted.docx", "¶1", lambda n: docx(paragraph(f'<w:ins w:author="甲">{run(n)}</w:ins>'))),
    hidden(
        "docx deleted.docx",
        "修订删除",
        lambda n: docx(paragraph(run("张三"), f'<w:del w:author="甲"><w:r><w:delText>{n}</w:delText></w:r></w:del>')),
    ),
    hidden("docx moved away.docx", "修订删除", lambda n: docx(paragraph(f"<w:moveFrom>{run(n)}</w:moveFrom>"))),
    seen("docx moved here.docx", "¶1", lambda n: docx(paragraph(f"<w:moveTo>{run(n)}</w:moveTo>"))),
    hidden(
        "docx deleted row.docx",
        "修订删除",
        lambda n: docx(word_table([line(n)]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")),
    ),
    hidden("docx vanish.docx", "隐藏文字", lambda n: docx(paragraph(run("张三"), run(n, "<w:vanish/>")))),
    hidden(
        "docx vanish by style.docx",
        "隐藏文字",
        lambda n: docx(paragraph(run(n, '<w:rStyle w:val="隐"/>')), extras=[part("styles", VANISH, "styles")]),
    ),
    hidden(
        "docx vanish by paragraph style.docx",
        "隐藏文字",
        lambda n: docx(
            paragraph(run(n), properties='<w:pStyle w:val="段"/>'), extras=[part("styles", VANISH, "styles")]
        ),
    ),
    hidden("docx white.docx", "隐藏文字", lambda n: docx(paragraph(run(n, '<w:color w:val="FFFFFF"/>')))),
    hidden("docx half point.docx", "隐藏文字", lambda n: docx(paragraph(run(n, '<w:sz w:val="1"/>')))),
    hidden("docx black marker.docx", "隐藏文字", lambda n: docx(paragraph(run(n, '<w:highlight w:val="black"/>')))),
    hidden(
        "docx black shading.docx",
        "隐藏文字",
        lambda n: docx(paragraph(run(n, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'))),
    ),
    hidden(
        "docx hidden row.docx",
        "表1",
        lambda n: docx(word_table([line(n)]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>")),
    ),
    hidden(
        "docx merged away.docx",
        "表1 第2行第1列",
        lambda n: docx(
            word_table(
                ['<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + PLAIN],
                ["<w:tcPr><w:vMerge/></w:tcPr>" + line(n)],
            )
        ),
    ),
    seen("docx text box.docx", "文本框1", lambda n: docx(text_box(n, n))),
    seen("docx text box of old programs.docx", "文本框1", lambda n: docx(text_box("", n))),
    hidden("docx another text for old programs.docx", "替代内容", lambda n: docx(text_box("公示", n))),
    hidden("docx hidden text box.docx", "文本框1", lambda n: docx(text_box(n, "", '<wp:docPr id="1" hidden="1"/>'))),
    seen("docx content control.docx", "¶1", lambda n: docx(f"<w:sdt><w:sdtContent>{line(n)}</w:sdtContent></w:sdt>")),
    hidden(
        "docx content control tag.docx",
        "内容控件",
        lambda n: docx(f'<w:sdt><w:sdtPr><w:tag w:val="{n}"/></w:sdtPr><w:sdtContent>{PLAIN}</w:sdtContent></w:sdt>'),
    ),
    hidden("docx field code.docx", "域代码", lambda n: docx(paragraph(field(f'ASK 证号 "{n}"', "答")))),
    seen("docx field result.docx", "¶1", lambda n: docx(paragraph(field("MERGEFIELD 证号", n)))),
    hidden("docx hyperlink.docx", "hyperlink", hyperlink),
    hidden("docx alternative text.docx", "替代文字", described),
    hidden(
        "docx bookmark.docx", "书签", lambda n: docx(paragraph(f'<w:bookmarkStart w:name="证号_{n}"/>', run("公示")))
    ),
    seen("docx inserted page.docx", "插入块1!", chunk),
    hidden(
        "docx embedded workbook.docx",
        "嵌入对象1!",
        lambda n: with_members(word__embeddings__book_dot_xlsx=ordinary_xlsx([["身份证号", n]])),
    ),
    hidden(
        "docx embedded document.docx",
        "嵌入对象1!",
        lambda n: with_members(word__embeddings__inner_dot_docx=docx(line(n))),
    ),
    hidden(
        "docx custom xml.docx",
        "customXml",
        lambda n: with_members(customXml__item1_dot_xml=f"<根><人 证号='{n}'/></根>"),
    ),
    hidden("docx author.docx", "core.xml/creator", lambda n: properties("core", f"<c><creator>{n}</creator></c>")),
    hidden("docx company.docx", "Company", lambda n: properties("extended", f"<p><Company>{n}</Company></p>")),
    hidden(
        "docx custom property.docx",
        "custom.xml",
        lambda n: properties("custom", f'<p><property name="证号"><lpwstr>{n}</lpwstr></property></p>'),
    ),
    hidden(
        "docx template path.docx",
        "attachedTemplate",
        lambda n: settings(
            "", Relation(id="t", kind="attachedTemplate", target=f"file:///D:/证件/{n}.dotm", external=True)
        ),
    ),
    hidden("docx linked picture.docx", "image", lambda n: linked("image", f"file:///D:/照片/{n}.png")),
    hidden(
        "docx variable.docx", "docVar", lambda n: settings(f'<w:docVars><w:docVar w:name="v" w:val="{n}"/></w:docVars>')
    ),
    hidden(
        "docx mail merge.docx",
        "mailMerge",
        lambda n: settings(f'<w:mailMerge><w:query w:val="SELECT * WHERE 证号={n}"/></w:mailMerge>'),
    ),
    hidden("docx glossary.docx", "构建基块1", glossary),
    hidden(
        "docx list sign.docx",
        "列表符号",
        lambda n: docx(PLAIN, extras=[part("numbering", f'<w:lvl><w:lvlText w:val="证号{n}"/></w:lvl>', "numbering")]),
    ),
    seen(
        "docx watermark.docx",
        "水印",
        lambda n: margin(
            "header",
            "default",
            n,
            inner=paragraph(f'<w:r><w:pict><v:shape><v:textpath string="{n}"/></v:shape></w:pict></w:r>'),
        ),
    ),
    seen("docx SmartArt.docx", "SmartArt1", smart_art),
    seen("docx chart.docx", "图表1", chart),
    seen("docx equation.docx", "¶1", lambda n: docx(paragraph(f"<m:oMath><m:r><m:t>{n}</m:t></m:r></m:oMath>"))),
    seen(
        "docx ruby.docx",
        "拼音",
        lambda n: docx(
            paragraph(f"<w:r><w:ruby><w:rt>{run(n)}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>")
        ),
    ),
    hidden("docx xml comment.docx", "XML注释", lambda n: docx(PLAIN + f"<!-- {n} -->")),
    hidden("docx outside of runs.docx", "word/document.xml", lambda n: docx(PLAIN + f"<w:p>{n}</w:p>")),
    hidden("docx unknown part.docx", "word/odd.xml", lambda n: with_members(word__odd_dot_xml=f'<odd name="{n}"/>')),
    hidden("docx text file inside.docx", "word/note.txt", lambda n: with_members(word__note_dot_txt=f"身份证号{n}")),
    hidden("docx member name.docx", "部件名", lambda n: with_members(**{f"word__media__{n}_dot_xml": "<x/>"})),
    hidden("docx zip comment.docx", "压缩包注释", lambda n: pack(docx_parts(PLAIN), comment=n.encode())),
    hidden("docx comment of a member.docx", "压缩包注释", lambda n: with_info(comment=n.encode())),
    hidden(
        "docx extra field of a member.docx",
        "压缩包附加字段",
        lambda n: with_info(extra=struct.pack("<HH", 0x7777, 18) + n.encode()),
    ),
    hidden(
        "docx printer settings.docx",
        "printerSettings1.bin",
        lambda n: with_members(word__printerSettings1_dot_bin=n.encode("utf-16-le") + bytes(9)),
    ),
    hidden("docx twin member.docx", "word/document.xml", twin),
)
