"""A zip of parts (OOXML, ODF, OFD) that is taken apart, edited and written anew: nothing but the parts comes along."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from reviewer.extract.package.xml import parse
from reviewer.extract.package.zip import Members
from reviewer.extract.pictures import is_picture
from reviewer.redact.burning import burned
from reviewer.redact.edit import Burned, Piece, Tally
from reviewer.redact.pictures import stripped
from reviewer.terms import Document

_TIME = (1980, 1, 1, 0, 0, 0)


class Parts:
    """The parts by name; a tree that was asked for is written back in the end.

    Of members of one name the last counts, as for most programs. Zip comments, extra fields, times and slack are
    not carried over.
    """

    def __init__(self, data: bytes, tally: Tally) -> None:
        """Raises UnreadableError when the bytes are no readable zip, or are over the reader's limits."""
        members = Members(data)
        self.tally = tally
        self.burned: tuple[Burned, ...] = ()
        self._stored = {info.filename for info in members.infos if info.compress_type == zipfile.ZIP_STORED}
        self._bytes = {info.filename: members.read(info) for info in members.infos if not info.is_dir()}
        self._trees: dict[str, etree._Element] = {}
        if len(self._bytes) < len([info for info in members.infos if not info.is_dir()]):
            tally.add("同名的部件")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._bytes)

    def has(self, name: str) -> bool:
        return name in self._bytes

    def content(self, name: str) -> bytes:
        return self._bytes[name]

    def actual(self, name: str) -> str | None:
        """The member's own spelling of a name, which ignores case."""
        if name in self._bytes:
            return name
        return next((held for held in self._bytes if held.casefold() == name.casefold()), None)

    def tree(self, name: str) -> etree._Element:
        """The part's tree, to be edited; comments and processing instructions are gone from it."""
        if name not in self._trees:
            self._trees[name] = parse(self._bytes[name])
        return self._trees[name]

    def put(self, name: str, data: bytes) -> None:
        self._trees.pop(name, None)
        self._bytes[name] = data

    def drop(self, names: Iterable[str], what: str) -> None:
        gone = [name for name in names if name in self._bytes]
        for name in gone:
            del self._bytes[name]
            self._trees.pop(name, None)
        self.tally.add(what, len(gone))

    def clean_pictures(self) -> None:
        """Take what is no picture out of pictures: EXIF, comments, thumbnails, what follows the end."""
        for name, data in self._bytes.items():
            clean = stripped(data)
            if clean != data:
                self._bytes[name] = clean
                self.tally.add("图片里的附加信息")

    def burn(self, document: Document, changes: Mapping[int, Sequence[Piece]]) -> Mapping[int, Sequence[Piece]]:
        """Make the changes in the pixels of pictures; returns those that are left. Raises RedactionError."""
        pictures = {name: data for name, data in self._bytes.items() if is_picture(name, data)}
        burning = burned(pictures, document, changes)
        self._bytes |= burning.pictures
        self.burned += burning.burned
        return burning.rest

    def saved(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._bytes.items():
                info = zipfile.ZipInfo(name, _TIME)
                info.compress_type = zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, self._written(name, data))
        return out.getvalue()

    def _written(self, name: str, data: bytes) -> bytes:
        root = self._trees.get(name)
        if root is None:
            return data
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
