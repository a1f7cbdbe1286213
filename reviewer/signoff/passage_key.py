"""The office's key of passage digests: without it nobody can guess what a digest in the ledger stands for.

A slow digest would not do: of an identity number whose district and birthday are known 1,000 remain to be tried.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.home import home, private_folder
from reviewer.language import tr
from reviewer.refusal import cause

_BYTES = 32
_PRIVATE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
VARIABLE = "REVIEWER_PASSAGE_KEY"
"""Names the key's file, where it is not `passages.key` under the person's home."""


def key_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the key lies on this machine; everybody who compares versions needs the same one."""
    named = environment.get(VARIABLE, "")
    return Path(named).expanduser() if named else home(environment) / "passages.key"


def key_id(key: bytes) -> str:
    """The name of a key, which tells nothing of it: the first 64 bits of a SHA-256."""
    return hashlib.sha256(b"reviewer passage key\0" + key).hexdigest()[:16]


def passage_key() -> bytes | None:
    """The key, or None where there is none. Raises ConfigurationError when it is damaged or open to other accounts."""
    path = key_path()
    try:
        mode = path.stat().st_mode
        key = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：读不了（{cause(error)}）", f"{path}: {cause(error)}")) from None
    except ValueError:
        raise _damaged(path) from None
    if os.name == "posix" and mode & _OTHERS:
        raise ConfigurationError(
            tr(
                f"{path}：别的账户也能读这个密钥，拒绝使用。先运行 chmod 600 {path}",
                f"{path}: other accounts can read this key. First: chmod 600 {path}",
            )
        )
    if len(key) != _BYTES:
        raise _damaged(path)
    return key


def kept_key(randomness: Callable[[int], bytes] = os.urandom) -> bytes:
    """The key, made (0600) where there is none yet."""
    known = passage_key()
    if known is not None:
        return known
    path, key = key_path(), randomness(_BYTES)
    try:
        private_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：写不进去（{cause(error)}）", f"{path}: {cause(error)}")) from None
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(key.hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return key


def _damaged(path: Path) -> ConfigurationError:
    return ConfigurationError(
        tr(f"{path}：密钥已损坏；从备份恢复（应为 64 位十六进制数）", f"{path}: damaged; restore it (64 hex digits)")
    )
