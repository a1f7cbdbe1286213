"""Every place in an OFD where text can be, one planted mark a row."""

from __future__ import annotations

import random
import time

import pytest
from builders_ofd import (
    Draft,
    Page,
    annotation,
    der,
    filled,
    glyphs,
    image,
    media,
    ofd,
    page,
    parts,
    png,
    seal,
    text,
    zipped,
)
from builders_ooxml import ordinary_docx
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.ofd import read
from reviewer.extract.ofd.geometry import numbers
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
NUMBER = "110101190001010000"
WHITE = '<FillColor Value="255 255 255"/>'
TEMPLATE = '<TemplatePage ID="50" Name="底版" BaseLoc="Tpls/T.xml"/>'
USES = '<Template TemplateID="50" ZOrder="Background"/>'


def found(extracted: Extracted, mark: str = MARK) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if mark in s.text]


def gaps(extracted: Extracted) -> str:
    """All gaps, a line each."""
    return "\n".join(f"{gap.place} {gap.reason}" for gap in extracted.gaps)


def one(*objects: str, **rest: object) -> Draft:
    """A file of one page."""
    return Draft(pages=[page(*objects)], **rest)  # type: ignore[arg-type]


def shuffled(objects: list[str]) -> list[str]:
    """Objects in another order of drawing."""
    return random.Random(7).sample(objects, len(objects))


def part(name: str, content: str) -> dict[str, str | bytes]:
    """One more part."""
    return {name: content}


def template(inner: str) -> dict[str, str | bytes]:
    """The template page."""
    return part("Doc_0/Tpls/T.xml", f'<?part Page?><Content><Layer ID="8">{inner}</Layer></Content>')


def composite(inner: str) -> str:
    """A composite unit as a resource."""
    return (
        '<CompositeGraphicUnits><CompositeGraphicUnit ID="60" Width="100" Height="100">'
        f"<Content>{inner}</Content></CompositeGraphicUnit></CompositeGraphicUnits>"
    )


SEEN = [("p1 ¶1", Part.BODY, False)]
SHOWN: list[tuple[str, Draft]] = [
    ("a line", one(text(MARK))),
    ("no prefix", one(text(MARK), prefix="")),
    ("another prefix", one(text(MARK), prefix="a")),
    ("glyph by glyph", one(*glyphs(MARK))),
    ("glyph by glyph in any order", one(*shuffled(glyphs(MARK)))),
    ("drawn twice to be bold", one(text(MARK), text(MARK, x=20.1))),
    ("two objects on one baseline", one(text("青石标记"), text("七三九一", x=36))),
    (
        "g shorthand",
        one(
            '<TextObject ID="1" Boundary="20 20 99 9" Size="4"><TextCode X="0" Y="4" DeltaX="g 7 4">'
            f"{MARK}</TextCode></TextObject>"
        ),
    ),
    (
        "top to bottom",
        one(
            '<TextObject ID="1" Boundary="20 20 9 99" Size="4" ReadDirection="90">'
            f'<TextCode X="0" Y="4" DeltaY="g 7 4">{MARK}</TextCode></TextObject>'
        ),
    ),
    ("turned", one(text(MARK, x=60, y=60, attributes='CTM="0 1 -1 0 0 0"'))),
    ("enlarged by its CTM", one(text(MARK, size=0.5, attributes='CTM="8 0 0 8 0 0"'))),
    ("in a block of a block", one(f"<PageBlock><PageBlock>{text(MARK)}</PageBlock></PageBlock>")),
    (
        "composite",
        one('<CompositeObject ID="2" ResourceID="60" Boundary="9 9 99 99"/>', resources=composite(text(MARK))),
    ),
    ("white on black", one(filled(10, 10, 100, 30), text(MARK, inner=WHITE))),
    ("over a white page", one(filled(0, 0, 210, 297, "255 255 255"), text(MARK))),
    ("under a thin rule", one(text(MARK), filled(10, 20, 100, 0.3))),
    (
        "body under the background in the file",
        Draft(pages=[Page(layers=(("Body", text(MARK)), ("Background", filled(0, 0, 210, 297, "255 0 0"))))]),
    ),
    (
        "template",
        Draft(pages=[page(head=USES)], common=TEMPLATE, parts=template(text(MARK))),
    ),
    (
        "label in the template, value on the page",
        Draft(pages=[page(text("七三九一", x=36), head=USES)], common=TEMPLATE, parts=template(text("青石标记"))),
    ),
    (
        "under a translucent cover",
        one(text(MARK), filled(10, 10, 100, 30, attributes='Alpha="90"')),
    ),
    (
        "under a picture with an alpha channel",
        Draft(
            pages=[page(text(MARK), image(7, "10 10 60 20"))],
            resources=media("a.png"),
            parts={"Doc_0/Res/a.png": png(kind=6)},
        ),
    ),
]


@pytest.mark.parametrize(("name", "draft"), SHOWN, ids=[name for name, _ in SHOWN])
def test_what_a_page_shows(name: str, draft: Draft) -> None:
    assert found(read(ofd(draft))) == SEEN


HIDDEN: list[tuple[str, str, Draft]] = [
    ("white on white", "与底色相同", one(text("公示", y=60), text(MARK, inner=WHITE))),
    (
        "white by drawing parameters",
        "与底色相同",
        one(
            text(MARK, attributes='DrawParam="31"'),
            resources=(
                f'<DrawParams><DrawParam ID="30">{WHITE}</DrawParam><DrawParam ID="31" Relative="30"/></DrawParams>'
            ),
        ),
    ),
    (
        "white by a palette",
        "与底色相同",
        one(
            text(MARK, inner='<FillColor Index="1" ColorSpace="32"/>'),
            resources=(
                '<ColorSpaces><ColorSpace ID="32" Type="GRAY"><Palette><CV>0</CV><CV>255</CV></Palette>'
                "</ColorSpace></ColorSpaces>"
            ),
        ),
    ),
    ("black on black", "与底色相同", one(filled(10, 10, 100, 30), text(MARK))),
    ("covered", "被遮盖", one(text(MARK), filled(10, 10, 100, 30))),
    (
        "covered by a foreground layer",
        "被遮盖",
        Draft(pages=[Page(layers=(("Foreground", filled(10, 10, 100, 30)), ("Body", text(MARK))))]),
    ),
    (
        "covered by a picture",
        "被遮盖",
        Draft(
            pages=[page(text("公示", y=80), text(MARK), image(7, "10 10 60 20"))],
            resources=media("a.png"),
            parts={"Doc_0/Res/a.png": png()},
        ),
    ),
    (
        "covered by an annotation",
        "被遮盖",
        Draft(pages=[page(text(MARK), annotations=annotation("Path", filled(10, 10, 100, 30)))]),
    ),
    ("Visible=false", "不可见对象", one(text(MARK, attributes='Visible="false"'))),
    ("Alpha=0", "透明", one(text(MARK, attributes='Alpha="0"'))),
    ("colour without opacity", "透明", one(text(MARK, inner='<FillColor Value="0 0 0" Alpha="0"/>'))),
    ("neither filled nor stroked", "不着色", one(text(MARK, attributes='Fill="false"'))),
    ("beside the page", "页面之外", one(text(MARK, x=230))),
    ("above the page", "页面之外", one(text(MARK, y=-20))),
    ("tiny", "字号过小", one(text(MARK, size=0.4))),
    (
        "clipped away",
        "被裁剪",
        one(
            text(
                MARK,
                inner=(
                    '<Clips><Clip><Area><Path Boundary="0 50 5 5">'
                    "<AbbreviatedData>M 0 0 L 5 0 L 5 5 L 0 5 C</AbbreviatedData></Path></Area></Clip></Clips>"
                ),
            )
        ),
    ),
]


@pytest.mark.parametrize(("name", "why", "draft"), HIDDEN, ids=[name for name, _, _ in HIDDEN])
def test_what_a_page_hides(name: str, why: str, draft: Draft) -> None:
    assert found(read(ofd(draft))) == [(f"p1 不可见文字（{why}）", Part.BODY, True)]


def test_a_covered_number_is_told_with_its_label() -> None:
    extracted = read(ofd(one(text(f"身份证号：{NUMBER}"), filled(40, 10, 80, 30))))
    assert [(s.text, s.hidden) for s in extracted.segments[:2]] == [
        ("身份证号：", False),
        (f"身份证号：{NUMBER}", True),
    ]


BESIDE: list[tuple[str, Draft, list[tuple[str, Part, bool]]]] = [
    (
        "watermark",
        Draft(pages=[page(annotations=annotation("Watermark", text(MARK) + text(MARK, y=80)))]),
        [("p1 水印", Part.ANNOTATION, False)],
    ),
    (
        "invisible watermark",
        Draft(pages=[page(annotations=annotation("Watermark", text(MARK), 'Visible="false"'))]),
        [("p1 水印", Part.ANNOTATION, True)],
    ),
    (
        "remark",
        Draft(pages=[page(annotations=annotation("Highlight", "", said=f"<Remark>{MARK}</Remark>"))]),
        [("p1 高亮批注 说明", Part.ANNOTATION, True)],
    ),
    (
        "parameter",
        Draft(
            pages=[
                page(
                    annotations=annotation(
                        "Path", "", said=f'<Parameters><Parameter Name="a">{MARK}</Parameter></Parameters>'
                    )
                )
            ]
        ),
        [("p1 图形批注 说明", Part.ANNOTATION, True)],
    ),
    (
        "creator of an annotation",
        Draft(pages=[page(annotations=annotation("Path", "", f'Creator="{MARK}"'))]),
        [("p1 图形批注/作者", Part.PROPERTY, True)],
    ),
    ("title", one(info=f"<Title>{MARK}</Title>"), [("属性/标题", Part.PROPERTY, True)]),
    ("keyword", one(info=f"<Keywords><Keyword>{MARK}</Keyword></Keywords>"), [("属性/关键词", Part.PROPERTY, True)]),
    (
        "custom data",
        one(info=f'<CustomDatas><CustomData Name="文号">{MARK}</CustomData></CustomDatas>'),
        [("属性/自定义 文号", Part.PROPERTY, True)],
    ),
    (
        "outline",
        one(root=f'<Outlines><OutlineElem Title="一"><OutlineElem Title="{MARK}"/></OutlineElem></Outlines>'),
        [("大纲", Part.PROPERTY, True)],
    ),
    (
        "bookmark",
        one(root=f'<Bookmarks><Bookmark Name="{MARK}"/></Bookmarks>'),
        [("书签", Part.PROPERTY, True)],
    ),
    (
        "address",
        Draft(pages=[page(tail=f'<Actions><Action Event="CLICK"><URI URI="file:///{MARK}"/></Action></Actions>')]),
        [("p1 链接", Part.PROPERTY, True)],
    ),
    (
        "custom tag",
        one(
            root="<CustomTags>Tags/CustomTags.xml</CustomTags>",
            parts={
                "Doc_0/Tags/CustomTags.xml": (
                    '<?part CustomTags?><CustomTag TypeID="公文"><FileLoc>T.xml</FileLoc></CustomTag>'
                ),
                "Doc_0/Tags/T.xml": f"<公文体><标题>{MARK}</标题></公文体>",
            },
        ),
        [("自定义标引 标题", Part.PROPERTY, True)],
    ),
    (
        "extension",
        one(
            root="<Extensions>Extensions.xml</Extensions>",
            parts=part(
                "Doc_0/Extensions.xml",
                f'<?part Extensions?><Extension AppName="甲"><Property Name="b">{MARK}</Property></Extension>',
            ),
        ),
        [("扩展 甲/b", Part.PROPERTY, True)],
    ),
    (
        "template name",
        Draft(pages=[page(head=USES)], common=TEMPLATE.replace("底版", MARK), parts=template("")),
        [("模板/名称", Part.PROPERTY, True)],
    ),
    (
        "unreferenced page, glyph by glyph",
        one(
            text("公示"),
            parts=part("Doc_0/Pages/P.xml", f"<?part Page?><Content><Layer>{''.join(glyphs(MARK))}</Layer></Content>"),
        ),
        [("未引用的文件 Doc_0/Pages/P.xml p1 ¶1", Part.BODY, True)],
    ),
    (
        "unreferenced text",
        one(text("公示"), parts=part("Doc_0/Res/a.txt", f"其中有{MARK}字样")),
        [("未引用的文件 Doc_0/Res/a.txt!¶1", Part.EMBEDDED, True)],
    ),
    (
        "unreferenced XML",
        one(text("公示"), parts=part("b.xml", f"<a><c>{MARK}</c></a>")),
        [("未引用的文件 b.xml", Part.EMBEDDED, True)],
    ),
    (
        "name of a member",
        one(text("公示"), parts={f"{MARK}/a.png": png()}),
        [("部件名", Part.FILE_NAME, True)],
    ),
    (
        "XML comment",
        one(text("公示"), parts=part("b.xml", f"<a><!-- {MARK} --></a>")),
        [("b.xml XML注释", Part.ATTRIBUTE, True)],
    ),
    (
        "name of an object",
        one(text("公示", attributes=f'Name="{MARK}"')),
        [("Doc_0/Pages/Page_0/Content.xml TextObject/Name", Part.ATTRIBUTE, True)],
    ),
]


@pytest.mark.parametrize(("name", "draft", "expected"), BESIDE, ids=[name for name, _, _ in BESIDE])
def test_what_stands_beside_the_page(name: str, draft: Draft, expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(ofd(draft))) == expected


def attached(name: str, data: bytes, path: str = "/Doc_0/Res/x", attributes: str = "") -> bytes:
    """A file with one attachment."""
    return ofd(
        one(
            text("公示"),
            root="<Attachments>Attachs/Attachments.xml</Attachments>",
            parts={
                "Doc_0/Attachs/Attachments.xml": (
                    f'<?part Attachments?><Attachment ID="1" Name="{name}" {attributes}>'
                    f"<FileLoc>{path}</FileLoc></Attachment>"
                ),
                "Doc_0/Res/x": data,
            },
        )
    )


def test_an_attachment_is_read_by_its_own_reader() -> None:
    assert found(read(attached("名单.docx", ordinary_docx([MARK])))) == [("附件 名单.docx!¶1", Part.EMBEDDED, True)]


def test_an_attachment_inside_an_attachment() -> None:
    inner = attached("内.txt", MARK.encode(), attributes='Visible="false"')
    assert found(read(attached("外", inner, attributes='Format="ofd"'))) == [
        ("附件 外!附件 内.txt!¶1", Part.EMBEDDED, True)
    ]


def test_a_missing_attachment_is_a_gap() -> None:
    assert "附件 名单 附件不在文件中" in gaps(read(attached("名单", b"", path="nowhere.doc")))


@pytest.mark.parametrize(
    "path",
    [
        "/Doc_0/Pages/Page_0/Content.xml",
        r"Pages\Page_0\Content.xml",
        "./Pages/../Pages/Page_0/Content.xml",
        "pages/PAGE_0/content.xml",
        "Doc_0/Pages/Page_0/Content.xml",
    ],
)
def test_paths_as_makers_write_them(path: str) -> None:
    members = parts(one(text(MARK)))
    document = str(members["Doc_0/Document.xml"]).replace("Pages/Page_0/Content.xml", path)
    assert found(read(zipped({**members, "Doc_0/Document.xml": document}))) == SEEN


def test_several_documents_and_earlier_versions() -> None:
    first = parts(one(text("公示")))
    second = {name.replace("Doc_0", "Doc_1"): content for name, content in parts(one(text(MARK))).items()}
    old = {name.replace("Doc_0", "Old"): content for name, content in parts(one(text(f"旧{MARK}"))).items()}
    bodies = "<DocBody><DocRoot>Doc_1/Document.xml</DocRoot></DocBody>"
    versions = '<Versions><Version ID="1" Index="1" BaseLoc="V.xml"/></Versions>'
    entry = parts(one(body=versions, bodies=bodies))["OFD.xml"]
    version = parts(one(parts=part("V.xml", "<?part DocVersion?><DocRoot>Old/Document.xml</DocRoot>")))["V.xml"]
    extracted = read(zipped({**second, **old, **first, "OFD.xml": entry, "V.xml": version}))
    assert found(extracted) == [
        ("文档1 早期版本1 p1 ¶1", Part.BODY, True),
        ("文档2 p1 ¶1", Part.BODY, False),
    ]


def signed(value: bytes, seal_bytes: bytes) -> bytes:
    """A sealed file."""
    return ofd(
        one(
            text("公示"),
            body="<Signatures>Signs/Signatures.xml</Signatures>",
            parts={
                "Signs/Signatures.xml": '<?part Signatures?><Signature ID="1" BaseLoc="S_0/Signature.xml"/>',
                "Signs/S_0/Signature.xml": (
                    '<?part Signature?><SignedInfo><Provider ProviderName="甲签章"/>'
                    "<Seal><BaseLoc>Seal.esl</BaseLoc></Seal></SignedInfo>"
                    "<SignedValue>SignedValue.dat</SignedValue>"
                ),
                "Signs/S_0/Seal.esl": seal_bytes,
                "Signs/S_0/SignedValue.dat": value,
            },
        )
    )


def test_a_sealed_file_tells_names_and_one_picture() -> None:
    stamp = seal("某县人民政府", MARK, png())
    extracted = read(signed(der(0x30, stamp, der(0x04, b"\x01" * 70)), stamp))
    assert found(extracted) == [("签章", Part.PROPERTY, True)]
    assert found(extracted, "某县人民政府") == [("签章", Part.PROPERTY, True)]
    assert [gap.place for gap in extracted.gaps] == ["图片1（印章 附近）"]


def test_a_seal_that_is_an_ofd_is_read() -> None:
    stamp = seal("某县人民政府", "乙", ofd(one(text(MARK))))
    extracted = read(signed(b"\x30\x80" + bytes(range(160, 210)), stamp))
    assert found(extracted) == [("印章图案!p1 ¶1", Part.EMBEDDED, False)]
    assert not extracted.gaps


def test_a_seal_that_cannot_be_decoded_is_one_gap() -> None:
    noise = random.Random(5).randbytes(3000)
    assert gaps(read(signed(noise, noise[::-1]))).count("签章数据无法解读") == 1


GAPS: list[tuple[str, Draft, str]] = [
    ("outlines only", one(filled(10, 10, 60, 8)), "p1 本页没有文字层，文字可能已转为曲线"),
    (
        "picture only",
        Draft(pages=[page(image())], resources=media("a.png"), parts={"Doc_0/Res/a.png": png()}),
        "p1 本页没有文字层，只有图像",
    ),
    (
        "placed picture",
        Draft(pages=[page(text("公示"), image())], resources=media("a.png"), parts={"Doc_0/Res/a.png": png()}),
        "图片1（p1 附近） 图中可能有文字",
    ),
    (
        "picture that stands nowhere",
        one(text("公示"), resources=media("a.png"), parts={"Doc_0/Res/a.png": png()}),
        "图片1（未放置的图片 附近）",
    ),
    ("picture that is missing", one(text("公示"), image()), "p1 图片 引用的图片不在文件中"),
    ("film", one(text("公示"), resources=media("a.mp4", kind="Video"), parts={"Doc_0/Res/a.mp4": b"\0" * 9}), "音频"),
    ("unknown member", one(text("公示"), parts={"x.bin": random.Random(3).randbytes(200)}), "未引用的文件 x.bin"),
    ("encrypted", one(text("公示"), parts=part("Encryptions.xml", "<Encryptions/>")), "已加密"),
    ("no page", Draft(), "没有任何页面"),
    (
        "codes that say nothing",
        one(
            text(
                "¤¤¤¤",
                inner=(
                    '<CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><Glyphs>1 2 3 4</Glyphs></CGTransform>'
                ),
            )
        ),
        "字体 宋体 字体没有文字对照",
    ),
    ("lost characters", one(text("\ufffd\ufffd")), "字体没有文字对照"),
    (
        "one glyph, two letters",
        one(
            text(
                "公示",
                inner='<CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><Glyphs>1 1</Glyphs></CGTransform>',
            )
        ),
        "同一字形被说成不同的文字",
    ),
    (
        "scan with a text layer",
        Draft(
            pages=[page(text(MARK), image(7, "0 0 210 297"))],
            resources=media("a.png"),
            parts={"Doc_0/Res/a.png": png()},
        ),
        "p1 整页为图像，文字取自识别层",
    ),
]


@pytest.mark.parametrize(("name", "draft", "expected"), GAPS, ids=[name for name, _, _ in GAPS])
def test_what_was_not_read_is_said(name: str, draft: Draft, expected: str) -> None:
    assert expected in gaps(read(ofd(draft)))


BULLET = '<CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><Glyphs>7</Glyphs></CGTransform>'
QUIET: list[tuple[str, Draft]] = [
    ("bullets", one(text("\uf0b7公示", inner=BULLET), text("\uf0b7公告", y=60, inner=BULLET))),
    ("box to tick", one(text("□是", inner=BULLET))),
    ("plain", one(text("公示"))),
    ("empty page", Draft(pages=[page(text("公示")), page()])),
    ("glyph ids with codes", one(text("公示", inner='<CGTransform CodePosition="0"><Glyphs>5</Glyphs></CGTransform>'))),
    (
        "embedded font",
        one(
            text("公示"),
            resources='<Fonts><Font ID="19" FontName="甲"><FontFile>f.ttf</FontFile></Font></Fonts>',
            parts={"Doc_0/Res/f.ttf": b"\0\1\0\0" + bytes(200)},
        ),
    ),
]


@pytest.mark.parametrize(("name", "draft"), QUIET, ids=[name for name, _ in QUIET])
def test_an_ordinary_file_has_no_gaps(name: str, draft: Draft) -> None:
    assert not read(ofd(draft)).gaps


def test_the_same_picture_is_told_once() -> None:
    draft = Draft(
        pages=[page(text("公示"), image()), page(text("公示"), image())],
        resources=media("a.png"),
        parts={"Doc_0/Res/a.png": png()},
    )
    assert len(read(ofd(draft)).gaps) == 1


def test_a_damaged_page_does_not_hide_the_others() -> None:
    members = parts(Draft(pages=[page(text("公示")), page(text(MARK))]))
    extracted = read(zipped({**members, "Doc_0/Pages/Page_0/Content.xml": "<a><b></a>"}))
    assert found(extracted) == [("p2 ¶1", Part.BODY, False)]
    assert "XML 已损坏" in gaps(extracted)


def test_columns_of_a_row_are_parted_by_a_tab() -> None:
    extracted = read(ofd(one(text("姓名"), text("张三", x=90))))
    assert extracted.segments[0].text == "姓名\t张三"


def test_a_form_is_read_row_by_row() -> None:
    labels = "".join(text(label, y=y) for label, y in (("姓名", 20), ("号码", 40)))
    values = (text("张三", x=60, y=20.4, size=3.5), text(NUMBER, x=60, y=40.4, size=3.5))
    draft = Draft(pages=[page(*values, head=USES)], common=TEMPLATE, parts=template(labels))
    shown = [s.text for s in read(ofd(draft)).segments if s.part is Part.BODY]
    assert shown == ["姓名\t张三", f"号码\t{NUMBER}"]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("1 g 3 2 4", [1, 2, 2, 2, 4]),
        ("g 2 -1.5", [-1.5, -1.5]),
        pytest.param("g 99999999999 1", [1] * 50, id="bounded"),
        pytest.param("g -4 1 5", [5], id="negative count"),
        pytest.param("a 1,2", [0, 1, 2], id="no number"),
        pytest.param("nan inf", [0, 1e7], id="no finite number"),
        ("g", []),
    ],
)
def test_arrays(words: str, values: list[float]) -> None:
    assert numbers(words, 50) == values


def test_through_the_front_door() -> None:
    document = extract(Source(path="a.ofd", name="a.ofd", data=ofd(one(text(MARK)))))
    assert document.media_type == "application/ofd"
    assert MARK in document.text
    assert not document.gaps


LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=4), st.booleans())
def test_what_was_written_is_read(words: list[str], by_glyph: bool) -> None:
    objects = [
        piece
        for row, word in enumerate(words)
        for piece in (glyphs(word, y=20 + 9 * row) if by_glyph else [text(word, y=20 + 9 * row)])
    ]
    lines = "\n".join(s.text for s in read(ofd(one(*objects))).segments if not s.hidden).split("\n")
    assert ["".join(line.split()) for line in lines] == words


def mutants(data: bytes, count: int, seed: int) -> list[bytes]:
    """Damaged copies: bytes changed, cut out, doubled, cut off."""
    chance, made = random.Random(seed), []
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(copy))
            kind = chance.randrange(4)
            if kind == 0:
                copy[at] = chance.randrange(256)
            elif kind == 1:
                del copy[at : at + chance.randint(1, 40)]
            elif kind == 2:
                copy[at:at] = copy[at : at + chance.randint(1, 40)]
            elif len(copy) > 400:
                del copy[at + 200 :]
            if not copy:
                copy = bytearray(b"P")
        made.append(bytes(copy))
    return made


def rich() -> Draft:
    """A file with nearly everything in it."""
    stamp = seal("某县人民政府", "乙", png())
    return Draft(
        pages=[
            page(
                text("公示"),
                *glyphs(NUMBER, y=40),
                filled(10, 50, 30, 9),
                image(),
                '<CompositeObject ID="2" ResourceID="60" Boundary="9 90 99 99"/>',
                head=USES,
                annotations=annotation("Watermark", text(MARK), said="<Remark>说明</Remark>"),
            )
        ],
        common=TEMPLATE,
        resources=media("a.png") + composite(text("组合")),
        info="<Title>标题</Title>",
        body="<Signatures>Signs/Signatures.xml</Signatures>",
        root="<CustomTags>T.xml</CustomTags><Attachments>A.xml</Attachments>",
        parts={
            **template(text("模板")),
            "Doc_0/Res/a.png": png(),
            "Doc_0/T.xml": "<?part CustomTags?><CustomTag><FileLoc>T.xml</FileLoc></CustomTag>",
            "Doc_0/A.xml": '<?part Attachments?><Attachment Name="a.txt"><FileLoc>x.txt</FileLoc></Attachment>',
            "Doc_0/x.txt": "附件".encode(),
            "Signs/Signatures.xml": '<?part Signatures?><Signature ID="1" BaseLoc="S.xml"/>',
            "Signs/S.xml": "<?part Signature?><Seal><BaseLoc>s.esl</BaseLoc></Seal>",
            "Signs/s.esl": stamp,
        },
    )


def test_damaged_files_end_in_gaps() -> None:
    for mutant in mutants(ofd(rich()), 120, 11):
        read(mutant)


def test_damaged_parts_end_in_gaps() -> None:
    members = parts(rich())
    chance = random.Random(12)
    for number in range(240):
        name = chance.choice(sorted(members))
        content = members[name]
        data = content.encode() if isinstance(content, str) else content
        started = time.monotonic()
        read(zipped({**members, name: mutants(data, 1, number)[0]}))
        assert time.monotonic() - started < 5
