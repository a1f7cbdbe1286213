"""What commands that write rule files share: ids with their category, strings as TOML."""

from __future__ import annotations

import json

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.terms import Category
from reviewer.text.lazy import lazy

_ID = lazy(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*")


def category_of(rule: str) -> Category:
    """The category with which a rule's id begins; raises UsageError for an id that no rule can have."""
    category = rule.partition("/")[0].replace("-", "_")
    if category not in set(Category):
        raise UsageError(
            tr(
                f"编号“{rule}”应以类别开头：state-secret/、work-secret/、trade-secret/ 或 personal-privacy/",
                f"“{rule}” must begin with its category, such as work-secret/",
            )
        )
    if not _ID.fullmatch(rule):
        raise UsageError(
            tr(f"编号“{rule}”应如 work-secret/my-list（小写字母、数字、-）", f"“{rule}”: like work-secret/my-list")
        )
    return Category(category)


def quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL, which is escaped here."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
