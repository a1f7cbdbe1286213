"""What an RTF document holds for programs only: unknown destinations, packed parts, what follows its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.extract.embedded import read_embedded
from reviewer.extract.package.xml import UnreadableError
from reviewer.extract.package.zip import Members
from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.tokens import unhexed
from reviewer.extract.scribe import Enclosure
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

_ENCODED = re.compile(r"[0-9a-fA-F\s]{64,}")
# Digests, font measures, ids and colour maps: hexadecimal that holds no text.
_MUTE = frozenset(
    {"panose", "blipuid", "passwordhash", "writereservhash", "wgrffmtfilter", "oleclsid", "rsidtbl", "hsv", "fontemb"}
    | {"colorschememapping", "latentstyles", "atndate", "atnref", "atrfstart", "atrfend", "atnparent", "levelnumbers"}
)
_ZIP = b"PK\x03\x04"
_MOST_MEMBERS = 200
# Names of fonts, and ten numbers that describe one.
_TYPEFACE = re.compile(r'typeface="[^"]*"|panose="[0-9A-Fa-f]{20}"')
_XML_TEXT = re.compile(r'[>"]([^<>"]+)[<"]')


def read_unknown(desk: Desk, destination: Destination) -> None:
    """A destination that no reader of ours knows: what may say something is told."""
    text = destination.text()
    if _ENCODED.fullmatch(text) and destination.word not in _MUTE:
        destination.data = [text.encode("ascii")]
        read_blob(desk, destination)
    elif telling(text) and destination.word not in _MUTE:
        desk.left(destination, text, f"未显示的内容（{destination.word}）")


def read_ansi(desk: Desk, destination: Destination) -> None:
    r"""The first half of `\upr`, for readers without Unicode: told if it says something of its own."""
    text = destination.text()
    if telling(text) and "".join(text.split()) not in "".join(desk.scribe.finish().text.split()):
        desk.left(destination, text, "替代字符")


def read_blob(desk: Desk, destination: Destination) -> None:
    """Bytes for programs: a package of XML is looked through, anything else that is a document is read."""
    data = unhexed(destination.data)
    if not data or destination.word in _MUTE:
        return
    place = f"{destination.flow.place} {destination.word}"
    if data.startswith(_ZIP):
        for text in _packed(desk, data, place):
            desk.left(destination, text, destination.word)
        return
    inner = read_embedded(data, "")
    if inner.segments or len(data) > 64:
        desk.scribe.enclose(inner, place, Enclosure.OBJECT)


def read_store(desk: Desk, destination: Destination) -> None:
    r"""`\datastore`: custom XML in a compound file of its own; Word writes an empty one into every document."""
    data = unhexed(destination.data)
    texts = dict.fromkeys(_xml_texts(data.replace(b"\0", b"").decode("utf-8", errors="ignore")))
    for text in texts:
        desk.left(destination, text, "自定义 XML", Part.PROPERTY)


def _packed(desk: Desk, data: bytes, place: str) -> Iterator[str]:
    """Texts of the XML parts of a package: the theme, or a drawing as newer Office has it."""
    try:
        members = Members(data)
        for info in members.infos[:_MOST_MEMBERS]:
            if info.filename.endswith((".xml", ".rels")):
                text = members.read(info).decode("utf-8", errors="replace")
                yield from dict.fromkeys(_xml_texts(text))
            else:
                desk.scribe.gap(f"{place}!{info.filename}", tr("随附的部件未读取", "an enclosed part was not read"))
        if len(members.infos) > _MOST_MEMBERS:
            desk.scribe.gap(place, tr("随附的部件过多，未读完", "too many enclosed parts, not read to the end"))
    except UnreadableError as error:
        desk.scribe.gap(place, str(error))


def _xml_texts(text: str) -> Iterator[str]:
    for found in _XML_TEXT.finditer(_TYPEFACE.sub("", text)):
        if telling(found[1]):
            yield found[1]


def read_rest(desk: Desk, rest: bytes) -> None:
    """What follows the last brace: no program shows it."""
    rest = rest.strip(b"\0\r\n\t \x1a")
    if rest.strip(b"}"):
        desk.scribe.enclose(read_embedded(rest, ""), tr("文档结尾之后", "after the end"), Enclosure.OBJECT)
