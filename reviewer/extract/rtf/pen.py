"""The pen that writes RTF's text down: bytes of one look are collected, decoded together and put where they belong."""

from __future__ import annotations

from reviewer.extract.rtf.desk import Desk, Destination, Mode
from reviewer.extract.rtf.flow import Flow
from reviewer.extract.rtf.look import CHANGES, Look, voice
from reviewer.extract.telling import telling

_MOST_LOOKS = 1 << 14
_MOST_COLOURS = 1 << 16
_MOST_INSTEAD = 1 << 16
_NOTHING = (b"", b"?", b" ", b"_", b"*")
_HIGH = bytes(range(0x81, 0xFF))
_TWO_BYTES = frozenset({"gb18030", "cp950", "cp932", "cp949"})


class Pen:
    """Where text goes now (`to`), how it stands (`look`), and how many characters of it are to be skipped."""

    def __init__(self, desk: Desk, to: Destination) -> None:
        self.desk = desk
        self.to = to
        self.look = Look(font=-1)
        self.fallback = 1  # characters after each \u that old readers show instead
        self.skip = 0
        self.lost = 0  # pieces of text that could not be decoded
        self.lost_at = ""
        self._skipped = bytearray()  # the fallback of the last \u
        self._meant = ""  # its character
        self._instead: list[bytes] = []
        self._raw = bytearray()
        self._raw_key = (self.to, self.look)  # of the bytes collected
        self._looks: dict[tuple[Look, bytes, int | None], Look] = {}

    def change(self, word: bytes, number: int | None) -> None:
        key = (self.look, word, number)
        look = self._looks.get(key)
        if look is None:
            if len(self._looks) > _MOST_LOOKS:
                self._looks.clear()
            look = self._looks[key] = CHANGES[word](self.look, number)
        self.look = look

    def text(self, raw: bytes) -> None:
        if self.skip and raw:
            cut = min(self.skip, len(raw))
            self.skip -= cut
            self._skipped += raw[:cut]
            raw = raw[cut:]
        if not raw:
            return
        if self.to.mode is Mode.DATA:
            self.to.data.append(raw)
            return
        key = (self.to, self.look)
        if key != self._raw_key:
            self._turn(key)
        self._raw += raw

    def _turn(self, key: tuple[Destination, Look]) -> None:
        """What follows is of another look; a character that the turn cuts in two stays whole."""
        lead = b""
        if self._raw and key[0] is self._raw_key[0] and self._cuts(self._raw_key[1], key[1]):
            lead = bytes(self._raw[-1:])
            del self._raw[-1:]
        self.flush()
        self._raw_key = key
        self._raw += lead

    def _cuts(self, look: Look, following: Look) -> bool:
        """Whether the last byte is the first of two: an odd number of high bytes stands at the end."""
        name = self._codec(look)
        if name != self._codec(following) or (name or self.desk.fonts.document) not in _TWO_BYTES:
            return False
        return (len(self._raw) - len(self._raw.rstrip(_HIGH))) % 2 == 1

    def _codec(self, look: Look) -> str:
        fonts = self.desk.fonts
        return fonts.codec(fonts.default if look.font < 0 else look.font)

    def flush(self) -> None:
        """Decode what was collected."""
        if not self._raw:
            return
        to, look = self._raw_key
        raw = bytes(self._raw)
        self._raw.clear()
        text = self.desk.fonts.text(raw, self._codec(look))
        if "\ufffd" in text:
            self.lost += 1
            self.lost_at = self.lost_at or to.flow.place
        self.say(text, to, look)

    def say(self, text: str, to: Destination, look: Look) -> None:
        if to.mode is Mode.CAPTURE:
            to.texts.append(text)
            if to.word == "colortbl":
                self._mixed(text)
            elif to.word == "fonttbl":
                self.desk.fonts.has_name(look.font, text)
        elif to.mode is Mode.FLOW:
            ground = to.flow.ground
            fill = to.flow.fill(look)
            if 0 < fill < len(self.desk.colours):
                ground = self.desk.colours[fill]
            to.flow.add(text, voice(look, self.desk.colours, ground))
        if self.desk.html is not None and (to.word == "htmltag" or (to.mode is Mode.FLOW and not look.rtf_only)):
            self.desk.html.append(text)

    def _mixed(self, text: str) -> None:
        """Each semicolon ends a colour; one that names no channel is the automatic one."""
        for _ in range(text.count(";")):
            mixing = self.desk.mixing
            colour = "" if min(mixing) < 0 else "".join(f"{channel:02X}" for channel in mixing)
            if len(self.desk.colours) < _MOST_COLOURS:
                self.desk.colours.append(colour)
            self.desk.mixing = [-1, -1, -1]

    def sign(self, text: str) -> None:
        """A character that a word stands for."""
        if self.skip:
            self.skip -= 1
            return
        self.flush()
        if self.to.mode is not Mode.DATA:
            self.say(text, self.to, self.look)

    def characters(self, codes: list[int]) -> None:
        r"""Many \u in a row, each followed by a question mark."""
        if self.fallback != 1 or self._skipped:
            for code in codes:
                self.unicode(code)
                self.text(b"?")
            return
        self.flush()
        self.skip = 0
        if self.to.mode is not Mode.DATA:
            self.say("".join(map(self._character, codes)), self.to, self.look)

    def unicode(self, number: int | None) -> None:
        self.flush()
        if self._skipped:
            self._compare()
        self._meant = self._character(number or 0)
        if self._meant and self.to.mode is not Mode.DATA:
            self.say(self._meant, self.to, self.look)
        self.skip = self.fallback

    def _character(self, code: int) -> str:
        if code < 0:
            code %= 0x10000
        if 0xF020 <= code <= 0xF07E and not self.desk.fonts.draws(self.look.font):
            code -= 0xF000  # a symbol font's own place of an ASCII character
        return chr(code) if 0 < code < 0x110000 else ""

    def _compare(self) -> None:
        r"""What readers without Unicode show after a \u: usually the same character, or a question mark."""
        fallback, self._skipped = bytes(self._skipped), bytearray()
        if fallback in _NOTHING:
            return
        name = self._codec(self.look) or self.desk.fonts.document
        if self.desk.fonts.text(fallback, name) != self._meant and len(self._instead) < _MOST_INSTEAD:
            self._instead.append(fallback)

    def tell_instead(self, flow: Flow) -> None:
        """Fallbacks that say something else than the text are told with the paragraph."""
        if self._skipped:
            self._compare()
        if self._instead:
            text = self.desk.fonts.text(b"".join(self._instead), self.desk.fonts.document)
            self._instead.clear()
            if telling(text):
                flow.aside(text, "替代字符")

    def line_of_html(self) -> None:
        if self.desk.html is not None and not self.look.rtf_only:
            self.desk.html.append("\n")
