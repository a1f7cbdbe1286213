"""A document's path as code hosts want it: forward slashes, and percent signs where a URI needs them."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote


def slashed(path: str) -> str:
    """The path with forward slashes and no `./` in front."""
    return PurePath(path).as_posix()


def uri(path: str) -> str:
    """A relative reference for a relative path, a `file:` URI for an absolute one (RFC 3986, RFC 8089).

    A byte of a name that is no UTF-8 stands for itself.
    """
    written = _bytes(slashed(path))
    if not PurePath(path).is_absolute():
        return quote(written, safe="/")
    return "file://" + ("" if written.startswith(b"/") else "/") + quote(written, safe="/:")


def _bytes(path: str) -> bytes:
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a pair in a name of Windows
        return path.encode("utf-8", "surrogatepass")
