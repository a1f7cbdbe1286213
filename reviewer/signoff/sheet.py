"""A register on paper: its columns and rows, and the period that it covers."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.signoff.moment import in_china

Cell = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One register: its name, its columns (name, width in characters), its rows, and what stands under them."""

    name: str
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def laid_out(columns: str) -> tuple[tuple[str, int], ...]:
    """The columns of a sheet, written “name width，name width”."""
    split = (column.rsplit(" ", 1) for column in columns.split("，"))
    return tuple((name, int(width)) for name, width in split)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month, a year or all there is: `prefix` is 2026-03, 2026 or empty."""

    prefix: str

    @property
    def zh(self) -> str:
        """How a title names it."""
        year, _, month = self.prefix.partition("-")
        return f"{year}年{int(month)}月" if month else f"{year}年" if year else ""

    def holds(self, time: str) -> bool:
        """Whether that instant or day lies in it, in China."""
        day = time if len(time) == len("2026-03-01") else in_china(time).date().isoformat()
        return day.startswith(self.prefix)
