"""What the SOURCE words mean: existing, none inside another, with at least one file among them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from pathlib import Path
from typing import NoReturn

from reviewer.audit.bucket import bucket_listing
from reviewer.audit.listing import Found, Passed, listing, single
from reviewer.audit.manifest import Origin
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr


def origins_of(sources: Sequence[Path], lists: Sequence[Path] = (), remote: Sequence[str] = ()) -> tuple[Origin, ...]:
    """Each source with its absolute path (symbolic links as typed: an archive may move behind one), then the lists,
    then remote addresses.

    Raises NothingReadError for a path that does not exist, UsageError when one source lies in another.
    """
    for path in (*sources, *lists):
        if not path.exists():
            raise NothingReadError(
                tr(f"{path}：没有这个文件或文件夹。请核对路径", f"{path}: no such file or folder. Check the path")
            )
    for one, other in combinations(sources, 2):
        _refuse_overlap(one, other)
        _refuse_overlap(other, one)
    named = tuple(Origin(name=str(source), path=os.path.abspath(source)) for source in sources)  # noqa: PTH100 - keeps links
    listed = tuple(_listed(file) for file in lists)
    for origin in listed:
        for document in paths_in(origin):
            for source in sources:
                _refuse_overlap(Path(origin.path, document), source)
    addresses = [address.rstrip("/") if not address.endswith("://") else address for address in remote]
    for inner, outer in permutations(addresses, 2):
        if inner == outer or inner.startswith(outer.rstrip("/") + "/"):
            _refuse_as_inner(inner, outer)
    return (*named, *listed, *(Origin(name=address, path=address) for address in addresses))


def _listed(file: Path) -> Origin:
    absolute = os.path.abspath(file)  # noqa: PTH100 - keeps links
    return Origin(name=str(file), path=os.path.dirname(absolute), listed=absolute)  # noqa: PTH120


def paths_in(origin: Origin) -> Iterator[str]:
    """The documents of a list, each once: a path a line, UTF-8, empty lines passed over."""
    try:
        text = Path(origin.listed).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NothingReadError(
            tr(f"{origin.name}：打不开，或不是 UTF-8 文本", f"{origin.name}: cannot be opened, or is not UTF-8")
        ) from None
    yield from dict.fromkeys(line for line in text.splitlines() if line.strip())


def entries_of(origin: Origin, *, hidden: bool, store: Path) -> Iterator[Found | Passed]:
    """What there is to audit in a source."""
    if origin.is_remote:
        yield from bucket_listing(origin.path, hidden=hidden)
        return
    if not origin.listed:
        yield from listing(Path(origin.path), hidden=hidden, store=store)
        return
    for path in paths_in(origin):
        yield from single(path, Path(origin.path, path))


def require_a_file(origins: Sequence[Origin], *, hidden: bool, store: Path) -> None:
    """Raises NothingReadError when there is no file at all, before any store is made."""
    for origin in origins:
        if any(isinstance(entry, Found) for entry in entries_of(origin, hidden=hidden, store=store)):
            return
    where = "、".join(origin.name for origin in origins)
    raise NothingReadError(tr(f"{where}：里面没有任何文件", f"{where}: there is no file in it"))


def _refuse_overlap(inner: Path, outer: Path) -> None:
    """A document reached by two ways would count twice."""
    if inner.resolve().is_relative_to(outer.resolve()):
        _refuse_as_inner(inner, outer)


def _refuse_as_inner(inner: Path | str, outer: Path | str) -> NoReturn:
    raise UsageError(
        tr(
            f"{inner} 在 {outer} 里面（或就是它）：每份文件只能审一次，请只写外层",
            f"{inner} lies in {outer}, or is it: every document counts once, name the outer one only",
        )
    )
