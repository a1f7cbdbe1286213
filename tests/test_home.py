import os
from pathlib import Path

import pytest

from reviewer.home import home, private_folder


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
