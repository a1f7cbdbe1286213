"""Pictures that go with what is hidden: on hidden slides, in notes, shown nowhere; and handwriting, which stays."""

from __future__ import annotations

import io
import zipfile

import pytest
from builders_image import emf, emf_record, emf_text
from builders_ooxml import Extra, Relation, Slide, pptx, shape, slide_part
from redacting import redact

from reviewer.errors import RedactionError
from reviewer.redact.search import left_over
from reviewer.terms import Decision

NUMBER = "529931191506184862"
PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="9" name="图"/></p:nvPicPr><p:blipFill><a:blip r:embed="p1"/></p:blipFill></p:pic>'
)
IMAGE = Relation(id="p1", kind="image", target="../media/1.emf")
PAGE = Slide(shapes=shape("公示") + shape(f"张三 {NUMBER}"))
DRAWN = Extra(name="media/1.emf", content=emf(emf_text("第三季度数据")))
NOTES_OF_PAGE = Relation(id="n1", kind="notesSlide", target="../notesSlides/1.xml")
NOTES = Extra(name="notesSlides/1.xml", content=slide_part("notes", shape("讲稿") + PICTURE), relations=[IMAGE])
LINE = emf_record(54, bytes(8))
MARKUP = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def proved(data: bytes) -> zipfile.ZipFile:
    made = redact("演示.pptx", data)
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert left_over(made.data, [NUMBER], "") == {}
    return zipfile.ZipFile(io.BytesIO(made.data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            pptx(Slide(shapes=shape("旧稿") + PICTURE, attributes='show="0"', relations=[IMAGE]), PAGE, extras=[DRAWN]),
            id="on a hidden slide",
        ),
        pytest.param(
            pptx(
                Slide(shapes=PAGE.shapes, relations=[NOTES_OF_PAGE]), extras=[NOTES, DRAWN],
            ),
            id="in notes",
        ),
        pytest.param(pptx(Slide(shapes=PAGE.shapes, relations=[IMAGE]), extras=[DRAWN]), id="shown nowhere"),
    ],
)  # fmt: skip
def test_a_picture_that_nobody_sees_goes(data: bytes) -> None:
    assert not [name for name in proved(data).namelist() if "media" in name]


def test_a_picture_that_is_seen_stays() -> None:
    copy = proved(pptx(Slide(shapes=PAGE.shapes + PICTURE, relations=[IMAGE]), extras=[DRAWN]))
    assert copy.read("ppt/media/1.emf") == DRAWN.content


def test_a_picture_with_an_alternative_text_alone_on_its_page_stays() -> None:
    """The alternative text is hidden by its nature: it says nothing of whether the page is."""
    described = PICTURE.replace('name="图"', 'name="图" descr="图表"')
    copy = proved(pptx(PAGE, Slide(shapes=described, relations=[IMAGE]), extras=[DRAWN]))
    assert copy.read("ppt/media/1.emf") == DRAWN.content


def test_handwriting_stays_as_its_picture_and_is_for_people() -> None:
    ink = (
        f'<mc:AlternateContent {MARKUP}><mc:Choice Requires="p14"><p:contentPart r:id="i1"/></mc:Choice>'
        f"<mc:Fallback>{PICTURE}</mc:Fallback></mc:AlternateContent>"
    )
    relations = [IMAGE, Relation(id="i1", kind="customXml", target="../ink/1.xml")]
    strokes = Extra(name="ink/1.xml", content='<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2</trace></ink>')
    lines = Extra(name="media/1.emf", content=emf(*[LINE] * 9))
    with pytest.raises(RedactionError, match="图片1（幻灯片1 附近）"):
        redact("演示.pptx", pptx(Slide(shapes=PAGE.shapes + ink, relations=relations), extras=[strokes, lines]))
