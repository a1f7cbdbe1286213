"""OFD files made in memory, part by part, and the DER of a seal."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_NAMESPACE = "http://www.ofdspec.org/2016"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: the objects of its layers, what stands before them, its annotations."""

    layers: Sequence[tuple[str, str]] = (("Body", ""),)
    head: str = ""
    tail: str = ""
    annotations: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole file; `resources`, `common`, `root` and `entry` are XML put into the parts of these names."""

    pages: Sequence[Page] = ()
    resources: str = ""
    common: str = ""
    root: str = ""
    info: str = ""
    body: str = ""
    bodies: str = ""
    parts: Mapping[str, str | bytes] = field(default_factory=dict)
    prefix: str = "ofd"


def text(words: str, *, x: float = 20, y: float = 20, size: float = 4, attributes: str = "", inner: str = "") -> str:
    """A text object with a step for each character, its baseline at y."""
    steps = " ".join(f"{size if char >= chr(0x2E80) else size / 2:g}" for char in words[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<TextObject ID="1" Boundary="{x:g} {y - size:g} 150 {size * 1.4:g}" Font="9" Size="{size:g}" {attributes}>'
        f'{inner}<TextCode X="0" Y="{size:g}"{delta}>{escape(words)}</TextCode></TextObject>'
    )


def glyphs(words: str, *, x: float = 20, y: float = 20, size: float = 4, step: float | None = None) -> list[str]:
    """One text object for each character, as some makers write them."""
    found, at = [], x
    for char in words:
        found.append(text(char, x=at, y=y, size=size))
        at += step or (size if char >= chr(0x2E80) else size / 2)
    return found


def filled(x: float, y: float, width: float, height: float, colour: str = "0 0 0", attributes: str = "") -> str:
    """A rectangle without a border."""
    return (
        f'<PathObject ID="2" Boundary="{x:g} {y:g} {width:g} {height:g}" Fill="true" Stroke="false" {attributes}>'
        f'<FillColor Value="{colour}"/>'
        f"<AbbreviatedData>M 0 0 L {width:g} 0 L {width:g} {height:g} L 0 {height:g} C</AbbreviatedData></PathObject>"
    )


def image(medium: int = 7, box: str = "10 10 100 60", attributes: str = "") -> str:
    """A picture that fills its boundary."""
    _, _, width, height = box.split()
    return f'<ImageObject ID="3" ResourceID="{medium}" Boundary="{box}" CTM="{width} 0 0 {height} 0 0" {attributes}/>'


def annotation(kind: str, drawn: str, attributes: str = "", said: str = "") -> str:
    """An annotation that draws something."""
    return (
        f'<Annot ID="5" Type="{kind}" {attributes}>{said}'
        f'<Appearance Boundary="0 0 210 297">{drawn}</Appearance></Annot>'
    )


def page(*objects: str, **rest: object) -> Page:
    """A page with one body layer."""
    return Page(layers=(("Body", "".join(objects)),), **rest)  # type: ignore[arg-type]


def media(name: str, identity: int = 7, kind: str = "Image") -> str:
    """A resource entry of a media file."""
    return (
        f'<MultiMedias><MultiMedia ID="{identity}" Type="{kind}"><MediaFile>{escape(name)}</MediaFile>'
        "</MultiMedia></MultiMedias>"
    )


def ofd(draft: Draft) -> bytes:
    """The file."""
    return zipped(parts(draft))


def parts(draft: Draft) -> dict[str, str | bytes]:
    """The file's parts by name."""
    made: dict[str, str | bytes] = {}
    listed, noted = [], []
    for number, one in enumerate(draft.pages):
        listed.append(f'<Page ID="{100 + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
        layers = "".join(f'<Layer ID="4" Type="{kind}">{objects}</Layer>' for kind, objects in one.layers)
        content = f"{one.head}<Content>{layers}</Content>{one.tail}"
        made[f"Doc_0/Pages/Page_{number}/Content.xml"] = xml("Page", content, draft.prefix)
        if one.annotations:
            path = f"Annots/Page_{number}/Annotation.xml"
            noted.append(f'<Page PageID="{100 + number}"><FileLoc>{path}</FileLoc></Page>')
            made[f"Doc_0/{path}"] = xml("PageAnnot", one.annotations, draft.prefix)
    if noted:
        made["Doc_0/Annotations.xml"] = xml("Annotations", "".join(noted), draft.prefix)
    notes = "<Annotations>Annotations.xml</Annotations>" if noted else ""
    made["Doc_0/PublicRes.xml"] = xml(
        "Res",
        f'<Fonts><Font ID="9" FontName="宋体"/></Fonts>{draft.resources}',
        draft.prefix,
        'BaseLoc="Res"',
    )
    made["Doc_0/Document.xml"] = xml(
        "Document",
        "<CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea><PublicRes>PublicRes.xml</PublicRes>"
        f"{draft.common}</CommonData><Pages>{''.join(listed)}</Pages>{notes}{draft.root}",
        draft.prefix,
    )
    made["OFD.xml"] = xml(
        "OFD",
        f"<DocBody><DocInfo>{draft.info}</DocInfo><DocRoot>Doc_0/Document.xml</DocRoot>{draft.body}</DocBody>"
        f"{draft.bodies}",
        draft.prefix,
        'Version="1.0" DocType="OFD"',
    )
    return {**made, **{name: _part(content, draft.prefix) for name, content in draft.parts.items()}}


def xml(root: str, content: str, prefix: str = "ofd", attributes: str = "") -> str:
    """A part with this root; every element gets the prefix ("" for a default namespace)."""
    mark = f"{prefix}:" if prefix else ""
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    body = content
    if mark:
        body = body.replace("</", "\0").replace("<", f"<{mark}").replace("\0", f"</{mark}")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{mark}{root} {declared}={quoteattr(_NAMESPACE)} {attributes}>'
        f"{body}</{mark}{root}>"
    )


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def png(width: int = 200, height: int = 100, kind: int = 2) -> bytes:
    """A picture of grey and black stripes; kind 2 is opaque, 6 has an alpha channel."""
    grey, black = b"\x80" * (3 if kind == 2 else 4), b"\0" * 3 + b"\xff" * (kind != 2)
    row = b"\0" + b"".join(grey if x % 16 < 8 else black for x in range(width))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(row * height))
        + _chunk(b"IEND", b"")
    )


def der(tag: int, *contents: bytes) -> bytes:
    """A DER value."""
    body = b"".join(contents)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = (len(body).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(body).to_bytes(size, "big") + body


def seal(name: str, signer: str, picture: bytes) -> bytes:
    """A seal as GB/T 38540-2020 writes it, as far as a reader looks: name, certificate, picture."""
    certificate = der(0x30, der(0x31, der(0x30, der(0x06, b"\x55\x04\x03"), der(0x0C, signer.encode()))))
    return der(
        0x30,
        der(0x30, der(0x16, b"ES"), der(0x02, b"\4"), der(0x16, b"maker")),
        der(0x30, der(0x0C, name.encode()), der(0x30, der(0x04, certificate))),
        der(0x30, der(0x16, b"png"), der(0x04, picture)),
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _part(content: str | bytes, prefix: str) -> str | bytes:
    if isinstance(content, bytes) or not content.startswith("<?part "):
        return content
    head, _, body = content.partition("?>")
    return xml(head.removeprefix("<?part ").strip(), body, prefix)
