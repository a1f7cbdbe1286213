"""Carriers of pictures: what stands in them besides their pixels, and codes that a telephone reads."""

from __future__ import annotations

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from .carrier import Carrier, hidden


def picture(side: int = 160) -> Image.Image:
    return Image.linear_gradient("L").resize((side, side)).convert("RGB")


def png(number: str, *, packed: bool = False) -> bytes:
    told = PngInfo()
    told.add_text("Comment", f"ID {number}", zip=packed)
    return saved(picture(), "PNG", pnginfo=told)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def exif(tag: int, text: str) -> bytes:
    facts = Image.Exif()
    facts[tag] = text
    return saved(picture(), "JPEG", exif=facts.tobytes())


def code(number: str) -> bytes:
    """A QR code, as on a certificate."""
    import zxingcpp

    barcode = zxingcpp.create_barcode(f"ID {number}", zxingcpp.BarcodeFormat.QRCode)
    return saved(Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=8)), "PNG")


def properties(number: str) -> bytes:
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="ID '
        + number.encode()
        + b'"/></rdf:RDF>'
        b"</x:xmpmeta>"
    )
    return saved(picture(), "JPEG", xmp=xmp)


CARRIERS: tuple[Carrier, ...] = (
    hidden("png comment.png", "PNG/Comment", png),
    hidden("png packed comment.png", "PNG/Comment", lambda n: png(n, packed=True)),
    hidden("jpeg description.jpg", "EXIF/图像说明", lambda n: exif(0x010E, f"ID {n}")),
    hidden("jpeg author.jpg", "EXIF/作者", lambda n: exif(0x013B, n)),
    hidden("jpeg comment.jpg", "JPEG/注释", lambda n: saved(picture(), "JPEG", comment=f"ID {n}".encode())),
    hidden("jpeg properties.jpg", "XMP/source", properties),
    hidden("gif comment.gif", "GIF/注释", lambda n: saved(picture(), "GIF", comment=f"ID {n}".encode())),
    hidden("tiff description.tif", "TIFF/图像说明", lambda n: saved(picture(), "TIFF", description=f"ID {n}")),
    hidden("png QR code.png", "二维码1", code),
)
