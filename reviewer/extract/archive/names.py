"""Names of members whose encoding the archive does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.text.decode import decode


def decoded_names(raw: Sequence[bytes]) -> list[str]:
    """The names as they were written, decoded together: GB18030, Big5 and UTF-8 are told apart by all of them.

    A short name alone says little about its encoding; thirty names of one archive nearly always agree.
    """
    if not raw:
        return []
    together = decode(b"\n".join(name.replace(b"\n", b" ") for name in raw)).text.split("\n")
    return together if len(together) == len(raw) else [decode(name).text for name in raw]


def from_surrogates(name: str) -> bytes:
    """The bytes of a name that was read as UTF-8 with surrogate escapes."""
    return name.encode("utf-8", "surrogateescape")
