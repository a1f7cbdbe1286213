"""Walks through an RTF document token by token; groups lie on a stack of our own, however deep they nest."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.extract.limits import time_left_s
from reviewer.extract.rtf import tokens
from reviewer.extract.rtf.acts import ACTS
from reviewer.extract.rtf.desk import Desk, Destination, Mode
from reviewer.extract.rtf.destinations import DESTINATIONS, UNKNOWN, Kind
from reviewer.extract.rtf.flow import Flow
from reviewer.extract.rtf.look import CHANGES, Look
from reviewer.extract.rtf.pen import Pen
from reviewer.extract.rtf.pictures import FORMATS
from reviewer.language import tr

_DEEPEST = 200  # destinations inside each other; deeper ones are read as text of the one around them
_BETWEEN_LOOKS = 1 << 14  # tokens between two looks at the clock
_RESERVE_S = 6.0

_LETTERS = frozenset({tokens.TEXT, tokens.ESCAPED, tokens.UNICODE})
_PICTURE_WORDS = frozenset(word.encode() for word in FORMATS)

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
        self._body = Flow(desk.write, desk.scribe.reserve_tables, ground=desk.paper)
        self._pen = Pen(desk, Destination(word="rtf", mode=Mode.FLOW, flow=self._body))
        self._stack: list[tuple[Look, Destination, int]] = []
        self._depth = 0  # of destinations
        self._starred = False

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
                if kind in _LETTERS:
                    self._starred = False
                if kind == tokens.TEXT:
                    self._pen.text(tokens.letters(token[1]))
                elif kind == tokens.ESCAPED:
                    self._pen.text(tokens.escaped(token[tokens.ESCAPED]))
                elif kind == tokens.UNICODE:
                    self._pen.characters(tokens.codes(token[tokens.UNICODE]))
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

    def _brace(self, brace: bytes) -> bool:
        """Whether the document goes on."""
        self._starred, self._pen.skip = False, 0
        if brace == b"{":
            self._stack.append((self._pen.look, self._pen.to, self._pen.fallback))
            return True
        if not self._stack:
            return False
        look, outer, self._pen.fallback = self._stack.pop()
        if outer is not self._pen.to:
            self._pen.flush()
            self._leave(outer)
        elif self._pen.to.word in _LISTS:
            self._pen.flush()
            self._pen.to.texts.append("\n")
        self._pen.look = look
        return bool(self._stack)

    def _leave(self, outer: Destination) -> None:
        """Close the destinations that began since, from the inside out."""
        while self._pen.to is not outer and self._pen.to.outer is not None:
            inner, self._pen.to = self._pen.to, self._pen.to.outer
            self._depth -= 1
            if inner.owns:
                self._pen.tell_instead(inner.flow)
                inner.flow.close()
                self._pen.to.flow.inset(inner.lines)
            kind = DESTINATIONS.get(inner.word.encode(), UNKNOWN)
            if kind.end is not None:
                kind.end(self._desk, inner)

    def _enter(self, word: bytes, kind: Kind) -> None:
        outer = self._pen.to
        if self._depth >= _DEEPEST or (kind.mode is Mode.FLOW and outer.mode is not Mode.FLOW):
            return
        self._pen.flush()
        self._depth += 1
        inner = Destination(word=word.decode("ascii"), mode=kind.mode, flow=outer.flow, outer=outer, owns=kind.owns)
        if kind.begin is not None:
            kind.begin(self._desk, inner)
        if kind.owns:
            self._pen.look = self._pen.look._replace(hidden=False, in_table=False, depth=0)
        self._pen.to = inner

    def _end(self, at: int) -> int:
        self._pen.flush()
        root = self._pen.to
        while root.outer is not None:
            root = root.outer
        self._leave(root)
        self._pen.tell_instead(self._body)
        self._body.close()
        if self._pen.lost:
            reason = tr(
                f"{self._pen.lost} 处文字无法解码：请在 Word 中打开核对",
                f"{self._pen.lost} pieces of text could not be decoded: open it in Word and check",
            )
            self._desk.scribe.gap(self._pen.lost_at, reason)
        return at

    def _out_of_time(self) -> int:
        reason = tr("文档过大，未在时限内读完：拆分后再审", "too large to be read in time: split it and review again")
        self._desk.scribe.gap(tr("此后内容", "the rest"), reason)
        return self._end(len(self._data))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in (b"\r", b"\n"):
            ACTS[b"par"](self._pen, None)
        elif symbol in _SYMBOLS:
            self._pen.sign(_SYMBOLS[symbol])
        elif symbol >= b"\x80":
            self._pen.text(symbol)

    def _word(self, word: bytes, number: int | None) -> None:
        change = CHANGES.get(word)
        if change is not None:
            self._pen.change(word, number)
            return
        sign = _SIGNS.get(word)
        if sign is not None:
            self._pen.sign(sign)
            return
        act = ACTS.get(word)
        if act is not None:
            act(self._pen, number)
            return
        if word == b"ud":
            self._ud()
            return
        kind = DESTINATIONS.get(word)
        starred, self._starred = self._starred, False
        if kind is not None:
            self._enter(word, kind)
        elif starred and word not in _STYLE_MARKS:
            self._enter(word, UNKNOWN)
        elif self._pen.to.mode is Mode.DATA and word in _PICTURE_WORDS:
            self._pen.to.facts[word.decode("ascii")] = number or 0

    def _ud(self) -> None:
        r"""`\upr{…}{\*\ud …}`: the second is the text, the first what old readers show."""
        self._starred = False
        upper = next((to for to in (self._pen.to, *self._pen.to.around()) if to.word == "upr"), None)
        if upper is None or upper.outer is None or self._depth >= _DEEPEST:
            return
        self._pen.flush()
        self._depth += 1
        true = upper.outer
        self._pen.to = Destination(
            word="ud", mode=true.mode, flow=true.flow, outer=self._pen.to, texts=true.texts, data=true.data
        )

    def _binary(self, at: int, size: int) -> int:
        """Where the bytes after \bin end; a size is not trusted further than the file goes."""
        end = min(at + max(size, 0), len(self._data))
        piece = self._data[at:end]
        if self._pen.to.mode is Mode.DATA:
            self._pen.to.data.append(tokens.BINARY + piece)
        elif piece:
            self._desk.blobs.append((self._pen.to.flow.place, piece))
        return end
