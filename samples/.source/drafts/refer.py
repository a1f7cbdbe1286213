"""Drafts on which only a person, the third party or the secrecy office can decide, or that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from drafts.rosters import delimited, supervised, table
from drafts.sheet import Column, Sheet, workbook
from drafts.slides import slides
from drafts.texts import plain
from drafts.word import word


def early_figures() -> bytes:
    """Half-year figures before the statistics office has released them."""
    head, *rows = table("refer/2026年上半年主要经济指标快报.csv")
    return workbook(
        Sheet(
            name="主要指标",
            title="青石县2026年上半年主要经济指标快报",
            subtitle="测算数，尚未经上级统计部门核定，数据正式公布前仅供县领导参阅，请勿对外引用。",
            columns=tuple(Column(heading=heading, width=20) for heading in head),
            rows=tuple(_figures(row) for row in rows),
            notes=("青石县统计局综合股　2026年7月9日", "抄送：县委办公室、县政府办公室"),
        )
    )


def process_parameters() -> bytes:
    """A company's recipe and settings in a file that was handed in for a subsidy."""
    head, *rows = table("refer/恒岳新材料技改项目工艺参数表.csv")
    return workbook(
        Sheet(
            name="工艺参数",
            title="青石恒岳新材料有限公司年产30万件蜂窝陶瓷技改项目工艺参数表",
            subtitle="附表3　企业声明：本表为我公司技术秘密，仅供专家评审使用，未经书面同意不得向第三方提供。",
            columns=tuple(Column(heading=heading, width=20) for heading in head),
            rows=tuple(rows),
            notes=("拟随《2026年省级技改资金拟支持项目公示》一并公开。",),
        )
    )


def _figures(row: tuple[str, ...]) -> tuple[str | float, ...]:
    return (*row[:2], *map(float, row[2:]))


DRAFTS: Mapping[str, Callable[[], bytes]] = {
    "青石信息（第12期）.docx": partial(word, "refer/青石信息（第12期）.md", header="内部资料　注意保存"),
    "县政府专题会议纪要（第9期）.docx": partial(word, "refer/县政府专题会议纪要（第9期）.md"),
    "供水安全保障工作简报（第6期）.txt": partial(plain, "refer/供水安全保障工作简报.txt"),
    "关于启用新版政务邮箱的通知.md": partial(plain, "refer/关于启用新版政务邮箱的通知.md"),
    "2026年上半年主要经济指标快报.xlsx": early_figures,
    "第四季度食品安全暗访检查工作方案.docx": partial(word, "refer/食品安全暗访检查工作方案.md"),
    "县第三中学学生宿舍楼工程标底编制说明.txt": partial(
        plain, "refer/县第三中学学生宿舍楼工程标底编制说明.txt", "gb18030"
    ),
    "关于调整全县公务用车编制的通知（2012年）.txt": partial(plain, "refer/关于调整公务用车编制的通知（旧文）.txt"),
    "全县河长制工作现场推进会召开.docx": partial(word, "refer/全县河长制工作现场推进会召开.md"),
    "恒岳新材料技改项目工艺参数表.xlsx": process_parameters,
    "城区供水价格调整方案（送审稿）.docx": partial(word, "refer/城区供水价格调整方案（送审稿）.md"),
    "关于农村公路养护资金分配有关意见的函.txt": partial(plain, "refer/关于答复农村公路养护资金分配意见的函.txt"),
    # A package: its second attachment was left behind.
    "特色农产品名录/关于公布2026年地方特色农产品名录的通知.txt": partial(
        plain, "refer/关于公布地方特色农产品名录的通知.txt"
    ),
    "特色农产品名录/附件1.csv": partial(plain, "refer/地方特色农产品名录.csv", "gb18030"),
    "社区矫正对象集中教育签到表.csv": lambda: delimited(supervised(), "gb18030"),
    "信访问题研判工作例会材料.pptx": partial(slides, "refer/信访问题研判工作例会材料.md"),
}


def papers(font: Path) -> dict[str, bytes]:
    """The PDF drafts of this folder: pictures of paper, drawn with `font`, and nothing but pictures."""
    from drafts.paper import scan
    from drafts.scans import draw_pictures

    draw_pictures(font)
    return {"茶叶加工小区有关问题会议记录（扫描件）.pdf": scan("会议记录扫描件.png", "扫描件")}
