"""Drafts that bear a genuine mark somewhere: they stop, and the secrecy office is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from drafts.rosters import numbered, table
from drafts.sheet import Column, Sheet, workbook
from drafts.slides import slides
from drafts.texts import plain
from drafts.word import word


def outgoing_register() -> bytes:
    """A register of outgoing papers, meant as a list of public ones, in which some are not."""
    columns = (
        ("序号", 6),
        ("文号", 22),
        ("标题", 40),
        ("主送机关", 26),
        ("份数", 8),
        ("成文日期", 14),
        ("密级", 10),
        ("保密期限", 12),
    )
    return workbook(
        Sheet(
            name="发文登记",
            title="青石县人民政府办公室2026年第一批发文登记簿",
            columns=tuple(Column(heading=heading, width=width) for heading, width in columns),
            rows=numbered(table("block/发文登记簿.csv")),
            notes=("说明：拟从本表导出“政府文件”栏目目录。",),
        )
    )


DRAFTS: Mapping[str, Callable[[], bytes]] = {
    "关于做好重大活动期间有关保障工作的通知.docx": partial(
        word, "block/关于做好专项工作的通知.md", marks=("000027", "机密★10年", "特急")
    ),
    "近期有关工作安排.txt": partial(plain, "block/近期有关工作安排.txt"),
    "临溪市2026年度科技计划项目立项汇总表.docx": partial(word, "block/2026年度科技计划项目立项汇总.md", landscape=True),
    "专项工作实施方案.docx": partial(word, "block/专项工作实施方案.md", watermark="机密"),
    "2026年重点工作推进情况汇报.pptx": partial(slides, "block/年度重点工作汇报.md"),
    "通知公告列表.html": partial(plain, "block/通知公告列表.html"),
    "2026年第一批发文登记簿.xlsx": outgoing_register,
    "关于贯彻市委有关文件精神的通知.txt": partial(plain, "block/关于贯彻市委有关文件精神的通知.txt", "gb18030"),
}


def papers(font: Path) -> dict[str, bytes]:
    """The PDF drafts of this folder, drawn with `font`."""
    from drafts.paper import paper

    return {"事业单位公开招聘公共基础知识试卷（A卷）.pdf": paper("block/公共基础知识试卷（A卷）.md", font)}
