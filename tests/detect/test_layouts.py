"""The same particulars in every layout - tables, forms, records of programs, chats - and lawful twins of each.

`layouts.txt` holds one text after another; what must be found stands in brackets, and nothing else may be.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from persons import findings

from reviewer.detect.specimen import bare, expected

_BLOCK = re.compile(r"^=== (?P<name>.*)\n(?P<text>(?:(?!=== ).*\n?)*)", re.MULTILINE)
LAYOUTS = [
    pytest.param(block["text"].rstrip("\n"), id=block["name"])
    for block in _BLOCK.finditer(Path(__file__).with_name("layouts.txt").read_text("utf-8"))
]


def _share(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_private_is_found_and_nothing_else(layout: str) -> None:
    text, wanted = bare(layout), expected(layout)
    held = {(finding.span.start, finding.span.end) for finding in findings(text)}
    assert [text[slice(*span)] for span in wanted if span not in held] == []
    assert [text[slice(*place)] for place in held if not any(_share(place, span) for span in wanted)] == []
