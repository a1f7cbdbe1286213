"""Real files that are known to be hard; they are not ours to ship: REVIEWER_TORTURE names the folder they lie in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewer.extract import docx, pptx, xlsx
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

FOLDER = os.environ.get("REVIEWER_TORTURE", "")
READERS = {".docx": docx.read, ".xlsx": xlsx.read, ".pptx": pptx.read}
Told = Callable[[Extracted], bool]


def part(*wanted: Part) -> Told:
    """Whether there is text in one of these parts of a document."""
    return lambda extracted: any(segment.part in wanted for segment in extracted.segments)


def place(words: str) -> Told:
    """Whether the place of a hidden segment holds these words."""
    return lambda extracted: any(words in segment.place and segment.hidden for segment in extracted.segments)


def gap(*words: str) -> Told:
    """Whether a gap says one of these words."""
    return lambda extracted: any(word in f"{g.place} {g.reason}" for g in extracted.gaps for word in words)


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
    "embedded archive": gap("压缩包"),
    "nested archives": gap("未读取"),
    "metadata text": part(Part.PROPERTY),
    "encrypted": gap("加密"),
    "damaged file": gap("损坏"),
    "image needs OCR or a human look": gap("图中可能有文字"),
    "hidden sheet Sheet1": place("（隐藏）"),
    "hidden row": place("隐藏行"),
    "hidden column": place("隐藏列"),
    "pivot cache with source records": place("透视表缓存"),
    "sheet protection": place("工作表保护"),
    "entity expansion attempt": gap("DOCTYPE"),
    "hidden slide": place("幻灯片9"),
    "speaker notes": part(Part.NOTES),
    "embedded objects": gap("嵌入对象"),
}


def cases() -> list[dict[str, Any]]:
    """The lines of the manifest about office files; none without the folder."""
    manifest = Path(FOLDER) / "manifest.jsonl"
    lines = manifest.read_text(encoding="utf-8").splitlines() if FOLDER else []
    return [case for case in map(json.loads, lines) if Path(case["file"]).suffix in READERS]


@pytest.mark.skipif(not FOLDER, reason="REVIEWER_TORTURE does not name a folder with a manifest.jsonl")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["file"])
def test_hard_file(case: dict[str, Any]) -> None:
    path = Path(FOLDER) / case["file"]
    extracted = READERS[path.suffix](path.read_bytes())
    assert [text for text in case["must_find"] if text not in extracted.text] == []
    assert [report for report in case["must_report"] if not REPORTS[report](extracted)] == []
    if case["must_not"]:
        assert extracted.segments or extracted.gaps
