"""Random documents, places and masks, in each way of working: what was taken out is gone, all else stands in order."""

from __future__ import annotations

import io
import re
from html import escape
from pathlib import Path

import docx
import openpyxl
import pytest
from builders_odf import cell, odf, row, sheet
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from redacting import reviewed
from test_samples import SAMPLES, made

from reviewer.redact import redact
from reviewer.redact.edit import Edit, apart
from reviewer.redact.masks import STARS, How, masking
from reviewer.redact.reading import edited, visible
from reviewer.redact.search import left_over

LETTERS = st.text(st.sampled_from("甲乙丙丁戊己庚辛0123456789AB，。 "), min_size=1, max_size=24)
TEXTS = st.lists(st.lists(LETTERS, min_size=1, max_size=3), min_size=1, max_size=6)
SPANS = st.lists(
    st.tuples(st.integers(0, 150), st.integers(1, 14), st.sampled_from(["", "****", "某", "【依法不予公开】"])),
    max_size=5,
)


def saved(one: object) -> bytes:
    out = io.BytesIO()
    one.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def as_docx(texts: list[list[str]]) -> bytes:
    """Each text a paragraph of several runs."""
    paper = docx.Document()
    for part in list(paper.part.rels.values()):
        if "styles" in part.reltype or "theme" in part.reltype or "numbering" in part.reltype:
            paper.part.drop_rel(part.rId)  # they are most of the work of reading
    for runs in texts:
        paragraph = paper.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    return saved(paper)


def as_xlsx(texts: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for line in texts:
        book.active.append([f"字{text}" for text in line])  # a formula or a number it must not be
    return saved(book)


def as_html(texts: list[list[str]]) -> bytes:
    inner = "".join("<p>" + "<b></b>".join(map(escape, runs)) + "</p>" for runs in texts)
    return f"<html><body>{inner}</body></html>".encode()


def as_fodt(texts: list[list[str]]) -> bytes:
    office, text = ("urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0" for name in ("office", "text"))
    inner = "".join(
        "<text:p>" + "".join(f"<text:span>{escape(re.sub('  +', ' ', run))}</text:span>" for run in runs) + "</text:p>"
        for runs in texts
    )
    kind = "application/vnd.oasis.opendocument.text"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{office}" xmlns:text="{text}" '
        f'office:mimetype="{kind}"><office:body><office:text>{inner}</office:text></office:body></office:document>'
    ).encode()


BUILDERS = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html, "fodt": as_fodt}


@pytest.mark.parametrize("suffix", BUILDERS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@example(texts=[[" 0"]], wanted=[(0, 1, "****")])
@example(texts=[["甲 "], ["乙"]], wanted=[(1, 1, "****")])
@example(texts=[["0 "]], wanted=[(1, 1, "某")])
@given(texts=TEXTS, wanted=SPANS)
def test_what_is_taken_out_is_gone_and_the_rest_stands_in_order(
    suffix: str, texts: list[list[str]], wanted: list[tuple[int, int, str]]
) -> None:
    data = BUILDERS[suffix](texts)
    _, review = reviewed(f"a.{suffix}", data)
    document = review.document
    shown = [s for s in document.segments if not s.hidden and s.part.value in ("body", "table") and s.place != "title"]
    if not shown:
        return
    edits = []
    for at, length, mask in wanted:
        segment = shown[at % len(shown)]
        start = segment.start + at // len(shown) % len(segment.text)
        edits.append(Edit(start=start, end=min(start + length, segment.end), mask=mask))
    edits = apart(edits)
    expected = edited(document, edits)
    copy = redact(data, document, edits)
    _, again = reviewed(f"a.{suffix}", copy.data)
    assert visible(again.document) == visible(expected)
    removed = [document.text[one.start : one.end] for one in edits]
    assert left_over(copy.data, removed, visible(expected)) == {}


def as_ods(texts: list[list[str]]) -> bytes:
    """Numbers, which a sheet stores beside what it shows."""
    value = 'office:value-type="float" office:value="{0}"'
    return odf(sheet(*(row(*(cell(text, value.format(text)) for text in line)) for line in texts)))


@pytest.mark.parametrize("suffix", [*BUILDERS, "ods"])
def test_the_same_number_stays_where_it_was_not_chosen(suffix: str) -> None:
    data = {**BUILDERS, "ods": as_ods}[suffix]([["40012345678901"], ["40012345678901"], ["500"]])
    _, review = reviewed(f"a.{suffix}", data)
    document = review.document
    first = next(segment for segment in document.segments if "40012345678901" in segment.text)
    edits = [Edit(start=first.end - 14, end=first.end, mask="****")]
    copy = redact(data, document, edits)
    _, again = reviewed(f"a.{suffix}", copy.data)
    expected = edited(document, edits)
    assert visible(again.document) == visible(expected)
    assert visible(expected).count("40012345678901") == 1
    assert left_over(copy.data, ["40012345678901"], visible(expected)) == {}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_our_masks_still_show_fits_enough_people(path: Path) -> None:
    """Counted anew: each digit that is hidden is one of ten, and a mask that says no digit hides them all."""
    one = made(path)
    for operation in one.plan.operations:
        if operation.how is How.MASK and operation.mask != STARS and "@" not in operation.mask:
            text = one.review.document.text[operation.start : operation.end]
            hidden = sum(map(str.isdigit, text)) - sum(map(str.isdigit, operation.mask))
            assert 10**hidden >= masking().least, operation.place
    told = [f for f in one.redaction.review.verdict.findings if f.rule.id == "personal-privacy/joined-mask"]
    ours = {operation.mask for operation in one.plan.operations}
    document = one.redaction.review.document
    assert not [f for f in told if document.text[f.span.start : f.span.end] in ours]
