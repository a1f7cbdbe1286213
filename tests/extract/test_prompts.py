"""Prompts that programs put into placeholders, and what only begins like one."""

from __future__ import annotations

import pytest

from reviewer.extract.prompts import is_prompt


@pytest.mark.parametrize(
    "text",
    [
        "",
        "单击此处编辑母版标题样式",
        "单击以编辑母版副标题样式",
        "编辑母版文本样式",
        "单击图标添加图片",
        "在此处输入标题",
        "按一下以編輯母片標題樣式",
        "第二级",
        "第六个大纲级别",
        "Click to edit Master title style",
        "Edit Master text styles",
        "Click to edit the outline text format",
        "Fifth level",
        "‹#›",
        "<编号>",
        "2026/11/2",
        "2026年3月12日",
        "*",
    ],
)
def test_prompts(text: str) -> None:
    assert is_prompt(text)


@pytest.mark.parametrize(
    "text",
    [
        "单击此处查看张三的材料",
        "单击此处 110105190001010010",
        "第二批名单",
        "第三级机密",
        "13800138000",
        "编辑：王五",
        "Click here for Smith",
        "机密★10年",
        "编辑标题" * 20,
    ],
)
def test_what_somebody_wrote(text: str) -> None:
    assert not is_prompt(text)
