"""Which places are in the pixels of a picture, as the readers of pictures name them (`extract.image.look`)."""

from __future__ import annotations

import re

_TEXT = re.compile(r"(?P<label>.*?)[! ]?(?P<unseen>透明处 )?识别¶(?P<number>\d+)")
_CODE = re.compile(r"(?P<label>.*?)[! ]?(?:二维码|条形码)(?P<number>\d+)")


def says_text(place: str) -> bool:
    """Whether text was recognised there."""
    return _TEXT.fullmatch(place) is not None


def says_unseen(place: str) -> bool:
    """Whether it was recognised where the picture is transparent."""
    found = _TEXT.fullmatch(place)
    return found is not None and found["unseen"] is not None


def says_code(place: str) -> bool:
    """Whether a QR code or a bar code was read there."""
    return _CODE.fullmatch(place) is not None


def label_of(place: str) -> str:
    """The place of the picture itself; empty where the picture is the document."""
    found = _TEXT.fullmatch(place) or _CODE.fullmatch(place)
    return found["label"] if found else place


def ordinal(place: str) -> int:
    """Which paragraph or code of its picture it is, from 1; 0 for any other place."""
    found = _TEXT.fullmatch(place) or _CODE.fullmatch(place)
    return int(found["number"]) if found else 0
