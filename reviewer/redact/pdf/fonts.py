"""How the strings of a PDF font are cut into codes, and how far each code moves the pen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_CODESPACE = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f\s]+)>\s*<\s*([0-9A-Fa-f\s]+)>")
_MIXED = re.compile(r"^(GB|GBK|GBpc|GBKp|GBK2K|B5|HKscs|ETen|ETenms|CNS|ETHK)")

StandardWidth = Callable[[str, int], float | None]
"""The width of a code in a font that is not described in the file, by the font's name."""


@dataclass(frozen=True, slots=True)
class Font:
    """`spaces`: of code points; `widths` in thousandths of the size; `scale`: thousandths a unit of glyph space is."""

    widths: dict[int, float] = field(default_factory=dict)
    default: float = 0.0
    code_bytes: int = 1  # 0: one below 0x80, two above
    scale: float = 1.0
    standard: Callable[[int], float | None] | None = None
    vertical: bool = False

    def codes(self, text: bytes) -> Iterator[bytes]:
        """The codes of a string."""
        at = 0
        while at < len(text):
            step = self.code_bytes or (1 if text[at] < 0x80 else 2)
            yield text[at : at + step]
            at += step

    def width(self, code: bytes) -> float:
        number = int.from_bytes(code)
        known = self.widths.get(number)
        if known is None and self.standard is not None:
            known = self.standard(number)
        return (self.default if known is None else known) * self.scale


def font(entry: Any, standard: StandardWidth) -> Font:
    """The font of a resource dictionary."""
    if entry.get("/Subtype") == "/Type0":
        return _composite(entry)
    first = int(entry.get("/FirstChar", 0))
    widths = {first + n: float(w) for n, w in enumerate(entry.get("/Widths", []))}
    name = str(entry.get("/BaseFont", "")).lstrip("/")
    descriptor = entry.get("/FontDescriptor", {})
    scale = 1.0
    if entry.get("/Subtype") == "/Type3":
        scale = abs(float(entry.get("/FontMatrix", [0.001])[0])) * 1000
    return Font(
        widths=widths,
        default=float(descriptor.get("/MissingWidth", 0)) if widths else 0.0,
        scale=scale,
        standard=None if widths else (lambda code: standard(name, code)),
    )


def _composite(entry: Any) -> Font:
    inner = entry["/DescendantFonts"][0]
    encoding = entry.get("/Encoding")
    name = str(encoding).lstrip("/") if isinstance(encoding, pikepdf.Name) else ""
    return Font(
        widths=_listed(inner.get("/W", [])),
        default=float(inner.get("/DW", 1000)),
        code_bytes=_code_bytes(name, encoding),
        vertical=name.endswith("-V") or (not name and encoding.get("/WMode", 0) == 1),
    )


def _code_bytes(name: str, encoding: Any) -> int:
    if name:
        return 0 if _MIXED.match(name) else 2
    found = _CODESPACE.findall(encoding.read_bytes())
    sizes = {len(re.sub(rb"\s", b"", low)) // 2 for part in found for low, _ in _RANGE.findall(part)}
    return sizes.pop() if len(sizes) == 1 else 2


def _listed(entries: Any) -> dict[int, float]:
    """`/W`: first [w w …], or first last w (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    row = list(entries)
    at = 0
    while at + 1 < len(row):
        first = int(row[at])
        if isinstance(row[at + 1], pikepdf.Array):
            widths |= {first + n: float(w) for n, w in enumerate(row[at + 1])}
            at += 2
        elif at + 2 < len(row):
            last = min(int(row[at + 1]), first + 0xFFFF)
            widths |= dict.fromkeys(range(first, last + 1), float(row[at + 2]))
            at += 3
        else:
            break
    return widths
