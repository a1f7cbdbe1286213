"""Drafts that may go out as they are, although many of them speak of secrets, names and amounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from drafts.people import people
from drafts.rosters import delimited, farmland, hired, numbered, registered
from drafts.sheet import Column, Sheet, workbook
from drafts.slides import slides
from drafts.texts import plain
from drafts.word import word


def rural_allowance() -> bytes:
    """Subsistence allowance with the fields that the law wants posted, and no others."""
    columns = (("序号", 8), ("户主姓名", 14), ("家庭人数", 12), ("保障金额（元/月）", 20), ("所在村", 16))
    rows = (
        (one.name, size, size * one.pick("level", 3, 6) * 105, f"双柳镇{one.village}")
        for one in people("农村低保", 26)
        for size in (one.pick("members", 1, 4),)
    )
    return workbook(
        Sheet(
            name="公示表",
            title="双柳镇2026年第一季度农村最低生活保障对象公示",
            subtitle="经村级评议、镇人民政府审核确认，现将下列家庭保障情况长期公示，接受社会监督。",
            columns=tuple(Column(heading=heading, width=width) for heading, width in columns),
            rows=numbered(rows),
            notes=("监督电话：0326-8233020（双柳镇民政办）、0326-8121580（县民政局）", "双柳镇人民政府　2026年3月30日"),
        )
    )


def recruits() -> bytes:
    """People to be hired: sex, admission ticket, school and rank are what the rules want published."""
    columns = (
        ("序号", 6),
        ("招聘单位", 26),
        ("招聘岗位", 16),
        ("姓名", 12),
        ("性别", 8),
        ("准考证号", 18),
        ("毕业院校", 22),
        ("总成绩", 10),
        ("岗位排名", 10),
        ("体检考察结果", 14),
    )
    return workbook(
        Sheet(
            name="拟聘用人员",
            title="青石县2026年度事业单位公开招聘拟聘用人员公示",
            subtitle="根据公开招聘有关规定，经笔试、面试、体检、考察，拟聘用下列人员，公示期自发布之日起7个工作日。",
            columns=tuple(Column(heading=heading, width=width) for heading, width in columns),
            rows=numbered(hired(people("拟聘用", 18))),
            notes=("监督电话：0326-8122206（县人力资源和社会保障局事业单位人事管理股）",),
        )
    )


DRAFTS: Mapping[str, Callable[[], bytes]] = {
    "青石县2025年政府信息公开工作年度报告.docx": partial(word, "clear/青石县2025年政府信息公开工作年度报告.md"),
    "青石县市场监督管理局2025年政府信息公开工作年度报告.txt": partial(
        plain, "clear/青石县市场监督管理局2025年政府信息公开工作年度报告.txt"
    ),
    "青石县政府信息公开保密审查制度.html": partial(plain, "clear/青石县政府信息公开保密审查制度.html"),
    "青石县启动2026年保密宣传教育月活动.md": partial(plain, "clear/青石县启动2026年保密宣传教育月活动.md"),
    "关于2026年国庆节放假安排的通知.txt": partial(plain, "clear/关于2026年国庆节放假安排的通知.txt", "utf-8-sig"),
    "密溪区人民政府办公室关于做好冬春火灾防控工作的通知.txt": partial(
        plain, "clear/密溪区人民政府办公室关于做好冬春火灾防控工作的通知.txt", "gb18030"
    ),
    "一体化政务服务平台升级改造项目公开招标公告.docx": partial(
        word, "clear/一体化政务服务平台升级改造项目公开招标公告.md"
    ),
    # A package with all that it announces.
    "农村电商示范点申报/关于组织申报2026年农村电商示范点的通知.docx": partial(
        word, "clear/关于组织申报农村电商示范点的通知.md"
    ),
    "农村电商示范点申报/附件1：农村电商示范点申报表.csv": partial(plain, "clear/农村电商示范点申报表.csv", "gb18030"),
    "农村电商示范点申报/附件2：农村电商示范点申报汇总表.csv": partial(
        plain, "clear/农村电商示范点申报汇总表.csv", "gb18030"
    ),
    "青石岭上的秘密交通站.md": partial(plain, "clear/青石岭上的秘密交通站.md"),
    "县人民医院医疗设备采购项目中标公告.html": partial(plain, "clear/县人民医院医疗设备采购项目中标公告.html"),
    "中共青石县委组织部干部任前公示.txt": partial(plain, "clear/中共青石县委组织部干部任前公示.txt"),
    "2026年度事业单位公开招聘拟聘用人员公示.xlsx": recruits,
    "行政处罚决定书（青市监处罚〔2026〕18号）.docx": partial(word, "clear/行政处罚决定书（青市监处罚〔2026〕18号）.md"),
    "2026年第一季度农村低保对象公示.xlsx": rural_allowance,
    "2026年政府工作报告要点.pptx": partial(slides, "clear/2026年政府工作报告要点.md"),
    "停水通知.txt": partial(plain, "clear/停水通知.txt", "utf-16"),
    "青石县物业管理办法（征求意见稿）公开征求意见公告.html": partial(
        plain, "clear/青石县物业管理办法（征求意见稿）公开征求意见公告.html"
    ),
    "2026年耕地地力保护补贴发放公示（河湾镇）.csv": lambda: delimited(farmland(people("耕地补贴", 32)), "utf-8-sig"),
    "松坡镇不动产首次登记公告.csv": lambda: delimited(registered(), "utf-8"),
    "公示名单中的个人信息怎样处理——政策解读.md": partial(plain, "clear/公示名单中的个人信息怎样处理——政策解读.md"),
    "青石县2025年国民经济和社会发展统计公报.txt": partial(plain, "clear/青石县2025年国民经济和社会发展统计公报.txt"),
    "青石县人民法院2025年行政审判典型案例.txt": partial(
        plain, "clear/青石县人民法院2025年行政审判典型案例.txt", "gb18030"
    ),
}


def papers(font: Path) -> dict[str, bytes]:
    """The PDF drafts of this folder, drawn with `font`."""
    from drafts.paper import paper

    return {"秋冬季流感疫苗接种通知.pdf": paper("clear/秋冬季流感疫苗接种通知.md", font)}
