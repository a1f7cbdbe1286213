"""Text in pictures is burned into their pixels: what was found is gone, the rest reads as before. Needs `ocr`."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from builders_ooxml import Extra, Relation, docx, paragraph, run
from builders_ooxml import picture as placed
from builders_pdf import both, drawn, text
from builders_pdf import picture as drawn_picture
from carriers.images import saved
from PIL import Image, ImageChops
from redacting import DAY, Made, proposed, redact, reviewed

import reviewer.redact.burning
from reviewer.errors import RedactionError, UsageError
from reviewer.extract.image.arrange import Letter, Line, Paragraph
from reviewer.redact.burning import brush, worker
from reviewer.redact.burning.task import Box, Done, Span, Task
from reviewer.redact.masks import How, masking
from reviewer.redact.pictures import stripped
from reviewer.redact.plan import Plan, edited_plan
from reviewer.screen import screener_for, settings
from reviewer.screen.redaction import redacted
from reviewer.terms import Decision

SCAN = Image.open(Path(__file__).parents[1] / "extract" / "pictures" / "scan.png").convert("L")
TABLE = SCAN.crop((0, 405, 1000, 535))
NUMBERS = ("110101190003070010",)
CODE_NUMBER = "529931190101019998"


@pytest.fixture
def recognising(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The engine is started once, in this process: a child for each picture would cost seconds."""
    pytest.importorskip("rapidocr")
    pytest.importorskip("onnxruntime")
    monkeypatch.delenv("REVIEWER_OCR")
    monkeypatch.setattr(reviewer.redact.burning, "brushed", worker.burned)
    yield


def pictured(picture: bytes) -> bytes:
    relation = Relation(id="i1", kind="image", target="media/1.png")
    extra = Extra(name="media/1.png", content=picture)
    return docx(paragraph(run("名单见图。")) + paragraph(placed("i1")), extras=[extra], relations=[relation])


def code(text: str = f"身份证号{CODE_NUMBER}") -> bytes:
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return saved(Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=6)), "PNG")


def said(made: Made) -> str:
    return "".join("".join(s.text.split()) for s in made.redaction.review.document.segments if not s.hidden)


@pytest.mark.usefixtures("recognising")
def test_a_picture_in_a_document_loses_what_was_found_and_nothing_else() -> None:
    made = redact("公示.docx", pictured(saved(TABLE, "PNG")))
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert {one.how for one in made.plan.operations} == {How.BURN}
    assert not any(number in said(made) for number in NUMBERS)
    before = "".join("".join(s.text.split()) for s in made.review.document.segments if not s.hidden)
    gone = [made.review.document.text[one.start : one.end] for one in made.plan.operations]
    assert len(said(made)) >= len(before) - sum(map(len, gone)) - 4 > 20
    (row,) = made.redaction.certificate.json()["burned"]
    assert (row["part"], row["place"]) == ("word/media/1.png", "图片1（¶2 附近）")
    picture = zipfile.ZipFile(io.BytesIO(made.data)).read("word/media/1.png")
    after = Image.open(io.BytesIO(picture))
    changed = ImageChops.difference(after.convert("L"), TABLE).point(lambda value: 255 * (value > 0))
    assert after.size == TABLE.size
    assert 0 < changed.histogram()[255] < TABLE.width * TABLE.height / 3
    assert stripped(picture) == picture


@pytest.mark.usefixtures("recognising")
def test_a_picture_that_is_the_document_keeps_its_format_and_loses_the_rest() -> None:
    facts = Image.Exif()
    facts[0x013B] = "作者"
    made = redact("名单.jpg", saved(TABLE, "JPEG", exif=facts.tobytes()))
    copy = Image.open(io.BytesIO(made.data))
    assert (copy.format, dict(copy.getexif())) == ("JPEG", {})
    assert not any(number in said(made) for number in NUMBERS)


@pytest.mark.usefixtures("recognising")
def test_pages_and_flat_documents_hold_their_pictures_in_themselves() -> None:
    address = f"data:image/png;base64,{base64.b64encode(saved(TABLE, 'PNG')).decode()}"
    made = redact("名单.html", f'<meta charset="utf-8"><p>名单见图。</p><img src="{address}">'.encode())
    assert not any(number in said(made) for number in NUMBERS)


def test_a_plan_may_keep_a_place_in_a_picture_and_do_nothing_else_with_it() -> None:
    source, review = reviewed("码.docx", pictured(code()))
    plan = proposed(review)
    assert [one.how for one in plan.operations] == [How.BURN]

    def handed_back(how: str) -> Plan:
        content = json.loads(json.dumps(plan.json()))
        content["operations"][0].update(how=how)
        return edited_plan(plan, json.dumps(content).encode(), "plan.json")

    with pytest.raises(UsageError, match="burn"):
        handed_back("mask")
    with pytest.raises(RedactionError, match="二维码1"):
        redacted(screener_for(settings(None, DAY)), source, review, handed_back("keep"), masking())


@pytest.mark.usefixtures("recognising")
@pytest.mark.parametrize(("words", "place"), [((), "p1"), (("Notice",), "p1 图片1")])
def test_a_scan_is_burned_as_a_page_and_a_picture_beside_text_by_itself(words: tuple[str, ...], place: str) -> None:
    draws = [drawn_picture(TABLE, 0, 0, 500, 65), *([text(*words, y=100)] if words else [])]
    made = redact("名单.pdf", drawn(both(*draws), size=(500, 120 if words else 65)))
    (row,) = made.redaction.certificate.burned
    assert (row.place, row.count > 0) == (place, True)
    assert not any(number in said(made) for number in NUMBERS)
    assert all(word in said(made) for word in words)


def test_a_code_is_burned_by_a_child_process() -> None:
    """Without any text to recognise; the child is a real one."""
    picture = saved(Image.open(io.BytesIO(code())).convert("RGB"), "PNG")
    task = Task(
        label="",
        segments=(),
        paragraphs=(),
        codes=(f"身份证号{CODE_NUMBER}",),
        spans=(),
        codes_gone=(f"身份证号{CODE_NUMBER}",),
    )
    (done,) = worker.brushed([picture], [task])
    assert isinstance(done, Done)
    assert done.count == 1
    assert brush.read_codes(Image.open(io.BytesIO(done.picture))) == ()


def test_what_moves_is_refused_with_what_to_do() -> None:
    still = Image.open(io.BytesIO(code())).convert("L")
    moving = io.BytesIO()
    Image.new("L", still.size, 255).save(moving, "GIF", save_all=True, append_images=[still])
    with pytest.raises(RedactionError, match="画图程序"):
        redact("码.docx", pictured(moving.getvalue()))


def line(letters: str, left: float = 0, pitch: float = 10) -> Line:
    middles = tuple(Letter(char=c, middle=left + pitch * (at + 0.5)) for at, c in enumerate(letters))
    return Line(
        text=letters, score=1, left=left, top=0, right=left + pitch * len(letters), bottom=pitch, letters=middles
    )


def test_the_end_of_a_box_is_a_gap_between_letters() -> None:
    image = Image.new("L", (40, 10), 255)
    for at in range(4):
        image.paste(0, (at * 10 + 4, 0, at * 10 + 7, 10))
    found = brush._box(image, line("甲乙丙丁"), 1, 3, 1.0)
    assert 9 <= found[0] <= 11
    assert 29 <= found[2] <= 31
    image.paste(0, (4, 0, 17, 10))  # the first two letters touch
    with pytest.raises(brush.UnknownBoxError):
        brush._box(image, line("甲乙丙丁"), 1, 3, 1.0)


def test_signs_beside_a_span_go_with_it_and_whole_lines_if_asked() -> None:
    image = Image.effect_noise((120, 10), 0)
    layout = brush.ocr.Layout(paragraphs=(Paragraph(rows=((line("号：12，机"),),)),))
    assert [span for span, _ in brush._parts(image, layout, Span(0, 2, 4), whole=False)] == [Span(0, 1, 5)]
    assert [span for span, _ in brush._parts(image, layout, Span(0, 2, 4), whole=True)] == [Span(0, 0, 6)]


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_a_box_of_a_turned_picture_is_told_in_the_picture_as_it_was(turn: Image.Transpose) -> None:
    image = Image.new("L", (50, 30), 255)
    image.paste(0, (5, 7, 20, 11))
    turned = image.transpose(turn)
    box = turned.point(lambda value: 255 - value).getbbox()
    inner = Box(box[0], box[1], box[2] - 1, box[3] - 1)
    assert brush._turned_back(inner, turned.size, turn) == Box(5, 7, 19, 10)


@pytest.mark.parametrize("turn", [1, 6])
def test_of_what_a_photograph_says_of_itself_only_its_turn_stays(turn: int) -> None:
    facts = Image.Exif()
    facts[0x0112] = turn
    facts[0x013B] = "作者"
    clean = Image.open(io.BytesIO(stripped(saved(TABLE, "JPEG", exif=facts.tobytes()))))
    assert dict(clean.getexif()) == ({} if turn == 1 else {0x0112: turn})
