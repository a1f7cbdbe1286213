"""A person's key at rest: one small JSON file under the person's home, sealed by a passphrase.

The private half is wrapped by scrypt (n = 2^17, r = 8, p = 1) and AES-256-GCM, which also binds name and public
key. PKCS#8's own encryption is not used: the library writes it with 2,048 rounds of PBKDF2, too few for a sign-off
key. An empty passphrase leaves the private half readable; that is allowed, and every act signed with it says so.
"""

from __future__ import annotations

import base64
import binascii
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.errors import ConfigurationError, EvidenceError, NotAllowedError
from reviewer.home import private_folder
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.signoff import sm2
from reviewer.signoff.canonical import canonical, parse
from reviewer.signoff.codec import decode, encode
from reviewer.signoff.keys import Algorithm, OpenKey, algorithm_of, open_key, open_sm2_key, parse_public_key, written
from reviewer.signoff.wording import person_name

SCHEMA = "reviewer.key/1"
_COST, _BLOCK, _LANES = 2**17, 8, 1
_COSTS_ACCEPTED = tuple(2**power for power in range(14, 21))  # a file must not make its reader take more than 1 GiB
Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A key as it lies on disk; without protection `cost` is 0, `salt` and `nonce` are empty."""

    schema: str
    name: str
    public_key: str
    protected: bool
    cost: int
    salt: str
    nonce: str
    private: str


def key_path(home: Path, name: str) -> Path:
    """Where the key of this person lies; raises UsageError for a name that could leave the folder."""
    return home / "keys" / f"{person_name(name)}.json"


def create_key(
    home: Path,
    name: str,
    passphrase: str,
    randomness: Randomness = os.urandom,
    algorithm: Algorithm = Algorithm.ED25519,
) -> OpenKey:
    """A new key for `name`, written to its file (0600). Raises NotAllowedError rather than replace one."""
    if algorithm is Algorithm.SM2:
        made = sm2.generate()
        raw, public_key = made.secret, written(algorithm, made.public)
        opened = open_sm2_key(person_name(name), raw, public_key, protected=passphrase != "")
    else:
        raw = randomness(32)
        opened = open_key(person_name(name), raw, protected=passphrase != "")
    bare = KeyFile(
        schema=SCHEMA, name=opened.name, public_key=opened.public_key, protected=False,
        cost=0, salt="", nonce="", private=_text(raw),
    )  # fmt: skip
    stored = _seal(bare, passphrase, randomness) if passphrase else bare
    _write_new(key_path(home, name), canonical(encode(stored)))
    return opened


def read_key(home: Path, name: str) -> KeyFile:
    """The key file of `name`, still sealed: enough for `key show` and `roster add`.

    Raises ConfigurationError if it is missing or damaged.
    """
    path = key_path(home, name)
    try:
        stored = decode(KeyFile, parse(_read(path, name), str(path)), str(path))
        parse_public_key(stored.public_key)
    except (EvidenceError, ConfigurationError) as error:
        raise ConfigurationError(f"{error} {_remedy()}" if path.exists() else str(error)) from error
    if stored.schema != SCHEMA or stored.name != person_name(name):
        raise _damaged(path)
    return stored


def load_key(home: Path, name: str, passphrase: Callable[[], str]) -> OpenKey:
    """The key of `name`, unlocked; `passphrase` is asked only for a protected key.

    Raises ConfigurationError for a missing or damaged file, NotAllowedError for a wrong passphrase.
    """
    path, stored = key_path(home, name), read_key(home, name)
    raw = _unseal(stored, passphrase(), path) if stored.protected else _bytes(stored.private, path)
    if len(raw) != 32:
        raise _damaged(path)
    if algorithm_of(stored.public_key) is Algorithm.SM2:
        return open_sm2_key(stored.name, raw, stored.public_key, protected=stored.protected)
    opened = open_key(stored.name, raw, protected=stored.protected)
    if opened.public_key != stored.public_key:
        raise _damaged(path)
    return opened


def founding_key(home: Path, name: str, passphrase: Callable[[], str]) -> OpenKey:
    """The key with which `name` founds a ledger: the one that is there, or a new one under that passphrase."""
    if key_path(home, name).exists():
        return load_key(home, name, passphrase)
    return create_key(home, name, passphrase())


def _seal(bare: KeyFile, passphrase: str, randomness: Randomness) -> KeyFile:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = randomness(16), randomness(12)
    sealed = replace(bare, protected=True, cost=_COST, salt=_text(salt), nonce=_text(nonce), private="")
    box = AESGCM(_wrapping_key(passphrase, salt, _COST))
    private = box.encrypt(nonce, base64.b64decode(bare.private), canonical(encode(sealed)))
    return replace(sealed, private=_text(private))


def _unseal(stored: KeyFile, passphrase: str, path: Path) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = _bytes(stored.salt, path), _bytes(stored.nonce, path)
    if stored.cost not in _COSTS_ACCEPTED or len(nonce) != 12:
        raise _damaged(path)
    box = AESGCM(_wrapping_key(passphrase, salt, stored.cost))
    try:
        return box.decrypt(nonce, _bytes(stored.private, path), canonical(encode(replace(stored, private=""))))
    except InvalidTag:
        raise NotAllowedError(
            tr(f"口令不对，或密钥文件已损坏：{path}", f"wrong passphrase, or a damaged key file: {path}")
        ) from None


def _wrapping_key(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    return Scrypt(salt=salt, length=32, n=cost, r=_BLOCK, p=_LANES).derive(secret)


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigurationError(
            tr(
                f"没有“{name}”的密钥：{path}。先运行 reviewer key new {name}。",
                f"no key for {name}: {path}. Run reviewer key new {name} first.",
            )
        ) from None
    except OSError as error:
        raise ConfigurationError(
            tr(f"{path}：读不了（{cause(error)}）。", f"{path}: cannot be read ({cause(error)}).")
        ) from error


def _write_new(path: Path, data: bytes) -> None:
    try:
        private_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise NotAllowedError(tr(f"密钥已存在，不覆盖：{path}", f"a key exists and is not replaced: {path}")) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:  # half a key would stand in the way of the next one
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        tr(
            f"{path}：写不进去（{cause(error)}）。检查磁盘和权限，或设 REVIEWER_HOME。",
            f"{path}: cannot be written ({cause(error)}). Check disk and permissions, or set REVIEWER_HOME.",
        )
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str, path: Path) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> ConfigurationError:
    return ConfigurationError(tr(f"密钥文件已损坏：{path}。{_remedy()}", f"damaged key file: {path}. {_remedy()}"))


def _remedy() -> str:
    return tr(
        "从备份恢复；没有备份时，由管理员撤销旧公钥，再建新密钥。",
        "Restore it from a copy; without one, have the administrator revoke the old key and make a new one.",
    )
