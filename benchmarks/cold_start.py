"""Cold start of `reviewer gate` on one clean 20 KB text and a docx of three pages, beside a bare interpreter and peers.

Every figure is the median of 20 fresh processes, the commands taken in turn, so that a busy machine slows all of them.
Peers are measured where they are installed: `detect-secrets-hook` (or the path in DETECT_SECRETS_HOOK) and `gitleaks`.
With `--enforce` it leaves with 1 when not even the fastest run on the text keeps within the budget: other work on the
machine can only make a run slower. `.ci/run` prints and does not enforce.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 20
BUDGET_S = 0.20
FILES = 200
SENTENCES = (
    "全县各乡镇要结合实际，认真组织实施年度重点工作，及时向社会公布进展情况。",
    "会议指出，要坚持以人民为中心，持续改善城乡人居环境，完善公共服务设施。",
    "上半年全县完成固定资产投资同比增长百分之六点二，城镇新增就业稳步提升。",
    "各单位应当按照政府信息公开条例的要求，做好主动公开和依申请公开工作。",
)


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draft, pages = folder / "工作安排.txt", folder / "工作安排.docx"
        draft.write_text(text_of(20_000), "utf-8")
        write_docx(pages, text_of(9_000))
        environment = {**os.environ, "REVIEWER_HOME": str(folder / "home")}
        # An installed program has its bytecode beside it; without it every start would compile ninety files.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = commands_for(draft, pages)
        for command in commands.values():
            once(command, environment)  # proves the rules, as the first run after installing does
            once(command, environment)  # remembers the patterns
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(RUNS):
            for label, command in commands.items():
                times[label].append(once(command, environment))
        print(f"| medians of {RUNS} cold runs | median | fastest | against a bare interpreter |\n|---|--:|--:|--:|")
        bare = statistics.median(times["python -c pass"])
        for label, taken in times.items():
            median, fastest = statistics.median(taken), min(taken)
            print(f"| {label} | {median * 1000:.0f} ms | {fastest * 1000:.0f} ms | {median / bare:.1f} × |")
        print(f"| {FILES} staged files in one call | {many(folder, environment):.0f} files/s | | |")
        return 1 if min(times["reviewer gate, text of 20 KB"]) > BUDGET_S and "--enforce" in sys.argv else 0


def commands_for(draft: Path, pages: Path) -> dict[str, list[str]]:
    gate = [sys.executable, "-m", "reviewer", "gate"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "reviewer gate, text of 20 KB": [*gate, str(draft)],
        "reviewer gate, docx of 3 pages": [*gate, str(pages)],
    }
    secrets = os.environ.get("DETECT_SECRETS_HOOK") or shutil.which("detect-secrets-hook")
    if secrets:
        commands["detect-secrets-hook, text of 20 KB"] = [secrets, str(draft)]
    gitleaks = shutil.which("gitleaks")
    if gitleaks:
        commands["gitleaks, text of 20 KB"] = [gitleaks, "detect", "--no-git", "--source", str(draft)]
    return commands


def text_of(size_bytes: int) -> str:
    text = ""
    while len(text.encode()) < size_bytes:
        text += SENTENCES[len(text) % len(SENTENCES)] + ("\n" if len(text) % 3 == 0 else "")
    return text


def write_docx(path: Path, text: str) -> None:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    for name in ("author", "comments"):
        setattr(document.core_properties, name, "")
    document.save(str(path))


def many(folder: Path, environment: dict[str, str]) -> float:
    """Files a second that one call judges out of the index, each of one paragraph to three."""
    repository = folder / "repository"
    repository.mkdir()
    for number in range(FILES):
        (repository / f"通知{number}.txt").write_text(text_of(400 + 5 * number), "utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(repository), *words], check=True)
    words = [sys.executable, "-m", "reviewer", "gate"]
    return FILES / min(once(words, environment, repository) for _ in range(3))


def once(command: list[str], environment: dict[str, str], folder: Path | None = None) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
    took = time.perf_counter() - began
    if done.returncode not in (0, 10) or (done.returncode and command[-1].endswith(".txt")):
        sys.exit(f"{command[-2:]} left with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    return took


if __name__ == "__main__":
    sys.exit(main())
