"""The fields of an item in the public catalogue (政府信息公开目录) that a case carries, and the form they must have.

Which fields: 政府信息公开目录系统实施指引（试行）(国务院办公厅秘书局, 2009) [请核]; title, attribute and channel are
the submission's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.codec import later
from reviewer.signoff.wording import check_day, check_sentence

MOST_KEYWORDS = 5
_INDEX = re.compile(r"[0-9A-Za-z]+(?:[-/.][0-9A-Za-z]+)+", re.ASCII)
# 党政机关公文格式 (GB/T 9704-2012) 7.2.5: 机关代字、年份、发文顺序号; 六角括号, no “第”, no leading zero.
_DOCUMENT_NUMBER = re.compile(r"[^\s〔〕\[\]()（）]{1,40}〔\d{4}〕[1-9]\d*号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One item of the catalogue: typed by people, empty where unknown; days are written 2026-03-01.

    `issued` is 发文日期, `formed` 生成日期, `effective` and `abolished` the term of validity.
    """

    index: str = later("")
    information_class: str = later("")
    content_class: str = later("")
    organ: str = later("")
    issued: str = later("")
    formed: str = later("")
    effective: str = later("")
    abolished: str = later("")
    keywords: tuple[str, ...] = later(())


def check_catalogue(item: Catalogue, document_number: str) -> None:
    """Raises NotAllowedError naming the first field that does not have its form."""
    for fault in _faults(item, document_number):
        raise NotAllowedError(fault)
    for text, what in (
        (item.information_class, tr("信息分类", "class of information")),
        (item.content_class, tr("内容分类", "class of content")),
        (item.organ, tr("发布机构", "issuing organ")),
        *((word, tr("主题词", "keyword")) for word in item.keywords),
    ):
        check_sentence(text, what)
    for day, what in (
        (item.issued, tr("发文日期", "day of issue")),
        (item.formed, tr("生成日期", "day of making")),
        (item.effective, tr("生效日期", "day of effect")),
        (item.abolished, tr("废止日期", "day of abolition")),
    ):
        if day:
            check_day(day, what)


def _faults(item: Catalogue, document_number: str) -> Iterator[str]:
    if item.index and not _INDEX.fullmatch(item.index):
        yield tr(
            f"索引号“{item.index}”不合格式：机构代码、年份、序号以 / 或 - 相连，如 000014349/2026-00012",
            f"index “{item.index}”: organ, year and serial joined by / or -, such as 000014349/2026-00012",
        )
    if document_number and not _DOCUMENT_NUMBER.fullmatch(document_number):
        yield tr(
            f"文号“{document_number}”不合格式：机关代字〔年份〕序号号，六角括号，序号不编虚位，如 青政办〔2026〕3号",
            f"document number “{document_number}”: write it like 青政办〔2026〕3号",
        )
    if len(item.keywords) > MOST_KEYWORDS or len(set(item.keywords)) != len(item.keywords) or "" in item.keywords:
        yield tr(f"主题词应为至多 {MOST_KEYWORDS} 个，不重复", f"at most {MOST_KEYWORDS} different keywords")
    if item.abolished and item.effective and item.abolished < item.effective:
        yield tr("废止日期早于生效日期", "it is abolished before it takes effect")
    if item.issued and item.formed and item.issued < item.formed:
        yield tr("发文日期早于生成日期", "it is issued before it is made")


def lacking(item: Catalogue | None) -> tuple[str, ...]:
    """The fields without which an item has no place in the catalogue, by their Chinese names."""
    known = item or Catalogue()
    needed = (
        ("索引号", known.index),
        ("信息分类", known.information_class),
        ("发布机构", known.organ),
        ("生成日期", known.formed),
        ("主题词", known.keywords),
    )
    return tuple(name for name, value in needed if not value)
