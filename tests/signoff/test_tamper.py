"""Everything that can be done by hand to a stored ledger and to an exported record: it is found out, and named.

By default a sample of the bytes is flipped; `pytest -m thorough` flips every one.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewer.errors import ReviewerError
from reviewer.signoff import procedure
from reviewer.signoff.canonical import canonical, digest
from reviewer.signoff.checkpoint import leaf
from reviewer.signoff.entry import BEFORE_GENESIS, Header
from reviewer.signoff.ledger import create_ledger, open_ledger
from reviewer.signoff.merkle import Grown
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.storage.schema import GUARDS
from reviewer.signoff.verification import verify_ledger

from .by_hand import exported, spelled
from .office import PEOPLE, UNIT, Office, raw

TABLES = ("entry", "covers", "node", "alembic_version")
THOROUGH = pytest.param(0, marks=[pytest.mark.thorough, pytest.mark.timeout(3_000)], id="every byte")


@dataclass(frozen=True)
class Copy:
    """A finished ledger's file, to be changed and looked at again and again."""

    path: Path
    sound: bytes

    def faults(self, data: bytes) -> set[str]:
        """What a verification names in this file instead; empty where it holds."""
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        self.path.write_bytes(data)
        return named(self.path)

    def content(self) -> dict[str, list[str]]:
        """Every value of every table: what a reader could be told."""
        connection = sqlite3.connect(self.path)
        try:
            return {table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in TABLES}
        finally:
            connection.close()


def named(path: Path) -> set[str]:
    try:
        with open_ledger(path) as ledger:
            steps = verify_ledger(ledger)
    except ReviewerError as error:
        return {type(error).__name__}
    return {step.name for step in steps if step.standing in (Standing.BROKEN, Standing.NOT_PROVEN)}


@pytest.fixture
def copy(office: Office, tmp_path: Path) -> Copy:
    """The ledger of a published case, in one file without a log beside it."""
    office.published()
    path = tmp_path / "抄.db"
    target = sqlite3.connect(path)
    raw(office.ledger).backup(target)
    target.execute("PRAGMA journal_mode = DELETE")
    target.execute("VACUUM")
    target.execute("PRAGMA journal_mode = WAL")
    target.close()
    return Copy(path, path.read_bytes())


def sample(size: int, count: int) -> list[int]:
    """Places to change: `count` at random, the same ones every time, or with 0 all."""
    return sorted(random.Random(20260302).sample(range(size), count)) if count else list(range(size))


@pytest.mark.parametrize("count", [120, THOROUGH])
def test_a_flipped_byte_of_the_file_is_named_or_changes_nothing(copy: Copy, signatures_once: None, count: int) -> None:
    """What stays unnamed is in no row: unused space of a page, a counter of SQLite's own, a constraint's name."""
    assert copy.faults(copy.sound) == set()
    content = copy.content()
    for at in {*range(0, 100, 3), *sample(len(copy.sound), count)}:
        told = copy.faults(copy.sound[:at] + bytes([copy.sound[at] ^ 0x15]) + copy.sound[at + 1 :])
        assert told or copy.content() == content, at


@pytest.mark.parametrize("places", [1, pytest.param(7, marks=pytest.mark.thorough)])
def test_a_flipped_character_of_any_value_is_named(copy: Copy, signatures_once: None, places: int) -> None:
    """Every column of every row of every table; the guards lifted meanwhile."""
    connection = sqlite3.connect(copy.path, isolation_level=None)
    for name in GUARDS:
        connection.execute(f"DROP TRIGGER {name}")
    before, count = named(copy.path), 0
    assert before == {"防改装置"}
    for table in TABLES:
        columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
        for row in connection.execute(f"SELECT * FROM {table}").fetchall():
            where = " AND ".join(f"{column} = ?" for column in columns)
            for at, column in enumerate(columns):
                for other in changed(row[at], places):
                    now = (*row[:at], other, *row[at + 1 :])
                    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (other, *row))
                    assert named(copy.path) > before, (table, row, column)
                    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (row[at], *now))
                    count += 1
    connection.close()
    assert count > 120


def changed(value: object, places: int) -> Iterator[object]:
    """The value with one bit of a character flipped, at so many places spread over it."""
    if isinstance(value, int):
        yield value + 4096  # beyond every other row's number
    else:
        text = str(value)
        for at in {(2 * one + 1) * len(text) // (2 * places) for one in range(places)}:
            yield text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


Row = dict[str, Any]


def rehashed(rows: list[Row]) -> list[Row]:
    """Numbers, links and hashes made to fit again: all that somebody without the keys can do."""
    prev, fitting = BEFORE_GENESIS, []
    for seq, row in enumerate(rows, start=1):
        body = digest(row["envelope"].encode())
        header = Header(seq=seq, time=row["time"], kind=row["kind"], subject=row["subject"], body=body, prev=prev)
        fitting.append(row | {"seq": seq, "body": body, "prev": prev, "hash": header.hash})
        prev = header.hash
    return fitting


def rewritten(copy: Copy, rows: list[Row]) -> set[str]:
    """What is named in a ledger of these rows, with guards, tree and index all as they should be for them."""
    connection = sqlite3.connect(copy.path, isolation_level=None)
    for name in GUARDS:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DELETE FROM entry")
    connection.execute("DELETE FROM node")
    for row in rows:
        connection.execute(
            f"INSERT INTO entry ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
        )
    grown = Grown(leaf(row["hash"]) for row in rows)
    connection.executemany("INSERT INTO node VALUES (?, ?, ?)", [(a, b, c.hex()) for a, b, c in grown.inner()])
    for sql in GUARDS.values():
        connection.execute(sql)
    connection.close()
    return named(copy.path)


def rows_of(copy: Copy) -> list[Row]:
    connection = sqlite3.connect(copy.path)
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute("SELECT * FROM entry ORDER BY seq")]
    connection.close()
    return rows


def test_the_same_rows_written_again_hold(copy: Copy) -> None:
    assert rewritten(copy, rehashed(rows_of(copy))) == set()


@pytest.mark.parametrize("fitting", [False, True], ids=["as they are", "hashes made to fit"])
@pytest.mark.parametrize("change", ["dropped", "said twice", "exchanged with the next"])
def test_entries_dropped_doubled_and_reordered(copy: Copy, signatures_once: None, change: str, fitting: bool) -> None:
    sound = rows_of(copy)
    for at in range(len(sound) - 1):
        rows = list(sound)
        if change == "dropped":
            del rows[at]
        elif change == "said twice":
            rows.insert(at, rows[at])
        else:
            rows[at], rows[at + 1] = rows[at + 1], rows[at]
        rows = rehashed(rows) if fitting else [row | {"seq": seq} for seq, row in enumerate(rows, start=1)]
        if change == "said twice" and not fitting:  # the database refuses the same hash twice
            rows[at + 1] |= {"prev": "0" * 63 + "1", "hash": "0" * 63 + "2"}
        assert rewritten(copy, rows) & ({"内容与签名一致"} if fitting else {"哈希链"}), at


def test_a_cut_end_is_named_against_a_checkpoint(office: Office, copy: Copy) -> None:
    known = str(procedure.checkpoint(office.pen("王五")))
    rewritten(copy, rows_of(copy)[:11])
    with open_ledger(copy.path) as ledger:
        told = [step for step in verify_ledger(ledger, against=known) if step.standing is Standing.BROKEN]
    assert [(step.name, step.detail) for step in told] == [("对照检查点", "应有 12 条，只有 11 条：末尾被截去")]


def test_entries_replayed_into_another_ledger(office: Office, copy: Copy, tmp_path: Path) -> None:
    """The same people with the same keys: a whole case of one ledger put at the end of the other."""
    with create_ledger(tmp_path / "他.db") as other:
        second = Office(folder=tmp_path, ledger=other, keys=office.keys, now=office.now, files=office.files)
        procedure.found(second.pen("管理员"), UNIT)
        for name, role in PEOPLE.items():
            procedure.enrol(second.pen("管理员"), name, role, office.keys[name].public_key)
        target = sqlite3.connect(copy.path.with_name("二.db"))
        raw(other).backup(target)
        target.close()
    victim = Copy(copy.path.with_name("二.db"), b"")
    case = [row for row in rows_of(copy) if row["subject"].startswith("2026-")]
    assert "内容与签名一致" in rewritten(victim, rehashed([*rows_of(victim), *case]))


@pytest.mark.parametrize("what", ["sig", "keyid", "both", "payload"])
def test_signatures_exchanged_between_roles(copy: Copy, what: str) -> None:
    """The reviewer's for the leader's, and the other way round."""
    rows = rows_of(copy)
    review, approve = (json.loads(rows[at]["envelope"]) for at in (9, 10))
    one, other = review["signatures"][0], approve["signatures"][0]
    for name in {"both": ("sig", "keyid")}.get(what, (what,)):
        if name == "payload":
            review["payload"], approve["payload"] = approve["payload"], review["payload"]
        else:
            one[name], other[name] = other[name], one[name]
    for at, envelope in ((9, review), (10, approve)):
        rows[at] |= {"envelope": canonical(envelope).decode()}
    told = rewritten(copy, rehashed(rows))
    assert told & ({"内容与签名一致"} if what == "payload" else {"签名", "内容与签名一致"})


@pytest.mark.parametrize("count", [200, THOROUGH])
def test_a_flipped_byte_of_a_record_is_named(office: Office, count: int) -> None:
    data = exported(office, office.published())
    for at in sample(len(data), count):
        steps = verify_record(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :], office.files)
        assert not all_hold(steps), at


def swapped(acts: list[Any]) -> None:
    one, other = (act["envelope"]["signatures"] for act in acts[9:11])
    acts[9]["envelope"]["signatures"], acts[10]["envelope"]["signatures"] = other, one


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda acts: acts.pop(9), id="dropped"),
        pytest.param(lambda acts: acts.insert(9, acts[9]), id="said twice"),
        pytest.param(lambda acts: acts.insert(9, acts.pop(10)), id="reordered"),
        pytest.param(lambda acts: acts.clear(), id="emptied"),
        pytest.param(lambda acts: acts.pop(), id="cut"),
        pytest.param(swapped, id="signatures swapped between roles"),
        pytest.param(lambda acts: acts[9].update(path=acts[10]["path"]), id="another path"),
        pytest.param(lambda acts: acts[9]["path"].pop(), id="a shorter path"),
    ],
)
def test_acts_of_a_record_changed(office: Office, change: Callable[[list[Any]], object]) -> None:
    record = json.loads(exported(office, office.published()))
    change(record["predicate"]["acts"])
    steps = verify_record(spelled(record), office.files)
    assert {step.name for step in steps if step.standing is Standing.BROKEN} - {"格式"}


def test_an_act_of_another_ledger_in_a_record(office: Office, tmp_path: Path) -> None:
    record = json.loads(exported(office, office.published()))
    with create_ledger(tmp_path / "他.db") as other:
        second = Office(folder=tmp_path, ledger=other, keys=office.keys, now=office.now, files=office.files)
        procedure.found(second.pen("管理员"), UNIT)
        for name, role in PEOPLE.items():
            procedure.enrol(second.pen("管理员"), name, role, office.keys[name].public_key)
        foreign = json.loads(exported(second, second.published()))
    record["predicate"]["acts"][9] = foreign["predicate"]["acts"][9]
    told = {step.name for step in verify_record(spelled(record), office.files) if step.standing is Standing.BROKEN}
    assert {"在台账中", "角色与流程"} <= told
