"""Reads XML: an office file or a drawing as what it is; anything else text by text and attribute by attribute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from lxml import etree

from reviewer.extract.data import office_xml, spreadsheet_xml, svg
from reviewer.extract.data.json_text import too_large
from reviewer.extract.data.value import Array, Object, Scalar, Value, xml_path
from reviewer.extract.data.writer import Writer
from reviewer.extract.data.xml_tree import BrokenError, decoded, elements, line_of, local, parsed, read_margins
from reviewer.extract.limits import DEFAULT_LIMITS
from reviewer.extract.plain import doubts
from reviewer.extract.plain import read as read_plain
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Gap

_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_INLINE = 400  # elements that one paragraph may hold

_BY_ROOT: Mapping[str, Callable[[etree._Element, Scribe], None]] = {
    "{urn:schemas-microsoft-com:office:spreadsheet}Workbook": spreadsheet_xml.write,
    "{http://schemas.microsoft.com/office/word/2003/wordml}wordDocument": office_xml.write_word,
    "{http://schemas.microsoft.com/office/2006/xmlPackage}package": office_xml.write_package,
    "{http://www.w3.org/2000/svg}svg": svg.write,
    "svg": svg.write,
}


def read(data: bytes) -> Extracted:
    """Everything a tree holds; what is no XML after all is read line by line, and that is said."""
    if len(data) > DEFAULT_LIMITS.text_bytes:
        return Extracted(text="", segments=(), gaps=(too_large(),))
    text = decoded(data)
    try:
        root = parsed(text.text)
    except BrokenError as error:
        lines = read_plain(data)
        return Extracted(text=lines.text, segments=lines.segments, gaps=(*lines.gaps, _broken(error)))
    scribe = Scribe()
    _BY_ROOT.get(str(root.tag), write)(root, scribe)
    read_margins(root, scribe)
    extracted = scribe.finish()
    return Extracted(text=extracted.text, segments=extracted.segments, gaps=(*doubts(text), *extracted.gaps))


def write(root: etree._Element, scribe: Scribe) -> None:
    """Every text and attribute; siblings of one name with the same children are a table."""
    Writer(scribe, xml_path).write([_value(root)], (local(root),))


def _value(element: etree._Element) -> Value:
    attributes = [(f"@{_bare(name)}", _scalar(value, element)) for name, value in _attributes(element)]
    if _is_mixed(element):
        text = " ".join("".join(_words(element)).split())
        inner = [pair for child in element.iterdescendants("*") for pair in _attributes(child)]
        attributes += [(f"@{_bare(name)}", _scalar(value, element)) for name, value in inner]
    else:
        text = _own_text(element)
    members: list[tuple[str, Value]] = list(attributes)
    if not _is_mixed(element):
        members += _children(element)
    if not members:
        return _scalar(text, element)
    if text:
        members.insert(len(attributes), ("#", _scalar(text, element)))
    return Object(line_of(element), members)


def _children(element: etree._Element) -> Iterator[tuple[str, Value]]:
    for name, alike in groupby(elements(element), key=local):
        values = [_value(child) for child in alike]
        yield name, values[0] if len(values) == 1 else Array(values[0].line, values)


def _scalar(text: str, element: etree._Element) -> Scalar:
    return Scalar(text, line_of(element))


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if value.strip() and not str(name).startswith(_SCHEMA_INSTANCE):
            yield str(name), str(value)


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _own_text(element: etree._Element) -> str:
    """The text in an element itself, and what follows comments and elements in it."""
    pieces = [element.text if not isinstance(element, etree._Entity) else "", *(child.tail for child in element)]
    return "\n".join(piece.strip() for piece in pieces if piece and piece.strip())


def _words(element: etree._Element) -> Iterator[str]:
    """All text below an element in its order, comments left out; block-like children are set apart by a blank."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield from _words(child)
        if child.tail:
            yield child.tail


def _is_mixed(element: etree._Element) -> bool:
    """Whether an element is a paragraph: text between other elements, and not too much of it."""
    inner = [child for child in element if isinstance(child.tag, str)]
    if not inner or not any(child.tail and child.tail.strip() for child in element):
        return False
    return sum(1 for _ in element.iterdescendants("*")) <= _INLINE


def _broken(error: BrokenError) -> Gap:
    return Gap(
        place=f"第{error.line}行",
        reason=tr(
            "自此处起不是合法的 XML（或嵌套过深），全文已按纯文本读取：改正后再审",
            "no valid XML from here on (or nested too deep); all was read as plain text: correct it",
        ),
    )
