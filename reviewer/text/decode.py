"""From bytes to text: which encoding, how sure, and what could not be decoded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.language import tr
from reviewer.text.commonness import cost, surprise
from reviewer.text.lazy import lazy
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text and how it was made from bytes.

    `encoding` is a codec's name, or "mixed" when lines differ. `certain`: declared by a byte order mark, valid
    UTF-8, or far likelier than any other, and no byte had to be replaced. `trouble` says what a person must
    know, and is never None when not certain. `bom` is the mark that `text` does not hold.
    """

    text: str
    encoding: str
    certain: bool
    trouble: str | None
    bom: bytes = b""


# UTF-32 before UTF-16: its mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# gb2312 and gbk are always widened to gb18030.
_LEGACY = ("gb18030", "cp950", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

# Bits. A declared encoding is right more often than not; valid UTF-8 is rarely an accident.
_DECLARED = 8.0
_VALID_UTF8 = 6.0
_SURE = 20.0  # this much ahead of the second is certain ...
_ORDINARY = 14.5  # ... if the text is also one that people write; both: see tests/text/test_decode.py
_READABLE = 17.0  # what a short line of rare names may come to; bytes that are no text come to more
_SWITCH = 10.0  # what a line must gain to be read in another encoding than the rest

_SAMPLE = 65536
_WINDOWS = 16
_HIGH = bytes(range(0x30, 0x100))  # every later byte of a legacy character is one of these
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])
_TELLING = lazy(rb"[\x00\x80-\xff]")
_LONG_UTF8 = lazy(rb"[\xe0-\xf4]")
_PAIRED = lazy(rb"[\xc2-\xdf][\x80-\xbf][\xc2-\xdf]|[\xd0-\xdf]")
_HZ = lazy(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")

_LINE_END = lazy(r"\r\n?|\n")
_REPLACED = lazy("\ufffd")
_PRIVATE = lazy("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_CONTROL = lazy("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\x1a(?!\\Z)")
_LOST = lazy("锟斤拷")  # what U+FFFD, written as UTF-8 and read as GB, looks like
# All but the last of these in one class, which is the fastest search there is.
_ODD = lazy("[\ufffd-\uffff\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """The text of `data`, with the byte order mark taken off and line ends as found.

    `hint` is an encoding that the document names itself: it tips a balance, it never decides.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], mark, encoding)
    text = _plain_utf8(data)
    if text is not None:
        return _judged(text, "utf-8", certain=True)
    return _guessed(data, hint)


def _plain_utf8(data: bytes) -> str | None:
    """The text, if it is valid and nothing in it asks for a second thought."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _has_controls(data) or (data.isascii() and b"~{" in data):
        return None
    # GB characters such as 目录 happen to be valid two-byte UTF-8; with three bytes, or one alone, hardly ever.
    if _LONG_UTF8.search(data) is None and _PAIRED.search(data) is not None:
        return None
    return text


def _has_controls(data: bytes) -> bool:
    """UTF-16 without a mark is often valid UTF-8, but full of these. (Old editors end a file with 1A.)"""
    return len(data.translate(None, _CONTROLS)) < len(data.rstrip(b"\x1a"))


def _marked(body: bytes, mark: bytes, encoding: str) -> Decoded:
    if _valid(body, encoding):
        return _judged(body.decode(encoding), encoding, certain=True, bom=mark)
    guess = _guessed(body, encoding)
    reason = tr("文件头标明 {}，内容却不全是", "the byte order mark says {}, the content differs").format(
        _label(encoding)
    )
    return Decoded(
        text=guess.text,
        encoding=guess.encoding,
        certain=False,
        trouble=_joined(reason, guess.trouble),
        bom=mark,
    )


def _guessed(data: bytes, hint: str | None) -> Decoded:
    if data.isascii() and not _has_controls(data):
        return _seven_bit(data)
    ranking = sorted(_candidates(data, hint), key=lambda candidate: candidate.bits)
    best, second = ranking[0], ranking[1]
    if best.encoding not in _WIDE:
        legacy = next(candidate.encoding for candidate in ranking if candidate.encoding in _LEGACY)
        lines = _by_line(data, best.encoding, legacy)
        if lines is not None:
            return lines
    ahead = second.bits - best.bits >= _SURE and best.surprise <= _ORDINARY
    return _judged(
        data.decode(best.encoding, errors="replace"),
        best.encoding,
        certain=ahead or (best.encoding == "utf-8" and data.isascii()),
        other=second.encoding,
    )


def _seven_bit(data: bytes) -> Decoded:
    """ASCII, or HZ-GB-2312 (RFC 1843), which writes Chinese in it between ~{ and ~}."""
    if _HZ.search(data):
        text = data.decode("hz", errors="replace")
        if surprise(text) <= _ORDINARY:
            return _judged(text, "hz", certain=True)
    return _judged(data.decode("ascii"), "utf-8", certain=True)


class _Candidate(NamedTuple):
    """An encoding, and how a sample of the bytes looks when read in it."""

    bits: float
    surprise: float
    encoding: str


def _candidates(data: bytes, hint: str | None) -> Iterator[_Candidate]:
    declared = _canonical(hint)
    pieces = tuple(_sample(data))
    favour = {"utf-8": _VALID_UTF8 if _valid(data, "utf-8") else 0.0}
    for encoding in ("utf-8", "gb18030", _big5(data), *_WIDE):
        text = "".join(piece.decode(encoding, errors="replace") for piece in pieces)
        candidate = _Candidate(
            bits=cost(text) - favour.get(encoding, 0.0) - (_DECLARED if encoding == declared else 0.0),
            surprise=surprise(text),
            encoding=encoding,
        )
        # Bytes that are no text are left in an encoding that keeps the ASCII in them readable.
        if encoding not in _WIDE or candidate.surprise <= _READABLE:
            yield candidate


def _big5(data: bytes) -> str:
    """Big5 as Windows writes it, or with Hong Kong's characters if only so it is valid."""
    return "big5hkscs" if _valid(data, "big5hkscs") and not _valid(data, "cp950") else "cp950"


def _sample(data: bytes) -> Iterator[bytes]:
    """The whole of a small file; of a large one, windows that begin where a character begins."""
    if len(data) <= _SAMPLE:
        yield data
        return
    size, at = _SAMPLE // _WINDOWS, 0
    while found := _TELLING.search(data, at):
        before = data[max(0, found.start() - size) : found.start()]
        start = found.start() - len(before) + len(before.rstrip(_HIGH))
        yield data[start - start % 2 : start + size]
        at = found.start() + max(size, len(data) // _WINDOWS)


def _by_line(data: bytes, main: str, legacy: str) -> Decoded | None:
    """The text read line by line, or None if every line is best read in the main encoding."""
    other = legacy if main == "utf-8" else "utf-8"
    lines = data.splitlines(keepends=True)
    strays = [n for n, line in enumerate(lines) if not line.isascii() and _strays(line, main, other)]
    if not strays:
        return None
    chosen = set(strays)
    text = "".join(line.decode(other if n in chosen else main, errors="replace") for n, line in enumerate(lines))
    return _judged(
        text,
        "mixed",
        certain=False,
        mixed=tr("{}中夹有 {} 行{}（{}）", "{} with {} lines of {} ({})").format(
            _label(main), len(strays), _label(other), _listed([n + 1 for n in strays])
        ),
    )


def _strays(line: bytes, main: str, other: str) -> bool:
    """This line is better read in the other encoding than in that of the rest."""
    if _valid(line, "utf-8") == (main == "utf-8"):
        return False
    return cost(line.decode(other, errors="replace")) + _SWITCH < cost(line.decode(main, errors="replace"))


def _judged(text: str, encoding: str, *, certain: bool, bom: bytes = b"", other: str = "", mixed: str = "") -> Decoded:
    damage = _damage(text) if _ODD.search(text) or _LOST.search(text) else None
    whole = certain and (damage is None or "\ufffd" not in text)
    doubt = mixed
    if not certain and not mixed:
        doubt = tr("编码不能确定：按 {} 读出，也可能是 {}", "encoding uncertain: read as {}, may be {}").format(
            _label(encoding), _label(other)
        )
    return Decoded(text=text, encoding=encoding, certain=whole, trouble=_joined(doubt, damage), bom=bom)


def _damage(text: str) -> str | None:
    """What in the decoded text stands for something that is lost, with counts and lines."""
    kinds = (
        (_REPLACED, tr("{} 处无法解码（{}）", "{} places could not be decoded ({})")),
        (_PRIVATE, tr("{} 个自造字，只有特定字体能显示（{}）", "{} private-use characters ({})")),
        (_CONTROL, tr("{} 个控制字符，可能不是文本（{}）", "{} control characters, perhaps not text ({})")),
        (_LOST, tr("{} 处乱码，原文已在此前丢失（{}）", "{} places were lost in an earlier conversion ({})")),
    )
    found = [(wording, *_places(pattern, text)) for pattern, wording in kinds if pattern.search(text)]
    return _joined(*(wording.format(count, _listed(lines)) for wording, count, lines in found))


def _places(pattern: re.Pattern[str], text: str) -> tuple[int, list[int]]:
    """How often, and on which of the lines that an editor counts."""
    starts = [found.start() for found in pattern.finditer(text)]
    lines: list[int] = []
    at, line = 0, 1
    for start in starts:
        line += sum(1 for _ in _LINE_END.finditer(text, at, start))
        at = start
        if not lines or lines[-1] != line:
            lines.append(line)
    return len(starts), lines


def oddities(text: str) -> int:
    """How many characters stand for bytes that are no text: replaced, private, control."""
    return sum(1 for _ in _ODD.finditer(text))


def _listed(lines: list[int]) -> str:
    shown = "、".join(str(line) for line in lines[:5])
    if len(lines) > 5:
        return tr("第 {} 等 {} 行", "line {} and others, {} in all").format(shown, len(lines))
    return tr("第 {} 行", "line {}").format(shown)


def _joined(*reasons: str | None) -> str | None:
    return tr("；", "; ").join(reason for reason in reasons if reason) or None


def _valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _canonical(hint: str | None) -> str | None:
    """The candidate that a declared name stands for: gb2312 means gb18030, utf8 means utf-8."""
    name = (hint or "").strip().lower().replace("_", "-")
    if name.startswith("gb"):
        return "gb18030"
    if name.startswith("big5"):
        return "cp950"
    return "utf-8" if name in ("utf8", "utf-8") else name or None


def _label(encoding: str) -> str:
    return {"cp950": "Big5", "big5hkscs": "Big5-HKSCS", "hz": "HZ-GB-2312"}.get(encoding, encoding.upper())
