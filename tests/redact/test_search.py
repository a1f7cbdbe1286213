"""The second reader finds a value however a file may have packed, coded or cut it."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib

import pytest

from reviewer.redact.search import left_over

NUMBER = "529931190101019998"
NAME = "欧阳秀莲"


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"身份证{NUMBER}".encode(), id="plain"),
        pytest.param(f"{NUMBER[:6]} {NUMBER[6:14]}-{NUMBER[14:]}".encode(), id="spaced"),
        pytest.param(NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９")).encode(), id="full width"),
        pytest.param(NUMBER.encode("utf-16-le"), id="utf-16"),
        pytest.param(b"x" + NUMBER.encode("utf-16-be"), id="utf-16 at an odd place"),
        pytest.param("".join(f"&#{ord(c)};" for c in NUMBER).encode(), id="references"),
        pytest.param("".join(f"<t>{c}</t>" for c in NUMBER).encode(), id="cut by tags"),
        pytest.param("".join(f"\\u{ord(c):04x}" for c in NUMBER).encode(), id="escapes"),
        pytest.param(base64.b64encode(f"身份证{NUMBER}".encode()), id="base64"),
        pytest.param(NUMBER.encode().hex().encode(), id="hex"),
        pytest.param(gzip.compress(NUMBER.encode()), id="gzip"),
        pytest.param(b"1 0 obj stream\r\n" + zlib.compress(NUMBER.encode()) + b"endstream", id="PDF stream"),
        pytest.param(zipped("a.xml", NUMBER.encode()), id="zip"),
        pytest.param(zipped("b.docx", zipped("a.xml", NUMBER.encode())), id="zip in zip"),
        pytest.param(zipped(f"{NUMBER}.xml", b""), id="name of a member"),
    ],
)
def test_a_value_is_found(data: bytes) -> None:
    assert left_over(data, [NUMBER], "") == {NUMBER: 1}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "big5"])
def test_a_name_is_found_in_every_encoding(encoding: str) -> None:
    name = "歐陽秀蓮" if encoding == "big5" else NAME
    assert left_over(f"收件人{name}。".encode(encoding), [name], "")


def test_what_may_stand_in_the_copy_may_stand_in_its_bytes_as_often_and_no_more() -> None:
    data = f"{NAME}、{NAME}".encode()
    assert left_over(data, [NAME], f"{NAME}和{NAME}") == {}
    assert left_over(data, [NAME], NAME) == {NAME: 1}


def test_short_words_are_left_out() -> None:
    assert left_over("失明".encode(), ["失明"], "") == {}
