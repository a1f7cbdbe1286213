"""Small PDFs made on the spot: pages drawn with reportlab, structure put in with pikepdf."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

PAGE = (400, 400)
Draw = Callable[[Canvas], None]
Change = Callable[[pikepdf.Pdf], None]


def drawn(*pages: Draw, size: tuple[float, float] = PAGE, encrypt: object = None) -> bytes:
    """A file with one page for each function; Helvetica 12 is set."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size, encrypt=encrypt, invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text(*lines: str, font: str = "Helvetica", size: float = 12, x: float = 50, y: float = 350) -> Draw:
    """Lines one below the other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for n, line in enumerate(lines):
            canvas.drawString(x, y - n * size * 1.5, line)

    return draw


def chinese(*lines: str, x: float = 50, y: float = 350) -> Draw:
    """Lines in a font that is not in the file."""
    return text(*lines, font="STSong-Light", x=x, y=y)


def both(*draws: Draw) -> Draw:
    """Several things on one page, in the order in which they are painted."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def picture(image: Image.Image, x: float, y: float, width: float, height: float) -> Draw:
    return lambda canvas: canvas.drawImage(ImageReader(image), x, y, width, height, mask=None)


def noise(seed: int = 1, side: int = 64, spread: int = 255) -> Image.Image:
    """A picture with something to see in it; of little contrast when `spread` is small."""
    source = random.Random(seed)
    image = Image.new("L", (side, side))
    image.putdata([255 - source.randrange(spread + 1) for _ in range(side * side)])
    return image


def edited(data: bytes, change: Change) -> bytes:
    """The file after a change to its objects."""
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        return _saved(pdf)


def raw_page(content: bytes, change: Change | None = None, **resources: object) -> bytes:
    """A page whose content stream is given; font /F1 is Helvetica."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=PAGE)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font), **resources)
    page.obj.Contents = pdf.make_stream(content)
    if change is not None:
        change(pdf)
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = BytesIO()
    with warnings.catch_warnings():  # fields that no form knows are what some tests are about
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(target, fix_metadata_version=False)
    return target.getvalue()


def annotate(pdf: pikepdf.Pdf, page: int = 0, **entries: object) -> pikepdf.Object:
    """Put an annotation on a page, at the first line of `text` unless told otherwise."""
    entries.setdefault("Rect", Array([45, 340, 300, 365]))
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, **entries))
    holder = pdf.pages[page].obj
    holder.Annots = Array([*holder.get("/Annots", ()), annotation])
    return annotation


def appearance(pdf: pikepdf.Pdf, content: bytes, width: float, height: float) -> Dictionary:
    """The /AP of an annotation that draws `content`."""
    stream = pdf.make_stream(content)
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([0, 0, width, height])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    stream.Resources = Dictionary(Font=Dictionary(F1=font))
    return Dictionary(N=stream)


def attach(pdf: pikepdf.Pdf, name: str, data: bytes) -> None:
    """Pack a file into the name tree."""
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)


def saved_again(data: bytes, change: Change) -> bytes:
    """The same file saved once more by appending: what `change` replaced stays in it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        before = {thing.objgen: _written(thing) for thing in pdf.objects}
        change(pdf)
        bodies = [(t.objgen[0], _written(t)) for t in pdf.objects if before.get(t.objgen) != _written(t)]
        root, size = pdf.trailer.Root.objgen[0], len(pdf.objects) + 1
    return _appended(data, bodies, root, size)


def _written(thing: pikepdf.Object) -> bytes:
    if not isinstance(thing, pikepdf.Stream):
        return b"%d 0 obj\n%b\nendobj\n" % (thing.objgen[0], thing.unparse(resolved=True))
    content = thing.read_bytes()
    return b"%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (thing.objgen[0], len(content), content)


def _appended(data: bytes, bodies: list[tuple[int, bytes]], root: int, size: int) -> bytes:
    previous = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    parts, offsets, position = [data], [], len(data)
    for number, body in bodies:
        offsets.append((number, position))
        parts.append(body)
        position += len(body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in offsets)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, previous)
    return b"".join([*parts, b"xref\n", table, trailer, b"startxref\n%d\n%%%%EOF\n" % position])
