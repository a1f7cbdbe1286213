"""`dataclass`, `field` and `replace` as the standard library has them, with methods written when they are first called.

The standard decorator writes the source of six methods for every class and compiles them as the module is imported: for
the hundred values between a staged file and its verdict that, and the import of `inspect`, took longer than the review.
Here a class costs its slots; `__init__` is compiled when the first value is made. Everything else is as documented in
`dataclasses`, whose functions (`fields`, `asdict`, `replace`) accept these values, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "replace"]

_MISSING = object()
_SPECIFICATIONS = "__value_fields__"
_FIELDS, _PARAMETERS = "__dataclass_fields__", "__dataclass_params__"
Classes = Callable[[type], type]


class Specification:
    """What one field is: its default or what makes one, whether it is compared, whether it is named in a call."""

    __slots__ = ("compare", "default", "factory", "kw_only")

    def __init__(self, default: Any, factory: Any, compare: bool) -> None:
        self.default, self.factory, self.compare, self.kw_only = default, factory, compare, False

    @property
    def optional(self) -> bool:
        return self.default is not _MISSING or self.factory is not _MISSING


def _field(*, default: Any = _MISSING, default_factory: Any = _MISSING, compare: bool = True) -> Any:
    return Specification(default, default_factory, compare)


def _dataclass(
    cls: type | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    eq: bool = True,
    repr: bool = True,
    order: bool = False,
) -> Any:
    if order:
        import dataclasses

        return dataclasses.dataclass(cls, frozen=frozen, slots=slots, kw_only=kw_only, eq=eq, repr=repr, order=True)

    def made(cls: type) -> type:
        return _valued(cls, frozen=frozen, slots=slots, kw_only=kw_only, eq=eq, repr=repr)

    return made if cls is None else made(cls)


def _replace(value: Any, /, **changes: Any) -> Any:
    kind: Any = type(value)
    names, values = _taken_apart(kind)
    held = dict(zip(names, values(value), strict=True))
    held.update(changes)
    return kind(**held)


@cache
def _taken_apart(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a value's fields, and what gives them all at once: a case is replaced at every entry of a ledger."""
    names = getattr(kind, _SPECIFICATIONS, None)
    if names is None:
        import dataclasses

        names = [one.name for one in dataclasses.fields(kind) if one.init]
    return tuple(names), _values(tuple(names))


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _field, _replace


def _valued(cls: type, *, frozen: bool, slots: bool, kw_only: bool, eq: bool, repr: bool) -> type:
    own = _own(cls, kw_only=kw_only)
    inherited: dict[str, Specification] = {}
    for base in reversed(cls.__mro__[1:]):
        inherited |= base.__dict__.get(_SPECIFICATIONS, {})
    specifications = inherited | own
    defaults = {name: one.default for name, one in own.items() if one.default is not _MISSING}
    for name in own:
        if slots or name not in defaults:
            if name in cls.__dict__:
                delattr(cls, name)
        else:
            setattr(cls, name, defaults[name])
    if slots:
        cls = _slotted(cls, own)
    compared = _values(tuple(name for name, one in specifications.items() if one.compare))
    _put(cls, "__init__", _initializer(cls, specifications, frozen=frozen), always=True)
    if repr:
        _put(cls, "__repr__", _representation(_values(tuple(specifications)), tuple(specifications)))
    if eq:
        _put(cls, "__eq__", _equality(compared))
        if cls.__dict__.get("__hash__") is None:
            cls.__hash__ = _digest(compared) if frozen else None  # type: ignore[assignment,method-assign]
    if frozen:
        _freeze(cls, frozenset(specifications))
        if slots:
            _put(cls, "__getstate__", _state(_values(tuple(specifications))))
            _put(cls, "__setstate__", _restoring(tuple(specifications)))
    setattr(cls, _SPECIFICATIONS, specifications)
    setattr(cls, _FIELDS, _Genuine(specifications))
    parameters = {"init": True, "repr": repr, "eq": eq, "order": False, "unsafe_hash": False, "frozen": frozen}
    setattr(cls, _PARAMETERS, SimpleNamespace(**parameters))
    _put(cls, "__match_args__", tuple(name for name, one in specifications.items() if not one.kw_only))
    return cls


def _own(cls: type, *, kw_only: bool) -> dict[str, Specification]:
    """The fields that the class itself declares, in their order."""
    own: dict[str, Specification] = {}
    for name, annotation in _annotations(cls).items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        given = cls.__dict__.get(name, _MISSING)
        one = given if isinstance(given, Specification) else Specification(given, _MISSING, True)
        if type(one.default).__hash__ is None:
            raise ValueError(f"{cls.__name__}.{name}: a mutable default; use default_factory")
        one.kw_only = kw_only
        own[name] = one
    return own


def _slotted(cls: type, own: Mapping[str, Specification]) -> type:
    """The class once more, its fields in slots: slots cannot be given to a class that is there."""
    taken = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
    content = {name: held for name, held in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    content["__slots__"] = tuple(name for name in own if name not in taken)
    made = type(cls)(cls.__name__, cls.__bases__, content)
    made.__qualname__ = cls.__qualname__
    return made


def _put(cls: type, name: str, what: object, *, always: bool = False) -> None:
    """Set an attribute that the class does not define itself."""
    if always or name not in cls.__dict__:
        setattr(cls, name, what)


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _initializer(cls: type, specifications: Mapping[str, Specification], *, frozen: bool) -> Callable[..., None]:
    def initialize(self: object, /, *values: Any, **named: Any) -> None:
        written = _written(cls, specifications, frozen=frozen)
        cls.__init__ = written  # type: ignore[misc]
        written(self, *values, **named)

    return initialize


def _written(cls: type, specifications: Mapping[str, Specification], *, frozen: bool) -> Callable[..., None]:
    """The constructor, compiled from the names and defaults of the fields; they come from our own source."""
    names: dict[str, Any] = {"_set": object.__setattr__, "_missing": _MISSING}
    positional, named, body = ["self"], ["*"], []
    for name, one in specifications.items():
        given = f"{name}=_default_{name}" if one.optional else name
        names[f"_default_{name}"] = one.default
        value = name
        if one.factory is not _MISSING:
            names[f"_factory_{name}"] = one.factory
            value = f"_factory_{name}() if {name} is _missing else {name}"
        (named if one.kw_only else positional).append(given)
        body.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join(positional + (named if len(named) > 1 else []))
    source = f"def __init__({parameters}):\n " + "\n ".join(body or ["pass"])
    exec(source, names)  # noqa: S102 - as the standard library does
    written: Callable[..., None] = names["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    return written


def _representation(values: Callable[[Any], tuple[Any, ...]], names: tuple[str, ...]) -> Callable[[Any], str]:
    def represent(self: Any) -> str:
        shown = (f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{type(self).__qualname__}({', '.join(shown)})"

    return represent


def _equality(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], bool]:
    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _digest(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], int]:
    def digest(self: Any) -> int:
        return hash(values(self))

    return digest


def _freeze(cls: type, names: frozenset[str]) -> None:
    def assign(self: Any, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise _frozen(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise _frozen(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    _put(cls, "__setattr__", assign)
    _put(cls, "__delattr__", delete)


def _frozen(words: str) -> AttributeError:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(words)


def _state(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], list[Any]]:
    def state(self: Any) -> list[Any]:
        return list(values(self))

    return state


def _restoring(names: tuple[str, ...]) -> Callable[[Any, list[Any]], None]:
    def restore(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return restore


class _Genuine:
    """The fields in the standard library's own form, made when one of its functions asks for them."""

    def __init__(self, specifications: Mapping[str, Specification]) -> None:
        self._specifications = specifications

    def __get__(self, value: object, cls: type) -> Mapping[str, Any]:
        import dataclasses

        made: dict[str, Any] = {}
        annotations = {key: kind for base in reversed(cls.__mro__) for key, kind in _annotations(base).items()}
        for name, one in self._specifications.items():
            given: dict[str, Any] = {} if one.default is _MISSING else {"default": one.default}
            given |= {} if one.factory is _MISSING else {"default_factory": one.factory}
            genuine: Any = dataclasses.field(compare=one.compare, kw_only=one.kw_only, **given)
            genuine.name, genuine.type = name, annotations.get(name)
            genuine._field_type = dataclasses._FIELD  # type: ignore[attr-defined]
            made[name] = genuine
        return made


def _annotations(cls: type) -> Mapping[str, Any]:
    """Those of the class itself, as they are written; `inspect.get_annotations` would cost its import."""
    held: Mapping[str, Any] = vars(cls).get("__annotations__", {})
    return held
