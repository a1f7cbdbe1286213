"""What a zip archive really is: an Office document, an OFD, an OpenDocument, or only an archive."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")
ARCHIVE = "application/zip"
OFD = "application/ofd"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_WORD = _OPEN_XML + "wordprocessingml.document"
_EXCEL = _OPEN_XML + "spreadsheetml.sheet"
_POWERPOINT = _OPEN_XML + "presentationml.presentation"

_BY_MEMBER = (
    ("word/document.xml", _WORD),
    ("xl/workbook.xml", _EXCEL),
    ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.12"),
    ("ppt/presentation.xml", _POWERPOINT),
    ("ofd.xml", OFD),
)
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:Override|Default)\b[^>]*>")
_PART_NAME = re.compile(r"""\bPartName\s*=\s*["']/?([^"']*)""")
_MAIN_TYPE = re.compile(r"""\bContentType\s*=\s*["'](application/[\w.+-]+?)\.main(?:\+xml)?["']""")
_MIME = re.compile(rb"application/[\w.+-]{3,100}\s*")

_MEMBER_BYTES = 1 << 18
_TAIL_BYTES = 22 + 65535  # the end record and the longest comment (APPNOTE.TXT 4.3.16)
_DAMAGED_BYTES = 64 << 20  # of a zip without a directory, what is searched for the names of members
_DIRECTORY_BYTES = 1 << 24  # of the list of members; a document has a few thousandths of that


def sniff_zip(file: BinaryIO) -> str:
    """The media type of a zip archive; of a damaged one, that of the document it once was."""
    if _directory_bytes(file) > _DIRECTORY_BYTES:
        return ARCHIVE
    try:
        with zipfile.ZipFile(file) as archive:
            return _office(archive) or _marked(archive) or _by_member(archive.namelist()) or ARCHIVE
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        head = _first_bytes(file)
        return _by_member(member for member, _ in _BY_MEMBER if _mentions(head, member)) or ARCHIVE


def _directory_bytes(file: BinaryIO) -> int:
    file.seek(-min(_TAIL_BYTES, file.seek(0, 2)), 2)
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


def _first_bytes(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_DAMAGED_BYTES)


def _office(archive: zipfile.ZipFile) -> str | None:
    """What `[Content_Types].xml` says of the main part; of several, the one whose part is there."""
    kinds = _member(archive, "[content_types].xml")
    if kinds is None:
        return None
    # UTF-16 becomes ASCII without its NULs; the names looked for are ASCII.
    entries = list(_main_types(kinds.replace(b"\0", b"").decode("ascii", errors="replace")))
    present = {name.lower() for name in archive.namelist()}
    found = [kind for part, kind in entries if part.lower() in present] or [kind for _, kind in entries]
    return found[0] if found else None


def _main_types(kinds: str) -> Iterator[tuple[str, str]]:
    """Part name and media type of each main part that is declared."""
    for entry in _ENTRY.finditer(kinds):
        declared, part = _MAIN_TYPE.search(entry[0]), _PART_NAME.search(entry[0])
        if declared:
            head, macro, _ = declared[1].partition(".macroEnabled")
            yield part[1] if part else "", f"{head}{macro}.12" if macro else head


def _marked(archive: zipfile.ZipFile) -> str | None:
    """What the member `mimetype` says, which OpenDocument and EPUB have."""
    mark = _member(archive, "mimetype")
    return mark.strip().decode("ascii") if mark and _MIME.fullmatch(mark) else None


def _by_member(names: Iterable[str]) -> str | None:
    present = {name.lower() for name in names}
    return next((kind for member, kind in _BY_MEMBER if member in present), None)


def _mentions(data: bytes, member: str) -> bool:
    name = member.encode("ascii")
    return name in data or (member == "ofd.xml" and b"OFD.xml" in data)


def _member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The beginning of a member, whatever the case of its name; None if there is none."""
    for info in archive.infolist():
        if info.filename.lower() == name:
            with archive.open(info) as member:
                return member.read(_MEMBER_BYTES)
    return None
