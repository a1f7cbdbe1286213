"""What reading costs: pages or rows a second of each reader, beside the plainest call of a library that gives the text.

    python benchmarks/reading.py [--only xlsx] [--json FILE]

The inputs are made here: a list of 20,000 rows, a report of some 200 pages, and so on. Reader and library each run in a
process of their own; time is that of the processor, the best of three runs, memory the most that the process had
above what it had before. The library's call reads the body and nothing else: no notes, no hidden text, no properties,
no judgement of what can be seen, and it keeps nothing but the text's length. The ratio says what the rest costs.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import multiprocessing
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(1, str(Path(__file__).parents[1] / "tests" / "extract"))

from reviewer.extract import READERS
from reviewer.extract.sniff import sniff

ROWS, PAGES, LINES = 20_000, 200, 25
SENTENCE = "经审核，第{}号材料齐全，现按政府信息公开条例的要求予以公布，如有异议请书面反映。"
RUNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input, how many pages or rows it has, and the plainest call that reads it."""

    kind: str
    unit: str
    count: int
    make: Callable[[], bytes]
    plainest: str
    call: Callable[[bytes], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of the processor, the most memory above the start, and how many characters came back."""

    seconds: float
    peak_mb: float
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table."""

    format: str
    size_mb: float
    unit: str
    count: int
    reader: Cost
    plainest: str
    library: Cost

    def __str__(self) -> str:
        ours, theirs = self.reader, self.library
        cells = (
            self.format,
            f"{self.count:,} {self.unit}, {self.size_mb:.1f} MB",
            f"{ours.seconds:.2f} s",
            f"{self.count / ours.seconds:,.0f} {self.unit}/s, {self.size_mb / ours.seconds:.2f} MB/s",
            f"{ours.peak_mb:.0f} MB",
            self.plainest,
            f"{theirs.seconds:.3f} s",
            f"{theirs.peak_mb:.0f} MB",
            f"{ours.seconds / max(theirs.seconds, 1e-4):.1f}",
        )
        return f"| {' | '.join(cells)} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="formats whose name holds this")
    parser.add_argument("--json", default="", help="write the numbers there as well")
    options = parser.parse_args()
    print("| format | input | reader | speed | memory | beside | takes | memory | ratio |")
    print("|---|---|---|---|---|---|---|---|---|")
    lines = []
    for case in CASES:
        data = case.make() if options.only in case.kind else b""
        if data and sniff(data, f"a.{case.kind}") in READERS:
            lines.append(measured(case, data))
            print(lines[-1], flush=True)
    if options.json:
        Path(options.json).write_text(
            json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1), "utf-8"
        )
    return 0


def measured(case: Case, data: bytes) -> Line:
    member = READERS[sniff(data, f"a.{case.kind}")]
    return Line(
        format=case.kind,
        size_mb=round(len(data) / 2**20, 2),
        unit=case.unit,
        count=case.count,
        reader=cost(lambda given: len(importlib.import_module(member).read(given).text), data),
        plainest=case.plainest,
        library=cost(case.call, data),
    )


def cost(call: Callable[[bytes], int], data: bytes) -> Cost:
    """In a child, so that memory is its own; the first run imports, the others count."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(sending, call, data))
    process.start()
    sending.close()
    told = receiving.recv()
    process.join()
    return Cost(**told)


def _measure(pipe: Connection, call: Callable[[bytes], int], data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times, characters = [], 0
    for _ in range(RUNS):
        began = time.process_time()
        characters = call(data)
        times.append(time.process_time() - began)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    pipe.send({"seconds": round(min(times), 4), "peak_mb": round(peak, 1), "characters": characters})


# --- inputs -----------------------------------------------------------------------------------------


def table() -> list[list[str]]:
    return [["序号", "姓名", "单位", "金额", "备注"]] + [
        [str(n), f"王{n % 97}", f"第{n % 31}社区", str(n * 7 % 9999), "符合条件，予以公示"] for n in range(1, ROWS)
    ]


def paragraphs() -> list[str]:
    return [SENTENCE.format(n) for n in range(PAGES * LINES)]


def made_xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in table():
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def made_docx() -> bytes:
    from builders_ooxml import ordinary_docx

    return ordinary_docx(*paragraphs())


def made_pptx() -> bytes:
    import pptx

    deck = pptx.Presentation()
    for number in range(PAGES):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"第{number}页"
        slide.placeholders[1].text = "\n".join(SENTENCE.format(n) for n in range(8))
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def made_pdf() -> bytes:
    """Helvetica throughout: a Chinese font that is not in the file would measure the search for one."""
    from builders_pdf import drawn, text

    lines = [f"{n} All materials are complete and published as the regulations demand." for n in range(LINES)]
    return drawn(*[text(*lines, size=9, y=380, x=20) for _ in range(PAGES)])


def made_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>\n" for row in table())
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>公示</title></head><body><table>{rows}</table>".encode()
    )


def made_csv() -> bytes:
    return "\n".join(",".join(row) for row in table()).encode()


def made_txt() -> bytes:
    return "\n".join(paragraphs()).encode()


def made_xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for at, row in enumerate(table()):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def made_ofd() -> bytes:
    import builders_ofd as ofd

    lines = [ofd.text(SENTENCE.format(n), y=20 + n * 10) for n in range(LINES)]
    return ofd.ofd(ofd.Draft(pages=[ofd.page(*lines) for _ in range(PAGES)]))


def made_odt() -> bytes:
    import builders_odf as odf

    return odf.odf(odf.Draft(body="".join(map(odf.p, paragraphs()))))


def made_ods() -> bytes:
    import builders_odf as odf

    return odf.odf(odf.sheet(*(odf.row(*map(odf.cell, row)) for row in table())))


def made_rtf() -> bytes:
    lines = "".join("".join(f"\\u{ord(char)}?" for char in text) + "\\par\n" for text in paragraphs())
    return b"{\\rtf1\\ansi\\ansicpg936 " + lines.encode("ascii") + b"}"


def made_eml() -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@example.test", "公示", "<1@example.test>"
    message.set_content("\n".join(paragraphs()))
    return bytes(message)


def made_json() -> bytes:
    return json.dumps([dict(zip("abcde", row, strict=True)) for row in table()], ensure_ascii=False).encode()


# --- the plainest calls -----------------------------------------------------------------------------


def plain_xlsx(data: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return sum(len(str(value)) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


def plain_docx(data: bytes) -> int:
    import docx

    return sum(len(paragraph.text) for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def plain_pptx(data: bytes) -> int:
    import pptx

    slides = pptx.Presentation(io.BytesIO(data)).slides
    return sum(len(shape.text_frame.text) for slide in slides for shape in slide.shapes if shape.has_text_frame)


def plain_pdf(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def plain_html(data: bytes) -> int:
    from selectolax.lexbor import LexborHTMLParser

    return len(LexborHTMLParser(data.decode()).text())


def plain_csv(data: bytes) -> int:
    import csv

    return sum(len(field) for row in csv.reader(io.StringIO(data.decode())) for field in row)


def plain_txt(data: bytes) -> int:
    return len(data.decode())


def plain_xls(data: bytes) -> int:
    import xlrd

    book = xlrd.open_workbook(file_contents=data)
    return sum(
        len(str(value)) for sheet in book.sheets() for at in range(sheet.nrows) for value in sheet.row_values(at)
    )


def plain_zip(pattern: str, name: str) -> Callable[[bytes], int]:
    """The text between tags of the members of this name."""

    def call(data: bytes) -> int:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(one).decode() for one in archive.namelist() if one.endswith(name)]
        return sum(len(text) for part in parts for text in re.findall(pattern, part))

    return call


def plain_rtf(data: bytes) -> int:
    return len(re.findall(rb"\\u-?\d+\?", data))


def plain_eml(data: bytes) -> int:
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.default)
    return len(message.get_body().get_content())


def plain_json(data: bytes) -> int:
    return sum(len(value) for row in json.loads(data) for value in row.values())


_ODF = plain_zip(r"<text:p[^>]*>([^<]*)", "content.xml")
CASES: tuple[Case, ...] = (
    Case(kind="txt", unit="lines", count=PAGES * LINES, make=made_txt, plainest="bytes.decode", call=plain_txt),
    Case(kind="csv", unit="rows", count=ROWS, make=made_csv, plainest="csv.reader", call=plain_csv),
    Case(kind="html", unit="rows", count=ROWS, make=made_html, plainest="selectolax text", call=plain_html),
    Case(kind="docx", unit="paragraphs", count=PAGES * LINES, make=made_docx, plainest="python-docx", call=plain_docx),
    Case(kind="xlsx", unit="rows", count=ROWS, make=made_xlsx, plainest="openpyxl read-only", call=plain_xlsx),
    Case(kind="pptx", unit="slides", count=PAGES, make=made_pptx, plainest="python-pptx", call=plain_pptx),
    Case(kind="pdf", unit="pages", count=PAGES, make=made_pdf, plainest="pypdfium2 text", call=plain_pdf),
    Case(kind="xls", unit="rows", count=ROWS, make=made_xls, plainest="xlrd", call=plain_xls),
    Case(
        kind="ofd",
        unit="pages",
        count=PAGES,
        make=made_ofd,
        plainest="zipfile, regex",
        call=plain_zip(r"<(?:ofd:)?TextCode[^>]*>([^<]*)", "Content.xml"),
    ),
    Case(kind="odt", unit="paragraphs", count=PAGES * LINES, make=made_odt, plainest="zipfile, regex", call=_ODF),
    Case(kind="ods", unit="rows", count=ROWS, make=made_ods, plainest="zipfile, regex", call=_ODF),
    Case(kind="rtf", unit="paragraphs", count=PAGES * LINES, make=made_rtf, plainest="regex", call=plain_rtf),
    Case(kind="eml", unit="lines", count=PAGES * LINES, make=made_eml, plainest="email.message", call=plain_eml),
    Case(kind="json", unit="rows", count=ROWS, make=made_json, plainest="json.loads", call=plain_json),
)


if __name__ == "__main__":
    sys.exit(main())
