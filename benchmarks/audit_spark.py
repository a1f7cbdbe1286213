"""An audit by the Spark engine beside the local one: the same archive, documents a second, and what starting costs.

    python benchmarks/audit_spark.py FOLDER --documents 2000 --few 200

Local with two workers, then a real cluster on this machine: a master and two workers, each a Java process of its own
with one core (`local-cluster[2,1,2048]`). Each engine audits an archive of --few and one of --documents: what the
second takes more is steady work, the rest is start-up. Java and the extra `spark` are needed; FOLDER may be deleted
afterwards. Processor time is that of every process that the run started, orphans included (Linux).
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from audit_archive import build
from audit_run import DAY, processor_s, reported

CLUSTER = "local-cluster[2,1,2048]"
ENGINES = {"local": ["--jobs", "2"], "spark": ["--engine", "spark"]}
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one run: seconds of the clock, and of the processor in user and system mode."""

    clock_s: float
    processor_s: float


def adopt_orphans() -> None:
    """Executors outlive the Java process that started them: waited for here, their time counts."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("this needs Linux")


def audited(store: Path, archive: Path, engine: str) -> Cost:
    shutil.rmtree(store, ignore_errors=True)
    words = [sys.executable, "-m", "reviewer", "audit", "run", str(store), str(archive), "--today", DAY]
    began, used, unwaited = time.monotonic(), processor_s(), dict[int, float]()
    process = subprocess.Popen(
        [*words, *ENGINES[engine]],
        env={**os.environ, "REVIEWER_SPARK_MASTER": CLUSTER},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        unwaited.update(_unwaited())
        time.sleep(0.1)
    took = time.monotonic() - began
    if process.returncode not in (0, 10, 11):
        raise SystemExit(f"{engine}: the run failed")
    for pid in _orphans():
        unwaited.pop(pid, None)
    return Cost(clock_s=took, processor_s=processor_s() - used + sum(unwaited.values()))


def _orphans() -> Iterator[int]:
    """Every process that came to this one, once it has ended."""
    while True:
        try:
            yield os.wait()[0]
        except ChildProcessError:
            return


def _unwaited() -> Iterator[tuple[int, float]]:
    """Processor time, that of their children with it, of the processes for whose end Spark's Python daemon does not
    wait: it ignores SIGCHLD, and nobody is told what they used. They are idle for a while before they end.
    """
    ticks = os.sysconf("SC_CLK_TCK")
    daemons = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _is_daemon(path)}
    for pid in daemons:
        try:
            facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(facts[1]) in daemons:
            yield pid, sum(map(int, facts[11:15])) / ticks


def _is_daemon(process: Path) -> bool:
    try:
        return b"pyspark.daemon" in (process / "cmdline").read_bytes()
    except OSError:
        return False


def told(engine: str, few: int, many: int, small: Cost, large: Cost) -> dict[str, object]:
    """Documents a second of the whole run and of steady work; seconds that starting costs."""
    row: dict[str, object] = {"engine": engine, "documents": many}
    for what in ("clock_s", "processor_s"):
        whole, start = getattr(large, what), getattr(small, what)
        each = (whole - start) / (many - few)
        row[what] = round(whole, 1)
        row[f"documents_per_{what}"] = round(many / whole, 1)
        row[f"steady_documents_per_{what}"] = round(1 / each, 1)
        row[f"start_{what}"] = round(start - few * each, 1)
    return row


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--documents", type=int, default=2000)
    words.add_argument("--few", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    adopt_orphans()
    sizes = (asked.few, asked.documents)
    archives = [asked.folder / f"archive-{size}-{asked.seed}" for size in sizes]
    for archive, size in zip(archives, sizes, strict=True):
        shutil.rmtree(archive, ignore_errors=True)
        build(archive, size, asked.seed)
    rows = []
    for engine in ENGINES:
        small, large = (
            audited(asked.folder / f"store-{engine}-{size}", archive, engine)
            for size, archive in zip(sizes, archives, strict=True)
        )
        rows.append(told(engine, *sizes, small, large))
        print(json.dumps(rows[-1]), flush=True)
    ours, theirs = (reported(asked.folder / f"store-{engine}-{asked.documents}", "jsonl") for engine in ENGINES)
    ratios = {
        name: round(rows[1][name] / rows[0][name], 2)  # type: ignore[operator]
        for name in rows[0]
        if name.startswith(("documents_per", "steady"))
    }
    print(json.dumps({"spark_to_local": ratios, "same_results": ours == theirs, "load": os.getloadavg()[0]}))


if __name__ == "__main__":
    main()
