"""Titles compared as a person compares them: by what they are about, not by their marks and wrappings."""

from __future__ import annotations

import posixpath

from reviewer.text.fold import fold
from reviewer.text.lazy import lazy
from reviewer.text.numerals import NUMBER, number_of
from reviewer.value import dataclass

_EXTENSION = lazy(
    r"\.(?:docx?|dotx?|docm|wps|wpt|rtf|xlsx?|xlsm|et|ett|csv|tsv|pptx?|dps|pdf|ofd|odt|ods|odp|txt|md|html?|mht|eml|msg"
    r"|zip|rar|7z|tar|gz|tgz|jpe?g|png|gif|bmp|tiff?|ceb|caj|xml|json)$",
    2,  # re.IGNORECASE; naming the module would import it
)
_ARCHIVE = lazy(r"\.(?:zip|rar|7z|tar|gz|tgz)$", 2)
_NO_LETTER = lazy(r"[\W_]+")
_CALLED = r"附\s?(?:件|表|图)"
_GAP = r"[\s.．、:：_—-]"
# "附件管理办法" is a title of its own: a number, a sign or one of the words for "all of them" must follow.
_LEADING = lazy(
    rf"^\s*{_CALLED}\s*(?:(?P<number>{NUMBER})(?!\d)|(?={_GAP}|[（(]|$|材料|包|汇总|打包)){_GAP}*(?P<title>.*)$"
)
_INSIDE = lazy(rf"附\s?件\s*(?:(?P<number>{NUMBER})(?!\d)|(?=[）)\]】》]|$))[）)\]】》]?{_GAP}*(?P<title>.*)$")
_COUNTED = lazy(r"^\s*(?P<number>\d{1,2})[\s.．、_—-]+(?P<title>\D.*)$")
_ALL = lazy(r"^(?:材料|包|汇总|打包|下载|全部|资料)*$")
ALIKE = 0.6  # share of pairs of characters in common; own cases in tests/text/test_titles.py lie below 0.4 or above 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTitle:
    """What a file's name says: its title in comparable form, its number as an attachment, whether it calls itself one.

    `covers_all`: it stands for every attachment at once, as an archive named 附件 does.
    """

    title: str
    number: int | None
    is_attachment: bool
    covers_all: bool


def file_title(name: str) -> FileTitle:
    """The title in a file's name; a folder named 附件 above it counts as part of the name."""
    folder, base = posixpath.split(fold(name.replace("\\", "/")).text)
    stem = without_extension(base)
    above = _LEADING.match(posixpath.basename(folder)) if folder else None
    found = _LEADING.match(stem) or _INSIDE.search(stem)
    number = number_of(found["number"]) if found else None
    title = found["title"] if found else stem
    counted = _COUNTED.match(stem) if not found else None
    if counted:
        number, title = int(counted["number"]), counted["title"]
    if number is None and above:
        number = number_of(above["number"])
    return FileTitle(
        title=comparable(title),
        number=number,
        is_attachment=found is not None or above is not None,
        covers_all=bool(
            _ARCHIVE.search(base) and found and found["number"] is None and _ALL.match(comparable(title) or "")
        ),
    )


def without_extension(name: str) -> str:
    """A file's name without the extension of a kind of document; other dots belong to the title."""
    return _EXTENSION.sub("", name.strip())


def has_extension(name: str) -> bool:
    return _EXTENSION.search(name.strip()) is not None


def comparable(title: str) -> str:
    """Letters, ideographs and digits only, folded, in lower case."""
    return _NO_LETTER.sub("", fold(title).text).lower()


def alike(one: str, other: str) -> float:
    """From 0 to 1 how much two comparable titles say the same; 1 when a telling one stands inside the other."""
    if not one or not other:
        return 0.0
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer or (len(shorter) >= 4 and shorter in longer):
        return 1.0
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0.0


def share_in(title: str, text: str) -> float:
    """Which share of the pairs of characters of a comparable title stands in a comparable text."""
    pairs = _pairs(title)
    return len(pairs & _pairs(text)) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
