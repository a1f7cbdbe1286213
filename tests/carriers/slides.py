"""Carriers of presentations (.pptx)."""

from __future__ import annotations

from builders_ooxml import (
    NAMESPACES,
    Extra,
    Relation,
    Slide,
    docx,
    ordinary_pptx,
    ordinary_xlsx,
    paragraph,
    pptx,
    run,
    shape,
    slide_part,
)

from .carrier import Carrier, hidden, seen

PLAIN = Slide(shapes=shape("公示"))
OUTSIDE = '<a:xfrm><a:off x="-2000000" y="0"/><a:ext cx="1000000" cy="500000"/></a:xfrm>'
WHITE = '<a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>'


def line(text: str) -> str:
    """A DrawingML paragraph."""
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def frame(element: str) -> str:
    """A frame with a table, a chart or SmartArt."""
    return f"<p:graphicFrame><a:graphic><a:graphicData>{element}</a:graphicData></a:graphic></p:graphicFrame>"


def table(*cells: str) -> str:
    """A table of one row; each cell is its attributes, a bar and its text."""
    inner = "".join(
        f"<a:tc {cell.partition('|')[0]}><a:txBody>{line(cell.partition('|')[2])}</a:txBody></a:tc>" for cell in cells
    )
    return frame(f"<a:tbl><a:tr>{inner}</a:tr></a:tbl>")


def with_part(kind: str, name: str, content: str, shapes: str = "") -> bytes:
    """A presentation whose only slide refers to one more part."""
    relation = Relation(id="r1", kind=kind, target=f"../{name}")
    return pptx(Slide(shapes=shapes, relations=[relation]), extras=[Extra(name=name, content=content)])


def with_extra(name: str, content: str | bytes, kind: str = "") -> bytes:
    return pptx(PLAIN, extras=[Extra(name=name, content=content, kind=kind)])


def pattern(kind: str, text: str, *, used: bool = True) -> bytes:
    """A presentation with one master and one layout; the text stands in one of them."""
    layout = Extra(
        name="slideLayouts/slideLayout1.xml",
        content=slide_part("sldLayout", shape(text) if kind == "layout" else ""),
        relations=[Relation(id="m", kind="slideMaster", target="../slideMasters/slideMaster1.xml")],
    )
    master = Extra(
        name="slideMasters/slideMaster1.xml",
        content=slide_part("sldMaster", shape(text) if kind == "master" else ""),
        kind="slideMaster",
        relations=[Relation(id="l", kind="slideLayout", target="../slideLayouts/slideLayout1.xml")],
    )
    relation = Relation(id="l", kind="slideLayout", target="../slideLayouts/slideLayout1.xml")
    return pptx(Slide(shapes="", relations=[relation] if used else []), extras=[layout, master])


def comment(text: str) -> bytes:
    return with_part(
        "comments", "comments/c1.xml", f"<p:cmLst {NAMESPACES}><p:cm><p:text>{text}</p:text></p:cm></p:cmLst>"
    )


def reply(text: str) -> bytes:
    inner = f"<p:cm><p:replyLst><p:reply><p:txBody>{line(text)}</p:txBody></p:reply></p:replyLst></p:cm>"
    return with_part("comments", "comments/c1.xml", f"<p:cmLst {NAMESPACES}>{inner}</p:cmLst>")


def smart_art(text: str) -> bytes:
    model = f"<dgm:dataModel {NAMESPACES}><dgm:pt><dgm:t>{line(text)}</dgm:t></dgm:pt></dgm:dataModel>"
    return with_part("diagramData", "diagrams/data1.xml", model, frame('<dgm:relIds r:dm="r1"/>'))


def chart(text: str) -> bytes:
    cache = f"<c:strCache><c:pt><c:v>{text}</c:v></c:pt></c:strCache>"
    content = f"<c:chartSpace {NAMESPACES}>{cache}</c:chartSpace>"
    return with_part("chart", "charts/chart1.xml", content, frame('<c:chart r:id="r1"/>'))


def linked(text: str) -> bytes:
    link = shape("查询", own="").replace("<a:t>", '<a:rPr><a:hlinkClick r:id="h1"/></a:rPr><a:t>')
    relation = Relation(id="h1", kind="hyperlink", target=f"https://example.test/?id={text}", external=True)
    return pptx(Slide(shapes=link, relations=[relation]))


def alternate(text: str) -> bytes:
    branches = f"<mc:Choice>{shape('公示')}</mc:Choice><mc:Fallback>{shape(text)}</mc:Fallback>"
    return pptx(Slide(shapes=f"<mc:AlternateContent>{branches}</mc:AlternateContent>"))


CARRIERS: tuple[Carrier, ...] = (
    seen("pptx shape.pptx", "幻灯片2 ¶1", lambda n: pptx(PLAIN, Slide(shapes=shape(n)))),
    seen("pptx by python-pptx.pptx", "幻灯片1 ¶1", lambda n: ordinary_pptx(f"身份证号{n}")),
    seen(
        "pptx over runs.pptx",
        "幻灯片1 ¶1",
        lambda n: pptx(Slide(shapes=shape(n[:8] + "</a:t></a:r><a:r><a:t>" + n[8:]))),
    ),
    seen("pptx table.pptx", "幻灯片1 表1 第1行第2列", lambda n: pptx(Slide(shapes=table("|证号", f"|{n}")))),
    hidden(
        "pptx merged cell.pptx",
        "表1 第1行第2列",
        lambda n: pptx(Slide(shapes=table('gridSpan="2"|证', f'hMerge="1"|{n}'))),
    ),
    hidden("pptx hidden slide.pptx", "幻灯片1 ¶1", lambda n: pptx(Slide(shapes=shape(n), attributes='show="0"'))),
    hidden("pptx hidden shape.pptx", "幻灯片1 ¶1", lambda n: pptx(Slide(shapes=shape(n, own='hidden="1"')))),
    hidden("pptx beside the slide.pptx", "幻灯片1 ¶1", lambda n: pptx(Slide(shapes=shape(n, place=OUTSIDE)))),
    # The ground under a shape is not worked out: what is white is read as if it could be seen.
    seen("pptx white.pptx", "幻灯片1 ¶1", lambda n: pptx(Slide(shapes=shape(n).replace("<a:t>", WHITE + "<a:t>")))),
    hidden("pptx another text for old programs.pptx", "替代内容", alternate),
    hidden(
        "pptx notes.pptx",
        "幻灯片1 备注",
        lambda n: with_part("notesSlide", "notesSlides/n1.xml", slide_part("notes", shape(n))),
    ),
    hidden("pptx comment.pptx", "幻灯片1 批注", comment),
    hidden("pptx reply.pptx", "幻灯片1 批注", reply),
    hidden(
        "pptx comment author.pptx",
        "批注作者",
        lambda n: with_extra(
            "commentAuthors.xml", f'<p:x {NAMESPACES}><p:cmAuthor name="{n}"/></p:x>', "commentAuthors"
        ),
    ),
    seen("pptx SmartArt.pptx", "SmartArt1", smart_art),
    seen("pptx chart.pptx", "图表1", chart),
    hidden(
        "pptx workbook of a chart.pptx",
        "嵌入对象1!",
        lambda n: with_extra("embeddings/b.xlsx", ordinary_xlsx([["证号", n]], name="表")),
    ),
    hidden(
        "pptx embedded document.pptx", "嵌入对象1!", lambda n: with_extra("embeddings/b.docx", docx(paragraph(run(n))))
    ),
    hidden("pptx alternative text.pptx", "替代文字", lambda n: pptx(Slide(shapes=shape("图", own=f'descr="证号{n}"')))),
    hidden("pptx shape title.pptx", "幻灯片1", lambda n: pptx(Slide(shapes=shape("图", own=f'title="证号{n}"')))),
    hidden("pptx hyperlink.pptx", "hyperlink", linked),
    seen("pptx master.pptx", "母版1", lambda n: pattern("master", n)),
    seen("pptx layout.pptx", "版式1", lambda n: pattern("layout", n)),
    hidden("pptx unused layout.pptx", "版式1", lambda n: pattern("layout", n, used=False)),
    hidden(
        "pptx unlisted slide.pptx",
        "幻灯片（未列入）",
        lambda n: with_extra("slides/o.xml", slide_part("sld", shape(n)), "slide"),
    ),
    hidden(
        "pptx section name.pptx",
        "节名称",
        lambda n: pptx(PLAIN, presentation=f'<p:extLst><p:section name="证号{n}"/></p:extLst>'),
    ),
    hidden(
        "pptx tag.pptx",
        "tag1.xml",
        lambda n: with_extra("tags/tag1.xml", f'<p:tagLst {NAMESPACES}><p:tag val="{n}"/></p:tagLst>'),
    ),
    hidden(
        "pptx custom show.pptx",
        "放映",
        lambda n: pptx(PLAIN, presentation=f'<p:custShowLst><p:custShow name="证号{n}" id="0"/></p:custShowLst>'),
    ),
    hidden(
        "pptx custom data.pptx",
        "slide1.xml",
        lambda n: pptx(Slide(shapes=shape("公示") + f'<p:custDataLst><p:tags val="{n}"/></p:custDataLst>')),
    ),
    hidden(
        "pptx handout master.pptx",
        "讲义",
        lambda n: with_extra("handoutMasters/h1.xml", slide_part("handoutMaster", shape(n)), "handoutMaster"),
    ),
    hidden(
        "pptx notes master.pptx",
        "备注",
        lambda n: with_extra("notesMasters/n1.xml", slide_part("notesMaster", shape(n)), "notesMaster"),
    ),
)
