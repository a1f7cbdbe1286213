"""The hooks as git and pre-commit run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repository import CLEAN, MARKED, commit, git, write

ROOT = Path(__file__).resolve().parents[2]


def committing() -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", "commit", "-qm", "next"], capture_output=True, encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`reviewer` by name and `-m reviewer` by this interpreter, wherever git runs its hook."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "reviewer"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reviewer "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("program")
def test_the_hook_of_plain_git(repository: Path) -> None:
    from reviewer.__main__ import run

    assert run(["gate", "--install"]) == 0
    write("公告.txt", CLEAN)
    git("add", ".")
    assert committing().returncode == 0
    write("公告 二.txt", MARKED)
    git("add", ".")
    done = committing()
    assert done.returncode != 0
    assert "公告 二.txt" in done.stdout + done.stderr
    assert run(["gate", "--install"]) == 0  # again: ours is replaced


def test_another_programs_hook_is_left_alone(repository: Path) -> None:
    from reviewer.__main__ import run

    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    assert run(["gate", "--install"]) == 2
    assert hook.read_text("utf-8") == "#!/bin/sh\nexit 0\n"


PRE_COMMIT = shutil.which("pre-commit")


@pytest.fixture
def hooked(repository: Path, tmp_path: Path, program: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with our hook by the real pre-commit; the program is the one under test, not one it installs."""
    if PRE_COMMIT is None:
        pytest.skip("pre-commit is not installed")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").replace("language: python", "language: system")
    source = tmp_path / "hooks"
    source.mkdir()
    (source / ".pre-commit-hooks.yaml").write_text(hooks, "utf-8")
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=o", "-c", "user.email=o@x.org", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", "-C", str(source), *words], check=True)
    head = subprocess.check_output(["git", "-C", str(source), "rev-parse", "HEAD"], encoding="utf-8").strip()
    config = f"repos:\n- repo: {source}\n  rev: {head}\n  hooks:\n  - id: reviewer-gate\n"
    commit(".pre-commit-config.yaml", config)
    subprocess.run([PRE_COMMIT, "install"], check=True, capture_output=True)
    return source


def test_by_pre_commit(hooked: Path, repository: Path, tmp_path: Path) -> None:
    write("停水 通知.txt", CLEAN)
    git("add", ".")
    assert committing().returncode == 0, "a clean file with a blank and Chinese in its name"

    write("停水 通知.txt", MARKED)
    assert committing().returncode != 0, "nothing staged: git itself says so"
    write("乙.txt", CLEAN)
    git("add", "乙.txt")
    done = committing()
    assert done.returncode == 0, "what is not staged is not judged"
    assert Path("停水 通知.txt").read_text("utf-8") == MARKED, "and stays as it was"

    git("add", "停水 通知.txt")
    write("停水 通知.txt", CLEAN)
    assert committing().returncode != 0, "partially staged: the staged bytes count"
    git("add", "停水 通知.txt")

    git("mv", "旧.txt", "（机密）新.txt")
    assert committing().returncode != 0, "renamed"
    git("mv", "（机密）新.txt", "旧.txt")

    Path("数据.bin").write_bytes(bytes(range(256)) * 64)
    git("add", "数据.bin")
    done = committing()
    assert done.returncode != 0, "binary: unread is not clear"
    assert "数据.bin" in done.stdout + done.stderr
    git("rm", "-qf", "数据.bin")

    inner = tmp_path / "inner"
    shutil.copytree(hooked, inner)
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "子模块")
    done = committing()
    assert done.returncode != 0, "a submodule is named"
    assert "子模块" in done.stdout + done.stderr


def test_try_repo(hooked: Path, repository: Path) -> None:
    assert PRE_COMMIT is not None
    write("公告.txt", MARKED)
    git("add", ".")
    words = [PRE_COMMIT, "try-repo", str(hooked), "reviewer-gate", "--files", "公告.txt"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "exit code: 11" in done.stdout
