"""Run by test_faults.py in a process of its own: case after case, each in a child that is killed one write later.

    fault_runner.py LEDGER HOME write|statement STEP

Prints one JSON line: how many children were killed at a write, how many acts had been acknowledged and are there, and
what was wrong. Ends with the first case that came to its end.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, event

from reviewer.signoff import procedure
from reviewer.signoff.act import About, Review
from reviewer.signoff.keyfile import load_key
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.ledger import open_ledger
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.proof import all_hold
from reviewer.signoff.screening import FileScreening, Screening
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Channel, Opinion
from reviewer.terms import Decision
from reviewer.terms import Engine as Judged

WRITES = ("BEGIN", "INSERT", "COMMIT")


def life(where: str, keys: dict[str, OpenKey], draft: Path) -> Iterator[str]:
    """A case from submission to taking down; the case's number after each act that was acknowledged."""
    manifest = read_manifest([draft])
    screened = tuple(
        FileScreening(name=one.name, sha256=one.sha256, decision=Decision.CLEAR, findings=(), gaps=(), set_aside=())
        for one in manifest.files
    )
    screening = Screening(engine=Judged(version="1", rules="", model="", policy=""), files=screened)
    with open_ledger(where) as ledger:
        pens = {
            name: procedure.Pen(ledger=ledger, signer=key, clock=lambda: datetime(2026, 3, 3, 1, 0, tzinfo=UTC))
            for name, key in keys.items()
        }
        number = procedure.submit(pens["张三"], manifest, screening, Channel.WEBSITE, About(title="公告"))
        yield number
        seen = procedure.open_case(ledger, number)
        procedure.review(pens["李四"], seen, Review(package=seen.package, opinion=Opinion.AGREE, comment="已核"))
        yield number
        procedure.approve(pens["王五"], procedure.open_case(ledger, number), "同意")
        yield number
        procedure.publish(pens["张三"], procedure.open_case(ledger, number), [draft])
        yield number
        procedure.take_down(pens["王五"], procedure.open_case(ledger, number), "误发", suspected_leak=False)
        yield number


def arm_writes(number: int, acknowledgements: int) -> None:
    ctypes.CDLL(None).arm(ctypes.c_long(number), ctypes.c_int(acknowledgements))


def arm_statements(number: int, acknowledgements: int) -> None:
    """Dies before the statement of that number, or after it: the odd and the even numbers."""
    seen = {"before": 0, "after": 0}

    def hook(when: str, parity: int) -> None:
        def count(connection: object, cursor: object, statement: str, *_: object) -> None:
            if statement.lstrip().upper().startswith(WRITES):
                if number % 2 == parity and seen[when] == number // 2:
                    os.kill(os.getpid(), signal.SIGKILL)
                seen[when] += 1

        event.listen(Engine, f"{when}_cursor_execute", count)

    hook("before", 0)
    hook("after", 1)


def killed_at(number: int, arm: str, where: str, keys: dict[str, OpenKey], draft: Path) -> tuple[bool, list[str]]:
    """Whether the child was killed, and the acts it had acknowledged before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        {"write": arm_writes, "statement": arm_statements}[arm](number, writing)
        for acknowledged in life(where, keys, draft):
            os.write(writing, f"{acknowledged}\n".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        acknowledged = told.read().split()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"the child of write {number} failed")
    return os.WIFSIGNALED(status), acknowledged


def main(where: str, home: Path, arm: str, step: int) -> None:
    keys = {name: load_key(home, name, str) for name in ("张三", "李四", "王五")}
    draft = home / "公告.txt"
    killed, kept, wrong, number, alive = 0, 0, [], 0, True
    while alive:
        alive, acknowledged = killed_at(number, arm, where, keys, draft)
        killed += alive
        with open_ledger(where) as ledger:
            if acknowledged:
                here = [one for one in ledger.about(acknowledged[0]) if one.header.subject == acknowledged[0]]
                if len(here) not in (len(acknowledged), len(acknowledged) + 1):  # the last may be kept, and unheard of
                    wrong.append(f"write {number}: {len(acknowledged)} acts acknowledged, {len(here)} there")
                kept += len(acknowledged)
            if killed % 10 == 0 or not alive:
                steps = verify_ledger(ledger)
                wrong += [f"write {number}: {one}" for one in steps] if not all_hold(steps) else []
        number += step
    sys.stdout.write(json.dumps({"killed": killed, "kept": kept, "wrong": wrong}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
