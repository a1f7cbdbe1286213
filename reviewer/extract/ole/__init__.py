"""Compound files of no known document kind: objects taken out of a document, and files of unknown programs."""

from __future__ import annotations

from reviewer.extract.ole.container import open_container
from reviewer.extract.ole.objects import read_files
from reviewer.extract.ole.properties import read_properties
from reviewer.extract.ole.rest import read_rest
from reviewer.extract.ole.vba import is_project, read_project
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr


def read(data: bytes) -> Extracted:
    """Read an object; of an unknown kind of file, its properties and all text that a sweep finds."""
    scribe = Scribe()
    container = open_container(scribe, data)
    if container is None:
        return scribe.finish()
    root = container.compound.root
    known = read_files(container)
    if is_project(root):
        known = True
        container.take_storage(("VBA",))
        for stream in root.streams:
            container.take((stream.name,))
        read_project(scribe, root)
    read_properties(container, root)
    read_rest(container)
    if not known:
        scribe.gap(
            "全文",
            tr(
                "无法识别的 OLE 文件，只读取了属性并搜寻了文字：转为 PDF 或 .docx 后再审",
                "an OLE file of unknown kind, only its properties and strings were read: convert it to PDF or .docx",
            ),
        )
    return scribe.finish()
