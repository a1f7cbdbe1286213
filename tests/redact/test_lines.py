"""Lines over many runs: what is replaced is gone, everything else stays in its run; segments find their own lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reviewer.redact.edit import Edit, pieces
from reviewer.redact.lines import TreeLine, drop, unwrap, write_all
from reviewer.terms import Document, Segment

RUNS = st.lists(st.text("公示名单12", max_size=5), min_size=1, max_size=6)
MASKS = st.sampled_from(["", "****", "某"])


def paragraph(runs: list[str]) -> tuple[etree._Element, TreeLine]:
    """A paragraph of runs, with a tab (a sign) between the second and the third."""
    root, line = etree.Element("p"), TreeLine()
    for number, text in enumerate(runs):
        run = etree.SubElement(root, "t")
        run.text = text
        line.add(run)
        if number == 1:
            line.add(etree.SubElement(root, "tab"), sign="\t")
    return root, line


@given(RUNS, st.integers(0, 30), st.integers(1, 9), MASKS)
def test_a_span_is_replaced_over_its_runs(runs: list[str], start: int, length: int, mask: str) -> None:
    root, line = paragraph(runs)
    before = line.text
    start = min(start, len(before))
    end = min(start + length, len(before))
    line.write(start, end, mask)
    written = mask if before[start:end].strip("\t") else ""  # no run for it: only a tab was taken out
    assert line.text == before[:start] + written + before[end:]
    assert len(root.findall("t")) == len(runs)  # no run is lost, and so no look


@given(
    st.lists(RUNS, min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8), MASKS), max_size=4),
)
def test_segments_are_written_to_the_lines_they_were_read_from(
    paragraphs: list[list[str]], spans: list[tuple[int, int, str]]
) -> None:
    made = [paragraph(runs) for runs in paragraphs]
    segments, text = [], ""
    for _, line in made:
        if line.text.strip():
            segments.append(Segment(place=f"¶{len(segments) + 1}", text=line.text, start=len(text)))
            text += line.text + "\n"
    document = Document(
        path="a", name="a", media_type="", sha256="", sm3="", size_bytes=0, text=text, segments=tuple(segments)
    )
    edits = [Edit(start=at, end=min(at + n, len(text)), mask=mask) for at, n, mask in spans if at < len(text)]
    changes = pieces(document, edits)
    assert write_all(document, changes, [line for _, line in made], lambda segment: True) == []
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = "".join(c for at, c in enumerate(text) if at not in gone and not c.isspace())
    now = "".join(line.text for _, line in made)
    for mask in ("****", "某"):
        now = now.replace(mask, "")
    assert "".join(now.split()) == kept


def test_taking_an_element_out_leaves_what_stands_after_it() -> None:
    root = etree.fromstring("<p>a<ins><r>b</r><r>c</r></ins>d<del>e</del>f</p>")
    unwrap(root[0])
    drop(root.find("del"))
    assert etree.tostring(root) == b"<p>a<r>b</r><r>c</r>df</p>"
