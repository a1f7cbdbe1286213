"""A PostgreSQL server of the tests' own: in a temporary folder, on a private socket, gone afterwards.

PostgreSQL refuses to run as root; there it is started as `nobody`. Where no server is installed the tests are skipped
and say so, unless REVIEWER_TEST_POSTGRES=required: then they fail.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: of pg_config, of Debian's versions, or of the search path."""
    folders = []
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(told.stdout.strip()))
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    return next((one for one in folders if (one / "initdb").is_file() and (one / "postgres").is_file()), None)


def lacking() -> str | None:
    """Why no server can be started here."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "the extra `postgres` is not installed"
    return None if programs() else "PostgreSQL's initdb and postgres were not found"


def needs_postgres() -> None:
    """Skips the test, saying why, where there is no server; fails it where one is required."""
    reason = lacking()
    if reason and os.environ.get("REVIEWER_TEST_POSTGRES") == "required":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@contextmanager
def server() -> Iterator[str]:
    """The folder of the socket of a running server, in which everybody may do everything."""
    bin_ = programs()
    assert bin_ is not None
    folder = Path(tempfile.mkdtemp(prefix="rvpg"))  # not pytest's: the path of a socket has 107 bytes at most
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data, environment = folder / "data", {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*words: str) -> None:
        log = (folder / "told").open("ab")
        with log:
            done = subprocess.run(
                words, stdout=log, stderr=log, cwd=folder, env=environment, timeout=60, check=False, **as_user
            )  # type: ignore[call-overload]
        assert done.returncode == 0, (folder / "told").read_text("utf-8", "replace")

    control = str(bin_ / "pg_ctl")
    try:
        run(str(bin_ / "initdb"), "--no-sync", "-A", "trust", "-U", "office", "-E", "UTF8", "-D", str(data))
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=80"
        run(control, "-D", str(data), "-w", "-t", "30", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield str(folder)
        finally:
            run(control, "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
