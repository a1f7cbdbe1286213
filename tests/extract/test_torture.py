"""Real files that are known to be hard, through the front door; they are not ours to ship.

REVIEWER_TORTURE names the folder with their manifest; without it, a folder `shared/data/torture` beside the checkout
is taken if there is one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewer.extract import READERS, Source
from reviewer.screen import screener_for, settings
from reviewer.terms import Decision, Part, Review
from reviewer.text.fold import fold

BESIDE = Path(__file__).parents[3] / "shared" / "data" / "torture"
FOLDER = Path(os.environ.get("REVIEWER_TORTURE") or BESIDE)
MANIFEST = FOLDER / "manifest.jsonl"
Told = Callable[[Review], bool]


def part(*wanted: Part) -> Told:
    """Whether there is text in one of these parts of the document."""
    return lambda review: any(segment.part in wanted for segment in review.document.segments)


def place(*words: str) -> Told:
    """Whether the place of a hidden segment holds one of these words."""
    return lambda review: any(s.hidden and word in s.place for s in review.document.segments for word in words)


def concealed(text: str) -> Told:
    """Whether this text is told to be hidden."""
    return lambda review: any(s.hidden and text in s.text for s in review.document.segments)


def gap(*words: str) -> Told:
    """Whether a gap says one of these words."""
    return lambda review: any(word in f"{g.place} {g.reason}" for g in review.document.gaps for word in words)


def finding(*words: str) -> Told:
    """Whether something was found in a text that holds one of these words."""

    def told(review: Review) -> bool:
        text = review.document.text
        return any(word in text[f.span.start : f.span.end] for f in review.verdict.findings for word in words)

    return told


def either(*tests: Told) -> Told:
    return lambda review: any(test(review) for test in tests)


def none_of(*tests: Told) -> Told:
    return lambda review: not any(test(review) for test in tests)


def is_html(review: Review) -> bool:
    """The report names the type of the content, whatever the name says."""
    return review.document.media_type == "text/html"


def not_clear(review: Review) -> bool:
    return review.verdict.decision is not Decision.CLEAR


def resident_ids(review: Review) -> bool:
    return any(found.type == "resident_id" for found in review.verdict.findings)


REPORTS: dict[str, Told] = {
    "tracked deletions present": part(Part.DELETION),
    "tracked deletions": part(Part.DELETION),
    "tracked insertions present": part(Part.INSERTION),
    "tracked move": part(Part.DELETION),
    "hidden text": place("隐藏文字"),
    "comments": part(Part.COMMENT),
    "cell comments": part(Part.COMMENT),
    "header/footer": part(Part.HEADER),
    "footnote": part(Part.FOOTNOTE),
    "text box": part(Part.TEXT_BOX),
    "alternative-format chunk": part(Part.EMBEDDED),
    "external template reference": place("attachedTemplate"),
    "embedded archive": either(gap("压缩包"), place("embed1")),
    "nested archives": either(gap("未读取"), place("embed4")),
    "metadata text": part(Part.PROPERTY),
    "encrypted": gap("加密", "密码"),
    "damaged file": gap("损坏"),
    "image needs OCR or a human look": either(gap("图中可能有文字", "看图"), gap("识别")),
    "hidden sheet Sheet1": either(place("（隐藏）"), concealed("Sheet1A1")),
    "hidden row": place("隐藏行"),
    "hidden column": place("隐藏列"),
    "pivot cache with source records": place("透视表缓存"),
    "sheet protection": place("工作表保护"),
    "entity expansion attempt": gap("DOCTYPE"),
    "hidden slide": place("幻灯片9"),
    "speaker notes": part(Part.NOTES),
    "embedded objects": either(gap("嵌入对象"), place("嵌入对象")),
    "extension does not match content": is_html,
    "radical characters normalised": place("部首"),
    "embedded file foo.txt": place("foo.txt"),
    "embedded file Excel.xlsx": place("Excel.xlsx"),
    "annotation text": part(Part.ANNOTATION),
    'text under an opaque black box ("def")': concealed("def"),
    "earlier revisions in file": place("早期版本"),
    "no text layer": either(gap("没有文字", "图像", "图片"), gap("识别")),
    "watermark annotation with secrecy wording": either(finding("保密"), part(Part.ANNOTATION)),
    "attachment": either(gap("附件", "Gao", "eg_tulip"), place("附件")),
    "unreferenced file in package": either(place("数据文件.txt"), gap("数据文件.txt")),
    "or: unsupported type reported": lambda review: bool(review.document.segments),
}
FORBIDDEN: dict[str, Told] = {
    "silent pass": not_clear,
    "network access": lambda review: True,  # the whole session refuses it: tests/conftest.py
    "unbounded recursion": none_of(gap("秒未读完", "内存")),
    "hang": none_of(gap("秒未读完")),
    "memory blow-up": none_of(gap("内存")),
    "flagging post codes as ID numbers": none_of(resident_ids),
    "flagging the highlight as a redaction": lambda review: (
        not any(s.hidden and s.part is Part.BODY and s.text == "ghi" for s in review.document.segments)
    ),
    "silent misdecoding": lambda review: "維基大典" in review.document.text or not_clear(review),
}
FOLDED = frozenset({"39_kangxi_radicals_two_columns.pdf"})
"""Whose texts the manifest asks for after normalising; one of them is broken over a line end."""


def cases() -> list[dict[str, Any]]:
    """The lines of the manifest; none without the folder."""
    return [json.loads(line) for line in MANIFEST.read_text("utf-8").splitlines()] if MANIFEST.is_file() else []


@pytest.mark.skipif(not MANIFEST.is_file(), reason="no folder with the hard files: REVIEWER_TORTURE names one")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["file"])
def test_hard_file(case: dict[str, Any]) -> None:
    source = Source(path=case["file"], name=case["file"], data=(FOLDER / case["file"]).read_bytes())
    review = screener_for(settings(None, "2026-11-24")).review(source)
    assert [words for words in case["must_not"] if not FORBIDDEN[words](review)] == []
    if review.document.media_type not in {*READERS, "application/encrypted"}:
        assert review.document.gaps  # a format that nobody reads yet
        return
    text = fold(review.document.text).text.replace("\n", "") if case["file"] in FOLDED else review.document.text
    assert [words for words in case["must_find"] if words not in text] == []
    assert [words for words in case["must_report"] if not REPORTS[words](review)] == []
