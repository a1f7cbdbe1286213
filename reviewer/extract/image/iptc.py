"""IPTC-IIM records: captions, names and places that press programs write into pictures (IIM 4.2)."""

from __future__ import annotations

from reviewer.extract.image.facts import Facts
from reviewer.language import tr

_NAMES = {
    5: "标题",
    10: "紧急程度",
    15: "类别",
    20: "类别",
    22: "标识",
    25: "关键词",
    26: "地点代码",
    27: "地点",
    40: "特别说明",
    55: "拍摄日期",
    62: "数字化日期",
    65: "软件",
    80: "作者",
    85: "作者职务",
    90: "城市",
    92: "具体地点",
    95: "省份",
    101: "国家",
    103: "任务编号",
    105: "大标题",
    110: "提供者",
    115: "来源",
    116: "版权",
    118: "联系方式",
    120: "说明",
    122: "说明作者",
}
_MARKER = 0x1C
_ENVELOPE, _APPLICATION = 1, 2
_CHARSET = 90
_UTF8 = b"\x1b%G"
_BINARY = frozenset({0, 125, 200, 201, 202})  # version, rasterised caption, previews
_MOST_DATASETS = 5_000


def read_iptc(data: bytes, facts: Facts) -> None:
    """Every dataset that holds text; one that runs past the end is a gap."""
    hint = None
    at = 0
    for _ in range(_MOST_DATASETS):
        if at + 5 > len(data) or data[at] != _MARKER:
            break
        record, dataset = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # extended: the size of the size (IIM 4.2, 1.5)
            width = size & 0x7FFF
            size = int.from_bytes(data[at : at + width], "big") if width <= 4 else len(data)
            at += width
        value = data[at : at + size]
        at += size
        if len(value) < size:
            facts.gap("IPTC", _damaged())
        if (record, dataset) == (_ENVELOPE, _CHARSET):
            hint = "utf-8" if value.startswith(_UTF8) else None
        elif record == _APPLICATION and dataset not in _BINARY:
            facts.say_bytes(f"IPTC/{_NAMES.get(dataset, dataset)}", value, hint)
        elif record > _APPLICATION or dataset in _BINARY:
            facts.sweep("IPTC", value)
    if data[at:].strip(b"\0"):
        facts.sweep("IPTC", data[at:])


def _damaged() -> str:
    return tr(
        "IPTC 数据已损坏，未全部读取：用画图程序另存图片后再审",
        "the IPTC data is damaged, not all of it was read: save the picture anew",
    )
