"""How many megabytes of clean Chinese text a second the rules judge, with and without the classifier.

One process, one core; texts of official prose made from a fixed seed, in which nothing is found; the time is that of
the processor, the best of three. Beside it what a plain scan costs: fifty patterns of the standard library's `re` over
the same text, and `jieba.lcut` where it is installed. In the last row each paragraph is a document of its own.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

DAY = date(2026, 1, 1)
MATTERS = [
    "城乡环境整治",
    "基层治理",
    "耕地保护",
    "公共文化服务",
    "职业技能培训",
    "防汛抗旱",
    "安全生产",
    "食品安全",
    "森林防火",
    "数字政府建设",
    "乡村振兴",
    "就业创业",
    "老旧小区改造",
    "河湖管护",
    "农村公路养护",
    "社区养老",
    "垃圾分类",
    "节约用水",
]
VERBS = (
    *(
        "扎实推进",
        "稳步开展",
        "统筹做好",
        "深入落实",
        "持续加强",
        "不断完善",
    ),
    *(
        "有序组织",
        "全面部署",
    ),
)
BODIES = [
    "各乡镇",
    "市有关单位",
    "县农业农村部门",
    "各街道",
    "县水利部门",
    "全市各级各部门",
    "县教育部门",
    "县交通运输部门",
]
ENDS = [
    "进一步提高群众的获得感",
    "确保各项任务按时完成",
    "推动工作取得新成效",
    "为高质量发展提供支撑",
    "建立健全长效机制",
]
TIMES = ("上半年", "今年以来", "第三季度", "近年来", "下一步", "年底前", "汛期来临前")
FORMS = (
    "{time}，{body}{verb}{one}和{other}，{end}。",
    "会议指出，要把{one}摆在更加突出的位置，{verb}{other}，{end}。",
    "{time}，全县{one}完成投资同比增长百分之{number}，{other}项目开工{number}个。",
    "围绕{one}这一主线，{body}制定年度计划，明确{number}项重点任务，{verb}{other}。",
    "{time}，共开展{one}专项检查{number}次，发现问题{number}处，已全部整改到位。",
)


def main() -> int:
    sizes = [int(word) for word in sys.argv[1:]] or [1, 10]
    with tempfile.TemporaryDirectory() as home:
        judge = judges(Path(home))
        print("| text | rules | rules and classifier | 50 patterns of `re` | jieba |\n|---|--:|--:|--:|--:|")
        for size in sizes:
            row(f"{size} MB, one document", [prose(size * 1_000_000)], judge)
        row("0.2 MB, each paragraph a document", prose(200_000).splitlines(), judge)
    return 0


def judges(home: Path) -> list[Callable[[str], object] | None]:
    from reviewer.detect import detect, load_ruleset
    from reviewer.detect.specimen import document_of
    from reviewer.resources import shipped
    from reviewer.terms import DetectorKind, Specimen

    load_ruleset((shipped("rules"),), shipped("models"), cache=home)
    whole = load_ruleset((shipped("rules"),), shipped("models"), cache=home)  # as every start but the first has them
    rules = load_ruleset((shipped("rules"),), shipped("models"), cache=home)
    rules.by_kind.pop(DetectorKind.CLASSIFIER)  # type: ignore[attr-defined]

    def judged(ruleset: object) -> Callable[[str], object]:
        def judge(text: str) -> object:
            found = detect(document_of(Specimen(text=text)), ruleset, today=DAY).findings  # type: ignore[arg-type]
            assert not found, [finding.rule.id for finding in found]
            return found

        return judge

    patterns = [re.compile(f"{matter}[^。]{{0,20}}?{verb}") for matter in MATTERS for verb in VERBS][:50]
    return [judged(rules), judged(whole), lambda text: [list(one.finditer(text)) for one in patterns], jieba()]


def jieba() -> Callable[[str], object] | None:
    try:
        import jieba as words
    except ImportError:
        return None
    words.setLogLevel(60)
    words.initialize()
    cut: Callable[[str], object] = words.lcut
    return cut


def row(label: str, texts: list[str], judge: list[Callable[[str], object] | None]) -> None:
    size = sum(len(text.encode()) for text in texts) / 1e6
    cells = [f"{size / best(texts, one):.2f} MB/s" if one else "" for one in judge]
    print(f"| {label} | " + " | ".join(cells) + " |", flush=True)


def best(texts: list[str], ask: Callable[[str], object]) -> float:
    taken = []
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            ask(text)
        taken.append(time.process_time() - began)
    return min(taken)


def prose(size_bytes: int) -> str:
    draw = random.Random(7)
    lines: list[str] = []
    size = 0
    while size < size_bytes:
        lines.append("".join(sentence(draw) for _ in range(draw.randint(1, 5))))
        size += len(lines[-1].encode()) + 1
    return "\n".join(lines) + "\n"


def sentence(draw: random.Random) -> str:
    return draw.choice(FORMS).format(
        time=draw.choice(TIMES),
        body=draw.choice(BODIES),
        verb=draw.choice(VERBS),
        one=draw.choice(MATTERS),
        other=draw.choice(MATTERS),
        end=draw.choice(ENDS),
        number=draw.randint(2, 90),
    )


if __name__ == "__main__":
    sys.exit(main())
