"""The folder of an audit: manifest.json, results.sqlite and a lock; nothing of a document but its masked findings."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reviewer.audit.database import created, opened, plainly, transaction
from reviewer.audit.listing import PART
from reviewer.audit.lock import locked
from reviewer.audit.manifest import Manifest, Origin, decode, digest, save
from reviewer.errors import EvidenceError, NothingReadError, UsageError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.screen.one import Task
from reviewer.screen.within import told

MANIFEST = "manifest.json"
RESULTS = "results.sqlite"
_KEY = "key"
_OURS = frozenset({MANIFEST, MANIFEST + ".new", RESULTS, RESULTS + "-journal", "lock", _KEY, _KEY + ".new"})
_KEY_BYTES = 32
_PRIVATE = 0o700  # a list of what is wrong with a whole archive is nobody else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store: what it audits, and its results."""

    folder: Path
    manifest: Manifest
    results: sqlite3.Connection

    def origin(self, source: int) -> Origin:
        return self.manifest.sources[source]

    def task(self, source: int, path: bytes) -> Task:
        """A document as it can be read, with nothing beside it."""
        below, _, within = text_of(path).partition(PART)
        origin = self.origin(source)
        if origin.is_remote:
            address = origin.address(below)
            name = address.rstrip("/").rpartition("/")[2]
            return Task(path=Path(name), shown_as=self.shown(source, path), within=address)
        return Task(path=origin.file(below), shown_as=self.shown(source, path), within=within)

    def shown(self, source: int, path: bytes) -> str:
        """The path by which people know a file."""
        below, _, within = text_of(path).partition(PART)
        return self.origin(source).shown(below) + ("!" + told(within) if within else "")

    def key(self) -> bytes:
        """The store's own key, by which values are known again: 32 random bytes, made by the first run.

        Raises EvidenceError when it is gone from a store that has results.
        """
        path = self.folder / _KEY
        if path.is_file() and len(key := path.read_bytes()) == _KEY_BYTES:
            return key
        if self.results.execute("SELECT 1 FROM document").fetchone() is not None:
            raise EvidenceError(
                tr(
                    f"{path}：密钥不见了或已损坏。从备份恢复，或换一个新的 STORE 重新审查",
                    f"{path}: the key is gone or damaged. Restore it from a backup, or audit anew into a new STORE",
                )
            )
        key = secrets.token_bytes(_KEY_BYTES)
        save(key, path)
        path.chmod(0o600)
        return key


def bytes_of(path: str) -> bytes:
    """A path as it is stored: every name the system can give, also one that is no text."""
    return path.encode("utf-8", "surrogatepass")


def text_of(path: bytes) -> str:
    return path.decode("utf-8", "surrogatepass")


@contextmanager
def reading(folder: Path) -> Iterator[Store]:
    """The store as it is, also while a run works on it. Nothing is changed.

    Raises NothingReadError when there is no store, EvidenceError when it is damaged or was edited.
    """
    with _standing(folder, for_writing=False) as store:
        yield store


@contextmanager
def amending(folder: Path) -> Iterator[Store]:
    """The same, to write down what people say of the results, which may be at any time, also during a run."""
    with _standing(folder, for_writing=True) as store:
        yield store


@contextmanager
def _standing(folder: Path, *, for_writing: bool) -> Iterator[Store]:
    if not (folder / MANIFEST).exists() and not (folder / RESULTS).exists():
        raise NothingReadError(
            tr(
                f"{folder}：这里没有审查档案。先运行 reviewer audit run {folder} SOURCE…",
                f"{folder}: no audit here. First: reviewer audit run {folder} SOURCE…",
            )
        )
    results = opened(folder / RESULTS, for_writing=for_writing)
    try:
        with plainly(folder / RESULTS):
            yield Store(folder=folder, manifest=_manifest(folder, results), results=results)
    finally:
        results.close()


@contextmanager
def writing(folder: Path, manifest_of: Callable[[Manifest | None], Manifest]) -> Iterator[Store]:
    """The store for one run: made when it is new, held by a lock, its manifest brought up to date.

    `manifest_of` turns the manifest of earlier runs (None for a new store) into that of this run.
    """
    _make(folder)
    with locked(folder):
        results, before = _opened(folder)
        try:
            with plainly(folder / RESULTS):
                manifest = manifest_of(before)
                if manifest != before:
                    _record(folder, results, manifest)
                yield Store(folder=folder, manifest=manifest, results=results)
        finally:
            results.close()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        strangers = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
    except OSError as error:
        raise UsageError(
            tr(f"{folder}：建不了或打不开这个文件夹（{cause(error)}）", f"{folder}: {cause(error)}")
        ) from None
    if strangers:
        raise UsageError(
            tr(
                f"{folder}：里面有别的文件（{strangers[0]} 等）。STORE 应是新的文件夹，或以前的审查档案",
                f"{folder}: holds other files ({strangers[0]} …). STORE is a new folder, or an earlier audit",
            )
        )


def _opened(folder: Path) -> tuple[sqlite3.Connection, Manifest | None]:
    path = folder / RESULTS
    if not (folder / MANIFEST).exists() and not _holds_results(path):
        # Nothing, or a first run that was killed before its manifest stood: begin again.
        path.unlink(missing_ok=True)
        (folder / (RESULTS + "-journal")).unlink(missing_ok=True)
        with plainly(path):
            return created(path), None
    results = opened(path, for_writing=True)
    try:
        return results, _manifest(folder, results)
    except BaseException:
        results.close()
        raise


def _holds_results(path: Path) -> bool:
    """Whether there is anything to lose; what cannot be opened may hold everything."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    results = opened(path, for_writing=False)
    try:
        with plainly(path):
            return results.execute("SELECT 1 FROM document").fetchone() is not None
    finally:
        results.close()


def _manifest(folder: Path, results: sqlite3.Connection) -> Manifest:
    path = folder / MANIFEST
    try:
        written = path.read_bytes()
    except OSError as error:
        raise EvidenceError(
            tr(
                f"{path}：打不开（{cause(error)}）。从备份恢复，或换一个新的 STORE 重新审查",
                f"{path}: {cause(error)}. Restore it from a backup, or audit anew into a new STORE",
            )
        ) from None
    if results.execute("SELECT 1 FROM manifest WHERE digest = ?", (digest(written),)).fetchone() is None:
        raise EvidenceError(
            tr(
                f"{path}：被改动过，与审查结果对不上。从备份恢复，或换一个新的 STORE 重新审查",
                f"{path}: was edited and does not go with the results. Restore it, or audit anew into a new STORE",
            )
        )
    return decode(written, path)


def _record(folder: Path, results: sqlite3.Connection, manifest: Manifest) -> None:
    # The digest first: killed in between, the old file is still one of those that were written here.
    written = manifest.written()
    with transaction(results):
        results.execute("INSERT OR IGNORE INTO manifest VALUES (?)", (digest(written),))
    save(written, folder / MANIFEST)
