import errno
import json
import os
from pathlib import Path

import pytest

from reviewer.errors import ConfigurationError, NotAllowedError, UsageError
from reviewer.signoff.keyfile import create_key, founding_key, key_path, load_key, read_key
from reviewer.signoff.keys import fingerprint, holds, open_key, parse_public_key


def unasked() -> str:
    raise AssertionError("no passphrase is needed")


def test_rfc_8032_first_example() -> None:
    raw = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    key = open_key("甲", raw, protected=False)
    assert key.public_key == "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")
    assert holds(key.public_key, key.sign(b""), b"")
    assert not holds(key.public_key, key.sign(b""), b"x")


@pytest.mark.parametrize(
    "text",
    [
        "", "ed25519:", "ed25519:AAAA", "rsa:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        pytest.param("ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp=", id="loose bits in the last character"),
        pytest.param("ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", id="no padding"),
        "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "张三",
    ],
)  # fmt: skip
def test_what_is_no_public_key(text: str) -> None:
    with pytest.raises(ConfigurationError, match="公钥"):
        parse_public_key(text)


def test_a_key_without_passphrase_says_so(tmp_path: Path) -> None:
    made = create_key(tmp_path, "张三", "")
    loaded = load_key(tmp_path, "张三", unasked)
    assert (loaded.public_key, loaded.protected) == (made.public_key, False)
    assert holds(made.public_key, loaded.sign(b"m"), b"m")
    assert len(fingerprint(made.public_key)) == 64


def test_a_key_behind_a_passphrase(tmp_path: Path) -> None:
    made = create_key(tmp_path, "李四", "四个 字")
    stored = json.loads(key_path(tmp_path, "李四").read_bytes())
    assert (stored["cost"], stored["protected"]) == (2**17, True)
    assert load_key(tmp_path, "李四", lambda: "四个 字").sign(b"m") == made.sign(b"m")
    with pytest.raises(NotAllowedError, match="口令不对"):
        load_key(tmp_path, "李四", lambda: "四个字")


@pytest.mark.parametrize("field", ["name", "public_key", "salt", "nonce", "private", "cost", "protected"])
def test_no_field_of_a_sealed_file_can_be_exchanged(
    tmp_path_factory: pytest.TempPathFactory, sealed: tuple[Path, Path], field: str
) -> None:
    one, other = (json.loads(key_path(home, "李四").read_bytes()) for home in sealed)
    other |= {"name": "王五", "cost": 2**14, "protected": False}
    home = tmp_path_factory.mktemp("mixed")
    (home / "keys").mkdir()
    key_path(home, "李四").write_text(json.dumps(one | {field: other[field]}), encoding="utf-8")
    with pytest.raises((ConfigurationError, NotAllowedError)):
        load_key(home, "李四", lambda: "口令")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    homes = tmp_path_factory.mktemp("一"), tmp_path_factory.mktemp("二")
    for home in homes:
        create_key(home, "李四", "口令")
    return homes


@pytest.mark.skipif(os.name != "posix", reason="modes exist on POSIX only")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    create_key(tmp_path, "张三", "")
    assert key_path(tmp_path, "张三").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    first = create_key(tmp_path, "张三", "")
    with pytest.raises(NotAllowedError, match="不覆盖"):
        create_key(tmp_path, "张三", "")
    assert read_key(tmp_path, "张三").public_key == first.public_key


def test_a_key_that_cannot_be_written_says_so_and_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(ConfigurationError, match="写不进去"):
            create_key(tmp_path, "张三", "")
    create_key(tmp_path, "张三", "")
    (tmp_path / "档案").write_text("", "utf-8")
    with pytest.raises(ConfigurationError, match="写不进去"):
        create_key(tmp_path / "档案", "张三", "")


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        create_key(tmp_path / "home", "../../李四", "")
    assert list(tmp_path.iterdir()) == []


def test_a_first_administrator_needs_no_key_beforehand(tmp_path: Path) -> None:
    first = founding_key(tmp_path, "管理员", str)
    assert founding_key(tmp_path, "管理员", unasked).public_key == first.public_key


def test_a_missing_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="key new 张三"):
        load_key(tmp_path, "张三", unasked)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"\xff", b'{"schema": 1}',
        pytest.param(
            b'{"schema":"reviewer.key/1","name":"\xe5\xbc\xa0\xe4\xb8\x89","public_key":'
            b'"ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=","protected":false,"cost":0,"salt":"","nonce":"",'
            b'"private":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}',
            id="halves do not match",
        ),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").mkdir()
    key_path(tmp_path, "张三").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"张三\.json.*从备份恢复"):
        load_key(tmp_path, "张三", unasked)


def test_a_key_is_not_printed(tmp_path: Path) -> None:
    key = create_key(tmp_path, "张三", "", randomness=lambda size: b"k" * size)
    assert "kkk" not in repr(key)
    assert "private" not in repr(key)
