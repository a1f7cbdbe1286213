"""Every sort of identifier in every spelling is found exactly where it stands; what only looks like one is silent."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from persons import MOBILE, TODAY, findings, found, rules
from spellings import ANY, LOOKALIKES, SORTS, identity, pairs, spelt

from reviewer.detect import detect
from reviewer.detect.numbers.masks import candidates
from reviewer.detect.numbers.resident_id import is_valid
from reviewer.detect.specimen import document_of
from reviewer.extract import Source, extract
from reviewer.terms import Action, Specimen

SEEDS = st.integers(0, 2**32).map(Random)
# Numbers that speak for themselves, wherever they stand.
CHECKED = ("identity number", "identity number with X", "residence permit")
OF_A_CELL = frozenset(("over two cells", "over cells", "a digit a cell", "over a line end", "hyphen at a line end"))
# A file licence is lawful on an office's list; what stands in a scanner's letters is not looked for in e-mail.
IN_A_COLUMN = [
    (sort, spelling)
    for sort, spelling in pairs()
    if spelling not in OF_A_CELL and sort not in ("driving licence", "plate", "property certificate")
]
PLACES: dict[str, Callable[[str], tuple[str, str]]] = {
    "a sentence": lambda number: ("经查，", f"{number}已登记。"),
    "a page's address": lambda number: ("https://www.example.com/list?id=", f"{number}&page=2"),
    "a file's name": lambda number: ("附件：王桂花", f"{number}身份证.jpg"),
    "an item": lambda number: ("1.", f"{number}，王桂花"),
    "letters": lambda number: ("编号A", f"{number}B"),
    "brackets": lambda number: ("王桂花（", f"{number}）"),
    "a cell": lambda number: ("| 王桂花 | ", f"{number} | 100 |"),
}


@pytest.mark.parametrize(("sort", "spelling"), list(pairs()))
@settings(max_examples=4, deadline=None)
@given(random=SEEDS)
def test_found_exactly_where_it_stands(sort: str, spelling: str, random: Random) -> None:
    specimen = spelt(sort, spelling, random)
    assert any(
        finding.type in specimen.types and (finding.span.start, finding.span.end) == (specimen.start, specimen.end)
        for finding in findings(specimen.text)
    ), specimen.text


@pytest.mark.parametrize(("sort", "spelling"), IN_A_COLUMN)
@settings(max_examples=2, deadline=None)
@given(random=SEEDS)
def test_found_in_a_column(sort: str, spelling: str, random: Random) -> None:
    number = ANY[spelling](SORTS[sort].make(random))
    text = f"名单\n姓名\t{SORTS[sort].label}\t金额\n李大柱\t{number}\t100\n"
    assert number in {matched for _, matched in found(text)}, text


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=15, deadline=None)
@given(random=SEEDS, sort=st.sampled_from(CHECKED), spelling=st.sampled_from(("plain", "full width", "zero width")))
def test_found_in_every_place(place: str, random: Random, sort: str, spelling: str) -> None:
    number = ANY[spelling](SORTS[sort].make(random))
    before, after = PLACES[place](number)
    assert ("resident_id", number) in found(before + after)


@settings(max_examples=60, deadline=None)
@given(
    random=SEEDS, place=st.integers(0, 16), step=st.integers(1, 9), spelling=st.sampled_from(("plain", "over cells"))
)
def test_a_changed_digit_is_no_number_but_a_typing_error_under_a_label(
    random: Random, place: int, step: int, spelling: str
) -> None:
    number = identity(random)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_valid(wrong, TODAY)
    assert found(f"王桂花（{ANY[spelling](wrong)}）已核实。") == set()
    assert ("resident_id", wrong) in found(f"姓名\t身份证号\n王桂花\t{wrong}")


@pytest.mark.parametrize("name", LOOKALIKES)
@pytest.mark.parametrize("before", ["", f"申请人王桂花，手机{MOBILE}。"], ids=["alone", "beside a person"])
@settings(max_examples=8, deadline=None)
@given(random=SEEDS)
def test_lookalikes_stay_silent(name: str, before: str, random: Random) -> None:
    text = before + LOOKALIKES[name](random)
    beyond = [text[f.span.start : f.span.end] for f in findings(text) if f.span.start >= len(before)]
    assert beyond == []


@pytest.mark.parametrize("spelling", ["references", "percent signs", "code units"])
@settings(max_examples=3, deadline=None)
@given(random=SEEDS)
def test_what_is_escaped_is_found_once_in_a_file(spelling: str, random: Random) -> None:
    number = ANY[spelling](identity(random))
    text = f"证件号码{number}，已核。"
    document = extract(Source(path="a.txt", name="a.txt", data=text.encode()))
    (finding,) = findings(document)
    assert document.text[finding.span.start : finding.span.end] == number


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.com/⟦NTI5OTMxMTkwODA2MDcyNDcw⟧",
        "https://www.example.com/q/⟦NTI5OTMxMTkwODA2MDcyNDcw⟧/show.html",
        "https://www.example.com/list?id=⟦%35%32%39%39%33%31%31%39%30%38%30%36%30%37%32%34%37%30⟧&page=2",
        "王桂花&nbsp;⟦&#53;&#50;9931190806072470⟧<br>",
        "p=⟦eyJpZCI6IjUyOTkzMTE5MDgwNjA3MjQ3MCJ9⟧",
    ],
)
def test_numbers_inside_addresses(text: str) -> None:
    wanted = text.split("⟦")[1].split("⟧")[0]
    assert ("resident_id", wanted) in found(text.replace("⟦", "").replace("⟧", ""))


@pytest.mark.parametrize(
    "text",
    [
        "| 王桂花 | ⟦529931190⟧ | 100 |\n|        | ⟦806072470⟧ |     |",
        "姓名      身份证号      金额\n王桂花    ⟦529931190⟧     100\n          ⟦806072470⟧",
        "姓名\t身份证号\t金额\n王桂花\t⟦5.29931E+17⟧\t100",
        "姓名\t银行卡号\t金额\n王桂花\t⟦6.22203E+18⟧\t100",
        "姓名\t身份证号\n王桂花\t⟦529931190806072000⟧",
        "身份证号码：⟦5.29931190806072E+17⟧",
        "身份证号\n⟦529931190806072470⟧",
        "残疾人证号：⟦52993119080607247042B1⟧",
        "身份证号：⟦5299 31 1908 06 07 24 70⟧",
    ],
)
def test_broken_and_damaged_numbers(text: str) -> None:
    bare = text.replace("⟦", "").replace("⟧", "")
    wanted = {piece.split("⟧")[0] for piece in text.split("⟦")[1:]}
    assert wanted <= {matched for _, matched in found(bare)}


@pytest.mark.parametrize(
    ("before", "after", "about"),
    [(6, 4, 3320), (10, 4, 33), (14, 0, 1000), (3, 4, 99_613), (2, 3, 3_320_454), (0, 4, 9_961_363), (18, 0, 1)],
)
def test_how_many_numbers_fit_a_mask(before: int, after: int, about: int) -> None:
    """The table of masks: what is seen of a number, and how many numbers are left."""
    assert candidates(before, after) == about


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("公民身份号码为529931********0096", Action.NOTE),
        ("公民身份号码为529931××××××××0096", Action.NOTE),
        ("公民身份号码为529931xxxxxxxx0096", Action.NOTE),
        ("公民身份号码为529931****0096", Action.NOTE),
        ("公民身份号码为529931●●●●●●●●0096", Action.NOTE),
        ("公民身份号码为5299311908****0096", Action.MASK),
        ("公民身份号码为52993119080607****", Action.MASK),
        ("公民身份号码为529931********0096，1906年2月15日出生", Action.MASK),
        ("公民身份号码为5299**********0096", None),
        ("公民身份号码为5*****************6", None),
        ("失信被执行人王某，公民身份号码5299311908****0096", Action.NOTE),
    ],
)
def test_masks_by_what_they_leave(text: str, action: Action | None) -> None:
    found = detect(document_of(Specimen(text=text)), rules(), today=TODAY).findings
    assert [finding.action for finding in found if finding.type == "resident_id"] == ([action] if action else [])


def test_a_mask_that_is_only_remarked_on_makes_no_name_private() -> None:
    assert found("姓名\t身份证号\n王桂花\t529931********0096") == set()
