"""Text from outside made harmless for a line that people read."""

from __future__ import annotations


def plain(text: str) -> str:
    """Without control characters and half characters: a file name must not drive the terminal, or stop the report."""
    return "".join(char if char.isprintable() else "�" for char in text)
