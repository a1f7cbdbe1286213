"""Redacts OFD (GB/T 33190-2016): letters that go become blanks, so that every other keeps its place.

What is on no page goes: attachments, extensions, custom tags, signatures (which an edit breaks), earlier versions,
properties, and every file that nothing refers to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from reviewer.errors import RedactionError
from reviewer.extract.package.xml import attr, child, found, local
from reviewer.language import tr
from reviewer.redact.edit import Copy, Edit, Piece, Tally, pieces, unplaced
from reviewer.redact.lines import drop
from reviewer.redact.located import located, occurrences
from reviewer.redact.package import Parts
from reviewer.redact.values import Values, empty_attributes, telling
from reviewer.terms import Document, Segment

_ENTRY = "OFD.xml"
_UNSEEN = {
    **dict.fromkeys(("Attachments", "Extensions", "CustomTags"), "附件和扩展"),
    **dict.fromkeys(("Signatures", "Versions"), "签名和早期版本（改动后失效）"),
    **dict.fromkeys(("Actions", "Bookmarks", "Remark", "Parameters", "CustomDatas"), "动作、备注和自定义数据"),
}
_INFO_KEPT = frozenset({"DocID", "DocUsage"})
_SAID_BY_NOTES = ("Creator", "LastModDate", "Subtype")
_PAGES = frozenset({"Page", "PageAnnot"})


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The pages with their letters taken out."""
    tally = Tally()
    parts = Parts(data, tally)
    changes: Mapping[int, Sequence[Piece]] = pieces(document, edits)
    _clean(parts, tally)
    pages = [name for name in parts.names if name.lower().endswith(".xml") and local(parts.tree(name)) in _PAGES]
    flows = [_Flow(parts.tree(name)) for name in pages]
    parts.clean_pictures()
    changes = parts.burn(document, changes)
    lost = _take_out(flows, document, changes)
    if lost:
        raise unplaced(document, lost)
    for flow in flows:
        flow.write(document.path)
    search = Values(value for value in telling(document, changes))
    for name in parts.names:
        if name.lower().endswith(".xml"):
            tally.add("属性里重复的内容", empty_attributes(parts.tree(name), search))
    return Copy(
        data=parts.saved(), cleaned=tally.cleaned(), burned=parts.burned, method="ofd: blanks", shows_masks=False
    )


class _Flow:
    """The letters of one page in the order of its objects, without white space."""

    def __init__(self, root: etree._Element) -> None:
        self._letters = [(code, at) for code in found(root, "TextCode") for at in _solid(code.text or "")]
        self.text = "".join((code.text or "")[at] for code, at in self._letters)
        self._gone: set[int] = set()

    def take_out(self, start: int, end: int) -> None:
        self._gone.update(range(start, end))

    def write(self, path: str) -> None:
        by_code: dict[etree._Element, set[int]] = {}
        for number in self._gone:
            code, at = self._letters[number]
            by_code.setdefault(code, set()).add(at)
        for code, gone in by_code.items():
            parent = code.getparent()
            if parent is not None and child(parent, "CGTransform") is not None:
                raise RedactionError(
                    tr(
                        f"{path}：要删的字由字形编号画出，不能单独删除。请用原来的文档改好后重新生成",
                        f"{path}: letters are drawn by glyph numbers and cannot be taken out; cure the source document",
                    )
                )
            code.text = "".join(" " if at in gone else char for at, char in enumerate(code.text or ""))


def _solid(text: str) -> Iterator[int]:
    return (at for at, char in enumerate(text) if not char.isspace())


def _take_out(flows: Sequence[_Flow], document: Document, changes: Mapping[int, Sequence[Piece]]) -> list[str]:
    """Mark the letters of every edit, and of all text that nobody sees; returns the places that were not found."""
    wholes = [flow.text for flow in flows]
    words = {word for s in document.segments if s.page is not None and not s.hidden for word in s.text.split()}
    stays = {
        (number, at)
        for word in words
        for places in [[(n, at) for n, whole in enumerate(wholes) for at in occurrences(whole, word)]]
        if len(places) == 1
        for number, first in places
        for at in range(first, first + len(word))
    }
    lost: list[str] = []
    for index, segment in enumerate(document.segments):
        if segment.hidden:
            for start, end in _rows(segment, Piece(0, len(segment.text), "")) if segment.page is not None else ():
                for number, low, high in located(wholes, segment.text, start, end):
                    for at in range(low, high):
                        if (number, at) not in stays:
                            flows[number].take_out(at, at + 1)
            continue
        for piece in changes.get(index, ()):
            places = [
                place for start, end in _rows(segment, piece) for place in located(wholes, segment.text, start, end)
            ]
            lost += [] if places else [segment.place]
            for number, low, high in places:
                flows[number].take_out(low, high)
    return lost


def _rows(segment: Segment, piece: Piece) -> Iterator[tuple[int, int]]:
    """The piece line by line and column by column: a page keeps them in an order of its own."""
    at = piece.start
    for part in segment.text[piece.start : piece.end].replace("\t", "\n").split("\n"):
        if part.strip():
            yield at, at + len(part)
        at += len(part) + 1


def _clean(parts: Parts, tally: Tally) -> None:
    entry = parts.actual(_ENTRY)
    if entry is None:
        raise KeyError(_ENTRY)
    for info in found(parts.tree(entry), "DocInfo"):
        for one in [one for one in info if local(one) not in _INFO_KEPT]:
            drop(one)
            tally.add("属性")
    reached = _reached(parts, entry, tally)
    parts.drop([name for name in parts.names if name not in reached], "没有显示的文件")


def _reached(parts: Parts, entry: str, tally: Tally) -> set[str]:
    """Every file to which the pages lead, once what is unseen has been dropped from the files on the way."""
    reached, queue = {entry}, [entry]
    while queue:
        name = queue.pop()
        if not name.lower().endswith(".xml"):
            continue
        root = parts.tree(name)
        for one in list(found(root, *_UNSEEN)):
            drop(one)
            tally.add(_UNSEEN[local(one)])
        for one in found(root, "Annot"):
            for key in _SAID_BY_NOTES:
                if key in one.attrib:
                    del one.attrib[key]
        for target in _targets(parts, name, root):
            if target not in reached:
                reached.add(target)
                queue.append(target)
    return reached


def _targets(parts: Parts, name: str, root: etree._Element) -> Iterator[str]:
    """The members that a part names, relative to itself, to its resources' folder, or from the root."""
    home = posixpath.dirname(name)
    folders = [home, posixpath.join(home, (attr(root, "BaseLoc") or "").lstrip("/")), ""]
    for element in root.iter("{*}*"):
        for said in (element.text, attr(element, "BaseLoc"), attr(element, "FileLoc")):
            if not said or not said.strip() or len(said) > 300:
                continue
            for folder in folders:
                target = parts.actual(posixpath.normpath(posixpath.join(folder, said.strip().lstrip("/"))))
                if target is not None:
                    yield target
                    break
