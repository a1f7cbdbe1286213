"""Where a passphrase may come from: a file, an open descriptor, the keyring; never an argument's own words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reviewer.cli.signing import passphrase
from reviewer.errors import UsageError


def test_from_an_open_descriptor() -> None:
    reading, writing = os.pipe()
    os.write(writing, "四个 字\n".encode())
    os.close(writing)
    assert passphrase("张三", Path(f"fd:{reading}")) == "四个 字"


def test_a_descriptor_that_is_not_open_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="读不了口令文件"):
        passphrase("张三", Path("fd:987"))


def test_a_file_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("fd:x").write_text("四个字", "utf-8")
    assert passphrase("张三", Path("fd:x")) == "四个字"


def test_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = ModuleType("keyring")
    kept = {("reviewer", "张三"): "四个字"}
    ring.get_password = lambda service, name: kept.get((service, name))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert passphrase("张三", Path("keyring:")) == "四个字"
    with pytest.raises(UsageError, match="李四"):
        passphrase("李四", Path("keyring:"))


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError, match=r"reviewer\[keyring\]"):
        passphrase("张三", Path("keyring:"))
