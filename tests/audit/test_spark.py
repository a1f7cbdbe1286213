"""The Spark engine on a real cluster of two workers: what the local engine stores, a worker killed on the way.

Half a minute and more: only where REVIEWER_TEST_SPARK is set, and with pyspark and Java.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import WORD, Audit, write

pytestmark = [
    pytest.mark.skipif("REVIEWER_TEST_SPARK" not in os.environ, reason="REVIEWER_TEST_SPARK is not set"),
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java"),
    pytest.mark.timeout(900),
]


def test_the_same_store_as_the_local_engine_although_a_worker_is_killed(office: Path, audit: Audit) -> None:
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    write(
        office / "源", {f"{at:03}.txt": f"第{at}期：{WORD if at % 7 == 0 else '工作'}进展顺利。\n" for at in range(60)}
    )
    assert audit("run", "本机", "源", "--jobs", "1").code == 10
    words = [sys.executable, "-m", "reviewer", "audit", "run", "集群", "源", "--engine", "spark"]
    process = subprocess.Popen(
        words,
        env={**os.environ, "REVIEWER_SPARK_MASTER": "local-cluster[2,1,1024]"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    killed = 0
    while process.poll() is None:
        if not killed and (pids := pools()):
            os.kill(pids[0], signal.SIGKILL)
            killed = pids[0]
        time.sleep(0.1)
    assert process.returncode == 10
    assert killed, "no worker was seen"
    one, other = (audit("report", store, "--format", "jsonl").out for store in ("本机", "集群"))
    assert one == other


def pools() -> list[int]:
    """Python workers of Spark's executors."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if b"pyspark.daemon" in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
    return sorted(found, reverse=True)
