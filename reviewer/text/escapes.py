"""What a machine wrote as escapes: references of HTML, percent signs of addresses, code units, runs of UTF-7.

What they say is as public as if they stood there plainly (HTML, 13.2.5.72; RFC 3986, 2.1; ECMA-262, 12.9.4; RFC 2152).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewer.text.lazy import lazy
from reviewer.text.utf7 import runs as utf7_runs

FILLER = "\u200b"
"""What fills the place of the rest of an escape: folding takes it out."""

# Letters, digits and what stands in numbers and mailboxes: space + - . @ _
_CODE = r"(?:2[0BbDdEe]|3[0-9]|40|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])"
_DECIMAL = r"(?:32|4[356]|4[89]|5[0-7]|6[4-9]|[78][0-9]|9[057-9]|1[01][0-9]|12[0-2])"
# Percent signs count in a row only: "5%30" may be a share. An ampersand or a percent sign may be escaped itself.
_PERCENT = rf"%(?:25){{0,3}}{_CODE}"
_REFERENCE = rf"&(?:amp;){{0,3}}#(?:0{{0,4}}{_DECIMAL}|[xX]0{{0,4}}{_CODE});"
_UNIT = rf"\\{{1,2}}u00{_CODE}"
_ESCAPED = lazy(rf"{_REFERENCE}|{_UNIT}|(?:{_PERCENT}){{4,}}+")
_PERCENT_SIGN = lazy(_PERCENT)
_SIGNS = ("&", "%", "\\u00")
_NUMBER = lazy(r"#0*([0-9]+);")


def undone(text: str) -> tuple[str, Mapping[int, int]]:
    """The text with each escaped character in the place of its escape's first one and fillers behind it.

    The mapping leads from where an escape begins to where it ends; it is empty where there is none.
    """
    ends: dict[int, int] = {}
    text = _plain(text, ends)
    if not any(sign in text for sign in _SIGNS):
        return text, ends
    pieces: list[str] = []
    at = 0
    for run in _ESCAPED.finditer(text):
        pieces.append(text[at : run.start()])
        at = run.end()
        for start, end in _escapes(run):
            ends[start] = end
            pieces.append(_character(text[start:end]) + FILLER * (end - start - 1))
    if not ends:
        return text, ends
    return "".join((*pieces, text[at:])), ends


def _plain(text: str, ends: dict[int, int]) -> str:
    """The text with what its runs of UTF-7 say, each character where its first sign stood; their ends go to `ends`."""
    pieces: list[str] = []
    at = 0
    for run in utf7_runs(text):
        pieces.append(text[at : run[0].start])
        at = run[-1].end
        for sign in run:
            ends[sign.start] = sign.end
            pieces.append(sign.char + FILLER * (sign.end - sign.start - 1))
    return "".join((*pieces, text[at:])) if ends else text


def _escapes(run: re.Match[str]) -> list[tuple[int, int]]:
    if not run[0].startswith("%"):
        return [run.span()]
    return [found.span() for found in _PERCENT_SIGN.finditer(run.string, *run.span())]


def _character(escape: str) -> str:
    decimal = _NUMBER.search(escape)
    return chr(int(decimal[1]) if decimal else int(escape.rstrip(";")[-2:], 16))
