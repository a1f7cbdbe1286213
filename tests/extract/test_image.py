"""What a picture file says besides its pixels, and what its pixels say without anybody recognising text."""

from __future__ import annotations

import random
import struct
import zlib

import pytest
from builders_image import (
    BYTE,
    RATIONAL,
    UNDEFINED,
    beside,
    chunk,
    code,
    degrees,
    emf,
    emf_bitmap,
    emf_plus,
    emf_record,
    emf_text,
    exif,
    frames,
    gif,
    gif_extension,
    iptc,
    jpeg,
    jpeg_exif,
    plain,
    png,
    resource,
    saved,
    segment,
    striped,
    text_field,
    wmf,
    wmf_font,
    wmf_record,
    wmf_select,
    wmf_text,
    xmp,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from reviewer.extract import Source, extract
from reviewer.extract.image import read, read_metadata, read_picture
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
BODY = MARK.encode()
GB = MARK.encode("gb18030")
BLANK = plain()


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def texts(extracted: Extracted) -> dict[str, str]:
    return {segment.place: segment.text for segment in extracted.segments}


def places(extracted: Extracted) -> list[str]:
    return [gap.place for gap in extracted.gaps]


# --- EXIF -------------------------------------------------------------------------------------------

UNICODE = b"UNICODE\0"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (([text_field(0x013B, MARK)], []), "EXIF/作者"),
        (([text_field(0x8298, GB)], []), "EXIF/版权"),
        (([text_field(0x010E, MARK)], []), "EXIF/图像说明"),
        (([(0x9C9C, BYTE, MARK.encode("utf-16-le") + b"\0\0")], []), "EXIF/备注"),
        (([(0x9C9D, BYTE, MARK.encode("utf-16-le"))], []), "EXIF/作者"),
        (([text_field(0xC4FE, MARK)], []), "EXIF/字段0xc4fe"),
        (([], [text_field(0xA430, MARK)]), "EXIF/相机所有者"),
        (([], [(0x9286, UNDEFINED, b"ASCII\0\0\0" + GB)]), "EXIF/用户注释"),
        (([], [(0x9286, UNDEFINED, bytes(8) + BODY)]), "EXIF/用户注释"),
        (([], [(0x9286, UNDEFINED, BODY)]), "EXIF/用户注释"),
        (([], [(0x9286, UNDEFINED, UNICODE + MARK.encode("utf-16-le"))]), "EXIF/用户注释"),
        (([], [(0x9286, UNDEFINED, UNICODE + MARK.encode("utf-16-be"))]), "EXIF/用户注释"),
        (([], [(0x927C, UNDEFINED, bytes(range(40)) + BODY + bytes(9))]), "EXIF/厂商注释"),
        (([(0x02BC, BYTE, xmp(f"<dc:creator>{MARK}</dc:creator>"))], []), "XMP/creator"),
    ],
)
def test_exif_fields(order, fields, place):
    first, camera = fields
    data = jpeg_exif(exif(*first, camera=tuple(camera), order=order), image=BLANK)
    assert found(read(data)) == [(place, Part.PROPERTY, True)]


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_position_is_one_segment_in_degrees(order):
    gps = (
        (1, 2, b"S\0"),
        degrees(2, 38, 36, 44, order=order),
        (3, 2, b"E\0"),
        degrees(4, 112, 4, 20, order=order),
        (5, BYTE, b"\0"),
        degrees(6, 731, order=order),
    )
    position = texts(read(jpeg_exif(exif(gps=gps, order=order), image=BLANK)))["EXIF/GPS"]
    assert position == "GPS 纬度 -38.612222 经度 112.072222 海拔 731.0 米"


def test_a_fraction_over_nothing_is_no_position():
    gps = ((2, RATIONAL, bytes(24)), (4, RATIONAL, bytes(24)))
    assert not read(jpeg_exif(exif(gps=gps), image=BLANK)).segments


@pytest.mark.parametrize(
    "data",
    [
        png(chunk(b"eXIf", exif(text_field(0x013B, MARK))), image=BLANK),
        saved(BLANK, "WEBP", exif=b"Exif\0\0" + exif(text_field(0x013B, MARK))),
        saved(BLANK, "AVIF", exif=b"Exif\0\0" + exif(text_field(0x013B, MARK))),
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"Exif\0\0" + exif(text_field(0x013B, MARK)),
    ],
    ids=["png", "webp", "avif", "heic"],
)
def test_exif_in_other_formats(data):
    assert found(read(data)) == [("EXIF/作者", Part.PROPERTY, True)]


def test_a_format_that_cannot_be_opened_is_a_gap():
    assert places(read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")) == ["图面"]


def test_damaged_exif_is_a_gap_and_the_rest_is_read():
    block = exif(text_field(0x013B, MARK), text_field(0x010E, "x" * 40))
    extracted = read(jpeg_exif(block[:-20], image=BLANK))
    assert found(extracted) and places(extracted) == ["EXIF"]


# --- blocks of each format --------------------------------------------------------------------------

CREATOR = xmp(f"<dc:creator><rdf:Seq><rdf:li>{MARK}</rdf:li></rdf:Seq></dc:creator>")
LONG = xmp(f"<dc:description>{MARK}</dc:description>")
GUID = b"0123456789ABCDEF0123456789ABCDEF"
DESCENDING = bytes(range(255, -1, -1)) + b"\0"
MORE = b"http://ns.adobe.com/xmp/extension/\0" + GUID + len(LONG).to_bytes(4, "big")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (jpeg(segment(0xFE, BODY), image=BLANK), "JPEG/注释"),
        (jpeg(segment(0xFE, GB), image=BLANK), "JPEG/注释"),
        (jpeg(segment(0xE9, BODY), image=BLANK), "JPEG/APP9"),
        (jpeg(segment(0xE7, bytes(range(60)) + BODY), image=BLANK), "JPEG/APP7"),
        (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CREATOR), image=BLANK), "XMP/creator"),
        (
            jpeg(
                segment(0xE1, MORE + (100).to_bytes(4, "big") + LONG[100:]),
                segment(0xE1, MORE + bytes(4) + LONG[:100]),
                image=BLANK,
            ),
            "XMP/description",
        ),
        (
            jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(0x404, iptc((80, GB)))), image=BLANK),
            "IPTC/作者",
        ),
        (
            jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(0x404, iptc((120, BODY), utf8=True))), image=BLANK),
            "IPTC/说明",
        ),
        (
            jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(0x7D0, b"", name=BODY)), image=BLANK),
            "Photoshop/名称",
        ),
        (png(chunk(b"tEXt", b"Author\0" + BODY), image=BLANK), "PNG/Author"),
        (png(chunk(b"tEXt", b"Comment\0" + GB), image=BLANK), "PNG/Comment"),
        (png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(BODY)), image=BLANK), "PNG/Comment"),
        (png(chunk(b"iTXt", b"Title\0\0\0zh\0\0" + BODY), image=BLANK), "PNG/Title"),
        (png(chunk(b"iTXt", b"Title\0\1\0zh\0\0" + zlib.compress(BODY)), image=BLANK), "PNG/Title"),
        (png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CREATOR), image=BLANK), "XMP/creator"),
        (
            png(
                chunk(
                    b"tEXt",
                    b"Raw profile type iptc\0\niptc\n  99\n" + resource(0x404, iptc((80, BODY))).hex().encode(),
                ),
                image=BLANK,
            ),
            "IPTC/作者",
        ),
        (png(chunk(b"prVt", bytes(range(20)) + BODY), image=BLANK), "PNG/prVt"),
        (gif(gif_extension(0xFE, BODY[:10], BODY[10:]), image=BLANK), "GIF/注释"),
        (gif(gif_extension(0x01, bytes(12), BODY), image=BLANK), "GIF/文字"),
        (gif(gif_extension(0xFF, b"XMP DataXMP")[:-1] + CREATOR + b"\1" + DESCENDING), "XMP/creator"),
        (saved(BLANK, "WEBP", xmp=CREATOR), "XMP/creator"),
        (saved(BLANK, "TIFF", tiffinfo={270: BODY}), "TIFF/图像说明"),
        (saved(BLANK, "TIFF", tiffinfo={315: GB}), "TIFF/作者"),
        (emf(title=f"某程序\0{MARK}\0\0"), "EMF/说明"),
    ],
)  # fmt: skip
def test_texts_beside_the_pixels(data, place):
    assert found(read(data)) == [(place, Part.PROPERTY, True)]


@pytest.mark.parametrize(
    "data",
    [
        saved(BLANK, "JPEG", icc_profile=b"profile" * 30, dpi=(300, 300), progressive=True),
        png(chunk(b"tIME", bytes(7)), chunk(b"pHYs", bytes(9)), image=BLANK),
        saved(plain("navy", size=(300, 200)), "BMP"),
        jpeg_exif(exif((0x0112, 3, b"\1\0")), image=BLANK),
        jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp("", 'xmp:CreateDate="2026-01-02"')), image=BLANK),
        saved(striped(size=(48, 48))),
        saved(plain((0, 0, 0, 0), "RGBA")),
        saved(BLANK, "ICO"),
    ],
    ids=["jpeg", "png", "bmp", "exif", "xmp", "icon", "transparent", "ico"],
)
def test_technical_data_and_blank_pictures_are_silent(data):
    extracted = read(data)
    assert (extracted.segments, extracted.gaps) == ((), ())


@pytest.mark.parametrize("damage", [b"<x:xmpmeta", b"<!DOCTYPE x><x/>", b"\xff\xff\xff"])
def test_xmp_that_is_none_is_a_gap(damage):
    assert "XMP" in places(read(jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + damage), image=BLANK)))


# --- after the end, and thumbnails ------------------------------------------------------------------

NOISE = random.Random(5).randbytes(300)


@pytest.mark.parametrize("make", [jpeg, png, gif], ids=["jpeg", "png", "gif"])
@pytest.mark.parametrize(
    ("after", "texts_there", "gaps_there"),
    [
        (bytes(40), 0, []),
        (BODY, 1, []),
        (b"\x89PNG" + NOISE, 0, ["图片结尾之后"]),
        (b"%PDF-1.4 nothing", 0, ["尾随文件1!"]),
        (png(chunk(b"tEXt", b"Author\0" + BODY), image=BLANK), 1, []),
        (saved(striped(3)), 0, ["尾随文件1!图面"]),
    ],
    ids=["zeros", "text", "noise", "pdf", "picture with text", "other picture"],
)
def test_what_follows_the_end(make, after, texts_there, gaps_there):
    extracted = read(make(image=BLANK, after=after))
    assert len(found(extracted)) == texts_there
    assert all(segment.hidden for segment in extracted.segments)
    assert len(extracted.gaps) == len(gaps_there)
    assert all(place.startswith(start) for place, start in zip(places(extracted), gaps_there, strict=True))


def redacted(image: Image.Image) -> Image.Image:
    changed = image.copy()
    ImageDraw.Draw(changed).rectangle((100, 100, 400, 160), fill="black")
    return changed


PHOTO = striped(size=(480, 320))


@pytest.mark.parametrize(
    ("image", "told"),
    [
        pytest.param(PHOTO, False, id="the same"),
        pytest.param(redacted(PHOTO), True, id="a part painted over since"),
        pytest.param(Image.radial_gradient("L").resize((480, 320)).convert("RGB"), True, id="another picture"),
        pytest.param(PHOTO.point(lambda value: value * 0.8 + 20), False, id="made brighter"),
    ],
)
def test_a_thumbnail_unlike_the_picture_is_told(image, told):
    thumbnail = plain("black", size=(160, 120))  # as cameras do: 3:2 within 4:3
    thumbnail.paste(PHOTO.resize((160, 107), Image.Resampling.BOX), (0, 6))
    data = jpeg_exif(exif(thumbnail=saved(thumbnail, "JPEG")), image=image)
    assert ("EXIF/缩略图" in places(read(data))) is told


# --- pixels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "JPEG2000", "ICO"])
def test_a_picture_that_may_hold_text_is_one_gap(kind):
    document = extract(Source(path="a", name="a", data=saved(striped(), kind)))
    (gap,) = document.gaps
    assert gap.place == "图面" and "reviewer[ocr]" in gap.reason


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "F"])
def test_every_kind_of_pixel(mode):
    image = striped().convert("L").convert("I;16" if mode == "I;16" else mode)
    assert places(read(saved(image, "TIFF"))) == ["图面"]


def test_what_stands_where_a_picture_is_transparent_is_looked_at():
    image = striped(mode="RGBA")
    image.putalpha(0)
    assert places(read(saved(image))) == ["图面"]


def test_frames_are_one_gap():
    (gap,) = read(frames(BLANK, striped(1), BLANK, striped(2))).gaps
    assert "共 4 帧，第 2、4 帧" in gap.reason


def test_a_broken_picture_is_a_gap_and_its_texts_are_read():
    data = png(chunk(b"tEXt", b"Author\0" + BODY))
    extracted = read(data[: len(data) // 2])
    assert found(extracted) and "图面" in places(extracted)


def test_too_many_pixels_are_a_gap():
    header = b"\0\x01\0\0" * 2 + bytes([8, 2, 0, 0, 0])
    data = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )
    assert "过大" in read(data).gaps[0].reason


# --- codes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "payload", [MARK, GB, f"https://example.invalid/?q={MARK}", f"BEGIN:VCARD\nFN:{MARK}\nEND:VCARD"]
)
@pytest.mark.parametrize("scale", [1, 2, 6])
def test_a_code_is_read_and_nothing_else_is_in_the_picture(payload, scale):
    extracted = read(saved(code(payload, scale)))
    assert found(extracted) == [("二维码1", Part.ALT_TEXT, True)]
    assert not extracted.gaps


@pytest.mark.parametrize("kind", ["DataMatrix", "Aztec", "PDF417", "Code128"])
def test_other_kinds_of_code(kind):
    (segment,) = read(saved(code("QS-2026-000731", 4, kind))).segments
    assert segment.text == "QS-2026-000731"


def test_several_codes_and_what_stands_beside_them():
    whole = beside(code("甲"), code("乙").rotate(90), code("甲"), striped())
    extracted = read(saved(whole))
    assert sorted(segment.text for segment in extracted.segments) == ["乙", "甲"]
    assert places(extracted) == ["图面"]


def test_a_code_that_is_no_text_is_a_gap():
    assert places(read(saved(code(NOISE[:80])))) == ["二维码1"]


def test_codes_on_the_pages_of_a_tiff_have_their_page():
    extracted = read(frames(BLANK, code(MARK)))
    assert [(s.place, s.page) for s in extracted.segments] == [("p2 二维码1", 2)]


# --- metafiles --------------------------------------------------------------------------------------

POINTS = b"\0\0\0\0\0\0\0\0"


@pytest.mark.parametrize(
    "data",
    [
        emf(emf_text(MARK)),
        emf(emf_text(MARK[:3], 0, 5), emf_text(MARK[3:], 40, 5)),
        emf(emf_record(70, struct.pack("<I", 8) + b"GDIC" + bytes(4)), emf_text(MARK)),
        emf(emf_plus((0x401C, 0, bytes(8) + len(MARK).to_bytes(4, "little") + bytes(16) + MARK.encode("utf-16-le")))),
        wmf(wmf_text(GB)),
        wmf(wmf_text(GB), placeable=False),
        wmf(wmf_record(0x02FA, bytes(10)), wmf_font(134), wmf_select(1), wmf_text(GB)),
        wmf(wmf_font(136), wmf_select(0), wmf_text("青石標記七三九一".encode("big5"))),
        wmf(wmf_record(0x0521, len(GB).to_bytes(2, "little") + GB + bytes(4))),
    ],
)
def test_texts_of_metafiles(data):
    from reviewer.text.fold import fold

    (segment,) = read(data).segments
    assert (segment.place, segment.hidden) == ("文字1", False)
    assert MARK in fold(segment.text).text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (emf(emf_record(3, POINTS)), "曲线"),
        (emf(emf_text("甲", options=0x10)), "字形编号"),
        (emf(emf_bitmap(striped())), "图中可能有文字"),
        (emf(emf_text(MARK))[:-30], "损坏"),
        (wmf(wmf_record(0x0324, bytes(20))), "曲线"),
        (wmf(wmf_text(GB))[:-8], "损坏"),
    ],
)
def test_what_a_metafile_does_not_say(data, word):
    assert any(word in gap.reason for gap in read(data).gaps)


def test_a_code_in_a_metafile():
    extracted = read(emf(emf_bitmap(code(MARK))))
    assert found(extracted) == [("位图1!二维码1", Part.ALT_TEXT, True)]
    assert not extracted.gaps


# --- the seam, and hostile files --------------------------------------------------------------------


def test_a_picture_of_a_document_is_told_at_its_place():
    from reviewer.extract.pictures import write_picture
    from reviewer.extract.scribe import Scribe

    scribe = Scribe()
    data = png(chunk(b"tEXt", b"Author\0" + BODY))
    write_picture(scribe, read_picture(data), "图片1（¶3 附近）")
    extracted = scribe.finish()
    assert found(extracted) == [("图片1（¶3 附近）!PNG/Author", Part.PROPERTY, True)]
    assert places(extracted) == ["图片1（¶3 附近）"]


def test_what_is_no_picture_is_read_as_what_it_is():
    assert [segment.text for segment in read_picture(BODY).segments] == [MARK]


def test_metadata_alone():
    extracted = read_metadata(png(chunk(b"tEXt", b"Author\0" + BODY)))
    assert found(extracted) and not extracted.gaps


FILES = [
    jpeg_exif(exif(text_field(0x013B, MARK), camera=(text_field(0xA430, "x"),), thumbnail=saved(BLANK, "JPEG"))),
    jpeg(segment(0xED, b"Photoshop 3.0\0" + resource(0x404, iptc((80, GB)))), segment(0xFE, BODY)),
    png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(BODY)), chunk(b"eXIf", exif(text_field(0x013B, MARK)))),
    gif(gif_extension(0xFE, BODY), image=code("甲", 2)),
    saved(BLANK, "WEBP", xmp=CREATOR, exif=exif(text_field(0x013B, MARK))),
    frames(BLANK, striped()),
    saved(striped(size=(40, 40)), "ICO"),
    saved(striped(size=(70, 70)), "BMP"),
    emf(emf_text(MARK), emf_bitmap(striped()), emf_plus((0x401C, 0, bytes(40)))),
    wmf(wmf_font(134), wmf_select(0), wmf_text(GB)),
]


def mutant(data: bytes, source: random.Random) -> bytes:
    """A file with a few bytes changed, or cut off, or both."""
    changed = bytearray(data)
    for _ in range(source.randrange(1, 8)):
        at = min(source.randrange(len(changed)), source.randrange(len(changed)))  # more of them in the headers
        changed[at] = source.choice((0, 1, 0x7F, 0x80, 0xFF, source.randrange(256)))
    return bytes(changed[: source.randrange(len(changed))] if source.random() < 0.3 else changed)


@pytest.mark.parametrize("data", FILES, ids=["exif", "8bim", "png", "gif", "webp", "tiff", "ico", "bmp", "emf", "wmf"])
def test_mutants_raise_nothing(data):
    source = random.Random(len(data))
    for _ in range(25):
        read_picture(mutant(data, source))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12))
def test_what_was_written_is_read(text):
    raw = text.encode()
    for data in (
        jpeg_exif(exif(text_field(0x013B, text)), image=BLANK),
        png(chunk(b"iTXt", b"Title\0\0\0zh\0\0" + raw), image=BLANK),
        gif(gif_extension(0xFE, raw), image=BLANK),
        emf(emf_text(text)),
    ):
        assert [segment.text for segment in read(data).segments] == [text]
