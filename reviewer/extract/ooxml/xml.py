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
from reviewer.language import tr

MAX_TREE_BYTES = 64 * 2**20
"""A larger part is not built as a tree: it would take about ten times as much memory."""

_PROLOG_BYTES = 65_536
_LONG_NUMBER = re.compile(r"\d{8}")  # a row of a sheet has seven digits at most
_IDENTIFIER = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
# A length in inches, a day with its time; a small negative number without its sign.
_MEASURE = re.compile(r"-?\d{1,5}\.\d{1,17}|429496\d{4}")
_PANOSE = re.compile(r"[0-9A-Fa-f]{20}")  # ten numbers that describe a font (ECMA-376 part 1, 17.8.3.13)
_FONT_NUMBERS = frozenset({"panose", "panose1"})
_PLACES = frozenset({"ref", "sqref", "activeCell", "topLeftCell", "r", "uid", "id"})
_TELLING = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]|\d{7}|\w@\w+\.\w")
_NUMBERS = re.compile(r"[\s\d.,:;+\-/%TZ]*")


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


def relation_id(element: etree._Element, name: str = "id") -> str | None:
    """The attribute that points to a relationship (`r:id`, `r:embed`), never a plain `id`."""
    for key, value in element.attrib.items():
        namespace, _, found = str(key).rpartition("}")
        if found in (name, "relid") and ("relationships" in namespace or namespace.endswith("office:office")):
            return str(value)
    return None


def on(element: etree._Element | None, name: str = "val") -> bool:
    """Whether an on/off element is there and not switched off."""
    return element is not None and (attr(element, name) or "1").lower() not in ("0", "false", "off", "none")


def flag(element: etree._Element, name: str) -> bool:
    """Whether an on/off attribute is there and switched on."""
    return (attr(element, name) or "0").lower() in ("1", "true", "on", "t")


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


def choose(alternate: etree._Element) -> tuple[etree._Element | None, tuple[str, ...]]:
    """Which branch of an mc:AlternateContent to read, and texts that only the other branches hold.

    The first branch with text is what a reader sees; Fallback usually repeats it for older programs. The others
    are taken out of the tree.
    """
    branches = [branch for branch in alternate if local(branch) in ("Choice", "Fallback")]
    texts = [_letters(branch) for branch in branches]
    chosen = next((i for i, text in enumerate(texts) if text.strip()), 0)
    if not branches:
        return None, ()
    shown = _squeezed(texts[chosen])
    others = tuple(text for i, text in enumerate(texts) if i != chosen and _squeezed(text) not in shown)
    for branch in branches[:chosen] + branches[chosen + 1 :]:
        alternate.remove(branch)
    return branches[chosen], others


def _letters(branch: etree._Element) -> str:
    pieces = (attr(e, "string") if local(e) == "textpath" else e.text for e in found(branch, "t", "textpath"))
    return "".join(piece or "" for piece in pieces)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def telling(text: str) -> bool:
    """Whether a text from an unknown place may say something: Chinese, seven digits in a row, an address."""
    return _TELLING.search(text) is not None


def telling_number(text: str) -> bool:
    """Whether a formula or reference holds a number that is longer than any row's."""
    return _LONG_NUMBER.search(text) is not None


def sayings(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Element and value of each attribute that may say something: no place in a sheet, no measure or identifier."""
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            text, name = str(value), str(key).rpartition("}")[2]
            if _is_saying(text, name) and not (_FONT_NUMBERS & {name, local(element)} and _PANOSE.fullmatch(text)):
                yield local(element), text


def _is_saying(text: str, name: str) -> bool:
    said = _IDENTIFIER.sub("", text)
    return telling(said) and not _MEASURE.fullmatch(said) and (name not in _PLACES or telling_number(said))


def mere_number(text: str) -> bool:
    """Whether a text is only a number, a date or a truth value: counts and times of the program itself."""
    return _NUMBERS.fullmatch(text) is not None or text.lower() in ("true", "false")


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
