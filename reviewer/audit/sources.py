"""What the SOURCE words mean: existing, none inside another, with at least one file among them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from reviewer.audit.listing import Found, listing
from reviewer.audit.manifest import Origin
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr


def origins_of(sources: Sequence[Path]) -> tuple[Origin, ...]:
    """Each source with its absolute path (symbolic links as typed: an archive may move behind one).

    Raises NothingReadError for a path that does not exist, UsageError when one source lies in another.
    """
    for source in sources:
        if not source.exists():
            raise NothingReadError(
                tr(f"{source}：没有这个文件或文件夹。请核对路径", f"{source}: no such file or folder. Check the path")
            )
    for one, other in combinations(sources, 2):
        _refuse_overlap(one, other)
        _refuse_overlap(other, one)
    return tuple(Origin(name=str(source), path=os.path.abspath(source)) for source in sources)  # noqa: PTH100 - keeps links


def require_a_file(origins: Sequence[Origin], *, hidden: bool, store: Path) -> None:
    """Raises NothingReadError when there is no file at all, before any store is made."""
    for origin in origins:
        if any(isinstance(entry, Found) for entry in listing(Path(origin.path), hidden=hidden, store=store)):
            return
    where = "、".join(origin.name for origin in origins)
    raise NothingReadError(tr(f"{where}：里面没有任何文件", f"{where}: there is no file in it"))


def _refuse_overlap(inner: Path, outer: Path) -> None:
    """A document reached by two ways would count twice."""
    if inner.resolve().is_relative_to(outer.resolve()):
        raise UsageError(
            tr(
                f"{inner} 在 {outer} 里面（或就是它）：每份文件只能审一次，请只写外层",
                f"{inner} lies in {outer}, or is it: every document counts once, name the outer one only",
            )
        )
