"""Ten times the text takes at most eleven times the time, with every rule; and no expression backtracks."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hostile import texts
from persons import CARD, ID, MOBILE

import reviewer
from reviewer.detect import Ruleset
from reviewer.detect.run import every_finding
from reviewer.detect.specimen import document_of
from reviewer.terms import Specimen
from reviewer.text.lazy import Lazy

TODAY = date(2026, 11, 24)
SHORT, FACTOR = 2_000, 10
MOST = 1.1  # ten times the text in eleven times the time, or: as much text in one piece as in ten, a tenth more
FLOOR_S = 0.05  # what a busy machine may add
ENOUGH_S = 0.6  # what the long text may take without being compared
ATTEMPTS = 6
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
    "dictated": "电话138后面0000，",
    "counted digits": "一三八、四个零",
    "runs of UTF-7": "+c4toQoKx-",
    "telephones masked": "手机1380000**78",
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
    "Latin prose": "This is free software not one word of it costs anything ",
    "an attachment and blanks": "附件                    \n",
    "quotes of SQL": "''",
    "one long line of prose": "县政府召开会议研究部署安全生产工作，要求各部门落实责任",
    "prose": "县政府召开会议研究部署安全生产工作，要求各部门落实责任。\n",
    "rows without a header": f"王桂花\t{ID}\n",
    "a list": f"王桂花\t{ID}\t{MOBILE}\t红星镇民主街5号\n",
}
_PATTERNS = ("patterns", "pattern", "context", "require_document", "benign", "unless", "unless_line", "unless_document")
_PATTERNS += ("lead", "trail", "not_after", "places", "values")


def _spent(act: Callable[[], object]) -> float:
    """Processor time; collecting garbage is left out, because it depends on what other tests keep."""
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        act()
        return time.process_time() - began
    finally:
        gc.enable()


def _detection(text: str, ruleset: Ruleset) -> Callable[[], object]:
    document = document_of(Specimen(text=text))
    return lambda: every_finding(document, ruleset, TODAY)


def _is_linear(short: str, long: str, ruleset: Ruleset) -> tuple[bool, str]:
    """The best of several attempts: the long text against ten short ones, measured by turns."""
    pieces, whole = _detection(short, ruleset), _detection(long, ruleset)
    least = most = float("inf")
    for _ in range(ATTEMPTS):
        most = min(most, _spent(whole))
        if most <= ENOUGH_S:
            return True, ""
        least = min(least, sum(_spent(pieces) for _ in range(FACTOR)))
        if most <= MOST * least + FLOOR_S:
            return True, ""
    return False, f"{most:.3f} s in one piece, {least:.3f} s in ten"


@pytest.mark.parametrize("name", HOSTILE)
def test_every_kind_on_hostile_and_on_ordinary_text(name: str, ruleset: Ruleset) -> None:
    unit = HOSTILE[name]
    short, long = (unit * (size // len(unit)) for size in (SHORT, SHORT * FACTOR))
    linear, why = _is_linear(short, long, ruleset)
    assert linear, why


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


def _written() -> dict[tuple[str, int], str]:
    """Every expression that a module of the program holds, with its name."""
    held: dict[tuple[str, int], str] = {}
    for module in pkgutil.walk_packages(reviewer.__path__, "reviewer."):
        if module.name == "reviewer.__main__" or ".migrations." in module.name:
            continue  # the migrations run only within Alembic
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern | Lazy) and isinstance(value.pattern, str):
                held[value.pattern, value.flags] = f"{module.name}.{name}"
    return held


def test_no_expression_of_the_program_backtracks() -> None:
    """Readers and detectors meet hostile lines too: none may take a quarter of a second over a thousand characters."""
    written = _written()
    assert len(written) > 400
    slow = []
    for (pattern, flags), name in written.items():
        expression = re.compile(pattern, flags)
        for text in texts(pattern, 1_000):
            if any(_first(expression, f"{text}{end}") > 0.25 for end in ("", "\0", "。(!")):
                slow.append(name)
                break
    assert slow == []


def _first(expression: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    expression.search(text)
    return time.process_time() - began


def _is_slow(expression: re.Pattern[str]) -> bool:
    """More than fifty milliseconds for a thousand characters, whenever it is tried."""
    hostile = texts(expression.pattern, 1_000)
    return any(all(_searched(expression, text) > FLOOR_S for _ in range(4)) for text in hostile)


def _searched(expression: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    for _ in expression.finditer(text):
        pass
    return time.process_time() - began


@pytest.mark.parametrize("pattern", ["(a+)+b", "(?:甲|甲乙?)*丙", r"(\d+,?)+年"])
def test_the_check_itself_finds_what_backtracks(pattern: str) -> None:
    assert any(_searched(re.compile(pattern), text) > 0.02 for text in texts(pattern, 24))
