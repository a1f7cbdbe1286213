"""Conditions and expressions in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.detect.conditions import Conditions, around
from reviewer.detect.expressions import regex
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.lazy import lazy

_PLAIN = lazy(r"[\u4e00-\u9fffA-Za-z]{1,8}")
_EXAMPLES = 3
_LONGEST_QUOTE = 16

_PARTS = {
    Part.BODY: ("正文", "body"),
    Part.TABLE: ("表格", "tables"),
    Part.HEADER: ("页眉", "headers"),
    Part.FOOTER: ("页脚", "footers"),
    Part.PROPERTY: ("文件属性", "properties"),
    Part.FILE_NAME: ("文件名", "file names"),
    Part.COMMENT: ("批注", "comments"),
    Part.TEXT_BOX: ("文本框", "text boxes"),
}


def part_name(part: Part) -> str:
    """What a person calls a part of a document."""
    return tr(*_PARTS.get(part, (part.value, part.value)))


def examples(words: Iterable[str], patterns: str) -> str:
    """A few of the words that would do; of expressions those alternatives that are plain words."""
    plain = sorted(words, key=lambda word: (len(word), word))
    plain += [piece for piece in _alternatives(patterns) if _PLAIN.fullmatch(piece) and piece not in plain]
    if not plain:
        return tr("规定写法的数字、日期、代号等", "a figure, date or code in the form that the rule asks for")
    named = "".join(f"“{word}”" for word in plain[:_EXAMPLES])
    return named + (tr("等", " …") if len(plain) > _EXAMPLES or patterns else "")


def _alternatives(patterns: str) -> list[str]:
    """The top-level alternatives of a union of expressions, its own brackets taken off."""
    pieces, depth, piece = [], 0, ""
    for char in patterns:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth <= 1:
            pieces.append(piece)
            piece = ""
        else:
            piece += char
    return [each.removeprefix("(?:").removesuffix(")") for each in (*pieces, piece) if each]


def failure(name: str, conditions: Conditions, reading: Reading, start: int, end: int) -> tuple[str, str]:
    """(why a match that fails condition `name` does not count, the words of the text that say so)."""
    match name:
        case "parts":
            wanted = tr("、", ", ").join(part_name(part) for part in conditions.parts)
            here = part_name(reading.part_of(start))
            return tr(f"只看{wanted}，此处是{here}", f"looks at {wanted} only, this is {here}"), ""
        case "require_document":
            some = examples((), conditions.require_document)
            return tr(f"全文没有{some}之类的内容", f"nothing like {some} in the whole text"), ""
        case "context":
            some, window = examples((), conditions.context), conditions.window
            return (
                tr(f"前后 {window} 字内没有{some}", f"no {some} within {window} characters"),
                "",
            )
        case "unless":
            said = _quoted(conditions.unless, reading, around(reading.sentence_at(start), start, end))
            return tr(f"同一句里有{said}，属公开或制度性内容", f"{said} in the sentence: public or general"), said
        case "unless_line":
            said = _quoted(conditions.unless_line, reading, around(reading.line_at(start), start, end))
            return tr(f"同一行里有{said}，属公开或制度性内容", f"{said} in the line: public or general"), said
        case "unless_document":
            said = _quoted(conditions.unless_document, reading, (0, len(reading.text)))
            return tr(f"全文中有{said}，属公开或制度性文件", f"{said} in the text: public or general"), said
        case _:
            place = conditions.benign_at(reading, start, end)
            said = "" if place is None else quote(reading.text[slice(*place)])
            return tr(f"{said}是正常用语，与此处重合", f"{said} is ordinary wording and overlaps"), said


def _quoted(pattern: str, reading: Reading, unit: Range) -> str:
    found = regex(pattern).search(reading.text, *unit)
    return quote(found[0]) if found else ""


def quote(text: str) -> str:
    """A few words of the document in quotation marks, cut where they are long."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1] + '…'}”"
