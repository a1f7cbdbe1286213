"""The gate judges what git is about to commit, byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from repository import CLEAN, MARKED, gate, git

from reviewer.__main__ import run


def test_nothing_staged_passes(repository: Path) -> None:
    assert gate() == 0


def test_a_clean_staged_file_passes(repository: Path) -> None:
    Path("公告.txt").write_text(CLEAN, "utf-8")
    git("add", ".")
    assert gate() == 0


def test_the_staged_bytes_are_judged_not_the_work_tree(repository: Path) -> None:
    Path("公告.txt").write_text(MARKED, "utf-8")
    git("add", ".")
    Path("公告.txt").write_text(CLEAN, "utf-8")
    assert gate() == 11
    assert gate("--staged", "公告.txt") == 11
    assert gate("公告.txt") == 0


def test_what_is_only_in_the_work_tree_is_not_judged(repository: Path) -> None:
    Path("草稿.txt").write_text(MARKED, "utf-8")
    assert gate() == 0


def test_a_deletion_publishes_nothing(repository: Path) -> None:
    git("rm", "-q", "旧.txt")
    assert gate() == 0


def test_a_renamed_file_is_judged_under_its_new_name(repository: Path) -> None:
    git("mv", "旧.txt", "（机密）新.txt")
    assert gate() == 11


@pytest.mark.parametrize("name", ["名 单.txt", "a\tb.txt", "-x.txt", "'引号'.txt"])
def test_odd_names_are_judged(repository: Path, name: str) -> None:
    Path(name).write_text(MARKED, "utf-8")
    git("add", "--", name)
    assert gate() == 11


def test_from_a_subfolder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("子").mkdir()
    Path("子/公告.txt").write_text(MARKED, "utf-8")
    git("add", ".")
    monkeypatch.chdir(repository / "子")
    assert gate() == 11
    assert gate("--staged", "公告.txt") == 11


def test_a_large_file_pointer_is_unread(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 9\n"
    Path("大.txt").write_text(pointer, "utf-8")
    git("add", ".")
    assert gate() == 10
    assert "LFS" in capsys.readouterr().out


def test_a_file_that_is_not_staged_cannot_be_judged_as_staged(repository: Path) -> None:
    Path("草稿.txt").write_text(CLEAN, "utf-8")
    assert gate("--staged", "草稿.txt") == 3


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert gate() == 2


def test_the_first_commit_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    Path("公告.txt").write_text(MARKED, "utf-8")
    git("add", ".")
    assert gate() == 11


def test_a_signoff_needs_a_ledger(repository: Path) -> None:
    Path("公告.txt").write_text(CLEAN, "utf-8")
    git("add", ".")
    assert gate("--require-signoff") == 2


def test_the_short_way_imports_nothing_heavy(tmp_path: Path) -> None:
    """What makes the gate quick: on a clean text it imports these packages and nothing else."""
    (tmp_path / "公告.txt").write_text(CLEAN, "utf-8")
    program = (
        "import sys; before = set(sys.modules); from reviewer.__main__ import run; codes = [run(['gate', '公告.txt'])];"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before} - {'encodings'};"
        "parts = {'.'.join(name.split('.')[:2]) for name in sys.modules if name.startswith('reviewer.')};"
        "print(*sorted(new)); print(*sorted(parts)); sys.exit(max(codes))"
    )
    words = [sys.executable, "-c", program]
    subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)  # the rules are remembered from here on
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    packages, parts = (set(line.split()) for line in done.stdout.splitlines())
    assert packages - set(sys.stdlib_module_names) <= {"reviewer", "ahocorasick_rs"}
    heavy = {"dataclasses", "inspect", "tomllib", "subprocess", "email", "xml", "sqlite3", "logging", "multiprocessing"}
    assert not packages & (heavy | {"concurrent", "asyncio", "csv", "difflib", "html", "tempfile", "ssl", "socket"})
    assert parts <= {
        f"reviewer.{part}"
        for part in (
            *("__main__", "errors", "language", "value", "terms", "home", "resources", "refusal", "strict"),
            *("gate", "policy", "text", "extract", "detect", "judge", "screen"),
        )
    }


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a fresh interpreter reads there")
def test_a_document_of_word_imports_what_it_needs(tmp_path: Path) -> None:
    """No old Office formats and no other process's tools, unless something embedded asks for them."""
    paper = docx.Document()
    paper.add_paragraph("明日停水。")
    paper.save(str(tmp_path / "公告.docx"))
    program = (
        "import sys; from reviewer.__main__ import run; code = run(['gate', '公告.docx']);"
        "print(*sorted(name for name in sys.modules)); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "reviewer.extract.docx" in loaded
    assert not loaded & {"dataclasses", "subprocess", "reviewer.extract.ole"}


NOTICE = "关于公布名单的通知\n各学校：\n现将名单公布如下。\n请核对。\n附件：1.受助学生名单\n2.资金汇总表\n教育局\n"


def test_what_is_staged_together_is_seen_together(repository: Path) -> None:
    Path("通知.txt").write_text(NOTICE, "utf-8")
    Path("附件1.csv").write_text("学校,金额\n", "utf-8")
    git("add", ".")
    Path("附件2.csv").write_text("合计,金额\n", "utf-8")  # only in the work tree: it will not be published
    assert gate() == 10
    git("add", ".")
    assert gate() == 0


def test_an_attachment_staged_by_another_notice_is_nobodys_evidence(repository: Path) -> None:
    Path("甲.txt").write_text(NOTICE, "utf-8")
    Path("乙.txt").write_text(NOTICE.replace("受助学生名单", "项目申报书"), "utf-8")
    Path("附件1.csv").write_text("学校,金额\n", "utf-8")
    git("add", ".")
    assert gate() == 0


def test_a_lone_notice_passes(repository: Path) -> None:
    Path("通知.txt").write_text(NOTICE, "utf-8")
    git("add", ".")
    assert gate() == 0


def test_files_named_are_seen_together_too(repository: Path) -> None:
    Path("通知.txt").write_text(NOTICE, "utf-8")
    Path("附件1.csv").write_text("学校,金额\n", "utf-8")
    assert gate("通知.txt") == 0
    assert gate("通知.txt", "附件1.csv") == 10


@pytest.mark.parametrize("command", ["gate", "screen"])
def test_code_hosts_get_paths_from_the_root(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """GitLab: “a relative path, from the root of the repository” (docs, Code Quality report format)."""
    folder = repository / "子 目录"
    folder.mkdir()
    (folder / "公 告.txt").write_text(MARKED, "utf-8")
    monkeypatch.chdir(folder)
    for named in (str(folder / "公 告.txt"), "公 告.txt", "../子 目录/公 告.txt"):
        capsys.readouterr()
        assert run([command, "--format", "codequality", named]) == 11
        told = json.loads(capsys.readouterr().out)
        assert {one["location"]["path"] for one in told} == {"子 目录/公 告.txt"}
