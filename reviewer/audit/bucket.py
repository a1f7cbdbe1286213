"""What lies below an address (a bucket, a share behind a protocol), as `audit.listing` tells it of a folder."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NoReturn

from reviewer.audit.listing import Found, Passed, Why
from reviewer.errors import NothingReadError
from reviewer.language import tr
from reviewer.screen.remote import opening

_OF_KEYS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "oss", "obs"})
_TIMES = ("LastModified", "mtime", "modified", "last_modified", "updated", "created")


def bucket_listing(address: str, *, hidden: bool) -> Iterator[Found | Passed]:
    """Every object below the address, or the one that it is, folder by folder, sorted by name; links are not followed.

    Raises NothingReadError when a part of it cannot be listed: its documents would look as if they had disappeared.
    """
    storage, root = opening(address)
    base = root.rstrip("/")
    try:
        if storage.isfile(root):
            yield _found("", storage.info(root))
            if not _by_keys(storage):
                return
    except Exception as error:  # noqa: BLE001 - every storage has errors of its own
        _refuse(address, error)
    waiting = [""]
    while waiting:
        below = waiting.pop()
        folders: list[str] = []
        for name, facts in _entries(storage, f"{base}/{below}" if below else base, address):
            path = f"{below}/{name}" if below else name
            if facts["type"] != "directory":
                yield _found(path, facts)
            elif facts.get("islink"):
                yield Passed(path=path, why=Why.LINK)
            elif name.startswith(".") and not hidden:
                yield Passed(path=path, why=Why.HIDDEN)
            else:
                folders.append(path)
        waiting += reversed(folders)


def _by_keys(storage: Any) -> bool:
    """Whether folders are only the beginnings of keys, so that `a` and `a/b` can both be objects."""
    kinds = storage.protocol
    return not _OF_KEYS.isdisjoint((kinds,) if isinstance(kinds, str) else kinds)


def _entries(storage: Any, folder: str, address: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Names below a folder with what is known of them."""
    try:
        listed = storage.ls(folder, detail=True)
        found = [entry for facts in listed for entry in _named(storage, folder, facts)]
    except Exception as error:  # noqa: BLE001 - as above
        _refuse(address, error)
    return sorted(found, key=lambda entry: entry[0])


def _named(storage: Any, folder: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """An entry of a folder under its name; what a bucket lists under no name is looked at, too.

    An object whose key is the folder's own with a stroke behind it stands for the folder: it is a document only if
    it holds something. A folder of that key is what keys with an empty part (`a//b`) begin with: a listing by
    folders does not lead there, one of all objects does.
    """
    if facts["name"].strip("/") != folder.strip("/"):
        yield facts["name"].rstrip("/").rpartition("/")[2], facts
    elif not facts["name"].endswith("/"):
        return  # the one object that the address is
    elif facts["type"] != "directory":
        if facts.get("size"):
            yield "", facts
    else:
        for name, one in storage.find(folder, detail=True).items():
            if name.startswith(f"{folder}//"):
                yield name[len(folder) + 1 :], one


def _found(path: str, facts: Mapping[str, Any]) -> Found:
    return Found(path=path, size=int(facts.get("size") or 0), mtime_ns=_time_ns(facts))


def _time_ns(facts: Mapping[str, Any]) -> int:
    """Its time; where the storage keeps none, now: a file so young is known by its digest only (`stock.trusted_ns`)."""
    for name in _TIMES:
        told = facts.get(name)
        if isinstance(told, datetime):
            return int(told.timestamp() * 1_000_000) * 1000
        if isinstance(told, int | float):
            return int(told * 1_000_000) * 1000
    return time.time_ns()


def _refuse(address: str, error: Exception) -> NoReturn:
    raise NothingReadError(
        tr(
            f"{address}：列不出内容（{type(error).__name__}）。核对地址、权限和网络后重试",
            f"{address}: cannot be listed ({type(error).__name__}). Check the address, the permissions, the network",
        )
    ) from None
