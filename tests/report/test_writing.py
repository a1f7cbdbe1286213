"""A review becomes a report: lines and columns as an editor counts them, excerpts that show nothing else found."""

from __future__ import annotations

import pytest
from test_masking import finding

from reviewer.report.masking import Reveal
from reviewer.report.writing import report
from reviewer.terms import (
    Category,
    Cell,
    Decision,
    DetectorKind,
    Disposition,
    Document,
    Engine,
    Finding,
    Gap,
    Part,
    Review,
    Ruling,
    Segment,
    SetAside,
    Span,
    Verdict,
)

NUMBER = "110101190001010015"
PHONE = "13900000000"


def document(text: str, *, media_type: str = "text/plain", cell: Cell | None = None) -> Document:
    """One segment a line, and the file's name after all text, as the readers leave it."""
    segments, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        body = line.rstrip("\r\n")
        segments.append(Segment(place=f"第{number}行", text=body, start=at, line=number, cell=cell))
        at += len(line)
    name = Segment(place="文件名", text="名单.txt", start=len(text), part=Part.FILE_NAME)
    return Document(
        path="稿/名单.txt",
        name="名单.txt",
        media_type=media_type,
        sha256="b" * 64,
        sm3="c" * 64,
        size_bytes=len(text.encode()),
        text=text + "名单.txt",
        segments=(*segments, name),
    )


def at(made: Document, words: str, *, secret: bool = False, type: str = "resident_id") -> Finding:
    start = made.text.index(words)
    segment = max(index for index, one in enumerate(made.segments) if one.start <= start)
    category = Category.STATE_SECRET if secret else Category.PERSONAL_PRIVACY
    found = finding(words, category=category, kind=DetectorKind.CONCEPT if secret else DetectorKind.IDENTIFIER)
    return Finding(
        rule=found.rule,
        type=type,
        severity=found.severity,
        confidence=0.98765,
        action=found.action,
        span=Span(segment=segment, start=start, end=start + len(words)),
        fingerprint=words[:1] * 32,
    )


def review(made: Document, *findings: Finding, aside: tuple[SetAside, ...] = (), gaps: tuple[Gap, ...] = ()) -> Review:
    verdict = Verdict(
        decision=Decision.REDACT,
        findings=findings,
        set_aside=aside,
        gaps=gaps,
        document=f"sha256:{made.sha256}",
        engine=Engine(version="0.1.0", rules="sha256:r", model="none", policy="default"),
    )
    return Review(document=made, verdict=verdict, mentions={"制度": 3})


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"{NUMBER}\n", 1, 1),
        (f"甲\n乙\n户主：{NUMBER}\n", 3, 4),
        pytest.param(f"甲\r\n乙\r户主：{NUMBER}\r\n", 3, 4, id="line ends of three systems"),
        pytest.param(f"𠮷野家：{NUMBER}\n", 1, 5, id="a character beyond the basic plane is one"),
        pytest.param(f"\t{NUMBER}", 1, 2, id="a tab is one, and no line end at the end"),
    ],
)
def test_line_and_column_count_code_points_from_one(text: str, line: int, column: int) -> None:
    made = document(text)
    (row,) = report(review(made, at(made, NUMBER))).findings
    assert (row.location.line, row.location.column) == (line, column)
    assert made.text[row.location.start : row.location.end] == NUMBER


def test_a_format_without_lines_has_no_column() -> None:
    cell = Cell(table=0, row=3, column=1, sheet="收入", ref="B4")
    made = document(f"户主：{NUMBER}\n", media_type="application/pdf", cell=cell)
    (row,) = report(review(made, at(made, NUMBER))).findings
    assert row.location.column is None
    assert (row.location.sheet, row.location.cell) == ("收入", "B4")


def test_a_finding_in_the_file_name_has_no_line() -> None:
    made = document("停水通知。\n")
    (row,) = report(review(made, at(made, "名单"))).findings
    assert (row.location.place, row.location.part) == ("文件名", "file_name")
    assert (row.location.line, row.location.column) == (None, None)


def test_what_a_report_says_of_its_document() -> None:
    made = document(f"户主：{NUMBER}\n")
    told = report(review(made, at(made, NUMBER), gaps=(Gap(place="p3", reason="无文字层"),)))
    assert told.document.characters == 3 + 18 + 6
    assert told.document.segments == 2
    assert told.verdict == "redact"
    assert told.findings[0].confidence == 0.988
    assert told.findings[0].text == "11010*********0015"
    assert told.gaps[0].place == "p3"
    assert told.mentions == {"制度": 3}


def test_an_excerpt_masks_every_other_finding_in_it() -> None:
    made = document(f"户主张三，身份证号{NUMBER}，电话{PHONE}，请核对。\n")
    number, phone, name = at(made, NUMBER), at(made, PHONE, type="mobile_phone"), at(made, "张三")
    told = report(review(made, name, number, phone))
    first, second, third = told.excerpts
    assert second is not None
    assert second.before == "户主▇▇，身份证号"
    assert second.hit == "11010*********0015"
    assert second.after == "，电话" + "▇" * 11 + "，请核对。"
    for excerpt in (first, second, third):
        assert excerpt is not None
        whole = excerpt.before + excerpt.hit + excerpt.after
        assert NUMBER not in whole
        assert PHONE not in whole
        assert "张三" not in whole


def test_an_excerpt_ends_with_its_line() -> None:
    made = document(f"上一行的事\n号码{NUMBER}完\n下一行的事\n")
    (excerpt,) = report(review(made, at(made, NUMBER))).excerpts
    assert excerpt is not None
    assert (excerpt.before, excerpt.after) == ("号码", "完")


def test_an_excerpt_is_short_on_a_long_line() -> None:
    made = document("甲" * 500 + NUMBER + "乙" * 500 + "\n")
    (excerpt,) = report(review(made, at(made, NUMBER))).excerpts
    assert excerpt is not None
    assert (len(excerpt.before), len(excerpt.after)) == (22, 22)


def test_a_long_finding_that_began_before_the_excerpt_is_masked_too() -> None:
    made = document("举" * 60 + f"号码{NUMBER}完\n")
    passage = at(made, "举" * 60, type="whistleblower_identity")
    told = report(review(made, passage, at(made, NUMBER)))
    assert told.excerpts[1] is not None
    assert told.excerpts[1].before == "▇" * 20 + "号码"


def test_a_suspected_secret_has_no_excerpt_and_is_veiled_in_others() -> None:
    made = document(f"某型装备部署于某地，联系{PHONE}。\n")
    told = report(review(made, at(made, "某型装备部署于某地", secret=True), at(made, PHONE, type="mobile_phone")))
    assert told.excerpts[0] is None
    assert told.excerpts[1] is not None
    assert told.excerpts[1].before == "▇" * 9 + "，联系"


def test_nothing_revealed_means_no_text_and_no_excerpt() -> None:
    made = document(f"户主：{NUMBER}\n")
    told = report(review(made, at(made, NUMBER)), Reveal.NONE)
    assert told.findings[0].text == ""
    assert told.excerpts == (None,)


def test_control_characters_do_not_reach_an_excerpt() -> None:
    made = document(f"\x1b[31m红\x07{NUMBER}\n")
    (excerpt,) = report(review(made, at(made, NUMBER))).excerpts
    assert excerpt is not None
    assert excerpt.before == " [31m红 "


def test_what_was_set_aside_is_told_with_its_ruling() -> None:
    made = document(f"户主：{NUMBER}\n")
    found = at(made, NUMBER)
    ruling = Disposition(
        fingerprint=found.fingerprint, ruling=Ruling.RELEASABLE, by="李四", reason="本人同意", until="2027-01-01"
    )
    told = report(review(made, aside=(SetAside(finding=found, disposition=ruling),)))
    (row,) = told.set_aside
    assert (row.rule, row.by, row.reason, row.until) == ("a/b", "李四", "本人同意", "2027-01-01")
    assert told.findings == ()
