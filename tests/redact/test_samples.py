"""Every sample that asks for redaction: the copy is clear, nothing removed is in it, and other programs open it."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdfium2
import pytest
from redacting import Made, redact

from reviewer.redact.masks import STARS, WITHHELD
from reviewer.redact.search import left_over
from reviewer.terms import Decision

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "samples" / "redact").iterdir() if p.is_file())
BY_SUFFIX = {suffix: [p for p in SAMPLES if p.suffix == suffix] for suffix in {p.suffix for p in SAMPLES}}
SOFFICE = shutil.which("soffice")
OPENS: dict[str, Callable[[io.BytesIO], object]] = {
    ".docx": lambda data: docx.Document(data).paragraphs,
    ".xlsx": lambda data: openpyxl.load_workbook(data).sheetnames,
    ".pptx": lambda data: list(pptx.Presentation(data).slides),
    ".pdf": lambda data: len(pypdfium2.PdfDocument(data)),
}


@cache
def made(path: Path) -> Made:
    return redact(path.name, path.read_bytes())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_copy_is_clear_and_opens(path: Path) -> None:
    one = made(path)
    assert one.redaction.review.verdict.decision is Decision.CLEAR
    numbers = [t for t in texts(one) if sum(c.isdigit() for c in t) > 6 and "*" not in t]
    assert left_over(one.data, numbers, "") == {}
    if path.suffix in OPENS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the other programs' own making
            assert OPENS[path.suffix](io.BytesIO(one.data))


def texts(one: Made) -> list[str]:
    return [one.review.document.text[o.start : o.end] for o in one.plan.operations]


def test_there_are_samples_of_every_kind() -> None:
    assert set(BY_SUFFIX) >= {".txt", ".md", ".csv", ".html", ".docx", ".xlsx", ".pptx", ".pdf"}


def test_the_certificate_tells_kinds_places_and_digests_and_no_value() -> None:
    one = made(BY_SUFFIX[".docx"][-2])
    told = one.redaction.certificate.json()
    assert told["schema"] == "reviewer.redaction-certificate/1"
    assert told["before"]["sha256"] == one.review.document.sha256 != told["after"]["sha256"]
    assert told["after"]["sha256"] == one.redaction.review.document.sha256
    assert {row["type"] for row in told["removed"]} == {o.type for o in one.plan.operations}
    assert not any(text in str(told) for text in texts(one) if len(text) > 2)


def test_a_page_of_a_pdf_differs_only_where_something_was_taken_out() -> None:
    """The numbers lie under bars already: to the eye nothing at all may change."""
    (path,) = BY_SUFFIX[".pdf"]
    before, after = (pypdfium2.PdfDocument(data) for data in (path.read_bytes(), made(path).data))
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert one.render(scale=1).to_pil().tobytes() == other.render(scale=1).to_pil().tobytes()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copies_and_makes_as_many_pages(tmp_path: Path) -> None:
    chosen = [BY_SUFFIX[".docx"][0], BY_SUFFIX[".xlsx"][1], BY_SUFFIX[".pptx"][0]]
    for path in chosen:
        (tmp_path / f"before{path.suffix}{path.suffix}").write_bytes(path.read_bytes())
        (tmp_path / f"copy{path.suffix}{path.suffix}").write_bytes(made(path).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(file) for file in tmp_path.iterdir()]
    words = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(words, check=True, capture_output=True, timeout=100)
    for path in chosen:
        before, copy = (tmp_path / f"{kind}{path.suffix}.pdf" for kind in ("before", "copy"))
        assert len(pypdfium2.PdfDocument(before)) == len(pypdfium2.PdfDocument(copy))


def test_what_takes_the_place_of_a_datum_is_one_of_the_words_of_the_trade() -> None:
    masks = {o.mask for path in BY_SUFFIX[".txt"] for o in made(path).plan.operations}
    assert {STARS, WITHHELD} <= masks
