"""Which language the program speaks to people: Chinese unless English is asked for."""

from __future__ import annotations

import os

_SUPPORTED = ("zh", "en")
_current = "en" if os.environ.get("REVIEWER_LANG", "zh").lower().startswith("en") else "zh"


def use_language(code: str) -> None:
    """Switch the whole process to "zh" or "en"; raises ValueError for any other."""
    global _current
    if code not in _SUPPORTED:
        raise ValueError(code)
    _current = code


def language() -> str:
    """The language in use: "zh" or "en"."""
    return _current


def tr(zh: str, en: str) -> str:
    """Both wordings stand side by side where they are used; the one in use comes back."""
    return en if _current == "en" else zh
