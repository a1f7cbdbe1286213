"""Who is in a document: the names of a record, who of them is a private person, and where else each is named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cached_property

from reviewer.detect.privacy.everybody import Scored
from reviewer.detect.privacy.fields import Field, named
from reviewer.detect.privacy.heads import heads, is_personal
from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.people import Name, is_name, occurrences
from reviewer.detect.privacy.records import Records
from reviewer.detect.privacy.roles import Standing, standing_before
from reviewer.detect.reading import Range, Reading
from reviewer.text.automaton import automaton
from reviewer.text.lazy import lazy

# A person without a full name: 刘女士, 老张, 张某. The person cannot be told, but a number beside can tell.
_PARTIAL = lazy(
    r"[\u4e00-\u9fff](?:先生|女士|小姐|大爷|大妈|阿姨|老师|师傅|同学)|来电人|诉求人|投诉人|信访人|来访人|举报人|申请人|当事人|业主|住户|"
    r"患者|死者|伤者|户主|家属|该户|受害人|本人|监护人|受援人|劳动者|家长|孩子|学生"
)
_PSEUDONYM = lazy(r"[（(](?:化名|均为化名|假名|网名|已?匿名)")
_FALSE_NAME = lazy(r"([\u4e00-\u9fff]{2,4})[（(](?:化名|均为化名|假名|网名|已?匿名)")
# The subject goes on without being named again.
SUBJECT = lazy(
    r"其|该户|该员|本人|他|她|申请人|当事人|患者|死者|伤者|来电人|诉求人|投诉人|来访人|信访人|被征收人|业主|户主|孩子|儿子|女儿|妻子|丈夫|"
    r"母亲|父亲|父母|老伴|家中|家庭|家里|家人|我|您|主诉|诊断|罪犯|对象|女方|男方|子女|双方|[致与][甲乙丙]|职工|劳动者|患儿|家属|一子|一女|婚后"
)


class Society:
    """The persons of one document, found record by record and remembered."""

    def __init__(self, reading: Reading, records: Records, fields: Sequence[Field], cells: Sequence[Name]) -> None:
        self._text = reading.text
        self._records = records
        self._lines = reading.lines
        self._labelled = sorted([*cells, *_labelled(reading.text, fields)], key=lambda name: name.start)
        self._starts = [name.start for name in self._labelled]
        self._known: dict[Range, list[Name]] = {}
        persons = reading.ruleset.persons
        self._scored = Scored(reading.text, reading.lines, persons.names if persons is not None else None)
        self._false = tuple(match[1] for match in _FALSE_NAME.finditer(reading.text))

    def names_in(self, start: int, end: int) -> list[Name]:
        """The full names in a range of text, those of labelled fields and of columns of names first."""
        held = self._known.get((start, end))
        if held is None:
            held = self._known[start, end] = self._find(start, end)
        return held

    def _find(self, start: int, end: int) -> list[Name]:
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        known = self._labelled[low:high]
        taken = {place for name in known for place in range(name.start, name.end)}
        free = [
            name
            for name in self._scored.names(start, end)
            if name.start not in taken and name.end - 1 not in taken and not self._is_false(name)
        ]
        return sorted([*known, *free], key=lambda name: name.start)

    def _is_false(self, name: Name) -> bool:
        """Whether the text calls the name a false one, here or anywhere else."""
        return _PSEUDONYM.match(self._text, name.end) is not None or any(
            false.endswith(name.text) for false in self._false
        )

    def faint_in(self, start: int, end: int) -> list[Name]:
        """What may be a private person's name, too faint to count unless something private is told beside it."""
        found = [name for name in self._scored.faint(start, end) if not self._is_false(name)]
        names, starts = self._heads
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        return sorted([*found, *names[low:high]], key=lambda name: name.start)

    @cached_property
    def _heads(self) -> tuple[list[Name], list[int]]:
        """What stands at the heads of items as names do in the same text, or is a person's by itself; and where."""
        found = [one for unit in self._lines for one in heads(self._text, *unit)]
        marks = {mark for (start, end), mark in found if any(name.start == start for name in self.names_in(start, end))}
        said = [self._text[start:end] for (start, end), mark in found if mark == "："]
        if len(said) > len(set(said)):  # who speaks again and again: a conversation
            found = [(place, mark) for place, mark in found if mark != "："]
        names = [
            Name(start, end, self._text[start:end], Standing.NONE, False)
            for (start, end), mark in found
            if mark in marks or is_personal(self._text, start, end)
        ]
        return names, [name.start for name in names]

    def private_in(self, start: int, end: int, *, strong: bool = True) -> list[Name]:
        """Those who do not act for an office; with `strong` only where words around say that it is a name."""
        return [name for name in self.names_in(start, end) if not name.official and (name.strong or not strong)]

    def has_person(self, start: int, end: int) -> bool:
        """Whether a private person is spoken of, by full name or without one."""
        return bool(self.private_in(start, end)) or _PARTIAL.search(self._text, start, end) is not None


def _labelled(text: str, fields: Sequence[Field]) -> Iterator[Name]:
    for field in named(fields):
        value = text[field.start : field.end]
        match = re.match(r"[\u4e00-\u9fff·•]{2,15}|[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}", value)
        if match is None or not is_name(match[0]) or _PSEUDONYM.match(text, field.start + match.end()):
            continue
        standing = standing_before(text, max(0, field.opening - 2), field.start)
        if field.meaning == "PERSON_OFFICE":
            standing = Standing.OFFICIAL
        yield Name(field.start, field.start + match.end(), match[0], standing, True)


def everywhere(text: str, wanted: Sequence[str], certain: Container[int] = ()) -> Iterator[tuple[str, int, int]]:
    """Every place of every name, in one pass, and no place where it is only part of an ordinary word.

    `certain`: where a name was read as one, whatever word it may also be.
    """
    distinct = list(dict.fromkeys(wanted))
    if len(distinct) <= 3:
        found = ((name, start, end) for name in distinct for start, end in occurrences(text, name))
    else:
        found = ((distinct[index], start, end) for index, start, end in automaton(distinct).find(text))
    for name, start, end in found:
        if len(name) > 2 or start in certain or _is_whole(text, name, start, end):
            yield name, start, end


def _is_whole(text: str, name: str, start: int, end: int) -> bool:
    """A name of two characters may be the end of one word and the beginning of the next."""
    if name in FUNCTION or name in NOUNS:
        return not (_is_han(text[start - 1 : start]) or _is_han(text[end : end + 1]))
    before, after = text[start - 1 : end - 1], text[end - 1 : end + 1]
    return not (before in NOUNS or text[start : end + 1] in LONGER or (after in NOUNS and after in FUNCTION))


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
