"""Small pictures made on the spot, with everything in them that a picture can carry besides its pixels."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

SIDE = 96
PURPLE = (120, 20, 140)


def plain(colour: object = "white", mode: str = "RGB", size: tuple[int, int] = (SIDE, SIDE)) -> Image.Image:
    """A picture of one colour."""
    return Image.new(mode, size, colour)  # type: ignore[arg-type]


def striped(seed: int = 0, size: tuple[int, int] = (SIDE, SIDE), mode: str = "RGB") -> Image.Image:
    """A picture in which there is something to see, and no text."""
    image = Image.new("RGB", size, "white")
    paint = ImageDraw.Draw(image)
    for n in range(0, size[0], 16):
        paint.rectangle((n, 0, n + 7, size[1]), fill=((n * 7 + seed * 40) % 256, (n * 3) % 256, 90))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The picture as a file."""
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def code(payload: str | bytes, scale: int = 4, kind: str = "QRCode") -> Image.Image:
    """A QR code, or one of another kind, with its quiet zone."""
    import numpy
    import zxingcpp

    made = zxingcpp.create_barcode(payload, getattr(zxingcpp.BarcodeFormat, kind))
    return Image.fromarray(numpy.array(made.to_image(scale=scale))).convert("RGB")


def beside(*images: Image.Image) -> Image.Image:
    """Pictures side by side on white."""
    whole = Image.new("RGB", (sum(i.width + 20 for i in images), max(i.height for i in images)), "white")
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width + 20
    return whole


# --- EXIF and TIFF ----------------------------------------------------------------------------------

ASCII, BYTE, SHORT, LONG, RATIONAL, UNDEFINED = 2, 1, 3, 4, 5, 7
_UNIT = {ASCII: 1, BYTE: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED: 1}
Field = tuple[int, int, bytes]


def text_field(tag: int, text: str | bytes) -> Field:
    raw = text.encode() if isinstance(text, str) else text
    return tag, ASCII, raw + b"\0"


def degrees(tag: int, *parts: int, order: str = "<") -> Field:
    return tag, RATIONAL, b"".join(struct.pack(order + "II", part, 1) for part in parts)


def exif(
    *fields: Field,
    camera: tuple[Field, ...] = (),
    gps: tuple[Field, ...] = (),
    thumbnail: bytes = b"",
    order: str = "<",
) -> bytes:
    """A TIFF structure with the directories that an EXIF block has."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    body = bytearray(head)
    pointers = [(0x8769, camera), (0x8825, gps)]
    first = [*fields, *((tag, LONG, bytes(4)) for tag, inner in pointers if inner)]
    at = dict(_directory(body, first, order))
    for tag, inner in pointers:
        if inner:
            struct.pack_into(order + "I", body, at[tag], len(body))
            _directory(body, list(inner), order)
    if thumbnail:
        struct.pack_into(order + "I", body, 10 + 12 * len(first), len(body))
        places = dict(_directory(body, [(0x201, LONG, bytes(4)), (0x202, LONG, bytes(4))], order))
        struct.pack_into(order + "I", body, places[0x201], len(body))
        struct.pack_into(order + "I", body, places[0x202], len(thumbnail))
        body += thumbnail
    return bytes(body)


def _directory(body: bytearray, fields: list[Field], order: str) -> list[tuple[int, int]]:
    """Append a directory; where each field's value or pointer stands comes back."""
    start = len(body)
    body += struct.pack(order + "H", len(fields)) + bytes(12 * len(fields) + 4)
    places = []
    for n, (tag, kind, raw) in enumerate(fields):
        at = start + 2 + 12 * n
        struct.pack_into(order + "HHI", body, at, tag, kind, len(raw) // _UNIT[kind])
        if len(raw) <= 4:
            body[at + 8 : at + 8 + len(raw)] = raw
        else:
            struct.pack_into(order + "I", body, at + 8, len(body))
            body += raw + bytes(len(raw) % 2)
        places.append((tag, at + 8))
    return places


# --- JPEG, PNG, GIF, WebP ---------------------------------------------------------------------------


def segment(mark: int, body: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes, image: Image.Image | None = None, after: bytes = b"", **options: object) -> bytes:
    """A JPEG with segments put in behind its beginning."""
    data = saved(image or striped(), "JPEG", **options)
    return data[:2] + b"".join(segments) + data[2:] + after


def jpeg_exif(block: bytes, **more: object) -> bytes:
    return jpeg(segment(0xE1, b"Exif\0\0" + block), **more)  # type: ignore[arg-type]


def xmp(inner: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f" {attributes}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def iptc(*datasets: tuple[int, bytes], utf8: bool = False) -> bytes:
    head = b"\x1c\x01\x5a\x00\x03\x1b%G" if utf8 else b""
    return head + b"".join(b"\x1c\x02" + bytes([n]) + struct.pack(">H", len(value)) + value for n, value in datasets)


def resource(number: int, block: bytes, name: bytes = b"") -> bytes:
    """One of Photoshop's image resource blocks."""
    title = bytes([len(name)]) + name
    title += bytes(len(title) % 2)
    return b"8BIM" + struct.pack(">H", number) + title + struct.pack(">I", len(block)) + block + bytes(len(block) % 2)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, image: Image.Image | None = None, after: bytes = b"") -> bytes:
    """A PNG with chunks put in behind its header."""
    data = saved(image or striped())
    return data[:33] + b"".join(chunks) + data[33:] + after


def gif(*blocks: bytes, image: Image.Image | None = None, after: bytes = b"") -> bytes:
    """A GIF with blocks put in before its end."""
    data = saved(image or striped(), "GIF")
    return data[:-1] + b"".join(blocks) + data[-1:] + after


def gif_extension(label: int, *blocks: bytes) -> bytes:
    return bytes([0x21, label]) + b"".join(bytes([len(b)]) + b for b in blocks) + b"\0"


def frames(*images: Image.Image, kind: str = "TIFF") -> bytes:
    return saved(images[0], kind, save_all=True, append_images=list(images[1:]))


# --- metafiles --------------------------------------------------------------------------------------


def emf_record(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf_text(text: str, x: int = 0, y: int = 0, options: int = 0) -> bytes:
    """EMR_EXTTEXTOUTW."""
    raw = text.encode("utf-16-le")
    words = struct.pack("<iiII", x, y, len(raw) // 2, 76) + struct.pack("<I4iI", options, 0, 0, 0, 0, 0)
    return emf_record(84, struct.pack("<4iIff", 0, 0, 0, 0, 1, 1, 1) + words + raw)


def emf_bitmap(image: Image.Image) -> bytes:
    """EMR_STRETCHDIBITS."""
    bmp = saved(image.convert("RGB"), "BMP")
    header, bits = bmp[14:54], bmp[54:]
    offsets = struct.pack("<4I", 80, len(header), 80 + len(header), len(bits))
    return emf_record(81, struct.pack("<10i", *[0] * 10) + offsets + struct.pack("<4I", 0, 0, 0, 0) + header + bits)


def emf_plus(*records: tuple[int, int, bytes]) -> bytes:
    """EMR_COMMENT with EMF+ records: type, flags, data."""
    body = b"EMF+" + b"".join(
        struct.pack("<HHII", kind, flags, 12 + len(data), len(data)) + data for kind, flags, data in records
    )
    return emf_record(70, struct.pack("<I", len(body)) + body)


def emf(*records: bytes, title: str = "") -> bytes:
    raw = title.encode("utf-16-le")
    count = len(raw) // 2
    header = struct.pack("<4i4i", 0, 0, 400, 300, 0, 0, 8000, 6000) + b" EMF" + struct.pack("<4I", 0x10000, 0, 0, 0)
    header += struct.pack("<II", count, 108 if count else 0) + bytes(108 - 8 - 32 - 4 - 16 - 8) + raw
    end = emf_record(14, struct.pack("<III", 0, 0, 20))
    return emf_record(1, header) + b"".join(records) + end


def wmf_record(function: int, body: bytes) -> bytes:
    body += bytes(len(body) % 2)
    return struct.pack("<IH", 3 + len(body) // 2, function) + body


def wmf_font(charset: int) -> bytes:
    return wmf_record(0x02FB, bytes(13) + bytes([charset]) + bytes(18))


def wmf_select(index: int) -> bytes:
    return wmf_record(0x012D, struct.pack("<H", index))


def wmf_text(raw: bytes, x: int = 0, y: int = 0, options: int = 0) -> bytes:
    return wmf_record(0x0A32, struct.pack("<hhHH", y, x, len(raw), options) + raw)


def wmf(*records: bytes, placeable: bool = True) -> bytes:
    head = b"\xd7\xcd\xc6\x9a" + bytes(18) if placeable else b""
    return head + struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 4, 0, 0) + b"".join(records) + wmf_record(0, b"")
