"""Spreadsheets of Excel 2 to 2003 and of WPS (.xls, .et): BIFF records, read straight from their stream.

Versions 5 to 8 lie in an OLE compound file, the older ones are a bare stream.
"""

from __future__ import annotations

from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xls.container import Container
from reviewer.extract.xls.pivots import read_pivot_caches
from reviewer.extract.xls.rest import read_rest
from reviewer.extract.xls.stream import read_stream
from reviewer.language import tr

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WORKBOOK, _OLDER = "Workbook", "Book"


def read(data: bytes) -> Extracted:
    """Read a workbook."""
    scribe = Scribe()
    room = Room()
    if not data.startswith(_OLE):
        read_stream(data, scribe, room)
        return scribe.finish()
    container = Container(data, scribe)
    books = [name for name in (_WORKBOOK, _OLDER) if container.has(name)]
    if not books:
        scribe.gap("全文", tr("找不到工作簿数据流，未能读取", "no workbook stream was found; nothing could be read"))
    for number, name in enumerate(books):
        stream = container.stream(name)
        if number == 0:
            read_stream(stream, scribe, room)
        elif stream:  # A copy for an older program: nobody sees it, and it may be another text.
            copy = Scribe()
            read_stream(stream, copy, room)
            scribe.enclose(copy.finish(), "旧版副本", Enclosure.OBJECT)
    read_pivot_caches(container, scribe, room)
    read_rest(container, scribe)
    return scribe.finish()
