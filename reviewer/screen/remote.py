"""Documents at an address (`s3://…`) instead of a path, through fsspec: only where a person named it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from reviewer.errors import ConfigurationError, UsageError
from reviewer.language import tr

_ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]+://")
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")


def is_address(word: str) -> bool:
    return _ADDRESS.match(word) is not None


def opening(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it.

    Raises ConfigurationError without fsspec or what it needs for this kind, UsageError for an address of no known
    kind, of several in a chain (they leave copies behind), or with a password (it would be written down).
    """
    if "::" in address or _PASSWORD.search(address):
        raise UsageError(
            tr(
                "远程地址不能串接（::），也不能带口令：口令交给环境变量或该存储自己的配置文件",
                "an address may not be a chain (::) nor hold a password: leave that to the storage's own settings",
            )
        )
    kind = address.partition("://")[0]
    try:
        import fsspec

        return cast("tuple[Any, str]", fsspec.core.url_to_fs(address, use_listings_cache=False))
    except ImportError as error:
        needed = "fsspec" if error.name == "fsspec" else str(error).removeprefix("Install ").partition(" ")[0]
        raise ConfigurationError(
            tr(
                f"{kind}:// 需要组件 {needed}：pip install 'reviewer[remote]'（s3 另需 s3fs，其余见 fsspec 的说明）",
                f"{kind}:// needs the component {needed}: pip install 'reviewer[remote]' (and s3fs for s3; see fsspec)",
            )
        ) from None
    except ValueError:
        raise UsageError(tr(f"{kind}://：没有这种存储", f"{kind}://: there is no such storage")) from None


@contextmanager
def opened_at(address: str) -> Iterator[IO[bytes]]:
    """Raises FileNotFoundError or PermissionError where the storage says so, else OSError, when it cannot be read."""
    storage, path = opening(address)
    try:
        file = storage.open(path, "rb")
    except Exception as error:  # noqa: BLE001 - every storage has errors of its own
        raise _plainly(error) from None
    with file:
        if (getattr(file, "details", None) or {}).get("type") == "directory":
            # An object named `a/` is opened as the folder a: it would be read as empty, whatever is in it.
            raise IsADirectoryError(type(file).__name__)
        yield cast("IO[bytes]", _Plainly(file))


class _Plainly:
    """Reads, and names what goes wrong in one way."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        try:
            return cast(bytes, self._file.read(size))
        except Exception as error:  # noqa: BLE001 - as above
            raise _plainly(error) from None


def _plainly(error: Exception) -> OSError:
    """Of the same kind, without the storage's own words: they may name what nobody should read."""
    kind = next((kind for kind in (FileNotFoundError, PermissionError) if isinstance(error, kind)), OSError)
    return kind(type(error).__name__)
