"""One spelling for every value that is hashed or signed: canonical JSON (RFC 8785), and a reader that is as strict."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import NoReturn

import rfc8785

from reviewer.errors import EvidenceError
from reviewer.language import tr


def canonical(value: object) -> bytes:
    """The only spelling of `value`; raises EvidenceError for what JSON cannot say exactly."""
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise EvidenceError(tr(f"无法写成规范 JSON：{error}", f"not expressible as canonical JSON: {error}")) from error


def canonical_flat(value: dict[str, str | int]) -> bytes:
    """The same spelling of an object of strings and integers with ASCII keys, ten times as fast: for every entry."""
    for one in value.values():
        if type(one) is int and abs(one) > _LARGEST:
            raise EvidenceError(
                tr("无法写成规范 JSON：数字过大", "not expressible as canonical JSON: too large a number")
            )
    form, ordered = _form(tuple(value))
    try:
        return (form % tuple([_quoted(one) if isinstance(one, str) else one for one in ordered(value)])).encode()
    except UnicodeEncodeError as error:
        raise EvidenceError(tr(f"无法写成规范 JSON：{error}", f"not expressible as canonical JSON: {error}")) from error


@cache
def _form(keys: tuple[str, ...]) -> tuple[str, Callable[[dict[str, str | int]], Iterable[str | int]]]:
    """An object with these keys, its values left out, and what takes those in the order of the keys."""
    names = sorted(keys)
    members = ",".join(f'"{name}":%s' for name in names)
    return f"{{{members}}}", lambda value: [value[name] for name in names]


def canonical_plain(value: object) -> bytes:
    """The same spelling of what `codec.encode` makes, several times as fast: its keys are the names of fields."""
    said = _WRITER.encode(value)
    if _LONG.search(said):  # perhaps a number that JSON cannot say exactly
        return canonical(value)
    try:
        return said.encode("utf-8")
    except UnicodeEncodeError:
        return canonical(value)  # which says what is wrong


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def parse(text: str | bytes, place: str) -> object:
    """JSON without fractions, NaN or a key given twice; raises EvidenceError naming `place`."""
    try:
        return _READER.decode(text.decode("utf-8") if isinstance(text, bytes) else text)
    except (ValueError, RecursionError) as error:
        raise EvidenceError(
            tr(f"{place}：不是合格的 JSON（{error}）", f"{place}: not acceptable JSON ({error})")
        ) from error


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"number {text}")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


_LARGEST = 2**53 - 1
_LONG = re.compile(r"[:,\[]-?\d{16}", re.ASCII)
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_READER = json.JSONDecoder(
    parse_float=_refuse_number, parse_constant=_refuse_number, object_pairs_hook=_object, strict=True
)
