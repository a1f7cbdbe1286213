"""Which files a command line means: files as named, folders walked, nothing passed over in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from reviewer.errors import NothingReadError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The files to screen, in order, and the hidden folders that were not entered."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def walk(paths: Sequence[Path], *, hidden: bool = False) -> Walk:
    """Every file once. `hidden`: enter folders whose name begins with a dot, too (`.git` and its like).

    Raises NothingReadError for a path that does not exist and when there is no file at all.
    """
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NothingReadError(
                tr(f"{path}：没有这个文件或文件夹。请核对路径", f"{path}: no such file or folder. Check the path")
            )
        found = _below(path, hidden, skipped) if path.is_dir() else iter((path,))
        files.update(dict.fromkeys(found))
    if not files:
        where = "、".join(str(path) for path in paths)
        raise NothingReadError(tr(f"{where}：里面没有任何文件", f"{where}: there is no file in it"))
    return Walk(files=tuple(files), skipped=tuple(skipped))


def _below(folder: Path, hidden: bool, skipped: list[Path]) -> Iterator[Path]:
    for base, folders, names in os.walk(folder, onerror=_refuse):
        if not hidden:
            skipped += [Path(base, name) for name in sorted(folders) if name.startswith(".")]
            folders[:] = [name for name in folders if not name.startswith(".")]
        folders.sort()
        for name in sorted(names):
            yield Path(base, name)


def _refuse(error: OSError) -> None:
    raise NothingReadError(
        tr(
            f"{error.filename}：打不开文件夹（{cause(error)}）。请检查权限后重试",
            f"{error.filename}: cannot open the folder ({cause(error)}). Check its permissions",
        )
    ) from None
