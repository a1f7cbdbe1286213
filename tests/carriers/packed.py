"""Carriers of archives: members, archives in archives, names, comments, and what a password keeps shut."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zipfile

from builders_archive import gzipped, rar_stored, tarred, zipped, zipped_raw_names
from builders_ooxml import docx, pack_pairs, paragraph, run

from .carrier import Carrier, declared, hidden, seen
from .pages import page


def text(number: str) -> bytes:
    return f"张三，身份证号{number}。\n".encode()


def locked(number: str) -> bytes:
    """A zip whose member claims to be encrypted (APPNOTE 4.4.4, bit 0)."""
    data = bytearray(zipped({"a.txt": text(number)}, compression=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def broken(number: str) -> bytes:
    """The checksum of the member is wrong."""
    return zipped({"a.txt": text(number)}, compression=zipfile.ZIP_STORED).replace(text(number), text(number)[::-1])


def before(number: str) -> bytes:
    """Bytes before the first member, as a program that unpacks itself has them."""
    return b"MZ" + bytes(6) + text(number) + zipped({"a.txt": b"page"})


def deep(number: str) -> bytes:
    data = text(number)
    for level in range(12):
        data = zipped({f"{level}.zip" if level else "a.txt": data})
    return data


def extra_field(number: str) -> bytes:
    """A field that no program knows (APPNOTE 4.5.2)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.extra = struct.pack("<HH", 0x7777, len(number)) + number.encode()
        archive.writestr(info, b"page")
    return buffer.getvalue()


CARRIERS: tuple[Carrier, ...] = (
    seen("zip member.zip", "a.txt!¶1", lambda n: zipped({"a.txt": text(n)})),
    seen("zip document.zip", "附件/a.docx!¶1", lambda n: zipped({"附件/a.docx": docx(paragraph(run(n)))})),
    seen("zip pdf.zip", "a.pdf!p1", lambda n: zipped({"a.pdf": page(n)})),
    seen("zip in a zip.zip", "in.zip!a.txt!¶1", lambda n: zipped({"in.zip": zipped({"a.txt": text(n)})})),
    seen("zip gbk name.zip", "名单.txt!¶1", lambda n: zipped_raw_names({"名单.txt".encode("gbk"): text(n)})),
    seen("zip name of a member.zip", "成员名", lambda n: zipped({f"{n}.txt": b"page"})),
    hidden("zip name of a folder.zip", "文件夹名", lambda n: zipped({f"{n}/": b"", "a.txt": b"page"})),
    hidden("zip comment of an archive.zip", "注释", lambda n: zipped({"a.txt": b"page"}, comment=n.encode())),
    hidden("zip extra field.zip", "附加字段", extra_field),
    seen("zip folder that is a file.zip", "a/!¶1", lambda n: pack_pairs([("a/", text(n)), ("b.txt", b"page")])),
    seen("tar.tar", "a.txt!¶1", lambda n: tarred({"a.txt": text(n)})),
    hidden("tar owner.tar", "文件属主", lambda n: tarred({"a.txt": b"page"}, owner=n)),
    seen("tar in gzip.tar.gz", "a.txt!¶1", lambda n: gzipped(tarred({"a.txt": text(n)}))),
    seen("gzip.gz", "¶1", lambda n: gzipped(text(n), name=b"a.txt")),
    hidden("gzip comment.gz", "压缩包注释", lambda n: gzipped(b"page", comment=n.encode())),
    seen("bzip2.bz2", "¶1", lambda n: bz2.compress(text(n))),
    seen("xz.xz", "¶1", lambda n: lzma.compress(text(n))),
    seen("rar.rar", "a.txt", lambda n: rar_stored({"a.txt": text(n)})),
    declared("zip password.zip", "加密", locked),
    declared("zip wrong checksum.zip", "损坏", broken),
    declared("zip with bytes before.zip", "", before),
    declared("zip too deep.zip", "嵌套", deep),
)
