"""Ways past the gate that people try: each is stopped or told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from repository import CLEAN, NAMED, gate, git, write


def stage(name: str, text: str) -> None:
    write(name, text)
    git("add", "-A")


@pytest.mark.parametrize("folder", ["救助对象王小花13800138000", "站/救助对象王小花13800138000/页"])
def test_the_name_of_a_folder_is_published_too(repository: Path, folder: str) -> None:
    stage(f"{folder}/公告.txt", CLEAN)
    assert gate() == 10


def test_an_ordinary_folder_is_no_matter(repository: Path) -> None:
    stage("公告/2026年/.第一期/公告.txt", CLEAN)
    assert gate() == 0


def test_a_filter_writes_other_bytes_than_are_staged(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("config", "filter.hide.clean", "tr 0-9 a-j")
    write(".gitattributes", "*.txt filter=hide\n")
    stage("公告.txt", NAMED)
    assert gate() == 10
    assert "filter=hide" in capsys.readouterr().out


def test_a_filter_that_is_not_set_is_none(repository: Path) -> None:
    write(".gitattributes", "*.txt -filter\n*.md filter=lfs\n")
    write("说明.md", CLEAN)
    stage("公告.txt", CLEAN)
    assert gate() == 0


def test_an_archive_that_substitutes(repository: Path) -> None:
    write(".gitattributes", "*.txt export-subst\n")
    stage("公告.txt", CLEAN + "$Format:%B$\n")
    assert gate() == 10


@pytest.mark.parametrize(
    "pointer",
    [
        "version https://hawser.github.com/spec/v1\noid sha256:{0}\nsize 9\n",
        "version http://git-media.io/v/2\noid sha256:{0}\nsize 9\n",
        "/annex/objects/SHA256E-s9--{0}.txt\n",
    ],
)
def test_every_pointer_is_unread(repository: Path, pointer: str) -> None:
    stage("大.txt", pointer.format("0" * 64))
    assert gate() == 10


def test_a_replaced_object_is_judged_as_it_will_be_pushed(repository: Path) -> None:
    stage("公告.txt", NAMED)
    decent = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], input=CLEAN, capture_output=True, check=True, encoding="utf-8"
    ).stdout.strip()
    git("replace", git("rev-parse", ":公告.txt").strip(), decent)
    assert gate() == 10


def test_a_replaced_commit_is_no_base(repository: Path) -> None:
    head = git("rev-parse", "HEAD").strip()
    stage("公告.txt", NAMED)
    git("replace", head, git("commit-tree", git("write-tree").strip(), "-m", "all of it").strip())
    assert gate() == 10


def test_a_submodule_that_the_configuration_ignores(repository: Path) -> None:
    Path("子").mkdir()
    for words in (("init", "-q"), ("commit", "-qm", "x", "--allow-empty")):
        identity = ("-c", "user.name=office", "-c", "user.email=office@example.org")
        git("-C", "子", *identity, *words)
    write(".gitmodules", '[submodule "子"]\n\tpath = 子\n\turl = ./子\n\tignore = all\n')
    git("config", "diff.ignoreSubmodules", "all")
    commit = git("-C", "子", "rev-parse", "HEAD").strip()
    git("update-index", "--add", "--cacheinfo", f"160000,{commit},子")
    assert gate() == 10


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_no_encoding_hides(repository: Path, encoding: str) -> None:
    Path("公告.txt").write_bytes(NAMED.encode(encoding))
    git("add", "-A")
    assert gate() == 10


def test_marks_of_the_index_hide_nothing(repository: Path) -> None:
    stage("公告.txt", NAMED)
    git("update-index", "--assume-unchanged", "公告.txt")
    assert gate() == 10
    git("update-index", "--no-assume-unchanged", "--skip-worktree", "公告.txt")
    Path("公告.txt").unlink()
    assert gate() == 10
