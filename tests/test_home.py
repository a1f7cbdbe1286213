import os
from pathlib import Path

import pytest

from reviewer.home import home, private_folder, recall, remember


@pytest.mark.parametrize(
    ("environment", "platform", "place"),
    [
        ({"REVIEWER_HOME": "/srv/keys"}, "linux", "/srv/keys"),
        ({"REVIEWER_HOME": "/srv/keys"}, "win32", "/srv/keys"),
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/reviewer"),
        pytest.param({"XDG_DATA_HOME": "data"}, "linux", "~/.local/share/reviewer", id="relative is ignored"),
        ({}, "linux", "~/.local/share/reviewer"),
        ({}, "darwin", "~/Library/Application Support/reviewer"),
        ({"APPDATA": "/roaming"}, "win32", "/roaming/reviewer"),
        ({}, "win32", "~/AppData/Roaming/reviewer"),
    ],
)
def test_where_a_person_s_things_are(environment: dict[str, str], platform: str, place: str) -> None:
    assert home(environment, platform) == Path(place).expanduser()


@pytest.mark.skipif(os.name != "posix", reason="modes exist on POSIX only")
def test_new_folders_are_closed_to_others(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "一" / "二")
    assert [folder.stat().st_mode & 0o777 for folder in (made, made.parent)] == [0o700, 0o700]
    assert private_folder(made) == made


posix = pytest.mark.skipif(os.name != "posix", reason="modes exist on POSIX only")


def kept(folder: Path) -> Path:
    """A file that `recall` gives back."""
    path = folder / "cache" / "made.bin"
    remember(path, b"what was made")
    assert bytes(recall(path) or b"") == b"what was made"
    return path


@posix
def test_what_is_remembered_is_this_accounts_alone(tmp_path: Path) -> None:
    path = kept(tmp_path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [found.name for found in path.parent.iterdir()] == ["made.bin"]


def test_an_altered_memory_is_not_believed(tmp_path: Path) -> None:
    path = kept(tmp_path)
    content = path.read_bytes()
    for altered in (b"", content[:20], content[:-1], content[:-1] + b"x", b"\0" * 32 + b"what was made"):
        path.write_bytes(altered)
        assert recall(path) is None


@posix
@pytest.mark.parametrize(("of_file", "of_folder"), [(0o640, 0o700), (0o602, 0o700), (0o600, 0o750), (0o600, 0o777)])
def test_a_memory_open_to_others_is_not_believed(tmp_path: Path, of_file: int, of_folder: int) -> None:
    path = kept(tmp_path)
    path.chmod(of_file)
    path.parent.chmod(of_folder)
    assert recall(path) is None


@posix
def test_a_link_to_somebody_elses_file_is_not_followed(tmp_path: Path) -> None:
    path = kept(tmp_path)
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")
    assert recall(path) is None


@posix
def test_another_accounts_memory_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert recall(path) is None


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", "utf-8")
    remember(tmp_path / "cache" / "made.bin", b"x")
    assert recall(tmp_path / "cache" / "made.bin") is None
