"""Sequences that are decoded when somebody looks at them: a clean text needs few of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

T = TypeVar("T")


class Deferred(Sequence[T]):
    """Stands for the tuple that `make` gives, asked once; equal to it, and a tuple again in another process."""

    def __init__(self, make: Callable[[], tuple[T, ...]], size: int | None = None) -> None:
        self._make, self._size = make, size

    @cached_property
    def whole(self) -> tuple[T, ...]:
        return self._make()

    def __len__(self) -> int:
        return len(self.whole) if self._size is None else self._size

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self.whole[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self.whole)

    def __eq__(self, other: object) -> bool:
        return self.whole == (other.whole if isinstance(other, Deferred) else other)

    def __hash__(self) -> int:
        return hash(self.whole)

    def __repr__(self) -> str:
        return repr(self.whole)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.whole,)
