"""The canary: a string planted in documents of every kind turns up in no log, error, cache, store or temporary file."""

from __future__ import annotations

import io
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

CANARY = "金丝雀柒捌玖"
NUMBER = "110101190001010015"
TEXT = f"户主：{CANARY}，身份证号：{NUMBER}，联系电话13900000000。\n"


def docx() -> bytes:
    import docx as word

    made = word.Document()
    made.add_paragraph(TEXT)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "稿件"
    folder.mkdir()
    (folder / "名单.txt").write_text(TEXT, "utf-8")
    (folder / "名单.html").write_text(f"<p>{TEXT}</p>", "utf-8")
    (folder / "坏.docx").write_bytes(docx()[:-200])
    (folder / "名单.docx").write_bytes(docx())
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\n" + TEXT.encode())
    (folder / "乱.txt").write_bytes(TEXT.encode("gb18030") + b"\xff\xff\x00\x81" + TEXT.encode())
    return folder


def run(words: list[str], home: Path, temporary: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "REVIEWER_HOME": str(home), "TMPDIR": str(temporary), "PYTHONDEVMODE": "1"}
    return subprocess.run([sys.executable, "-m", "reviewer", *words], env=environment, capture_output=True, check=False)


@pytest.fixture(scope="module")
def proved_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that no draft has been near, in which the rules are proved already, which takes many seconds."""
    home, folder = tmp_path_factory.mktemp("proved"), tmp_path_factory.mktemp("drafts")
    (folder / "公告.txt").write_text("城区北片今天下午停水。\n", "utf-8")
    assert run(["screen", str(folder)], home, tmp_path_factory.mktemp("tmp")).returncode == 0
    assert any(home.rglob("*"))
    return home


@pytest.mark.parametrize(
    "words",
    [
        ["screen", "--format", "jsonl"],
        ["screen"],
        ["screen", "--format", "html"],
        ["gate"],
    ],
    ids=["jsonl", "table", "html", "gate"],
)
def test_no_document_text_is_left_anywhere(words: list[str], drafts: Path, proved_home: Path, tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    shutil.copytree(proved_home, home)
    temporary.mkdir()
    done = run([words[0], str(drafts), *words[1:]], home, temporary)
    assert done.returncode in (10, 11), done.stderr.decode()
    left = [
        done.stdout,
        done.stderr,
        *(path.read_bytes() for path in (*home.rglob("*"), *temporary.rglob("*")) if path.is_file()),
    ]
    for data in left:
        assert NUMBER.encode() not in data
        assert CANARY.encode() not in data
        assert CANARY.encode("gb18030") not in data


def test_nothing_is_logged(drafts: Path, caplog: pytest.LogCaptureFixture, ruleset: object) -> None:
    from reviewer.screen import screener_for, settings
    from reviewer.screen.one import Task, review_file

    caplog.set_level(logging.DEBUG)
    screener = screener_for(settings(None, None))
    for path in sorted(drafts.iterdir()):
        review_file(screener, Task(path=path, shown_as=path.name))
    assert CANARY not in caplog.text
    assert not [name for name in Path(tempfile.gettempdir()).iterdir() if CANARY in name.name]
