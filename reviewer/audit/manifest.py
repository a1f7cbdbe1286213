"""manifest.json: what a store is an audit of, for people and for the next run."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reviewer.audit.yardstick import Yardstick
from reviewer.errors import EvidenceError, ReviewerError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.screen.remote import is_address

SCHEMA = "reviewer.audit-store/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source: as a person typed it, and where that is.

    `listed`: a file that names the documents, a path a line; `path` is then the folder from which they are named.
    """

    name: str
    path: str
    listed: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether `path` is the address of a storage."""
        return is_address(self.path)

    def address(self, below: str) -> str:
        """Of a document of a remote source; "" is the source itself."""
        return f"{self.path}/{below}" if below else self.path

    def file(self, below: str) -> Path:
        """A file of this source; "" is the source itself."""
        return Path(self.path, below)

    def shown(self, below: str) -> str:
        """The path by which people know the file, with nothing in it that cannot be written down."""
        if self.is_remote:
            return self.address(below).encode("utf-8", "backslashreplace").decode()
        return str(Path("" if self.listed else self.name, below)).encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Sources, settings and yardstick of an audit, and when (ISO, UTC) its first run began."""

    started: str
    sources: tuple[Origin, ...]
    policy: str | None
    hidden: bool
    engine: str
    yardstick: Yardstick

    def written(self) -> bytes:
        """The file's bytes."""
        content = {
            "schema": SCHEMA,
            "started": self.started,
            "sources": [{key: told for key, told in asdict(one).items() if told != ""} for one in self.sources],
            "settings": {"policy": self.policy, "hidden": self.hidden, "engine": self.engine},
            "yardstick": asdict(self.yardstick),
        }
        return (json.dumps(content, ensure_ascii=True, indent=1) + "\n").encode()


def digest(written: bytes) -> str:
    return "sha256:" + hashlib.sha256(written).hexdigest()


def decode(written: bytes, path: Path) -> Manifest:
    """Raises EvidenceError for anything but a manifest of this version."""
    try:
        content: dict[str, Any] = json.loads(written)
        if content["schema"] != SCHEMA:
            raise KeyError(SCHEMA)
        settings = content["settings"]
        return Manifest(
            started=content["started"],
            sources=tuple(Origin(**origin) for origin in content["sources"]),
            policy=settings["policy"],
            hidden=settings["hidden"],
            engine=settings["engine"],
            yardstick=Yardstick(**content["yardstick"]),
        )
    except (ValueError, KeyError, TypeError):
        raise EvidenceError(
            tr(
                f"{path}：读不懂，不是本版本写下的审查清单。从备份恢复，或换一个新的 STORE 重新审查",
                f"{path}: not a manifest of this version. Restore it from a backup, or audit anew into a new STORE",
            )
        ) from None


def save(written: bytes, path: Path) -> None:
    """All of it or nothing, also when the machine stops in between. Raises ReviewerError when it cannot be written."""
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise ReviewerError(
            tr(
                f"{path}：写不进去（{cause(error)}）。检查磁盘空间和权限后重复同一条命令",
                f"{path}: cannot be written ({cause(error)}). Check disk space and permissions, then run it again",
            )
        ) from None
