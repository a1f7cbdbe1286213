"""A change that edits what it is judged by is judged by what was approved before it, and everybody is told."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from repository import CLEAN, MARKED, NAMED, commit, gate, git, write

PHONE = "personal-privacy/mobile-phone"
OFF = """
[[unused]]
rule = "{rule}"
by = "李四"
reason = "本单位依法公开"
until = "2999-12-31"
"""


def rules_of(text: str) -> set[str]:
    """The rules that find something in a text, by its report."""
    import json
    import subprocess
    import sys

    write("../probe.txt", text)
    told = subprocess.run(
        [sys.executable, "-m", "reviewer", "gate", "--format", "jsonl", "../probe.txt"],
        capture_output=True,
        encoding="utf-8",
    ).stdout
    return {finding["rule"] for finding in json.loads(told)["findings"] if finding["action"] != "note"}


@pytest.fixture
def exempting(repository: Path) -> str:
    """A policy that would let the named text through."""
    rules = rules_of(NAMED)
    assert rules
    return 'unit = "青石县"\n' + "".join(OFF.format(rule=rule) for rule in sorted(rules))


def stage(name: str, text: str) -> None:
    write(name, text)
    git("add", "-A")


def test_a_policy_in_force_lets_through(repository: Path, exempting: str) -> None:
    commit("reviewer.toml", exempting)
    stage("公告.txt", NAMED)
    assert gate() == 0


def test_a_policy_added_by_the_change(repository: Path, exempting: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("reviewer.toml", exempting)
    stage("公告.txt", NAMED)
    assert gate() == 10
    assert "reviewer.toml：本次改动修改了审查依据" in capsys.readouterr().err


def test_a_policy_edited_by_the_change(repository: Path, exempting: str, capsys: pytest.CaptureFixture[str]) -> None:
    commit("reviewer.toml", 'unit = "青石县"\n')
    write("reviewer.toml", exempting)
    stage("公告.txt", NAMED)
    assert gate() == 10
    assert gate("--staged", "--policy", "reviewer.toml") == 10
    assert "reviewer.toml：本次改动修改了审查依据" in capsys.readouterr().err


def test_a_policy_only_in_the_work_tree(repository: Path, exempting: str) -> None:
    stage("公告.txt", NAMED)
    write("reviewer.toml", exempting)
    assert gate() == 10
    assert gate("--policy", "reviewer.toml") == 4  # named, and not approved


def test_a_policy_in_a_folder_of_its_own(repository: Path, exempting: str) -> None:
    write("站点/reviewer.toml", exempting)
    stage("站点/公告.txt", NAMED)
    assert gate() == 10


def test_a_policy_taken_away(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit("reviewer.toml", 'unit = "青石县"\n')
    git("rm", "-q", "reviewer.toml")
    assert gate() == 0
    assert "reviewer.toml：本次改动修改了审查依据" in capsys.readouterr().err


def test_rules_and_rulings_are_those_of_the_commit(repository: Path) -> None:
    from reviewer.gate.base import approved

    commit("子/规则/own.toml", "# 甲\n")
    commit("子/rulings.json", "{}")
    commit("子/reviewer.toml", 'rules = ["规则"]\nbaseline = "rulings.json"\n')
    write("子/规则/own.toml", "# 乙\n")
    stage("子/rulings.json", "[]")
    with approved("HEAD", Path("子/reviewer.toml")) as held:
        assert set(held.inside) == {"子/reviewer.toml", "子/rulings.json", "子/规则/own.toml"}
        assert held.policy is not None
        assert (held.policy.parent / "规则/own.toml").read_text("utf-8") == "# 甲\n"
        assert (held.policy.parent / "rulings.json").read_text("utf-8") == "{}"
    assert not held.policy.exists()


def test_a_hook_edited_by_the_change_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(".pre-commit-config.yaml", "repos: []\n")
    gate()
    assert ".pre-commit-config.yaml：本次改动修改了审查依据" in capsys.readouterr().err


def test_an_allowance_in_the_text_is_no_allowance(repository: Path) -> None:
    for word in ("reviewer: allow", "pragma: allowlist secret", "gitleaks:allow", "noqa", "nosec"):
        stage("公告.txt", f"{NAMED.strip()}  # {word}\n")
        assert gate() == 10


@pytest.mark.parametrize("name", ["公告.md", "公告.log", "公告.bin", "无名", ".隐藏.txt"])
def test_a_name_does_not_exempt(repository: Path, name: str) -> None:
    stage(name, MARKED)
    assert gate() == 11


def test_hidden_in_an_attachment(repository: Path) -> None:
    import io
    import zipfile

    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("名单.txt", MARKED)
    with zipfile.ZipFile(outer, "w") as made:
        made.writestr("附件.zip", inner.getvalue())
    Path("附件1.zip").write_bytes(outer.getvalue())
    git("add", "-A")
    assert gate() == 11


def test_staged_anew_while_it_is_judged(repository: Path) -> None:
    from reviewer.gate.staged import moved, staged

    stage("公告.txt", CLEAN)
    together = staged(())
    assert moved(together) is None
    stage("公告.txt", NAMED)
    assert moved(together) == "公告.txt"


def test_a_baseline_edited_by_the_change(repository: Path) -> None:
    from reviewer.__main__ import run

    write("公告.txt", NAMED)
    ruled = ["baseline", "create", "公告.txt", "--by", "李四", "--second", "王五", "--reason", "已公开"]
    assert run([*ruled, "--until", "2999-01-01", "--file", "rulings.json"]) == 0
    commit("reviewer.toml", 'baseline = "rulings.json"\n')
    git("add", "-A")
    assert gate() == 4  # the approved policy names a baseline that is not approved
    git("reset", "-q", "公告.txt")
    git("commit", "-qm", "rulings")
    git("add", "-A")
    assert gate() == 0


def test_the_work_tree_and_the_temporary_folder_are_left_as_they_were(
    repository: Path, exempting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit("reviewer.toml", exempting)
    stage("公告.txt", NAMED)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file() and ".git" not in path.parts}
    assert gate() == 0
    after = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file() and ".git" not in path.parts}
    assert after == before
    assert not list(temporary.iterdir())


def test_a_base_that_is_no_commit(repository: Path) -> None:
    assert gate("--base", "nowhere") == 2


def test_named_files_by_the_rules_of_a_commit(repository: Path, exempting: str) -> None:
    commit("reviewer.toml", exempting)
    write("reviewer.toml", 'unit = "青石县"\n')
    write("公告.txt", NAMED)
    assert gate("公告.txt") == 10
    assert gate("公告.txt", "--base", "HEAD") == 0
