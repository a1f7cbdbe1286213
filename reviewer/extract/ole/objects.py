"""Objects embedded in a document: a file that was packed in, another program's document, or what is left of a link.

`read_object` is the door for other formats: it takes `embeddings/oleObject1.bin`, an RTF object, an attachment.
"""

from __future__ import annotations

from reviewer.extract.embedded import read_embedded
from reviewer.extract.ole.compound import MAGIC, Storage
from reviewer.extract.ole.container import Container, Path
from reviewer.extract.ole.native import Package, packed_file, read_native, read_old_object
from reviewer.extract.ole.rebuild import rebuild
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.sniff_ole import STORAGE, sniff_ole
from reviewer.terms import Part

_DOCUMENTS = (
    *("WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage", "VisioDocument"),
    "__properties_version1.0",
)
# Streams whose bytes are a file of its own: an Office package, OpenDocument, a PDF and what else.
_FILES = ("Package", "EmbeddedOdf", "CONTENTS", "package_stream")
NATIVE = "\x01Ole10Native"


def read_object(data: bytes) -> Extracted:
    """What an OLE object holds, whichever way it was stored; segments are as seen in the object itself."""
    if data.startswith(MAGIC):
        if sniff_ole(data) == STORAGE:
            from reviewer.extract.ole import read

            return read(data)
        return read_embedded(data, "")
    scribe = Scribe()
    old = read_old_object(data)
    package = read_native(data) if old is None and packed_file(data[4:]) else None
    if old is not None:
        for text in (old.kind, *old.texts):
            scribe.add(text, "对象信息", part=Part.PROPERTY, hidden=True)
        package = packed_file(old.data) or Package(label="", paths=(), data=old.data)
    if package is None:
        return read_embedded(data, "")
    write_package(scribe, package)
    return scribe.finish()


def write_package(scribe: Scribe, package: Package) -> None:
    """A packed file: its names, then what it holds."""
    scribe.add(package.label, "对象文件名", part=Part.FILE_NAME, hidden=True)
    for path in package.paths:
        scribe.add(path, "对象原路径", part=Part.PROPERTY, hidden=True)
    if package.data:
        # Counted as a level: objects may be packed into objects without end.
        inner = read_embedded(package.data, package.label)
        scribe.enclose(inner, package.label or "内容", Enclosure.OBJECT)


def read_files(container: Container) -> bool:
    """Write down the files that lie in a compound file as streams of their own; False if there is none."""
    root = container.compound.root
    native = root.stream(NATIVE)
    if native is not None:
        container.take((NATIVE,))
        write_package(container.scribe, read_native(native))
    files = [stream for stream in root.streams if stream.name.casefold() in map(str.casefold, _FILES)]
    for stream in files:
        container.take((stream.name,))
        if stream.data:
            container.scribe.enclose(read_embedded(stream.data, stream.name), stream.name, Enclosure.OBJECT)
    return native is not None or bool(files)


def is_object(storage: Storage) -> bool:
    """Whether a storage is another program's document or a file packed in, which `read_object` can read."""
    return any(storage.stream(name) is not None for name in (*_DOCUMENTS, *_FILES, NATIVE))


def read_inner(container: Container, storage: Storage, path: Path, label: str) -> None:
    """Write down what lies in a storage below the root, as a file of its own."""
    data = rebuild(storage)
    container.take_storage(path)
    inner = read_object(data)
    container.scribe.enclose(inner, label, Enclosure.OBJECT)
