"""Draws scan.png, the page that the tests of recognition read: no machine of theirs need have a Chinese font.

python tests/extract/pictures/make.py FONT.ttc [INDEX]
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1000, 700)
TITLE = ((60, 40, 30, "机密★10年"), (260, 110, 44, "青石县人民政府办公室文件"))
LINES = (
    "各乡镇人民政府，县直有关部门：现将困难群众临时救助名单印发给你们，",
    "请严格按照规定程序办理，确保公开、公平、公正，不得向无关人员提供。",
    "联系人：李四。",
)
ROWS = (
    ("姓名", "居民身份证号", "金额"),
    ("张三", "110101190003070010", "3000元"),
    ("王五", "11010119050812001X", "1500元"),
)
COLUMNS = (80, 260, 720)


def main(font: str, index: int = 0) -> None:
    """One bit a pixel: a few kilobytes."""
    page = Image.new("L", SIZE, 255)
    paint = ImageDraw.Draw(page)
    for x, y, size, text in TITLE:
        paint.text((x, y), text, fill=0, font=ImageFont.truetype(font, size, index=index))
    letters = ImageFont.truetype(font, 27, index=index)
    for n, text in enumerate(LINES):
        paint.text((60, 230 + n * 44), text, fill=0, font=letters)
    for n, row in enumerate(ROWS):
        for x, text in zip(COLUMNS, row, strict=True):
            paint.text((x, 420 + n * 60), text, fill=0, font=letters)
    page.convert("1", dither=Image.Dither.NONE).save(Path(__file__).with_name("scan.png"), optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
