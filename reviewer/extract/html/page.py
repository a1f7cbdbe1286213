"""Walks through a page, token by token, and writes down what each says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from reviewer.extract.html.attributes import (
    attribute_part,
    attribute_texts,
    files,
    local_frame,
    malformed,
    shown_name,
)
from reviewer.extract.html.files import page_files, read_media
from reviewer.extract.html.layout import Layout
from reviewer.extract.html.passages import Passages
from reviewer.extract.html.references import unescape, unescape_attribute
from reviewer.extract.html.script import disguised, embedded, notable, script_text, style_text, without_data
from reviewer.extract.html.style import Look, Sheet, declarations, gone, look
from reviewer.extract.html.tokens import Attribute, Kind, Lines, Token, tokens
from reviewer.extract.html.tree import BLOCKS, CELLS, SECTIONS, TABLE_PARTS, UNSHOWN, VOID, OpenElements
from reviewer.extract.limits import time_left_s
from reviewer.language import tr
from reviewer.terms import Part

_REPEATED = frozenset({"style", "face", "class"})  # the same value stands in many tags; once is enough
_BETWEEN_LOOKS = 4096  # tokens between two looks at the clock
_MOST_FILES = 1000
_RESERVE_S = 5.0  # time to hand over what was read
_TAG = re.compile(r"<[A-Za-z/!]")
_CONDITION = re.compile(r"\s*\[if [^\]>]*\]>(?:<!-->)?")
_STYLE = re.compile(r"<style", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,5})")


def read_page(source: str) -> Passages:
    """All that a page says, shown or not."""
    return _Walk(source, Lines(source)).passages()


def _own_sheet(source: str) -> Sheet:
    """The rules of the page's style elements, wherever they stand."""
    if not _STYLE.search(source):
        return Sheet(())
    return Sheet(token.contents for token in tokens(source) if token.kind is Kind.RAW and token.name == "style")


class _Walk:
    """One way through a page, or through a `fragment` of one that a comment or an attribute holds."""

    def __init__(self, source: str, lines: Lines, *, first_table: int = 0, fragment: bool = False) -> None:
        self._source = source
        self._lines = lines
        self._fragment = fragment
        self._passages = Passages(lines)
        self._layout = Layout(self._passages, first_table)
        self._open = OpenElements(Look())
        self._sheet = _own_sheet(source)
        self._opening: Token | None = None  # the tag before raw contents
        self._seen: set[tuple[str, str]] = set()

    def passages(self) -> Passages:
        for number, token in enumerate(tokens(self._source)):
            if number % _BETWEEN_LOOKS == 0 and time_left_s() < _RESERVE_S:
                self._out_of_time(token)
                break
            self._token(token)
        self._closed(self._open.close_all())
        self._layout.end_line()
        return self._passages

    def _token(self, token: Token) -> None:
        match token.kind:
            case Kind.TEXT:
                self._text(unescape(token.contents), token.start, preformatted=self._open.preformatted)
            case Kind.START:
                self._start(token)
            case Kind.END:
                self._end(token)
            case Kind.COMMENT:
                self._comment(token)
            case Kind.DECLARATION:
                if notable(token.contents):
                    self._passages.conceal_lines(token.contents, token.start, "注释", Part.COMMENT)
            case Kind.RAW:
                self._raw(token)

    def _text(self, text: str, at: int, *, preformatted: bool) -> None:
        self._layout.add(text, at, hidden=self._open.look.hidden, preformatted=preformatted)
        if self._open.look.turned and text.strip():
            self._passages.conceal(text.strip()[::-1], at, "显示的顺序", Part.ATTRIBUTE)

    def _start(self, token: Token) -> None:
        name = token.name
        self._opening = token
        self._attributes(token)
        if name in ("html", "head") or not self._in_place(name):
            return
        self._closed(self._open.make_way(name))
        if name in BLOCKS or name == "br":
            self._layout.end_line()
        if name in VOID or (token.self_closing and (self._open.is_open("svg") or self._open.is_open("math"))):
            return
        inside = self._look(token)
        self._table_part(token)
        self._open.open(name, inside)

    def _end(self, token: Token) -> None:
        self._attributes(token)
        if token.name in ("p", "br"):
            self._layout.end_line()
        if token.name not in ("html", "head", "body"):
            self._closed(self._open.close(token.name))

    def _closed(self, names: Iterable[str]) -> None:
        for name in names:
            if name in BLOCKS:
                self._layout.end_line()
            if name in CELLS:
                self._layout.end_cell()
            elif name == "table":
                self._layout.end_table()

    def _look(self, token: Token) -> Look:
        outer = self._open.look
        if not token.attributes and not self._sheet and token.name not in UNSHOWN:
            return outer
        values = {a.name: unescape_attribute(a.value) for a in reversed(token.attributes)}  # the first one counts
        plain = {
            "color": values.get("color", values.get("text", "")).strip().lower(),
            "background": values.get("bgcolor", values.get("background", "")).strip().lower(),
        }
        if token.name == "bdo":
            plain |= {"unicode-bidi": "bidi-override", "direction": values.get("dir", "").strip().lower()}
        inside = look(
            outer,
            {
                **{name: value for name, value in plain.items() if value},
                **self._sheet.declarations(token.name, values.get("class", ""), values.get("id", "")),
                **declarations(values.get("style", "")),
            },
        )
        closed_dialog = token.name == "dialog" and "open" not in values
        return gone(inside) if "hidden" in values or token.name in UNSHOWN or closed_dialog else inside

    def _in_place(self, name: str) -> bool:
        """Whether a part of a table stands in one; a piece cut out of a table is read as if it did."""
        if name not in TABLE_PARTS or name == "table" or self._open.is_open("table"):
            return True
        if self._fragment:
            self._layout.start_table()
            self._open.open("table", self._open.look)
        else:
            self._layout.end_line()
        return self._fragment

    def _table_part(self, token: Token) -> None:
        if token.name == "table":
            self._layout.start_table()
        elif token.name == "tr":
            self._layout.start_row()
        elif token.name in SECTIONS:
            self._layout.start_section()
        elif token.name in CELLS:
            numbers = {a.name: _NUMBER.match(a.value) for a in token.attributes if a.name in ("colspan", "rowspan")}
            spans = {name: int(number[1]) for name, number in numbers.items() if number}
            self._layout.start_cell(spans.get("colspan", 1), spans.get("rowspan", 1))

    def _comment(self, token: Token) -> None:
        condition = _CONDITION.match(token.contents)
        begin = condition.end() if condition else 0
        self._piece(token.contents[begin:], token.start + len("<!--") + begin, "注释", Part.COMMENT)

    def _raw(self, token: Token) -> None:
        at, contents, name = token.start, token.contents, token.name
        if name in ("script", "style"):
            self._code(token)
        elif name == "title" and token.end < len(self._source) and not self._open.is_open("svg"):
            title = " ".join(unescape(contents).split())
            if title:
                self._passages.title(title, at)
        elif name in ("textarea", "xmp", "plaintext"):
            text = unescape(contents) if name == "textarea" else contents
            self._layout.end_line()
            self._text(text, at, preformatted=True)
            self._layout.end_line()
        else:
            self._piece(contents, at, "隐藏内容", Part.BODY)

    def _code(self, token: Token) -> None:
        kind = (
            next((a.value.lower() for a in self._opening.attributes if a.name == "type"), "") if self._opening else ""
        )
        if "html" in kind or "template" in kind:
            self._piece(token.contents, token.start, "脚本", Part.SCRIPT)
            return
        read, what = (script_text, "脚本") if token.name == "script" else (style_text, "样式")
        for at, text in read(without_data(token.contents)):
            if token.name == "script" or self._first_time("style", text):
                self._passages.conceal(text, token.start + at, what, Part.SCRIPT)
        for at, text in disguised(token.contents):
            self._passages.conceal(text, token.start + at, what, Part.SCRIPT)
        self._files(token.contents, token.start, what)
        for at, encoded in embedded(token.contents):
            self._file(what, token.start + at, encoded)

    def _piece(self, markup: str, at: int, what: str, part: Part) -> None:
        """Markup that is not shown: taken apart once, and read as it stands if it holds more of its kind."""
        if self._fragment or not _TAG.search(markup):
            self._passages.conceal_lines(unescape(markup), at, what, part)
            return
        inner = _Walk(markup, self._lines.within(at), first_table=self._layout.tables, fragment=True)
        self._passages.adopt(inner.passages(), what, part)
        self._layout.tables = inner._layout.tables

    def _attributes(self, token: Token) -> None:
        if not token.closed or malformed(token):
            raw = self._source[token.start + 1 : token.end]
            self._passages.conceal_lines(unescape_attribute(raw), token.start + 1, "残缺的标签", Part.ATTRIBUTE)
            return
        for attribute, text in attribute_texts(token):
            if attribute.name in _REPEATED and not self._first_time(attribute.name, text):
                continue
            what = _what(token, attribute)
            if attribute.name == "srcdoc":
                self._piece(text, attribute.at, what, Part.ATTRIBUTE)
            else:
                self._passages.conceal(text, attribute.at, what, attribute_part(attribute))
        for attribute in token.attributes:
            self._files(unescape_attribute(attribute.value), attribute.at, _what(token, attribute))
        if token.attributes:
            self._unread(token)

    def _files(self, text: str, at: int, what: str) -> None:
        for file in page_files(text):
            if len(self._passages.files) >= _MOST_FILES:
                self._unread_file(what, at + file.at)
                return
            self._passages.file(file.data, at + file.at, what)

    def _out_of_time(self, token: Token) -> None:
        reason = tr(
            "页面过大，未在时限内读完：拆分后再审",
            "too large to be read in time: split it and review again",
        )
        self._passages.gap(tr("此后内容", "the rest"), token.start, reason)

    def _first_time(self, name: str, text: str) -> bool:
        seen = (name, text) in self._seen
        self._seen.add((name, text))
        return not seen

    def _unread(self, token: Token) -> None:
        for at, encoded in files(token):
            self._file(token.name, at, encoded)
        if token.kind is Kind.START and not self._fragment and local_frame(token):
            reason = tr(
                "嵌入的另一个文件未随本页读取：请打开核对，并把该文件一并送审",
                "another file is shown in this page and was not read: open it and check, and review that file too",
            )
            self._passages.gap(token.name, token.start, reason)

    def _unread_file(self, what: str, at: int) -> None:
        reason = tr(
            "页内嵌有图片或文件，其中可能有文字，未读取：请打开核对",
            "a picture or file embedded in the page was not read and may hold text: open it and check",
        )
        self._passages.gap(what, at, reason)

    def _file(self, what: str, at: int, encoded: str) -> None:
        """A picture that the page carries in itself, once however often it is shown."""
        if self._first_time("data", hashlib.sha256(encoded.encode("utf-8", "replace")).hexdigest()):
            self._passages.enclose(read_media(encoded), what, at)


def _what(token: Token, attribute: Attribute) -> str:
    return f"属性 {shown_name(token.name)}@{shown_name(attribute.name)}"
