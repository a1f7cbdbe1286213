"""Makes a redacted copy and proves it: the copy is screened again, and nothing removed may be left in its bytes."""

from __future__ import annotations

from dataclasses import replace

from reviewer.errors import RedactionError
from reviewer.extract import Source
from reviewer.language import tr
from reviewer.redact import redact
from reviewer.screen.screener import Screener
from reviewer.terms import Action, Finding, Review

_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5")
_CURABLE = (Action.MASK, Action.REMOVE)
_TELLING = 6  # shorter strings occur by chance in any file


def redacted_copy(screener: Screener, source: Source) -> tuple[bytes, Review]:
    """The copy's bytes and its own review, which is clear. Raises RedactionError in every other case."""
    review = screener.review(source)
    findings = [f for f in review.verdict.findings if f.action is not Action.NOTE]
    _refuse_what_masks_cannot_cure(source, review, findings)
    copy = redact(source.data, review.document, findings)
    proof = screener.review(replace(source, data=copy))
    left = [f for f in proof.verdict.findings if f.action is not Action.NOTE]
    removed = {review.document.text[f.span.start : f.span.end] for f in findings}
    if left or proof.verdict.gaps or any(_is_in(text, copy) for text in removed):
        count = len(left)
        raise RedactionError(
            tr(
                f"{source.path}：副本再次筛查仍有 {count} 处问题，未写出。请手工修改",
                f"{source.path}: the copy still has {count} finding(s); nothing was written. Cure it by hand",
            )
        )
    return copy, proof


def _refuse_what_masks_cannot_cure(source: Source, review: Review, findings: list[Finding]) -> None:
    if review.verdict.gaps or any(f.action not in _CURABLE for f in findings):
        raise RedactionError(
            tr(
                f"{source.path}：有须由人判断或未能读取的内容，遮盖不能解决。先按 reviewer screen 的提示处理",
                f"{source.path}: there is matter that masking cannot cure. See `reviewer screen` first",
            )
        )


def _is_in(text: str, data: bytes) -> bool:
    if len(text) < _TELLING:
        return False
    return any(text.encode(encoding, "ignore") in data for encoding in _ENCODINGS if text.encode(encoding, "ignore"))
