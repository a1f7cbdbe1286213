"""Pictures of paper: what an office camera or scanner makes of a page; drawn once, kept as files."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from drafts.digits import draw
from drafts.texts import SOURCE, blocks


def draw_pictures(font: Path) -> None:
    """Draw every picture anew into `pictures/`."""
    _save("会议记录扫描件.png", _page("refer/会议记录扫描件.md", font, (1240, 1754), tilt=0.6))
    _save("会场白板.png", _page("refer/会场白板.md", font, (1000, 560), tilt=-1.2))


def _page(name: str, font: Path, size: tuple[int, int], *, tilt: float) -> Image.Image:
    """The text as black on grey paper, a little turned and a little dirty."""
    sheet = Image.new("L", size, 250)
    pen = ImageDraw.Draw(sheet)
    margin = size[0] // 9
    y = margin
    for block in blocks(name):
        points = size[0] // (26 if block.kind == "title" else 42)
        face = ImageFont.truetype(font, points)
        for line in _lines(block.text, (size[0] - 2 * margin) // points, block.kind == "paragraph"):
            width = pen.textlength(line, face)
            left = {"title": (size[0] - width) / 2, "right": size[0] - margin - width}.get(block.kind, margin)
            pen.text((left, y), line, fill=25, font=face)
            y += round(points * 1.8)
    for speck in range(160):
        x, height = draw(name, "x", speck) % size[0], draw(name, "y", speck) % size[1]
        pen.point((x, height), fill=120)
    return sheet.rotate(tilt, fillcolor=238, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))


def _lines(text: str, length: int, indented: bool) -> list[str]:
    text = ("　　" if indented else "") + text
    return [text[start : start + length] for start in range(0, len(text), length)]


def _save(name: str, image: Image.Image) -> None:
    buffer = io.BytesIO()
    image.quantize(8).convert("L").save(buffer, "PNG", optimize=True)
    (SOURCE / "pictures" / name).write_bytes(buffer.getvalue())
