"""The table of readable formats: media type → the module that reads it, family by family.

Modules stand here by name, because one is imported only when its format is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from reviewer.extract.scribe import Extracted


class Reader(Protocol):
    """A format's module: it reads bytes of its format, and writes a gap for whatever it cannot read."""

    def read(self, data: bytes) -> Extracted: ...


if TYPE_CHECKING:  # the type-checker holds every member to the seam; nothing is imported for it
    from reviewer.extract import (
        archive,
        dbf,
        delimited,
        docx,
        epub,
        html,
        image,
        mail,
        msg,
        odf,
        ofd,
        ole,
        pdf,
        plain,
        pptx,
        rtf,
        sqlite,
        tnef,
        xls,
        xlsb,
        xlsx,
    )
    from reviewer.extract.data import json_text, xml_text
    from reviewer.extract.ole import doc, ppt

    _MEMBERS: tuple[Reader, ...] = (
        *(plain, delimited, json_text, xml_text),
        *(html, pdf, ofd, epub, rtf),
        *(docx, xlsx, xlsb, pptx, doc, xls, ppt, odf),
        *(mail, msg, tnef),
        *(dbf, sqlite, ole, archive, image),
    )

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MICROSOFT = "application/vnd.ms-"
_OASIS = "application/vnd.oasis.opendocument."


def _read_by(module: str, *kinds: str, family: str = "") -> dict[str, str]:
    """These media types, each with the same beginning, and the module that reads them."""
    return {family + kind: f"reviewer.extract.{module}" for kind in kinds}


_TEXT = {
    **_read_by("plain", "plain", "markdown", family="text/"),
    **_read_by("delimited", "csv", "tab-separated-values", family="text/"),
    **_read_by("data.json_text", "application/json"),
    **_read_by("data.xml_text", "application/xml", "image/svg+xml"),
    **_read_by("html", "text/html", "application/xhtml+xml"),
}
_PAGES = {
    **_read_by("pdf", "application/pdf"),
    **_read_by("ofd", "application/ofd"),
    **_read_by("epub", "application/epub+zip"),
    **_read_by("rtf", "application/rtf"),
}
_OFFICE = {
    **_read_by("docx", "document", "template", family=_OPEN_XML + "wordprocessingml."),
    **_read_by("docx", "document.macroEnabled.12", "template.macroEnabled.12", family=_MICROSOFT + "word."),
    **_read_by("xlsx", "sheet", "template", family=_OPEN_XML + "spreadsheetml."),
    **_read_by(
        "xlsx",
        *("sheet.macroEnabled.12", "template.macroEnabled.12", "addin.macroEnabled.12"),
        family=_MICROSOFT + "excel.",
    ),
    **_read_by("xlsb", _MICROSOFT + "excel.sheet.binary.macroEnabled.12"),
    **_read_by("pptx", "presentation", "slideshow", "template", family=_OPEN_XML + "presentationml."),
    **_read_by(
        "pptx",
        *("presentation.macroEnabled.12", "slideshow.macroEnabled.12"),
        *("template.macroEnabled.12", "addin.macroEnabled.12"),
        family=_MICROSOFT + "powerpoint.",
    ),
    **_read_by("ole.doc", "application/msword"),
    **_read_by("xls", _MICROSOFT + "excel"),
    **_read_by("ole.ppt", _MICROSOFT + "powerpoint"),
    **_read_by(
        "odf",
        *("text", "text-template", "text-master", "text-master-template", "text-web"),
        *("spreadsheet", "spreadsheet-template", "presentation", "presentation-template"),
        *("graphics", "graphics-template", "chart", "formula", "database", "base"),
        family=_OASIS,
    ),
}
_MAIL = {
    **_read_by("mail", "message/rfc822", "multipart/related", "application/mbox"),
    **_read_by("msg", _MICROSOFT + "outlook"),
    **_read_by("tnef", "application/ms-tnef"),
}
_TABLES = {
    **_read_by("dbf", "application/x-dbf"),
    **_read_by("sqlite", "application/vnd.sqlite3"),
}
_CONTAINERS = {
    **_read_by("ole", "application/x-ole-storage"),
    **_read_by("archive", "zip", "x-tar", "gzip", "x-bzip2", "x-xz", family="application/"),
    **_read_by("archive", "x-7z-compressed", "vnd.rar", family="application/"),
}
_PICTURES = _read_by(
    "image",
    *("png", "jpeg", "gif", "bmp", "tiff", "webp", "avif", "heic", "jp2", "vnd.microsoft.icon", "emf", "wmf"),
    family="image/",
)

READERS: Mapping[str, str] = {**_TEXT, **_PAGES, **_OFFICE, **_MAIL, **_TABLES, **_CONTAINERS, **_PICTURES}
"""Media type → the full name of the module that reads it."""

ARCHIVE = "reviewer.extract.archive"

EXACT = frozenset({"reviewer.extract.plain", "reviewer.extract.delimited"})
"""Their text is the file's own, character for character: that is how a copy can be redacted."""

IN_PROCESS = EXACT
"""Pure Python over text, linear in its size: no child is needed, and starting one would cost more."""
