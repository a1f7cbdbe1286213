"""A document's path as code hosts want it: forward slashes, and percent signs where a URI needs them."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote


def slashed(path: str) -> str:
    """The path with forward slashes and no `./` in front."""
    return PurePath(path).as_posix()


def uri(path: str) -> str:
    """A relative reference for a relative path, a `file:` URI for an absolute one (RFC 3986)."""
    written = quote(slashed(path).encode("utf-8", "surrogatepass"), safe="/")
    if not PurePath(path).is_absolute():
        return written
    return "file://" + ("" if written.startswith("/") else "/") + written
