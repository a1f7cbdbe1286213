"""Whose money is spoken of: what a shop owes and what a job offers tell of nobody's purse."""

from __future__ import annotations

from reviewer.text.lazy import lazy

_BUSINESS = lazy(
    r"(?:[店铺厂坊]|公司|超市|商行|[餐饭]馆|合作社|工作室|服务部|经营部)(?:[（(][^（()）\n]{0,30}[)）])?[ \t，,]{0,2}\Z"
)
_REACH = 40
_OFFERED = lazy(r"(?:月入|月薪|年薪|日薪|底薪|工资|计件|保底)")
_OFFER = lazy(r"招工|招聘|用工|录用榜|求职|用人单位|招募")
_HEAD = 60  # characters in which a notice says what it is


def is_of_business(text: str, start: int, end: int) -> bool:
    """Whether a sum is a shop's or a firm's debt, or a wage that a notice of vacancies offers."""
    if _BUSINESS.search(text, max(0, start - _REACH), start):
        return True
    return _OFFERED.match(text, start, end) is not None and _OFFER.search(text, 0, _HEAD) is not None
