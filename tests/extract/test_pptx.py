"""Every place in a presentation where text can be, one planted mark a row."""

from __future__ import annotations

import pytest
from builders_ooxml import (
    NAMESPACES,
    Extra,
    Relation,
    Slide,
    ordinary_pptx,
    ordinary_xlsx,
    png,
    pptx,
    shape,
    slide_part,
)

from reviewer.extract.pptx import read
from reviewer.extract.scribe import Extracted
from reviewer.terms import Cell, Part

MARK = "青石标记七三九一"
PLAIN = Slide(shapes=shape("公示"))


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def at(x: int, y: int, width: int = 1_000_000, height: int = 500_000) -> str:
    """The place of a shape."""
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def group(transform: str, inner: str) -> str:
    """A group of shapes."""
    return f"<p:grpSp><p:nvGrpSpPr/><p:grpSpPr>{transform}</p:grpSpPr>{inner}</p:grpSp>"


def line(text: str) -> str:
    """A DrawingML paragraph."""
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def table(*rows: list[str]) -> str:
    """A table on a slide; each cell is its attributes and its text."""
    cells = [
        [f"<a:tc {c.partition('|')[0]}><a:txBody>{line(c.partition('|')[2])}</a:txBody></a:tc>" for c in r]
        for r in rows
    ]
    inner = "".join(f"<a:tr>{''.join(r)}</a:tr>" for r in cells)
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{inner}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def with_part(kind: str, name: str, content: str, *relations: Relation, shapes: str = "") -> bytes:
    """A presentation whose only slide refers to one more part."""
    relation = Relation(id="r1", kind=kind, target=f"../{name}")
    return pptx(
        Slide(shapes=shapes, relations=[relation]), extras=[Extra(name=name, content=content, relations=relations)]
    )


def frame(element: str) -> str:
    """A frame with a chart or SmartArt."""
    return f"<p:graphicFrame><a:graphic><a:graphicData>{element}</a:graphicData></a:graphic></p:graphicFrame>"


def pattern(kind: str, text: str, placeholder: str = "", *, used: bool = True) -> bytes:
    """A presentation with one master and one layout; the text stands in one of them."""
    layout = Extra(
        name="slideLayouts/slideLayout1.xml",
        content=slide_part("sldLayout", shape(text, placeholder=placeholder) if kind == "layout" else ""),
        relations=[Relation(id="m", kind="slideMaster", target="../slideMasters/slideMaster1.xml")],
    )
    master = Extra(
        name="slideMasters/slideMaster1.xml",
        content=slide_part("sldMaster", shape(text, placeholder=placeholder) if kind == "master" else ""),
        kind="slideMaster",
        relations=[Relation(id="l", kind="slideLayout", target="../slideLayouts/slideLayout1.xml")],
    )
    relation = Relation(id="l", kind="slideLayout", target="../slideLayouts/slideLayout1.xml")
    return pptx(Slide(shapes="", relations=[relation] if used else []), extras=[layout, master])


CASES: list[tuple[str, bytes, list[tuple[str, Part, bool]]]] = [
    ("shape", pptx(PLAIN, Slide(shapes=shape("公示") + shape(MARK))), [("幻灯片2 ¶2", Part.BODY, False)]),
    (
        "two runs",
        pptx(Slide(shapes=shape("青石标记</a:t></a:r><a:r><a:t>七三九一"))),
        [("幻灯片1 ¶1", Part.BODY, False)],
    ),
    ("table", pptx(Slide(shapes=table(["|姓名", f"|{MARK}"]))), [("幻灯片1 表1 第1行第2列", Part.TABLE, False)]),
    (
        "under a merged cell",
        pptx(Slide(shapes=table(['gridSpan="2"|姓名', f'hMerge="1"|{MARK}']))),
        [("幻灯片1 表1 第1行第2列", Part.TABLE, True)],
    ),
    ("group", pptx(Slide(shapes=group("", group("", shape(MARK))))), [("幻灯片1 ¶1", Part.BODY, False)]),
    ("hidden slide", pptx(Slide(shapes=shape(MARK), attributes='show="0"')), [("幻灯片1 ¶1", Part.BODY, True)]),
    ("hidden shape", pptx(Slide(shapes=shape(MARK, own='hidden="1"'))), [("幻灯片1 ¶1", Part.BODY, True)]),
    ("beside the slide", pptx(Slide(shapes=shape(MARK, place=at(-2_000_000, 0)))), [("幻灯片1 ¶1", Part.BODY, True)]),
    ("below the slide", pptx(Slide(shapes=shape(MARK, place=at(0, 6_858_000)))), [("幻灯片1 ¶1", Part.BODY, True)]),
    ("at the edge", pptx(Slide(shapes=shape(MARK, place=at(9_000_000, 0)))), [("幻灯片1 ¶1", Part.BODY, False)]),
    (
        "beside the slide by its group",
        pptx(
            Slide(
                shapes=group(
                    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/>'
                    '<a:chOff x="5000000" y="0"/><a:chExt cx="9" cy="9"/>'
                    "</a:xfrm>",
                    shape(MARK, place=at(0, 0)),
                )
            )
        ),
        [("幻灯片1 ¶1", Part.BODY, True)],
    ),
    (
        "notes",
        with_part("notesSlide", "notesSlides/n1.xml", slide_part("notes", shape(MARK))),
        [("幻灯片1 备注", Part.NOTES, True)],
    ),
    (
        "comment",
        with_part(
            "comments", "comments/c1.xml", f"<p:cmLst {NAMESPACES}><p:cm><p:text>{MARK}</p:text></p:cm></p:cmLst>"
        ),
        [("幻灯片1 批注", Part.COMMENT, True)],
    ),
    (
        "modern comment",
        with_part(
            "comments",
            "comments/c1.xml",
            f"<p:cmLst {NAMESPACES}><p:cm><p:replyLst><p:reply><p:txBody>{line(MARK)}</p:txBody></p:reply></p:replyLst>"
            "</p:cm></p:cmLst>",
        ),
        [("幻灯片1 批注", Part.COMMENT, True)],
    ),
    (
        "comment author",
        pptx(
            PLAIN,
            extras=[
                Extra(
                    name="commentAuthors.xml",
                    content=f'<p:x {NAMESPACES}><p:cmAuthor name="{MARK}"/></p:x>',
                    kind="commentAuthors",
                )
            ],
        ),
        [("批注作者", Part.PROPERTY, True)],
    ),
    (
        "SmartArt",
        with_part(
            "diagramData",
            "diagrams/data1.xml",
            f"<dgm:dataModel {NAMESPACES}><dgm:pt><dgm:t>{line(MARK)}</dgm:t></dgm:pt></dgm:dataModel>",
            shapes=frame('<dgm:relIds r:dm="r1"/>'),
        ),
        [("幻灯片1 SmartArt1", Part.TEXT_BOX, False)],
    ),
    (
        "chart",
        with_part(
            "chart",
            "charts/chart1.xml",
            f"<c:chartSpace {NAMESPACES}><c:strCache><c:pt><c:v>{MARK}</c:v></c:pt></c:strCache></c:chartSpace>",
            shapes=frame('<c:chart r:id="r1"/>'),
        ),
        [("幻灯片1 图表1", Part.TEXT_BOX, False)],
    ),
    (
        "alternative text",
        pptx(Slide(shapes=shape("", own=f'descr="{MARK}"'))),
        [("幻灯片1 替代文字", Part.ALT_TEXT, True)],
    ),
    (
        "another text for old programs",
        pptx(
            Slide(
                shapes=f"<mc:AlternateContent><mc:Choice>{shape('公示')}</mc:Choice><mc:Fallback>{shape(MARK)}</mc:Fallback></mc:AlternateContent>"
            )
        ),
        [("幻灯片1 替代内容", Part.BODY, True)],
    ),
    ("text box of a master", pattern("master", MARK), [("母版1", Part.TEXT_BOX, False)]),
    ("text box of a layout", pattern("layout", MARK), [("版式1", Part.TEXT_BOX, False)]),
    ("text box of a layout nobody uses", pattern("layout", MARK, used=False), [("版式1", Part.PROPERTY, True)]),
    ("footer typed into a layout", pattern("layout", MARK, '<p:ph type="ftr"/>'), [("版式1", Part.PROPERTY, True)]),
    (
        "prompt that somebody wrote",
        pattern("layout", MARK, '<p:ph type="title"/>'),
        [("版式1", Part.PROPERTY, True)],
    ),
    (
        "slide outside the show",
        pptx(PLAIN, extras=[Extra(name="slides/other.xml", content=slide_part("sld", shape(MARK)), kind="slide")]),
        [("幻灯片（未列入） ¶1", Part.BODY, True)],
    ),
    (
        "section name",
        pptx(PLAIN, presentation=f'<p:extLst><p:section name="{MARK}"/></p:extLst>'),
        [("节名称", Part.PROPERTY, True)],
    ),
    (
        "workbook of a chart",
        pptx(PLAIN, extras=[Extra(name="embeddings/b.xlsx", content=ordinary_xlsx([[MARK]], name="表"))]),
        [("嵌入对象1!表!A1", Part.TABLE, True)],
    ),
    (
        "tag",
        pptx(
            PLAIN,
            extras=[Extra(name="tags/tag1.xml", content=f'<p:tagLst {NAMESPACES}><p:tag val="{MARK}"/></p:tagLst>')],
        ),
        [("ppt/tags/tag1.xml", Part.ATTRIBUTE, True)],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_reads_every_place(data: bytes, expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(data)) == expected


@pytest.mark.parametrize(
    "text",
    ["单击此处编辑母版标题样式", "编辑母版文本样式", "Click to edit Master title style", "第二级", "‹#›", "2026/3/2"],
)
def test_prompts_of_the_program_are_no_text(text: str) -> None:
    assert read(pattern("layout", text, '<p:ph type="title"/>')).segments == ()


def test_slides_come_in_the_order_of_the_show() -> None:
    extracted = read(pptx(Slide(shapes=shape("甲")), Slide(shapes=shape("乙"))))
    assert [(s.place, s.text) for s in extracted.segments] == [("幻灯片1 ¶1", "甲"), ("幻灯片2 ¶1", "乙")]


def test_rows_of_tables_stay_rows() -> None:
    extracted = read(pptx(Slide(shapes=table(["|姓名", "|金额"], ["|甲", "|5"]))))
    assert extracted.text == "姓名\t金额\n甲\t5\n"
    assert extracted.segments[3].cell == Cell(table=0, row=1, column=1)


def test_a_picture_on_two_slides_is_one_gap() -> None:
    image = '<p:pic><p:blipFill><a:blip r:embed="i1"/></p:blipFill></p:pic>'
    slide = Slide(shapes=image, relations=[Relation(id="i1", kind="image", target="../media/1.png")])
    (gap,) = read(pptx(slide, slide, extras=[Extra(name="media/1.png", content=png(90, 90))])).gaps
    assert gap.place == "图片1（幻灯片1 附近）"


def test_only_a_stale_drawing_of_smartart_is_hidden_text() -> None:
    def part(name: str, text: str, drawn_by: str = "") -> Extra:
        copy = f'<dgm:dataModelExt relId="{drawn_by}"/>' if drawn_by else ""
        return Extra(name=f"diagrams/{name}.xml", content=f"<dgm:x {NAMESPACES}>{line(text)}{copy}</dgm:x>")

    extras = [
        part("data1", "公示", "e1"),
        part("data2", "名单", "e2"),
        part("drawing1", MARK),
        part("drawing2", "名单"),
    ]
    relations = [Relation(id=f"d{n}", kind="diagramData", target=f"../diagrams/data{n}.xml") for n in (1, 2)]
    relations += [Relation(id=f"e{n}", kind="diagramDrawing", target=f"../diagrams/drawing{n}.xml") for n in (1, 2)]
    slide = Slide(shapes="".join(frame(f'<dgm:relIds r:dm="d{n}"/>') for n in (1, 2)), relations=relations)
    extracted = read(pptx(slide, extras=extras))
    assert [s.text for s in extracted.segments if s.hidden] == [MARK]
    assert found(extracted) == [("幻灯片1 SmartArt1", Part.TEXT_BOX, True)]


def test_an_ordinary_presentation_has_no_gaps() -> None:
    extracted = read(ordinary_pptx("工作情况通报", "公示"))
    assert [gap for gap in extracted.gaps if "thumbnail" not in gap.place and "printerSettings" not in gap.place] == []
    assert [s.place for s in extracted.segments if s.part is Part.BODY] == ["幻灯片1 ¶1", "幻灯片2 ¶1"]
