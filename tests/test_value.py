"""Values are what the standard library's dataclasses are, whatever is asked of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any

import pytest

from reviewer import value

OPTIONS = [
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True},
    {"slots": True},
    {"slots": True, "kw_only": True},
    {"frozen": True},
    {},
    {"eq": False},
    {"frozen": True, "slots": True, "repr": False},
]


def declared(module: Any, options: dict[str, bool]) -> type:
    """One class, made by `dataclasses` or by `reviewer.value`."""

    @module.dataclass(**options)
    class Place:
        """Where something is."""

        name: str
        lines: tuple[int, ...] = ()
        seen: list[str] = module.field(default_factory=list)
        held: bool = module.field(default=False, compare=False)

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("no name")

        @property
        def first(self) -> int:
            return self.lines[0]

    return Place


@pytest.fixture(params=OPTIONS, ids=lambda options: "-".join(options) or "plain")
def pair(request: pytest.FixtureRequest) -> tuple[type, type]:
    return declared(value, request.param), declared(dataclasses, request.param)


def outcome(act: Any) -> object:
    try:
        return act()
    except Exception as error:  # noqa: BLE001
        return type(error)


@pytest.mark.parametrize(
    "act",
    [
        lambda cls: repr(cls(name="a")).partition(" object at")[0],
        lambda cls: repr(cls("a", (1,))).partition(" object at")[0],
        lambda cls: cls(name="a") == cls(name="a"),
        lambda cls: cls(name="a", held=True) == cls(name="a"),
        lambda cls: cls(name="a") == "a",
        lambda cls: cls(name="a", lines=(2,)).first,
        lambda cls: cls(name="a").seen,
        lambda cls: cls(),
        lambda cls: cls(name=""),
        lambda cls: cls(name="a", other=1),
        lambda cls: setattr(cls(name="a"), "name", "b"),
        lambda cls: delattr(cls(name="a"), "name"),
        lambda cls: isinstance(hash(cls(name="a", seen=None)), int),
        lambda cls: hasattr(cls(name="a"), "__dict__"),
        lambda cls: [(f.name, f.type, f.kw_only, f.compare) for f in dataclasses.fields(cls)],
        lambda cls: dataclasses.asdict(cls(name="a", lines=(1, 2))),
        lambda cls: dataclasses.replace(cls(name="a"), name="b").name,
        lambda cls: value.replace(cls(name="a", lines=(3,)), name="b").lines,
        lambda cls: dataclasses.is_dataclass(cls),
        lambda cls: cls.__match_args__,
        lambda cls: copy.deepcopy(cls(name="a", lines=(1,))).lines,
        lambda cls: cls.__doc__,
    ],
)
def test_as_the_standard_library_has_it(pair: tuple[type, type], act: Any) -> None:
    ours, theirs = pair
    assert outcome(lambda: act(ours)) == outcome(lambda: act(theirs))


def test_a_hash_is_that_of_what_is_compared() -> None:
    cls = declared(value, {"frozen": True, "slots": True, "kw_only": True})
    assert hash(cls(name="a", seen=None, held=True)) == hash(cls(name="a", seen=None))


@value.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    name: str


@value.dataclass(frozen=True, slots=True, kw_only=True)
class Longer(Kept):
    more: int = 1


def test_a_value_of_the_standard_library_is_replaced_as_well() -> None:
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Indexed:
        names: tuple[str, ...]
        note: str = ""
        index: dict[str, int] = dataclasses.field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "index", {name: at for at, name in enumerate(self.names)})

    again = value.replace(Indexed(names=("a",), note="x"), names=("a", "b"))
    assert (again.note, again.index) == ("x", {"a": 0, "b": 1})
    with pytest.raises(TypeError):
        value.replace(again, other=1)


def test_values_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(Kept(name="a"))) == Kept(name="a")


def test_a_value_may_extend_another() -> None:
    one = Longer(name="a", more=2)
    assert (one.name, one.more, dataclasses.replace(one, name="b").more) == ("a", 2, 2)
    assert [field.name for field in dataclasses.fields(Longer)] == ["name", "more"]


def test_a_default_that_could_change_is_refused() -> None:
    with pytest.raises(ValueError, match="default_factory"):

        @value.dataclass(slots=True)
        class Wrong:
            names: list[str] = []  # noqa: RUF012


def test_declaring_a_value_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom reviewer.value import dataclass\n"
        "@dataclass(frozen=True, slots=True)\nclass A:\n x: int\n"
        "A(1); sys.exit(bool({'dataclasses', 'inspect'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
