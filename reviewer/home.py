"""Where one person's keys and settings live on this machine."""

from __future__ import annotations

import hashlib
import mmap
import os
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_PRIVATE = 0o700
_DIGEST = 32  # bytes of a SHA-256 at the head of what is remembered


def home(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """`REVIEWER_HOME`, or the place this platform keeps for it; nothing is created."""
    named = environment.get("REVIEWER_HOME", "")
    if named:
        return Path(named).expanduser()
    if platform == "win32":
        return _under(environment, "APPDATA", Path.home() / "AppData" / "Roaming")
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "reviewer"
    return _under(environment, "XDG_DATA_HOME", Path.home() / ".local" / "share")


def _under(environment: Mapping[str, str], variable: str, otherwise: Path) -> Path:
    """The XDG specification has relative values ignored; the same caution serves `APPDATA`."""
    named = Path(environment.get(variable, ""))
    return (named if named.is_absolute() else otherwise) / "reviewer"


def private_folder(path: Path) -> Path:
    """`path`, created when missing, closed to other accounts (0700 where the platform has modes)."""
    for missing in reversed([path, *path.parents]):
        if not missing.exists():
            missing.mkdir(mode=_PRIVATE, exist_ok=True)
    return path


def recall(path: Path) -> memoryview | None:
    """What `remember` wrote there, mapped into memory; None when in doubt.

    In doubt: the folder or the file is not this account's own, or is open to another; the name is a link; the digest at
    the head is not that of what follows.
    """
    try:
        if not _is_private(path.parent.stat(), stat.S_ISDIR):
            return None
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        if not _is_private(os.fstat(handle), stat.S_ISREG):
            return None
        content = memoryview(mmap.mmap(handle, 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    finally:
        os.close(handle)
    digest, rest = content[:_DIGEST], content[_DIGEST:]
    return rest if hashlib.sha256(rest).digest() == digest else None


def remember(path: Path, content: bytes) -> None:
    """Keep what can be made again, for `recall`: readable by this account only, whole or not at all.

    A place that cannot be written to costs time at the next start, nothing else.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        private_folder(path.parent)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(hashlib.sha256(content).digest() + content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError:
        return


def _is_private(found: os.stat_result, kind: Callable[[int], bool]) -> bool:
    if not kind(found.st_mode):
        return False
    owner = getattr(os, "geteuid", None)
    return owner is None or (found.st_uid == owner() and not found.st_mode & 0o077)
