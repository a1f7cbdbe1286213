"""Pictures: everything a picture file says besides its pixels, and what its pixels say as far as they can be read."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from reviewer.extract.embedded import read_embedded
from reviewer.extract.image.chunks import read_bitmap, read_packets, read_webp
from reviewer.extract.image.emf import read_emf
from reviewer.extract.image.exif import read_exif
from reviewer.extract.image.facts import Facts
from reviewer.extract.image.gif import read_gif
from reviewer.extract.image.jpeg import read_jpeg
from reviewer.extract.image.look import Spot, look_at
from reviewer.extract.image.png import read_png
from reviewer.extract.image.raster import MOST_FRAMES, PictureError, Raster
from reviewer.extract.image.thumbnail import differs
from reviewer.extract.image.wmf import read_wmf
from reviewer.extract.pictures import WHOLE
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.sniff import BINARY, sniff
from reviewer.language import tr
from reviewer.terms import Part

_RASTERS: Mapping[str, Callable[[bytes, Facts], None]] = {
    "image/jpeg": read_jpeg,
    "image/png": read_png,
    "image/gif": read_gif,
    "image/webp": read_webp,
    "image/bmp": read_bitmap,
    "image/tiff": lambda data, facts: read_exif(data, facts, "TIFF"),
    "image/heic": read_packets,
    "image/avif": read_packets,
    "image/jp2": read_packets,
    "image/vnd.microsoft.icon": read_packets,
}
_METAFILES: Mapping[str, Callable[[bytes, Scribe, Part], None]] = {"image/emf": read_emf, "image/wmf": read_wmf}
_MOST_UNPACKED_BYTES = 128 << 20


def read(data: bytes) -> Extracted:
    """A picture that is a file of its own: a scanned page, a photograph."""
    return _read(data, Part.BODY)


def read_picture(data: bytes) -> Extracted:
    """A picture found in a document: what it says of itself, its codes, and its text or, at WHOLE, the one gap.

    Bytes that are no picture are read as what they are. The text of a picture is as set apart as that of a text box.
    """
    return _read(data, Part.TEXT_BOX)


def read_metadata(data: bytes) -> Extracted:
    """All but the pixels, for an embedder that looks at these itself."""
    scribe = Scribe()
    walk = _RASTERS.get(sniff(data, ""))
    if walk is not None:
        _tell(walk, data, Facts(scribe))
    return scribe.finish()


def is_drawing(data: bytes) -> bool:
    """Whether a picture is a metafile, whose texts can be read without recognising anything."""
    return _opened(data)[1] in _METAFILES


def _read(data: bytes, part: Part) -> Extracted:
    data, kind = _opened(data)
    scribe = Scribe()
    if kind in _METAFILES:
        _draw(_METAFILES[kind], data, scribe, part)
        return scribe.finish()
    walk = _RASTERS.get(kind)
    if walk is None and kind == BINARY:
        scribe.gap(WHOLE, _unknown())
        return scribe.finish()
    if walk is None:
        return read_embedded(data, "")
    facts = Facts(scribe)
    _tell(walk, data, facts)
    _show(data, facts, part)
    return scribe.finish()


def _draw(walk: Callable[[bytes, Scribe, Part], None], data: bytes, scribe: Scribe, part: Part) -> None:
    try:
        walk(data, scribe, part)
    except Exception as error:  # noqa: BLE001  # as below
        scribe.gap(WHOLE, _broken(type(error).__name__))


def _tell(walk: Callable[[bytes, Facts], None], data: bytes, facts: Facts) -> None:
    try:
        walk(data, facts)
    except Exception as error:  # noqa: BLE001  # what was told until then stays, and the pixels are still looked at
        facts.gap(tr("属性", "properties"), _broken(type(error).__name__))


def _show(data: bytes, facts: Facts, part: Part) -> None:
    try:
        raster = Raster(data)
        _compare(raster, facts)
        _look(raster, facts.scribe, part)
    except PictureError as error:
        facts.gap(WHOLE, str(error))


def _look(raster: Raster, scribe: Scribe, part: Part) -> None:
    """Each frame; what was left unread is told once for all of them."""
    paged = raster.format == "TIFF"
    unread: dict[str, list[int]] = {}
    for frame in raster.frames():
        label = f"p{frame.number} " if paged else f"第{frame.number}帧 "
        spot = Spot(
            scribe=scribe,
            place=label if raster.count > 1 else "",
            part=part,
            page=frame.number if paged else None,
        )
        reason = look_at(frame, spot)
        if reason is not None:
            unread.setdefault(reason, []).append(frame.number)
    for reason, numbers in unread.items():
        scribe.gap(WHOLE, reason if raster.count == 1 else _of_frames(reason, numbers, raster.count))
    if raster.count > MOST_FRAMES:
        scribe.gap(WHOLE, _too_many(raster.count))


def _compare(raster: Raster, facts: Facts) -> None:
    """Look at each thumbnail beside the picture itself."""
    for place, data in facts.thumbnails:
        try:
            if data and differs(raster.first(), Raster(data).first()):
                facts.gap(place, _differs())
        except PictureError:
            facts.gap(place, _unreadable_thumbnail())


def _opened(data: bytes) -> tuple[bytes, str]:
    """A picture and what it is; EMZ and WMZ are packed metafiles."""
    kind = sniff(data, "")
    unpacked = _unpacked(data) if kind == "application/gzip" else b""
    return (unpacked, sniff(unpacked, "")) if unpacked else (data, kind)


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.open(BytesIO(data)) as stream:
            return stream.read(_MOST_UNPACKED_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""


def _unknown() -> str:
    return tr(
        "不认识的图片格式，图中可能有文字：另存为 PNG 或 JPG 后再审，或由审核人看图核对",
        "a picture of an unknown format, which may hold text: save it as PNG or JPG, or let a reviewer look at it",
    )


def _of_frames(reason: str, numbers: list[int], count: int) -> str:
    shown = "、".join(map(str, numbers[:8])) + ("…" if len(numbers) > 8 else "")
    return tr(f"共 {count} 帧，第 {shown} 帧：{reason}", f"{count} frames, number {shown}: {reason}")


def _too_many(count: int) -> str:
    return tr(
        f"共 {count} 帧，{MOST_FRAMES} 帧之后未查看：拆分后再审",
        f"{count} frames, those after {MOST_FRAMES} not looked at: split the file",
    )


def _differs() -> str:
    return tr(
        "缩略图与图片不一致，可能是修改前的样子：由审核人核对，用画图程序另存图片后再审",
        "the thumbnail is unlike the picture, perhaps what it was before: check it, and save the picture anew",
    )


def _unreadable_thumbnail() -> str:
    return tr(
        "缩略图无法打开，未核对：用画图程序另存图片后再审", "the thumbnail cannot be opened: save the picture anew"
    )


def _broken(kind: str) -> str:
    return tr(
        f"图片属性读取出错（{kind}），未全部读取：用画图程序另存图片后再审",
        f"reading the picture's properties failed ({kind}): save the picture anew",
    )
