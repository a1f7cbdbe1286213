"""The fixtures of the chain's tests: an office at a ledger in a file or on a server. README.md says what is where."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from reviewer.signoff import envelope, procedure
from reviewer.signoff.keyfile import create_key
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.ledger import create_ledger, open_ledger

from .office import PEOPLE, UNIT, Office, drafts, with_own_keys
from .postgres import needs_postgres, server


@pytest.fixture(scope="session")
def session_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, OpenKey]:
    home = tmp_path_factory.mktemp("home")
    return {name: create_key(home, name, "") for name in ("管理员", *PEOPLE)}


@pytest.fixture
def signatures_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each signature is checked once: between one try and the next a single value is another."""
    monkeypatch.setattr(envelope, "holds", cache(envelope.holds))


@dataclass(frozen=True)
class Ready:
    """A ledger's file to begin with, and what the clock showed when it was written."""

    path: Path
    now: datetime


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, session_keys: dict[str, OpenKey]) -> Ready:
    """The genesis entry, written once: every test begins with a copy of its own."""
    path = tmp_path_factory.mktemp("bare") / "台账.db"
    with create_ledger(path) as ledger:
        office = Office(folder=path.parent, ledger=ledger, keys=session_keys)
        procedure.found(office.pen("管理员"), UNIT)
    return Ready(path, office.now)


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory, bare: Ready, session_keys: dict[str, OpenKey]) -> Ready:
    """The same with everybody enrolled."""
    path = tmp_path_factory.mktemp("staffed") / "台账.db"
    shutil.copy(bare.path, path)
    with open_ledger(path) as ledger:
        office = Office(folder=path.parent, ledger=ledger, keys=session_keys, now=bare.now)
        office.enrol_everybody()
    return Ready(path, office.now)


@contextmanager
def begun(ready: Ready, folder: Path, keys: dict[str, OpenKey]) -> Iterator[Office]:
    """An office of its own for one test, in that folder."""
    shutil.copy(ready.path, folder / "台账.db")
    with open_ledger(folder / "台账.db") as ledger:
        ledger.connection.exec_driver_sql("PRAGMA synchronous = OFF")  # what is killed has a connection of its own
        yield Office(folder=folder, ledger=ledger, keys=dict(keys), now=ready.now, files=drafts(folder))


@pytest.fixture
def bare_office(tmp_path: Path, session_keys: dict[str, OpenKey], bare: Ready) -> Iterator[Office]:
    """A ledger with its genesis entry and nobody enrolled but the administrator."""
    with begun(bare, tmp_path, session_keys) as office:
        yield office


@pytest.fixture
def office(tmp_path: Path, session_keys: dict[str, OpenKey], staffed: Ready) -> Iterator[Office]:
    """The same with everybody in their roles."""
    with begun(staffed, tmp_path, session_keys) as office:
        yield office


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The socket's folder of a PostgreSQL server that lives as long as the tests."""
    needs_postgres()
    with server() as folder:
        yield folder


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The URL of an empty database."""
    import psycopg

    with psycopg.connect(host=postgres, user="office", dbname="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS ledger WITH (FORCE)")
        connection.execute("CREATE DATABASE ledger")
    yield f"postgresql://office@/ledger?host={postgres}"


@pytest.fixture
def server_office(tmp_path: Path, session_keys: dict[str, OpenKey], database: str) -> Iterator[Office]:
    """The office at a ledger on a server, everybody in their roles."""
    with create_ledger(database) as ledger:
        office = Office(folder=tmp_path, ledger=ledger, keys=dict(session_keys), files=drafts(tmp_path))
        procedure.found(office.pen("管理员"), UNIT)
        office.enrol_everybody()
        yield office


@pytest.fixture
def own_keys(office: Office) -> Office:
    """The office at its file, for other processes."""
    return with_own_keys(office)


@pytest.fixture
def own_keys_on_server(server_office: Office) -> Office:
    """The office at its server, for other processes."""
    return with_own_keys(server_office)
