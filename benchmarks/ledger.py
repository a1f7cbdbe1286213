"""A ledger of many entries: how long an append, a verification, a proof, a checkpoint and a record take.

    python benchmarks/ledger.py [ENTRIES] [URL]

Published cases of four acts by three people with unencrypted keys; the figures stand in benchmarks/README.md.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reviewer.signoff import procedure, proof_file
from reviewer.signoff.act import About, Approve, Publish, Review, Submit
from reviewer.signoff.checkpoint import Checkpoint, take, tree_of
from reviewer.signoff.entry import Before, Entry, Head, propose, sign
from reviewer.signoff.keyfile import create_key
from reviewer.signoff.ledger import Ledger, create_ledger
from reviewer.signoff.manifest import FileDigest, Manifest
from reviewer.signoff.merkle import root as root_of
from reviewer.signoff.moment import instant
from reviewer.signoff.proof import all_hold
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.route import facts, route
from reviewer.signoff.screening import FileScreening, Screening
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Channel, Opinion, Role
from reviewer.terms import Decision, Engine

PEOPLE = {"张三": Role.PUBLISHER, "李四": Role.REVIEWER, "王五": Role.LEADER}
BEGAN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def fill(ledger: Ledger, home: Path, entries: int) -> Iterator[None]:
    """One entry each time. As the people would, but without replaying the roster for every act."""
    keys = {name: create_key(home, name, "") for name in ("管理员", *PEOPLE)}
    clock = (BEGAN + timedelta(seconds=number) for number in range(entries + 10))
    pen = procedure.Pen(ledger=ledger, signer=keys["管理员"], clock=lambda: next(clock))
    procedure.found(pen, "青石县政府办公室")
    for name, role in PEOPLE.items():
        procedure.enrol(pen, name, role, keys[name].public_key)
    head = ledger.head()
    assert head is not None
    roster, number = head.hash, 0
    chain = procedure.roster_of(ledger).chain
    while head.seq < entries:
        number += 1
        case = f"2026-{number:04d}"
        file = FileDigest(name="公告.docx", size_bytes=1, sha256=f"{number:064x}", sm3="1" * 64)
        manifest, about = Manifest(files=(file,)), About(title="公告")
        screened = FileScreening(
            name=file.name, sha256=file.sha256, decision=Decision.CLEAR, findings=(), gaps=(), set_aside=()
        )
        screening = Screening(engine=Engine(version="1", rules="", model="", policy=""), files=(screened,))
        way = route(chain, facts(Channel.WEBSITE, about, screening))
        acts = (
            ("张三", Submit(
                version=1, channel=Channel.WEBSITE, about=about, manifest=manifest, screening=screening, route=way
            )),
            ("李四", Review(package=manifest.digest, opinion=Opinion.AGREE, comment="已核")),
            ("王五", Approve(package=manifest.digest, comment="同意")),
            ("张三", Publish(manifest=manifest, channel=Channel.WEBSITE, address="")),
        )  # fmt: skip
        before = "0" * 64
        for name, act in acts:
            links = Before(case=before, roster=roster)
            statement = propose(keys[name], head, instant(next(clock)), case, act, links)
            entry = sign(keys[name], statement, head.hash)
            ledger.append(_kept(entry), [file.sha256] if isinstance(act, Submit) else ())
            head, before = entry.head, entry.hash
            yield


def _kept(entry: Entry) -> Callable[[Head | None], Entry]:
    return lambda _: entry


def timed(name: str, what: Callable[[], object], times: int = 1) -> None:
    """Medians; of the processor what this process and those it started took."""
    took = []
    for _ in range(times):
        began, used = time.perf_counter(), processor()
        what()
        took.append((time.perf_counter() - began, processor() - used))
    clock, busy = (statistics.median(one) * 1000 for one in zip(*took, strict=True))
    print(f"{name:34} {clock:10.1f} ms, of the processor {busy:10.1f}", flush=True)


def main(entries: int, url: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder, create_ledger(url or Path(folder, "台账.db")) as ledger:
        began, measured = time.perf_counter(), min(entries // 2, 500)
        filling = fill(ledger, Path(folder), entries)
        for _ in range(measured):
            next(filling)
        print(f"{measured / (time.perf_counter() - began):.0f} signed appends a second, one writer", flush=True)
        if url is None:  # the rest need not wait for the disk
            ledger.connection.exec_driver_sql("PRAGMA synchronous = OFF")
        for _ in filling:
            pass
        size = Path(folder, "台账.db").stat().st_size if url is None else 0
        print(f"{size / entries:.0f} bytes an entry")
        key = procedure.roster_of(ledger).genesis_key
        half = early(ledger, key, entries // 2)
        timed("verify, -j 1", lambda: check(all_hold(verify_ledger(ledger, jobs=1))))
        timed("verify, -j 2", lambda: check(all_hold(verify_ledger(ledger, jobs=2))))
        trusted = str(early(ledger, key, entries - entries // 100))
        timed("verify, since a checkpoint", lambda: check(all_hold(verify_ledger(ledger, since=trusted))))
        timed("checkpoint, every hash read", lambda: take(ledger, key), 3)
        timed("inclusion proof of one entry", lambda: proof_file.prove(ledger, key, str(entries // 3)), 50)
        timed("consistency proof", lambda: proof_file.prove_consistency(ledger, key, half), 50)
        timed("record of one case", lambda: export_record(ledger, "2026-0007"), 20)
        data = write_record(export_record(ledger, "2026-0007"))
        timed("record verified (without its file)", lambda: verify_record(data, ()), 20)
        print(f"record: {len(data)} bytes")


def processor() -> float:
    """Seconds of a processor that this process and its children took so far."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in told)


def early(ledger: Ledger, key: str, size: int) -> Checkpoint:
    """The ledger as it stood after so many entries."""
    last = ledger.entry(size)
    assert last is not None
    root = root_of(tree_of(ledger), size).hex()
    return Checkpoint(genesis_key=key, size=size, root=root, head=last.hash, time=last.header.time)


def check(held: bool) -> None:
    if not held:
        sys.exit("the ledger does not hold")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2] if len(sys.argv) > 2 else None)
