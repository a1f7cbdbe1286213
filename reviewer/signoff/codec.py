"""Frozen values to plain JSON and back, strictly: every field, no other key, every type as declared.

A field made by `later` came into the format afterwards: it is left out where it has its first value, so that what was
signed before reads as it did then, and no value has two spellings.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import Field, field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from reviewer.errors import EvidenceError
from reviewer.language import tr

T = TypeVar("T")
_Decoder = Callable[[Any], Any]
_LATER = "later"


def later(first: T) -> T:
    """A dataclass field that the format did not have at first; whoever does not state it states `first`."""
    return field(default=first, metadata={_LATER: True})


class _MismatchError(Exception):
    """What does not fit, and the keys that lead to it (outermost first)."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.path: list[str] = []


def encode(value: object) -> Any:
    """Plain JSON of a frozen value: dataclasses become objects, tuples arrays, enumerations their value."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    kind: Any = type(value)
    known = ((name, getattr(value, name)) for name in _names(kind))
    left_out = _first_values(kind)
    return {name: encode(one) for name, one in known if name not in left_out or one != left_out[name]}


def decode(kind: type[T], data: object, place: str) -> T:
    """A `kind` out of plain JSON; raises EvidenceError naming `place` and the key that does not fit."""
    try:
        return typing.cast("T", _decoder(typing.cast("Any", kind))(data))
    except _MismatchError as error:
        where = ".".join((place, *error.path))
        raise EvidenceError(
            tr(f"{where}：格式不符（{error}）", f"{where}: does not fit the format ({error})")
        ) from None


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _first_values(kind: Any) -> dict[str, Any]:
    """The fields that came later, each with the value it has where nobody states it."""
    known: tuple[Field[Any], ...] = fields(kind)
    return {one.name: one.default for one in known if _LATER in one.metadata}


@cache
def _decoder(kind: Any) -> _Decoder:
    """Built once per type: verification reads thousands of acts a second."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _array(_decoder(typing.get_args(kind)[0]))
    if origin in (typing.Union, types.UnionType):
        (inner,) = (arm for arm in typing.get_args(kind) if arm is not type(None))
        return _nullable(_decoder(inner))
    if is_dataclass(kind):
        return _record(typing.cast("type", kind))
    if issubclass(kind, Enum):
        return _member(kind)
    return _scalar(kind)


def _scalar(kind: type) -> _Decoder:
    def scalar(data: object) -> object:
        if type(data) is not kind:  # not isinstance: true is not the number one
            raise _MismatchError(f"{kind.__name__} expected")
        return data

    return scalar


def _member(kind: type[Enum]) -> _Decoder:
    table = {member.value: member for member in kind}

    def member(data: object) -> Enum:
        if not isinstance(data, str) or data not in table:
            raise _MismatchError(f"not a {kind.__name__}")
        return table[data]

    return member


def _nullable(inner: _Decoder) -> _Decoder:
    def nullable(data: object) -> object:
        return None if data is None else inner(data)

    return nullable


def _array(inner: _Decoder) -> _Decoder:
    def array(data: object) -> tuple[object, ...]:
        if not isinstance(data, list):
            raise _MismatchError("array expected")
        return tuple([inner(item) for item in data])

    return array


def _record(kind: type) -> _Decoder:
    hints = typing.get_type_hints(kind)
    names = frozenset(_names(kind))
    first = _first_values(kind)
    needed = names - first.keys()
    always = tuple((name, _decoder(hints[name])) for name in _names(kind) if name in needed)
    later = tuple((name, _decoder(hints[name]), value) for name, value in first.items())

    def record(data: object) -> object:
        if not isinstance(data, dict) or not needed <= data.keys() <= names:
            raise _MismatchError(_wrong_keys(kind, needed, names, data))
        found, name = {}, ""
        try:
            for name, decoder in always:
                found[name] = decoder(data[name])
            for name, decoder, value in later:
                if name in data:
                    found[name] = decoder(data[name])
                    if found[name] == value:
                        raise _MismatchError("stated although it is what an unstated one means")
        except _MismatchError as error:
            error.path.insert(0, name)
            raise
        return kind(**found)

    return record


def _wrong_keys(kind: type, needed: frozenset[str], names: frozenset[str], data: object) -> str:
    if not isinstance(data, dict):
        return "object expected"
    missing = ", ".join(sorted(needed - data.keys()))
    unknown = len(data.keys() - names)
    return f"{kind.__name__}: missing [{missing}], {unknown} unknown"
