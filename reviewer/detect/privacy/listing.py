"""Names that their place in the text proves: above a form, before a chat message."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reviewer.detect.privacy.columns import meaning
from reviewer.detect.privacy.people import Name, has_surname, is_name
from reviewer.detect.privacy.roles import Standing
from reviewer.detect.privacy.rows import is_of_nobody
from reviewer.detect.reading import Range, Reading
from reviewer.text.lazy import lazy

# What stands before the name in an item: its number, a flat's or a bed's, a word and a number (学员1).
_ITEM = lazy(
    r"[ \t]*+(?:(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．:：]|[①-⑳㈠-㈩]|[-•·*●◆■└├│])[ \t]*"
    r"|(?=[^ \t]*[0-9])[0-9A-Za-z#\-一-鿿]{1,10}?(?:床|号|室|户|[0-9A-Za-z])[.、：:]?[ \t]+)?"
    r"(?P<name>[\u4e00-\u9fff]{2,4})(?=[ \t，,、；;：:（(/|│]|[0-9]|$)"
)
_LABELLED = lazy(r"[ \t]*[\u4e00-\u9fff（）()/]{2,12}(?:[ \t]*[：:][ \t]*|[ \t]+)\S")
_TIME = (
    r"(?:[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月](?:[0-9]{1,2}日?)?[ T]?)?(?:星期.[ ]?)?"
    r"(?:[上下]午|凌晨|晚上)?[ ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_SPEAKER = lazy(
    rf"[ \t]*+(?:[\[【(（]?{_TIME}[\])】）]?[ \t]+(?P<after>[^\s:：，。]{{2,12}})[ \t]*(?:[：:]|$)"
    rf"|(?P<before>[^\s:：，。]{{2,12}})[ \t]*[\[(（]?{_TIME}[\])）]?[ \t]*+[：:]?[ \t]*+$)"
)
# Who speaks and when, before the words of a message on the same line: 王科 09:16 她男人呢
_MESSAGE_HEAD = lazy(
    rf"[ \t]*+(?:[^\s:：，。；]{{1,12}}[ \t]+)?[\[【(（]?{_TIME}[\])】）]?"
    r"(?:[ \t]+[^\s:：，。；]{1,12}[：:][ \t]*|[：:][ \t]*|[ \t]+)(?=\S)"
)
TITLED = lazy(r"(?:[长总工哥姐姨叔婶]|老师|医生|书记|主任|干事|会计|文书|律师|群主|客服|助理|主播)\Z")
_MOST_LINES = 8  # of one message


def headings(reading: Reading) -> Iterator[Name]:
    """The names that stand alone above a form."""
    text, lines = reading.text, reading.lines
    for index in range(len(lines)):
        if is_heading(text, lines, index):
            alone = _ITEM.match(text, *lines[index])
            assert alone is not None, "a heading is a name alone"
            yield Name(*alone.span("name"), alone["name"], Standing.NONE, True)


def behind_head(text: str, line: Range, place: Range) -> int:
    """Where a place begins, behind the head of a chat's line where it begins inside and ends behind it."""
    head = _MESSAGE_HEAD.match(text, *line)
    return place[0] if head is None or head.end() >= place[1] else max(place[0], head.end())


def is_heading(text: str, lines: Sequence[Range], index: int) -> bool:
    """Whether a line is a name and nothing else, and a labelled value stands below it."""
    if index + 1 >= len(lines):
        return False
    start, end = lines[index]
    if end - start > 20 or not _LABELLED.match(text, *lines[index + 1]):
        return False
    alone = _ITEM.match(text, start, end)
    return alone is not None and not text[alone.end() : end].strip() and _is_person(alone["name"])


def _is_person(name: str) -> bool:
    return has_surname(name) and is_name(name) and not (meaning(name) or TITLED.search(name) or is_of_nobody(name))


class Conversation:
    """The messages of an exported chat: who speaks, and the lines up to the next speaker."""

    def __init__(self, reading: Reading) -> None:
        self._messages: list[Range] = []
        self.speakers: list[Name] = []
        heads = list(_heads(reading))
        if len(heads) < 2:
            return
        for (index, name), following in zip(heads, [*heads[1:], (len(reading.lines), None)], strict=True):
            last = min(following[0] - 1, index + _MOST_LINES, len(reading.lines) - 1)
            self._messages.append((reading.lines[index][0], reading.lines[last][1]))
            if name is not None:
                self.speakers.append(name)

    def at(self, at: int) -> Range | None:
        """The message that holds a place."""
        index = bisect_right(self._messages, at, key=lambda held: held[0]) - 1
        return self._messages[index] if index >= 0 and at < self._messages[index][1] else None


def _heads(reading: Reading) -> Iterator[tuple[int, Name | None]]:
    for index, (start, end) in enumerate(reading.lines):
        match = _SPEAKER.match(reading.text, start, end)
        if match is None:
            continue
        group = "after" if match["after"] else "before"
        name = match[group]
        known = Name(*match.span(group), name, Standing.PRIVATE, True) if _is_person(name) else None
        yield index, known
