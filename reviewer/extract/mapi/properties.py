"""A bag of MAPI properties ([MS-OXCDATA] 2.11, [MS-OXPROPS]), asked for by id; the others are kept in view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.extract.mail.charset import text_of

STRING8, UNICODE, BINARY, OBJECT, MULTIPLE = 0x1E, 0x1F, 0x102, 0x0D, 0x1000
INTEGER = 0x03
VARIABLE = frozenset({STRING8, UNICODE, BINARY, OBJECT})

MESSAGE_CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property; a multiple one is here once for each of its values. `name` is that of a named one."""

    id: int
    kind: int
    value: bytes
    name: str = ""


class Properties:
    """The properties of a message, a recipient or an attachment."""

    def __init__(self, properties: Iterator[Property] | list[Property], codepage: int = 0) -> None:
        self._all = list(properties)
        self._taken: set[int] = set()
        self.codepage = self.number(INTERNET_CODEPAGE) or self.number(MESSAGE_CODEPAGE) or codepage
        self._ansi = self.number(MESSAGE_CODEPAGE) or codepage or self.codepage

    def number(self, wanted: int) -> int:
        """An integer; 0 if there is none."""
        for found in self._all:
            if found.id == wanted and found.kind == INTEGER:
                self._taken.add(wanted)
                return int.from_bytes(found.value[:4], "little")
        return 0

    def text(self, *wanted: int) -> str:
        """The text of the first of these that has one."""
        for one in wanted:
            for found in self._all:
                if found.id == one and found.kind in (STRING8, UNICODE):
                    self._taken.add(one)
                    text = self.decoded(found).strip("\0").strip()
                    if text:
                        return text
        return ""

    def data(self, wanted: int) -> bytes:
        """The bytes of a property, whatever its kind."""
        for found in self._all:
            if found.id == wanted and found.kind in VARIABLE:
                self._taken.add(wanted)
                return found.value
        return b""

    def is_text(self, wanted: int) -> bool:
        """Whether the property is written as text of the code page and not as bytes."""
        return any(found.id == wanted and found.kind in (STRING8, UNICODE) for found in self._all)

    def decoded(self, found: Property) -> str:
        """The text of a property of text."""
        if found.kind & ~MULTIPLE == UNICODE:
            return found.value.decode("utf-16-le", errors="replace")
        return text_of(found.value.rstrip(b"\0"), charset(self._ansi)).text

    def left(self) -> Iterator[Property]:
        """The properties that nobody asked for."""
        return (found for found in self._all if found.id not in self._taken)


def charset(codepage: int) -> str:
    """The name of a Windows code page as a mail would write it; "" if unknown."""
    names = {0: "", 65001: "utf-8", 936: "gb18030", 54936: "gb18030", 950: "big5", 20127: "ascii", 28591: "iso-8859-1"}
    return names.get(codepage, f"cp{codepage}")
