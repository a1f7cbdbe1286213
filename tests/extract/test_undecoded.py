"""Text in bytes that nobody decodes: what is found, and that chance writes nothing."""

from __future__ import annotations

import random
import struct

import pytest

from reviewer.extract.residue import Known, residue, without

SENTENCE = "关于张三同志免职的决定"


def padded(text: bytes, size: int = 2000) -> bytes:
    return random.Random(7).randbytes(size) + text + random.Random(8).randbytes(size)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (padded(SENTENCE.encode("utf-16-le")), SENTENCE),
        (padded(b"\0" + SENTENCE.encode("gb18030") + b"\0"), SENTENCE),
        (padded(b"\0 110105190001010010\0"), "110105190001010010"),
        (padded(b"\0zhangsan@example.com.cn\0"), "zhangsan@example.com.cn"),
        (padded("zhangsan@example.cn".encode("utf-16-le")), "zhangsan@example.cn"),
        pytest.param(bytes(9) + struct.pack("<HB", 3, 1) + "王大明".encode("utf-16-le"), "王大明", id="a counted name"),
        pytest.param(bytes(9) + b"\6" + "王大明".encode("gb18030") + b"\0", "王大明", id="a counted name in GBK"),
    ],
)
def test_text_is_found(data: bytes, text: str) -> None:
    assert text in "\n".join(residue(data))


def test_a_known_code_page_is_used() -> None:
    text = "關於印發實施方案的通知"
    assert list(residue(bytes(9) + text.encode("big5") + bytes(9), "big5")) == [text]


@pytest.mark.parametrize("seed", range(4))
def test_chance_writes_nothing(seed: int) -> None:
    assert list(residue(random.Random(seed).randbytes(200_000))) == []


def test_what_is_known_is_no_news() -> None:
    known = Known([f"第一条 {SENTENCE}。"])
    assert not known.news(SENTENCE)
    assert known.news("另一句话")
    assert not known.news("另一句话")


def test_what_was_read_is_blanked_out() -> None:
    assert without(b"abcdef", [(1, 3), (5, 99)]) == b"a\0\0de\0"
