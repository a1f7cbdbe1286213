"""Reads a web page: what it shows in reading order, then all that it holds besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.extract.embedded import read_embedded
from reviewer.extract.html.page import read_page
from reviewer.extract.html.passages import Passage, Passages
from reviewer.extract.plain import doubts
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Gap, Part
from reviewer.text.decode import decode

_CHARSET = re.compile(rb"""charset\s{0,4}=\s{0,4}["']?([\w-]{3,20})""", re.IGNORECASE)
_HEAD_BYTES = 4096


def read(data: bytes) -> Extracted:
    """Everything a page holds that a person, a browser's tools or a search engine could read.

    Style and scripts without anything notable in them are left out; nothing is ever fetched.
    """
    declared = _CHARSET.search(data, 0, _HEAD_BYTES)
    decoded = decode(data, hint=declared[1].decode("ascii", "replace") if declared else None)
    page = read_page(decoded.text)
    scribe = Scribe()
    passages = (*page.shown, *page.concealed)
    for passage, following in zip(passages, (*passages[1:], None), strict=False):
        scribe.add(
            passage.text,
            passage.place,
            part=passage.part,
            hidden=passage.hidden,
            line=passage.line,
            cell=passage.cell,
            after="\t" if _same_row(passage, following) else "\n",
        )
    for place, content in page.files:
        scribe.enclose(read_embedded(content, "data"), place, Enclosure.OBJECT)
    extracted = scribe.finish()
    gaps = (*extracted.gaps, *doubts(decoded), *page.gaps, *_nothing_shown(page, decoded.text))
    return Extracted(text=extracted.text, segments=extracted.segments, gaps=gaps)


def _same_row(passage: Passage, following: Passage | None) -> bool:
    if passage.cell is None or following is None or following.cell is None:
        return False
    here, there = passage.cell, following.cell
    return (here.table, here.row, passage.hidden) == (there.table, there.row, following.hidden)


def _nothing_shown(page: Passages, source: str) -> Sequence[Gap]:
    """A page without text is a picture, or its text is made by a script: either way, nobody has read it."""
    if not source.strip() or any(passage.part is not Part.PROPERTY for passage in page.shown):
        return ()
    reason = tr(
        "页面没有可见文字，内容可能在图片中或由脚本生成：请在浏览器中打开核对",
        "the page shows no text, it may be pictures or made by scripts: open it in a browser and check",
    )
    return (Gap(place=tr("全文", "whole document"), reason=reason),)
