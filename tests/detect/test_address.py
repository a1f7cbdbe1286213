"""Addresses: how far they reach, and when one is somebody's home."""

from __future__ import annotations

import pytest
from persons import found

from reviewer.detect.privacy.address import addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("住址临湖区棉纺路62号院11号楼3单元401室，电话", "临湖区棉纺路62号院11号楼3单元401室"),
        ("户籍利州市柏杨镇响水村六组，冲压工", "利州市柏杨镇响水村六组"),
        ("其居住的高新区云谷公寓2座1108，晚上", "高新区云谷公寓2座1108"),
        ("住北山市渔港路6弄8号401室", "北山市渔港路6弄8号401室"),
        ("现住老干局宿舍2-304。", "老干局宿舍2-304"),
        ("住板桥镇石埠村14组26号，拟", "板桥镇石埠村14组26号"),
        ("福山里小区甲5-2-301", "福山里小区甲5-2-301"),
        ("临江镇团结街3号附2号", "临江镇团结街3号附2号"),
        ("业主王桂花（18-2-901）来访", "18-2-901"),
    ],
)
def test_an_address_from_town_to_door(text: str, address: str) -> None:
    assert address in [text[start:end] for start, end in addresses(text, 0, len(text))]


@pytest.mark.parametrize(
    "text", ["第57号建议", "云公（治）行罚决字〔2024〕00317号", "三组人员分头行动", "会议室内座谈", "2024-05-01"]
)
def test_numbers_that_are_no_address(text: str) -> None:
    assert list(addresses(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("申请人王桂花，住青石县红星镇民主街47号。", "青石县红星镇民主街47号"),
        ("市民王女士反映其居住的云谷公寓2座1108漏水。", "云谷公寓2座1108"),
        ("伤者李大柱，柏杨镇响水村六组人，务农。", "柏杨镇响水村六组"),
        ("姓名：王桂花　家庭住址：学府花园4栋1102", "学府花园4栋1102"),
    ],
)
def test_homes_of_private_persons(text: str, address: str) -> None:
    assert ("home_address", address) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "停水范围：船厂新村1幢至14幢、洗马巷1号至31号。",
        "办公地址：凤鸣路6号街道办4楼405室，联系人：胡主任",
        "经营者马建国，经营场所：城关镇回民巷22号。",
        "第三投票站设在学府花园4栋1102室。",
        "安置房项目3号楼已封顶，项目经理韩卫东。",
        "轮候号G2024017，申请人王桂花，拟配房源安居苑7-1-302。",
        "巷内12号为苏氏故居，民国年间教师苏敬之曾在18号开设私塾。",
        "低保户王桂花，家住东山村。",
    ],
)
def test_other_addresses_stay_silent(text: str) -> None:
    assert not [kind for kind, _ in found(text) if kind == "home_address"]
