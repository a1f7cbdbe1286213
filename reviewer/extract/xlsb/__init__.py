"""Binary workbooks (.xlsb): the zip of an .xlsx whose larger parts are BIFF12 records instead of XML."""

from __future__ import annotations

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.drawing import Figures
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.ooxml.properties import read_properties
from reviewer.extract.ooxml.rest import read_rest
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xlsb.book import Book
from reviewer.extract.xlsb.parts import read_comments, read_external_links, read_others, read_pivot_caches
from reviewer.extract.xlsb.sheet import SheetReader
from reviewer.extract.xlsx.objects import Objects


def read(data: bytes) -> Extracted:
    """Read a workbook."""
    scribe = Scribe()
    package = Package.open(data, scribe)
    if package is None:
        return scribe.finish()
    pictures = Pictures(package)
    main = package.main
    if main:
        _read_workbook(package, main, pictures)
    read_properties(package)
    read_rest(package, pictures)
    return scribe.finish()


def _read_workbook(package: Package, main: str, pictures: Pictures) -> None:
    book = Book(package, main, Room())
    objects = Objects(package=package, pictures=pictures, figures=Figures(package, pictures), colours=book.colours)
    sheets = book.read()
    reader = SheetReader(book)
    for sheet in sheets:
        reader.read(sheet)
    for sheet in sheets:
        read_comments(book, sheet)
        objects.read(sheet)
    objects.cell_images(main)
    book.finish()
    read_pivot_caches(book)
    read_external_links(book)
    read_others(book)
