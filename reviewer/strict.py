"""A strict decoder for what people write by hand: wrong types and unknown keys are refused with file and place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from reviewer.errors import ConfigurationError
from reviewer.language import tr

E = TypeVar("E", bound=Enum)


class Table:
    """One table of a hand-written file; every key must be taken before `finish`."""

    def __init__(self, data: object, where: str, *, vouched: bool = False) -> None:
        """`vouched`: the file was decoded before and its digest is the same: slow checks need not be repeated."""
        if not isinstance(data, Mapping):
            raise self.wrong(where, tr("应为一个表", "must be a table"))
        self._data: dict[str, Any] = dict(data)
        self._asked: dict[str, None] = {}
        self.where = where
        self.vouched = vouched

    @staticmethod
    def wrong(where: str, what: str) -> ConfigurationError:
        """An error that names the place; to be raised by the caller."""
        return ConfigurationError(where + tr("：", ": ") + what)

    def error(self, what: str) -> ConfigurationError:
        """An error at this table's place."""
        return self.wrong(self.where, what)

    def has(self, key: str) -> bool:
        self._asked[key] = None
        return key in self._data

    def states(self, key: str, value: object) -> bool:
        """Whether the key is there with that value; it stays to be taken."""
        return self._data.get(key) == value

    def is_text(self, key: str) -> bool:
        """Whether the key holds a string, where it may be a string or a table; it stays to be taken."""
        return isinstance(self._data.get(key), str)

    def leave(self, *keys: str) -> None:
        """These keys are another reader's; see `only`."""
        for key in keys:
            self._data.pop(key, None)

    def only(self, *keys: str) -> Table:
        """A table of these keys alone, for whoever decodes them; to be called before `leave`."""
        return Table({key: self._data[key] for key in keys if key in self._data}, self.where, vouched=self.vouched)

    def string(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.error(tr(f"“{key}”应为非空文字", f"“{key}” must be a non-empty string"))
        return value

    def text(self, key: str, default: str = "") -> str:
        """A string that may be empty or left out."""
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.error(tr(f"“{key}”应为文字", f"“{key}” must be a string"))
        return value

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self._take(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
            raise self.error(tr(f"“{key}”应为文字列表", f"“{key}” must be a list of strings"))
        return tuple(value)

    def items(self, key: str, default: tuple[object, ...] | None = None) -> tuple[object, ...]:
        """A list of anything, for the caller to decode."""
        value = self._take(key, default)
        if not isinstance(value, list | tuple):
            raise self.error(tr(f"“{key}”应为列表", f"“{key}” must be a list"))
        return tuple(value)

    def number(self, key: str, default: float | None = None) -> float:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(tr(f"“{key}”应为数字", f"“{key}” must be a number"))
        return float(value)

    def integer(self, key: str, default: int | None = None) -> int:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(tr(f"“{key}”应为整数", f"“{key}” must be an integer"))
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.error(tr(f"“{key}”应为 true 或 false", f"“{key}” must be true or false"))
        return value

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        value = self._take(key, default)
        if isinstance(value, kind):
            return value
        try:
            return kind(value)
        except ValueError:
            known = "、".join(str(member.value) for member in kind)
            raise self.error(
                tr(f"“{key}”不认识“{value}”，可用：{known}", f"“{key}”: unknown “{value}”, one of: {known}")
            ) from None

    def table(self, key: str, *, optional: bool = False) -> Table:
        value = self._take(key, {} if optional else None)
        return Table(value, f"{self.where} {key}", vouched=self.vouched)

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not be a silent default."""
        if self._data:
            unknown = "、".join(self._data)
            hint = self._hint()
            raise self.error(tr(f"不认识的键：{unknown}{hint}", f"unknown key: {unknown}{hint}"))

    def _hint(self) -> str:
        """The key that was probably meant."""
        from difflib import get_close_matches

        meant = [near for key in self._data for near in get_close_matches(key, self._asked, n=1, cutoff=0.6)]
        return tr(f"；是不是想写 {'、'.join(meant)}？", f"; did you mean {', '.join(meant)}?") if meant else ""

    def _take(self, key: str, default: object) -> Any:
        self._asked[key] = None
        if key in self._data:
            return self._data.pop(key)
        if default is None:
            raise self.error(tr(f"缺少“{key}”", f"“{key}” is missing"))
        return default
