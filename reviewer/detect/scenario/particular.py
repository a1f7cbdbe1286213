"""Particulars that a notice shows or keeps back: what a column of them is called and which findings they cause."""

from __future__ import annotations

import re

from reviewer.detect.expressions import found, regex, union
from reviewer.strict import Table
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_REACH = 16  # characters before a value in running text within which it is named
_OPENING = lazy(
    r"(?:(?:\A|[\n\r；;。|])[ \t　▲★•·\-]*(?:"
    r"(?:对象|户|序号|岗位(?:代码)?)[一二三四五六七八九十0-9]{1,12}[：:][ ]?"
    r"|第[一二三四五六七八九十0-9]{1,3}[户名位：:，, ]{0,3}|"
    r"[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．][ ]?|[0-9]{1,3}[ ])?)\Z"
)
_NOISE = lazy(r"[（(【\[][^）)】\]]*[）)】\]]|[\s*：:/·.、]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Particular:
    """One particular of a person, by the name that scenarios use for it.

    - `types`: the findings that it explains;
    - `columns`: the meanings of a header (`privacy/columns.py`) under which it stands;
    - `headers`: patterns for headers whose meaning is lawful by itself, or is not known;
    - `guarded`: a number that identifies, or leads to money or to a telephone: no scenario may show it unless it
      names the law that says so;
    - `prose`: in running text it is told by its type alone; any other needs its name before it;
    - `opening`: in running text it is what opens a line, or an item of an enumeration: 1. 王某，女，…；
    - `other`: patterns for headers of the same meaning that hold somebody else's: 监护人 among names.
    """

    name: str
    name_en: str
    types: tuple[str, ...]
    columns: tuple[str, ...]
    headers: str
    guarded: bool
    prose: bool
    opening: bool
    other: str

    def is_called(self, header: str, meaning: str) -> bool:
        """Whether a column with this header, which has this meaning, holds it."""
        bare = _NOISE.sub("", header)
        if self.other and regex(self.other).search(bare):
            return False
        if meaning in self.columns:
            return True
        return bool(self.headers) and regex(self.headers).search(bare) is not None

    def is_told(self, text: str, start: int) -> bool:
        """Whether running text says that the value which begins here is this particular."""
        if self.opening and _OPENING.search(text, max(0, start - _REACH), start):
            return True
        return self.prose or (bool(self.headers) and found(self.headers, text, max(0, start - _REACH), start))


def decode_particular(table: Table) -> Particular:
    particular = Particular(
        name=table.string("name"),
        name_en=table.string("name_en"),
        types=table.strings("types", ()),
        columns=table.strings("columns", ()),
        headers=union(table, "headers", table.strings("headers", ())),
        guarded=table.flag("guarded"),
        prose=table.flag("prose"),
        opening=table.flag("opening"),
        other=union(table, "except", table.strings("except", ())),
    )
    table.finish()
    return particular


def is_number(text: str) -> bool:
    """Whether a text holds a number as long as identifiers and telephones are; a date and a sum are shorter."""
    return re.search(r"(?:[0-9][ \-.]?){10}", text) is not None
