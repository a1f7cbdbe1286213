"""kill -9 at the writes of a case's life: the ledger verifies afterwards, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .office import Office

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are made by fork")


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that counts writes and kills."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler, or not Linux: writes cannot be counted")
    library = tmp_path_factory.mktemp("shim") / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, HERE / "faults.c", "-ldl"], check=True)
    return library


def run(office: Office, where: str, arm: str, step: int, preload: Path | None = None) -> dict[str, object]:
    for name in ("张三", "李四", "王五"):
        path = office.folder / "keys" / f"{name}.json"
        assert path.is_file()
    (office.folder / "公告.txt").write_text("公告", "utf-8")
    environment = {**os.environ, "PYTHONUTF8": "1"} | ({"LD_PRELOAD": str(preload)} if preload else {})
    command = [sys.executable, str(HERE / "fault_runner.py"), where, str(office.folder), arm, str(step)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def check(told: dict[str, object], at_least: int) -> None:
    assert told["wrong"] == []
    assert isinstance(told["killed"], int)
    assert isinstance(told["kept"], int)
    assert told["killed"] >= at_least
    assert told["kept"] >= 5


@pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.thorough)])
def test_killed_at_the_writes_of_a_file(own_keys: Office, shim: Path, step: int) -> None:
    check(run(own_keys, str(own_keys.folder / "台账.db"), "write", step, shim), at_least=60 // step)


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.thorough)])
def test_killed_between_the_statements_on_a_server(own_keys_on_server: Office, database: str, step: int) -> None:
    check(run(own_keys_on_server, database, "statement", step), at_least=30 // step)
