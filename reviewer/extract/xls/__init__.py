"""Spreadsheets of Excel 2 to 2003 and of WPS (.xls, .et): BIFF records, read straight from their stream.

Versions 5 to 8 lie in an OLE compound file, the older ones are a bare stream.
"""

from __future__ import annotations

from reviewer.extract.ole.compound import MAGIC
from reviewer.extract.ole.properties import read_properties
from reviewer.extract.ole.rest import read_rest
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xls.container import open_workbook, workbooks
from reviewer.extract.xls.pivots import read_pivot_caches
from reviewer.extract.xls.stream import read_stream


def read(data: bytes) -> Extracted:
    """Read a workbook."""
    scribe = Scribe()
    room = Room()
    if not data.startswith(MAGIC):
        read_stream(data, scribe, room)
        return scribe.finish()
    container = open_workbook(scribe, data)
    books = workbooks(container.compound.root)
    for number, book in enumerate(books):
        container.take((book.name,))
        if number == 0:
            read_stream(book.data, scribe, room)
        else:  # A copy for an older program: nobody sees it, and it may be another text.
            copy = Scribe()
            read_stream(book.data, copy, room)
            scribe.enclose(copy.finish(), "旧版副本", Enclosure.OBJECT)
    read_pivot_caches(container, room)
    read_properties(container, container.compound.root)
    read_rest(container, *(book.name for book in books))
    return scribe.finish()
