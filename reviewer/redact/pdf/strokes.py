"""Rewrites a content stream without some of its glyphs: all others keep their places (ISO 32000-1, 9.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

import pikepdf

from reviewer.extract.pdf.leaf import Matrix
from reviewer.redact.pdf.fonts import Font, StandardWidth, font

_DEEPEST = 12
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})

Wanted = Callable[[float, float, float], bool]
"""Whether the glyph whose origin is at (x, y) of the page, of this size, is to go."""


@dataclass(slots=True)
class _State:
    """The part of the graphics state on which the places of glyphs depend."""

    matrix: Matrix = field(default_factory=Matrix)
    font: Font = field(default_factory=Font)
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class Rewriter:
    """Goes through a page's content, and that of the forms it draws; `removed` counts the glyphs taken out."""

    def __init__(self, pdf: pikepdf.Pdf, standard: StandardWidth, wanted: Wanted) -> None:
        self._pdf, self._standard, self._wanted = pdf, standard, wanted
        self._fonts: dict[tuple[int, int] | int, Font] = {}
        self.removed = 0
        self.drawn: set[str] = set()  # names of the pictures and forms that pages draw

    def page(self, page: pikepdf.Page) -> bytes:
        """The page's new content."""
        return self._stream(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()), _State(), 0)

    def _stream(self, holder: Any, resources: Any, state: _State, depth: int) -> bytes:
        out: list[Any] = []
        stack: list[_State] = []
        text = line = Matrix()
        for instruction in pikepdf.parse_content_stream(holder):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                out.append(instruction)
                continue
            name, operands = str(instruction.operator), list(instruction.operands)
            if name == "q":
                stack.append(replace(state))
            elif name == "Q" and stack:
                state = stack.pop()
            elif name == "cm":
                state.matrix = state.matrix.after(_matrix(operands))
            elif name == "BT":
                text = line = Matrix()
            elif name in ("Td", "TD"):
                if name == "TD":
                    state.leading = -float(operands[1])
                text = line = line.after(Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1])))
            elif name == "Tm":
                text = line = _matrix(operands)
            elif name in ("T*", "'", '"'):
                text = line = line.after(Matrix(1, 0, 0, 1, 0, -state.leading))
            if name in _SHOWS:
                pieces, text = self._shown(name, operands, state, text)
                out += pieces
                continue
            if name == "Do" and depth < _DEEPEST:
                if depth == 0:
                    self.drawn.add(str(operands[0]))
                out.append(self._drawn(instruction, resources, state, depth))
                continue
            self._set(name, operands, resources, state)
            out.append(_unmarked(instruction, name, operands))
        return pikepdf.unparse_content_stream(out)

    def _set(self, name: str, operands: list[Any], resources: Any, state: _State) -> None:
        if name == "Tf":
            state.font, state.size = self._font(resources, operands[0]), float(operands[1])
        elif name == "Tc":
            state.spacing = float(operands[0])
        elif name == "Tw":
            state.word_spacing = float(operands[0])
        elif name == "Tz":
            state.stretch = float(operands[0]) / 100
        elif name == "TL":
            state.leading = float(operands[0])
        elif name == "Ts":
            state.rise = float(operands[0])
        elif name == "gs":
            chosen = resources.get("/ExtGState", {}).get(operands[0], {}).get("/Font")
            if chosen is not None:
                state.font, state.size = font(chosen[0], self._standard), float(chosen[1])

    def _font(self, resources: Any, name: Any) -> Font:
        entry = resources.get("/Font", {}).get(name)
        if entry is None:
            return Font()
        key = entry.objgen if entry.is_indirect else id(entry)
        if key not in self._fonts:
            self._fonts[key] = font(entry, self._standard)
        return self._fonts[key]

    def _shown(self, name: str, operands: list[Any], state: _State, text: Matrix) -> tuple[list[Any], Matrix]:
        """One operator that shows text, without the glyphs that go; and where the pen is then."""
        before: list[Any] = []
        if name == '"':
            state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
            before = [_instruction([operands[0]], "Tw"), _instruction([operands[1]], "Tc")]
        if name in ("'", '"'):
            before.append(_instruction([], "T*"))
        items = list(operands[0]) if name == "TJ" else [operands[-1]]
        kept: list[Any] = []
        gone = 0
        for item in items:
            if not isinstance(item, pikepdf.String):
                kept.append(item)
                text = _moved(text, state, -float(item) / 1000 * state.size)
                continue
            run = b""
            for code in state.font.codes(bytes(item)):
                shift = self._advance(code, state)
                if self._goes(state, text):
                    gone += 1
                    kept += [pikepdf.String(run)] if run else []
                    kept.append(-shift * 1000 / state.size if state.size else 0)
                    run = b""
                else:
                    run += code
                text = _moved(text, state, shift)
            kept += [pikepdf.String(run)] if run else []
        self.removed += gone
        if gone:
            return [*before, _instruction([pikepdf.Array([_number(one) for one in kept])], "TJ")], text
        whole = _instruction([pikepdf.Array(items)], "TJ") if name == "TJ" else _instruction(items, "Tj")
        return [*before, whole], text

    def _advance(self, code: bytes, state: _State) -> float:
        wide = state.word_spacing if code == b" " else 0.0
        return state.font.width(code) / 1000 * state.size + state.spacing + wide

    def _goes(self, state: _State, text: Matrix) -> bool:
        placed = state.matrix.after(text).after(Matrix(1, 0, 0, 1, 0, state.rise))
        return self._wanted(placed.e, placed.f, state.size * hypot(placed.c, placed.d))

    def _drawn(self, instruction: Any, resources: Any, state: _State, depth: int) -> Any:
        """A form that loses glyphs is drawn from a copy of its own: it may stand on other pages as well."""
        form = resources.get("/XObject", {}).get(instruction.operands[0])
        if form is None or form.get("/Subtype") != "/Form":
            return instruction
        inner = replace(state, matrix=state.matrix.after(_matrix(form.get("/Matrix", [1, 0, 0, 1, 0, 0]))))
        before = self.removed
        content = self._stream(form, form.get("/Resources", resources), inner, depth + 1)
        if self.removed == before:
            return instruction
        copy = self._pdf.make_stream(
            content, {k: v for k, v in form.items() if k not in ("/Length", "/Filter", "/DecodeParms")}
        )
        name = pikepdf.Name(f"/Rv{self.removed}x{len(resources['/XObject'])}")
        resources["/XObject"][name] = copy
        self.drawn.add(str(name))
        return _instruction([name], "Do")


def _moved(text: Matrix, state: _State, shift: float) -> Matrix:
    return text.after(Matrix(1, 0, 0, 1, shift * state.stretch, 0))


def _matrix(operands: Iterable[Any]) -> Matrix:
    return Matrix(*(float(value) for value in operands))


def _number(item: Any) -> Any:
    return round(item, 3) if isinstance(item, float) else item


def _instruction(operands: list[Any], operator: str) -> Any:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def _unmarked(instruction: Any, name: str, operands: list[Any]) -> Any:
    """Marked content loses what it says beside the glyphs (`ActualText`, `Alt`); layers keep theirs."""
    if name == "BDC" and operands[0] != "/OC":
        return _instruction([operands[0]], "BMC")
    if name in ("DP",):
        return _instruction([operands[0]], "MP")
    return instruction
