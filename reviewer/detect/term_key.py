"""Keys of sealed term lists: 32 random bytes a file, outside of every pack, for its owner's eyes only."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from reviewer.errors import ConfigurationError, NotAllowedError
from reviewer.home import home, private_folder
from reviewer.language import tr
from reviewer.refusal import cause

_BYTES = 32
_PRIVATE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ID_CHARACTERS = 16
VARIABLE = "REVIEWER_TERM_KEYS"
"""Names the folder of the keys, where it is not `term-keys` under the person's home."""


def key_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where keys lie on this machine."""
    named = environment.get(VARIABLE, "")
    return Path(named).expanduser() if named else home(environment) / "term-keys"


def key_id(key: bytes) -> str:
    """The name of a key, which tells nothing of it: the first 64 bits of a SHA-256."""
    return hashlib.sha256(b"reviewer term key\0" + key).hexdigest()[:_ID_CHARACTERS]


def load_key(name: str) -> bytes:
    """The key of that name. Without it a sealed list cannot be looked for, and that is never passed over.

    Raises ConfigurationError when it is missing, damaged, another's, or open to other accounts (POSIX).
    """
    path = key_folder() / f"{name}.key"
    try:
        mode = path.stat().st_mode
        key = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        raise ConfigurationError(
            tr(
                f"缺少词表密钥 {path}：没有它查不了本单位的保密词表，不能放行。向词表的保管人要，放到这里（权限 600）",
                f"the key {path} of a sealed list is missing: without it the list cannot be looked for. Get it from "
                "the keeper of the list and put it there (mode 600)",
            )
        ) from None
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：读不了（{cause(error)}）", f"{path}: {cause(error)}")) from None
    except ValueError:
        raise _wrong(path) from None
    if os.name == "posix" and mode & _OTHERS:
        raise ConfigurationError(
            tr(
                f"{path}：别的账户也能读这个密钥，拒绝使用。先运行 chmod 600 {path}",
                f"{path}: other accounts can read this key. First: chmod 600 {path}",
            )
        )
    if len(key) != _BYTES or key_id(key) != name:
        raise _wrong(path)
    return key


def create_key(randomness: Callable[[int], bytes] = os.urandom) -> str:
    """A new key in its file (0600); its name. Raises NotAllowedError rather than replace one."""
    key = randomness(_BYTES)
    name = key_id(key)
    path = private_folder(key_folder()) / f"{name}.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except FileExistsError:
        raise NotAllowedError(tr(f"密钥已存在，不覆盖：{path}", f"a key exists and is not replaced: {path}")) from None
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(key.hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return name


def _wrong(path: Path) -> ConfigurationError:
    return ConfigurationError(
        tr(f"{path}：密钥已损坏，或不是这份词表的", f"{path}: damaged, or the key of another list")
    )
