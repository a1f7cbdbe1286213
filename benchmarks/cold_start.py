"""Cold start of `reviewer gate` on one clean 20 KB text, beside `python -c pass`: fresh processes, taken in turn.

Prints medians and their ratio. With `--enforce` it leaves with 1 when not even the fastest of 15 runs keeps within the
budget: other work on the machine can only make a run slower. `.ci/run` prints and does not enforce.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
BUDGET_S = 0.20
SENTENCES = (
    "全县各乡镇要结合实际，认真组织实施年度重点工作，及时向社会公布进展情况。",
    "会议指出，要坚持以人民为中心，持续改善城乡人居环境，完善公共服务设施。",
    "上半年全县完成固定资产投资同比增长百分之六点二，城镇新增就业稳步提升。",
    "各单位应当按照政府信息公开条例的要求，做好主动公开和依申请公开工作。",
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "工作安排.txt")
        text = ""
        while len(text.encode()) < 20_000:
            text += SENTENCES[len(text) % len(SENTENCES)] + ("\n" if len(text) % 3 == 0 else "")
        draft.write_text(text, "utf-8")
        environment = {**os.environ, "REVIEWER_HOME": str(Path(folder, "home"))}
        # An installed program has its bytecode beside it; without it every start would compile ninety files.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        gate = [sys.executable, "-m", "reviewer", "gate", str(draft)]
        bare = [sys.executable, "-c", "pass"]
        once(gate, environment)  # proves the rules and remembers that it did, as the first run after installing does
        times: dict[str, list[float]] = {"gate": [], "bare": []}
        for _ in range(RUNS):
            times["bare"].append(once(bare, environment))
            times["gate"].append(once(gate, environment))
    bare_s, gate_s = statistics.median(times["bare"]), statistics.median(times["gate"])
    fastest = min(times["gate"])
    print(f"python -c pass        {bare_s * 1000:6.0f} ms")
    print(f"reviewer gate, 20 KB  {gate_s * 1000:6.0f} ms   fastest {fastest * 1000:.0f} ms")
    print(f"ratio {gate_s / bare_s:.1f}, budget {BUDGET_S * 1000:.0f} ms")
    return 1 if fastest > BUDGET_S and "--enforce" in sys.argv else 0


def once(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - began
    if done.returncode != 0:
        sys.exit(f"{command[-2:]} left with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    return took


if __name__ == "__main__":
    sys.exit(main())
