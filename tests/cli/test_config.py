"""Where settings come from, and that a misspelt one is no silent default."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer

Draft = Callable[[str, str], Path]
PROJECT = '[project]\nname = "site"\n\n[tool.reviewer]\nunit = "青石县"\n'


def shown(reviewer: Reviewer, *words: object) -> dict[str, tuple[str, str]]:
    said = reviewer("config", "show", "--format", "json", *words)
    assert said.code == 0, said.err
    return {one["name"]: (one["value"], one["source"]) for one in json.loads(said.out)}


def test_defaults(reviewer: Reviewer) -> None:
    told = shown(reviewer)
    assert told["policy"] == ("", "默认")
    assert told["unit"] == ("", "默认")
    assert told["home"][1] == "REVIEWER_HOME"


def test_the_nearest_file_and_its_own_name_before_the_projects(
    reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = draft("pyproject.toml", PROJECT)
    assert shown(reviewer)["unit"] == ("青石县", str(above))
    own = draft("reviewer.toml", 'unit = "红石县"\n')
    assert shown(reviewer)["unit"] == ("红石县", str(own))
    Path("子").mkdir()
    monkeypatch.chdir("子")
    nearest = draft("子/pyproject.toml", PROJECT.replace("青石", "白石"))
    assert shown(reviewer)["unit"] == ("白石县", str(nearest))
    assert shown(reviewer, "--policy", own)["policy"] == (str(own), "--policy")


def test_a_project_file_of_others_is_passed_over(reviewer: Reviewer, draft: Draft) -> None:
    draft("pyproject.toml", "[tool.ruff]\nline-length = 100\n# reviewer\n")
    assert shown(reviewer)["policy"] == ("", "默认")


def test_the_file_in_a_persons_home_is_last(reviewer: Reviewer, own_home: Path, draft: Draft) -> None:
    (own_home / "reviewer.toml").write_text('unit = "自用"\n', "utf-8")
    assert shown(reviewer)["policy"] == (str(own_home / "reviewer.toml"), "REVIEWER_HOME")
    draft("reviewer.toml", 'unit = "红石县"\n')
    assert shown(reviewer)["unit"][0] == "红石县"


@pytest.mark.parametrize(
    ("name", "text"),
    [("reviewer.toml", 'contact = ["0715-8230011"]\n'), ("pyproject.toml", PROJECT + "contact = []\n")],
)
def test_a_misspelt_key_is_refused_with_the_one_meant(reviewer: Reviewer, draft: Draft, name: str, text: str) -> None:
    draft(name, text)
    said = reviewer("config", "show")
    assert said.code == 4
    assert "contact；是不是想写 contacts" in said.err
    assert name in said.err


def test_an_empty_table_is_refused(reviewer: Reviewer, draft: Draft) -> None:
    draft("pyproject.toml", "[tool.reviewer]\n")
    assert reviewer("config", "show").code == 4
