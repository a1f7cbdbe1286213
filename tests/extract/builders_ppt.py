"""Presentations of the old kind ([MS-PPT]) made in memory: slides, notes, masters, edits one after the other."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from builders_cfb import Tree, compound

from reviewer.extract.ole.ppt import kinds

_ENCRYPTED, _PLAIN = 0xF3D1C4DF, 0xE391C05F


def atom(kind: int, body: bytes = b"", *, instance: int = 0, version: int = 0) -> bytes:
    """A record without records in it."""
    return struct.pack("<HHI", version | instance << 4, kind, len(body)) + body


def box(kind: int, *inner: bytes, instance: int = 0) -> bytes:
    """A record of records."""
    return atom(kind, b"".join(inner), instance=instance, version=0xF)


def chars(text: str) -> bytes:
    """Text in two-byte letters."""
    return atom(kinds.TEXT_WIDE, text.encode("utf-16-le"))


def letters(text: str) -> bytes:
    """Text in one-byte letters."""
    return atom(kinds.TEXT_BYTES, text.encode("latin-1"))


def string(text: str, instance: int = 0) -> bytes:
    """A string."""
    return atom(kinds.STRING, text.encode("utf-16-le"), instance=instance)


def options(*pairs: tuple[int, int | bytes]) -> bytes:
    """Options of a shape: a number, or bytes."""
    heads = b"".join(
        struct.pack("<HI", key | 0x8000, len(value)) if isinstance(value, bytes) else struct.pack("<HI", key, value)
        for key, value in pairs
    )
    tails = b"".join(value for _, value in pairs if isinstance(value, bytes))
    return atom(0xF00B, heads + tails, instance=len(pairs), version=3)


def wide(text: str) -> bytes:
    """Text as an option of a shape holds it."""
    return (text + "\0").encode("utf-16-le")


def shape(*texts: bytes, look: bytes = b"", placeholder: int | None = None, identity: int = 1024) -> bytes:
    """A shape with text in it."""
    facts = atom(0xF00A, struct.pack("<II", identity, 0), version=2)
    data = b""
    if placeholder is not None:
        data = box(kinds.CLIENT_DATA, atom(kinds.PLACEHOLDER, struct.pack("<iBBxx", 0, placeholder, 0)))
    return box(0xF004, facts, look, data, box(kinds.CLIENT_TEXT, *texts) if texts else b"")


def drawing(*shapes: bytes) -> bytes:
    """The drawing of a page: a group of shapes."""
    return box(0x040C, box(0xF002, box(0xF003, *shapes)))


def comment(author: str, text: str) -> bytes:
    """A comment, in the tag in which PowerPoint keeps it."""
    inner = box(kinds.COMMENT, string(author, 0), string(text, 1))
    return box(0x1388, box(0x138A, string("___PPT10"), atom(0x138B, inner)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """A slide: its shapes, what else stands in it, its texts in the outline, its notes."""

    shapes: tuple[bytes, ...] = ()
    more: tuple[bytes, ...] = ()
    hidden: bool = False
    outline: tuple[str, ...] = ()
    notes: tuple[bytes, ...] = ()

    def record(self) -> bytes:
        info = atom(kinds.SHOW_INFO, struct.pack("<iIBBH4x", 0, 0, 0, 0, 0x0004 if self.hidden else 0))
        return box(kinds.SLIDE, atom(kinds.SLIDE_ATOM, bytes(24), version=2), drawing(*self.shapes), info, *self.more)


@dataclass(slots=True, kw_only=True)
class _File:
    """The stream as it grows, and where each object of the edit at hand lies."""

    stream: bytearray = field(default_factory=bytearray)
    places: dict[int, int] = field(default_factory=dict)

    def put(self, number: int, record: bytes) -> None:
        self.places[number] = len(self.stream)
        self.stream += record

    def save(self, last: int) -> int:
        """Write the directory and the edit; returns where the edit lies."""
        directory = b"".join(struct.pack("<II", 1 << 20 | number, place) for number, place in self.places.items())
        at = len(self.stream)
        self.stream += atom(kinds.PERSIST_DIRECTORY, directory)
        edit = len(self.stream)
        self.stream += atom(kinds.USER_EDIT, struct.pack("<IIIIIIHH", 0, 0, last, at, 1, 99, 1, 0))
        self.places = {}
        return edit


def ppt(
    *slides: Slide,
    former: Sequence[Slide] = (),
    masters: Sequence[bytes] = (),
    facts: Sequence[bytes] = (),
    objects: Sequence[bytes] = (),
    pictures: bytes = b"",
    streams: Tree | None = None,
    encrypted: bool = False,
) -> bytes:
    """A presentation; `former` are the slides that an earlier edit had in the places of these."""
    file, edit = _File(), 0
    for saved in (former, slides):
        if not saved and saved is former:
            continue
        _put(file, saved, masters, facts)
        for number, content in enumerate(objects, 900):
            file.put(number, atom(kinds.OLE_STORAGE, _packed(content), instance=1))
        edit = file.save(edit)
    token = _ENCRYPTED if encrypted else _PLAIN
    current = atom(0x0FF6, struct.pack("<IIIHHBBH", 20, token, edit, 4, 0x3F4, 3, 0, 0) + b"user" + bytes(4))
    tree: dict[str, bytes | Tree] = {"PowerPoint Document": bytes(file.stream), "Current User": current}
    if pictures:
        tree["Pictures"] = pictures
    return compound(tree | dict(streams or {}))


def _put(file: _File, slides: Sequence[Slide], masters: Sequence[bytes], facts: Sequence[bytes]) -> None:
    listed, notes, patterns = [], [], []
    for number, slide in enumerate(slides):
        identity = 256 + number
        file.put(10 + number, slide.record())
        texts = b"".join(atom(kinds.TEXT_HEADER, bytes(4)) + chars(text) for text in slide.outline)
        listed.append(_listed(10 + number, identity) + texts)
        if slide.notes:
            atoms = atom(kinds.NOTES_ATOM, struct.pack("<IHxx", identity, 0))
            file.put(500 + number, box(kinds.NOTES, atoms, drawing(*slide.notes)))
            notes.append(_listed(500 + number, identity))
    for number, master in enumerate(masters):
        file.put(700 + number, box(kinds.MAIN_MASTER, drawing(master)))
        patterns.append(_listed(700 + number, 0x80000000 + number))
    lists = [
        box(kinds.LIST_WITH_TEXT, *entries, instance=what)
        for what, entries in ((kinds.SLIDES, listed), (kinds.MASTERS, patterns), (kinds.NOTES_PAGES, notes))
    ]
    file.put(1, box(kinds.DOCUMENT, atom(0x03E9, bytes(40)), *facts, *lists))


def _listed(number: int, identity: int) -> bytes:
    return atom(kinds.SLIDE_PERSIST, struct.pack("<IIiII", number, 0, 0, identity, 0))


def _packed(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + zlib.compress(content)
