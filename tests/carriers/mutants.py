"""Damaged copies of carriers: bytes turned at random, in the file itself or inside what it is packed into.

Damage to a container hides the parsers of what it holds; so members of a zip, streams of a compound file or a PDF are
also damaged by themselves and packed again with right checksums. A seed and an index give the same mutant for ever,
except of a file into which a library writes the time.
"""

from __future__ import annotations

import gzip
import io
import random
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .carrier import Carrier

Damage = Callable[[bytes, random.Random], bytes]

_OLE = b"\xd0\xcf\x11\xe0"
_TELLING = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"\x7f\xff\xff\xff",
    b"\x80",
    b"<",
    b">",
    b'"',
    b"&",
    b"]]>",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One damaged carrier, and how it was damaged."""

    carrier: Carrier
    data: bytes
    how: str


def mutant(carriers: Sequence[Carrier], seed: int, index: int) -> Mutant:
    """The mutant of this seed and index; `carriers` in the same order give the same one."""
    source = random.Random(f"{seed}:{index}")
    carrier = source.choice(carriers)
    data, where = carrier.data(), "file"
    if source.random() < 0.6:
        inner, where = _inside(data, source)
        data = inner if inner is not None else data
        if inner is not None:
            return Mutant(carrier=carrier, data=data, how=where)
    if source.random() < 0.1:
        other = source.choice([one for one in carriers if _suffix(one) == _suffix(carrier)]).data()
        return Mutant(carrier=carrier, data=_spliced(data, other, source), how="file splice")
    damaged, how = _damaged(data, source)
    return Mutant(carrier=carrier, data=damaged, how=f"file {how}")


def _suffix(carrier: Carrier) -> str:
    return carrier.name.rpartition(".")[2]


# --- what is done to bytes --------------------------------------------------------------------------


def flip(data: bytes, source: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(source.choice((1, 1, 2, 5, 20))):
        at = source.randrange(len(broken))
        broken[at] = broken[at] ^ (1 << source.randrange(8)) if source.random() < 0.5 else source.randrange(256)
    return bytes(broken)


def insert(data: bytes, source: random.Random) -> bytes:
    at = source.randrange(len(data) + 1)
    piece = source.choice((source.randbytes(source.randrange(1, 40)), *_TELLING))
    return data[:at] + piece + data[at:]


def overwrite(data: bytes, source: random.Random) -> bytes:
    """A telling value where a length or a mark may stand."""
    at, piece = source.randrange(len(data)), source.choice(_TELLING)
    return data[:at] + piece + data[at + len(piece) :]


def delete(data: bytes, source: random.Random) -> bytes:
    at = source.randrange(len(data))
    return data[:at] + data[at + source.choice((1, 2, 4, 16, 100, 1000)) :]


def truncate(data: bytes, source: random.Random) -> bytes:
    return data[: source.randrange(len(data))]


def duplicate(data: bytes, source: random.Random) -> bytes:
    start = source.randrange(len(data))
    piece = data[start : start + source.choice((8, 64, 512, 4096))]
    at = source.randrange(len(data) + 1)
    return data[:at] + piece * source.choice((1, 1, 2, 50)) + data[at:]


def digits(data: bytes, source: random.Random) -> bytes:
    """A number written out in digits becomes another: offsets, counts and references of text formats."""
    places = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
    if not places:
        return flip(data, source)
    at = source.choice(places)
    return data[:at] + source.choice((b"0", b"-1", b"65536", b"4294967295", b"99999999999", b"1e9")) + data[at + 1 :]


DAMAGES: tuple[Damage, ...] = (flip, flip, insert, overwrite, delete, truncate, duplicate, digits)


def _damaged(data: bytes, source: random.Random) -> tuple[bytes, str]:
    damage = source.choice(DAMAGES)
    return (damage(data, source), damage.__name__) if data else (data, "nothing")


def _spliced(data: bytes, other: bytes, source: random.Random) -> bytes:
    return data[: source.randrange(len(data) + 1)] + other[source.randrange(len(other) + 1) :]


# --- what the bytes are packed into -----------------------------------------------------------------


def _inside(data: bytes, source: random.Random) -> tuple[bytes | None, str]:
    """The same container with one thing in it damaged; None where there is no container, or it does not open."""
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data, source)
    if data.startswith(_OLE):
        return _in_ole(data, source)
    if data.startswith(b"%PDF"):
        return _in_pdf(data, source)
    if data.startswith(b"\x1f\x8b"):
        damaged, how = _damaged(gzip.decompress(data), source)
        return gzip.compress(damaged, mtime=0), f"gzip {how}"
    if data.startswith(b"\x89PNG"):
        return _in_png(data, source)
    return None, ""


def _in_zip(data: bytes, source: random.Random) -> tuple[bytes | None, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, ValueError, OSError):
        return None, ""
    chosen = source.randrange(len(members))
    name, content = members[chosen]
    deeper, how = _inside(content, source) if source.random() < 0.7 else (None, "")
    if deeper is None:
        deeper, how = _damaged(content, source)
    members[chosen] = (name, deeper)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for each, inner in members:
            archive.writestr(zipfile.ZipInfo(each, (2026, 1, 1, 0, 0, 0)), inner, zipfile.ZIP_DEFLATED)
    return target.getvalue(), f"member {how}"


def _in_ole(data: bytes, source: random.Random) -> tuple[bytes | None, str]:
    """One stream in place, without touching the tables; a stream keeps its length."""
    try:
        import olefile
    except ImportError:
        return None, ""
    target = io.BytesIO(data)
    try:
        with olefile.OleFileIO(target, write_mode=True) as file:
            path = source.choice(file.listdir())
            content = file.openstream(path).read()
            damaged, how = _damaged(content, source)
            file.write_stream(path, damaged[: len(content)].ljust(len(content), b"\0"))
            return target.getvalue(), f"stream {how}"
    except (OSError, IndexError, ValueError):
        return None, ""


def _in_pdf(data: bytes, source: random.Random) -> tuple[bytes | None, str]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
            stream = source.choice(streams)
            damaged, how = _damaged(stream.read_bytes(), source)
            stream.write(damaged)
            target = io.BytesIO()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
                pdf.save(target, fix_metadata_version=False, static_id=True)
            return target.getvalue(), f"stream {how}"
    except (pikepdf.PdfError, pikepdf.PasswordError, IndexError, RuntimeError, ValueError):
        return None, ""


def _in_png(data: bytes, source: random.Random) -> tuple[bytes | None, str]:
    """One chunk, with its length and checksum made right again (PNG, 5.3)."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    chosen = source.randrange(len(chunks))
    damaged, how = _damaged(chunks[chosen][1], source)
    chunks[chosen] = (chunks[chosen][0], damaged)
    body = b"".join(
        len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
        for kind, content in chunks
    )
    return data[:8] + body, f"chunk {how}"


# --- what is left of the number ---------------------------------------------------------------------


def holds(data: bytes, number: str, depth: int = 3) -> bool:
    """Whether the number still stands in the bytes in one piece, or in what they are packed into."""
    if any(number.encode(code) in data for code in ("ascii", "utf-16-le", "utf-16-be")):
        return True
    return depth > 0 and any(holds(inner, number, depth - 1) for inner in _unpacked(data))


def _unpacked(data: bytes) -> list[bytes]:
    try:
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return [archive.read(info) for info in archive.infolist()]
        if data.startswith(b"\x1f\x8b"):
            return [gzip.decompress(data)]
        if data.startswith(b"%PDF"):
            import pikepdf

            with pikepdf.open(io.BytesIO(data)) as pdf:
                return [thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    except Exception:  # noqa: BLE001  # damaged on purpose: nothing can be said of it
        return []
    return []
