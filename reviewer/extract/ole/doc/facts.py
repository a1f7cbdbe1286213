"""What a .doc holds beside its text: names of editors and files, marks, variables, captions."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.extract.ole.doc.fib import Table
from reviewer.extract.ole.doc.notes import Source, comment_authors, comment_signs
from reviewer.extract.ole.doc.strings import read_counted, read_strings
from reviewer.extract.scribe import Scribe
from reviewer.extract.telling import telling
from reviewer.terms import Part

_UNKNOWN_AUTHORS = frozenset({"Unknown", "未知", ""})
# SttbfAssoc ([MS-DOC] 2.9.276); those that a property set repeats are told once.
_ASSOCIATED = {1: "模板", 2: "标题", 3: "主题", 4: "关键词", 6: "作者", 7: "最后保存者", 8: "数据源", 9: "页眉文档"}
_FONT_NAME = 40


def read_facts(scribe: Scribe, source: Source) -> None:
    """Write down every fact that is text, but what the property sets, which come first, have told."""
    told = {(segment.place, segment.text) for segment in scribe.finish().segments}
    for place, text in _facts(source):
        if text.strip() and (place, text) not in _SILENT | told:
            scribe.add(text, place, part=Part.PROPERTY, hidden=True)


_SILENT = frozenset({("属性/模板", "Normal"), ("属性/模板", "Normal.dot"), ("属性/模板", "Normal.dotm")})


def _facts(source: Source) -> Iterator[tuple[str, str]]:
    authors = (*_strings(source, Table.REVISERS), *comment_authors(source), *comment_signs(source))
    for author in dict.fromkeys(authors):
        if author not in _UNKNOWN_AUTHORS:
            yield "修订和批注作者", author
    for number, text in enumerate(_strings(source, Table.ASSOCIATED)):
        yield f"属性/{_ASSOCIATED.get(number, f'关联文字{number}')}", text
    for text in dict.fromkeys(_strings(source, Table.SAVED_BY)):
        yield "保存记录", text
    for text in dict.fromkeys(_strings(source, Table.LINKED_FILES)):
        yield "链接文件", text
    for text in dict.fromkeys(_strings(source, Table.BOOKMARKS)):
        if not text.startswith("_") and telling(text):
            yield "书签", text
    for text in dict.fromkeys((*_strings(source, Table.CAPTIONS), *_strings(source, Table.AUTO_TEXT_NAMES))):
        if telling(text):
            yield "题注和自动图文集", text
    for text in _variables(source.tables[Table.VARIABLES]):
        yield "文档变量", text
    for text in read_counted(source.tables[Table.AUTOSAVE_SOURCE]):
        yield "自动保存来源", text


def _strings(source: Source, table: Table) -> tuple[str, ...]:
    return read_strings(source.tables[table])[0]


def _variables(packed: bytes) -> tuple[str, ...]:
    names, end = read_strings(packed)
    return (*names, *read_counted(packed[end:]))


def read_fonts(packed: bytes) -> tuple[str, ...]:
    """The names of the fonts by their number ([MS-DOC] 2.9.286 SttbfFfn)."""
    count, at, names = int.from_bytes(packed[:2], "little"), 4, list[str]()
    for _ in range(min(count, 4096)):
        if at >= len(packed):
            break
        size = packed[at] + 1
        name = packed[at + _FONT_NAME : at + size]
        names.append(name[: len(name) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0])
        at += size
    return tuple(names)
