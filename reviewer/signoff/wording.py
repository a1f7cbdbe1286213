"""What people type: names that may stand in a file name, and sentences that may stand in the ledger."""

from __future__ import annotations

import unicodedata
from datetime import date

from reviewer.errors import NotAllowedError, UsageError
from reviewer.language import tr

LONGEST_NAME = 40
LONGEST_SENTENCE = 1000  # an opinion fits; a pasted document does not
_FORBIDDEN_IN_NAMES = frozenset('/\\:*?"<>|')
_RESERVED_ON_WINDOWS = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
)


def person_name(text: str) -> str:
    """`text` in its composed form (NFC); raises UsageError if it could not be a person's name and a file's name."""
    name = unicodedata.normalize("NFC", text)
    if not _acceptable_name(name):
        raise UsageError(
            tr(
                f"姓名不可用：{text!a}。用 1 至 {LONGEST_NAME} 个字，不含斜线、控制字符，首尾不留空格和点。",
                f"not usable as a name: {text!a}. Use 1 to {LONGEST_NAME} characters, no slashes or control "
                "characters, no blank or dot at either end.",
            )
        )
    return name


def _acceptable_name(name: str) -> bool:
    if not 1 <= len(name) <= LONGEST_NAME or name != name.strip(" .　"):
        return False
    if name.split(".")[0].upper() in _RESERVED_ON_WINDOWS:
        return False
    return all(char not in _FORBIDDEN_IN_NAMES and not _invisible(char) for char in name)


def _invisible(char: str) -> bool:
    """Controls, formats (zero-width, bidirectional), surrogates, private use, line ends: two names would look alike."""
    category = unicodedata.category(char)
    return category.startswith("C") or category in ("Zl", "Zp")


def check_sentence(text: str, what: str) -> None:
    """Raises NotAllowedError if `text` is too long for an opinion or holds control characters."""
    if len(text) > LONGEST_SENTENCE:
        raise NotAllowedError(
            tr(
                f"{what}超过 {LONGEST_SENTENCE} 字。写明意见即可，不要粘贴文件内容。",
                f"{what} is longer than {LONGEST_SENTENCE} characters. State the opinion; do not paste document text.",
            )
        )
    if not text.isprintable() and any(_invisible(char) and char not in "\n\t" for char in text):
        raise NotAllowedError(tr(f"{what}含有控制字符，请删去。", f"{what} holds control characters; remove them."))


def required_sentence(text: str, what: str) -> None:
    """As `check_sentence`, and an empty one is refused."""
    if not text.strip():
        raise NotAllowedError(tr(f"缺少{what}，请写明。", f"{what} is missing; state it."))
    check_sentence(text, what)


def check_day(text: str, what: str) -> None:
    """Raises NotAllowedError unless `text` is a day written as 2026-03-01."""
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = ""
    if written != text or not text:
        raise NotAllowedError(tr(f"{what}应写成 2026-03-01 的样子。", f"{what} must be written like 2026-03-01."))
