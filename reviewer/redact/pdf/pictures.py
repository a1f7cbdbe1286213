"""Burns what was found in the pictures of a PDF: into the picture's own pixels, or, of a scan, into those of its page.

A page that says nothing but what was recognised on it becomes one picture of what it shows, at the resolution it was
read at: whatever lay under it (strips, masks, layers that somebody else recognised) is gone with its burned words.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from reviewer.extract.pdf.bitmaps import pixels, stored
from reviewer.extract.pdf.leaf import Leaf
from reviewer.extract.pdf.recognition import DPI
from reviewer.redact.burning import tasks, told, unburned, without_pictures
from reviewer.redact.burning.places import says_code, says_text
from reviewer.redact.burning.task import Done, Task
from reviewer.redact.burning.worker import brushed
from reviewer.redact.edit import Burned, Piece
from reviewer.terms import Document

_OF_PAGE = ("/CropBox", "/Rotate", "/ArtBox", "/TrimBox", "/BleedBox", "/UserUnit", "/Annots", "/Group")
_OF_PIXELS = ("/SMask", "/Interpolate", "/Intent", "/OC")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """What a task was read from: the whole page (`raw` is None), or one picture by its stored bytes."""

    page: int
    image: Image.Image
    raw: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnedPages:
    """The file with its pictures burned, the changes left to make, and what was burned."""

    data: bytes
    rest: Mapping[int, Sequence[Piece]]
    burned: tuple[Burned, ...]


def burned_pages(data: bytes, document: Document, changes: Mapping[int, Sequence[Piece]]) -> BurnedPages:
    """Raises RedactionError for a picture that is not found again, or whose rest cannot be read as before."""
    rest = without_pictures(document, changes)
    wanted = tasks(document, changes)
    if not wanted:
        return BurnedPages(data=data, rest=rest, burned=())
    drawn = pdfium.PdfDocument(data)
    sights = [_sight(drawn, document, task) for task in wanted]
    lost = [task.label for task, sight in zip(wanted, sights, strict=True) if sight is None]
    if lost:
        raise unburned(document, lost)
    results = brushed([_png(sight.image) for sight in sights if sight is not None], wanted)
    done: list[Burned] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, (task, sight, result) in enumerate(zip(wanted, sights, results, strict=True)):
            if sight is None or not isinstance(result, Done) or number not in result.tasks:
                raise unburned(document, [task.label])
            picture = Image.open(BytesIO(result.picture))
            if not (_put_page(pdf, drawn, sight, picture) if sight.raw is None else _put(pdf, sight.raw, picture)):
                raise unburned(document, [task.label])
            done.append(told(document, task.label, replace(result, tasks=(number,)), wanted))
        out = BytesIO()
        pdf.save(out)
    return BurnedPages(data=out.getvalue(), rest=rest, burned=tuple(done))


def _sight(drawn: pdfium.PdfDocument, document: Document, task: Task) -> _Sight | None:
    """The pixels in which the task's text was recognised; None where they are not burned: several small pictures."""
    page, _, picture = task.label.partition(" ")
    if not page[1:].isdecimal() or int(page[1:]) > len(drawn):
        return None
    number = int(page[1:])
    leaf = Leaf(drawn[number - 1])
    if not picture:
        image = leaf.render(colour=True, dpi=DPI) if _is_scan(document, number) else None
        return None if image is None else _Sight(page=number, image=image, raw=None)
    ordinal = picture.removeprefix("图片")
    if not ordinal.isdecimal() or int(ordinal) > len(leaf.pictures):
        return None
    one = leaf.pictures[int(ordinal) - 1]
    image = pixels(leaf, one)
    return None if image is None else _Sight(page=number, image=image, raw=stored(one))


def _is_scan(document: Document, number: int) -> bool:
    """Whether all that is seen of a page was recognised on it."""
    return all(
        segment.hidden or says_text(segment.place) or says_code(segment.place)
        for segment in document.segments
        if segment.page == number
    )


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _put(pdf: pikepdf.Pdf, raw: bytes, picture: Image.Image) -> bool:
    """Put a picture in the place of every image object of these stored bytes; whether there was one."""
    found = [one for one in _images(pdf) if one.read_raw_bytes() == raw]
    for one in found:
        if one.get("/ImageMask") or (one.Width, one.Height) != picture.size:
            return False
    for one in found:
        kept = {key: one[key] for key in _OF_PIXELS if key in one}
        for key in sorted(set(one.keys()) - {"/Length"}):
            del one[key]
        _write(one, picture)
        for key, value in kept.items():
            one[key] = value
    return bool(found)


def _images(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")


def _put_page(pdf: pikepdf.Pdf, drawn: pdfium.PdfDocument, sight: _Sight, picture: Image.Image) -> bool:
    """Let a page show a picture, and nothing else."""
    width, height = drawn[sight.page - 1].get_size()
    page = pdf.pages[sight.page - 1].obj
    image = pdf.make_stream(b"")
    _write(image, _narrowed(picture))
    for key in _OF_PAGE:
        if key in page:
            del page[key]
    page["/MediaBox"] = pikepdf.Array([0, 0, width, height])
    page["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    page["/Contents"] = pdf.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Scan Do Q".encode())
    return True


def _narrowed(image: Image.Image) -> Image.Image:
    """A picture without colours in a third of the bytes."""
    grey = image.convert("L")
    return grey if grey.convert("RGB").tobytes() == image.convert("RGB").tobytes() else image


def _write(stream: Any, image: Image.Image) -> None:
    bare = image if image.mode in ("L", "RGB") else image.convert("RGB")
    stream.write(zlib.compress(bare.tobytes(), 6), filter=pikepdf.Name("/FlateDecode"))
    stream["/Type"], stream["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
    stream["/Width"], stream["/Height"], stream["/BitsPerComponent"] = *bare.size, 8
    stream["/ColorSpace"] = pikepdf.Name("/DeviceGray" if bare.mode == "L" else "/DeviceRGB")
