"""Documents of Word 6 and 95: one-byte text in a code page, everything in one stream.

Microsoft Word for Windows 6.0 Binary File Format (1994), "FIB". Formatting is not read: all text counts as seen.
"""

from __future__ import annotations

import struct

from reviewer.extract.ole.codepages import of_language
from reviewer.extract.ole.container import Container
from reviewer.extract.ole.doc.fib import Fib
from reviewer.extract.ole.doc.notes import BOXES, COMMENTS, ENDNOTES, FOOTNOTES, HEADER_BOXES, HEADERS, MACROS
from reviewer.extract.ole.doc.pages import Stretches
from reviewer.extract.ole.doc.pieces import Piece, narrow, read_pieces, text_of_pieces, within
from reviewer.extract.ole.doc.story import Desk, Setting, Story
from reviewer.extract.ole.doc.styles import Styles
from reviewer.extract.ole.doc.text import Text
from reviewer.language import tr
from reviewer.terms import Part

_COUNTS = 0x34
_PIECES = 0x160
_EXTENDED = 0x1000  # the text is in two-byte characters
_COMPLEX = 0x0004
_SETTINGS = {
    FOOTNOTES: Setting(label="脚注", part=Part.FOOTNOTE),
    HEADERS: Setting(label="页眉页脚", part=Part.HEADER),
    MACROS: Setting(label="宏文字", part=Part.EMBEDDED, hidden=True),
    COMMENTS: Setting(label="批注", part=Part.COMMENT, hidden=True),
    ENDNOTES: Setting(label="尾注", part=Part.ENDNOTE),
    BOXES: Setting(label="文本框", part=Part.TEXT_BOX),
    HEADER_BOXES: Setting(label="页眉 文本框", part=Part.TEXT_BOX),
}


def read_old(container: Container, main: bytes, fib: Fib) -> None:
    """Write down the stories one after the other; notes are not told apart."""
    try:
        (flags,) = struct.unpack_from("<H", main, 10)
        counts = struct.unpack_from("<8i", main, _COUNTS)
        place, size = struct.unpack_from("<II", main, _PIECES)
    except struct.error:
        container.scribe.gap("正文", tr("文件不完整，正文未读取", "the file is cut off; its text was not read"))
        return
    pieces = _pieces(main, fib, counts) if not flags & _COMPLEX else read_pieces(main[place : place + size])
    pieces = within(pieces, len(main))
    if not pieces:
        container.scribe.gap(
            "正文", tr("文字表已损坏，只搜寻了文字", "the piece table is damaged; only swept for text")
        )
        return
    code_page = of_language(fib.language)
    if flags & _EXTENDED:
        pieces = tuple(Piece(start=piece.start, end=piece.end, offset=piece.offset, width=2) for piece in pieces)
        whole = text_of_pieces(main, pieces)
    else:
        pieces = tuple(Piece(start=piece.start, end=piece.end, offset=piece.offset, width=1) for piece in pieces)
        raw = b"".join(main[piece.offset : piece.bytes_end] for piece in pieces)
        whole = narrow(raw, code_page)
    _write(container, whole, pieces, tuple(max(0, count) for count in counts))
    for piece in pieces:
        container.take(("WordDocument",), piece.offset, piece.bytes_end)


def _pieces(main: bytes, fib: Fib, counts: tuple[int, ...]) -> tuple[Piece, ...]:
    """A document that was saved in full is one piece."""
    length = min(max(sum(max(0, count) for count in counts), fib.end - fib.first), max(0, len(main) - fib.first))
    return (Piece(start=0, end=length, offset=fib.first, width=1),) if length > 0 else ()


def _write(container: Container, whole: str, pieces: tuple[Piece, ...], counts: tuple[int, ...]) -> None:
    text = Text(whole, pieces, Stretches(iter(())), Stretches(iter(())))
    desk = Desk(scribe=container.scribe, text=text, styles=Styles(b""), fonts=())
    start = 0
    for story, count in enumerate(counts):
        Story(desk, _SETTINGS.get(story, Setting())).write(start, min(start + count, len(whole)))
        start += count
    if start < len(whole):
        Story(desk, Setting(label="正文以外的文字", hidden=True)).write(start, len(whole))
