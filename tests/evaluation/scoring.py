"""Compares reports with annotated texts: which documents and passages were found, which lawful ones raised.

A set is JSON Lines: {"id", "text", "labels": [category], "spans": [{"start", "end" or "text", "category", "type"}]};
offsets are code points, end exclusive. A document is found when a finding of a labelled category asks for action; a
lawful one is raised when any does. A finding hits a passage when they share half of the shorter one's characters.

    python tests/evaluation/scoring.py [SET.jsonl ...]      the tables that stand in benchmarks/accuracy.md
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.learn.evaluation import Share

HERE = Path(__file__).parent
Json = dict[str, Any]
Screen = Callable[[Path], str]  # a folder of texts -> its reports, JSON Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A set, which categories it annotates, and its bounds: floors, and a ceiling of lawful documents raised."""

    file: Path
    categories: frozenset[str]
    bounds: Mapping[str, float]

    def rows(self) -> list[Json]:
        rows = [json.loads(line) for line in self.file.read_text("utf-8").splitlines() if line.strip()]
        for row in rows:
            for span in row["spans"]:
                if "start" not in span:
                    span["start"] = row["text"].index(span["text"])
                    span["end"] = span["start"] + len(span["text"])
        return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts, each a share with Wilson's interval of 95 %."""

    found: Mapping[str, Share]  # documents, by category
    passages: Mapping[str, Share]  # annotated passages hit, by type
    raised: Share  # lawful documents
    right: Share  # findings that hit a passage

    @property
    def recall(self) -> Share:
        """Of all annotated passages."""
        return Share(hits=sum(s.hits for s in self.passages.values()), all=sum(s.all for s in self.passages.values()))

    @property
    def figures(self) -> Mapping[str, float]:
        """By the names under which `sets.toml` bounds them."""
        recall, precision = self.recall.value, self.right.value
        both = recall + precision
        return {
            **{f"found.{category}": share.value for category, share in self.found.items()},
            "recall": recall,
            "precision": precision,
            "f1": 2 * recall * precision / both if both else 0.0,
            "raised": self.raised.value,
        }


def annotated_sets() -> list[Annotated]:
    held = tomllib.loads((HERE / "sets.toml").read_text("utf-8"))["set"]
    return [
        Annotated(file=HERE / entry["file"], categories=frozenset(entry["categories"]), bounds=entry.get("bounds", {}))
        for entry in held
    ]


def score(one: Annotated, screen: Screen) -> Score:
    """Write each text to a file of its own, screen the folder once, and compare."""
    rows = one.rows()
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            Path(folder, f"{row['id']}.txt").write_text(row["text"], "utf-8", newline="")
        printed = screen(Path(folder))
    reports = {}
    for line in printed.splitlines():
        report = json.loads(line)
        reports[Path(report["document"]["path"]).stem] = report
    return compared(rows, reports, one.categories)


def compared(rows: Sequence[Json], reports: Mapping[str, Json], categories: frozenset[str]) -> Score:
    documents: dict[str, list[bool]] = defaultdict(list)
    passages: dict[str, list[bool]] = defaultdict(list)
    raised: list[bool] = []
    right: list[bool] = []
    for row in rows:
        findings = [
            finding
            for finding in reports[row["id"]]["findings"]
            if finding["action"] != "note" and finding["category"] in categories
        ]
        for label in row["labels"]:
            documents[label].append(any(finding["category"] == label for finding in findings))
        if not row["labels"]:
            raised.append(bool(findings))
        spans = [span for span in row["spans"] if span["category"] in categories]
        places = [place for finding in findings if (place := _place(finding)) is not None]
        for span in spans:
            passages[span["type"]].append(any(_overlap((span["start"], span["end"]), place) for place in places))
        right += [any(_overlap((span["start"], span["end"]), place) for span in spans) for place in places]
    return Score(
        found={label: _share(hits) for label, hits in sorted(documents.items())},
        passages={kind: _share(hits) for kind, hits in sorted(passages.items())},
        raised=_share(raised),
        right=_share(right),
    )


def _place(finding: Json) -> tuple[int, int] | None:
    location = finding["location"]
    return None if location.get("start") is None else (location["start"], location["end"])


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= min(a[1] - a[0], b[1] - b[0])


def _share(hits: Sequence[bool]) -> Share:
    return Share(hits=sum(hits), all=len(hits))


def table(one: Annotated, reached: Score) -> str:
    """Markdown: no text of the set, no document's name."""
    lines = [f"### {one.file.stem}", "", "| what | share [95 %] (count) |", "|---|---|"]
    lines += [f"| documents found, {category} | {share} |" for category, share in reached.found.items()]
    lines += [f"| lawful documents raised | {reached.raised} |"]
    lines += [f"| passages found | {reached.recall} |", f"| findings right | {reached.right} |"]
    lines += [f"| F1 of passages | {reached.figures['f1']:.3f} |", "", "| type | passages found |", "|---|---|"]
    lines += [f"| {kind} | {share} |" for kind, share in reached.passages.items()]
    return "\n".join(lines) + "\n"


def _by_command(folder: Path) -> str:
    words = [sys.executable, "-m", "reviewer", "screen", "--jobs", "1", "--format", "jsonl", str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


_HEAD = """# Accuracy on annotated texts

Written by `make accuracy`; do not edit. The sets lie in `tests/evaluation`, with the bounds that every change is held
to. `author-` sets are learned from; `test` sets are by other authors, and whoever writes rules or trains does not read
them. Shares with Wilson's intervals of 95 %.

"""


def main() -> None:
    sys.stdout.write(_HEAD)
    wanted = {Path(name).name for name in sys.argv[1:]}
    for one in annotated_sets():
        if not wanted or one.file.name in wanted:
            sys.stdout.write(table(one, score(one, _by_command)) + "\n")


if __name__ == "__main__":
    main()
