"""Text in pictures, recognised by the extra `ocr`; these tests need it and are skipped without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders_image import frames, plain, saved, striped
from builders_ooxml import Extra, Relation, docx, paragraph
from builders_ooxml import picture as placed
from builders_pdf import both, drawn, picture, text
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from reviewer.extract import Source, extract, limits
from reviewer.extract import docx as docx_reader
from reviewer.extract.image import ocr, read, read_picture
from reviewer.extract.limits import Limits
from reviewer.extract.pdf import read as read_pdf
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")

SCAN = Image.open(Path(__file__).with_name("pictures") / "scan.png").convert("L")
HEAD = SCAN.crop((0, 0, 1000, 180))
TABLE = SCAN.crop((0, 400, 1000, 600))
MARK, TITLE = "机密★10年", "青石县人民政府办公室文件"
FIRST, SECOND = "110101190003070010", "11010119050812001X"


@pytest.fixture(autouse=True)
def switched_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("REVIEWER_OCR")
    yield
    limits.start_clock(float("inf"))


def texts(extracted: Extracted) -> list[str]:
    return [segment.text for segment in extracted.segments]


def gaps(extracted: Extracted) -> list[str]:
    return [f"{gap.place}：{gap.reason}" for gap in extracted.gaps]


def scanned(*, box: tuple[float, float, float, float] | None = None, layer: str = ""):
    """A page that is a picture, a black box over a part of it, an invisible text layer over all of it."""

    def cover(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        canvas.rect(*box, fill=1, stroke=0)

    def overlay(canvas: Canvas) -> None:
        words = canvas.beginText(30, 300)
        words.setFont("STSong-Light", 12)
        words.setTextRenderMode(3)
        for line in layer.split("\n"):
            words.textLine(line)
        canvas.drawText(words)

    page = [picture(SCAN, 0, 0, 500, 350), *([cover] if box else []), *([overlay] if layer else [])]
    return drawn(both(*page), size=(500, 350))


def test_a_scan_is_read_in_order_and_to_the_digit():
    extracted = read(saved(SCAN))
    assert texts(extracted)[:2] == [MARK, TITLE]
    assert texts(extracted)[2].replace("\n", "").startswith("各乡镇人民政府，县直有关部门")
    assert [row.split("  ")[:2] for row in texts(extracted)[-3:]] == [
        ["姓名", "居民身份证号"],
        ["张三", FIRST],
        ["王五", SECOND],
    ]
    assert extracted.segments[0].place == "识别¶1" and not extracted.segments[0].hidden
    assert extracted.gaps == ()


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_turned_back(angle):
    extracted = read(saved(HEAD.rotate(angle, expand=True)))
    assert texts(extracted) == [MARK, TITLE]
    assert extracted.gaps == ()


def test_what_is_not_clear_is_a_gap():
    (gap,) = gaps(read(saved(TABLE.filter(ImageFilter.GaussianBlur(4)))))
    assert gap == "图面：图中有文字识别不清：由审核人看图核对"


@pytest.mark.parametrize(
    "image", [Image.radial_gradient("L").resize((480, 320)), striped(size=(400, 300))], ids=["gradient", "stripes"]
)
def test_a_picture_without_text_is_silent(image):
    extracted = read(saved(image))
    assert (extracted.segments, extracted.gaps) == ((), ())


def test_pale_and_transparent_writing():
    pale = HEAD.point(lambda value: 215 + value * 40 // 255)
    unseen = Image.merge("RGBA", (HEAD, HEAD, HEAD, plain(0, "L", HEAD.size)))
    assert texts(read(saved(pale))) == [MARK, TITLE]
    assert [(s.text, s.hidden) for s in read(saved(unseen)).segments] == [(MARK, True), (TITLE, True)]


def test_pages_of_a_tiff():
    extracted = read(frames(HEAD, plain("white", "L", HEAD.size), TABLE))
    assert [s.place for s in extracted.segments][:3] == ["p1 识别¶1", "p1 识别¶2", "p3 识别¶1"]
    assert extracted.gaps == ()


def test_in_a_document_and_in_the_confined_child():
    body = docx(
        paragraph(placed("i1")),
        relations=[Relation(id="i1", kind="image", target="media/1.png")],
        extras=[Extra(name="media/1.png", content=saved(HEAD))],
    )
    document = extract(Source(path="a", name="a.docx", data=body), Limits(wall_s=120, cpu_s=240))
    found = [(s.place, s.text, s.part, s.hidden) for s in document.segments if "识别" in s.place]
    assert found == [
        ("图片1（¶1 附近）!识别¶1", MARK, Part.TEXT_BOX, False),
        ("图片1（¶1 附近）!识别¶2", TITLE, Part.TEXT_BOX, False),
    ]
    assert document.gaps == ()


def test_a_scanned_page_and_what_a_black_box_hides_on_it():
    extracted = read_pdf(scanned(box=(120, 95, 220, 20)))
    shown = "\n".join(s.text for s in extracted.segments if not s.hidden)
    hidden = "\n".join(s.text for s in extracted.segments if s.hidden and "识别" in s.place)
    assert MARK in shown and SECOND in shown and FIRST not in shown
    assert FIRST in hidden


@pytest.mark.parametrize(
    ("change", "agrees"),
    [(("通知", "通知"), True), ((FIRST, FIRST.replace("0307", "0301")), False), ((MARK, ""), False)],
    ids=["the same", "another number", "a mark left out"],
)
def test_a_layer_that_somebody_else_recognised_is_compared(change, agrees):
    own = "\n".join(texts(read(saved(SCAN))))
    extracted = read_pdf(scanned(layer=own.replace(*change)))
    assert (extracted.gaps == ()) is agrees
    assert any(s.place.startswith("p1 识别") and MARK in s.text for s in extracted.segments) is not agrees


def test_a_picture_beside_text():
    extracted = read_pdf(drawn(both(text("typed"), picture(HEAD, 0, 0, 400, 72))))
    assert [(s.place, s.text) for s in extracted.segments if "识别" in s.place] == [
        ("p1 图片1 识别¶1", MARK),
        ("p1 图片1 识别¶2", TITLE),
    ]
    assert extracted.gaps == ()


def test_an_engine_that_does_not_start_is_a_gap(monkeypatch):
    import rapidocr

    def fail(**_: object) -> None:
        raise RuntimeError("no model")

    monkeypatch.setattr(rapidocr, "RapidOCR", fail)
    ocr._engine.cache_clear()
    assert gaps(read(saved(HEAD))) == ["图面：识字组件出错（RuntimeError），图中文字未识别：由审核人看图核对"]


def test_without_time_pictures_are_gaps():
    limits.start_clock(5)
    assert "时间用尽" in gaps(read_picture(saved(HEAD)))[0]
    assert gaps(read_pdf(scanned()))[0].startswith("p1：时间用尽")


def test_switched_off(monkeypatch):
    monkeypatch.setenv("REVIEWER_OCR", "off")
    assert "pip install" in gaps(read(saved(HEAD)))[0]


def test_it_can_read_a_docx_without_pictures_too():
    assert docx_reader.read(docx(paragraph())).gaps == ()
