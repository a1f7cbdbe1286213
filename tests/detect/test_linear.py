"""Ten times the text takes at most eleven times the time: for every kind of rule, and for every expression alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hostile import texts
from persons import CARD, ID, MOBILE

from reviewer.detect import Ruleset, detect
from reviewer.detect.kinds import KINDS
from reviewer.detect.reading import Reading
from reviewer.detect.specimen import document_of
from reviewer.terms import Specimen

TODAY = date(2026, 11, 24)
SHORT, FACTOR, MOST = 2_000, 10, 11
FLOOR_S = 0.05  # what a noisy machine may add to the short text
ENOUGH_S = 0.4  # of the long one: nothing to worry about, and nothing to compare on a busy machine
HOSTILE = {
    "digits": "5",
    "a number's digits": "52993119",
    "digit by digit": "5 ",
    "hyphens": "5-",
    "dots": "5.",
    "underlines": "5_",
    "a digit a cell": "|5",
    "a digit a line": "5\n",
    "misread": "5OlB",
    "Chinese numerals": "一二三",
    "noughts": "〇",
    "crosses": "5X",
    "stars": "*",
    "masked": "5****",
    "brackets": "（",
    "pairs of brackets": "（）",
    "square brackets": "【",
    "titles": "《",
    "quotes": "“",
    "spaces": " ",
    "tabs": "\t",
    "lines": "\n",
    "commas": "，",
    "Latin commas": ",",
    "stops": "。",
    "colons": "：",
    "at signs": "a@",
    "Base64": "NTI5",
    "letters": "a",
    "identity numbers": f"{ID} ",
    "identity numbers and labels": f"身份证号：{ID}，",
    "labels": "身份证号：",
    "cards": f"{CARD} ",
    "mobiles": f"{MOBILE} ",
    "names": "王桂花、",
    "bars": "| 王桂花 | 1 |\n",
    "rows": "王桂花\t5\t2\n",
    "headers": "姓名\t身份证号\n",
    "forms": "姓名：王桂花\n住址：红星镇\n",
    "addresses": "红星镇民主街5号",
    "illnesses": "患者王桂花患癌",
    "plates": "云A00Q17",
    "certificates": "云（2019）不动产权第",
    "marks": "秘密★",
    "marks line by line": "机密★10年\n",
    "words of secrecy": "军事机密部队",
    "dates": "2024-05-06 ",
    "years": "2024年",
    "amounts": "12.5万元",
    "items": "1.1.1",
    "WeChat": "微信号",
    "QQ": "QQ",
    "addresses of pages": "https://a.b/",
    "one long line of prose": "县政府召开会议研究部署安全生产工作，要求各部门落实责任",
    "prose": "县政府召开会议研究部署安全生产工作，要求各部门落实责任。\n",
    "a list": f"王桂花\t{ID}\t{MOBILE}\t红星镇民主街5号\n",
}
_PATTERNS = frozenset(
    [
        "patterns",
        "pattern",
        "context",
        "require_document",
        "benign",
        "unless",
        "unless_line",
        "unless_document",
        "lead",
        "trail",
        "not_after",
        "places",
        "values",
    ]
)


def _seconds(act: Callable[[], object], runs: int = 3) -> float:
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        act()
        best = min(best, time.process_time() - began)
    return best


def _kinds(text: str, ruleset: Ruleset) -> dict[str, float]:
    """The time of each kind, in the order in which they run."""
    reading = Reading(document_of(Specimen(text=text)), ruleset, TODAY)
    spent: dict[str, float] = {}
    for kind, rules in ruleset.by_kind.items():
        began = time.process_time()
        reading.findings.extend(KINDS[kind].detect(rules, reading))
        spent[kind.value] = time.process_time() - began
    return spent


@pytest.mark.parametrize("name", HOSTILE)
def test_every_kind_on_hostile_and_on_ordinary_text(name: str, ruleset: Ruleset) -> None:
    unit = HOSTILE[name]
    short, long = (unit * (size // len(unit)) for size in (SHORT, SHORT * FACTOR))
    slow = {kind: spent for kind, spent in _kinds(long, ruleset).items() if spent > ENOUGH_S}
    for kind in slow:
        least = min(_kinds(short, ruleset)[kind] for _ in range(3))
        most = min(_kinds(long, ruleset)[kind] for _ in range(2))
        assert most <= MOST * max(least, FLOOR_S), f"{kind}: {least:.3f} s, {most:.3f} s"


def test_a_whole_detection_of_an_ordinary_text(ruleset: Ruleset) -> None:
    line = f"户主王桂花，身份证号{ID}，手机{MOBILE}，住红星镇民主街5号。\n县政府召开会议，部署安全生产。\n"
    short, long = (document_of(Specimen(text=line * count)) for count in (60, 600))
    least, most = (_seconds(lambda text=text: detect(text, ruleset, today=TODAY)) for text in (short, long))  # type: ignore[misc]
    assert most <= MOST * max(least, FLOOR_S)


def _expressions(held: object, name: str = "") -> Iterator[str]:
    if is_dataclass(held):
        for field in fields(held):
            yield from _expressions(getattr(held, field.name), field.name)
    elif isinstance(held, tuple | list | frozenset):
        for item in held:
            yield from _expressions(item, name)
    elif isinstance(held, str) and held and name in _PATTERNS:
        yield held


def test_no_expression_of_a_rule_backtracks(ruleset: Ruleset) -> None:
    """Each on texts made of what it repeats. Those that a window bounds must be quick on a page, too."""
    expressions = {held for rule in ruleset.rules for held in _expressions(rule.match)}
    expressions |= {wording.patterns for wording in ruleset.benign}
    assert len(expressions) > 200
    assert [held[:80] for held in sorted(expressions) if _is_slow(re.compile(held, re.MULTILINE))] == []


def _is_slow(expression: re.Pattern[str]) -> bool:
    """More than fifty milliseconds for two thousand characters, twice in a row."""
    for text in texts(expression.pattern, SHORT):
        if _seconds(lambda text=text: sum(1 for _ in expression.finditer(text)), 1) > FLOOR_S:  # type: ignore[misc]
            again: Callable[[], object] = lambda text=text: sum(1 for _ in expression.finditer(text))  # type: ignore[misc]  # noqa: E731
            if _seconds(again, 3) > FLOOR_S:
                return True
    return False


@pytest.mark.parametrize("pattern", ["(a+)+b", "(?:甲|甲乙?)*丙", r"(\d+,?)+年"])
def test_the_check_itself_finds_what_backtracks(pattern: str) -> None:
    assert any(
        _seconds(lambda text=text: re.search(pattern, text), 1) > 0.02  # type: ignore[misc]
        for text in texts(pattern, 24)
    )
