"""A second, independent look at every XML part: expat hears all text; what the reading lacks of it was lost."""

from __future__ import annotations

import base64
import contextlib
import html
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from xml.parsers import expat

from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.text.fold import HAN

# In elements of text every letter counts; elsewhere stand field codes, measures and names of looks as well.
_TEXTS = frozenset({"t", "delText"})
# “Click to edit”: the prompts in what slides are made from are left out of the reading on purpose.
_PROMPTS = re.compile(r"ppt/(slideLayouts|slideMasters|notesMasters|handoutMasters)/", re.IGNORECASE)
_ALL_TEXT = re.compile(r"sharedstrings\d*\.xml$", re.IGNORECASE)
_CELLS = re.compile(r"/worksheets/[^/]*\.xml$", re.IGNORECASE)
# What older programs are shown, and the program's own words for what a document consists of ("工作表", "幻灯片标题").
_UNHEARD = frozenset({"Fallback", "HeadingPairs"})
_DRAWN_COPY = re.compile(r"/diagrams/drawing\d*\.xml$", re.IGNORECASE)
_IDEOGRAPH = re.compile(f"[{HAN}]")
# Names of vocabularies and instructions to programs are no text; whoever hides a number or words there is told.
_VOCABULARY = re.compile(rb"""xmlns(?::[^\s=]{1,64})?\s{0,8}=\s{0,8}["']([^"']{1,4096})["']""")
_TELLING = re.compile(rf"[0-9]{{9,}}[0-9Xx]?|[{HAN}]{{2,}}")
_FOR_PROGRAMS = frozenset({"mso-application", "mso-contentType", "xml-stylesheet"})
_DIGITS = re.compile(rb"(?:[0-9]\x00){9,}|[0-9]{9,}")  # of the data of a field, which programs keep in Base64
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")  # ECMA-376 part 1, 22.9.2.19: it is read as the character it stands for
# What names a sheet in a reference says what the sheet itself says: '名单'!$C$2 in a chart, a name, a formula.
_SHEET = re.compile(r"(?:'[^']{1,62}'|[^\W\d]\w{0,30})!(?=\$?[A-Z]{1,3}\$?[0-9]|\$?[A-Z]{1,3}:|\$?[0-9]+:)")
# Print headers: &"font,style" is a code (ECMA-376-1, 18.3.1.39), unless more than a font's name is put there.
_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)<")
_FONT = re.compile(r'&"([^"0-9]{1,40})"')
_LEAST = 2
_NAMED = 4


class Sweep:
    """Collects what expat hears in each part, and compares it at the end."""

    def __init__(self) -> None:
        self._heard: dict[tuple[str, int], Counter[str]] = {}

    def hear(self, name: str, data: bytes) -> None:
        """Listen to one part, once; one that expat cannot parse says nothing (the other parser has judged it)."""
        key = name, zlib.crc32(data)
        if key in self._heard or _PROMPTS.match(name):
            return
        listener = _Listener(name)
        for vocabulary in _VOCABULARY.findall(data):
            listener.suspect(vocabulary.decode("utf-8", "replace"))
        for margin in _MARGIN.findall(data) if _CELLS.search("/" + name) else ():
            listener.excuse(margin.decode("utf-8", "replace"))
        try:
            listener.parser.Parse(data, True)
        except expat.ExpatError:
            self._heard[key] = Counter()
            return
        self._heard[key] = listener.heard()

    def tell(self, scribe: Scribe) -> None:
        """Write a gap for the parts of which the reading lacks characters."""
        # What a SmartArt looks like repeats what it says.
        heard = self._sum(copies=False) | self._sum(copies=True)
        lacking = heard - Counter(scribe.finish().text)
        if lacking.total() >= _LEAST:
            scribe.gap("、".join(self._parts(lacking)), _lost(lacking.total()))

    def _sum(self, *, copies: bool) -> Counter[str]:
        heard = Counter[str]()
        for (name, _), one in self._heard.items():
            if copies is (_DRAWN_COPY.search(name) is not None):
                heard.update(one)
        return heard

    def _parts(self, lacking: Counter[str]) -> Iterator[str]:
        """The parts that hold the most of what is lacking."""
        shares = {name: (one & lacking).total() for (name, _), one in self._heard.items()}
        for name, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:_NAMED]:
            if share:
                yield name


class _Listener:
    """What expat calls while it goes through a part; the branches for older programs repeat the others."""

    def __init__(self, name: str) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True  # a list is made sooner than a dictionary
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction
        self._texts: list[str] = []
        self._others: list[str] = []
        self._coded: list[str] = []
        self._codes: Counter[str] = Counter()
        self._current = self._others
        self._unheard = 0
        self._numbered = False
        if _ALL_TEXT.search(name):
            self._current = self._texts
        elif not _CELLS.search("/" + name):
            # A sheet has a million cells with numbers: only its ideographs are counted, without a call for each cell.
            self.parser.StartElementHandler = self._start

    def excuse(self, margin: str) -> None:
        """The names of fonts in the codes of a print header or footer are heard, and are no text of it."""
        for font in _FONT.findall(html.unescape(margin)):
            self._codes.update(font)

    def suspect(self, text: str) -> None:
        """Words or a long number where none belong count as text."""
        self._texts += _TELLING.findall(text)

    def heard(self) -> Counter[str]:
        with contextlib.suppress(ValueError):
            for digits in _DIGITS.findall(base64.b64decode("".join(self._coded))):
                self._texts.append(digits.replace(b"\0", b"").decode("ascii"))
        written = "".join(self._texts)
        texts = Counter(_ESCAPE.sub("", written) if "_x" in written else written)
        others = Counter(_without_sheets("".join(self._others)))
        others.subtract(self._codes)
        found = Counter({one: times for one, times in texts.items() if one.isalnum()})
        found.update({one: times for one, times in others.items() if times > 0 and _IDEOGRAPH.match(one)})
        return found

    def _start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(":")[2]
        if local in _UNHEARD:
            self._unheard += 1
            self.parser.EndElementHandler = self._end
        if local == "fld" and "slidenum" in attributes:
            self._numbered = True
        if local not in _TEXTS:
            self._current = self._coded if local == "fldData" else self._others
        elif self._numbered:  # the number of a slide is no text of it
            self._current, self._numbered = [], False
        else:
            self._current = self._texts

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] in _UNHEARD:
            self._unheard -= 1
            if not self._unheard:
                self.parser.EndElementHandler = None

    def _instruction(self, target: str, data: str) -> None:
        if target not in _FOR_PROGRAMS:
            self.suspect(data)

    def _text(self, text: str) -> None:
        if not self._unheard:
            self._current.append(text)


def _without_sheets(text: str) -> str:
    return _SHEET.sub("", text) if "!" in text else text


def _lost(characters: int) -> str:
    return tr(
        f"两种读法不一致：部件中有 {characters} 个字符不在读取结果里，可能有文字没有读到：由审核人核对，或另存后再审",
        f"two ways of reading disagree: {characters} characters of the part are missing from the reading; "
        "let a reviewer check it, or save the file anew",
    )
