"""Pictures and files that a page carries in itself, as `data:` addresses in base64."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote

from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import BINARY, sniff
from reviewer.language import tr
from reviewer.terms import Gap

_LARGE = 2048
"""Bytes: less than this in an unknown format shows no words."""


def read_file(encoded: str) -> Extracted:
    """What a file in base64 says; one that is cut off is read as far as it goes, by the reader of its format."""
    from reviewer.extract.image import read_picture  # imaging libraries, which most pages do not need

    data = _decoded(encoded)
    if not data:
        return _only_gap() if len(encoded) > _LARGE else Extracted(text="", segments=())
    if len(data) <= _LARGE and sniff(data, "") == BINARY:
        return Extracted(text="", segments=())
    return read_picture(data)


def _decoded(encoded: str) -> bytes:
    plain = (unquote(encoded) if "%" in encoded else encoded).rstrip("=")
    whole = plain[: len(plain) - (len(plain) % 4 == 1)]  # one digit alone is no byte
    try:
        return base64.b64decode(whole + "=" * (-len(whole) % 4))
    except (binascii.Error, ValueError):
        return b""


def _only_gap() -> Extracted:
    from reviewer.extract.image import WHOLE

    reason = tr(
        "页内嵌有图片或文件，其中可能有文字，未读取：请打开核对",
        "a picture or file embedded in the page was not read and may hold text: open it and check",
    )
    return Extracted(text="", segments=(), gaps=(Gap(place=WHOLE, reason=reason),))
