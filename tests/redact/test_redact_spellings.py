"""A number that is found once goes in whatever spelling it stands elsewhere; what a page escapes is one letter."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from redacting import NUMBER, redact

from reviewer.redact.search import left_over
from reviewer.redact.spellings import letters, packed, plainly
from reviewer.terms import Decision

SAID = f"身份证号{NUMBER}"
SPELLINGS = {
    "percent": "".join(f"%{ord(c):02X}" for c in NUMBER),
    "percent twice": "".join(f"%25{ord(c):02x}" for c in NUMBER),
    "half of it": NUMBER[:9] + "".join(f"%{ord(c):02X}" for c in NUMBER[9:]),
    "address": quote(SAID),
    "Base64": base64.b64encode(SAID.encode()).decode(),
    "Base64 of addresses": base64.urlsafe_b64encode(f"?>{SAID}".encode("gb18030")).decode(),
    "code units": "".join(f"\\u{ord(c):04x}" for c in NUMBER),
    "references": "".join(f"&#{ord(c)};" for c in NUMBER),
    "hex": NUMBER.encode().hex(),
    "quoted-printable": "".join(f"={ord(c):02X}" for c in NUMBER),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_one_number_in_two_spellings_goes_at_both_places(spelling: str) -> None:
    made = redact("名单.txt", f"受助人张三，{SAID}。\n见 {spelling} 一行，特此公示。\n".encode())
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert left_over(made.data, [NUMBER], "") == {}
    first, second = made.data.decode().splitlines()
    assert first == "受助人张某，身份证号****。"
    assert second.startswith("见 ")
    assert second.endswith("**** 一行，特此公示。")


def test_all_spellings_at_once() -> None:
    lines = [f"受助人{SAID}。", *SPELLINGS.values(), "特此公示。"]
    made = redact("名单.md", "\n".join(lines).encode())
    assert left_over(made.data, [NUMBER], "") == {}
    assert made.data.decode().splitlines()[-1] == "特此公示。"
    assert len(made.data.decode().splitlines()) == len(lines)


def test_an_address_alone_is_mended_in_place() -> None:
    made = redact("名单.txt", f"受助人 链接 {quote(SAID)} 完。".encode())
    assert made.data.decode() == f"受助人 链接 {quote('身份证号')}**** 完。"


def test_a_name_spelled_in_percent_signs_goes_with_the_name() -> None:
    made = redact("名单.txt", f"受助人欧阳小明，{SAID}。\n见 {quote('欧阳小明')} 页。\n".encode())
    assert made.data.decode().splitlines()[1] == "见 **** 页。"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("甲%E5%BC%A0乙", "甲张乙"),
        ("%D5%C5", "张"),
        ("5%30", "50"),
        ("100%", "100%"),
        ("%FF%FF", "%FF%FF"),
        ("&amp;#53;&middot;&unknown;", "5·&unknown;"),
        (r"\u5f20\\u4e09", "张三"),
    ],
)
def test_letters_are_told_with_where_they_are_spelled(text: str, plain: str) -> None:
    assert plainly(text) == plain
    spans = [(letter.start, letter.end) for letter in letters(text)]
    assert [0, *(end for _, end in spans)] == [*(start for start, _ in spans), len(text)]


def test_a_run_that_is_no_text_is_nothing() -> None:
    assert not [said for _, _, said in packed("20261127 20261127 zz") if said.isascii() and said]
