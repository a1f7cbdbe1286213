"""Pictures in RTF: their bytes as a picture file, given to whoever reads pictures."""

from __future__ import annotations

import hashlib

from reviewer.extract import pictures
from reviewer.extract.limits import time_left_s
from reviewer.extract.ole.presentation import picture_within
from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.tokens import unhexed
from reviewer.extract.scribe import Extracted
from reviewer.language import tr

_MOST = 2000
_LEAST_S = 8.0
FORMATS = frozenset({"pngblip", "jpegblip", "emfblip", "wmetafile", "dibitmap", "wbitmap", "macpict", "pmmetafile"})


def read_picture(desk: Desk, destination: Destination) -> None:
    r"""A `\pict`: the second copy for old readers (`\nonshppict`, `\shprslt`) only says what the first did not."""
    copy = _is_copy(desk, destination)
    if destination.inside("shppict"):
        desk.placed = True
    if desk.shape is not None and not copy:
        desk.shape.pictures += 1
    data = _file(unhexed(destination.data), destination.facts)
    digest = hashlib.sha256(data).digest()
    if not data or digest in desk.pictures:
        return
    desk.pictures.add(digest)
    number = desk.counts.get("图片", 0) if copy else desk.number("图片")
    label = f"图片{number}{'（替代图）' if copy else ''}（{destination.flow.place} 附近）"
    if number > _MOST or time_left_s() < _LEAST_S:
        if desk.number("未读图片") == 1:
            desk.scribe.gap(label, tr("此后的图片未读取：拆分后再审", "further pictures not read: split the document"))
        return
    inner = pictures.read_picture(data)
    if copy:
        inner = Extracted(text=inner.text, segments=inner.segments)
    pictures.write_picture(desk.scribe, inner, label, shown=not copy)


def _is_copy(desk: Desk, destination: Destination) -> bool:
    if destination.inside("nonshppict") and desk.placed:
        desk.placed = False
        return True
    shape = desk.shape
    return destination.inside("shprslt") and shape is not None and bool(shape.pictures or shape.texts)


def _file(data: bytes, facts: dict[str, int]) -> bytes:
    """The bytes as they would lie in a file: a bitmap comes without its file header."""
    return picture_within(data) if "dibitmap" in facts else data
