"""The system's own unpacker, where there is one: libarchive's bsdtar, which turns any archive it knows into a tar.

Windows and macOS ship it as `tar`; on Linux it is a package (libarchive-tools, bsdtar). It gets the archive on its
standard input and writes to a pipe: nothing is unpacked to disk, and there is no network in it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, BinaryIO

_CPU_S = 300
_LAST_WORDS_S = 2.0
_MEMORY_BYTES = 2 << 30


def bsdtar() -> str | None:
    """Where it is, if it is installed."""
    found = shutil.which("bsdtar")
    return found or (shutil.which("tar") if sys.platform in ("win32", "darwin") else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """The archive as a stream of tar."""

    stream: IO[bytes]
    process: subprocess.Popen[bytes]

    def is_whole(self) -> bool:
        """Whether the program found nothing wrong; to be asked when the stream has been read to its end."""
        try:
            return self.process.wait(_LAST_WORDS_S) == 0
        except subprocess.TimeoutExpired:
            return False


@contextmanager
def as_tar(program: str, archive: BinaryIO) -> Iterator[Converted]:
    """Let the program convert the archive; raises OSError when it does not start."""
    with _descriptor(archive) as given:
        process = subprocess.Popen(  # noqa: S603
            [program, "--format=pax", "--options=hdrcharset=BINARY", "-cf", "-", "@-"],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            preexec_fn=_bound if os.name == "posix" else None,  # noqa: PLW1509  # sets limits, takes no lock
        )
    assert process.stdout is not None
    try:
        yield Converted(stream=process.stdout, process=process)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


@contextmanager
def _descriptor(archive: BinaryIO) -> Iterator[BinaryIO]:
    """A file that another program can read from: the file itself, or memory with a descriptor."""
    if not isinstance(archive, BytesIO):
        archive.seek(0)
        yield archive
    elif hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("archive"), "w+b") as memory:
            memory.write(archive.getvalue())
            memory.seek(0)
            yield memory
    else:
        raise OSError  # elsewhere it would have to be written to disk, which this program does not do


def _bound() -> None:
    import resource

    for kind, most in ((resource.RLIMIT_CPU, _CPU_S), (resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
