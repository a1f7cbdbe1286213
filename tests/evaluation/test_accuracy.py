"""What is found and what is raised on annotated texts, through the front door; the bounds only tighten."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from scoring import HERE, Annotated, Score, annotated_sets, compared, score

from reviewer.__main__ import run

SHARED_SCORER = HERE.parents[2] / "shared" / "eval" / "score.py"


def _named(one: Annotated) -> str:
    return one.file.stem


@pytest.mark.parametrize("one", annotated_sets(), ids=_named)
def test_nothing_is_lost(one: Annotated, capsys: pytest.CaptureFixture[str]) -> None:
    def screen(folder: Path) -> str:
        assert run(["screen", "--jobs", "1", "--format", "jsonl", str(folder)]) in (0, 10, 11)
        return capsys.readouterr().out

    figures = score(one, screen).figures
    short = {
        name: (figures[name], bound)
        for name, bound in one.bounds.items()
        if (figures[name] > bound if name == "raised" else figures[name] < bound)
    }
    assert not short, "reached, and the bound in sets.toml"


def _finding(start: int, end: int, *, category: str = "personal_privacy", action: str = "mask") -> dict[str, object]:
    return {"category": category, "action": action, "location": {"start": start, "end": end}}


def _scored(text: str, labels: list[str], spans: list[tuple[int, int]], findings: list[dict[str, object]]) -> Score:
    rows = [
        {
            "id": "a",
            "text": text,
            "labels": labels,
            "spans": [
                {"start": start, "end": end, "category": "personal_privacy", "type": "name_linked"}
                for start, end in spans
            ],
        }
    ]
    return compared(rows, {"a": {"findings": findings}}, frozenset(["personal_privacy"]))


def test_a_hit_shares_half_of_the_shorter_one() -> None:
    reached = _scored("甲" * 20, ["personal_privacy"], [(0, 10)], [_finding(5, 15), _finding(6, 16)])
    assert (reached.recall.hits, reached.right.hits, reached.right.all) == (1, 1, 2)
    assert reached.found["personal_privacy"].value == 1


def test_notes_and_other_categories_are_no_findings() -> None:
    found = [_finding(0, 4, action="note"), _finding(0, 4, category="work_secret")]
    assert _scored("甲" * 20, [], [], found).raised.hits == 0
    assert _scored("甲" * 20, [], [], [_finding(0, 4)]).raised.hits == 1


@pytest.mark.skipif(not SHARED_SCORER.exists(), reason="the independent scorer does not lie beside the checkout")
def test_an_independent_scorer_counts_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = annotated_sets()[0].rows()[:40]
    part = tmp_path / "part.jsonl"
    part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    one = Annotated(file=part, categories=frozenset(["personal_privacy"]), bounds={})

    def screen(folder: Path) -> str:
        run(["screen", "--jobs", "1", "--format", "jsonl", str(folder)])
        return capsys.readouterr().out

    ours = score(one, screen).figures
    command = f"{sys.executable} -m reviewer screen --jobs 1 --format jsonl"
    others = ["work_secret", "state_secret", "trade_secret"]
    done = subprocess.run(
        [sys.executable, SHARED_SCORER, part, "--brief", "--command", command, "--ignore", *others],
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(done.stdout)
    assert theirs["spans"]["f1"] == pytest.approx(ours["f1"], abs=0.001)
    assert theirs["recall"]["personal_privacy"][0] == pytest.approx(ours["found.personal_privacy"], abs=0.001)
    assert theirs["false_alarm_rate"][0] == pytest.approx(ours["raised"], abs=0.001)
