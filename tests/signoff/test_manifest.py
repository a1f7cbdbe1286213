import hashlib
import unicodedata
from pathlib import Path

import pytest

from reviewer.errors import NothingReadError, UsageError
from reviewer.signoff.manifest import Manifest, differences, read_manifest


def package(folder: Path, **contents: str) -> Manifest:
    folder.mkdir()
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_manifest(folder / name for name in contents)


def test_a_file_by_its_digests(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (file,) = read_manifest([tmp_path / "a"]).files
    assert (file.name, file.size_bytes, file.sha256) == ("a", 3, hashlib.sha256(b"abc").hexdigest())
    assert file.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905 example


def test_the_package_digest_knows_names_and_bytes_but_not_the_order_given(tmp_path: Path) -> None:
    first = package(tmp_path / "1", b="B", a="A")
    assert first.digest == package(tmp_path / "2", a="A", b="B").digest
    assert first.digest != package(tmp_path / "3", a="B", b="A").digest
    assert first.digest.startswith(first.fingerprint)
    assert len(first.fingerprint) == 12


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": "1"}, {"a": "1"}, []),
        ({"a": "1"}, {"a": "2"}, ["a：内容已变（应为 6b86b273ff34，实为 d4735e3a265e）"]),
        ({"a": "1"}, {"b": "1"}, ["a：改名为 b（6b86b273ff34）"]),
        ({"a": "1", "b": "2"}, {"a": "1"}, ["b：缺少（应为 d4735e3a265e）"]),
        ({"a": "1"}, {"a": "1", "b": "2"}, ["b：多出（d4735e3a265e）"]),
        pytest.param(
            {"a": "1", "b": "2"},
            {"a": "2", "b": "1"},
            [
                "a：内容已变（应为 6b86b273ff34，实为 d4735e3a265e）",
                "b：内容已变（应为 d4735e3a265e，实为 6b86b273ff34）",
            ],
            id="two names exchanged",
        ),
        pytest.param(
            {"a": "1", "b": "1"},
            {"c": "1"},
            ["a：改名为 c（6b86b273ff34）", "b：缺少（应为 6b86b273ff34）"],
            id="two of the same bytes",
        ),
    ],
)
def test_what_differs_is_named(tmp_path: Path, before: dict[str, str], after: dict[str, str], told: list[str]) -> None:
    assert list(differences(package(tmp_path / "b", **before), package(tmp_path / "a", **after))) == told


def test_a_decomposed_name_is_the_same_name(tmp_path: Path) -> None:
    name = "Café.docx"
    (tmp_path / unicodedata.normalize("NFD", name)).write_bytes(b"x")
    (file,) = read_manifest([tmp_path / unicodedata.normalize("NFD", name)]).files
    assert file.name == name


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("1", "2"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.docx").write_bytes(folder.encode())
    with pytest.raises(UsageError, match=r"同名：a\.docx"):
        read_manifest([tmp_path / "1" / "a.docx", tmp_path / "2" / "a.docx"])


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingReadError, match=r"缺\.docx"):
        read_manifest([tmp_path / "缺.docx"])
    with pytest.raises(NothingReadError):
        read_manifest([tmp_path])
    with pytest.raises(UsageError):
        read_manifest([])
