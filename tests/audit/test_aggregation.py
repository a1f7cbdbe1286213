"""Documents that together tell what none tells alone, and the many that look alike and do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import Audit, write

from reviewer.audit.store import RESULTS

STORE = Path("结果")
SITES = [
    ("青石一号库", "QS-01", "31.10452", "112.31120", "420"),
    ("青石二号库", "QS-02", "31.11873", "112.33405", "380"),
]
SITES += [("柳林库", "LL-07", "31.20311", "112.40026", "150"), ("东坪库", "DP-03", "31.27784", "112.45519", "95")]
PEOPLE = ["王小宝", "李德福", "赵秀兰", "陈国强"]
FORMS = {
    "清单": "战备物资库名录\n名称\t编号\n" + "".join(f"{n}\t{c}\n" for n, c, *_ in SITES),
    "坐标": "控制点成果\n编号\t纬度\t经度\n" + "".join(f"{c}\t{x}\t{y}\n" for _, c, x, y, _ in SITES),
    "数量": "年度盘点\n名称\t储量（吨）\n" + "".join(f"{n}\t{q}\n" for n, *_, q in SITES),
    "学校坐标": "学校一览\n名称\t纬度\t经度\n" + "".join(f"青石第{n}小学\t31.1{n}\t112.3{n}\n" for n in "一二三四"),
    "学校人数": "学校统计\n名称\t实有人数\n"
    + "".join(f"青石第{n}小学\t{40 + at}\n" for at, n in enumerate("一二三四")),
    "末四位": "领取名单\n姓名\t身份证号\n" + "".join(f"{n}\t529931********60{at}0\n" for at, n in enumerate(PEOPLE)),
    "出生段": "复核名单\n姓名\t身份证号\n"
    + "".join(f"{n}\t5299311907080{at + 1}****\n" for at, n in enumerate(PEOPLE)),
    "另一县": "复核名单\n姓名\t身份证号\n"
    + "".join(f"{n}\t5117021907080{at + 1}****\n" for at, n in enumerate(PEOPLE)),
    "生日": "慰问名单\n姓名\t出生日期\n" + "".join(f"{n}\t1907-08-0{at + 1}\n" for at, n in enumerate(PEOPLE)),
}


def month(number: int, whom: str = "西山营区") -> str:
    return f"供水简报\n2024年{number}月向{whom}供水{1200 + number}吨，水质合格。\n"


def groups(audit: Audit, files: dict[str, str]) -> list[tuple[str, int, list[str]]]:
    write(Path("存量"), {f"{name}.txt": text for name, text in files.items()})
    audit("run", STORE, "存量")
    said = audit("aggregate", STORE, "--format", "json")
    told = json.loads(said.out)["groups"]
    assert said.code == (10 if told else 0)
    paths = [sorted(Path(one["path"]).stem for one in group["documents"]) for group in told]
    return [(group["aggregation"], group["things"], names) for group, names in zip(told, paths, strict=True)]


@pytest.mark.usefixtures("office")
def test_what_stands_in_several_documents_is_joined_and_lookalikes_are_not(audit: Audit) -> None:
    series = {f"供水{n}": month(n) for n in range(1, 7)} | {f"厂区{n}": month(n, "青石化工厂区") for n in range(1, 7)}
    assert groups(audit, {**FORMS, **series, "坐标副本": FORMS["坐标"]}) == [
        ("sites", 4, ["坐标", "数量", "清单"]),
        ("series", 1, [f"供水{n}" for n in range(1, 7)]),
        ("masks", 4, ["出生段", "末四位", "生日"]),
    ]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "files",
    [
        pytest.param({name: FORMS[name] for name in ("学校坐标", "学校人数")}, id="schools are public"),
        pytest.param({name: FORMS[name] for name in ("清单", "坐标")}, id="no quantity"),
        pytest.param({name: FORMS[name] for name in ("末四位", "另一县")}, id="namesakes of another county"),
        pytest.param({f"供水{n}": month(n) for n in range(1, 6)}, id="five months"),
        pytest.param(
            {
                "末四位": FORMS["末四位"],
                "长名单": FORMS["生日"]
                .replace("赵秀兰", "孙某某")
                .replace("陈国强", "周某某")
                .replace("李德福", "吴德贵"),
            },
            id="one name in common",
        ),
    ],
)
def test_silent(files: dict[str, str], audit: Audit) -> None:
    assert groups(audit, files) == []


@pytest.mark.usefixtures("office")
def test_a_group_says_what_each_document_gives_and_the_store_holds_no_name(audit: Audit) -> None:
    groups(audit, {name: FORMS[name] for name in ("末四位", "出生段")})
    said = audit("aggregate", STORE).out
    assert "末四位.txt" in said
    assert "号码末四位 4" in said
    assert "个人信息保护法第七十三条" in said
    held = (STORE / RESULTS).read_bytes()
    assert not [name for name in (*PEOPLE, "6000", "19070801") if name.encode() in held]
