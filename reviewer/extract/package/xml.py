"""XML of office parts: parsed without entities, DTDs or repair, and matched by local name.

Strict files use other namespaces than transitional ones, and nothing forces a writer to use the usual prefixes:
only the local name of an element or attribute is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree

from reviewer.errors import ReviewerError
from reviewer.extract.telling import telling
from reviewer.language import tr

MAX_TREE_BYTES = 64 * 2**20
"""A larger part is not built as a tree: it would take about ten times as much memory."""

_PROLOG_BYTES = 65_536


class UnreadableError(ReviewerError):
    """A part cannot be read; the message is the reason that stands in the gap."""


def parse(data: bytes) -> etree._Element:
    """The root of one XML part, without comments and processing instructions.

    Raises UnreadableError for a DOCTYPE, for damage (never repaired) and for a part over MAX_TREE_BYTES.
    """
    if len(data) > MAX_TREE_BYTES:
        raise UnreadableError(tr("部件过大，未读取", "the part is too large and was not read"))
    return _tree(data, remarks=False)


def stream(data: bytes, *names: str, rest: Callable[[etree._Element], None] | None = None) -> Iterator[etree._Element]:
    """Each element of one of these local names at its end; it is emptied once the next one is asked for.

    At the end `rest` gets the root with all that stood beside them. Raises UnreadableError as `parse` does, but damage
    is met only where it stands.
    """
    _refuse_doctype(data)
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=["{*}" + name for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    try:
        for _, element in events:
            if first:
                _refuse_parsed_doctype(element)
                first = False
            yield element
            _forget(element)
        if rest is not None and isinstance(events.root, etree._Element):
            rest(events.root)
    except etree.XMLSyntaxError as error:
        raise _damaged(error) from None


def remarks(data: bytes) -> Iterator[str]:
    """Comments and processing instructions that say something; `data` has been parsed once before."""
    if b"<!--" not in data and data.count(b"<?") < 2:
        return
    root = _tree(data, remarks=True)
    for node in (*root.itersiblings(preceding=True), *root.iter(etree.Comment, etree.PI), *root.itersiblings()):
        if node.text and telling(node.text):
            yield node.text.strip()


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attr(element: etree._Element, name: str) -> str | None:
    """An attribute by local name, whatever its namespace; one without namespace wins."""
    plain = element.get(name)
    if plain is not None:
        return plain
    for key, value in element.attrib.items():
        if str(key).endswith("}" + name):
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def found(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Descendants (and the element itself) with one of these local names, in document order."""
    return element.iter(*("{*}" + name for name in names))


def whole(text: str | None, default: int = 0) -> int:
    """An integer attribute; `default` where it is missing or is none."""
    if text is None or not re.fullmatch(r"\s*[+-]?\d{1,18}\s*", text, re.ASCII):
        return default
    return int(text)


def real(text: str | None) -> float | None:
    """A decimal attribute, or None."""
    if text is None or not re.fullmatch(r"\s*[+-]?\d{0,300}\.?\d{0,300}([eE][+-]?\d{1,3})?\s*", text, re.ASCII):
        return None
    try:
        return float(text)
    except ValueError:
        return None


def plain(element: etree._Element) -> str:
    """All text nodes below an element, end to end."""
    if len(element) == 0:
        return element.text or ""
    return "".join(str(piece) for piece in element.itertext())


def take(element: etree._Element) -> str:
    """The text below an element, taken out of the tree: what is left at the end was read by nobody."""
    text = plain(element)
    element.text = None
    for inner in list(element):
        element.remove(inner)
    return text


def take_all(element: etree._Element) -> None:
    """Take out of the tree all text below an element that is not worth writing down."""
    for inner in element.iter():
        inner.text = None


def _tree(data: bytes, *, remarks: bool) -> etree._Element:
    _refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not remarks,
        remove_pis=not remarks,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(error) from None
    _refuse_parsed_doctype(root)
    return root


def _refuse_doctype(data: bytes) -> None:
    # NUL bytes out: a part may be UTF-16. A DOCTYPE behind a longer prolog is met after parsing.
    if b"<!DOCTYPE" in data[:_PROLOG_BYTES].replace(b"\0", b""):
        raise _doctype()


def _refuse_parsed_doctype(element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise _doctype()


def _doctype() -> UnreadableError:
    return UnreadableError(
        tr(
            "部件含有 DOCTYPE（可能是实体展开攻击），不安全，未读取",
            "the part has a DOCTYPE (possibly an entity expansion attack): unsafe, not read",
        )
    )


def _damaged(error: etree.XMLSyntaxError) -> UnreadableError:
    # The parser's own message quotes the document; only the position may be told.
    line, column = error.position
    return UnreadableError(
        tr(
            f"XML 已损坏（第 {line} 行第 {column} 列），未能读全",
            f"the XML is damaged (line {line}, column {column}) and was not read in full",
        )
    )


def _forget(element: etree._Element) -> None:
    """Empty an element and take the one before it out, if nothing is left in it; others are kept for the end."""
    element.clear()
    before, parent = element.getprevious(), element.getparent()
    if before is not None and parent is not None and not (len(before) or before.attrib or before.text):
        if (before.tail or "").strip():
            return
        parent.remove(before)
