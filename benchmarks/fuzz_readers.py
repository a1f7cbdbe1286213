"""Damages the carriers (tests/carriers) at random, many thousand times, and reads what comes of it.

    nice python benchmarks/fuzz_readers.py --mutants 20000 --seed 1 --log fuzz.jsonl

Readers run as in the program, confined and bounded, but many mutants one after the other in one process; each has a
deadline, and a process that dies is known by the mutant it had begun. Every fiftieth mutant goes through the program's
own door, child and all. Told are: processes that died, exceptions that left a reader, mutants over the deadline or the
memory, and, as information, mutants without any gap whose planted number is not in the text any more. A mutant is made
anew from seed and index: `--show INDEX FILE` writes it out; `--start` goes on where a run ended.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).parents[1]))

from reviewer.extract import DEFAULT_LIMITS, READERS, Limits, Source, extract
from reviewer.extract.confinement import confine
from reviewer.extract.limits import start_clock
from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import sniff
from reviewer.terms import Gap
from reviewer.text.fold import fold
from tests.carriers.all import CARRIERS
from tests.carriers.carrier import Carrier
from tests.carriers.mutants import holds, mutant

BATCH = 250
DEADLINE_S = 20  # of the processor
PATIENCE_S = 200  # by the clock: other work on the machine may come first
EVERY_NTH_THROUGH_THE_DOOR = 50
LIMITS = Limits(wall_s=DEADLINE_S, cpu_s=3600, memory_bytes=DEFAULT_LIMITS.memory_bytes)
SWALLOWED = re.compile(r"读取时出错（(\w+)）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one mutant: `fate` is read, gap, lost, altered, or what went wrong."""

    index: int
    fate: str
    seconds: float = 0.0
    where: str = ""
    carrier: str = ""
    how: str = ""


class OverdueError(BaseException):
    """The alarm; not an Exception, so that no reader takes it for a damaged file."""


def main() -> int:
    options = _options()
    carriers = [carrier for carrier in CARRIERS if options.only in carrier.name]
    if options.show:
        index, path = options.show
        Path(path).write_bytes(mutant(carriers, options.seed, int(index)).data)
        return 0
    table: dict[str, Counter[str]] = {}
    faults: Counter[tuple[str, str]] = Counter()
    began, count = time.monotonic(), 0
    with Path(options.log or os.devnull).open("a", encoding="utf-8") as log:
        for outcome in outcomes(carriers, options, began):
            count += 1
            table.setdefault(outcome.carrier.rpartition(".")[2], Counter())[outcome.fate] += 1
            if outcome.fate not in ("read", "gap", "altered"):
                faults[outcome.fate, outcome.where or outcome.carrier] += 1
                log.write(json.dumps(asdict(outcome) | {"seed": options.seed}, ensure_ascii=False) + "\n")
                log.flush()
    print(summary(table, faults, count, time.monotonic() - began))
    bad = [fate for fate, _ in faults if fate not in ("lost", "slow", "swallowed")]
    return 1 if bad else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--only", default="", help="carriers whose name holds this")
    parser.add_argument("--log", default="")
    parser.add_argument("--show", nargs=2, metavar=("INDEX", "FILE"))
    return parser.parse_args()


# --- the parent's side ------------------------------------------------------------------------------


def outcomes(carriers: list[Carrier], options: argparse.Namespace, began: float) -> Iterator[Outcome]:
    """One for each mutant, batch by batch; a batch whose process dies goes on behind the mutant that killed it."""
    index, end = options.start, options.start + options.mutants
    while index < end and time.monotonic() - began < options.seconds:
        last = index
        for outcome in _batch(carriers, options.seed, index, min(index + BATCH, end)):
            last = outcome.index + 1
            if (
                outcome.fate == "lost"
            ):  # the door looks at every reading once more, and may tell what the reader does not
                yield from _through_the_door(carriers, options.seed, range(outcome.index, last))
            else:
                yield outcome
        index = last
        if index < end and index % BATCH == 0:
            yield from _through_the_door(
                carriers, options.seed, range(index - BATCH, index, EVERY_NTH_THROUGH_THE_DOOR)
            )


def _batch(carriers: list[Carrier], seed: int, start: int, end: int) -> Iterator[Outcome]:
    for member in set(READERS.values()):
        importlib.import_module(member)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _work(writing, carriers, seed, start, end)
    os.close(writing)
    begun = start
    try:
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            for line in _lines(pipe):
                told = json.loads(line)
                begun = told["index"]
                if "fate" in told:
                    begun += 1
                    yield Outcome(**told)
    finally:
        os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if begun < end:
        made = mutant(carriers, seed, begun)
        fate, where = "hang" if status == -signal.SIGKILL else "died", f"status {status}"
        yield Outcome(index=begun, fate=fate, where=where, carrier=made.carrier.name, how=made.how)


def _lines(pipe: IO[bytes]) -> Iterator[bytes]:
    """Lines as they come; an end of patience ends them as the death of the writer does."""
    rest = b""
    while select.select([pipe], [], [], PATIENCE_S)[0]:
        piece = pipe.read(1 << 16)
        if not piece:
            return
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines


def _through_the_door(carriers: list[Carrier], seed: int, indices: range) -> Iterator[Outcome]:
    for index in indices:
        made = mutant(carriers, seed, index)
        began = time.monotonic()
        try:
            document = extract(Source(path=made.carrier.name, name=made.carrier.name, data=made.data))
        except Exception as error:  # noqa: BLE001  # the point of it all
            where = _where(error)
            yield Outcome(index=index, fate="escaped", where=where, carrier=made.carrier.name, how=made.how)
            continue
        took = time.monotonic() - began
        died = next((gap for gap in document.gaps if "中止" in gap.reason or "没有读完" in gap.reason), None)
        fate = "child died" if died else _fate(made.carrier, made.data, document.text, document.gaps)
        yield Outcome(index=index, fate=fate, seconds=round(took, 3), carrier=made.carrier.name, how=made.how)


# --- the child's side -------------------------------------------------------------------------------


def _work(pipe: int, carriers: list[Carrier], seed: int, start: int, end: int) -> None:
    try:
        with os.fdopen(os.dup(pipe), "w", encoding="utf-8") as out:
            mutants = [mutant(carriers, seed, index) for index in range(start, end)]
            confine(LIMITS, (pipe, out.fileno()))
            signal.signal(signal.SIGPROF, _overdue)
            for index, made in zip(range(start, end), mutants, strict=True):
                out.write(json.dumps({"index": index}) + "\n")
                out.flush()
                told = _outcome(index, made.carrier, made.data)
                out.write(json.dumps(asdict(replace(told, carrier=made.carrier.name, how=made.how))) + "\n")
                out.flush()
    except BaseException as error:  # noqa: BLE001  # of this script, not of a reader: nothing may pass in silence
        os.write(pipe, json.dumps({"index": start, "fate": "script", "where": _where(error)}).encode() + b"\n")
    finally:
        os._exit(0)


def _overdue(signum: int, frame: object) -> None:
    raise OverdueError


def _outcome(index: int, carrier: Carrier, data: bytes) -> Outcome:
    start_clock(PATIENCE_S)
    signal.setitimer(signal.ITIMER_PROF, DEADLINE_S)
    began = time.process_time()
    try:
        extracted = _read(data, carrier.name)
    except OverdueError as error:
        return Outcome(index=index, fate="hang", seconds=DEADLINE_S, where=_where(error))
    except MemoryError as error:
        return Outcome(index=index, fate="memory", where=_where(error))
    except Exception as error:  # noqa: BLE001  # the point of it all
        return Outcome(index=index, fate="raised", where=_where(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = round(time.process_time() - began, 3)
    swallowed = next((found for gap in extracted.gaps if (found := SWALLOWED.search(gap.reason))), None)
    if swallowed:
        return Outcome(index=index, fate="swallowed", seconds=took, where=swallowed[1])
    if took > DEADLINE_S / 4:
        return Outcome(index=index, fate="slow", seconds=took)
    return Outcome(index=index, fate=_fate(carrier, data, extracted.text, extracted.gaps), seconds=took)


def _read(data: bytes, name: str) -> Extracted:
    """What `extract` does, without its net under the readers."""
    media_type = sniff(data, name)
    member = READERS.get(media_type)
    if not data or member is None:
        return Extracted(text="", segments=(), gaps=(Gap(place="全文", reason=media_type),))
    return importlib.import_module(member).read(data)


def _fate(carrier: Carrier, data: bytes, text: str, gaps: tuple[Gap, ...]) -> str:
    """`lost`: no gap, and the number is in the bytes but not in the text; `altered`: the damage took it out."""
    if gaps:
        return "gap"
    letters = re.sub(r"[\W_]", "", fold(text).text).upper()
    if carrier.number in letters:
        return "read"
    return "lost" if holds(data, carrier.number) else "altered"


def _where(error: BaseException) -> str:
    """Type of an exception and the innermost place of ours it went through: never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/reviewer/" in frame.filename]
    frame = ours[-1] if ours else frames[-1]
    return f"{type(error).__name__} {frame.filename.rpartition('/reviewer/')[2]}:{frame.lineno}"


# --- what is told -----------------------------------------------------------------------------------


def summary(table: dict[str, Counter[str]], faults: Counter[tuple[str, str]], count: int, took_s: float) -> str:
    fates = sorted({fate for row in table.values() for fate in row})
    lines = [
        f"{count} mutants, {took_s:.0f} s",
        "",
        "| format | " + " | ".join(fates) + " |",
        "|---" * (len(fates) + 1) + "|",
    ]
    for kind, row in sorted(table.items()):
        lines.append(f"| {kind} | " + " | ".join(str(row[fate] or "") for fate in fates) + " |")
    total = sum(table.values(), Counter())
    lines += [f"| all | {' | '.join(str(total[fate]) for fate in fates)} |", ""]
    lines += [f"{number:6} {fate} {where}" for (fate, where), number in faults.most_common(60)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
