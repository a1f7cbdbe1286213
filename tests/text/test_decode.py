"""Which encoding, how sure, and what could not be decoded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.language import language, use_language
from reviewer.text.decode import decode

NOTICE = "根据国家有关规定，现将本年度补助对象名单公示如下，请社会各界监督。\n"
TRADITIONAL = "根據國家有關規定，現將本年度補助對象名單公示如下，請社會各界監督。\n"
COMMON = "的一是了不在有人这上大国中为年地出会方市公民政府工作部门通知单位区县"
COMMON_TRADITIONAL = "的一是了不在有人這上大國中為年地出會方市公民政府工作部門通知單位區縣"


@pytest.fixture(autouse=True)
def chinese():
    before = language()
    use_language("zh")
    yield
    use_language(before)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", NOTICE),
        ("utf-8", "plain ASCII\r\n"),
        pytest.param("utf-8", "Müller · café 30°C", id="single letters with marks"),
        pytest.param("utf-8", "Москва 2020", id="Cyrillic"),
        ("gb18030", NOTICE),
        pytest.param("gb18030", "姓名：张三", id="five characters"),
        pytest.param("gb18030", NOTICE + "䶮㛃𠂇", id="rare and four-byte characters"),
        ("cp950", TRADITIONAL),
        ("utf-16-le", NOTICE),
        ("utf-16-be", NOTICE),
        pytest.param("utf-16-le", "name,id\r\n1,2\r\n", id="UTF-16 without any ideograph"),
        ("utf-32-le", NOTICE),
        ("hz", "关于公示补助名单的通知 2020 abc"),
    ],
)
def test_decodes_and_is_certain(encoding, text):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, encoding, True)
    assert decoded.trouble is None


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_byte_order_mark_decides_and_is_taken_off(mark, encoding):
    data = mark + NOTICE.encode(encoding)
    decoded = decode(data)
    assert (decoded.text, decoded.certain, decoded.trouble) == (NOTICE, True, None)
    assert decoded.bom + decoded.text.encode(decoded.encoding) == data


@pytest.mark.parametrize(
    ("data", "reading", "trouble"),
    [
        pytest.param("目录".encode("gb18030"), "目录", "编码不能确定", id="GB that is valid UTF-8"),
        pytest.param("张三".encode("gb18030"), "张三", "编码不能确定", id="two characters"),
        pytest.param(NOTICE.encode()[:-3], NOTICE[:-2], "1 处无法解码（第 1 行）", id="cut in mid-character"),
        pytest.param(NOTICE.encode("gb18030")[:-2], NOTICE[:-2], "1 处无法解码", id="GB cut in mid-character"),
        pytest.param(NOTICE.encode("utf-16-le") + b"a", NOTICE, "1 处无法解码（第 2 行）", id="odd byte at the end"),
        pytest.param(b"\xef\xbb\xbf" + NOTICE.encode("gb18030"), NOTICE, "文件头标明 UTF-8", id="mark lies"),
        pytest.param(b"abc\0\0\0def", "abc", "3 个控制字符，可能不是文本（第 1 行）", id="NUL bytes"),
        pytest.param("甲\n乙\ue123".encode(), "甲\n乙", "1 个自造字，只有特定字体能显示（第 2 行）", id="private use"),
        pytest.param("张\ufffd三".encode(), "张", "1 处无法解码（第 1 行）", id="lost before"),
        pytest.param("名单：锟斤拷锟斤拷".encode(), "名单", "2 处乱码", id="lost in two conversions"),
    ],
)
def test_doubt_is_told_and_the_best_text_given(data, reading, trouble):
    decoded = decode(data)
    assert decoded.text.startswith(reading)
    assert trouble in decoded.trouble


@pytest.mark.parametrize("at", range(40, 60))
def test_one_damaged_byte_leaves_the_rest_readable(at):
    lines = [NOTICE] * 5
    data = bytearray("".join(lines).encode("gb18030"))
    data[at] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == "gb18030"
    assert not decoded.certain
    assert "第 1 行" in decoded.trouble
    assert decoded.text.endswith(NOTICE * 3)


@pytest.mark.parametrize(("main", "other", "name"), [("utf-8", "gb18030", "GB18030"), ("gb18030", "utf-8", "UTF-8")])
def test_lines_in_two_encodings_are_read_each_in_its_own(main, other, name):
    lines = [f"第{n}条　{NOTICE}" for n in range(9)]
    data = b"".join(line.encode(other if n in (3, 7) else main) for n, line in enumerate(lines))
    decoded = decode(data)
    assert decoded.text == "".join(lines)
    assert (decoded.encoding, decoded.certain) == ("mixed", False)
    assert f"2 行{name}（第 4、8 行）" in decoded.trouble


def test_lines_are_counted_as_an_editor_does():
    decoded = decode("一\r二\r\n三\n四\x0c五\u2028六\ue000".encode())
    assert "第 4 行" in decoded.trouble


def test_a_few_characters_after_three_megabytes_of_ascii():
    data = b"2020-01-01 ok 12345\n" * 150_000 + NOTICE.encode("gb18030")
    decoded = decode(data)
    assert decoded.text.endswith(NOTICE)
    assert decoded.certain


def test_large_gb_file_without_line_ends():
    text = NOTICE.strip() * 8000
    assert decode(text.encode("gb18030")).text == text


def test_declared_encoding_tips_the_balance_only():
    assert decode("张三".encode("gb18030"), hint="gb2312").certain
    assert decode(NOTICE.encode("gb18030"), hint="big5").text == NOTICE
    assert decode(NOTICE.encode(), hint="gb2312").text == NOTICE


@pytest.mark.parametrize("data", [b"find ~{x,y}~ ~{ab~}", b"Bush hid the facts", b"dos file\r\n\x1a", b""])
def test_ascii_stays_ascii(data):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.trouble) == (data.decode(), "utf-8", None)


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@given(text=st.text(COMMON, min_size=8))
@settings(deadline=None)
def test_any_common_text_comes_back(name, text):
    # A full stop ends it: 中中中中 alone is, in UTF-16, also the ASCII text -N-N-N-N.
    sentence = text + "。"
    assert decode(sentence.encode(name)).text == sentence


@given(text=st.text(COMMON_TRADITIONAL, min_size=8))
@settings(deadline=None)
def test_any_common_traditional_text_comes_back(text):
    assert decode((text + "。").encode("big5")).text == text + "。"


@given(data=st.binary())
@settings(deadline=None)
def test_any_bytes_decode_and_doubt_is_never_silent(data):
    decoded = decode(data)
    assert decoded.certain or decoded.trouble
    decoded.text.encode("utf-8")  # no lone surrogates


def test_clean_utf8_is_fast():
    data = (NOTICE * 100_000).encode()
    begin = time.process_time()
    decode(data)
    assert len(data) / (time.process_time() - begin) > 30e6  # some 250 MB/s where it was measured
