"""Titles in file names, and how like two titles are."""

from __future__ import annotations

import pytest

from reviewer.text.numerals import number_of
from reviewer.text.titles import ALIKE, alike, comparable, file_title


@pytest.mark.parametrize(
    ("name", "title", "number", "is_attachment"),
    [
        ("附件1.xlsx", "", 1, True),
        ("附件1：受助名单.xlsx", "受助名单", 1, True),
        ("附件二 受助名单.xlsx", "受助名单", 2, True),
        ("附件 1-受助名单.docx", "受助名单", 1, True),
        ("附件.zip", "", None, True),
        ("附表3.发放明细.xls", "发放明细", 3, True),
        ("关于公布名单的通知（附件2）.docx", "", 2, True),
        ("关于公布名单的通知附件1.docx", "", 1, True),
        ("1.受助名单.xlsx", "受助名单", 1, False),
        ("受助名单.xlsx", "受助名单", None, False),
        ("附件/受助名单.xlsx", "受助名单", None, True),
        ("../通知.docx", "通知", None, False),
        ("附件管理办法.docx", "附件管理办法", None, False),
        ("附属医院公告.docx", "附属医院公告", None, False),
        ("2026年名单.docx", "2026年名单", None, False),
        ("2.0版说明.docx", "20版说明", None, False),
    ],
)
def test_what_a_file_name_says(name: str, title: str, number: int | None, is_attachment: bool) -> None:
    found = file_title(name)
    assert (found.title, found.number, found.is_attachment) == (title, number, is_attachment)


@pytest.mark.parametrize(
    ("name", "covers"), [("附件.zip", True), ("附件材料.rar", True), ("附件1.zip", False), ("附件.docx", False)]
)
def test_one_archive_for_all(name: str, covers: bool) -> None:
    assert file_title(name).covers_all is covers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受助学生名单", "2026年受助学生名单"),
        ("青石县受助学生名单（第一批）", "青石县受助学生名单第1批"),
        ("项目申报书", "项目申报书（模板）"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert alike(comparable(one), comparable(other)) >= 0.7 > ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [("受助学生名单", "资金汇总表"), ("项目申报书", "承诺书"), ("", "名单"), ("困难群众花名册", "项目汇总表")],
)
def test_not_alike(one: str, other: str) -> None:
    assert alike(comparable(one), comparable(other)) < 0.4 < ALIKE


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("③", 3), ("", None), ("0", None), ("十十", None)],
)
def test_numerals(text: str, number: int | None) -> None:
    assert number_of(text) == number
