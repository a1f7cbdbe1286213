"""Rich Text Format (RTF 1.9.1): everything in the file, whoever wrote it — Word, WPS, LibreOffice, Outlook.

Read by a tokenizer of our own, because every library for RTF leaves out notes, properties and comments.
"""

from __future__ import annotations

import codecs

from reviewer.extract.embedded import read_embedded
from reviewer.extract.html import read as read_html
from reviewer.extract.rtf.desk import Desk
from reviewer.extract.rtf.document import Walk
from reviewer.extract.rtf.facts import write_names
from reviewer.extract.rtf.leftovers import read_rest
from reviewer.extract.scribe import Enclosure, Extracted, Scribe


def read(data: bytes) -> Extracted:
    """Read an RTF document."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n\0")
    scribe = Scribe()
    desk = Desk(scribe=scribe)
    end = Walk(data, desk).run()
    write_names(desk)
    for place, piece in desk.blobs[:100]:
        scribe.enclose(read_embedded(piece, ""), f"{place} bin", Enclosure.OBJECT)
    if desk.html is not None:
        _read_page(scribe, "".join(desk.html))
    read_rest(desk, data[end:])
    return scribe.finish()


def _read_page(scribe: Scribe, page: str) -> None:
    """The page that the text was made from ([MS-OXRTFEX]): told where it says more than the text does."""
    said = "".join(scribe.finish().text.split())
    for segment in read_html(page.encode("utf-8", errors="replace")).segments:
        if "".join(segment.text.split()) not in said:
            scribe.add(segment.text, f"HTML!{segment.place}", part=segment.part, hidden=True)
