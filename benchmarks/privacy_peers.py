"""Side by side: reviewer, Presidio and JioNLP on the same generated texts. Nothing in them is anybody's.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install presidio-analyzer==2.2.366 jieba jionlp==1.5.31
    python benchmarks/privacy_peers.py --peers /tmp/peers/bin/python

The peers stay out of this project's environment: they are run by the interpreter that is named, on a file of texts.
Presidio is given the patterns and context words of the trade as recognisers of its own, with the check digits as its
`validate_result`, and a blank Chinese pipeline cut into words by jieba; JioNLP is run as it comes.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve()
Finding = tuple[str, int, int]
Tool = Callable[[str], list[Finding]]
SEED = 20261124
PROSE = "县政府召开会议，研究部署安全生产工作，要求各乡镇各部门落实责任，切实保障人民群众生命财产安全。\n"


# --- the texts --------------------------------------------------------------------------------------------------


def corpus(each: int) -> Iterator[dict[str, Any]]:
    """One text a line: with one identifier at a known place, or with none."""
    sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "tests" / "detect")]
    from spellings import LOOKALIKES, pairs, spelt

    random = Random(SEED)
    for sort, spelling in pairs():
        for _ in range(each):
            held = spelt(sort, spelling, random)
            yield {"sort": sort, "spelling": spelling, "text": held.text, "start": held.start, "end": held.end}
    for name, make in LOOKALIKES.items():
        for _ in range(4 * each):
            yield {"sort": f"lookalike: {name}", "spelling": "", "text": make(random), "start": -1, "end": -1}


def documents(texts: list[dict[str, Any]], count: int) -> list[str]:
    """Larger documents for measuring speed: five lines of prose to one text, about twenty kilobytes each."""
    random = Random(SEED)
    return ["".join(PROSE * 5 + random.choice(texts)["text"] + "\n" for _ in range(25)) for _ in range(count)]


# --- the tools --------------------------------------------------------------------------------------------------


def reviewer() -> Tool:
    from datetime import date

    from reviewer.detect import detect, load_ruleset
    from reviewer.detect.specimen import document_of
    from reviewer.resources import shipped
    from reviewer.terms import Action, Specimen

    rules = load_ruleset((shipped("rules") / "personal-privacy",), shipped("models"))

    def find(text: str) -> list[Finding]:
        found = detect(document_of(Specimen(text=text)), rules, today=date(2026, 11, 24)).findings
        return [
            (finding.type, finding.span.start, finding.span.end)
            for finding in found
            if finding.action is not Action.NOTE and not finding.type.endswith(("_identity", "_linked"))  # names
        ]

    return find


_PRESIDIO = {
    "resident_id": (r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]", 0.6),
    "resident_id spaced": (r"(?<!\d)[1-9]\d{5}[ -](?:18|19|20)\d{6}[ -]\d{3}[\dXx]", 0.6),
    "old_id": (r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)", 0.2),
    "passport": (r"(?<![A-Za-z0-9])[EG][A-Z0-9]\d{7}(?!\d)", 0.2),
    "permit": (r"(?<![A-Za-z0-9])[HMCWTL][A-Z0-9]?\d{7,8}(?!\d)", 0.2),
    "tw_permit": (r"(?<!\d)\d{8}(?!\d)", 0.05),
    "military_id": (r"[军士文]字第?\d{4,8}号", 0.6),
    "card": (r"(?<!\d)62\d{14,17}(?!\d)|(?<!\d)62\d{2}(?: \d{4}){3}(?: \d{1,3})?(?!\d)", 0.5),
    "account": (r"(?<!\d)\d{9,19}(?!\d)", 0.05),
    "mobile_phone": (r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", 0.6),
    "landline": (r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)", 0.3),
    "email": (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", 0.6),
    "wechat_qq": (r"(?<=微信号：)[A-Za-z][\w-]{5,19}|(?<=QQ号：)\d{5,11}", 0.6),
    "plate": (r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}", 0.6),
    "property_cert": (r"[（(]?\d{4}[）)]?.{0,8}不动产权第\d{7}号", 0.6),
    "student_no": (r"[GLJ]\d{17}[\dX]", 0.6),
    "disability": (r"(?<!\d)\d{17}[\dX][1-7][1-4](?!\d)", 0.3),
}
_WORDS = "身份 证件 护照 通行证 台胞证 军官证 卡号 账号 一折通 公积金 手机 电话 邮箱 残疾 学籍 档案 医保 社保 住院"
_CONTEXT = re.split(" ", _WORDS)
_LEAST = 0.4


def presidio() -> Tool:
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from spacy.language import Language

    @Language.component("words_as_lemmas")
    def words_as_lemmas(doc: Any) -> Any:
        for token in doc:  # Presidio compares context words with lemmas, and a blank pipeline has none
            token.lemma_ = token.text
        return doc

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "zh", "model_name": "blank"}])
            words = {"nlp": {"tokenizer": {"segmenter": "jieba"}}}  # else no context word is ever one token
            self.nlp = {"zh": spacy.blank("zh", config=words)}
            self.nlp["zh"].add_pipe("words_as_lemmas")

    class Checked(PatternRecognizer):
        def validate_result(self, pattern_text: str) -> bool | None:
            bare = re.sub("[ -]", "", pattern_text).upper()
            if self.supported_entities[0].startswith("resident_id"):
                return _is_resident(bare)
            return _is_luhn(bare) if self.supported_entities[0] == "card" else None

    registry = RecognizerRegistry(supported_languages=["zh"])
    for name, (pattern, score) in _PRESIDIO.items():
        registry.add_recognizer(
            Checked(
                supported_entity=name,
                patterns=[Pattern(name, pattern, score)],
                context=_CONTEXT,
                supported_language="zh",
            )
        )
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["zh"])

    def find(text: str) -> list[Finding]:
        return [
            (result.entity_type, result.start, result.end)
            for result in engine.analyze(text, language="zh", score_threshold=_LEAST)
        ]

    return find


def _is_resident(digits: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], weights, strict=True))
    return "10X98765432"[total % 11] == digits[17]


def _is_luhn(digits: str) -> bool:
    doubled = (
        int(digit) if place % 2 == 0 else sum(divmod(2 * int(digit), 10)) for place, digit in enumerate(digits[::-1])
    )
    return sum(doubled) % 10 == 0


def jionlp() -> Tool:
    import jionlp as jio

    ways = {
        "resident_id": jio.extract_id_card,
        "mobile_phone": jio.extract_phone_number,
        "email": jio.extract_email,
        "plate": jio.extract_motor_vehicle_licence_plate,
        "qq": jio.extract_qq,
        "wechat": jio.extract_wechat_id,
    }

    def find(text: str) -> list[Finding]:
        found: list[Finding] = []
        for name, extract in ways.items():
            for held in extract(text, detail=True) or ():
                start, end = held["offset"]
                found.append((name, start, end))
        return found

    return find


TOOLS: dict[str, Callable[[], Tool]] = {"reviewer": reviewer, "presidio": presidio, "jionlp": jionlp}


# --- the run ----------------------------------------------------------------------------------------------------


def run(tool: str, path: Path) -> dict[str, Any]:
    """What one tool finds in the texts of a file, and how fast it reads its documents."""
    held = json.loads(path.read_text("utf-8"))
    find = TOOLS[tool]()
    find(held["texts"][0])
    found = [find(text) for text in held["texts"]]
    began = time.process_time()
    for text in held["documents"]:
        find(text)
    size = sum(len(text.encode()) for text in held["documents"])
    return {"found": found, "mb_s": size / (time.process_time() - began) / 1e6}


def _covers(found: list[Finding], start: int, end: int, *, exact: bool) -> bool:
    if exact:
        return any((low, high) == (start, end) for _, low, high in found)
    return any(2 * (min(high, end) - max(low, start)) >= end - start for _, low, high in found)


def _told(name: str, rows: dict[str, list[list[bool]]]) -> None:
    print(f"\n| {name} | texts | " + " | ".join(TOOLS) + " |\n|---|--:|" + "--:|" * len(TOOLS))
    for row, hits in rows.items():
        shares = (sum(hit[at] for hit in hits) / len(hits) for at in range(len(TOOLS)))
        print(f"| {row} | {len(hits)} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")


def report(texts: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
    by_sort: dict[str, list[list[bool]]] = defaultdict(list)
    by_spelling: dict[str, list[list[bool]]] = defaultdict(list)
    flagged: dict[str, list[list[bool]]] = defaultdict(list)
    right, wrong, exact, total = ([0] * len(TOOLS) for _ in range(4))
    for at, text in enumerate(texts):
        found = [result["found"][at] for result in results]
        place = text["start"], text["end"]
        if place[0] < 0:
            flagged[text["sort"].removeprefix("lookalike: ")].append([bool(each) for each in found])
            wrong = [count + len(each) for count, each in zip(wrong, found, strict=True)]
            continue
        hits = [_covers(each, *place, exact=False) for each in found]
        by_sort[text["sort"]].append(hits)
        by_spelling[text["spelling"]].append(hits)
        for tool, each in enumerate(found):
            beside = sum(high <= place[0] or low >= place[1] for _, low, high in each)
            right[tool], wrong[tool] = right[tool] + hits[tool], wrong[tool] + beside
            exact[tool], total[tool] = exact[tool] + _covers(each, *place, exact=True), total[tool] + 1
    _told("recall by sort (half of it found)", by_sort)
    _told("recall by spelling", by_spelling)
    _told("lookalikes flagged (fewer is better)", flagged)
    print("\n| all | " + " | ".join(TOOLS) + " |\n|---|" + "--:|" * len(TOOLS))
    rows = {
        "recall, half of it found": [hit / all_ for hit, all_ in zip(right, total, strict=True)],
        "recall, exact place": [hit / all_ for hit, all_ in zip(exact, total, strict=True)],
        "precision": [hit / max(1, hit + miss) for hit, miss in zip(right, wrong, strict=True)],
        "MB/s (UTF-8, one core)": [result["mb_s"] for result in results],
    }
    for name, values in rows.items():
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--peers", default=sys.executable, help="the interpreter that has the peers")
    asked.add_argument("--each", type=int, default=5, help="texts for every sort and spelling")
    asked.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    asked.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.tool:
        print(json.dumps(run(given.tool, given.texts)))
        return
    texts = list(corpus(given.each))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        held = {"texts": [text["text"] for text in texts], "documents": documents(texts, 12)}
        path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
        results = [
            run(tool, path)
            if tool == "reviewer"
            else json.loads(
                subprocess.run(
                    [given.peers, str(HERE), "--tool", tool, "--texts", str(path)],
                    check=True,
                    stdout=subprocess.PIPE,
                    text=True,
                ).stdout.splitlines()[-1]
            )
            for tool in TOOLS
        ]
    report(texts, results)


if __name__ == "__main__":
    main()
