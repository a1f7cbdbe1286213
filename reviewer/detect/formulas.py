"""Formulas of official prose: 按规定要求 before a sentence and 应当整改 behind it say nothing of what it tells.

What makes a sentence lawful (“规定”, “应当”: a rule is being told) must not be looked for in them: whoever writes where
the fence is broken and adds that it must be mended has told where it is broken.
"""

from __future__ import annotations

from reviewer.detect.expressions import regex
from reviewer.text.lazy import lazy

_FORMULA = lazy(
    r"(?:按照?|依照?|依据|根据)[^，。；：《》\n]{0,10}(?:规定|要求|部署|制度)(?:的?要求)?(?=[，,])"
    r"|(?:应当?|必须|须|要)(?:立即|尽快|及时|限期|抓紧|督促)?(?:整改|改正|消除|落实|处理|报告)"
)


def said_in(pattern: str, text: str, start: int, end: int) -> bool:
    """Whether the pattern is found in a range of the text, and not only inside of formulas."""
    first = regex(pattern).search(text, start, end)
    if first is None:
        return False
    formulas = [match.span() for match in _FORMULA.finditer(text, start, end)]
    if not formulas:
        return True
    return any(
        not any(low <= match.start() and match.end() <= high for low, high in formulas)
        for match in regex(pattern).finditer(text, start, end)
    )
