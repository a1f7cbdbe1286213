"""Numbers of OFD: arrays with their shorthand, boxes, matrices, outlines of paths (GB/T 33190-2016, 7.3, 9.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.extract.pdf.leaf import Box, Matrix

Point = tuple[float, float]

IDENTITY = Matrix()
MOST_NUMBERS = 200_000
_FARTHEST = 1e7
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def numbers(text: str | None, most: int = MOST_NUMBERS) -> list[float]:
    """The numbers of an array; `g n v` stands for n times v (GB/T 33190-2016, 11.3)."""
    words = (text or "").replace(",", " ").split()
    values: list[float] = []
    position = 0
    while position < len(words) and len(values) < most:
        if words[position] in ("g", "G"):
            count, value = number_at(words, position + 1), number_at(words, position + 2)
            values += [value] * int(max(0.0, min(count, most - len(values))))
            position += 3
        else:
            values.append(number_at(words, position))
            position += 1
    return values


def number_at(words: Sequence[str], position: int) -> float:
    """A number of an array, 0 where it is none; nothing is farther away than ten kilometres."""
    try:
        value = float(words[position])
    except (ValueError, IndexError):
        return 0.0
    return max(-_FARTHEST, min(value, _FARTHEST)) if value == value else 0.0


def box(text: str | None) -> Box | None:
    """The rectangle that `x y width height` says."""
    values = numbers(text, 8)
    if len(values) < 4:
        return None
    x, y, width, height = values[:4]
    return Box(x, y, x + width, y + height)


def matrix(text: str | None) -> Matrix:
    """A CTM; the identity where it is missing or no matrix."""
    values = numbers(text, 8)
    return Matrix(*values[:6]) if len(values) >= 6 else IDENTITY


def point(at: Matrix, x: float, y: float) -> Point:
    """Where a point goes."""
    return at.a * x + at.c * y + at.e, at.b * x + at.d * y + at.f


def moved(at: Matrix, x: float, y: float) -> Matrix:
    """A transformation after a move of its origin."""
    return at.after(Matrix(1, 0, 0, 1, x, y))


def around(points: Sequence[Point]) -> Box:
    """The box of some points."""
    if not points:
        return Box(0, 0, 0, 0)
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def outlines(data: str | None, at: Matrix) -> tuple[tuple[Point, ...], ...]:
    """The closed outlines of a path's AbbreviatedData, curves by their control points (GB/T 33190-2016, 9.1)."""
    found: list[tuple[Point, ...]] = []
    current: list[Point] = []
    for command, values in _commands(data or ""):
        if command in ("S", "M"):
            if len(current) > 2:
                found.append(tuple(current))
            current = []
        # Of an arc (A) only the end point is a point.
        pairs = values[-2:] if command == "A" else values
        current += [point(at, *pair) for pair in zip(pairs[::2], pairs[1::2], strict=False)]
    if len(current) > 2:
        found.append(tuple(current))
    return tuple(found)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    words = data.replace(",", " ").split()[:MOST_NUMBERS]
    position = 0
    while position < len(words):
        command = words[position].upper()
        count = _OPERANDS.get(command)
        position += 1
        if count is not None:
            yield command, [number_at(words, position + n) for n in range(count)]
            position += count


def inside(outline: Sequence[Point], x: float, y: float) -> bool:
    """Whether a point is inside a closed outline (even and odd crossings)."""
    odd = False
    before_x, before_y = outline[-1]
    for here_x, here_y in outline:
        if (here_y > y) != (before_y > y) and x < (before_x - here_x) * (y - here_y) / (before_y - here_y) + here_x:
            odd = not odd
        before_x, before_y = here_x, here_y
    return odd
