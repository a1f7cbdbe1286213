"""Drafts that may go out once something has been removed or masked: mostly other people's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from drafts.people import people
from drafts.rosters import (
    ILLNESSES,
    compensated,
    delimited,
    disabled,
    grants,
    numbered,
    startups,
    students,
    veterans,
    waiting,
)
from drafts.sheet import Column, Formula, Sheet, workbook
from drafts.slides import slides
from drafts.texts import plain
from drafts.word import word


def urban_allowance() -> bytes:
    """Id numbers and illnesses in plain sight, bank accounts in a column that is only hidden."""
    rows = (
        (one.name, one.sex, one.id, size, one.choose("illness", *ILLNESSES), size * 640, one.community, one.card)
        for one in people("城市低保", 28)
        for size in (one.pick("members", 1, 4),)
    )
    return workbook(
        Sheet(
            name="公示名单",
            title="云台街道2026年第二季度城市最低生活保障对象公示",
            subtitle="公示期7天。公示期间如有异议，请向云台街道社会事务办反映，监督电话：0326-8120720。",
            columns=(
                Column(heading="序号", width=6),
                Column(heading="申请人姓名", width=12),
                Column(heading="性别", width=6),
                Column(heading="身份证号", width=22),
                Column(heading="家庭人数", width=10),
                Column(heading="致贫原因", width=20),
                Column(heading="月保障金（元）", width=14),
                Column(heading="所在社区", width=14),
                Column(heading="银行账号", width=24, hidden=True),
            ),
            rows=numbered(rows),
            notes=("云台街道办事处　2026年6月28日",),
        )
    )


def disabled_allowance() -> bytes:
    """The number of a disability certificate is the id number with two digits behind it."""
    rows = (
        (
            one.name,
            *disabled(one),
            "困难残疾人生活补贴",
            95,
            f"石桥镇{one.village}",
        )
        for one in people("残疾补贴", 20)
    )
    columns = (
        ("序号", 6),
        ("姓名", 12),
        ("残疾证号", 26),
        ("残疾类别等级", 16),
        ("补贴类别", 24),
        ("补贴标准（元/月）", 16),
        ("住址", 20),
    )
    return workbook(
        Sheet(
            name="发放表",
            title="石桥镇2026年7月困难残疾人生活补贴发放表",
            columns=tuple(Column(heading=heading, width=width) for heading, width in columns),
            rows=numbered(rows),
            notes=("石桥镇人民政府　2026年7月20日", "咨询电话：0326-8253020"),
        )
    )


def senior_cards() -> bytes:
    """Masked by a formula, while the full number stays in a hidden column for anyone to unhide."""
    rows = (
        (
            one.name,
            one.sex,
            Formula('REPLACE(F{row},3,13,"*************")', one.id[:2] + "*" * 13 + one.id[15:]),
            f"枫林乡{one.village}",
            one.id,
        )
        for one in people("优待证", 22)
    )
    return workbook(
        Sheet(
            name="Sheet1",
            title="枫林乡2026年8月老年人优待证办理公示",
            columns=(
                Column(heading="序号", width=6),
                Column(heading="姓名", width=12),
                Column(heading="性别", width=6),
                Column(heading="证件号码", width=24),
                Column(heading="户籍地", width=20),
                Column(heading="身份证号码", width=24, hidden=True),
            ),
            rows=numbered(rows),
            notes=("证件号码已作脱敏处理。领取地点：枫林乡便民服务中心，电话：0326-8263009",),
        )
    )


DRAFTS: Mapping[str, Callable[[], bytes]] = {
    "2026年第二季度城市低保对象公示.xlsx": urban_allowance,
    "2026年春季学期家庭经济困难学生资助名单公示.docx": lambda: word(
        "redact/2026年春季学期家庭经济困难学生资助名单公示.md", extra={"rows": students()}
    ),
    "干部任前公示（2026年第5号）.docx": partial(word, "redact/干部任前公示（2026年第5号）.md"),
    "2026年第二批创业补贴发放名单.csv": lambda: delimited(startups(people("创业补贴", 20)), "gb18030"),
    "2026年第三批公租房轮候对象公示.html": lambda: plain("redact/公租房轮候对象公示.html", extra=waiting()),
    "第三届“青石好人”评选结果公示.docx": partial(word, "redact/第三届“青石好人”评选结果公示.md", reviser="县文明办"),
    "防返贫监测帮扶业务培训.pptx": partial(slides, "redact/防返贫监测帮扶业务培训.md"),
    "县长信箱来信答复选登（2026年第8期）.txt": partial(plain, "redact/县长信箱来信答复选登.txt"),
    "河湾镇2026年特困供养人员名单公示.md": partial(plain, "redact/河湾镇特困供养人员名单.md"),
    "2026年第二批公益性岗位拟上岗人员公示.txt": partial(plain, "redact/公益性岗位上岗人员公示.txt", "utf-16"),
    "石桥镇2026年第三季度高龄津贴发放花名册.txt": partial(plain, "redact/石桥镇高龄津贴发放花名册.txt", "gb18030"),
    "海外鄉親捐資助學受助名單.txt": partial(plain, "redact/海外鄉親捐資助學受助名單.txt", "big5"),
    "机关食堂食材配送采购合同公告.docx": partial(word, "redact/机关食堂食材配送采购合同公告.md"),
    "石桥镇困难残疾人生活补贴发放表.xlsx": disabled_allowance,
    "临溪学院2026年国家助学金获得者公示.csv": lambda: delimited(grants(), "utf-8-sig"),
    "枫林乡老年人优待证办理公示.xlsx": senior_cards,
    "青石县图书馆2026年暑期开放公告.docx": partial(
        word, "redact/县图书馆暑期开放公告.md", residue="双柳镇村民信访事项处理意见（第三稿）"
    ),
    "大坪乡农村老党员生活补贴公示.html": lambda: plain(
        "redact/农村老党员生活补贴公示.html", extra={"rows": veterans()}
    ),
}


def papers(font: Path) -> dict[str, bytes]:
    """The PDF drafts of this folder, drawn with `font`."""
    from drafts.paper import paper

    name = "redact/双柳镇土地征收补偿款发放公示.md"
    drawn = paper(name, font, extra={"rows": compensated()}, blacked_out=(4, 5))
    return {"双柳镇土地征收补偿款发放公示.pdf": drawn}
