"""Two engines read every page; where one sees characters that the other does not, that is said."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from builders_pdf import Change, both, chinese, drawn, raw_page, text

from reviewer.extract.pdf import read

_WORDS = b"BT /F1 12 Tf 50 300 Td (ABCDEFGHIJ) Tj ET"
_RANGE = b"9 beginbfrange <41> <4A> <%b> endbfrange "
_HEAD = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "


def named_by(table: bytes) -> Change:
    """The font of the page says which characters it draws by this ToUnicode table."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.Font.F1.ToUnicode = pdf.make_stream(table)

    return change


def disagreements(data: bytes) -> list[str]:
    return [gap.place for gap in read(data).gaps if "不一致" in gap.reason]


@pytest.mark.parametrize(
    ("content", "change"),
    [
        pytest.param(
            _WORDS, named_by(b"begincmap 10 beginbfrange <0041> <004A> <5F00> endbfrange endcmap"), id="wide codes"
        ),
        pytest.param(
            _WORDS,
            named_by(_HEAD + _RANGE % b"5F00" + _RANGE % b"61" + b"endcmap"),
            id="two names for each character",
        ),
    ],
)
def test_what_only_one_of_them_reads_is_told(content, change):
    assert disagreements(raw_page(content, change)) == ["p1"]


@pytest.mark.parametrize(
    "content", [b"BT 50 300 Td (ABCDEFGHIJ) Tj ET", b"BT /F1 12 Tf 50 300 Td [(ABC) [(DEF)] (GHIJKL)] TJ ET"]
)
def test_what_no_program_shows_is_told_as_that(content):
    assert [(gap.place, gap.reason[:8]) for gap in read(raw_page(content)).gaps] == [("p1", "有显示不出的文字")]


@pytest.mark.parametrize(
    "data",
    [
        drawn(text("one", "two", "secret 19040203"), chinese("关于公开的通知", "保密审查表")),
        drawn(both(text("first line"), chinese("同一页上的汉字", y=200))),
        raw_page(_WORDS),
        raw_page(b""),
    ],
)
def test_ordinary_pages_are_read_alike(data):
    assert disagreements(data) == []


def test_one_page_of_a_long_file_that_differs_is_named():
    pdf = pikepdf.open(BytesIO(drawn(*[text(f"page {number} of a long file") for number in range(12)])))
    odd = pikepdf.open(BytesIO(raw_page(_WORDS, named_by(_HEAD + _RANGE % b"5F00" + _RANGE % b"61" + b"endcmap"))))
    pdf.pages[6] = odd.pages[0]
    target = BytesIO()
    pdf.save(target)
    assert disagreements(target.getvalue()) == ["p7"]
