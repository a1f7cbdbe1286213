"""Many writers at one ledger, and writers that are killed: no fork, no number twice, nothing acknowledged lost."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

from reviewer.signoff import procedure
from reviewer.signoff.proof import all_hold
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Role

from .office import Office

# A process of its own: no fork of open connections, and the same on every platform.
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reviewer.signoff import procedure
from reviewer.signoff.act import About
from reviewer.signoff.keyfile import load_key
from reviewer.signoff.ledger import open_ledger
from reviewer.signoff.manifest import FileDigest, Manifest
from reviewer.signoff.screening import FileScreening, Screening
from reviewer.signoff.vocabulary import Channel
from reviewer.terms import Decision, Engine
from threading import Thread

where, home, count, names = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
file = FileDigest(name="a", size_bytes=1, sha256="0" * 64, sm3="1" * 64)
screened = FileScreening(name="a", sha256="0" * 64, decision=Decision.CLEAR, findings=(), gaps=(), set_aside=())
screening = Screening(engine=Engine(version="1", rules="", model="", policy=""), files=(screened,))
clock = lambda: datetime(2026, 3, 3, 1, 0, tzinfo=UTC)

def write(name):
    signer = load_key(home, name, str)
    with open_ledger(where) as ledger:
        pen = procedure.Pen(ledger=ledger, signer=signer, clock=clock)
        for _ in range(count):
            about = About(title="公告")
            print(procedure.submit(pen, Manifest(files=(file,)), screening, Channel.WEBSITE, about), flush=True)

writers = [Thread(target=write, args=(name,)) for name in names]
for one in writers: one.start()
for one in writers: one.join()
"""


def written(office: Office, where: str, processes: int, threads: int, count: int) -> list[str]:
    """The case numbers acknowledged to that many writers at once, each with a connection and a key of its own."""
    names = [f"写{number}" for number in range(processes * threads)]
    for name in names:
        procedure.enrol(office.pen("管理员"), name, Role.PUBLISHER, office.newcomer(name).public_key)
    command = [sys.executable, "-X", "utf8", "-c", WRITER, where, str(office.folder), str(count)]
    started = [
        subprocess.Popen([*command, *names[at::processes]], stdout=subprocess.PIPE, text=True, encoding="utf-8")
        for at in range(processes)
    ]
    return [number for one in started for number in one.communicate(timeout=120)[0].split()]


def test_thirty_two_writers_at_once_on_a_server(server_office: Office, database: str) -> None:
    """Two processes of sixteen threads: 32 connections wait for one lock. No fork, no loss, no number twice."""
    numbers = written(server_office, database, processes=2, threads=16, count=2)
    assert sorted(numbers) == [f"2026-{number:04d}" for number in range(1, 65)]
    steps = verify_ledger(server_office.ledger)
    assert all_hold(steps), steps


def test_eight_writers_at_once_on_a_file(office: Office) -> None:
    numbers = written(office, str(office.folder / "台账.db"), processes=4, threads=2, count=4)
    assert sorted(numbers) == [f"2026-{number:04d}" for number in range(1, 33)]
    steps = verify_ledger(office.ledger)
    assert all_hold(steps), steps


def killed(office: Office, where: str) -> list[str]:
    """The case numbers acknowledged to a writer that was killed in the middle of its work."""
    procedure.enrol(office.pen("管理员"), "甲", Role.PUBLISHER, office.newcomer("甲").public_key)
    command = [sys.executable, "-X", "utf8", "-c", WRITER, where, str(office.folder), "10000", "甲"]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert victim.stdout is not None
    acknowledged = [victim.stdout.readline().strip() for _ in range(10)]
    victim.kill()
    acknowledged += [line for line in victim.stdout.read().split("\n") if len(line) == len("2026-0001")]
    victim.stdout.close()
    victim.wait()
    return acknowledged


def check_nothing_lost(office: Office, acknowledged: list[str]) -> None:
    office.now = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    office.submit()  # the lock of a dead writer is free
    kept = {entry.header.subject for entry in office.ledger.entries() if entry.header.kind == "submit"}
    assert set(acknowledged) <= kept
    steps = verify_ledger(office.ledger)
    assert all_hold(steps), steps


def test_a_killed_writer_loses_nothing_it_acknowledged(office: Office) -> None:
    check_nothing_lost(office, killed(office, str(office.folder / "台账.db")))


def test_a_writer_killed_on_a_server_loses_nothing_it_acknowledged(server_office: Office, database: str) -> None:
    check_nothing_lost(server_office, killed(server_office, database))
