"""How long a mark holds: its term against the law's caps, and whether it has run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reviewer.language import tr
from reviewer.text.dates import after_years, dates
from reviewer.text.lazy import lazy

# 保守国家秘密法 (2024) 第二十条: unless provided otherwise, 绝密 ≤ 30, 机密 ≤ 20, 秘密 ≤ 10 years.
_CAPS = {"绝密": 30, "机密": 20, "秘密": 10}
_YEARS = lazy(r"(\d{1,3})\s?年")
_LEVEL = lazy(r"绝密|机密|秘密")
_NUMERALS = str.maketrans("OolI", "0011")


def lifetime(mark: str, today: date, signing: Callable[[], date | None]) -> tuple[str, bool]:
    """(what to tell of the mark's term, whether it has run out). An expired mark is never cleared by that."""
    until = next((day for _, _, day in dates(mark)), None)
    level = _LEVEL.search(mark)
    years = _YEARS.search(mark.translate(_NUMERALS)) if until is None else None
    if until is not None:
        return _told(until, today, "")
    if years is None:
        return "", False
    count = int(years[1])
    excess = ""
    if level and count > _CAPS[level[0]]:
        excess = tr(
            f"保密期限 {count} 年超过{level[0]}级一般上限 {_CAPS[level[0]]} 年，标志可能不规范。",
            f"a term of {count} years is over the usual cap of {_CAPS[level[0]]}. ",
        )
    signed = signing()
    if signed is None:
        return excess, False
    return _told(after_years(signed, count), today, excess)


def _told(until: date, today: date, before: str) -> tuple[str, bool]:
    if until >= today:
        return before, False
    note = tr(
        f"按标注推算，保密期限已于 {until.isoformat()} 届满；期满不等于可以公开，须有原定密单位的解密审核凭证",
        f"the term ran out on {until.isoformat()}; that is no clearance: the originator's declassification is needed",
    )
    return before + note, True
