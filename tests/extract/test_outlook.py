"""Every place in an Outlook message where text can be: .msg and winmail.dat."""

from __future__ import annotations

import random

import pytest
from builders_cfb import compound
from builders_mail import word
from builders_outlook import (
    STRING8,
    attribute,
    enclosed,
    mapi,
    message,
    msg,
    packed_rtf,
    storage,
    tnef,
)
from builders_rtf import rtf, wide
from builders_xls import label, xls
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.mapi.compressed import decompressed
from reviewer.extract.msg import read as read_msg
from reviewer.extract.scribe import Extracted
from reviewer.extract.tnef import read as read_tnef
from reviewer.terms import Part

MARK = "青石标记七三九一"
GB = (STRING8, MARK.encode("gb18030"))
PAGE = f"<p>{MARK}</p>".encode()
RTF = packed_rtf(rtf(wide(MARK) + r"\par"))
FROM_PAGE = packed_rtf(rtf(r"{\*\htmltag64 <p>}" + wide(MARK) + r"\par", header=r"\ansi\ansicpg936\fromhtml1"))
WORKBOOK = xls(label(3, 1, MARK))
FILE = {0x3701: MARK.encode(), 0x3705: 1, 0x3707: "a.txt"}


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def kept(place: str) -> list[tuple[str, Part, bool]]:
    return [(place, Part.PROPERTY, True)]


BODY = [("正文!¶1", Part.BODY, False)]

PLACES = [
    ("subject", {0x37: MARK}, [("邮件头/主题", Part.HEADER, False)]),
    ("sender", {0x42: MARK}, [("邮件头/发件人", Part.HEADER, False)]),
    ("blind copy", {0xE02: MARK}, kept("邮件头/密送")),
    ("body", {0x1000: MARK}, BODY),
    ("body in bytes", {0x1000: GB, 0x3FFD: 936}, BODY),
    ("page", {0x1013: PAGE, 0x3FDE: 65001}, [("网页正文!¶1", Part.BODY, False)]),
    ("page as text", {0x1013: PAGE.decode()}, [("网页正文!¶1", Part.BODY, False)]),
    ("RTF", {0x1009: RTF}, [("RTF 正文!¶1", Part.BODY, False)]),
    ("RTF of a page", {0x1009: FROM_PAGE}, [("RTF 正文!¶1", Part.BODY, False)]),
    ("told once", {0x1000: MARK, 0x1009: RTF, 0x1013: PAGE, 0x3FDE: 65001}, BODY),
    ("headers", {0x7D: f"From: x\r\nX-Department: {word(MARK)}\r\n\r\n"}, kept("传输邮件头!邮件头/X-Department")),
    ("any other", {0x3A16: MARK}, kept("属性/0x3A16")),
    ("bytes", {0x3A99: b"\1\2" + MARK.encode("utf-16-le")}, kept("属性/0x3A99")),
]


@pytest.mark.parametrize(
    ("values", "places"), [pytest.param(values, places, id=name) for name, values, places in PLACES]
)
def test_where_the_mark_is_read(values, places):
    for extracted in (read_msg(msg(values)), read_tnef(tnef(attribute(0x9003, mapi(values))))):
        assert found(extracted) == places
        assert extracted.gaps == ()


@pytest.mark.parametrize(
    ("data", "places"),
    [
        pytest.param(msg({}, recipients=[{0x3001: MARK, 0xC15: 3}]), kept("邮件头/密送1"), id="recipient"),
        pytest.param(msg({}, attachments=[storage(FILE, 8)]), [("附件 a.txt!¶1", Part.BODY, False)], id="file"),
        pytest.param(
            msg({}, attachments=[enclosed({0x3705: 5, 0x3001: "信"}, message({0x1000: MARK}, inner=True))]),
            [("附件 信!正文!¶1", Part.BODY, False)],
            id="message",
        ),
        pytest.param(
            msg({}, attachments=[storage({**FILE, 0x3701: b"x", 0x3704: f"{MARK}.txt"}, 8)]),
            [("附件 a.txt", Part.FILE_NAME, True)],
            id="other name",
        ),
        pytest.param(
            msg({}, attachments=[storage({0x3705: 2, 0x3708: f"C:\\{MARK}"}, 8)]), kept("附件1 路径"), id="path"
        ),
    ],
)
def test_what_is_enclosed_in_a_message(data, places):
    assert found(read_msg(data)) == places


def test_named_properties_tell_their_names():
    names = MARK.encode("utf-16-le")
    tree = {
        **message({0x8000: "张三"}),
        "__nameid_version1.0": {
            "__substg1.0_00030102": bytes(4) + b"\x01\0\0\0",
            "__substg1.0_00040102": len(names).to_bytes(4, "little") + names,
        },
    }
    assert {(s.place, s.text) for s in read_msg(compound(tree)).segments} == {
        (f"属性/{MARK}", MARK),
        (f"属性/{MARK}", "张三"),
    }


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (
            tnef(attribute(0x8004, GB[1] + b"\0"), attribute(0x9007, b"\xa8\x03\0\0")),
            [("邮件头/主题", Part.HEADER, False)],
        ),
        (tnef(attribute(0x800C, GB[1]), attribute(0x9007, b"\xa8\x03\0\0")), BODY),
        (
            tnef(
                attribute(0x9002, bytes(14), level=2),
                attribute(0x8010, b"a.txt\0", level=2),
                attribute(0x800F, MARK.encode(), level=2),
            ),
            [("附件 a.txt!¶1", Part.BODY, False)],
        ),
        (
            tnef(attribute(0x9002, bytes(14), level=2), attribute(0x9005, mapi(FILE), level=2)),
            [("附件 a.txt!¶1", Part.BODY, False)],
        ),
        (
            tnef(
                attribute(0x9002, bytes(14), level=2),
                attribute(
                    0x9005,
                    mapi({0x3705: 5, 0x3701: (0xD, bytes(16) + tnef(attribute(0x9003, mapi({0x1000: MARK}))))}),
                    level=2,
                ),
            ),
            [("附件1!正文!¶1", Part.BODY, False)],
        ),
        (tnef(attribute(0x9004, b"\1\0\0\0" + mapi({0x3001: MARK}))), kept("邮件头/收件人1")),
        (tnef(attribute(0x9003, mapi({0x8001: "张三"}, {0x8001: MARK}))), kept(f"属性/{MARK}")),
    ],
)
def test_attributes(data, places):
    assert found(read_tnef(data)) == places


def test_an_attachment_that_is_elsewhere_is_a_gap():
    (gap,) = read_msg(msg({}, attachments=[storage({0x3705: 2, 0x3707: "a.doc"}, 8)])).gaps
    assert gap.place == "附件 a.doc"


def test_objects_are_read_by_their_readers():
    for inner, place in (({"CONTENTS": MARK.encode()}, "附件1!CONTENTS!¶1"), ({"Workbook": WORKBOOK}, "附件1!名单!B4")):
        extracted = read_msg(msg({}, attachments=[enclosed({0x3705: 6}, inner)]))
        assert [place for place, _, _ in found(extracted)] == [place]
        assert extracted.gaps == ()


def test_what_nothing_refers_to_is_swept():
    tree = {**message({}), "Odd": MARK.encode("utf-16-le")}
    assert found(read_msg(compound(tree))) == [("残留文字 Odd", Part.ATTRIBUTE, True)]
    extracted = read_msg(msg({}) + MARK.encode("utf-16-le").ljust(512, b"\0"))
    assert found(extracted) == [("残留文字 空闲扇区", Part.BODY, True)]


def test_messages_inside_each_other_end():
    tree = message({0x1000: MARK}, inner=True)
    for _ in range(8):
        tree = message({}, attachments=[enclosed({0x3705: 5}, tree)], inner=True)
    assert any("过深" in gap.reason for gap in read_msg(msg({}, attachments=[enclosed({0x3705: 5}, tree)])).gaps)


def test_packed_text_of_the_specification():
    """[MS-OXRTFCP] 3.1."""
    packed = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    assert decompressed(bytes.fromhex(packed)) == (b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", True)
    packed = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert decompressed(bytes.fromhex(packed)) == (b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", True)


@given(data=st.binary(max_size=9000))
@settings(deadline=None, max_examples=30)
def test_what_was_packed_is_unpacked(data):
    assert decompressed(packed_rtf(data)) == (data, True)


def test_read_through_the_door():
    for name, data in (("a.msg", msg({0x1000: MARK})), ("winmail.dat", tnef(attribute(0x9003, mapi({0x1000: MARK}))))):
        document = extract(Source(path=name, name=name, data=data))
        assert [s.text for s in document.segments] == [MARK, name]
        assert document.gaps == ()


@given(
    texts=st.dictionaries(
        st.sampled_from([0x37, 0x1000, 0x3A16, 0x8003, 0x70]), st.text("张三公示", min_size=3, max_size=40)
    )
)
@settings(deadline=None, max_examples=60)
def test_what_was_written_is_read(texts):
    for extracted in (read_msg(msg(texts)), read_tnef(tnef(attribute(0x9003, mapi(texts))))):
        assert {s.text for s in extracted.segments} >= set(texts.values())


def mutants(data: bytes, count: int, seed: int) -> list[bytes]:
    """Cut and changed copies."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        at, size = chance.randrange(len(data)), chance.randrange(1, 9)
        made.append(data[:at] + chance.randbytes(size) + data[at + size :])
        made.append(data[:at])
    return made


def test_damage_is_survived():
    values = {number: value for _, one, _ in PLACES for number, value in one.items()}
    letter = msg(
        values,
        recipients=[{0x3001: MARK}],
        attachments=[storage(FILE, 8), enclosed({0x3705: 5}, message(values, inner=True))],
    )
    envelope = tnef(
        attribute(0x9003, mapi(values)),
        attribute(0x9002, bytes(14), level=2),
        attribute(0x9005, mapi(FILE), level=2),
    )
    for mutant in mutants(letter, 60, seed=5):
        read_msg(mutant)
    for mutant in mutants(envelope, 60, seed=6):
        read_tnef(mutant)
