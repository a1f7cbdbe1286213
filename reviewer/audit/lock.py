"""One run at a time on one store, by the operating system's own lock: it falls with its process, however that ends."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.refusal import cause

_NAME = "lock"
_BYTE = 1 << 20  # the byte that is locked, far behind the words: Windows lets nobody read a locked byte


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store while a run works on it. Raises UsageError when another run does.

    A lock file left behind by a killed run holds nothing: what counts is the lock on it, which died with its
    process. So no age is guessed and no process number, which may be another process's by now, is believed.
    """
    path = folder / _NAME
    with _opened(path) as file:
        try:
            _seize(file)
        except BlockingIOError:
            raise UsageError(_held(path)) from None
        except OSError as error:
            raise UsageError(
                tr(
                    f"{folder}：这里的文件系统不能加锁（{cause(error)}）。请把 STORE 放在本机磁盘上",
                    f"{folder}: this file system has no locks ({cause(error)}). Put STORE on a local disk",
                )
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()} {platform.node()}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            tr(
                f"{path.parent}：写不进去（{cause(error)}）。检查权限，或换一个 STORE",
                f"{path.parent}: cannot be written ({cause(error)}). Check its permissions, or take another STORE",
            )
        ) from None


def _held(path: Path) -> str:
    holder = path.read_text("utf-8", "replace").split()
    who = tr(f"（进程 {holder[0]}，{holder[1]}）", f" (process {holder[0]} on {holder[1]})") if len(holder) == 2 else ""
    return tr(
        f"{path.parent}：另一次审查正在使用它{who}。等它结束，或先停止它；看进度用 reviewer audit report",
        f"{path.parent}: another run is using it{who}. Wait for it or stop it; `reviewer audit report` shows progress",
    )


if sys.platform == "win32":
    import msvcrt

    def _seize(file: IO[str]) -> None:
        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise BlockingIOError from None
        finally:
            file.seek(0)

else:
    import fcntl

    def _seize(file: IO[str]) -> None:
        # lockf, not flock: a reader forked from this process must not go on holding the store after its death.
        try:
            fcntl.lockf(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTE)
        except PermissionError:  # POSIX leaves EACCES and EAGAIN to the system
            raise BlockingIOError from None
