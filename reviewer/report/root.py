"""A document's path as code hosts take it: from the root of the repository, wherever the program was called."""

from __future__ import annotations

import os.path
from pathlib import Path

from reviewer.report.uri import slashed
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The repository's root and the folder to which relative paths belong, both absolute."""

    folder: Path
    here: Path

    def below(self, path: str) -> str:
        """From the root, with forward slashes; whole where it lies outside.

        A link on the way to the root is followed, one that is the document is not.
        """
        whole = Path(os.path.normpath(self.here / path))
        for parent, root in ((whole.parent, self.folder), (whole.parent.resolve(), self.folder.resolve())):
            if parent.is_relative_to(root):
                return (parent.relative_to(root) / whole.name).as_posix()
        return slashed(path) if Path(path).is_absolute() else whole.as_posix()

    def reached(self, path: str) -> str:
        """The same for a host that takes no whole path: by `..` where it lies outside."""
        told = self.below(path)
        return slashed(os.path.relpath(told, self.folder)) if Path(told).is_absolute() else told
