"""What the commands of the chain share: which ledger, whose key, and where a passphrase comes from."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.home import home
from reviewer.language import tr
from reviewer.signoff import procedure
from reviewer.signoff.keyfile import load_key
from reviewer.signoff.ledger import Ledger, open_ledger
from reviewer.signoff.moment import day_of
from reviewer.signoff.procedure import Pen
from reviewer.signoff.roster import Roster


def ledger_place(named: str | None) -> str:
    """The ledger named on the line or in the environment. Raises UsageError when there is none."""
    place = named or os.environ.get("REVIEWER_LEDGER")
    if not place:
        raise UsageError(
            tr(
                "没有指定台账：用 --ledger 文件，或设环境变量 REVIEWER_LEDGER",
                "no ledger named: use --ledger FILE or set REVIEWER_LEDGER",
            )
        )
    return place


@contextmanager
def opened(named: str | None) -> Iterator[Ledger]:
    """The ledger, closed afterwards."""
    with open_ledger(ledger_place(named)) as ledger:
        yield ledger


@contextmanager
def pen(named: str | None, by: str, passphrase_file: Path | None) -> Iterator[Pen]:
    """A person at the ledger, with the key unlocked."""
    with opened(named) as ledger:
        signer = load_key(home(), by, lambda: passphrase(by, passphrase_file))
        yield Pen(ledger=ledger, signer=signer, clock=now)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> str:
    """The day on a Chinese calendar, wherever this machine stands: whatever is dated here is told in Chinese time."""
    return day_of(now())


def roster_now(ledger: Ledger) -> Roster:
    """Who may do what today."""
    return procedure.roster_of(ledger).dated(today())


def passphrase(name: str, file: Path | None, *, new: bool = False) -> str:
    """From the file, from a prompt, or from one line of a piped standard input; never from an argument."""
    if file is not None:
        return _named(name, str(file))
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        if not line:
            raise UsageError(
                tr(
                    f"需要{name}的口令：在终端输入，或用 --passphrase-file 指定文件（空文件即不加密）",
                    f"{name}'s passphrase is needed: type it at a terminal, or name a file with --passphrase-file",
                )
            )
        return line.rstrip("\r\n")
    if not new:
        return getpass.getpass(tr(f"{name}的口令：", f"passphrase of {name}: "))
    first = getpass.getpass(tr(f"给{name}的密钥设口令（空即不加密）：", f"new passphrase for {name} (empty: none): "))
    if first != getpass.getpass(tr("再输一次：", "again: ")):
        raise UsageError(tr("两次输入不一致", "the two do not match"))
    return first


def _named(name: str, source: str) -> str:
    """From a file, standard input (`-`), an open descriptor (`fd:3`) or the desktop's keyring (`keyring:`)."""
    if source == "keyring:":
        return _from_keyring(name)
    descriptor = source.removeprefix("fd:")
    if source.startswith("fd:") and descriptor.isascii() and descriptor.isdigit():
        return _from_file(int(descriptor))
    return _from_file(Path(source))


def _from_keyring(name: str) -> str:
    try:
        import keyring
    except ImportError:
        raise UsageError(
            tr("钥匙串需要扩展：pip install 'reviewer[keyring]'", "the keyring needs: pip install 'reviewer[keyring]'")
        ) from None
    kept: str | None = keyring.get_password("reviewer", name)
    if kept is None:
        raise UsageError(tr(f"钥匙串里没有“reviewer”“{name}”一项", f"the keyring has no entry “reviewer”, “{name}”"))
    return kept


def _from_file(file: Path | int) -> str:
    try:
        if file == Path("-"):
            text = sys.stdin.read()
        else:
            with open(file, encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor has no path
                text = stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(tr(f"{file}：读不了口令文件（{error}）", f"{file}: cannot read it ({error})")) from None
    return text.rstrip("\r\n")
