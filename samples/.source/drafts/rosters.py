"""Rosters: what turns invented people into the rows of a table, lawful fields and unlawful ones."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from drafts.people import Person, people
from drafts.sheet import Value
from drafts.texts import words

ILLNESSES = ("尿毒症", "乳腺癌术后", "精神分裂症", "脑梗死后遗症", "肝硬化失代偿期", "类风湿关节炎", "2型糖尿病并发症")
# the kinds of disability, as the last digit but one of a certificate's number counts them
DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")

# unit, post, and the schools its people come from
POSTS = (
    ("青石县人民医院", "护理", "临溪医学高等专科学校", "云岭医科大学"),
    ("青石县人民医院", "检验技师", "临溪医学高等专科学校", "云岭医科大学"),
    ("青石县疾病预防控制中心", "公共卫生", "云岭医科大学"),
    ("青石县农业技术推广中心", "农技推广员", "云岭农业大学", "临溪学院"),
    ("青石县融媒体中心", "新媒体编辑", "云岭师范大学", "临溪学院"),
    ("青石县不动产登记中心", "财务会计", "南岭财经学院", "临溪学院"),
)


def numbered(rows: Iterable[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """The rows with their ordinal in front."""
    return tuple((ordinal, *row) for ordinal, row in enumerate(rows, 1))


def delimited(rows: Iterable[Iterable[object]], encoding: str) -> bytes:
    """The rows as CSV, with the line ends that a spreadsheet writes."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(encoding)


def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `texts/<name>`, a CSV of figures."""
    return tuple(tuple(row) for row in csv.reader(io.StringIO(words(name))))


def piped(rows: Iterable[Iterable[object]]) -> str:
    """The rows as a table in the notation of the texts."""
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def html_rows(rows: Iterable[Iterable[object]]) -> str:
    return "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)


def disabled(one: Person) -> tuple[str, str]:
    """A disability certificate's number, which begins with the id number, and what it says in words."""
    kind, degree = one.pick("kind", 1, len(DISABILITIES)), one.pick("degree", 1, 2)
    return f"{one.id}{kind}{degree}", f"{DISABILITIES[kind - 1]}{'一二'[degree - 1]}级"


def hired(found: tuple[Person, ...]) -> list[tuple[Value, ...]]:
    """Who is to be hired for which post, ranked within the post by score."""
    placed = [(one, one.choose("post", *POSTS), one.pick("score", 6820, 8790)) for one in found]
    placed.sort(key=lambda row: (POSTS.index(row[1]), -row[2]))
    rows: list[tuple[Value, ...]] = []
    for ordinal, (one, post, score) in enumerate(placed):
        rank = sum(other == post for _, other, _ in placed[:ordinal]) + 1
        unit, name, *schools = post
        ticket = f"2604{3100 + one.pick('ticket', 1, 899):06d}"
        school = one.choose("school", *schools)
        rows.append((unit, name, one.name, one.sex, ticket, school, f"{score / 100:.2f}", rank, "合格"))
    return rows


def students() -> str:
    """Pupils with birth dates and their guardians' telephones."""
    found = people("资助名单", 16)
    head = ("序号", "姓名", "性别", "班级", "出生日期", "资助档次", "联系电话")
    rows = (
        (
            pupil.name,
            pupil.sex,
            f"高{pupil.choose('grade', '一', '二')}（{pupil.pick('class', 1, 12)}）班",
            f"{pupil.pick('year', 2008, 2010)}-{pupil.pick('month', 1, 12):02d}-{pupil.pick('day', 1, 28):02d}",
            pupil.choose("level", "一档", "二档"),
            pupil.phone,
        )
        for pupil in found
    )
    return piped((head, *numbered(rows)))


def compensated() -> str:
    """Households whose land was taken, with id numbers and accounts."""
    head = ("序号", "户主", "面积（亩）", "金额（元）", "身份证号", "银行账号")
    rows = (
        (owner.name, f"{area / 100:.2f}", f"{area * 412:d}.00", owner.id, owner.card)
        for owner in people("征地补偿", 12)
        for area in (owner.pick("area", 21, 486),)
    )
    return piped((head, *numbered(rows)))


def waiting() -> dict[str, str]:
    """What a page about public housing shows, what its comment keeps and what its script carries."""
    found = people("公租房", 14)
    shown = [
        (
            f"2026-{300 + ordinal}",
            one.name,
            one.pick("members", 1, 4),
            one.community,
            one.choose("mode", "实物配租", "租赁补贴"),
        )
        for ordinal, one in enumerate(found, 1)
    ]
    carried = [
        {
            "queueNo": row[0],
            "applicant": row[1],
            "idCard": one.id,
            "mobile": one.phone,
            "members": row[2],
            "community": row[3],
            "mode": row[4],
        }
        for one, row in zip(found, shown, strict=True)
    ]
    return {
        "rows": html_rows(shown),
        "draft": "\n".join(f"{one.name}\t{one.id}\t{one.phone}" for one in found[:5]),
        "json": json.dumps(carried, ensure_ascii=False),
    }


def veterans() -> str:
    """Old party members whose masked id numbers stand beside the birth date that the mask hides."""
    rows = (
        (
            one.name,
            one.sex,
            f"{one.born:%Y-%m-%d}",
            f"{one.id[:6]}********{one.id[14:]}",
            f"{one.village}党支部",
            1200,
        )
        for one in people("老党员", 12)
    )
    return html_rows(numbered(rows))


def startups(found: tuple[Person, ...]) -> list[tuple[Value, ...]]:
    """Small businesses with their owners' telephones and personal accounts."""
    trades = ("家政服务部", "竹木加工坊", "小吃店", "快递服务站", "养殖场", "农机维修店", "服装店", "托管中心")
    head = ("序号", "创业实体名称", "经营者", "联系手机", "创业地址", "补贴项目", "金额（元）", "开户行", "银行账号")
    rows = (
        (
            f"青石县{one.surname}记{one.choose('trade', *trades)}",
            one.name,
            one.phone,
            one.village,
            one.choose("kind", "一次性创业补贴", "创业场地租金补贴"),
            one.choose("amount", "5000", "8000", "10000"),
            "青石县农村商业银行",
            one.card,
        )
        for one in found
    )
    return [head, *numbered(rows)]


def farmland(found: tuple[Person, ...]) -> list[tuple[Value, ...]]:
    """The lawful fields of a subsidy list: no id number, no account, no telephone."""
    head = ("序号", "乡镇", "村", "户主姓名", "补贴项目", "补贴面积（亩）", "补贴标准（元/亩）", "补贴金额（元）")
    rows = (
        ("河湾镇", one.village, one.name, "耕地地力保护补贴", f"{mu / 10:.1f}", "98.60", f"{mu * 9.86:.2f}")
        for one in sorted(found, key=lambda one: one.village)
        for mu in (one.pick("mu", 12, 168),)
    )
    return [head, *numbered(rows)]


def registered() -> list[tuple[Value, ...]]:
    """Houses to be registered for the first time: owner, place and area are what the announcement must hold."""
    head = ("序号", "权利人", "不动产坐落", "面积（㎡）", "用途")
    rows = (
        (
            one.name,
            f"松坡镇{one.village}{one.pick('group', 1, 9)}组{one.pick('door', 1, 80)}号",
            f"{area / 10:.1f}",
            "住宅",
        )
        for one in people("首次登记", 14)
        for area in (one.pick("area", 860, 2100),)
    )
    return [
        ("松坡镇农村宅基地使用权及房屋所有权首次登记公告",),
        head,
        *numbered(rows),
        ("公告期15个工作日，有异议的请将书面材料送达青石县不动产登记中心，电话：0326-8126617",),
    ]


def grants() -> list[tuple[Value, ...]]:
    """Students with month of birth and home village, which look harmless and must be deleted all the same."""
    head = ("序号", "姓名", "学院", "班级", "出生年月", "家庭住址", "资助金额（元）")
    rows = (
        (
            one.name,
            one.choose("school", "农学院", "水利学院", "人文学院"),
            f"240{one.pick('class', 1, 6)}班",
            f"{one.pick('year', 2004, 2006)}.{one.pick('month', 1, 12):02d}",
            f"河湾镇{one.village}",
            3300,
        )
        for one in people("助学金", 15)
    )
    return [
        ("临溪学院2026年国家助学金获得者名单公示",),
        head,
        *numbered(rows),
        ("公示期5个工作日，监督电话：0326-8190025",),
    ]


def supervised() -> list[tuple[Value, ...]]:
    """Persons under community correction: no column is to be masked, the list may not go out."""
    head = ("序号", "姓名", "性别", "矫正类别", "矫正期限", "签到")
    rows = (
        (
            one.name,
            one.sex,
            one.choose("kind", "缓刑", "假释"),
            f"2026.{one.pick('from', 1, 6)}—2027.{one.pick('to', 1, 12)}",
            "",
        )
        for one in people("矫正签到", 9)
    )
    return [("文昌街道2026年9月社区矫正对象集中教育签到表",), head, *numbered(rows)]
