"""`reviewer audit aggregate`: documents to be looked at together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from reviewer.audit.aggregation import Share, Together, together
from reviewer.audit.store import reading
from reviewer.audit.summary import summary
from reviewer.cli.options import StoreArgument
from reviewer.language import tr
from reviewer.report.plain import plain

_SOME_ASKED = 10


class _Form(StrEnum):
    TEXT = "text"
    JSON = "json"


def aggregate(
    store: StoreArgument,
    format: Annotated[_Form, typer.Option("--format", help=tr("报告格式", "report format"))] = _Form.TEXT,
) -> None:
    with reading(store) as opened:
        groups = tuple(together(opened, summary(opened).since))
    typer.echo(_json(groups) if format is _Form.JSON else _text(groups))
    raise typer.Exit(_SOME_ASKED if groups else 0)


def _text(groups: tuple[Together, ...]) -> str:
    if not groups:
        return tr(
            "没有发现须合起来看的文件（只比对表格中的点位、逐月供应量和名单中的掩码号码）",
            "no documents found that have to be looked at together (sites in tables, monthly supplies, masked numbers)",
        )
    return "\n\n".join("\n".join(_lines(number, group)) for number, group in enumerate(groups, 1))


def _lines(number: int, group: Together) -> Iterable[str]:
    kind = group.aggregation
    yield f"{number}. {tr(kind.title, kind.title_en)}"
    yield tr(
        f"   以下 {len(group.shares)} 份文件单份看不全，合起来对 {group.things} 个对象凑齐：{_needs(group)}",
        f"   none of these {len(group.shares)} documents does it alone; together, of {group.things}: {_needs(group)}",
    )
    yield from (f"   - {plain(share.path)}（{share.place}）：{_told(share)}" for share in group.shares)
    yield tr(f"   依据：{'、'.join(kind.basis)}", f"   basis: {', '.join(kind.basis)}")
    yield f"   {tr(kind.remedy, kind.remedy_en)}"


def _needs(group: Together) -> str:
    if group.aggregation.months:
        months = sorted({part for share in group.shares for part in share.parts})
        return tr(f"{months[0]} 至 {months[-1]}", f"{months[0]} to {months[-1]}")
    return tr("、", ", ").join(_name(part) for part in sorted(group.aggregation.needs))


def _told(share: Share) -> str:
    return tr("、", ", ").join(f"{_name(part)} {count}" for part, count in share.parts.items())


def _name(part: str) -> str:
    """A month is its own name."""
    zh, en = {
        "subject": ("名称用途", "what it is"),
        "coordinates": ("坐标", "coordinates"),
        "quantity": ("数量", "quantity"),
        "designation": ("名称与编号对照", "name and code"),
        "region": ("号码前六位", "first six digits"),
        "birth": ("出生日期", "birth date"),
        "tail": ("号码末四位", "last four digits"),
    }.get(part, (part, part))
    return tr(zh, en)


def _json(groups: tuple[Together, ...]) -> str:
    told = [
        {
            "aggregation": group.aggregation.id,
            "title": tr(group.aggregation.title, group.aggregation.title_en),
            "basis": list(group.aggregation.basis),
            "remedy": tr(group.aggregation.remedy, group.aggregation.remedy_en),
            "things": group.things,
            "documents": [{"path": one.path, "place": one.place, "parts": dict(one.parts)} for one in group.shares],
        }
        for group in groups
    ]
    return json.dumps({"schema": "reviewer.aggregation/1", "groups": told}, ensure_ascii=False, indent=1)
