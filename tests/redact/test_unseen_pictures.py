"""Pictures that go with what is hidden: on hidden slides, in notes, shown nowhere; and handwriting, which stays."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from builders_image import emf, emf_record, emf_text
from builders_ooxml import Extra, Relation, Slide, docx, paragraph, pptx, run, shape, slide_part
from builders_ooxml import picture as placed
from redacting import DAY, proposed, redact, reviewed

from reviewer.cli import hits
from reviewer.errors import RedactionError, UsageError
from reviewer.redact.looks import Look, decided, undecided
from reviewer.redact.masks import How, masking
from reviewer.redact.plan import edited_plan
from reviewer.redact.search import left_over
from reviewer.screen import screener_for, settings
from reviewer.screen.redaction import redacted
from reviewer.strict import Table
from reviewer.terms import Decision, Gap

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


def written_on() -> bytes:
    """A slide with a number and handwriting: strokes, and the picture that stands for them."""
    ink = (
        f'<mc:AlternateContent {MARKUP}><mc:Choice Requires="p14"><p:contentPart r:id="i1"/></mc:Choice>'
        f"<mc:Fallback>{PICTURE}</mc:Fallback></mc:AlternateContent>"
    )
    relations = [IMAGE, Relation(id="i1", kind="customXml", target="../ink/1.xml")]
    strokes = Extra(name="ink/1.xml", content='<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2</trace></ink>')
    lines = Extra(name="media/1.emf", content=emf(*[LINE] * 9))
    return pptx(Slide(shapes=PAGE.shapes + ink, relations=relations), extras=[strokes, lines])


def written_in() -> bytes:
    """The same in a paragraph of a text."""
    content = '<w14:contentPart xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" r:id="k1"/>'
    ink = (
        f'<w:r><mc:AlternateContent {MARKUP}><mc:Choice Requires="wpi"><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{placed('p1')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    relations = [
        Relation(id="p1", kind="image", target="media/1.emf"),
        Relation(id="k1", kind="customXml", target="ink/1.xml"),
    ]
    strokes = Extra(name="ink/1.xml", content='<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2</trace></ink>')
    lines = Extra(name="media/1.emf", content=emf(*[LINE] * 9))
    body = paragraph(run(f"张三 身份证号{NUMBER}")) + paragraph(ink)
    return docx(body, extras=[strokes, lines], relations=relations)


def test_handwriting_is_for_people() -> None:
    with pytest.raises(RedactionError, match=r"图片1（幻灯片1 附近）.+looks"):
        redact("演示.pptx", written_on())


@pytest.mark.parametrize(
    ("name", "write", "part"), [("演示.pptx", written_on, "ppt"), ("公示.docx", written_in, "word")]
)
@pytest.mark.parametrize(("how", "stays"), [("keep", True), ("remove", False)])
def test_handwriting_that_a_person_has_looked_at_stays_as_its_picture_or_goes(
    name: str, write: Callable[[], bytes], part: str, how: str, stays: bool
) -> None:
    source, review = reviewed(name, write())
    plan = json.loads(json.dumps(proposed(review).json()))
    assert [look["place"] for look in plan["looks"]] == [f"{part}/ink/1.xml"]
    plan["looks"][0]["how"] = how
    wanted = edited_plan(proposed(review), json.dumps(plan).encode(), "plan.json")
    made = redacted(screener_for(settings(None, DAY)), source, review, wanted, masking())
    names = zipfile.ZipFile(io.BytesIO(made.data)).namelist()
    assert (f"{part}/media/1.emf" in names) is stays
    assert not [name for name in names if "ink" in name]
    told = made.certificate.json()
    assert [row["decision"] for row in told["looked_at"]] == [
        "looked at by a person, kept" if stays else "looked at by a person, removed"
    ]
    assert (told["proof"]["screened_again"] == "clear") is not stays


@pytest.mark.parametrize(("answers", "how"), [(["k"], How.KEEP), (["x", "d"], How.REMOVE), ([""], How.PERSON)])
def test_a_person_is_asked_what_was_seen(answers: list[str], how: How, monkeypatch: pytest.MonkeyPatch) -> None:
    _, review = reviewed("演示.pptx", written_on())
    given = iter([*("" for _ in proposed(review).operations), *answers])
    monkeypatch.setattr(hits.typer, "prompt", lambda *_, **__: next(given))
    assert [look.how for look in hits.asked(proposed(review)).looks] == [how]
    assert next(given, None) is None


@pytest.mark.parametrize(
    ("row", "word"),
    [({"place": "图片1（¶1 附近）", "how": "remove"}, "原件"), ({"place": "ppt/ink/9.xml", "how": "keep"}, "looks")],
)
def test_a_look_that_cannot_be_is_refused(row: dict[str, str], word: str) -> None:
    known = (Look(place="图片1（¶1 附近）", reason="未读取"), Look(place="ppt/ink/1.xml", reason="未读取"))
    with pytest.raises(UsageError, match=word):
        decided(known, [Table(row, "plan.json")], "plan.json")


KEPT = Look(place="图片3（幻灯片4 附近）", reason="未识别", how=How.KEEP)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        pytest.param((KEPT,), 1, id="one was kept, two are there"),
        pytest.param((KEPT, replace(KEPT, place="图片9（幻灯片9 附近）")), 0, id="both were kept"),
        pytest.param((KEPT, KEPT, replace(KEPT, how=How.PERSON)), 2, id="one of the kind is undecided"),
        pytest.param((KEPT, Look(place="ppt/ink/1.xml", reason="墨迹", how=How.KEEP)), 0, id="ink as its picture"),
        pytest.param((KEPT, Look(place="ppt/ink/1.xml", reason="墨迹", how=How.REMOVE)), 1, id="ink that went"),
    ],
)
def test_what_nobody_decided_on_is_left(said: tuple[Look, ...], left: int) -> None:
    gaps = [Gap(place=f"图片{n}（幻灯片{n} 附近）", reason="未识别") for n in (1, 2)]
    assert len(undecided(gaps, said)) == left
    assert undecided([Gap(place="全文", reason="未识别")], said)
