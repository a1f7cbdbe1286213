"""The compound file around a workbook, or what is left of it: where its streams lie."""

from __future__ import annotations

from reviewer.extract.ole.compound import Compound, DamagedError, Storage, Stream, open_compound
from reviewer.extract.ole.container import Container
from reviewer.extract.pictures import Pictures
from reviewer.extract.scribe import Scribe
from reviewer.language import tr

_WORKBOOK, _OLDER = "Workbook", "Book"
_BOF = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")


def open_workbook(scribe: Scribe, data: bytes) -> Container:
    """The file, opened.

    Of a file whose directory is broken or knows no workbook, everything from the first workbook record on is taken
    for the workbook.
    """
    try:
        compound = open_compound(data)
    except DamagedError:
        compound = _bare(())
    if not workbooks(compound.root):
        compound = _salvaged(scribe, compound, data)
    return Container(scribe=scribe, compound=compound, pictures=Pictures(scribe))


def workbooks(root: Storage) -> tuple[Stream, ...]:
    """The streams of a workbook: the newest version first, behind it copies for older programs."""
    named = {name: [s for s in root.streams if s.name.casefold() == name.casefold()] for name in (_WORKBOOK, _OLDER)}
    return tuple(stream for streams in named.values() for stream in streams if stream.data)


def _salvaged(scribe: Scribe, compound: Compound, data: bytes) -> Compound:
    starts = [at for at in map(data.find, _BOF) if at >= 0]
    if not starts:
        scribe.gap("全文", tr("找不到工作簿数据流，未能读取", "no workbook stream was found; nothing could be read"))
        return compound
    scribe.gap(
        "文件",
        tr(
            "文件结构已损坏，按原始字节尽量读取，内容可能不全：用表格软件打开并另存后再审",
            "the file's structure is damaged; what its raw bytes show was read: open it and save it anew",
        ),
    )
    return _bare((Stream(name=_WORKBOOK, data=data[min(starts) :]),))


def _bare(streams: tuple[Stream, ...]) -> Compound:
    root = Storage(name="", clsid=bytes(16), streams=streams, storages=())
    return Compound(root=root, orphans=(), slack=(), faults=())
