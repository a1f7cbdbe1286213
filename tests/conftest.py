"""What every test has: no network, a home of its own, Chinese messages, the shipped rules loaded once."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

os.environ["REVIEWER_OCR"] = (
    "off"  # seconds for every picture, where the extra is installed: its own tests switch it on
)

from reviewer.detect import Ruleset, load_ruleset
from reviewer.language import use_language
from reviewer.resources import shipped

DAY = date(2026, 11, 24)

# How long an example takes tells of the machine's load, not of the program.
settings.register_profile("loaded", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("loaded")


class NetworkUsedError(AssertionError):
    """Something tried to reach the network."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise NetworkUsedError("the network is closed: this program never uses it")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Sockets that could reach another machine are blocked in the whole session; socket pairs stay."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _refuse)
    patch.setattr(socket.socket, "connect_ex", _refuse)
    patch.setattr(socket, "create_connection", _refuse)
    patch.setattr(socket, "getaddrinfo", _refuse)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, shared_cache: Path) -> Path:
    """A home folder of the test's own; proved rules are remembered for the whole session."""
    home = tmp_path_factory.mktemp("home")
    (home / "cache").symlink_to(shared_cache, target_is_directory=True)
    monkeypatch.setenv("REVIEWER_HOME", str(home))
    monkeypatch.delenv("REVIEWER_LEDGER", raising=False)
    monkeypatch.delenv("REVIEWER_LANG", raising=False)
    use_language("zh")
    return home


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def ruleset(shared_cache: Path) -> Ruleset:
    """The shipped rules, proved."""
    return load_ruleset((shipped("rules"),), shipped("models"), cache=shared_cache)
