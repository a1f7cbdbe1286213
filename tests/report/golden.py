"""The formats that machines read, written once and kept: `python tests/report/golden.py` writes them anew."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from made_reports import ASIDE, GAP, MARK, NOTE, NUMBER, PLACE, report  # noqa: E402

from reviewer.language import use_language  # noqa: E402
from reviewer.report import Root, format_named  # noqa: E402

FILES = {
    "sarif": "report.sarif",
    "codequality": "codequality.json",
    "junit": "junit.xml",
    "csv": "findings.csv",
    "github": "github.txt",
    "jsonl": "report.jsonl",
    "html": "report.html",
}
# A place behind a character outside of the basic plane: columns count code points, not UTF-16 units.
ASTRAL = replace(NUMBER, location=replace(PLACE, line=2, column=3), note="𠮷")
REPORTS = (
    report(ASTRAL, verdict="redact", path="稿件/名 单.txt"),
    report(MARK, NOTE, verdict="block", path="密.txt"),
    report(verdict="refer", gaps=(GAP,), path="扫描.pdf"),
    report(verdict="clear", set_aside=(ASIDE,), path="好.txt"),
    report(NUMBER, verdict="redact", path="/构建/库/子 目录/公示#1.txt"),
    report(NUMBER, verdict="redact", path="/别处/附件 100%.txt"),
)
# Everything is named from the root, but for what lies outside of it.
ROOT = Root(folder=Path("/构建/库"), here=Path("/构建/库"))


def written(name: str) -> str:
    use_language("zh")
    out = io.StringIO(newline="")
    writer = format_named(name, out, ROOT)
    for one in REPORTS:
        writer.add(one)
    writer.close()
    return out.getvalue()


def kept(name: str) -> Path:
    return HERE / "golden" / FILES[name]


if __name__ == "__main__":
    kept("csv").parent.mkdir(exist_ok=True)
    for name in FILES:
        kept(name).write_bytes(written(name).encode())
