"""Reads JSON: every value at its path; also a record a line (NDJSON), comments, trailing commas."""

from __future__ import annotations

from reviewer.extract.data.json_parser import BrokenError, parse
from reviewer.extract.data.value import json_path
from reviewer.extract.data.writer import Writer
from reviewer.extract.limits import DEFAULT_LIMITS
from reviewer.extract.plain import doubts
from reviewer.extract.plain import read as read_plain
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Gap, Part
from reviewer.text.decode import decode


def read(data: bytes) -> Extracted:
    """Every value of the text; what is no JSON after all is read line by line, and that is said."""
    if len(data) > DEFAULT_LIMITS.text_bytes:
        return Extracted(text="", segments=(), gaps=(too_large(),))
    decoded = decode(data)
    try:
        parsed = parse(decoded.text)
    except BrokenError as error:
        lines = read_plain(data)
        return Extracted(text=lines.text, segments=lines.segments, gaps=(*lines.gaps, _broken(error)))
    scribe = Scribe()
    for line, comment in parsed.comments:
        scribe.add(comment, f"注释（第{line}行）", part=Part.ATTRIBUTE, hidden=True, line=line)
    Writer(scribe, json_path).write(parsed.values)
    extracted = scribe.finish()
    return Extracted(text=extracted.text, segments=extracted.segments, gaps=(*doubts(decoded), *extracted.gaps))


def too_large() -> Gap:
    """For a text over the limit: it would take many times its size as a tree."""
    most = DEFAULT_LIMITS.text_bytes >> 20
    return Gap(
        place=tr("全文", "whole document"),
        reason=tr(f"超过 {most} MB，未读取：拆分后再审", f"over {most} MB, not read: split it and review again"),
    )


def _broken(error: BrokenError) -> Gap:
    return Gap(
        place=f"第{error.line}行",
        reason=tr(
            "自此处起不是合法的 JSON（或嵌套过深、内容过多），全文已按纯文本读取：改正后再审",
            "no valid JSON from here on (or nested too deep, or too much); all was read as plain text: correct it",
        ),
    )
