"""Formulas as binary workbooks keep them: tokens in reverse Polish order ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.97)."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reviewer.extract.residue import residue
from reviewer.extract.workbook.functions import FUNCTIONS, USER_DEFINED
from reviewer.extract.workbook.grid import column_name

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_OPERATORS = ("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":")
_BINARY = dict(enumerate(_OPERATORS, start=3))
_LONGEST = 20_000
"""Characters of one formula; Excel itself takes 8,192."""

# Text, numbers of many digits, arrays, REPT, MID, LEFT, RIGHT, REPLACE, SUBSTITUTE and their kin for bytes.
_WORTH = re.compile(
    rb"[\x17\x1f\x20\x40\x60]|[\x21\x41\x61](?:[\x1e\x1f\x77\xcf\xd2]\0)|[\x22\x42\x62].(?:[\x73\x74\x78\xd0\xd1]\0)",
    re.DOTALL,
)


# Joined by &, or TEXT, REPT, MID, LOWER, UPPER, PROPER, TRIM, REPLACE, LEFT, RIGHT, SUBSTITUTE, CONCATENATE last.
_MAKES_TEXT = re.compile(
    rb"(?:\x08|[\x21\x41\x61][\x1e\x1f\x30\x70\x71\x72\x76\x77]\0"
    rb"|[\x22\x42\x62].(?:[\x73\x74\x78]\0|\x50\x01))\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one version of the format writes its tokens.

    `text(data, at)` gives a string and where it ends, `ref(data, at)` row, column, and whether each is relative.
    """

    text: Callable[[bytes, int], tuple[str, int]]
    ref: Callable[[bytes, int], tuple[int, int, bool, bool]]
    area: Callable[[bytes, int], tuple[tuple[int, int, bool, bool], tuple[int, int, bool, bool]]]
    arrays: Callable[[bytes, int], tuple[str, int]]
    rows: int
    columns: int
    sizes: Mapping[int, int]  # bytes behind a token of this base number
    link_bytes: int  # of a sheet index before a reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the indexes in a formula stand for."""

    sheet: Callable[[int], str]
    name: Callable[[int], str]
    foreign: Callable[[int, int], str]


class _LostError(Exception):
    """A token is unknown or cut short: what follows cannot be told apart."""


def worth_reading(code: bytes) -> bool:
    """Whether a formula can hold text, or cut text out of a cell, at all: most do not."""
    return _WORTH.search(code) is not None


def makes_text(code: bytes) -> bool:
    """Whether a formula can only come to text: a nought saved as its result was never worked out."""
    return _MAKES_TEXT.search(code[-4:]) is not None


def formula_text(code: bytes, extra: bytes, dialect: Dialect, scope: Scope, base: tuple[int, int] = (0, 0)) -> str:
    """A formula as a person writes it; where it cannot be followed, an ellipsis and the texts in the rest.

    `extra` holds its arrays, `base` is the cell from which a shared formula counts.
    """
    walk = _Walk(code, extra, dialect, scope, base)
    try:
        while walk.at < len(code):
            walk.step()
        return walk.result()
    except (_LostError, struct.error, IndexError):
        return " … ".join([*walk.stack, *residue(code[walk.at :] + extra)])


class _Walk:
    """The tokens of one formula, and the pieces made of them so far."""

    def __init__(self, code: bytes, extra: bytes, dialect: Dialect, scope: Scope, base: tuple[int, int]) -> None:
        self.at = 0
        self.stack: list[str] = []
        self._code = code
        self._extra = extra
        self._extra_at = 0
        self._dialect = dialect
        self._scope = scope
        self._base = base

    def result(self) -> str:
        if len(self.stack) > 1:
            raise _LostError
        return "".join(self.stack)

    def step(self) -> None:
        """Take the next token."""
        token = self._code[self.at]
        self.at += 1
        base = token if token < 0x20 else 0x20 | (token & 0x1F)
        if base in _BINARY:
            right, left = self._pop(), self._pop()
            self._push(f"{left}{_BINARY[base]}{right}")
        elif base < 0x20:
            self._constant(base)
        elif token < 0x80:
            self._operand(base)
        else:
            raise _LostError

    def _push(self, piece: str) -> None:
        if len(piece) > _LONGEST:
            raise _LostError
        self.stack.append(piece)

    def _pop(self) -> str:
        if not self.stack:
            raise _LostError
        return self.stack.pop()

    def _take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self._code, self.at)
        self.at += struct.calcsize(layout)
        return values

    def _constant(self, base: int) -> None:
        if base in (0x12, 0x13):
            self._push("+-"[base - 0x12] + self._pop())
        elif base == 0x14:
            self._push(self._pop() + "%")
        elif base == 0x15:
            self._push(f"({self._pop()})")
        elif base == 0x16:
            self._push("")
        elif base == 0x17:
            text, self.at = self._dialect.text(self._code, self.at)
            self._push('"' + text.replace('"', '""') + '"')
        elif base == 0x18:  # a reference to a table, or one of the label kinds that nobody writes any more
            (kind,) = self._take("<B")
            self.at += 12 if kind == 0x19 else 4
            self._push("")
        elif base == 0x19:
            self._attribute()
        elif base == 0x1C:
            self._push(ERRORS.get(self._take("<B")[0], "#REF!"))
        elif base == 0x1D:
            self._push("TRUE" if self._take("<B")[0] else "FALSE")
        elif base == 0x1E:
            self._push(str(self._take("<H")[0]))
        elif base == 0x1F:
            self._push(repr(self._take("<d")[0]).removesuffix(".0"))
        elif base in (0x01, 0x02):  # A shared formula or a data table: told where it is defined.
            self.at += self._dialect.sizes[base]
            self._push("")
        else:
            raise _LostError

    def _attribute(self) -> None:
        kind, value = self._take("<BH")
        if kind & 0x04:  # CHOOSE: jumps to each choice
            self.at += 2 * (value + 1)
        elif kind & 0x10:
            self._push(f"SUM({self._pop()})")

    def _operand(self, base: int) -> None:
        if base == 0x20:
            self.at += self._dialect.sizes[base]
            text, self._extra_at = self._dialect.arrays(self._extra, self._extra_at)
            self._push("{" + text + "}")
        elif base in (0x21, 0x22):
            self._function(base)
        elif base in (0x24, 0x2C):
            self._push(self._name(self._dialect.ref(self._code, self._skip(base)), base == 0x2C))
        elif base in (0x25, 0x2D):
            self._push(self._area(self._skip(base), base == 0x2D))
        elif base in (0x3A, 0x3B):
            self._linked(base)
        elif base == 0x23:
            at = self._skip(base)
            self._push(self._scope.name(struct.unpack_from("<H", self._code, at)[0]))
        elif base == 0x39:
            sheet, index = struct.unpack_from("<HH", self._code, self._skip(base))
            self._push(self._scope.foreign(sheet, index))
        elif base in (0x2A, 0x2B, 0x3C, 0x3D):
            self._skip(base)
            self._push("#REF!")
        elif base in (0x26, 0x27, 0x28, 0x29, 0x2E, 0x2F):  # a reference worked out beforehand; it follows again
            self._skip(base)
        else:
            raise _LostError

    def _skip(self, base: int) -> int:
        at = self.at
        self.at += self._dialect.sizes[base]
        return at

    def _function(self, base: int) -> None:
        count: int | None
        if base == 0x21:
            (number,) = self._take("<H")
            name, count = FUNCTIONS.get(number, ("", None))
            if count is None:
                raise _LostError
        else:
            count, number = self._take("<BH")
            count = count & 0x7F
            # Commands of macro sheets have numbers of their own, told by the highest bit.
            name = FUNCTIONS.get(number, (f"FUNC{number}" if number < 0x8000 else f"CMD{number & 0x7FFF}", None))[0]
        if count > len(self.stack):
            raise _LostError
        arguments = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        if number == USER_DEFINED and arguments:
            name = arguments.pop(0)
        self._push(f"{name}({','.join(arguments)})")

    def _linked(self, base: int) -> None:
        at = self._skip(base)
        (sheet,) = struct.unpack_from("<H", self._code, at)
        at += self._dialect.link_bytes
        place = self._name(self._dialect.ref(self._code, at), False) if base == 0x3A else self._area(at, False)
        self._push(f"{self._scope.sheet(sheet)}!{place}")

    def _area(self, at: int, counted: bool) -> str:
        first, last = self._dialect.area(self._code, at)
        return f"{self._name(first, counted)}:{self._name(last, counted)}"

    def _name(self, ref: tuple[int, int, bool, bool], counted: bool) -> str:
        row, column, row_moves, column_moves = ref
        if counted:
            row = (row + self._base[0]) % self._dialect.rows if row_moves else row
            column = (column + self._base[1]) % self._dialect.columns if column_moves else column
        return f"{'' if column_moves else '$'}{column_name(column)}{'' if row_moves else '$'}{row + 1}"
