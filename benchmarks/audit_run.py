"""An audit of a synthetic archive, measured: exact counts, documents and megabytes a second, memory, kills.

    python benchmarks/audit_run.py FOLDER --documents 100000 --jobs 1 2          # throughput, memory over time, counts
    python benchmarks/audit_run.py FOLDER --documents 2000 --jobs 2 --kills 50   # kill -9 of parent or worker, 50 times

FOLDER is made and may be deleted afterwards. With --kills the store in the end is compared with an uninterrupted one,
document by document.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from audit_archive import Planted, build

DAY = "2026-11-24"


def started(store: Path, archive: Path, jobs: int) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "reviewer", "audit", "run", str(store), str(archive)]
    return subprocess.Popen(
        [*words, "--jobs", str(jobs), "--today", DAY],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def reported(store: Path, form: str) -> str:
    words = [sys.executable, "-m", "reviewer", "audit", "report", str(store), "--format", form]
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def resident_mb(pid: int) -> float:
    """Of a process and all below it; what they share counts in each."""
    total = 0.0
    for one in (pid, *children(pid)):
        try:
            told = Path(f"/proc/{one}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS")) / 1024
        if one != pid:
            total += sum(resident_mb(child) for child in children(one))
    return total


def processor_s() -> float:
    """User and system time of the processes that were waited for, and of theirs: on a shared machine the clock lies."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def measured(store: Path, archive: Path, jobs: int, planted: Planted) -> dict[str, object]:
    shutil.rmtree(store, ignore_errors=True)
    began, used, seen = time.monotonic(), processor_s(), list[float]()
    process = started(store, archive, jobs)
    while process.poll() is None:
        seen.append(resident_mb(process.pid))
        time.sleep(0.25)
    took, used = time.monotonic() - began, processor_s() - used
    told = json.loads(reported(store, "json"))
    quarter = max(1, len(seen) // 4)
    return {
        "documents": planted.documents,
        "jobs": jobs,
        "seconds": round(took, 1),
        "documents_per_s": round(planted.documents / took, 1),
        "processor_s": round(used, 1),
        "documents_per_processor_s": round(planted.documents / used, 1),
        "mb_per_s": round(planted.bytes / took / 1e6, 3),
        "mb_resident_peak": round(max(seen, default=0)),
        "mb_resident_second_quarter": round(max(seen[quarter : 2 * quarter], default=0)),
        "mb_resident_last_quarter": round(max(seen[-quarter:], default=0)),
        "counts_exact": is_exact(told, planted),
        "store_bytes_per_document": round((store / "results.sqlite").stat().st_size / planted.documents),
    }


def is_exact(told: dict[str, object], planted: Planted) -> bool:
    rules = {row["rule"]: row for row in told["by_rule"]}  # type: ignore[attr-defined]
    return (
        told["documents"] == planted.documents
        and told["by_verdict"] == planted.told()["by_verdict"]
        and rules["personal-privacy/resident-id"]["findings"] == planted.matters["resident_id"]
        and rules["state-secret/mark"]["documents"] == planted.matters["mark"]  # a web page says its title twice
        and told["complete"] is True
        and told["unreadable"] == 0
    )


def killed(store: Path, archive: Path, jobs: int, kills: int, seed: int) -> dict[str, object]:
    """End the parent, or a worker, at random moments, and go on each time; then compare."""
    whole = store.with_name(store.name + "-whole")
    for one in (store, whole):
        shutil.rmtree(one, ignore_errors=True)
    began = time.monotonic()
    if started(whole, archive, jobs).wait() not in (0, 10, 11):
        raise SystemExit("the uninterrupted run failed")
    took, chance = time.monotonic() - began, random.Random(seed)
    parents = workers = runs = 0
    while parents + workers < kills:
        process, runs = started(store, archive, jobs), runs + 1
        time.sleep(chance.uniform(0.2, max(1.0, took * 3 / kills + 2.0)))
        below = children(process.pid)
        if process.poll() is not None:
            shutil.rmtree(store)  # done before it was killed: begin anew
            continue
        if chance.random() < 0.5 and below:
            workers += _end(chance.choice(below))
            time.sleep(0.2)
        else:
            parents += 1
        process.kill()
        process.wait()
        _wait_for_group(process.pid)
    code = started(store, archive, jobs).wait()
    same = reported(store, "jsonl") == reported(whole, "jsonl")
    return {"kills_of_parent": parents, "kills_of_workers": workers, "runs": runs, "exit_code": code, "same": same}


def _end(pid: int) -> int:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def _wait_for_group(group: int) -> None:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--documents", type=int, nargs="+", default=[1000])
    words.add_argument("--jobs", type=int, nargs="+", default=[1])
    words.add_argument("--kills", type=int, default=0)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for documents in asked.documents:
        archive = asked.folder / f"archive-{documents}-{asked.seed}"
        shutil.rmtree(archive, ignore_errors=True)
        planted = build(archive, documents, asked.seed)
        for jobs in asked.jobs:
            store = asked.folder / f"store-{documents}-{jobs}"
            if asked.kills:
                print(json.dumps(killed(store, archive, jobs, asked.kills, asked.seed)), flush=True)
            else:
                print(json.dumps(measured(store, archive, jobs, planted)), flush=True)


if __name__ == "__main__":
    main()
