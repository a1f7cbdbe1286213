"""The dashboard as a real browser shows it: light, dark and printed. Some fifteen seconds, and only where
REVIEWER_TEST_BROWSER is set, with chromium and Chinese fonts. The images stay in the folder of the test, to be seen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from archives import MARKED, Audit
from PIL import Image

STORE = Path("结果")
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif("REVIEWER_TEST_BROWSER" not in os.environ, reason="REVIEWER_TEST_BROWSER is not set"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium"),
]


@pytest.fixture
def page(archive: Path, audit: Audit) -> Path:
    """Of two runs, so that there is something to compare."""
    audit("run", STORE, archive)
    (archive / "2024" / "公告0.txt").write_text(MARKED, "utf-8")
    audit("run", STORE, archive)
    assert audit("report", STORE, "--format", "html", "-o", "看板.html").code == 0
    return Path("看板.html").resolve()


def browsed(page: Path, *words: str) -> None:
    assert CHROMIUM
    subprocess.run(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *words, page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.mark.parametrize(("scheme", "light"), [("1", True), ("0", False)], ids=["light", "dark"])
def test_the_page_follows_the_reader_s_scheme_and_is_not_cut(scheme: str, light: bool, page: Path) -> None:
    image = page.with_suffix(".png")
    settings = f"--blink-settings=preferredColorScheme={scheme}"
    browsed(page, settings, "--window-size=1200,2400", f"--screenshot={image}")
    shown = Image.open(image).convert("L")
    ground = shown.getpixel((3, 3))
    assert isinstance(ground, int)
    assert (ground > 230) if light else (ground < 60)
    edge = shown.crop((1180, 0, 1200, 2400))
    assert edge.getextrema() == (ground, ground), "nothing runs out of the page at the right"
    darkest, lightest = shown.getextrema()
    assert (darkest < 60) if light else (lightest > 200), "the words can be told from the ground"


def test_it_prints_with_chinese_words_in_a_chinese_font(page: Path) -> None:
    paper = page.with_suffix(".pdf")
    browsed(page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    with pypdfium2.PdfDocument(paper) as document:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
        fonts = b"CJK" in paper.read_bytes() or b"Hei" in paper.read_bytes() or b"Song" in paper.read_bytes()
    for words in ("存量文件保密审查报告", "历次审查", "与上次相比", "按年度", "先看这些"):
        assert words in text
    assert fonts
