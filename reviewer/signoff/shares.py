"""A verification shared among processes: each replays the roster and the cases that fall to it.

Cases know the roster and nothing of each other, so each process replays whole cases and nobody's finding rests on
another's; a ledger in which a case takes over what another approved is not shared. What a process read is bound to
what this one read: both hash the entries of the share as they come, and a share whose hash is another is done again
here. A process takes about a second to start: small ledgers are not shared.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from zlib import crc32

from reviewer.errors import EvidenceError, ReviewerError
from reviewer.language import language, tr, use_language
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.audit import Audit
from reviewer.signoff.entry import Entry, Header, open_entry
from reviewer.signoff.findings import Findings
from reviewer.signoff.ledger import Ledger, open_ledger
from reviewer.signoff.replay import uncollected

_LARGE = 4_000  # entries: two seconds of one processor, which repay two processes' start


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One of `of` parts of a ledger's first `size` entries: the roster, and every `of`-th case by its number's CRC."""

    number: int
    of: int
    size: int

    def holds(self, header: Header) -> bool:
        """Whether the entry is replayed there."""
        return header.kind in ROSTER_KINDS or self.falls(header) == self.number

    def falls(self, header: Header) -> int:
        """The number of the share to which a case's entry falls."""
        return crc32(header.subject.encode("utf-8", "surrogatepass")) % self.of


class Seen:
    """The hash of the entries of each share, as one process has read them."""

    def __init__(self, shares: int) -> None:
        self._hashes = [hashlib.sha256() for _ in range(shares)]

    def take(self, entry: Entry, own: str, share: int | None) -> None:
        """One more entry, by its recomputed hash; `share` None is the roster, which is in every share."""
        line = f"{own} {entry.hash} {entry.actor}\n".encode("utf-8", "surrogatepass")
        for one in self._hashes if share is None else (self._hashes[share],):
            one.update(line)

    def of(self, share: int) -> str:
        """What was seen of that share."""
        return self._hashes[share].hexdigest()


def jobs_for(size: int) -> int:
    """As many processes as there are processors, but this one alone for a small ledger."""
    return (os.cpu_count() or 1) if size >= _LARGE else 1


def replayed_share(ledger: Ledger, share: Share) -> tuple[Findings, str]:
    """What is found of that share's cases, and the hash of what was read. The roster's faults are not told here."""
    audit, cases, roster = Audit(), Findings(), Findings()
    seen = Seen(1)
    try:
        for entry in ledger.entries():
            if entry.header.seq > share.size:
                break
            if not share.holds(entry.header):
                continue
            seen.take(entry, hash_of(entry), 0)
            audit.found = roster if entry.header.kind in ROSTER_KINDS else cases
            audit.take(entry.header, partial(open_entry, entry))
    except EvidenceError:
        pass  # a row that is not even a row: whoever walks the chain says so, and reads no further either
    return cases, seen.of(0)


def hash_of(entry: Entry) -> str:
    """The entry's hash recomputed; empty for a value that JSON cannot say."""
    try:
        return entry.header.hash
    except EvidenceError:
        return ""


@contextmanager
def working(where: str | Path, jobs: int, size: int) -> Iterator[list[Work]]:
    """That many processes at work; they end with the block."""
    shares = [Share(number=number, of=jobs, size=size) for number in range(jobs)]
    works = [_begun(where, share) for share in shares]
    try:
        yield works
    finally:
        for work in works:
            work.pipe.close()
            work.process.terminate()
            work.process.join()


@dataclass(frozen=True, slots=True)
class Work:
    """A process and the share it replays."""

    share: Share
    process: BaseProcess
    pipe: Connection

    def findings(self, seen: str, ledger: Ledger) -> Findings:
        """What it found; done again here if it ended early or did not read what was `seen`."""
        try:
            read, _, text = self.pipe.recv_bytes().decode("ascii").partition(" ")
        except (EOFError, OSError):
            read = ""
        if read == seen:
            return Findings.read(text)
        found, read = replayed_share(ledger, self.share)
        if read != seen:
            changed = tr("核验期间台账被改动", "the ledger was changed while it was verified")
            found.content.append((self.share.size, changed))
        return found


def _begun(where: str | Path, share: Share) -> Work:
    context = multiprocessing.get_context("spawn")  # the one way that is the same everywhere
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(theirs, where, share, language()), daemon=True)
    process.start()
    theirs.close()
    return Work(share, process, ours)


def serve(pipe: Connection, where: str | Path, share: Share, told_in: str) -> None:
    """The worker: one share, one answer. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_language(told_in)
    try:
        with uncollected(), open_ledger(where) as ledger:
            found, seen = replayed_share(ledger, share)
        pipe.send_bytes(f"{seen} {found.written()}".encode("ascii"))
    except (ReviewerError, OSError):
        return  # the parent finds the pipe empty and does it itself
