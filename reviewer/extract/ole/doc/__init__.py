"""Word documents of the years before 2007 (.doc, .dot, and .wps of WPS): every story, and what lies around them.

[MS-DOC]. The text is found through the piece table; formatting is read as far as it hides text.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.extract.ole.container import Container, open_container
from reviewer.extract.ole.doc.drawn import Drawn
from reviewer.extract.ole.doc.facts import read_facts, read_fonts
from reviewer.extract.ole.doc.fib import WORD_97, Fib, Table, read_fib
from reviewer.extract.ole.doc.notes import MAIN, Source, read_notes
from reviewer.extract.ole.doc.old import read_old
from reviewer.extract.ole.doc.pages import character_stretches, page_ranges, paragraph_stretches
from reviewer.extract.ole.doc.pieces import Piece, read_pieces, text_of_pieces, within
from reviewer.extract.ole.doc.story import Desk, Setting, Story
from reviewer.extract.ole.doc.styles import Styles
from reviewer.extract.ole.doc.text import Text
from reviewer.extract.ole.properties import read_properties
from reviewer.extract.ole.rest import encrypted, read_rest
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Part

MAIN_STREAM = "WordDocument"
_PAGE = 512


def read(data: bytes) -> Extracted:
    """Read a Word document."""
    scribe = Scribe()
    container = open_container(scribe, data)
    if container is None:
        return scribe.finish()
    main = container.compound.root.stream(MAIN_STREAM) or b""
    fib, sources = read_fib(main), tuple[Source, ...]()
    if fib is None:
        scribe.gap("正文", tr("正文的结构已损坏，只搜寻了文字", "the text's structure is damaged; only swept for text"))
    elif fib.encrypted:
        scribe.gap("全文", encrypted())
        container.take((MAIN_STREAM,))
        container.take((fib.table_stream,))
        container.take(("Data",))
    elif fib.version < WORD_97:
        read_old(container, main, fib)
    else:
        sources = tuple(_read_document(container, main, fib))
    read_properties(container, container.compound.root)
    for source in sources:
        read_facts(scribe, source)
    read_rest(container, MAIN_STREAM)
    return scribe.finish()


def _read_document(container: Container, main: bytes, fib: Fib) -> Iterator[Source]:
    yield from _read_text(container, main, fib, "")
    if fib.glossary_page and not fib.is_glossary:
        glossary = read_fib(main, fib.glossary_page * _PAGE)
        if glossary is not None and glossary.version >= WORD_97:
            yield from _read_text(container, main, glossary, "构建基块")


def _read_text(container: Container, main: bytes, fib: Fib, label: str) -> Iterator[Source]:
    """One text with all its stories; a document may carry a second one, of building blocks (`label`)."""
    table = container.compound.root.stream(fib.table_stream)
    if table is None:
        container.scribe.gap("正文", tr("缺少表流，未能读取", "the table stream is missing; not read"))
        return
    source = _source(main, table, fib)
    listed = read_pieces(source.tables[Table.PIECES])
    pieces = within(listed, len(main))
    if not pieces:
        container.scribe.gap(
            "正文", tr("文字表已损坏，只搜寻了文字", "the piece table is damaged; only swept for text")
        )
        return
    desk = _desk(container, source, pieces)
    _write(desk, source, pieces, label)
    if pieces != listed or sum(source.stories) > max(pieces[-1].end, 1):
        container.scribe.gap("正文", tr("文件不完整，正文未读全", "the file is cut off; its text was not read in full"))
    Drawn(container, desk, source).write()
    _account(container, main, fib, pieces, source)
    yield source


def _source(main: bytes, table: bytes, fib: Fib) -> Source:
    tables = {}
    for name in Table:
        start, size = fib.place(name)
        tables[name] = table[start : start + size]
    return Source(tables=tables, stories=fib.stories, main=main)


def _desk(container: Container, source: Source, pieces: tuple[Piece, ...]) -> Desk:
    data = container.compound.root.stream("Data") or b""
    tables = source.tables
    text = Text(
        text_of_pieces(source.main, pieces),
        pieces,
        character_stretches(source.main, tables[Table.CHARACTER_PAGES]),
        paragraph_stretches(source.main, tables[Table.PARAGRAPH_PAGES], data),
    )
    return Desk(
        scribe=container.scribe,
        text=text,
        styles=Styles(tables[Table.STYLES]),
        fonts=read_fonts(tables[Table.FONTS]),
    )


def _write(desk: Desk, source: Source, pieces: tuple[Piece, ...], label: str) -> None:
    end = pieces[-1].end
    if label:
        Story(desk, Setting(label=label, part=Part.EMBEDDED, hidden=True)).write(0, end)
        return
    Story(desk, Setting()).write(*source.range(MAIN))
    read_notes(desk, source)
    told = sum(source.stories)
    if told < end:
        Story(desk, Setting(label="正文以外的文字", hidden=True)).write(told, end)


def _account(container: Container, main: bytes, fib: Fib, pieces: tuple[Piece, ...], source: Source) -> None:
    """What was understood of the two streams; all else is swept for text."""
    path = (MAIN_STREAM,)
    for piece in pieces:
        container.take(path, piece.offset, piece.bytes_end)
    tables = source.tables
    for start, end in page_ranges(main, tables[Table.CHARACTER_PAGES], tables[Table.PARAGRAPH_PAGES]):
        container.take(path, start, end)
    for name in (Table.STYLES, Table.FONTS):
        start, size = fib.place(name)
        container.take((fib.table_stream,), start, start + size)
