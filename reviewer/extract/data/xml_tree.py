"""XML as a tree, from bytes in any encoding; entities stay as they are, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.decode import Decoded, decode

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
_ENCODING = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s{0,4}=\s{0,4}["']([\w.:-]{1,40})""")
_HEAD_BYTES = 1024
_LAST_LINE = 65_535  # libxml2 counts no further
_WORD = re.compile(r"\w")
_LOOKS = re.compile(r"xml-stylesheet|mso-|xml-model")


class BrokenError(ValueError):
    """The text is no XML, from this line on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def decoded(data: bytes) -> Decoded:
    """The text of an XML file. A declaration of GB2312 also stands for what only GB18030 has."""
    declared = _ENCODING.search(data[:_HEAD_BYTES].replace(b"\0", b""))
    return decode(data, hint=declared[1].decode("ascii", "replace") if declared else None)


def parsed(text: str) -> etree._Element:
    """The root of the tree. Raises BrokenError; never repairs, never resolves an entity, never loads a DTD."""
    declaration = _DECLARATION.match(text)
    body = text[declaration.end() :] if declaration else text
    before = declaration[0].count("\n") if declaration else 0
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False, encoding="utf-8"
    )
    try:
        # White space in place of the declaration, so that lines are counted as in the file.
        return etree.fromstring(("\n" * before + body.lstrip("\ufeff\0")).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenError(max(1, error.position[0])) from None


def local(node: etree._Element) -> str:
    """A name without its namespace; "" for comments, instructions and entities."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def elements(node: etree._Element) -> Iterator[etree._Element]:
    """The children that are elements."""
    return (child for child in node if isinstance(child.tag, str))


def line_of(node: etree._Element) -> int:
    """The line on which a node begins; 0 where the parser has stopped counting."""
    line = cast(int | None, node.sourceline) or 0
    return line if line < _LAST_LINE else 0


def read_margins(root: etree._Element, scribe: Scribe) -> None:
    """Comments, instructions and what the DOCTYPE holds: written down hidden; entities that are used are told."""
    before = reversed(list(root.itersiblings(preceding=True)))
    for node in (*before, *root.iter(etree.Comment, etree.PI), *root.itersiblings()):
        what = _kind(node)
        if what and node.text and _WORD.search(node.text):
            place = f"{what}（第{line_of(node)}行）"
            scribe.add(node.text.strip(), place, part=Part.ATTRIBUTE, hidden=True, line=line_of(node) or None)
    dtd = cast(Any, root.getroottree().docinfo.internalDTD)
    for entity in dtd.iterentities() if dtd is not None else ():
        if entity.content:
            scribe.add(entity.content, f"DOCTYPE 实体 {entity.name}", part=Part.ATTRIBUTE, hidden=True)
    used = sorted({str(cast(Any, node).name) for node in root.iter(etree.Entity)})
    if used:
        scribe.gap("、".join(f"&{name};" for name in used[:5]), _unresolved())


def _kind(node: etree._Element) -> str:
    if isinstance(node, etree._Comment):
        return "注释"
    if isinstance(node, etree._ProcessingInstruction) and not _LOOKS.match(str(node.target)):
        return "处理指令 " + str(node.target)
    return ""


def _unresolved() -> str:
    return tr(
        "引用了实体，出于安全未展开，所代表的文字不在读取结果中：展开后另存再审",
        "entities are referred to and, for safety, not expanded: what they stand for is missing; expand and save anew",
    )
