"""Where the data that ships with the program is: the wheel's own copy, or the checkout's folders."""

from __future__ import annotations

from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The folder of shipped data `name` ("rules" or "models"), in a wheel or in a checkout."""
    for home in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if home.is_dir():
            return home
    raise ConfigurationError(
        tr(
            f"找不到随程序发布的数据“{name}”：安装不完整，请重新安装 reviewer",
            f"shipped data “{name}” is missing: the installation is incomplete, install reviewer again",
        )
    )
