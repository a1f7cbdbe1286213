"""RTF documents made in memory, with the habits of those who write them."""

from __future__ import annotations

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset136 PMingLiU;}"
    r"{\f3\fnil\fcharset2 Wingdings;}{\f4\fnil\fcharset2 Symbol;}{\f5\fnil\fcharset128 MS Mincho;}}"
)
COLOURS = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red192\green0\blue0;}"


def rtf(body: str, *, header: str = r"\ansi\ansicpg936\deff0", after: bytes = b"") -> bytes:
    """A whole document around a body of RTF."""
    return ("{" + rf"\rtf1{header}{FONTS}{COLOURS}" + "\r\n" + body + "}").encode("latin-1") + after


def ansi(text: str, codec: str = "gb18030") -> str:
    r"""Text as \'hh."""
    return "".join(rf"\'{byte:02x}" for byte in text.encode(codec))


def wide(text: str, fallback: str = "?") -> str:
    r"""Text as \uN, each with its fallback; characters beyond the first plane as two."""
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return "".join(rf"\u{unit - 0x10000 if unit > 0x7FFF else unit}{fallback}" for unit in units)


def row(*cells: str, definition: str = "") -> str:
    """One row of a table, its cells in SimSun."""
    defined = definition or "".join(rf"\cellx{1000 * (at + 1)}" for at in range(len(cells)))
    return rf"\trowd{defined}\pard\intbl\f1 " + "".join(rf"{cell}\cell " for cell in cells) + r"\row"
