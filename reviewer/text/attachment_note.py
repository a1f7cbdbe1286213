"""The attachment note of an official document (附件说明): the titles and numbers it lists.

党政机关公文格式 (GB/T 9704-2012) 7.3.4: 附件, a colon, then the titles, numbered in Arabic digits when there are
several, without closing punctuation; the attachment itself begins with 附件 and its number on a new page. Practice
knows more: everything on one line, 附件1： on lines of its own, Chinese numerals, 附表 and 附图, file names to click.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from reviewer.text.lazy import lazy
from reviewer.text.numerals import NUMBER, number_of
from reviewer.text.titles import alike, comparable, has_extension, without_extension
from reviewer.value import dataclass

_CALLED = r"附\s?(?:件|表|图)"
_STOP = r"[.．、:：)）]"
# 附件：…   附件1：…   附件 1. …   附：…
_NOTE = lazy(rf"^\s*(?P<called>{_CALLED}|附)\s*(?P<number>{NUMBER})?\s*[:：]\s*(?P<rest>.*?)\s*$")
NUMBERED = lazy(rf"^\s*(?P<called>{_CALLED})\s*(?P<number>{NUMBER})(?!\d)\s*[.．、:：]?\s*(?P<rest>.*?)\s*$")
_RANGE = lazy(
    rf"^\s*(?:{_CALLED})?\s*(?P<first>\d{{1,2}})\s*[-—–~～至到]\s*(?:{_CALLED})?(?P<last>\d{{1,2}})\s*[。.；;]?$"
)
HEADING = lazy(rf"^\s*+[（(【\[]?\s*+{_CALLED}\s*+(?P<number>{NUMBER})?(?!\d)\s*+[:：]?\s*+[）)】\]]?\s*+$")
_ITEM = lazy(rf"^\s*[（(]?(?P<number>{NUMBER})\s*{_STOP}+\s*(?P<title>\S.*?)\s*$")
# Several on one line: each number but the first stands behind a blank, a closing sign or a word that ends titles.
_BEFORE = r"(?:^|(?<=[\s;；,，。表单案书册录图]))"
_INLINE = lazy(
    rf"{_BEFORE}(?:{_CALLED})?\s*(?:(?P<number>\d{{1,2}})\s*[.．、:：]\s*(?=\D|\d{{4}}年)|(?P<circled>[①-⑳])\s*[.．、:：]?)"
    rf"|{_BEFORE}{_CALLED}(?P<called>{NUMBER})\s*[.．、:：]"
)
_NONE = lazy(r"^(?:无|没有|如文|如上|见文|同上|略|／|/|-|—|空)[。.]?$")
# What the note itself says is not published, comes by another way, or is to be fetched elsewhere.
_WITHHELD = lazy(
    r"[（(【\[][^）)】\]]{0,14}(?:略|不公开|不予公开|免予公开|不上网|不登报|不对外|另发|另行|另附|另送|单独|只发|仅发|下载|内部|涉密|删减)"
    r"[^）)】\]]{0,14}[）)】\]]"
)
_CLOSING = "。；;，,、 \t　"
# The last words of what attachments are called: how an item without number is told from a signature.
_NOUN = lazy(
    r"(?:表|书|名单|方案|办法|目录|指标|流程|函|要求|说明|清单|模板|样式|式样|图|证|材料|细则|意见|公告|通知|报告|汇总|计划|标准"
    r"|指南|须知|花名册|统计|申请|规定|规程|规则|制度|合同|协议|预案|规划|册|条件|范围|范本|格式|安排|细目|内容|样图|手册|条款|文本)"
    r"(?:[（(][^）)]{1,24}[）)])*[。；;]?$"
)
_LONGEST_TITLE = 90
_LONGEST_ITEM_LIST = 60
_MOST_ITEMS = 100  # more is no list of attachments
_SHORTEST_BROKEN = 18  # characters of a line that may have been broken by the width of a page
_FOOT_LINES, _FOOT_CHARACTERS = 12, 420  # signature, date, 附注, contact, and what a web page puts below
_SHORT_FOOT_LINES, _SHORT_FOOT_CHARACTERS = 6, 200
TABLE = "▦"
"""The text of the line that stands for a table: whatever it holds, it may be the attachment that was announced."""

_TOP_LINES = 3  # a document that begins with 附件 is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document's visible text, folded; `start` and `end` are code points of the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """One attachment that a document says comes with it.

    `withheld`: in which words it says, too, that it is not published here (略, 不予公开), else empty.
    `listed`: in a note of its own; else only mentioned in passing (见附件2).
    """

    number: int | None
    title: str
    start: int
    end: int
    withheld: str = ""
    listed: bool = True

    @property
    def called(self) -> str:
        """附件2《名单》."""
        return f"附件{self.number or ''}" + (f"《{self.title}》" if self.title else "")


def listed_in(lines: Sequence[Line]) -> tuple[list[Announced], tuple[int, int] | None]:
    """The items of every note, each once, and where a note stands that lists nothing."""
    found: list[Announced] = []
    empty: tuple[int, int] | None = None
    at = 0
    while at < len(lines) and len(found) < _MOST_ITEMS:
        taken, items = _note_at(lines, at)
        if _is_empty_note(lines, at) and not items:
            empty = (lines[at].start, lines[at].end)
        for item in items:
            if not any(_same(item, known) for known in found):
                found.append(item)
        at += max(taken, 1)
    for item in islice(_file_names(lines), _MOST_ITEMS):
        if not any(_same(item, known) for known in found):
            found.append(item)
    return found, None if found else empty


def _note_at(lines: Sequence[Line], at: int) -> tuple[int, list[Announced]]:
    """(how many lines a note that begins here takes, its items); (0, []) where none begins."""
    line = lines[at]
    heading = HEADING.match(line.text)
    if heading:
        items = [] if heading["number"] or at < _TOP_LINES else list(_following(lines, at + 1))
        return (1 + len(items), items) if _is_list(items, lines, at) else (0, [])
    found = _NOTE.match(line.text)
    if found is None or found["number"] is not None:
        return (1, _numbered_line(lines, at)) if NUMBERED.match(line.text) else (0, [])
    if _NONE.match(found["rest"]) or (found["called"] == "附" and not _looks_like_title(found["rest"])):
        return 0, []
    text, taken = _unwrapped(found["rest"], lines, at)
    items = list(_of_line(text, line))
    if items and items[-1].number is not None:
        items += _following(lines, at + taken)
    return (taken, items) if items else (0, [])


def _unwrapped(text: str, lines: Sequence[Line], at: int) -> tuple[str, int]:
    """(a title with its end from the next line where a page broke it, how many lines that takes)."""
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or len(text) < _SHORTEST_BROKEN or _looks_like_title(text) or not _is_bare(following):
        return text, 1
    if _ITEM.match(following.text) or NUMBERED.match(following.text):
        return text, 1
    return text + following.text.strip(), 2


def _is_list(items: Sequence[Announced], lines: Sequence[Line], at: int) -> bool:
    """Whether what follows the line 附件 is a list of titles, not the attachment itself."""
    rest = at + 1 + len(items)
    if all(item.number is not None for item in items):
        return _has_colon(lines[at]) or (len(items) > 1 and _is_foot(lines, rest))
    return _has_colon(lines[at]) and _is_foot(lines, rest, _SHORT_FOOT_LINES, _SHORT_FOOT_CHARACTERS)


def _has_colon(line: Line) -> bool:
    return line.text.rstrip().endswith((":", "："))


def _is_empty_note(lines: Sequence[Line], at: int) -> bool:
    heading = HEADING.match(lines[at].text)
    return bool(heading and not heading["number"] and at >= _TOP_LINES and _has_colon(lines[at])) and _is_foot(
        lines, at + 1, _SHORT_FOOT_LINES, _SHORT_FOOT_CHARACTERS
    )


def _numbered_line(lines: Sequence[Line], at: int) -> list[Announced]:
    """附件1：… on a line of its own is an item beside its like and near the end; else a heading with content below."""
    found = NUMBERED.match(lines[at].text)
    if not found or not found["rest"]:
        return []
    beside = any(
        0 <= other < len(lines) and (near := NUMBERED.match(lines[other].text)) and near["rest"]
        for other in (at - 1, at + 1)
    )
    if not beside and not (_is_foot(lines, at + 1) and at >= _TOP_LINES):
        return []
    text = lines[at].text
    if _RANGE.match(text):
        return list(_of_line(text, lines[at]))
    return list(_of_line(f"{found['number']}、{found['rest']}", lines[at]))


def _of_line(text: str, line: Line) -> Iterator[Announced]:
    """The items of one line, without the word 附件 before the first."""
    span = _RANGE.match(text)
    if span:
        for number in range(int(span["first"]), min(int(span["last"]), int(span["first"]) + 30) + 1):
            yield Announced(number=number, title="", start=line.start, end=line.end)
        return
    starts = _in_sequence(text)
    if not starts:
        item = _ITEM.match(text)
        yield from _item(number_of(item["number"]), item["title"], line) if item else _item(None, text, line)
        return
    ends = [start for _, start, _ in starts[1:]] + [len(text)]
    for (number, _, begins), end in zip(starts, ends, strict=True):
        yield from _item(number, text[begins:end], line)


def _in_sequence(text: str) -> list[tuple[int, int, int]]:
    """(number, where it stands, where its title begins) of numbers that rise from the one at the line's start."""
    starts: list[tuple[int, int, int]] = []
    for found in _INLINE.finditer(text):
        number = number_of(found["number"] or found["circled"] or found["called"])
        expected = starts[-1][0] if starts else 0
        if number is None or (not starts and found.start() > 0) or not expected < number <= expected + 3:
            continue
        starts.append((number, found.start(), found.end()))
    return starts


def _item(number: int | None, title: str, line: Line) -> Iterator[Announced]:
    plain = title.strip(_CLOSING)
    withheld = _WITHHELD.search(plain)
    name = _clean(plain)
    if (not name and number is None) or _NONE.match(name) or len(name) > _LONGEST_TITLE or "。" in name:
        return
    yield Announced(number=number, title=name, start=line.start, end=line.end, withheld=withheld[0] if withheld else "")


def _clean(title: str) -> str:
    name = _WITHHELD.sub("", title).strip(_CLOSING)
    if name.startswith("《") and name.find("》") in (len(name) - 1,):
        name = name[1:-1]
    return without_extension(name)


def _following(lines: Sequence[Line], first: int) -> Iterator[Announced]:
    """The items on the lines after 附件：, as long as they go on."""
    numbered, at = 0, first
    while at < min(len(lines), first + _LONGEST_ITEM_LIST):
        line, taken = lines[at], 1
        item = _ITEM.match(line.text) or NUMBERED.match(line.text)
        number = number_of(item["number"]) if item else None
        if number is not None and numbered < number <= numbered + 3:
            text, taken = _unwrapped(line.text, lines, at)
            numbered = number
            yield from _of_line(text, line)
        elif numbered == 0 and _has_colon(lines[first - 1]) and _is_bare(line):
            yield from _item(None, line.text, line)
        else:
            return
        at += taken


def _is_bare(line: Line) -> bool:
    return len(line.text.strip()) <= _LONGEST_TITLE and _looks_like_title(line.text)


def _looks_like_title(text: str) -> bool:
    plain = text.strip()
    return has_extension(plain) or _NOUN.search(plain) is not None or _ITEM.match(plain) is not None


def _file_names(lines: Sequence[Line]) -> Iterator[Announced]:
    """Lines that are nothing but a document's file name: what a web page offers to click on."""
    for line in lines[_TOP_LINES:]:
        text = line.text.strip(_CLOSING)
        name = text.rpartition("：")[2] if text.startswith(("附件", "下载", "点击")) else text
        if len(text) <= _LONGEST_TITLE and has_extension(name) and not name.lower().startswith(("http", "www.")):
            numbered = NUMBERED.match(text)
            number = number_of(numbered["number"]) if numbered else None
            yield from _item(number, numbered["rest"] if numbered else name, line)


def _same(one: Announced, other: Announced) -> bool:
    """The same attachment told twice: in the note and as a link below it."""
    if one.number is not None and other.number is not None and one.number != other.number:
        return False
    if one.title and other.title:
        return alike(comparable(one.title), comparable(other.title)) >= 0.9
    return one.number is not None and one.number == other.number


def _is_foot(lines: Sequence[Line], first: int, most: int = _FOOT_LINES, longest: int = _FOOT_CHARACTERS) -> bool:
    """Whether nothing follows from there on but signature, date and notes."""
    count, characters = 0, 0
    for at in range(first, len(lines)):
        if lines[at].text != TABLE:
            count, characters = count + 1, characters + len(lines[at].text)
        if count > most or characters > longest:
            return False
    return True
