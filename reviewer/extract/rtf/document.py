"""Walks through an RTF document token by token; groups lie on a stack of our own, however deep they nest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reviewer.extract.limits import time_left_s
from reviewer.extract.ooxml.xml import telling
from reviewer.extract.rtf import tokens
from reviewer.extract.rtf.desk import Desk, Destination, Mode
from reviewer.extract.rtf.destinations import DESTINATIONS, UNKNOWN, Kind
from reviewer.extract.rtf.flow import Flow
from reviewer.extract.rtf.fonts import codec
from reviewer.extract.rtf.look import CHANGES, Look, voice
from reviewer.extract.rtf.notes import becomes_endnote
from reviewer.extract.rtf.pictures import FORMATS, MEASURES
from reviewer.language import tr

_DEEPEST = 200  # destinations inside each other; deeper ones are read as text of the one around them
_BETWEEN_LOOKS = 1 << 14  # tokens between two looks at the clock
_RESERVE_S = 6.0
_MOST_LOOKS = 1 << 14
_MOST_COLOURS = 1 << 16
_MOST_INSTEAD = 1 << 16
_NOTHING = (b"", b"?", b" ", b"_", b"*")

_PICTURE_WORDS = frozenset(word.encode() for word in FORMATS | MEASURES)

_SIGNS: Mapping[bytes, str] = {
    b"tab": "\t",
    b"line": "\n",
    b"softline": "\n",
    b"page": "\n",
    b"column": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": "\u2005",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
    b"zwbo": "\u200b",
    b"zwnbo": "\u2060",
    b"ltrmark": "\u200e",
    b"rtlmark": "\u200f",
}
_SYMBOLS: Mapping[bytes, str] = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
# A style's number after \\* begins no destination.
_STYLE_MARKS = frozenset({b"cs", b"ts", b"ds", b"tsrowd", b"s"})
# In these, groups are entries.
_LISTS = frozenset({"docvar", "revtbl", "fonttbl", "protusertbl", "stylesheet"})


class Walk:
    """One way through a document; `run` says where it ended."""

    def __init__(self, data: bytes, desk: Desk) -> None:
        self._data = data
        self._desk = desk
        self._look = Look(font=-1)
        self._body = Flow(desk.write, desk.scribe.reserve_tables, ground=desk.paper)
        self._to = Destination(word="rtf", mode=Mode.FLOW, flow=self._body)
        self._stack: list[tuple[Look, Destination, int]] = []
        self._depth = 0  # of destinations
        self._starred = False
        self._fallback = 1  # characters after each \u that old readers show instead
        self._skip = 0
        self._skipped = bytearray()  # the fallback of the last \\u
        self._meant = ""  # its character
        self._instead: list[bytes] = []
        self._raw = bytearray()
        self._raw_key = (self._to, self._look)  # of the bytes collected
        self._looks: dict[tuple[Look, bytes, int | None], Look] = {}
        self._lost = 0
        self._lost_at = ""

    def run(self) -> int:
        """Read to the brace that closes the document; the offset after it, or the length if there is none."""
        at, count = 0, 0
        while at < len(self._data):
            start = at
            for token in tokens.TOKEN.finditer(self._data, at):
                kind = token.lastindex
                at = token.end()
                count += 1
                if count % _BETWEEN_LOOKS == 0 and time_left_s() < _RESERVE_S:
                    return self._out_of_time()
                if kind == tokens.TEXT:
                    self._text(tokens.letters(token[1]))
                elif kind == tokens.ESCAPED:
                    self._text(tokens.escaped(token[tokens.ESCAPED]))
                elif kind == tokens.UNICODE:
                    self._characters(tokens.codes(token[tokens.UNICODE]))
                elif kind == tokens.BRACE:
                    if not self._brace(token[tokens.BRACE]):
                        return self._end(at)
                elif kind == tokens.SYMBOL:
                    self._symbol(token[tokens.SYMBOL])
                elif token[tokens.WORD] == b"bin":
                    at = self._binary(at, int(token[tokens.PARAMETER] or 0))
                    break
                else:
                    number = token[tokens.PARAMETER]
                    self._word(token[tokens.WORD], None if number is None else int(number))
            else:
                break
            if at <= start:
                break
        self._desk.scribe.gap(
            tr("文末", "the end"),
            tr(
                "RTF 没有结束标记，可能被截断：取得完整文件后再审",
                "the RTF has no end, it may be cut short: review the whole file",
            ),
        )
        return self._end(len(self._data))

    # --- groups ---------------------------------------------------------------------------------------

    def _brace(self, brace: bytes) -> bool:
        """Whether the document goes on."""
        self._starred, self._skip = False, 0
        if brace == b"{":
            self._stack.append((self._look, self._to, self._fallback))
            return True
        if not self._stack:
            return False
        look, outer, self._fallback = self._stack.pop()
        if outer is not self._to:
            self._flush()
            self._leave(outer)
        elif self._to.word in _LISTS:
            self._flush()
            self._to.texts.append("\n")
        self._look = look
        return bool(self._stack)

    def _leave(self, outer: Destination) -> None:
        """Close the destinations that began since, from the inside out."""
        while self._to is not outer and self._to.outer is not None:
            inner, self._to = self._to, self._to.outer
            self._depth -= 1
            if inner.owns:
                self._tell_instead(inner.flow)
                inner.flow.close()
                self._to.flow.inset(inner.lines)
            kind = DESTINATIONS.get(inner.word.encode(), UNKNOWN)
            if kind.end is not None:
                kind.end(self._desk, inner)

    def _enter(self, word: bytes, kind: Kind) -> None:
        outer = self._to
        if self._depth >= _DEEPEST or (kind.mode is Mode.FLOW and outer.mode is not Mode.FLOW):
            return
        self._flush()
        self._depth += 1
        inner = Destination(word=word.decode("ascii"), mode=kind.mode, flow=outer.flow, outer=outer, owns=kind.owns)
        if kind.begin is not None:
            kind.begin(self._desk, inner)
        if kind.owns:
            self._look = self._look._replace(hidden=False, in_table=False, depth=0)
        self._to = inner

    def _end(self, at: int) -> int:
        self._flush()
        root = self._to
        while root.outer is not None:
            root = root.outer
        self._leave(root)
        self._tell_instead(self._body)
        self._body.close()
        if self._lost:
            reason = tr(
                f"{self._lost} 处文字无法解码：请在 Word 中打开核对",
                f"{self._lost} pieces of text could not be decoded: open it in Word and check",
            )
            self._desk.scribe.gap(self._lost_at, reason)
        return at

    def _out_of_time(self) -> int:
        reason = tr("文档过大，未在时限内读完：拆分后再审", "too large to be read in time: split it and review again")
        self._desk.scribe.gap(tr("此后内容", "the rest"), reason)
        return self._end(len(self._data))

    # --- text -----------------------------------------------------------------------------------------

    def _text(self, raw: bytes) -> None:
        if self._skip and raw:
            cut = min(self._skip, len(raw))
            self._skip -= cut
            self._skipped += raw[:cut]
            raw = raw[cut:]
        self._starred = False
        if not raw:
            return
        if self._to.mode is Mode.DATA:
            self._to.data.append(raw)
            return
        key = (self._to, self._look)
        if key != self._raw_key:
            self._turn(key)
        self._raw += raw

    def _turn(self, key: tuple[Destination, Look]) -> None:
        """What follows is of another look; a character that the turn cuts in two stays whole."""
        lead = b""
        if self._raw and key[0] is self._raw_key[0] and self._cuts(self._raw_key[1], key[1]):
            lead = bytes(self._raw[-1:])
            del self._raw[-1:]
        self._flush()
        self._raw_key = key
        self._raw += lead

    def _cuts(self, look: Look, following: Look) -> bool:
        """Whether the last byte is the first of two: an odd number of high bytes stands at the end."""
        name = self._codec(look)
        if name != self._codec(following) or (name or self._desk.fonts.document) not in _TWO_BYTES:
            return False
        return (len(self._raw) - len(self._raw.rstrip(_HIGH))) % 2 == 1

    def _codec(self, look: Look) -> str:
        fonts = self._desk.fonts
        return fonts.codec(fonts.default if look.font < 0 else look.font)

    def _flush(self) -> None:
        """Decode what was collected."""
        if not self._raw:
            return
        to, look = self._raw_key
        raw = bytes(self._raw)
        self._raw.clear()
        text = self._desk.fonts.text(raw, self._codec(look))
        if "\ufffd" in text:
            self._lost += 1
            self._lost_at = self._lost_at or to.flow.place
        self._say(text, to, look)

    def _say(self, text: str, to: Destination, look: Look) -> None:
        if to.mode is Mode.CAPTURE:
            to.texts.append(text)
            if to.word == "colortbl":
                self._mixed(text)
            elif to.word == "fonttbl":
                self._desk.fonts.has_name(look.font, text)
        elif to.mode is Mode.FLOW:
            ground = to.flow.ground
            fill = to.flow.fill(look)
            if 0 < fill < len(self._desk.colours):
                ground = self._desk.colours[fill]
            to.flow.add(text, voice(look, self._desk.colours, ground))
        if self._desk.html is not None and (to.word == "htmltag" or (to.mode is Mode.FLOW and not look.rtf_only)):
            self._desk.html.append(text)

    def _mixed(self, text: str) -> None:
        """Each semicolon ends a colour; one that names no channel is the automatic one."""
        for _ in range(text.count(";")):
            mixing = self._desk.mixing
            colour = "" if min(mixing) < 0 else "".join(f"{channel:02X}" for channel in mixing)
            if len(self._desk.colours) < _MOST_COLOURS:
                self._desk.colours.append(colour)
            self._desk.mixing = [-1, -1, -1]

    def _sign(self, text: str) -> None:
        """A character that a word stands for."""
        if self._skip:
            self._skip -= 1
            return
        self._flush()
        if self._to.mode is not Mode.DATA:
            self._say(text, self._to, self._look)

    def _compare(self) -> None:
        r"""What readers without Unicode show after a \u: usually the same character, or a question mark."""
        fallback, self._skipped = bytes(self._skipped), bytearray()
        if fallback in _NOTHING:
            return
        name = self._codec(self._look) or self._desk.fonts.document
        if self._desk.fonts.text(fallback, name) != self._meant and len(self._instead) < _MOST_INSTEAD:
            self._instead.append(fallback)

    def _tell_instead(self, flow: Flow) -> None:
        """Fallbacks that say something else than the text are told with the paragraph."""
        if self._skipped:
            self._compare()
        if self._instead:
            text = self._desk.fonts.text(b"".join(self._instead), self._desk.fonts.document)
            self._instead.clear()
            if telling(text):
                flow.aside(text, "替代字符")

    # --- words ----------------------------------------------------------------------------------------

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in (b"\r", b"\n"):
            self._paragraph(None)
        elif symbol in _SYMBOLS:
            self._sign(_SYMBOLS[symbol])
        elif symbol >= b"\x80":
            self._text(symbol)

    def _word(self, word: bytes, number: int | None) -> None:
        change = CHANGES.get(word)
        if change is not None:
            self._change(word, number)
            return
        sign = _SIGNS.get(word)
        if sign is not None:
            self._sign(sign)
            return
        act = _ACTS.get(word)
        if act is not None:
            act(self, number)
            return
        kind = DESTINATIONS.get(word)
        starred, self._starred = self._starred, False
        if kind is not None:
            self._enter(word, kind)
        elif starred and word not in _STYLE_MARKS:
            self._enter(word, UNKNOWN)
        elif self._to.mode is Mode.DATA and word in _PICTURE_WORDS:
            self._to.facts[word.decode("ascii")] = number or 0

    def _change(self, word: bytes, number: int | None) -> None:
        key = (self._look, word, number)
        look = self._looks.get(key)
        if look is None:
            if len(self._looks) > _MOST_LOOKS:
                self._looks.clear()
            look = self._looks[key] = CHANGES[word](self._look, number)
        self._look = look

    def _binary(self, at: int, size: int) -> int:
        """Where the bytes after \bin end; a size is not trusted further than the file goes."""
        end = min(at + max(size, 0), len(self._data))
        piece = self._data[at:end]
        if self._to.mode is Mode.DATA:
            self._to.data.append(tokens.BINARY + piece)
        elif piece:
            self._desk.blobs.append((self._to.flow.place, piece))
        return end

    def _characters(self, codes: list[int]) -> None:
        r"""Many \u in a row, each followed by a question mark."""
        if self._fallback != 1 or self._skipped:
            for code in codes:
                self._unicode(code)
                self._text(b"?")
            return
        self._flush()
        self._starred = False
        self._skip = 0
        if self._to.mode is not Mode.DATA:
            self._say("".join(map(self._character, codes)), self._to, self._look)

    def _unicode(self, number: int | None) -> None:
        self._flush()
        if self._skipped:
            self._compare()
        self._meant = self._character(number or 0)
        if self._meant and self._to.mode is not Mode.DATA:
            self._say(self._meant, self._to, self._look)
        self._skip = self._fallback

    def _character(self, code: int) -> str:
        if code < 0:
            code %= 0x10000
        if 0xF020 <= code <= 0xF07E and not self._desk.fonts.draws(self._look.font):
            code -= 0xF000  # a symbol font's own place of an ASCII character
        return chr(code) if 0 < code < 0x110000 else ""

    def _set_fallback(self, number: int | None) -> None:
        self._fallback = min(max(1 if number is None else number, 0), 255)

    def _paragraph(self, _: int | None) -> None:
        self._flush()
        if self._to.mode is Mode.FLOW:
            self._tell_instead(self._to.flow)
            self._to.flow.end_paragraph(self._look)
            self._line_of_html()
        elif self._to.mode is Mode.CAPTURE:
            self._say("\n", self._to, self._look)

    def _line_of_html(self) -> None:
        if self._desk.html is not None and not self._look.rtf_only:
            self._desk.html.append("\n")

    def _cell(self, _: int | None) -> None:
        self._flush()
        if self._to.mode is Mode.FLOW:
            self._to.flow.end_cell(1)
        elif self._to.mode is Mode.CAPTURE:
            self._to.texts.append("\t")

    def _nested_cell(self, _: int | None) -> None:
        self._flush()
        if self._to.mode is Mode.FLOW:
            self._to.flow.end_cell(max(self._look.depth, 2))

    def _row(self, _: int | None) -> None:
        self._flush()
        if self._to.mode is Mode.FLOW:
            self._to.flow.end_row(1)
        elif self._to.mode is Mode.CAPTURE:
            self._to.texts.append("\n")

    def _nested_row(self, _: int | None) -> None:
        self._flush()
        if self._to.mode is Mode.FLOW:
            self._to.flow.end_row(max(self._look.depth, 2))

    def _row_defined(self, _: int | None) -> None:
        self._to.flow.begin_row()

    def _cell_defined(self, _: int | None) -> None:
        nested = self._to.word == "nesttableprops"
        self._to.flow.end_column(max(self._look.depth, 2) if nested else 1)

    def _cell_merged(self, _: int | None) -> None:
        self._to.flow.merge()

    def _cell_shaded(self, number: int | None) -> None:
        self._to.flow.shade(number or 0)

    def _becomes_endnote(self, _: int | None) -> None:
        becomes_endnote(self._desk, self._to)

    # --- tables of the document -----------------------------------------------------------------------

    def _page(self, number: int | None) -> None:
        self._flush()
        self._desk.fonts.document = codec(number or 1252)

    def _default_font(self, number: int | None) -> None:
        self._desk.fonts.default = number or 0

    def _charset(self, number: int | None) -> None:
        self._flush()
        self._desk.fonts.has_charset(self._look.font, number or 0)

    def _font_page(self, number: int | None) -> None:
        self._flush()
        self._desk.fonts.has_page(self._look.font, number or 0)

    def _from_html(self, number: int | None) -> None:
        if number != 0 and self._desk.html is None:
            self._desk.html = []

    def _ud(self, _: int | None) -> None:
        r"""`\upr{…}{\*\ud …}`: the second is the text, the first what old readers show."""
        self._starred = False
        upper = next((to for to in (self._to, *self._to.around()) if to.word == "upr"), None)
        if upper is None or upper.outer is None or self._depth >= _DEEPEST:
            return
        self._flush()
        self._depth += 1
        true = upper.outer
        self._to = Destination(
            word="ud", mode=true.mode, flow=true.flow, outer=self._to, texts=true.texts, data=true.data
        )

    def _colour(self, channel: int, number: int | None) -> None:
        self._flush()
        self._desk.mixing[channel] = min(max(number or 0, 0), 255)


_HIGH = bytes(range(0x81, 0xFF))
_TWO_BYTES = frozenset({"gb18030", "cp950", "cp932", "cp949"})

_ACTS: Mapping[bytes, Callable[[Walk, int | None], None]] = {
    b"u": Walk._unicode,
    b"uc": Walk._set_fallback,
    b"par": Walk._paragraph,
    b"sect": Walk._paragraph,
    b"cell": Walk._cell,
    b"row": Walk._row,
    b"nestcell": Walk._nested_cell,
    b"nestrow": Walk._nested_row,
    b"trowd": Walk._row_defined,
    b"cellx": Walk._cell_defined,
    b"clvmrg": Walk._cell_merged,
    b"clmrg": Walk._cell_merged,
    b"clcbpat": Walk._cell_shaded,
    b"ftnalt": Walk._becomes_endnote,
    b"ansicpg": Walk._page,
    b"mac": lambda walk, _: walk._page(10000),
    b"pc": lambda walk, _: walk._page(437),
    b"pca": lambda walk, _: walk._page(850),
    b"deff": Walk._default_font,
    b"fcharset": Walk._charset,
    b"cpg": Walk._font_page,
    b"fromhtml": Walk._from_html,
    b"ud": Walk._ud,
    b"red": lambda walk, number: walk._colour(0, number),
    b"green": lambda walk, number: walk._colour(1, number),
    b"blue": lambda walk, number: walk._colour(2, number),
}
"""Control words that do something other than begin a destination, change the look or stand for a character."""
