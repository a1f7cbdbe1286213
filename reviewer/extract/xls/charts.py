"""A chart's substream in a BIFF workbook: titles, texts, and copies of the data it shows."""

from __future__ import annotations

import struct

from reviewer.extract.scribe import Scribe
from reviewer.extract.workbook.grid import margin_text
from reviewer.extract.xls import kinds
from reviewer.extract.xls.book import Book
from reviewer.extract.xls.drawings import shapes
from reviewer.extract.xls.records import Record
from reviewer.extract.xls.strings import Pieces
from reviewer.terms import Part

_TEXT_OF_TXO = 10
_OF_CHARTS = range(0x1000, 0x1100)


class ChartReader:
    """Takes in the records of one chart and writes its texts down as they come."""

    def __init__(self, book: Book, label: str, *, hidden: bool) -> None:
        self._book = book
        self._label = label
        self._hidden = hidden
        self._art: list[bytes] = []
        self._copied: set[str] = set()

    @property
    def name(self) -> str:
        """Where the chart's texts are found."""
        return self._label

    def take(self, record: Record) -> None:
        """Take in one record."""
        data, kind = record.data, record.kind
        if kind == kinds.SERIESTEXT:
            self._write(self._book.string(data, 2, 1)[0], Part.TEXT_BOX, hidden=self._hidden)
        elif kind == kinds.TXO:
            (count,) = struct.unpack_from("<H", data, _TEXT_OF_TXO)
            if count and record.more:
                pieces = Pieces(record.more)
                flags = pieces.take(1)[0]
                self._write(pieces.characters(count, flags), Part.TEXT_BOX, hidden=self._hidden)
        elif kind in kinds.LABELS:
            self._copy(self._book.string(record.whole, 6, 2)[0])
        elif kind in (kinds.HEADER, kinds.FOOTER) and data:
            text = self._book.string(record.whole, 0, 2 if self._book.version >= 8 else 1)[0]
            self._write(margin_text(text), Part.HEADER if kind == kinds.HEADER else Part.FOOTER, hidden=self._hidden)
        elif kind == kinds.MSODRAWING:
            self._art.append(record.whole)
        elif self._book.knows(kind):
            self._book.take(record)
        elif kind not in kinds.SILENT and kind not in _OF_CHARTS and kind not in kinds.NUMBERS:
            self._book.search(self._label, record.whole)

    def finish(self) -> None:
        """Say what its shapes say."""
        for shape in shapes(b"".join(self._art)):
            for _, text in shape.texts:
                self._write(text, Part.ALT_TEXT, hidden=True)
            self._book.pictures.placed(shape.picture, self._label)

    def _copy(self, text: str) -> None:
        """A category or a series name that was copied out of a cell."""
        if text not in self._copied:
            self._copied.add(text)
            self._write(text, Part.EMBEDDED, hidden=True)

    def _write(self, text: str, part: Part, *, hidden: bool) -> None:
        scribe: Scribe = self._book.scribe
        if text.strip():
            scribe.add(text.strip(), self._label, part=part, hidden=hidden)
