"""Archives made in memory: zip, tar, gzip and its kin, and a RAR whose members are stored."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib


def zipped(members: dict[str, bytes], *, comment: bytes = b"", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.comment = comment
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def zipped_raw_names(members: dict[bytes, bytes], *, flagged: bool = False) -> bytes:
    """A zip whose names are these very bytes; `flagged`: marked as UTF-8 all the same."""
    placeholders = {f"{index:0{len(name)}d}": data for index, (name, data) in enumerate(members.items())}
    data = bytearray(zipped(placeholders, compression=zipfile.ZIP_STORED))
    for placeholder, name in zip(placeholders, members, strict=True):
        data = data.replace(placeholder.encode(), name)
    for signature, at in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] = 0x08 if flagged else 0
            start = data.find(signature, start + 4)
    return bytes(data)


def tarred(members: dict[str, bytes], *, encoding: str = "utf-8", owner: str = "root") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.uname = len(data), owner
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def linked(name: str, target: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = tarfile.SYMTYPE, target
        archive.addfile(info)
    return out.getvalue()


def gzipped(data: bytes, *, name: bytes = b"", comment: bytes = b"", extra: bytes = b"") -> bytes:
    """One gzip stream with the header fields of RFC 1952; `extra` becomes a subfield `XX`."""
    flags = 0x08 * bool(name) + 0x10 * bool(comment) + 0x04 * bool(extra)
    head = b"\x1f\x8b\x08" + bytes([flags]) + bytes(6)
    if extra:
        head += struct.pack("<H2sH", 4 + len(extra), b"XX", len(extra)) + extra
    head += (name + b"\0") * bool(name) + (comment + b"\0") * bool(comment)
    packer = zlib.compressobj(wbits=-15)
    body = packer.compress(data) + packer.flush()
    return head + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def rar_stored(members: dict[str, bytes]) -> bytes:
    """RAR 4 with every member stored (method 0x30)."""
    blocks = [b"Rar!\x1a\x07\x00", _block(0x73, 0, bytes(6))]
    for name, data in members.items():
        known = name.encode("ascii")
        facts = struct.pack("<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0, 20, 0x30, len(known), 0o100644)
        blocks.append(_block(0x74, 0x8000, facts + known) + data)
    return b"".join((*blocks, _block(0x7B, 0x4000, b"")))


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
