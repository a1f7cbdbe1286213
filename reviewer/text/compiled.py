"""Regular expressions compiled once for all starts: a memory of the programs that the engine runs.

Parsing a pattern and making its program costs the gate more than the search itself, and the standard library keeps no
program beyond a process (a pickled pattern is its source). Here a program is a list of numbers, given back to the
engine with its source; the engine checks every program before it runs it. A memory of another interpreter, or one that
does not read as expected, is left alone, and the pattern is compiled from its source.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from array import array
from collections.abc import Mapping
from typing import Any

_MOST = 2000  # programs of one memory
_UNIT = "I"


class Programs:
    """The programs known at the start and those made since."""

    def __init__(self, remembered: memoryview | None = None) -> None:
        self._index: dict[str, list[Any]] = {}
        self._held: memoryview = memoryview(b"")
        self._made: dict[str, tuple[list[Any], bytes]] = {}
        if remembered is not None:
            self._index, self._held = _read(remembered)

    @property
    def grown(self) -> bool:
        """Whether there is something that the memory does not hold."""
        return bool(self._made)

    def compiled(self, source: str, flags: int) -> re.Pattern[str]:
        """What `re.compile` gives."""
        key = _key(source, flags)
        known = self._index.get(key)
        if known is not None:
            try:
                return _restored(source, known, self._held)
            except (RuntimeError, TypeError, ValueError, OverflowError, IndexError):
                del self._index[key]  # not a program of this engine
        if len(self._index) + len(self._made) >= _MOST:
            return re.compile(source, flags)
        made = _program(source, flags)
        if made is None:
            return re.compile(source, flags)
        self._made[key] = made
        return _restored(source, [*made[0][:3], 0, len(made[1])], memoryview(made[1]))

    def forget(self) -> None:
        """Let go what was made so far: proving the rules compiles every pattern, and few are needed again."""
        self._made.clear()

    def content(self) -> bytes:
        """All programs, for the next start."""
        index: dict[str, list[Any]] = {}
        body: list[bytes] = []
        at = 0
        held = {
            key: (entry[:3], bytes(self._held[entry[3] : entry[3] + entry[4]])) for key, entry in self._index.items()
        }
        for key, (facts, program) in (held | self._made).items():
            index[key] = [*facts[:3], at, len(program)]
            body.append(program)
            at += len(program)
        head = json.dumps(index, ensure_ascii=True).encode()
        return len(head).to_bytes(8, "little") + head + b"".join(body)


def engine() -> str:
    """Names the engine that a program is for: another interpreter has a memory of its own."""
    magic = getattr(_engine(), "MAGIC", 0)
    whole = f"{sys.implementation.cache_tag} {sys.hexversion} {magic} {sys.byteorder} {array(_UNIT).itemsize}"
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


_programs: Programs | None = None


def use(programs: Programs | None) -> None:
    """From now on patterns come from this memory; None: each is compiled."""
    global _programs
    _programs = programs


def compiled(source: Any, flags: int = 0) -> re.Pattern[Any]:
    """What `re.compile` gives."""
    if _programs is None or not isinstance(source, str):
        return re.compile(source, flags)
    return _programs.compiled(source, flags)


def _key(source: str, flags: int) -> str:
    return hashlib.sha256(f"{int(flags)} {source}".encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _read(remembered: memoryview) -> tuple[dict[str, list[Any]], memoryview]:
    size = int.from_bytes(remembered[:8], "little")
    try:
        index = json.loads(bytes(remembered[8 : 8 + size]))
    except ValueError:
        return {}, memoryview(b"")
    return index if isinstance(index, dict) else {}, remembered[8 + size :]


def _restored(source: str, entry: list[Any], held: memoryview) -> re.Pattern[str]:
    flags, groups, names, at, size = entry
    program = array(_UNIT)
    program.frombytes(held[at : at + size])
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[str] = _engine().compile(source, flags, program.tolist(), groups, names, tuple(by_number))
    return made


def _program(source: str, flags: int) -> tuple[list[Any], bytes] | None:
    """(flags, groups, names of groups) and the program; None where this interpreter makes them otherwise."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    if array(_UNIT).itemsize != 4:
        return None
    try:
        parsed = _parser.parse(source, flags)
        program = _compiler._code(parsed, flags)
        names: Mapping[str, int] = parsed.state.groupdict
        facts = [int(flags | parsed.state.flags), parsed.state.groups - 1, dict(names)]
        return facts, array(_UNIT, program).tobytes()
    except (AttributeError, TypeError):
        return None


def _engine() -> Any:
    import _sre  # type: ignore[import-not-found]

    return _sre
