"""Text in the Windows code page that a legacy file names, and what to do where it names the wrong one."""

from __future__ import annotations

import codecs

from reviewer.text.commonness import surprise
from reviewer.text.decode import decode

UTF_16 = 1200
_NAMED = {UTF_16: "utf-16-le", 1201: "utf-16-be", 65001: "utf-8", 936: "gb18030", 54936: "gb18030", 20936: "gb18030"}
_NAMED |= {950: "cp950", 932: "cp932", 949: "cp949", 10000: "mac-roman", 10008: "gb18030", 10002: "cp950"}
_WESTERN = "cp1252"
_SINGLE = frozenset({"cp1252", "mac-roman", "latin-1", "ascii", "cp437", "cp850"})
_ORDINARY = 13.0  # mean bits of a Chinese text that people write: see reviewer.text.commonness
_LANGUAGES = {0x0804: 936, 0x1004: 936, 0x0404: 950, 0x0C04: 950, 0x1404: 950, 0x0411: 932, 0x0412: 949}


def of_language(language: int) -> int:
    """The code page of a Windows language id ([MS-LCID]); 1252 where it has none of its own here."""
    return _LANGUAGES.get(language, 1252)


def codec(code_page: int) -> str:
    """The codec of a code page, negative as 16-bit numbers may come; the Western one where there is none."""
    code_page &= 0xFFFF
    name = _NAMED.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _WESTERN


def text_of(data: bytes, code_page: int) -> str:
    """The text of some bytes, without what follows the first NUL.

    Chinese programs write GBK under a Western code page; it is read as Chinese where that makes an ordinary text.
    """
    name = codec(code_page)
    if name.startswith("utf-16"):
        return data[: len(data) // 2 * 2].decode(name, "replace").partition("\0")[0]
    data = data.partition(b"\0")[0]
    if data.isascii():
        return data.decode("ascii")
    if name in _SINGLE or name.startswith("cp125"):
        chinese = chinese_of(data)
        return data.decode(name, "replace") if chinese is None else chinese
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return decode(data, name).text


def chinese_of(data: bytes) -> str | None:
    """The bytes as GBK if they are wholly that, and Chinese that people write; else None."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    ideographs = "".join(character for character in text if "\u4e00" <= character <= "\u9fff")
    return text if len(ideographs) >= 2 and surprise(ideographs) <= _ORDINARY else None
