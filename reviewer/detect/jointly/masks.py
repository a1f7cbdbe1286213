"""Masks: which digits of whose number a list leaves to be seen (GB 11643-1999: six of the county, eight of the birth
date, four of order and check), or that it tells the birth date beside. The county is known from whoever publishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewer.detect.jointly.rows import plain, rows
from reviewer.detect.jointly.telling import Telling
from reviewer.detect.privacy.people import has_surname, is_name
from reviewer.terms import Document
from reviewer.text.lazy import lazy

_NAME = lazy(r"姓名|户主|申请人|患者|学生|^(?:监护人|家长|当事人|被征收人|业主)$")
_NUMBER = lazy(r"身份证|证件号|身份号码|证号")
_BIRTH = lazy(r"出生|生日")
_WORTH = lazy(_NAME.pattern + "|" + _NUMBER.pattern + "|" + _BIRTH.pattern)
_SHOWN = lazy(r"[1-9][0-9Xx*×●■◆★]{17}")
_STARS = lazy(r"[*×●■◆★]")
_BORN = lazy(r"((?:19|20)[0-9]{2})[年.\-/]?(1[0-2]|0?[1-9])[月.\-/]?([12][0-9]|3[01]|0?[1-9])日?")
# 王小宝，身份证号529931********6030
_LISTED = lazy(
    r"(?:^|[\n。；])(?:[0-9]{1,3}[.、])?(?:姓名[：:])?(?P<name>[\u4e00-\u9fff·]{2,6})[，,：:（(][^\n。；]{0,24}?"
    r"(?<![0-9*×])(?P<number>[1-9][0-9Xx*×●■◆★]{17})(?![0-9Xx*×])"
)
_FIELDS = {"region": slice(0, 6), "birth": slice(6, 14), "tail": slice(14, 18)}


def tellings(document: Document) -> Iterator[Telling]:
    """Persons under a full name of whom not the whole number stands here: that would be a finding."""
    for row in rows(document, _WORTH):
        parts: dict[str, str] = {}
        for cell in row.under(_NUMBER):
            parts |= _fields(cell)
        for born in map(_BORN.fullmatch, row.under(_BIRTH)):
            if born:
                parts["birth"] = f"{born[1]}{int(born[2]):02}{int(born[3]):02}"
        for name in row.under(_NAME):
            yield from _telling(name, parts, row.place)
    for segment in document.segments:
        if segment.cell is None:
            for told in _LISTED.finditer("\n".join(map(plain, segment.text.splitlines()))):
                yield from _telling(told["name"], _fields(told["number"]), segment.place)


def _telling(name: str, parts: Mapping[str, str], place: str) -> Iterator[Telling]:
    if parts.keys() & {"birth", "tail"} and is_name(name) and has_surname(name):
        yield Telling(aggregation="masks", names=(name,), parts=parts, place=place)


def _fields(number: str) -> dict[str, str]:
    """The fields of a masked number that are seen whole; nothing of one that has no mask."""
    if not _SHOWN.fullmatch(number) or not _STARS.search(number):
        return {}
    return {field: number[at].upper() for field, at in _FIELDS.items() if not _STARS.search(number[at])}
