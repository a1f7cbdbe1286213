"""Where the repository begins in which one stands: code hosts take paths from its root."""

from __future__ import annotations

import os
from pathlib import Path

from reviewer.report.root import Root


def root_of(here: Path) -> Root:
    """The nearest folder at or above `here` with a `.git` (a folder, or a work tree's file); else `here` itself."""
    folder = next((one for one in (here, *here.parents) if os.path.lexists(one / ".git")), here)
    return Root(folder=folder, here=here)
