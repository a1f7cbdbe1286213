"""Archives: the table of formats, and reading one in this very process, as an attachment is read."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast

from reviewer.extract.archive.contents import Content, Entry, Format, Remark, StopError
from reviewer.extract.embedded import read_embedded
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.sniff import sniff
from reviewer.language import tr
from reviewer.terms import Gap, Part

if TYPE_CHECKING:  # the type-checker holds every member to the seam
    import reviewer.extract.archive.compressed as compressed
    import reviewer.extract.archive.rar as rar
    import reviewer.extract.archive.seven as seven
    import reviewer.extract.archive.tar as tar
    import reviewer.extract.archive.zip as zip

    _MEMBERS: tuple[Format, ...] = (zip, tar, compressed, seven, rar)

FORMATS: Mapping[str, str] = {
    "application/zip": "reviewer.extract.archive.zip",
    "application/x-tar": "reviewer.extract.archive.tar",
    "application/gzip": "reviewer.extract.archive.compressed",
    "application/x-bzip2": "reviewer.extract.archive.compressed",
    "application/x-xz": "reviewer.extract.archive.compressed",
    "application/x-7z-compressed": "reviewer.extract.archive.seven",
    "application/vnd.rar": "reviewer.extract.archive.rar",
}
"""Media type → the module that unpacks it, by name."""


def read(data: bytes) -> Extracted:
    """Read an archive that lies in another document, every member by the reader of its own format."""
    scribe = Scribe()
    for content in unpacked(FORMATS[sniff(data, "")], BytesIO(data), ""):
        write(scribe, content)
        if isinstance(content, Entry) and content.data:
            scribe.enclose(read_embedded(content.data, content.name), content.name, Enclosure.MEMBER)
    return scribe.finish()


def unpacked(module: str, file: BinaryIO, name: str) -> Iterator[Content]:
    """The contents of an archive; what ends the unpacking early is the last of them, a gap."""
    place = "压缩包"
    try:
        yield from cast(Format, importlib.import_module(module)).contents(file, name)
    except StopError as error:
        yield Gap(place=place, reason=str(error))
    except MemoryError:
        yield Gap(place=place, reason=tr("超过内存上限：解压后再审", "over the memory limit: unpack it first"))
    except Exception as error:  # noqa: BLE001
        # Not hidden but told, and by its type only: messages of unpackers quote names.
        failure = type(error).__name__
        yield Gap(
            place=place,
            reason=tr(f"解压时出错（{failure}）：解压后再审", f"unpacking failed ({failure}): unpack it"),
        )


def write(scribe: Scribe, content: Content) -> None:
    """Write down what an archive says itself: names, comments, gaps. A member's own text is the caller's."""
    match content:
        case Gap(place=place, reason=reason):
            scribe.gap(place, reason)
        case Remark(place=place, text=text):
            scribe.add(text, place, part=Part.PROPERTY, hidden=True)
        case Entry(name=name):
            scribe.add(name, "成员名", part=Part.FILE_NAME)
