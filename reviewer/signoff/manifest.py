"""A package by its bytes: every file's name, size, SHA-256 and SM3, and what exactly differs between two packages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reviewer.errors import NothingReadError, UsageError
from reviewer.extract.digest import digests
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.signoff.canonical import canonical_plain, digest
from reviewer.signoff.codec import encode

_BLOCK = 1 << 20
_SHOWN = 12  # hexadecimal digits that a person compares


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """One file: the name it goes by, its length and its two digests."""

    name: str
    size_bytes: int
    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The files of one package, ordered by name."""

    files: tuple[FileDigest, ...]

    @property
    def digest(self) -> str:
        """The package's own digest: SHA-256 of the canonical manifest."""
        return digest(canonical_plain(encode(self)))

    @property
    def fingerprint(self) -> str:
        """The first 12 hexadecimal digits of `digest`: what stands on the paper form (指纹)."""
        return self.digest[:_SHOWN]


def read_manifest(paths: Iterable[Path]) -> Manifest:
    """The package of these files. Raises NothingReadError for what cannot be read, UsageError for two of one name."""
    files = sorted((read_file(path) for path in paths), key=lambda file: file.name)
    if not files:
        raise UsageError(tr("没有给出文件。", "no file was given."))
    for first, second in pairwise(files):
        if first.name == second.name:
            raise UsageError(
                tr(
                    f"两个文件同名：{first.name}。改名后再送审。",
                    f"two files of one name: {first.name}. Rename one.",
                )
            )
    return Manifest(files=tuple(files))


def read_file(path: Path) -> FileDigest:
    """Name and digests of one file; the name is composed (NFC), as macOS hands it out decomposed."""
    name = unicodedata.normalize("NFC", path.name)
    if not name or any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        raise UsageError(tr(f"文件名不可用：{name!a}", f"not usable as a file name: {name!a}"))
    try:
        with path.open("rb") as stream:
            known = digests(iter(lambda: stream.read(_BLOCK), b""))
    except OSError as error:
        raise NothingReadError(
            tr(f"{path}：读不了（{cause(error)}）。", f"{path}: cannot be read ({cause(error)}).")
        ) from error
    return FileDigest(name=name, size_bytes=known.size_bytes, sha256=known.sha256, sm3=known.sm3)


def differences(expected: Manifest, found: Manifest) -> tuple[str, ...]:
    """One sentence per file that is not as expected: changed, renamed, missing or added. Empty if all is equal."""
    if expected == found:
        return ()
    wanted = {file.name: file for file in expected.files}
    present = {file.name: file for file in found.files}
    missing = [file for name, file in wanted.items() if name not in present]
    added = [file for name, file in present.items() if name not in wanted]
    return (
        *_changed(wanted, present),
        *_moved(missing, added),
    )


def _changed(wanted: dict[str, FileDigest], present: dict[str, FileDigest]) -> Iterator[str]:
    for name in sorted(wanted.keys() & present.keys()):
        before, after = wanted[name], present[name]
        if before != after:
            yield tr(
                f"{name}：内容已变（应为 {_short(before)}，实为 {_short(after)}）",
                f"{name}: changed (expected {_short(before)}, found {_short(after)})",
            )


def _moved(missing: list[FileDigest], added: list[FileDigest]) -> Iterator[str]:
    """A missing and an added file of the same bytes are one file under a new name."""
    newcomers = list(added)
    for gone in missing:
        twin = next((file for file in newcomers if file.sha256 == gone.sha256), None)
        if twin is None:
            yield tr(f"{gone.name}：缺少（应为 {_short(gone)}）", f"{gone.name}: missing (expected {_short(gone)})")
            continue
        newcomers.remove(twin)
        yield tr(
            f"{gone.name}：改名为 {twin.name}（{_short(twin)}）",
            f"{gone.name}: renamed {twin.name} ({_short(twin)})",
        )
    for file in newcomers:
        yield tr(f"{file.name}：多出（{_short(file)}）", f"{file.name}: added ({_short(file)})")


def _short(file: FileDigest) -> str:
    return file.sha256[:_SHOWN]
