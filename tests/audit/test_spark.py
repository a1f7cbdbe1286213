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


@pytest.mark.parametrize("victim", ["pyspark.daemon", "CoarseGrainedExecutorBackend"], ids=["process", "machine"])
def test_the_same_store_as_the_local_engine_although_a_worker_is_killed(
    victim: str, office: Path, audit: Audit
) -> None:
    """A process that reads, or the Java process that is a machine of the cluster, with all that it was doing."""
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
        # Something of the audit is being read as soon as a process that reads has a worker of its own.
        lines = {pid: command_line(pid) for pid in below(process.pid)}
        pids = [pid for pid, line in lines.items() if victim.encode() in line]
        if not killed and pids and any(b"multiprocessing.spawn" in line for line in lines.values()):
            killed = max(pids)
            os.kill(killed, signal.SIGKILL)
        time.sleep(0.05)
    assert process.returncode == 10
    assert killed, "no worker was seen"
    one, other = (audit("report", store, "--format", "jsonl").out for store in ("本机", "集群"))
    assert one == other


def below(pid: int) -> list[int]:
    """Every process that one started, and those that they did."""
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in thread.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *below(child)]
    return found


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
