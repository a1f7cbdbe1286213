"""Redacts web pages by editing their source: tags, styles and everything else that is shown stay to the letter."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape

from reviewer.extract.html.references import unescape, unescape_attribute
from reviewer.extract.html.tokens import Attribute, Kind, Lines, Token, tokens
from reviewer.extract.html.tree import BLOCKS, TABLE_PARTS
from reviewer.redact.burning import burned
from reviewer.redact.edit import Copy, Edit, Piece, Tally, pieces, unplaced
from reviewer.redact.lines import write_all
from reviewer.redact.pictures import stripped
from reviewer.redact.plain import source
from reviewer.redact.values import Values, telling
from reviewer.terms import Document, Part, Segment
from reviewer.text.decode import Decoded, decode

_CHARSET = re.compile(rb"""charset\s{0,4}=\s{0,4}["']?([\w-]{3,20})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]+|#[0-9]+|[A-Za-z][A-Za-z0-9]{0,31});?")
_SPACES = " \t\n\r\f"
_BREAKS = BLOCKS | TABLE_PARTS | {"br"}
_SHOWN_RAW = frozenset({"title", "textarea"})
_DATA = re.compile(r"data:([\w/+.-]*)[^,]{0,100},", re.IGNORECASE)
_PICTURES = ("image/png", "image/jpeg", "image/jpg", "image/bmp", "image/gif")


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The page with its places masked; comments go, and what is in attributes and scripts is emptied."""
    decoded = decoded_page(data, document.path)
    tally = Tally()
    page = _Page(decoded.text, tally)
    burning = burned(page.pictures, document, pieces(document, edits))
    page.show(burning.pictures)
    changes = burning.rest
    hidden = {
        index: [Piece(0, len(segment.text), "")]
        for index, segment in enumerate(document.segments)
        if segment.hidden and segment.part in (Part.BODY, Part.TABLE) and "!" not in segment.place
    }
    seen = {index: change for index, change in changes.items() if not document.segments[index].hidden}
    lost = set(write_all(document, {**seen, **hidden}, page.lines, _belongs))
    lost -= {document.segments[index].place for index in hidden}
    if lost:
        raise unplaced(document, sorted(lost))
    tally.add("隐藏文字", len(hidden))
    unseen = [document.segments[index] for index in changes if index not in seen]
    texts = [document.segments[i].text[p.start : p.end] for i, c in changes.items() for p in c if i not in seen]
    page.empty([*texts, *telling(document, changes)], {segment.line or 0 for segment in unseen})
    written = encoded_page(decoded, page.written())
    return Copy(data=written, cleaned=tally.cleaned(), burned=burning.burned, method="html")


def decoded_page(data: bytes, path: str) -> Decoded:
    declared = _CHARSET.search(data, 0, _HEAD_BYTES)
    decoded = decode(data, hint=declared[1].decode("ascii", "replace") if declared else None)
    return decoded if decoded.certain and not decoded.trouble else source(data, path)


def encoded_page(decoded: Decoded, text: str) -> bytes:
    return decoded.bom + text.encode(decoded.encoding, "xmlcharrefreplace")


def _belongs(segment: Segment) -> bool:
    return segment.place == "title" or (segment.part in (Part.BODY, Part.TABLE) and "!" not in segment.place)


class _Line:
    """One line as a browser shows it: each character with the range of the source it was written as."""

    def __init__(self, page: _Page) -> None:
        self._page = page
        self._letters: list[tuple[str, int, int]] = []

    def add(self, letters: str, start: int, end: int) -> None:
        for letter in letters:
            if letter in _SPACES:
                if not self._letters or self._letters[-1][0] == " ":
                    continue
                letter = " "  # noqa: PLW2901
            self._letters.append((letter, start, end))

    @property
    def text(self) -> str:
        return "".join(letter for letter, _, _ in self._letters)

    def write(self, start: int, end: int, mask: str) -> None:
        for at, (_, low, high) in enumerate(self._letters[start:end]):
            self._page.replace(low, high, escape(mask, quote=False) if at == 0 else "")
        at = self._letters[start][1] if start < len(self._letters) else 0
        self._letters[start:end] = [(letter, at, at) for letter in mask]


class _Page:
    """The source, cut into tokens, with the replacements made so far."""

    def __init__(self, text: str, tally: Tally) -> None:
        self._text, self._tally = text, tally
        self._changes: dict[tuple[int, int], str] = {}
        self._attributes: list[Attribute] = []
        self._lines = Lines(text)
        self._scripts: list[Token] = []
        self._burned: Mapping[str, bytes] = {}
        self.lines = [line for line in self._read() if line.text.strip()]

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """The pictures that stand in attributes, by the line they begin in."""
        coded = ((self._place(one), _picture(one)) for one in self._attributes)
        return {place: data for place, data in coded if data is not None}

    def show(self, pictures: Mapping[str, bytes]) -> None:
        """Put these pictures in the place of those with their names."""
        self._burned = pictures

    def _place(self, attribute: Attribute) -> str:
        line = self._lines.at(attribute.at)
        return f"{attribute.name} {line}:{attribute.at}"

    def replace(self, start: int, end: int, text: str) -> None:
        self._changes[start, end] = text

    def empty(self, values: Sequence[str], told: Collection[int]) -> None:
        """Empty the attributes in which a value stands, and take it out of scripts and styles.

        `told` are the lines at which something unseen was found. A script there that does not hold the value as it
        is (it may be encoded, or put together) goes altogether; so do the values of forms.
        """
        search = Values(value for value in values if len(value.strip()) >= 2)
        for attribute in self._attributes:
            said = unescape_attribute(attribute.value)
            is_form_value = attribute.name == "value" and self._lines.at(attribute.at) in told
            if self._is_file(attribute) or is_form_value or search.stand_in(said):
                self._tally.add("属性里的内容")
                self.replace(attribute.at, attribute.at + len(attribute.value), "")
        for token in self._scripts:
            inner = token.contents
            for start, end, _ in reversed(search.places(inner)):
                inner = inner[:start] + inner[end:]
            first, last = self._lines.at(token.start), self._lines.at(token.end)
            if inner == token.contents and any(first <= line <= last for line in told):
                inner = ""
            if inner != token.contents:
                self._tally.add("脚本里的内容")
                self.replace(token.start, token.end, inner)

    def written(self) -> str:
        text, at = [], 0
        for (start, end), new in sorted(self._changes.items()):
            if start >= at:
                text += [self._text[at:start], new]
                at = end
        return "".join(text) + self._text[at:]

    def _read(self) -> Iterator[_Line]:
        line = _Line(self)
        for token in tokens(self._text):
            shown_raw = token.kind is Kind.RAW and token.name in _SHOWN_RAW
            if token.kind is Kind.TEXT or shown_raw:
                self._letters(line, token)
            if shown_raw or (token.kind in (Kind.START, Kind.END) and token.name in _BREAKS):
                yield line
                line = _Line(self)
            if token.kind is Kind.START:
                self._attributes += [one for one in token.attributes if one.value.strip()]
            elif token.kind is Kind.RAW and not shown_raw:
                self._scripts.append(token)
            elif token.kind is Kind.COMMENT or (
                token.kind is Kind.DECLARATION and not token.contents.lower().startswith("!doctype")
            ):
                self._tally.add("注释")
                self.replace(token.start, token.end, "")
        yield line

    def _letters(self, line: _Line, token: Token) -> None:
        at = 0
        for found in _REFERENCE.finditer(token.contents):
            self._plain(line, token, at, found.start())
            line.add(unescape(found[0]), token.start + found.start(), token.start + found.end())
            at = found.end()
        self._plain(line, token, at, len(token.contents))

    @staticmethod
    def _plain(line: _Line, token: Token, start: int, end: int) -> None:
        for at in range(start, end):
            line.add(token.contents[at], token.start + at, token.start + at + 1)

    def _is_file(self, attribute: Attribute) -> bool:
        """Whether the attribute holds a file that is no picture; of pictures only the pixels stay."""
        found = _DATA.match(unescape_attribute(attribute.value).strip())
        if found is None:
            return False
        if found[1].lower() not in _PICTURES:
            return not found[1].lower().startswith(("font/", "application/font", "text/css"))
        clean = _picture(attribute)
        if clean is None:
            return True
        head = attribute.value.partition(",")[0]
        clean = self._burned.get(self._place(attribute), clean)
        self.replace(attribute.at, attribute.at + len(attribute.value), f"{head},{base64.b64encode(clean).decode()}")
        return False


def _picture(attribute: Attribute) -> bytes | None:
    """The picture that an attribute holds in base64, without what it says besides its pixels."""
    said = unescape_attribute(attribute.value).strip()
    found = _DATA.match(said)
    if found is None or found[1].lower() not in _PICTURES:
        return None
    try:
        return stripped(base64.b64decode(said.partition(",")[2]))
    except binascii.Error:
        return None
