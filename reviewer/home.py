"""Where one person's keys and settings live on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_PRIVATE = 0o700


def home(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """`REVIEWER_HOME`, or the place this platform keeps for it; nothing is created."""
    named = environment.get("REVIEWER_HOME", "")
    if named:
        return Path(named).expanduser()
    if platform == "win32":
        return _under(environment, "APPDATA", Path.home() / "AppData" / "Roaming")
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "reviewer"
    return _under(environment, "XDG_DATA_HOME", Path.home() / ".local" / "share")


def _under(environment: Mapping[str, str], variable: str, otherwise: Path) -> Path:
    """The XDG specification has relative values ignored; the same caution serves `APPDATA`."""
    named = Path(environment.get(variable, ""))
    return (named if named.is_absolute() else otherwise) / "reviewer"


def private_folder(path: Path) -> Path:
    """`path`, created when missing, closed to other accounts (0700 where the platform has modes)."""
    for missing in reversed([path, *path.parents]):
        if not missing.exists():
            missing.mkdir(mode=_PRIVATE, exist_ok=True)
    return path
