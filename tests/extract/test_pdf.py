"""PDF: what a reader sees comes back in order and place; what is hidden comes back as hidden; the rest is a gap."""

from __future__ import annotations

import random
import zlib
from io import BytesIO

import pikepdf
import pytest
from builders_image import code, exif, jpeg_exif, text_field
from builders_pdf import (
    annotate,
    appearance,
    attach,
    both,
    chinese,
    drawn,
    edited,
    noise,
    picture,
    raw_page,
    saved_again,
    text,
)
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from reviewer.extract.pdf import pages as pdf_pages
from reviewer.extract.pdf import read
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part, Segment

SECRET = "secret 19040203"


def shown(extracted: Extracted) -> list[str]:
    return [s.text for s in extracted.segments if not s.hidden and s.part is Part.BODY]


def concealed(extracted: Extracted) -> list[str]:
    return [s.text for s in extracted.segments if s.hidden and s.part is Part.BODY]


def at(extracted: Extracted, place: str) -> Segment:
    (segment,) = (s for s in extracted.segments if s.place == place)
    return segment


def gaps(extracted: Extracted) -> list[str]:
    return [f"{gap.place}：{gap.reason}" for gap in extracted.gaps]


# --- what a reader sees -----------------------------------------------------------------------------


def test_segments_stand_where_the_whole_text_says():
    extracted = read(drawn(text("one", "two"), chinese("关于公开的通知")))
    for segment in extracted.segments:
        assert extracted.text[segment.start : segment.end] == segment.text
    assert [(s.place, s.page) for s in extracted.segments if s.part is Part.BODY] == [("p1 ¶1", 1), ("p2 ¶1", 2)]
    assert shown(extracted) == ["one\ntwo", "关于公开的通知"]
    # A machine without a Chinese font cannot tell whether the second page is visible, and says so.
    assert [gap for gap in gaps(extracted) if "p2 字体 STSong-Light" not in gap] == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            text("first line of it", "second line of it"), ["first line of it\nsecond line of it"], id="block"
        ),
        pytest.param(
            both(chinese("　　一、第一段的第一行，写满这一行的字", y=350), chinese("接着写到第二行为止。", y=332)),
            ["　　一、第一段的第一行，写满这一行的字\n接着写到第二行为止。"],
            id="first line indented by blanks",
        ),
        pytest.param(
            both(
                chinese("一、第一段的第一行，写满这一行的字", x=74, y=350),
                chinese("接着写到第二行为止，这一行也很满很满。", y=332),
                chinese("二、第二段又缩进两个字。", x=74, y=314),
            ),
            ["一、第一段的第一行，写满这一行的字\n接着写到第二行为止，这一行也很满很满。", "二、第二段又缩进两个字。"],
            id="indent begins a paragraph",
        ),
        pytest.param(
            both(text("heading", size=20), text("body text below", y=320)), ["heading", "body text below"], id="size"
        ),
        pytest.param(both(text("above", y=350), text("far below", y=250)), ["above", "far below"], id="distance"),
        pytest.param(
            both(
                text("name", y=350), text("number", x=150, y=350), text("place", x=280, y=350), text("next row", y=332)
            ),
            ["name\tnumber\tplace", "next row"],
            id="columns",
        ),
        pytest.param(
            both(text("left one", "left two"), text("right one", "right two", x=250)),
            ["left one\nleft two", "right one\nright two"],
            id="two columns of text",
        ),
    ],
)
def test_lines_and_paragraphs(page, expected):
    assert shown(read(drawn(page))) == expected


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_reads_and_hides_as_an_upright_one(degrees):
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = degrees

    def sideways(canvas):
        canvas.translate(200, 200)
        canvas.rotate(degrees)
        canvas.translate(-200, -200)
        both(text("name"), text("number", x=150), text("seen below", y=332))(canvas)
        canvas.rect(45, 325, 100, 14, fill=1)

    extracted = read(edited(drawn(sideways), turn))
    assert shown(extracted) == ["name\tnumber"]
    assert concealed(extracted) == ["seen below"]


def test_text_turned_on_an_upright_page_is_read_as_a_line():
    def sideways(canvas):
        canvas.translate(100, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "along the edge")

    assert shown(read(drawn(both(text("upright"), sideways)))) == ["upright", "along the edge"]


def test_what_the_crop_box_cuts_off_is_hidden():
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([0, 300, 400, 400])

    extracted = read(edited(drawn(both(text("kept"), text("cut away", y=200))), crop))
    assert (shown(extracted), concealed(extracted)) == (["kept"], ["cut away"])


# --- what a reader does not see ---------------------------------------------------------------------


def under_a_box(canvas):
    text(SECRET)(canvas)
    canvas.rect(45, 346, 120, 16, fill=1)


def black_on_black(canvas):
    canvas.rect(45, 346, 120, 16, fill=1)
    text(SECRET)(canvas)


def white_on_white(canvas):
    canvas.setFillGray(1)
    text(SECRET)(canvas)
    canvas.setFillGray(0)


def under_white(canvas):
    text(SECRET)(canvas)
    canvas.setFillGray(1)
    canvas.rect(45, 346, 120, 16, fill=1, stroke=0)
    canvas.setFillGray(0)


def under_a_broad_stroke(canvas):
    text(SECRET)(canvas)
    canvas.setLineWidth(16)
    canvas.line(45, 354, 165, 354)


def under_a_gradient(canvas):
    text(SECRET)(canvas)
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(45, 346, 120, 16)
    canvas.clipPath(path, stroke=0)
    canvas.linearGradient(45, 346, 165, 346, ("red", "blue"))
    canvas.restoreState()


def mode_three(canvas):
    line = canvas.beginText(50, 350)
    line.setTextRenderMode(3)
    line.textOut(SECRET)
    line.setTextRenderMode(0)
    canvas.drawText(line)


def clipped(canvas):
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 300, 10, 10)
    canvas.clipPath(path, stroke=0)
    text(SECRET)(canvas)
    canvas.restoreState()


def in_a_form(canvas):
    canvas.beginForm("inner")
    white_on_white(canvas)
    canvas.endForm()
    canvas.doForm("inner")


@pytest.mark.parametrize(
    "trick",
    [
        under_a_box,
        black_on_black,
        white_on_white,
        under_white,
        under_a_broad_stroke,
        under_a_gradient,
        mode_three,
        clipped,
        in_a_form,
        pytest.param(both(text(SECRET), picture(Image.new("L", (8, 8)), 45, 346, 120, 16)), id="under a plain picture"),
        pytest.param(both(text(SECRET), picture(noise(), 45, 346, 120, 16)), id="under a mosaic"),
        pytest.param(text(SECRET, x=-300), id="off the page"),
        pytest.param(text(SECRET, size=1), id="one point"),
    ],
)
def test_hidden_text_comes_back_as_hidden(trick):
    extracted = read(drawn(both(text("plain to see", y=200), trick)))
    assert shown(extracted) == ["plain to see"]
    assert concealed(extracted) == [SECRET]
    assert at(extracted, "p1 遮盖或不可见文字").page == 1


def test_a_box_that_is_an_annotation_hides_too():
    def cover(pdf: pikepdf.Pdf) -> None:
        annotate(pdf, Subtype=Name.Square, AP=appearance(pdf, b"0 g 0 0 255 25 re f", 255, 25))

    assert concealed(read(edited(drawn(text(SECRET)), cover))) == [SECRET]


def test_a_layer_that_is_off_hides_and_its_name_is_read():
    def layer(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("内部稿")))
        pdf.pages[0].obj.Resources.Properties = Dictionary(L1=group)
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))

    content = b"/OC /L1 BDC BT /F1 12 Tf 50 350 Td (" + SECRET.encode() + b") Tj ET EMC"
    extracted = read(raw_page(content, layer))
    assert concealed(extracted) == [SECRET]
    assert at(extracted, "图层1").text == "内部稿"


@pytest.mark.parametrize(
    ("line", "covered", "seen", "hidden"),
    [
        pytest.param("abcdefghi", "def", "abc ghi", "abcdefghi", id="the word around it is told"),
        pytest.param("no 110101190402030017 end", "0402", "no 11010119 030017 end", "110101190402030017", id="number"),
    ],
)
def test_half_a_word_under_a_box(line, covered, seen, hidden):
    def page(canvas):
        text(line, font="Courier")(canvas)
        start = line.index(covered)
        canvas.rect(50 + start * 7.2, 346, len(covered) * 7.2, 14, fill=1)

    extracted = read(drawn(page))
    assert (shown(extracted), concealed(extracted)) == ([seen], [hidden])


def test_neighbouring_hidden_lines_are_one_segment():
    def page(canvas):
        text("first secret line", "second secret line", "seen")(canvas)
        canvas.rect(40, 328, 300, 40, fill=1)

    assert concealed(read(drawn(page))) == ["first secret line\nsecond secret line"]


# --- what only looks hidden -------------------------------------------------------------------------


def on_a_colour(canvas):
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(40, 340, 200, 30, fill=1)
    canvas.setFillGray(1)
    text(SECRET)(canvas)


def equally_grey(canvas):
    canvas.setFillGray(76 / 255)
    canvas.rect(40, 340, 200, 30, fill=1, stroke=0)
    canvas.setFillColorRGB(1, 0, 0)
    text(SECRET)(canvas)


def ruled(canvas):
    text(SECRET)(canvas)
    canvas.line(45, 348, 165, 348)
    canvas.rect(40, 340, 200, 30)
    canvas.rect(45, 346, 120, 1, fill=1)


def faint(canvas):
    canvas.setFillGray(0.88)
    text(SECRET)(canvas)


def with_backgrounds(canvas):
    for n in range(4):
        canvas.setFillGray(0.9)
        canvas.rect(40, 340 - n * 18, 200, 18, fill=1, stroke=0)
        canvas.setFillGray(0)
        text(SECRET, y=345 - n * 18)(canvas)


def translucent(canvas):
    text(SECRET)(canvas)
    canvas.setFillColorRGB(1, 1, 0, alpha=0.5)
    canvas.rect(45, 346, 120, 16, fill=1, stroke=0)


@pytest.mark.parametrize(
    "page",
    [
        on_a_colour,
        equally_grey,
        ruled,
        faint,
        with_backgrounds,
        translucent,
        pytest.param(text("lIlIlI |||| 1111 iiii"), id="solid characters"),
        pytest.param(both(picture(noise(spread=60), 0, 0, 400, 400), text(SECRET)), id="on a textured ground"),
        pytest.param(text(SECRET, size=4), id="small print"),
    ],
)
def test_what_can_be_seen_is_not_called_hidden(page):
    extracted = read(drawn(page))
    assert concealed(extracted) == []
    assert shown(extracted) != []


def test_a_highlight_does_not_hide():
    def mark(pdf: pikepdf.Pdf) -> None:
        annotate(
            pdf, Subtype=Name.Highlight, C=Array([1, 1, 0]), QuadPoints=Array([45, 365, 300, 365, 45, 340, 300, 340])
        )

    extracted = read(edited(drawn(text(SECRET)), mark))
    assert (shown(extracted), concealed(extracted)) == ([SECRET], [])


def recognised(canvas):
    """A scanned page: the picture has ink where the invisible text stands."""
    line = canvas.beginText(50, 350)
    line.setTextRenderMode(3)
    line.textLine(SECRET)
    line.textLine("and more.,;")
    canvas.drawText(line)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(both(picture(noise(), 0, 0, 400, 400), recognised), id="text over the picture"),
        pytest.param(both(text(SECRET, "and more.,;"), picture(noise(), 0, 0, 400, 400)), id="text under the picture"),
    ],
)
def test_the_text_layer_of_a_scan_is_read_as_text_with_a_gap(page):
    extracted = read(drawn(page))
    assert "".join(shown(extracted)).replace("\n", "") == SECRET + "and more.,;"
    assert concealed(extracted) == []
    assert any(gap.startswith("p1：整页为图像，文字取自识别层") for gap in gaps(extracted))


def test_the_text_layer_of_a_large_picture_is_text_too():
    page = both(text("typed", y=100), picture(noise(), 0, 200, 400, 200), recognised)
    extracted = read(drawn(page))
    assert concealed(extracted) == []
    assert sorted(shown(extracted)) == sorted(["typed", SECRET + "\nand more.,;"])


def test_ideographs_of_a_font_that_is_not_in_the_file_may_be_missing_here():
    def page(canvas):
        canvas.setFillGray(1)
        chinese("白色的字无从判断")(canvas)

    extracted = read(drawn(page, page, text("between"), page))
    assert concealed(extracted) == []
    assert [line for line in shown(extracted) if line != "between"] == ["白色的字无从判断"] * 3
    (gap,) = gaps(extracted)
    assert gap.startswith("p1–p2、p4 字体 STSong-Light：字体未嵌入")


# --- characters that cannot be trusted --------------------------------------------------------------


def unnamed_font(differences: list[object]) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.Font.F1.Encoding = Dictionary(Type=Name.Encoding, Differences=Array(differences))

    return raw_page(b"BT /F1 12 Tf 50 350 Td (ABCABC) Tj ET", change)


def test_a_font_without_names_for_its_characters_is_a_gap():
    assert any(
        "字体 Helvetica：字体缺少文字对照表" in gap for gap in gaps(read(unnamed_font([65, Name.g1, Name.g2, Name.g3])))
    )


def test_a_font_with_names_for_its_characters_is_none():
    extracted = read(unnamed_font([65, Name.one, Name.two, Name.three]))
    assert (shown(extracted), gaps(extracted)) == (["123123"], [])


def private_use(codes: str) -> bytes:
    cmap = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar %b endbfchar endcmap" % (
        len(codes),
        b"".join(b"<%02X> <%04X>\n" % (65 + n, ord(code)) for n, code in enumerate(codes)),
    )

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.Font.F1.ToUnicode = pdf.make_stream(cmap)

    content = bytes(range(65, 65 + len(codes)))
    return raw_page(b"BT /F1 12 Tf 50 350 Td (" + content * 3 + b") Tj ET", change)


@pytest.mark.parametrize(("codes", "doubted"), [("\ue001\ue002", True), ("\uf0b7", False), ("甲\uf0b7", False)])
def test_one_private_character_is_a_bullet_two_are_text(codes, doubted):
    assert any("文字不可信" in gap for gap in gaps(read(private_use(codes)))) is doubted


# --- pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        pytest.param([picture(noise(), 0, 0, 400, 400)], ["p1：整页为图像，没有文字层"], id="scan"),
        pytest.param([picture(noise(), 0, 0, 100, 100)], ["p1：只有图像，没有文字层"], id="picture alone"),
        pytest.param(
            [both(*(picture(noise(n), 0, n * 20, 400, 20) for n in range(20)))], ["p1：整页为图像"], id="scan in strips"
        ),
        pytest.param([both(text("a"), picture(noise(), 0, 0, 120, 100))], ["p1 图片1：图中可能有文字"], id="large"),
        pytest.param([both(text("a"), picture(noise(), 0, 0, 60, 60))], [], id="logo"),
        pytest.param(
            [both(text("a"), picture(noise(), 0, 0, 120, 100))] * 3, ["p1 图片1：图中可能有文字"], id="the same thrice"
        ),
        pytest.param(
            [both(text("a"), picture(noise(1), 0, 0, 120, 100), picture(noise(2), 200, 0, 120, 100))],
            ["p1 图片1：", "p1 图片2："],
            id="two",
        ),
        pytest.param(
            [both(text("a"), picture(Image.new("L", (9, 9), 200), 0, 0, 400, 400), text("b", y=99))],
            [],
            id="plain ground",
        ),
        pytest.param(
            [both(text("a"), *(picture(noise(n), 50 * (n % 8), 50 * (n // 8), 49, 49) for n in range(40)))],
            ["p1 小图：多幅小图合计占页面"],
            id="many small",
        ),
        pytest.param([lambda canvas: canvas.circle(200, 200, 50, fill=1)], ["p1：有图形而没有文字"], id="outlines"),
        pytest.param([lambda canvas: None], [], id="blank page"),
    ],
)
def test_pictures_are_gaps(pages, told):
    found = gaps(read(drawn(*pages)))
    assert len(found) == len(told)
    assert all(gap.startswith(start) for gap, start in zip(found, told, strict=True))


def drawn_code(payload: str):
    """A QR code painted square by square."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    drawing = Drawing(120, 120)
    drawing.add(QrCodeWidget(payload, barWidth=60, barHeight=60))
    return lambda canvas: renderPDF.draw(drawing, canvas, 40, 40)


def code_in_pieces(payload: str):
    whole = code(payload)
    half = whole.width // 2
    boxes = [(x, y, x + half, y + half) for x in (0, half) for y in (0, half)]
    parts = [picture(whole.crop(box), 40 + box[0] / 2, 200 - box[1] / 2, half / 2, half / 2) for box in boxes]
    return both(*parts)


@pytest.mark.parametrize(
    "page",
    [
        both(text("a"), picture(code(SECRET, 1), 40, 40, 30, 30)),
        both(text("a"), picture(code(SECRET), 40, 40, 60, 60)),
        both(text("a"), drawn_code(SECRET)),
        both(text("a"), code_in_pieces(SECRET)),
        picture(code(SECRET), 40, 40, 60, 60),
        drawn_code(SECRET),
    ],
    ids=["tiny", "small picture", "drawn", "in pieces", "nothing else", "drawn and nothing else"],
)
def test_codes_are_read(page):
    extracted = read(drawn(page))
    (segment,) = [s for s in extracted.segments if s.part is Part.ALT_TEXT]
    assert (segment.place, segment.text, segment.hidden) == ("p1 二维码1", SECRET, True)
    assert extracted.gaps == ()


def test_what_a_stored_photograph_says_of_itself():
    photo = jpeg_exif(exif(text_field(0x013B, "张三")))

    def show(canvas):
        canvas.drawImage(ImageReader(BytesIO(photo)), 0, 0, 40, 40)

    def put_back(pdf: pikepdf.Pdf) -> None:  # reportlab stores the pixels only
        (image,) = (o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Image)
        image.write(photo, filter=Name.DCTDecode)

    extracted = read(edited(drawn(both(text("a"), show)), put_back))
    assert at(extracted, "p1 图片1!EXIF/作者").text == "张三"


def test_a_picture_under_a_white_box_is_still_a_gap():
    def cover(canvas):
        canvas.setFillGray(1)
        canvas.rect(0, 0, 200, 200, fill=1, stroke=0)

    page = both(text("seen"), picture(noise(), 0, 0, 120, 100), cover)
    assert gaps(read(drawn(page)))[0].startswith("p1 图片1：")


# --- what hangs on the pages ------------------------------------------------------------------------


def change_of(**entries: object):
    return lambda pdf: annotate(pdf, **entries)


@pytest.mark.parametrize(
    ("entries", "place", "words", "part", "hidden"),
    [
        ({"Subtype": Name.Text, "Contents": String("此处删去")}, "p1 批注1", "此处删去", Part.ANNOTATION, False),
        ({"Subtype": Name.Text, "T": String("张三")}, "p1 批注1 作者", "张三", Part.PROPERTY, True),
        ({"Subtype": Name.Text, "Subj": String("修改")}, "p1 批注1 主题", "修改", Part.PROPERTY, True),
        ({"Subtype": Name.Text, "Contents": String("私下"), "F": 2}, "p1 批注1", "私下", Part.ANNOTATION, True),
        (
            {"Subtype": Name.FreeText, "RC": String("<p>富<b>文</b>本</p>")},
            "p1 批注1",
            "富 文 本",
            Part.ANNOTATION,
            False,
        ),
        (
            {"Subtype": Name.Link, "A": Dictionary(S=Name.URI, URI=String("mailto:zhang@example.org"))},
            "p1 链接1",
            "mailto:zhang@example.org",
            Part.ATTRIBUTE,
            True,
        ),
        (
            {"Subtype": Name.Link, "A": Dictionary(S=Name.Launch, F=Dictionary(UF=String("D:/张三/底稿.doc")))},
            "p1 链接1",
            "D:/张三/底稿.doc",
            Part.ATTRIBUTE,
            True,
        ),
        ({"Subtype": Name.Redact, "OverlayText": String("已删")}, "p1 批注1", "已删", Part.ANNOTATION, False),
        (
            {"Subtype": Name.Widget, "FT": Name.Tx, "T": String("姓名"), "V": String("张三")},
            "表单 姓名",
            "张三",
            Part.FORM_VALUE,
            False,
        ),
        (
            {"Subtype": Name.Widget, "FT": Name.Tx, "T": String("姓名"), "DV": String("李四")},
            "表单 姓名 默认值",
            "李四",
            Part.FORM_VALUE,
            True,
        ),
        (
            {"Subtype": Name.Widget, "FT": Name.Ch, "T": String("人员"), "Opt": Array([String("王五")])},
            "表单 人员 选项",
            "王五",
            Part.FORM_VALUE,
            True,
        ),
        (
            {
                "Subtype": Name.Widget,
                "FT": Name.Sig,
                "T": String("章"),
                "V": Dictionary(ByteRange=Array([0]), Name=String("赵六")),
            },
            "表单 章 签名/Name",
            "赵六",
            Part.PROPERTY,
            True,
        ),
        (
            {"Subtype": Name.Widget, "FT": Name.Tx, "T": String("x"), "TU": String("填写患者姓名")},
            "表单 x 提示",
            "填写患者姓名",
            Part.ATTRIBUTE,
            True,
        ),
    ],
)
def test_words_of_annotations_and_fields(entries, place, words, part, hidden):
    segment = at(read(edited(drawn(text("page")), change_of(**entries))), place)
    assert (segment.text, segment.part, segment.hidden) == (words, part, hidden)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"Subtype": Name.Redact}, "p1 批注1：遮盖标记（Redact）尚未应用"),
        ({"Subtype": Name.RichMedia}, "p1 批注1：含音视频"),
    ],
)
def test_annotations_that_leave_a_gap(entries, told):
    assert [gap for gap in gaps(read(edited(drawn(text("page")), change_of(**entries)))) if gap.startswith(told)]


def test_what_a_stamp_draws_is_read_once():
    def stamp(pdf: pikepdf.Pdf) -> None:
        drawing = appearance(pdf, b"BT /F1 12 Tf 5 5 Td (Internal only) Tj ET", 255, 25)
        annotate(pdf, Subtype=Name.Stamp, Rect=Array([45, 40, 300, 65]), AP=drawing)
        words = appearance(pdf, b"BT /F1 12 Tf 5 5 Td (a note) Tj ET", 255, 25)
        annotate(pdf, Subtype=Name.FreeText, Rect=Array([45, 140, 300, 165]), AP=words, Contents=String("a note"))

    extracted = read(edited(drawn(text("page")), stamp))
    drawn_words = at(extracted, "p1 批注外观")
    assert (drawn_words.text, drawn_words.part, drawn_words.hidden) == ("Internal only", Part.ANNOTATION, False)
    assert extracted.text.count("a note") == 1


def test_dynamic_forms_are_a_gap():
    def form(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))

    assert any(gap.startswith("表单：表单含 XFA") for gap in gaps(read(edited(drawn(text("page")), form))))


def test_fields_below_fields_have_their_full_name():
    def form(pdf: pikepdf.Pdf) -> None:
        child = pdf.make_indirect(Dictionary(T=String("电话"), V=String("0791-00000000")))
        parent = pdf.make_indirect(Dictionary(T=String("联系人"), FT=Name.Tx, Kids=Array([child])))
        child.Parent = parent
        child.Kids = Array([parent])  # a loop ends
        pdf.Root.AcroForm = Dictionary(Fields=Array([parent]))

    assert at(read(edited(drawn(text("page")), form)), "表单 联系人.电话").text == "0791-00000000"


# --- what hangs on the file -------------------------------------------------------------------------


def test_properties_of_both_kinds():
    def describe(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo = pdf.make_indirect(
            Dictionary(Author=String("张三"), Title=pikepdf.Object.parse(b"<B9D8D3DAB9ABBFAAB5C4CDA8D6AA>"))
        )
        xmp = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="底稿-李四">'
            "<dc:creator><rdf:Seq><rdf:li>张三</rdf:li><rdf:li>王五</rdf:li></rdf:Seq></dc:creator>"
            "</rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)

    extracted = read(edited(drawn(text("page")), describe))
    told = [(s.place, s.text) for s in extracted.segments if s.place.startswith("属性")]
    assert told == [
        ("属性 Author", "张三"),
        ("属性 Title", "关于公开的通知"),
        ("属性 source", "底稿-李四"),
        ("属性 creator", "王五"),
    ]
    assert all(s.hidden and s.part is Part.PROPERTY for s in extracted.segments if s.place.startswith("属性"))


@pytest.mark.parametrize("xmp", [b"<broken", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;"])
def test_broken_metadata_is_a_gap(xmp):
    def describe(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)

    assert any("XMP）已损坏" in gap for gap in gaps(read(edited(drawn(text("page")), describe))))


def test_bookmarks_are_read_and_a_loop_among_them_ends():
    def outline(pdf: pikepdf.Pdf) -> None:
        first = pdf.make_indirect(Dictionary(Title=String("一、人员名单")))
        second = pdf.make_indirect(Dictionary(Title=String("二、处理意见"), Next=first))
        first.Next, first.First = second, first
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first, Last=second))

    extracted = read(edited(drawn(text("page")), outline))
    assert [(s.place, s.text, s.hidden) for s in extracted.segments if s.place.startswith("书签")] == [
        ("书签1", "一、人员名单", False),
        ("书签2", "二、处理意见", False),
    ]


def test_strings_that_nobody_asked_for():
    def change(pdf: pikepdf.Pdf) -> None:
        target = Array([pdf.pages[0].obj, Name.Fit])
        names = Array([String("_Toc123456789"), target, String("张三的材料"), target])
        pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))
        pdf.Root.Dests = Dictionary({"/13800138000": target})
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("No. 19040203"))]))

    extracted = read(edited(drawn(text("page")), change))
    told = {s.text for s in extracted.segments if s.place.startswith("其他文字") and s.hidden}
    assert told == {"张三的材料", "13800138000", "No. 19040203"}


def test_scripts_wherever_they_stand():
    def script(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('内部')"))
        action = Dictionary(S=Name.JavaScript, JS=pdf.make_stream("var 联系人='张三'".encode()))
        pdf.pages[0].obj.AA = Dictionary(O=action)

    extracted = read(edited(drawn(text("page")), script))
    assert {s.text for s in extracted.segments if s.part is Part.SCRIPT and s.hidden} == {
        "app.alert('内部')",
        "var 联系人='张三'",
    }


def test_alternative_texts_that_the_page_does_not_say():
    def tag(pdf: pikepdf.Pdf) -> None:
        said = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String("pa ge")))
        unsaid = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String("张三的身份证照片")))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([said, unsaid])))

    extracted = read(edited(drawn(text("page")), tag))
    assert [s.text for s in extracted.segments if s.part is Part.ALT_TEXT] == ["张三的身份证照片"]


def test_what_is_drawn_counts_not_what_is_said_to_be_drawn():
    content = b"BT /F1 12 Tf 50 350 Td /Span <</ActualText (harmless)>> BDC (secret 19040203) Tj EMC ET"
    extracted = read(raw_page(content))
    assert shown(extracted) == [SECRET]
    assert [(s.place, s.text, s.hidden) for s in extracted.segments[1:]] == [("替代文字 p1 ¶1", "harmless", True)]


@pytest.mark.parametrize("properties", [True, False], ids=["in the properties", "in the content"])
def test_what_is_said_the_same_is_not_told_twice(properties):
    def name(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.Properties = Dictionary(P1=Dictionary(ActualText=String("secret")))

    mark = b"/Span /P1 BDC" if properties else b"/Span <</ActualText (secret)>> BDC"
    content = b"BT /F1 12 Tf 50 350 Td " + mark + b" (secret) Tj EMC ( 19040203) Tj ET"
    extracted = read(raw_page(content, name))
    assert (shown(extracted), concealed(extracted)) == ([SECRET], [])


def test_an_editors_private_data_is_a_gap():
    def pack(pdf: pikepdf.Pdf) -> None:
        private = Dictionary(Private=pdf.make_stream(b"the original drawing"))
        pdf.pages[0].obj.PieceInfo = Dictionary(Illustrator=private)

    assert any(gap.startswith("编辑软件私有数据：") for gap in gaps(read(edited(drawn(text("page")), pack))))


# --- files inside -----------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    inner = drawn(text(f"level {depth}"))
    return inner if depth == 0 else edited(inner, lambda pdf: attach(pdf, f"{depth - 1}.pdf", nested(depth - 1)))


def test_attachments_are_read_by_their_own_reader():
    def pack(pdf: pikepdf.Pdf) -> None:
        attach(pdf, "名单.txt", "张三\n李四\n".encode())
        attach(pdf, "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40))

    extracted = read(edited(drawn(text("page")), pack))
    assert at(extracted, "附件 名单.txt").part is Part.FILE_NAME
    inner = [s for s in extracted.segments if s.place.startswith("附件 名单.txt!")]
    assert [(s.text, s.part, s.hidden) for s in inner] == [
        ("张三", Part.EMBEDDED, True),
        ("李四", Part.EMBEDDED, True),
    ]
    assert any(gap.startswith("附件 photo.png!") and "图片" in gap for gap in gaps(extracted))


def test_tables_of_several_attachments_keep_apart():
    def pack(pdf: pikepdf.Pdf) -> None:
        for name in ("a.csv", "b.csv"):
            attach(pdf, name, "姓名,电话\n张三,0791-00000000\n".encode())

    extracted = read(edited(drawn(text("page")), pack))
    tables = {s.place.split("!")[0]: s.cell.table for s in extracted.segments if s.cell is not None}
    assert len(tables) == len(set(tables.values())) == 2


def test_a_file_that_only_an_annotation_knows():
    def pin(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream("张三".encode(), Type=Name.EmbeddedFile)
        holder = Dictionary(Type=Name.Filespec, UF=String("便签.txt"), EF=Dictionary(F=stream))
        annotate(pdf, Subtype=Name.FileAttachment, FS=holder)

    extracted = read(edited(drawn(text("page")), pin))
    assert [s.text for s in extracted.segments if s.place.startswith("附件 便签.txt!")] == ["张三"]


def test_attachments_of_attachments_end_somewhere():
    extracted = read(nested(7))
    texts = [s.text for s in extracted.segments]
    assert [f"level {n}" in texts for n in (7, 6, 3, 2, 1, 0)] == [True, True, True, True, False, False]
    assert any("嵌套超过 5 层" in gap for gap in gaps(extracted))


# --- what was left behind ---------------------------------------------------------------------------


def replaced(words: bytes):
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 50 350 Td (" + words + b") Tj ET")

    return change


def test_an_earlier_revision_gives_up_what_the_last_one_does_not_say():
    data = saved_again(raw_page(b"BT /F1 12 Tf 50 350 Td (draft by Zhang) Tj 0 -18 Td (same) Tj ET"), replaced(b"same"))
    extracted = read(data)
    assert shown(extracted) == ["same"]
    earlier = [(s.place, s.text, s.hidden) for s in extracted.segments if s.place.startswith("早期版本1 ")]
    assert earlier == [("早期版本1 p1 ¶1", "draft by Zhang", True)]


def test_an_earlier_revision_that_says_nothing_more_is_only_mentioned():
    data = saved_again(raw_page(b"BT /F1 12 Tf 50 350 Td (same) Tj ET"), replaced(b"same and more"))
    extracted = read(data)
    assert [s.place for s in extracted.segments if s.hidden] == ["早期版本1"]
    assert gaps(extracted) == []


def test_annotations_of_an_earlier_revision():
    def remove(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj.Annots

    first = raw_page(b"BT /F1 12 Tf 50 350 Td (same) Tj ET", change_of(Subtype=Name.Text, Contents=String("不宜公开")))
    extracted = read(saved_again(first, remove))
    assert at(extracted, "早期版本1 p1 批注1").text == "不宜公开"


def test_a_linearised_file_has_no_earlier_revision():
    target = BytesIO()
    with pikepdf.open(BytesIO(drawn(text("page"), text("other")))) as pdf:
        pdf.save(target, linearize=True)
    assert target.getvalue().count(b"%%EOF") == 2
    assert not [s for s in read(target.getvalue()).segments if s.place.startswith("早期版本")]


def test_a_page_that_left_the_tree_is_read():
    whole = drawn(text("stays"), text("removed page")).replace(b"/Count 2", b"/Count 1")
    kids = whole.index(b"/Kids [ ")
    second, end = whole.index(b" R ", kids) + 3, whole.index(b"]", kids)
    extracted = read(whole[:second] + b" " * (end - second) + whole[end:])
    assert shown(extracted) == ["stays"]
    assert at(extracted, "残留页 p1 ¶1").text == "removed page"


def orphaned(thing: bytes) -> bytes:
    """A page, and an object that nothing refers to."""
    data = raw_page(b"BT /F1 12 Tf 50 350 Td (stays) Tj ET")
    cut = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    size = int(data[data.index(b"/Size ") + 6 :].split()[0])
    body = b"%d 0 obj\n%b\nendobj\n" % (size, thing)
    table = data[cut:].replace(b"xref\n0 %d\n" % size, b"xref\n0 %d\n" % (size + 1), 1)
    table = table.replace(b"trailer", b"%010d 00000 n \ntrailer" % cut, 1).replace(
        b"/Size %d" % size, b"/Size %d" % (size + 1)
    )
    return data[:cut] + body + table[: table.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % (cut + len(body))


def test_strings_of_forgotten_objects():
    extracted = read(orphaned(b"<< /Contents (not for the public) /T (x) /NM (a-1) /Kids [(Zhang San)] >>"))
    left = [s.text for s in extracted.segments if s.place.startswith("残留对象")]
    assert sorted(left) == ["Zhang San", "not for the public"]


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        (b"<< /Length 22 >>\nstream\nBT (a) Tj (b) Tj ET   \nendstream", "残留内容"),
        (b"<< /Length 3 /Subtype /Image /Width 99 /Height 99 >>\nstream\nabc\nendstream", "残留图像"),
        (b"<< /Length 3 /Subtype /Image /Width 9 /Height 9 >>\nstream\nabc\nendstream", None),
        (b"<< /Length 22 /Length1 22 >>\nstream\nBT (a) Tj (b) Tj ET   \nendstream", None),
    ],
    ids=["content", "picture", "icon", "font file"],
)
def test_streams_that_were_forgotten(thing, told):
    assert [gap.split("：")[0] for gap in gaps(read(orphaned(thing)))] == ([told] if told else [])


def test_content_under_a_wrong_key_is_a_gap():
    def misplace(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contends = page.Contents
        del page.Contents

    assert any(gap.startswith("残留内容：") for gap in gaps(read(edited(drawn(text("lost")), misplace))))


def test_data_behind_the_end_is_a_gap():
    data = drawn(text("page"))
    assert gaps(read(data + b"\n" * 2000)) == []
    assert any(gap.startswith("文件末尾：") for gap in gaps(read(data + b"PK\3\4" * 500)))
    (tail,) = (s for s in read(data + "张三的备注：住一村".encode()).segments if s.place == "文件末尾")
    assert (tail.text, tail.hidden) == ("张三的备注：住一村", True)


# --- files that do not open -------------------------------------------------------------------------


def test_a_password_that_is_needed_is_a_gap():
    data = drawn(text("page"), encrypt=StandardEncryption("user", "owner", canPrint=0))
    extracted = read(data)
    assert extracted.segments == ()
    assert "已加密" in gaps(extracted)[0]


def test_an_empty_password_opens():
    data = drawn(text(SECRET), encrypt=StandardEncryption("", "owner", canPrint=0))
    extracted = read(data)
    assert (shown(extracted), gaps(extracted)) == ([SECRET], [])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_repaired_or_a_gap(share):
    data = drawn(*[text(f"page {n}") for n in range(9)])
    extracted = read(data[: int(len(data) * share)])
    assert shown(extracted) or gaps(extracted)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-" + bytes(5000)], ids=repr)
def test_what_is_hardly_a_file_is_a_gap(data):
    assert gaps(read(data))


def test_a_damaged_table_of_objects_is_repaired():
    data = drawn(text(SECRET))
    extracted = read(data.replace(b"startxref", b"startxxxx"))
    assert shown(extracted) == [SECRET]
    assert gaps(extracted)[0].startswith("文件结构：文件结构已损坏，经修复后读取")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"BT /F1 12 Tf 50 350 Td (seen 12 cm, 0 Tf) Tj ET", False),
        (b"BT /F1 12 Tf 50 350 Td [(se(e)n) -3 (\\) Tf)] TJ ET % 0 Tf", False),
        (b"q 0 0 0 5 0 0 cm Q BT /F1 12 Tf 1 0 0 -1 50 350 Tm <41> Tj ET", False),
        (b"BT /F1 0 Tf 50 350 Td (x 19040203) Tj ET", True),
        (b"BT /F9 12 Tf 50 350 Td (x 19040203) Tj ET", True),
        (b"BT /F1 12 Tf 0 Tz 50 350 Td (x 19040203) Tj ET", True),
        (b"BT /F1 12 Tf 0 0 0 0 50 350 Tm <5829> Tj ET", True),
        (b"q 1 0 1 0 0 0 cm BT /F1 12 Tf 50 350 Td (x 19040203) Tj ET Q", True),
        (b"q 1 0 0 0 0 cm BT /F1 12 Tf 50 350 Td (x 19040203) Tj ET Q", True),
        (b"BT /F1 12 Tf 50 350 Td (x 19040203) TjT ET", True),
        (b"BT /F1 12 Tf 50 350 Td (x 19040203 Tj ET", True),
        (b"BT /F1 12 Tf 50 350 Td x 19040203) Tj ET", True),
        (b"< BT /F1 12 Tf 50 350 Td (x 19040203) Tj ET", True),
        (b"q BI /W 1 /H 1 /BPC 8 /CS /G ID ( EI Q BT /F1 12 Tf 50 350 Td (seen) Tj ET", False),
    ],
)
def test_text_that_no_program_shows_is_a_gap(content, told):
    extracted = read(raw_page(b"BT /F1 12 Tf 50 99 Td (page) Tj ET " + content))
    assert any(gap.startswith("p1：有显示不出的文字") for gap in gaps(extracted)) is told


def spoil(stream: pikepdf.Stream) -> None:
    packed = bytearray(zlib.compress(stream.read_bytes()))
    packed[len(packed) // 3 :] = bytes(len(packed) - len(packed) // 3)
    stream.write(bytes(packed), filter=Name.FlateDecode)


def test_content_that_does_not_unpack_is_a_gap():
    data = edited(drawn(text("seen"), text("lost " * 20)), lambda pdf: spoil(pdf.pages[1].obj.Contents))
    assert [gap for gap in gaps(read(data)) if gap.startswith("p2：页面内容已损坏")]


def test_a_form_that_does_not_unpack_is_a_gap():
    data = edited(drawn(in_a_form), lambda pdf: spoil(next(iter(pdf.pages[0].obj.Resources.XObject.values()))))
    assert [gap for gap in gaps(read(data)) if gap.startswith("文件结构：部分图文对象已损坏")]


def test_an_attachment_that_does_not_unpack_is_a_gap():
    def pack(pdf: pikepdf.Pdf) -> None:
        attach(pdf, "a.txt", "张三".encode() * 50)
        spoil(pdf.Root.Names.EmbeddedFiles.Names[1].EF.F)

    assert [gap for gap in gaps(read(edited(drawn(text("page")), pack))) if gap.startswith("附件 a.txt：附件已损坏")]


def test_bytes_turned_at_random_never_raise():
    data = drawn(both(text(SECRET), picture(noise(), 0, 0, 120, 100)), chinese("关于公开的通知"))
    source = random.Random(7)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(source.randrange(1, 30)):
            broken[source.randrange(len(data))] = source.randrange(256)
        extracted = read(bytes(broken))
        assert extracted.segments or extracted.gaps


# --- limits -----------------------------------------------------------------------------------------


def test_pages_beyond_the_most_are_a_gap(monkeypatch):
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    extracted = read(drawn(*[text(f"page {n}") for n in range(5)]))
    assert shown(extracted) == ["page 0", "page 1"]
    assert gaps(extracted)[0].startswith("p3–p5：超过 2 页")


@pytest.mark.parametrize(
    ("left_s", "pages", "told"),
    [(3, [], "p1–p2：时间用尽"), (12, ["page 0", "page 1"], "p1–p2：页数过多，未检查文字是否可见")],
)
def test_time_that_runs_out_is_told(monkeypatch, left_s, pages, told):
    monkeypatch.setattr(pdf_pages, "time_left_s", lambda: left_s)
    extracted = read(drawn(text("page 0"), text("page 1")))
    assert shown(extracted) == pages
    assert gaps(extracted)[0].startswith(told)
