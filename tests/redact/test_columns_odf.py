"""Columns of OpenDocument tables that go altogether: repeated, merged, grouped, named by charts and conditions."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from builders_odf import Draft, cell, content, flat, odf, p, row, table
from test_columns import NUMBERS, ROWS, told, without_column

from reviewer.redact.columns import Shift
from reviewer.redact.columns.odf_addresses import _listed
from reviewer.redact.search import left_over
from reviewer.terms import Decision

SOFFICE = shutil.which("soffice")
COLUMNS = (
    '<table:table-header-columns><table:table-column table:style-name="a"/>'
    '<table:table-column table:number-columns-repeated="2" table:style-name="b"/></table:table-header-columns>'
    '<table:table-column table:number-columns-repeated="16381" table:style-name="c"/>'
)
TITLE = row(
    cell("补助发放名单", 'table:number-columns-spanned="4" table:number-rows-spanned="1"'),
    '<table:covered-table-cell table:number-columns-repeated="3"/>',
)
HEADINGS = row(*map(cell, ROWS[0]))
DATA = [
    row(*(cell(str(value), 'office:value-type="string"') for value in line[:3]),
        cell(str(line[3]), f'office:value-type="float" office:value="{line[3]}" table:formula="of:=[.A{at}]*[.E{at}]"'))
    for at, line in enumerate(ROWS[1:], 3)
]  # fmt: skip
BLANK = row('<table:table-cell table:number-columns-repeated="16384"/>')
CONDITIONS = (
    '<calcext:conditional-formats xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<calcext:conditional-format calcext:target-range-address="名单.D3:名单.D5"><calcext:condition '
    'calcext:value="formula-is([.$D3]&gt;[$其他.D3])" calcext:base-cell-address="名单.D3"/>'
    "</calcext:conditional-format>"
    '<calcext:conditional-format calcext:target-range-address="名单.A3:名单.A5"><calcext:condition '
    'calcext:value="&gt;[.C3]" calcext:base-cell-address="名单.A3"/></calcext:conditional-format>'
    "</calcext:conditional-formats>"
)
ADDRESSES = 'table:print-ranges="名单.A1:名单.D5 名单.C1:名单.C5"'
SHEET = table(TITLE, HEADINGS, *DATA, BLANK, name="名单", attributes=ADDRESSES, head=COLUMNS)


def book(*, rows: tuple[str, ...] = (), charted: str = "D", tail: str = CONDITIONS) -> Draft:
    """A list with a title, a chart of one column and a picture that ends at another."""
    frame = (
        '<table:shapes><draw:frame table:end-cell-address="名单.F9" table:end-x="1cm"><draw:object xlink:href="./图" '
        f'draw:notify-on-update-of-ranges="名单.{charted}3:名单.{charted}5"/>'
        '<draw:image xlink:href="./ObjectReplacements/图"/></draw:frame></table:shapes>'
    )
    chart = (
        "<chart:chart><chart:plot-area><chart:series "
        f'chart:values-cell-range-address="名单.${charted}$3:.${charted}$5"/></chart:plot-area></chart:chart>'
    )
    body = table(
        TITLE, HEADINGS, *DATA, *rows, BLANK, name="名单", attributes=ADDRESSES, head=frame + COLUMNS, tail=tail
    )
    parts = {"图/content.xml": content(chart, "chart"), "ObjectReplacements/图": b"as it was"}
    return Draft(body=body, kind="spreadsheet", parts=parts)


def inner(data: bytes, name: str = "content.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_a_column_of_a_spreadsheet_goes_and_all_that_names_columns_moves() -> None:
    made = without_column("名单.ods", odf(book()))
    assert made.review.verdict.decision is Decision.CLEAR
    assert "整列删去" in told(made)
    assert left_over(made.data, NUMBERS[::2], "") == {}
    source = inner(made.data)
    assert re.findall(r'table-column table:(?:number-columns-repeated="(\d+)" table:)?style-name="(\w)"', source) == [
        ("", "a"), ("1", "b"), ("16381", "c"),
    ]  # fmt: skip
    assert 'table:number-columns-spanned="3"' in source
    assert 'covered-table-cell table:number-columns-repeated="2"' in source
    assert 'table:number-columns-repeated="16383"' in source
    assert "formula=" not in source
    assert 'table:print-ranges="名单.A1:名单.C5"' in source
    assert 'table:end-cell-address="名单.E9"' in source
    assert 'draw:notify-on-update-of-ranges="名单.C3:名单.C5"' in source
    assert re.findall(r'target-range-address="(.*?)"', source) == ["名单.C3:名单.C5"]
    assert 'calcext:value="formula-is([.$C3]&gt;[$其他.D3])" calcext:base-cell-address="名单.C3"' in source
    assert not any("Replacements" in name for name in zipfile.ZipFile(io.BytesIO(made.data)).namelist())
    assert 'values-cell-range-address="名单.$C$3:.$C$5"' in inner(made.data, "图/content.xml")


def test_a_column_of_a_flat_spreadsheet() -> None:
    made = without_column("名单.fods", flat(Draft(body=SHEET, kind="spreadsheet")))
    assert made.review.verdict.decision is Decision.CLEAR
    assert "整列删去" in told(made)
    assert 'table:print-ranges="名单.A1:名单.C5"' in made.data.decode()


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        pytest.param(book(charted="C"), "引用该列", id="a chart of the column"),
        pytest.param(book(rows=(row(cell("合计"), cell("3"), cell("另附")),)), "还有内容", id="a word below"),
        pytest.param(
            book(rows=(row(cell("合计"), cell(), cell("共三人", 'table:number-columns-spanned="2"')),)),
            *("合并", ), id="merged from the column on",
        ),
        pytest.param(book(tail='<table:table-source xlink:href="a.ods"/>'), "链接", id="linked to a file"),
    ],
)  # fmt: skip
def test_what_is_not_shown_to_be_safe_is_emptied(draft: Draft, why: str) -> None:
    made = without_column("名单.ods", odf(draft))
    assert made.review.verdict.decision is Decision.CLEAR
    assert "未删去" in told(made)
    assert why in told(made)
    assert left_over(made.data, NUMBERS[::2], "") == {}


def test_a_column_of_a_table_in_a_text() -> None:
    lines = [row(*(cell(str(value)) for value in line)) for line in ROWS]
    head = '<table:table-column table:number-columns-repeated="4"/>'
    title = row(cell("补助发放名单", 'table:number-columns-spanned="4"'), "<table:covered-table-cell/>" * 3)
    paper = p("公示") + table(row(cell("附件")), name="前", head="<table:table-column/>")
    made = without_column("名单.odt", odf(Draft(body=paper + table(title, *lines, head=head))))
    assert made.review.verdict.decision is Decision.CLEAR
    assert "整列删去" in told(made)
    source = inner(made.data)
    assert [each.count("<table:table-cell") for each in source.split("<table:table-row")[3:]] == [3, 3, 3, 3]
    assert 'table-column table:number-columns-repeated="3"' in source
    assert source.count("<table:covered-table-cell/>") == 2


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("名单.D5", "名单.C5"), ("$名单.$D$5:.$F$9", "$名单.$C$5:.$E$9"), ("'名单'.D1", "'名单'.C1"),
        ("名单.A1:名单.D9 名单.C1:名单.C9", "名单.A1:名单.C9"), ("名单.C5:名单.D5", "名单.C5:名单.C5"),
        ("其他.D1", "其他.D1"), ("名单!D1", "名单!C1"),
        ("名单", "名单"), ("名单.docx", "名单.docx"), ("名单.D1 另见", "名单.D1 另见"), (".D1", ".D1"),
    ],
)  # fmt: skip
def test_addresses_move(text: str, moved: str) -> None:
    assert _listed(text, "名单", Shift([2])) == moved


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_copies_without_the_column(tmp_path: Path) -> None:
    """A draft that it has written itself, from a workbook, and two of others; what it prints of their copies."""
    page = openpyxl.Workbook()
    page.active.title = "名单"
    for line in ROWS:
        page.active.append(line)
    page.active["E1"], page.active["E4"] = "倍数", "=D4*2"
    page.active.print_area = "A1:E4"
    page.save(tmp_path / "名单.xlsx")
    converted(tmp_path, "ods", "名单.xlsx")
    cells = "".join("<tr>" + "".join(f"<td>{value}" for value in line) for line in ROWS)
    drafts = {
        "a.ods": (tmp_path / "名单.ods").read_bytes(),
        "b.fods": flat(Draft(body=SHEET, kind="spreadsheet")),
        "c.html": f"<meta charset=utf-8><table>{cells}</table>".encode(),
    }
    for name, data in drafts.items():
        made = without_column(name, data)
        assert "整列删去" in told(made), name
        (tmp_path / name).write_bytes(made.data)
    converted(tmp_path, "pdf", *drafts)
    printed = [words_of(tmp_path / f"{name[0]}.pdf") for name in drafts]
    listed = "".join(str(value) for line in ROWS for value in (line[0], line[1], line[3]))
    for words, more in zip(printed, ("倍数400", "名单Page1补助发放名单", ""), strict=True):
        assert sorted("".join(words.split())) == sorted(listed + more)


def words_of(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def converted(folder: Path, to: str, *names: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*words, *(str(folder / name) for name in names)], check=True, capture_output=True, timeout=100)
