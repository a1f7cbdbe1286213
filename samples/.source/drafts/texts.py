"""The words of the drafts: one text file each, with placeholders where a person or a company is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from drafts.people import placeholders

SOURCE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one table, of a draft.

    `kind`: title, heading, subheading, paragraph, centred, left, right, bullet, picture or table. Only a
    table has rows; the text of a picture is its name.
    """

    kind: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


_MARKS = (
    ("### ", "subheading"),
    ("## ", "heading"),
    ("# ", "title"),
    ("= ", "centred"),
    ("^ ", "left"),
    ("> ", "right"),
    ("- ", "bullet"),
    ("! ", "picture"),
)


def words(name: str, extra: Mapping[str, str] | None = None) -> str:
    """The text `texts/<name>` with every placeholder filled in."""
    text = (SOURCE / "texts" / name).read_text(encoding="utf-8")
    return Template(text).substitute(placeholders(name), **(extra or {}))


def plain(name: str, encoding: str = "utf-8", extra: Mapping[str, str] | None = None) -> bytes:
    """The text as the bytes of a text file; "utf-16" has a byte order mark."""
    text = words(name, extra)
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if encoding in ("gb18030", "big5"):  # such files come from Windows
        text = text.replace("\n", "\r\n")
    return text.encode(encoding)


def blocks(name: str, extra: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    """The text taken apart: a mark at the start of a line says what the line is."""
    found: list[Block] = []
    for line in words(name, extra).splitlines():
        if not line.strip():
            continue
        if line.startswith("|"):
            row = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if found and found[-1].kind == "table":
                found[-1] = Block("table", "", (*found[-1].rows, row))
            else:
                found.append(Block("table", "", (row,)))
            continue
        kind, text = next(
            ((kind, line[len(mark) :]) for mark, kind in _MARKS if line.startswith(mark)), ("paragraph", line)
        )
        found.append(Block(kind, text))
    return tuple(found)


def title(found: tuple[Block, ...]) -> str:
    """What the document says it is called."""
    return next((block.text for block in found if block.kind == "title"), "")


def picture(name: str) -> bytes:
    """A picture that was drawn once and is kept beside the texts."""
    return (SOURCE / "pictures" / name).read_bytes()
