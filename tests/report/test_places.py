"""In English a place is English, and what the file itself calls something stays."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewer.extract
from reviewer.extract import Source
from reviewer.language import use_language
from reviewer.report import report
from reviewer.report.place_words import WORDS
from reviewer.report.places import place_told
from reviewer.screen import screener_for, settings

HAN = re.compile(r"[\u3400-\u9fff]+")


@pytest.mark.parametrize(
    ("place", "english"),
    [
        ("¶4", "¶4"),
        ("文件名", "file name"),
        ("表1 第2行第3列 修订删除", "table 1 row 2 column 3 deleted by a change"),
        ("第3行 B列", "row 3 column B"),
        ("第7行", "line 7"),
        ("第2条（已删除的记录） 姓名", "record 2 (deleted record) 姓名"),
        ("脚本（第12行）", "script (line 12)"),
        ("图片3（¶2 附近）", "picture 3 (¶2 nearby)"),
        ("幻灯片2 备注 ¶1", "slide 2 notes ¶1"),
        ("p3 识别¶1", "p3 recognised ¶1"),
        ("word/document.xml XML注释", "word/document.xml XML comment"),
        ("转发邮件!邮件头/发件人", "forwarded message!header/from"),
        ("附件 目录.docx!页眉", "attachment 目录.docx!header"),
        pytest.param("目录!B4 批注", "目录!B4 comment", id="a sheet's name"),
        pytest.param("名单 隐藏列", "名单 hidden columns", id="a sheet's name, without a cell"),
        pytest.param("压缩包目录表!A1", "压缩包目录表!A1", id="a name made of such words"),
        pytest.param("$[0].备注", "$[0].备注", id="a key of JSON"),
        pytest.param("/名单/备注", "/名单/备注", id="a path of XML"),
        pytest.param("2025-附件.pdf 残留文字", "2025-附件.pdf leftover text", id="a file's name"),
    ],
)
def test_a_place_in_english(place: str, english: str) -> None:
    assert place_told(place) == place, "in Chinese it is what the reader says"
    use_language("en")
    assert place_told(place) == english


def test_every_word_of_a_place_is_known() -> None:
    """Whatever a reader writes as a place by name, in full or in part, is in the vocabulary."""
    unknown = {word for text in _places() for word in HAN.findall(text)} - WORDS.keys() - set("第行列条")
    assert unknown - {"行第"} == set()


def _places() -> Iterator[str]:
    """The literals given as `place`, `label` or `what` anywhere in the readers."""
    for file in Path(reviewer.extract.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (isinstance(node, ast.keyword) and node.arg in ("place", "label", "what")) or (
                isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("place", "label", "what")
            ):
                value = node.value
            else:
                continue
            if not any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == "tr" for one in ast.walk(value)):
                yield from (
                    one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def test_a_report_in_english_has_no_chinese_place() -> None:
    use_language("en")
    source = Source(path="l.csv", name="l.csv", data="姓名,身份证号\n郝连庄,110101190001010014\n".encode())
    review = screener_for(settings(None, "2026-11-24")).review(source)
    told = report(review)
    assert [row.location.place for row in told.findings if row.type == "resident_id"] == ["row 2 column B"]
    assert not any(HAN.search(row.location.place) for row in told.findings)
    assert any(HAN.search(segment.place) for segment in review.document.segments), "what is signed keeps its name"
