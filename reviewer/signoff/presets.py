"""The chains that ship with the program, one TOML file each in `chains/`, and the one of a unit that names none."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.signoff.chain import Chain
from reviewer.signoff.chain_file import read_chain
from reviewer.strict import Table

DEFAULT = "three"  # 发布人→审核人→分管领导, the chain that most regulations describe
_FOLDER = Path(__file__).parent / "chains"


def default_chain() -> Chain:
    """The chain of a unit that names none."""
    return preset(DEFAULT)


def names() -> tuple[str, ...]:
    """The names of the shipped chains, the shortest chains first."""
    return tuple(
        sorted((path.stem for path in _FOLDER.glob("*.toml")), key=lambda name: (len(preset(name).hops), name))
    )


@cache
def preset(name: str) -> Chain:
    """The shipped chain of that name; raises ConfigurationError naming those that exist."""
    known = {path.stem: path for path in _FOLDER.glob("*.toml")}
    if name not in known:
        listed = "、".join(sorted(known))
        raise ConfigurationError(
            tr(f"没有名为 {name} 的审批链；现有：{listed}", f"no chain named {name}; there are: {listed}")
        )
    content = tomllib.loads(known[name].read_text("utf-8"))
    return read_chain(Table(content, known[name].name), name)
