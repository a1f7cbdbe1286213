"""What lies on a sheet of a BIFF workbook besides cells: notes, text boxes, shapes, pictures."""

from __future__ import annotations

import struct

from reviewer.extract.workbook.gathered import Gathered
from reviewer.extract.workbook.grid import column_name
from reviewer.extract.xls.book import Book
from reviewer.extract.xls.drawings import Shape, shapes
from reviewer.extract.xls.links import link_texts
from reviewer.extract.xls.records import Record
from reviewer.extract.xls.strings import Pieces, narrow
from reviewer.terms import Part

_COMMON = 0x15
_COMMON_BYTES = 22
_NOTE_OBJECT = 0x19
_GOES_ON = 0xFFFF
_TEXT_OF_TXO = 10
_HEAD_OF_TXO = 18
_NAME = "名称"


class Objects:
    """Gathers the objects of one sheet; which text belongs to which shape is known at its end.

    In the file an object record stands where its shape's client data are, and its text behind it.
    """

    def __init__(self, book: Book, cells: Gathered) -> None:
        self._book = book
        self._cells = cells
        self._art: list[bytes] = []
        self._objects: list[tuple[int, int]] = []  # kind, number
        self._texts: list[tuple[int, str]] = []  # ordinal of the object, text
        self._notes: list[tuple[int, int, int, str]] = []  # row, column, object number, author
        self._old_note: tuple[int, int] = (0, 0)

    def drawing(self, record: Record) -> None:
        """MSODRAWING: a piece of the sheet's drawing."""
        self._art.append(record.whole)

    def object(self, record: Record) -> None:
        """OBJ."""
        data = record.whole
        if self._book.version >= 8 and len(data) >= 8 and data[0] == _COMMON:
            self._objects.append(struct.unpack_from("<HH", data, 4))
            data = data[_COMMON_BYTES:]
        else:
            self._objects.append((0, 0))
        self._book.search(self._cells.sheet.name, data)

    def text(self, record: Record) -> None:
        """TXO: the text of the object before it ([MS-XLS] 2.4.329); its letters stand in the continuation."""
        (count,) = struct.unpack_from("<H", record.data, _TEXT_OF_TXO)
        if count and record.more:
            pieces = Pieces(record.more)
            flags = pieces.take(1)[0]
            self._texts.append((len(self._objects) - 1, pieces.characters(count, flags)))
        self._book.search(self._cells.sheet.name, record.data[_HEAD_OF_TXO:])

    def note(self, record: Record) -> None:
        """NOTE: the cell and the author of a note; in older versions also its text, in pieces."""
        data = record.whole
        row, column, third = struct.unpack_from("<HHH", data)
        if self._book.version >= 8:
            (number,) = struct.unpack_from("<H", data, 6)
            author = self._book.string(data, 8, 2)[0].strip(" \0")
            self._notes.append((row, column, number, author))
            return
        if row != _GOES_ON:
            self._old_note = (row, column)
        text = narrow(data[6 : 6 + (third if row == _GOES_ON else 2048)], self._book.codec)
        self._cells.say(f"!{_ref(*self._old_note)} 批注", text, Part.COMMENT)

    def picture(self, record: Record) -> None:
        """A picture in a record of its own, or the sheet's background."""
        self._book.pictures.direct(record.whole, self._cells.sheet.name)

    def finish(self) -> None:
        """Say everything, each at its place."""
        drawn = shapes(b"".join(self._art))
        homes = [shape for shape in drawn if shape.has_object]
        notes = {number: (row, column) for row, column, number, _ in self._notes}
        self._book.authors += [author for *_, author in self._notes]
        for ordinal, text in self._texts:
            shape = homes[ordinal] if 0 <= ordinal < len(homes) else Shape()
            kind, number = self._objects[ordinal] if ordinal >= 0 else (0, 0)
            if number in notes and kind in (_NOTE_OBJECT, 0):
                self._cells.say(f"!{_ref(*notes[number])} 批注", text, Part.COMMENT)
            elif kind == _NOTE_OBJECT:
                self._cells.say(f"{_where(shape)} 批注", text, Part.COMMENT)
            else:
                self._cells.say(f"{_where(shape)} 图形文字", text, Part.TEXT_BOX, hidden=shape.hidden)
        for shape in drawn:
            self._said_of(shape)

    def _said_of(self, shape: Shape) -> None:
        for what, text in shape.texts:
            if what == "艺术字":
                self._cells.say(f"{_where(shape)} 艺术字", text, Part.TEXT_BOX, hidden=shape.hidden)
            elif what != _NAME:
                self._cells.say(f"{_where(shape)} {what}", text, Part.ALT_TEXT)
            else:
                self._book.search(self._cells.sheet.name + _where(shape), text.encode("utf-16-le"))
        for what, text in link_texts(shape.link[16:]) if shape.link else ():
            self._cells.say(f"{_where(shape)} {what}", text, Part.PROPERTY)
        self._book.pictures.placed(shape.picture, self._cells.sheet.name + _where(shape))


def _where(shape: Shape) -> str:
    return f"!{_ref(*shape.cell)}" if shape.cell is not None else ""


def _ref(row: int, column: int) -> str:
    return f"{column_name(column)}{row + 1}"
