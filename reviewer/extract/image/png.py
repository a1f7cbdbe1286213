"""The chunks of a PNG besides its pixels (PNG, third edition, 11.3): texts, EXIF, and what follows the end."""

from __future__ import annotations

import binascii
import zlib
from collections.abc import Iterator

from reviewer.extract.image.exif import read_exif
from reviewer.extract.image.facts import Facts
from reviewer.extract.image.iptc import read_iptc
from reviewer.extract.image.photoshop import read_resources
from reviewer.extract.image.xmp import read_xmp
from reviewer.language import tr

_SIGNATURE_BYTES = 8
_MOST_CHUNKS = 200_000
_MOST_BYTES = 8 << 20
_XMP = b"XML:com.adobe.xmp"
_RAW = b"Raw profile type "  # how ImageMagick puts EXIF, IPTC and XMP into text
_TECHNICAL = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST"}
    | {b"pHYs", b"sPLT", b"tIME", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT", b"oFFs", b"CgBI", b"iDOT"}
)


def read_png(data: bytes, facts: Facts) -> None:
    """Texts of every chunk that has some; chunks that nobody here knows are looked through."""
    for kind, body in _chunks(data, facts):
        if kind == b"tEXt":
            keyword, _, text = body.partition(b"\0")
            _read_text(keyword, text, facts)
        elif kind == b"zTXt":
            keyword, _, packed = body.partition(b"\0")
            _read_text(keyword, _inflated(packed[1:], facts), facts)
        elif kind == b"iTXt":
            _read_international(body, facts)
        elif kind == b"eXIf":
            read_exif(body.removeprefix(b"Exif\0\0"), facts)
        elif kind not in _TECHNICAL:
            facts.sweep(f"PNG/{kind.decode('latin-1')}", body)


def _chunks(data: bytes, facts: Facts) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE_BYTES
    for _ in range(_MOST_CHUNKS):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if at + 12 + size > len(data) or not kind.isalpha():
            facts.gap("PNG", _cut_off())
            facts.sweep("PNG", data[at:])
            return
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            facts.tail(data[at:])
            return
    facts.gap("PNG", _cut_off())


def _read_text(keyword: bytes, text: bytes, facts: Facts) -> None:
    if keyword.startswith(_RAW):
        _read_profile(keyword[len(_RAW) :], text, facts)
    elif keyword == _XMP:
        read_xmp(text, facts)
    else:
        # Latin-1 by the standard, the encoding of the machine in practice.
        facts.say_bytes(f"PNG/{_name(keyword)}", text)


def _read_international(body: bytes, facts: Facts) -> None:
    keyword, _, rest = body.partition(b"\0")
    packed, rest = rest[:1] == b"\1", rest[2:]
    _, _, rest = rest.partition(b"\0")
    translated, _, text = rest.partition(b"\0")
    facts.say_bytes(f"PNG/{_name(keyword)}", translated, "utf-8")
    _read_text(keyword, _inflated(text, facts) if packed else text, facts)


def _read_profile(kind: bytes, text: bytes, facts: Facts) -> None:
    """A line break, the kind, the length, then hexadecimal digits."""
    lines = text.split()
    try:
        raw = binascii.unhexlify(b"".join(lines[2:]))
    except binascii.Error:
        facts.say_bytes("PNG/profile", text)
        return
    if kind in (b"exif", b"APP1") and raw.startswith(b"Exif\0\0"):
        read_exif(raw[6:], facts)
    elif kind in (b"iptc", b"8bim"):
        (read_resources if raw.startswith(b"8BIM") else read_iptc)(raw, facts)
    elif kind == b"xmp" or b"xmpmeta" in raw:
        read_xmp(raw[max(0, raw.find(b"<")) :], facts)
    elif kind not in (b"icc", b"icm"):
        facts.say_bytes("PNG/profile", raw)


def _inflated(packed: bytes, facts: Facts) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, _MOST_BYTES)
    except zlib.error:
        facts.gap("PNG", _damaged())
        return b""
    if not inflater.eof:
        facts.gap("PNG", _damaged())
    return text


def _name(keyword: bytes) -> str:
    """The keyword as a part of a place; what is no proper keyword may be text of the document."""
    name = keyword.decode("latin-1")
    return name if name.replace(" ", "").replace(":", "").replace("-", "").isalnum() and len(keyword) < 80 else "?"


def _cut_off() -> str:
    return tr(
        "图片文件不完整，其后内容未读取：取得完整文件后再审",
        "the picture is cut short, what follows was not read: get the whole file",
    )


def _damaged() -> str:
    return tr(
        "一段附带文字已损坏或过长，未全部读取：用画图程序另存图片后再审",
        "a text in the picture is damaged or too long, not all of it was read: save the picture anew",
    )
