"""A place begins and ends with whole numbers, units and words."""

from __future__ import annotations

import pytest

from reviewer.detect.edges import whole


@pytest.mark.parametrize(
    ("marked", "widened"),
    [
        ("进货价17.2⟦元/公斤（自县库直采，返点3.5⟧%），", "17.2元/公斤（自县库直采，返点3.5%"),
        ("进货价1⟦7.2元，返点3.⟧5%，", "17.2元，返点3.5%"),
        ("供价⟦18⟧.9元、实验小学", "18.9元"),
        ("毛利控制在⟦9.6⟧个百分点", "9.6个百分点"),
        ("共⟦12⟧万元整", "12万元"),
        ("支付1,2⟦50,000元⟧。", "1,250,000元"),
        ("保温12-1⟦5℃⟧两小时", "12-15℃"),
        ("加入2⟦50 m⟧L的水", "250 mL"),
        ("王科 09:⟦16 她男人呢⟧", "09:16 她男人呢"),
        ("采用Fast⟦API的接⟧口", "FastAPI的接"),
        ("编号DC-⟦021的房屋⟧", "DC-021的房屋"),
        ("于2024-0⟦3-01支付⟧", "2024-03-01支付"),
        pytest.param("每公斤⟦0.83元⟧，毛利", "0.83元", id="whole already"),
        pytest.param("价格⟦上浮⟧3%", "上浮", id="number behind"),
        pytest.param("3%⟦上浮⟧", "上浮", id="number before"),
        pytest.param("第⟦3⟧，4项", "3", id="Chinese comma parts numbers"),
        pytest.param("价17⟦⟧.2元", "", id="empty"),
    ],
)
def test_whole(marked: str, widened: str) -> None:
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    low, high = whole(text, start, end)
    assert text[low:high] == widened


@pytest.mark.parametrize("text", ["1" * 5000, "a." * 5000, "1-" * 5000, "12,3:4/5元" * 2000])
def test_long_runs_are_cut_somewhere(text: str) -> None:
    low, high = whole(text, 2000, 2001)
    assert low <= 2000 < 2001 <= high
