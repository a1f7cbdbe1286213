"""One walk over every object of a PDF: what is of interest wherever it stands, and what nothing refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from reviewer.extract.pdf.values import container, entry, identity, name_of, text_of

_MOST_VALUES = 3_000_000
_INFRASTRUCTURE = ("ObjStm", "XRef")

_LONG_NUMBER = re.compile(r"[0-9]{11}")
_SAYING = re.compile(
    r"\A(?!D:\d{4})[^\0-\x08\x0e-\x1f\ufffd]*(?:[0-9]{8}|[\u3400-\u9fff]{2})[^\0-\x08\x0e-\x1f\ufffd]*\Z"
)
_OF_WORD = re.compile(r"_[A-Z][a-z]{1,3}\d{1,10}")  # names that Word gives to its headings

Key = tuple[int, int]


@dataclass(slots=True)
class Survey:
    """What the walk found, in the order of the file's objects."""

    scripts: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    files: list[object] = field(default_factory=list)
    metadata: list[pikepdf.Stream] = field(default_factory=list)
    substitutes: list[pikepdf.Dictionary] = field(default_factory=list)  # they name other text than is drawn
    drawings: list[pikepdf.Stream] = field(default_factory=list)  # forms and patterns: content besides the pages'
    sayings: list[str] = field(default_factory=list)  # strings and names from anywhere that may say something
    private_data: bool = False
    orphans: list[object] = field(default_factory=list)  # what nothing refers to
    reached: set[Key] = field(default_factory=set)
    complete: bool = True


def survey(pdf: pikepdf.Pdf) -> Survey:
    """Look at every object once, reachable or not."""
    found = Survey()
    references: dict[Key, set[Key]] = {}
    said: list[tuple[Key, str]] = []
    left = _MOST_VALUES
    for thing in pdf.objects:
        outgoing: set[Key] = set()
        for value in _within(thing, outgoing):
            _note(value, found)
            said += ((identity(thing), text) for text in sayings(value))
            left -= 1
        references[identity(thing)] = outgoing
        if left < 0:
            found.complete = False
            return found
    found.reached = _reached(pdf, references)
    found.sayings += sayings(pdf.trailer)
    found.sayings += [text for key, text in said if key in found.reached]
    found.orphans += [thing for thing in pdf.objects if _is_orphan(thing, found.reached)]
    return found


def strings_of(thing: object) -> Iterator[str]:
    """Every text string that stands in an object."""
    for value in _within(thing, set()):
        for key, text in _strings(value):
            if key not in _TECHNICAL:
                yield text


def _strings(value: object) -> Iterator[tuple[str, str]]:
    holder = container(value)
    if holder is not None:
        yield from ((key, text_of(one)) for key, one in holder.items() if isinstance(one, pikepdf.String))
    elif isinstance(value, pikepdf.Array):
        yield from (("", text_of(one)) for one in value if isinstance(one, pikepdf.String))


_TECHNICAL = frozenset(
    {"/ID", "/O", "/U", "/OE", "/UE", "/Perms", "/DA", "/DS", "/CharSet", "/Registry", "/Ordering", "/Panose"}
    | {"/CreationDate", "/ModDate", "/LastModified", "/M", "/NM", "/Lang", "/ByteRange", "/Cert", "/CheckSum"}
)


def sayings(value: object) -> Iterator[str]:
    """Names of destinations, labels of pages and the like: Chinese, or a long number, wherever it stands.

    Signatures are bytes that may look like text.
    """
    holder = container(value)
    if holder is not None and ("/ByteRange" in holder or name_of(holder.get("/Type")) == "Sig"):
        return
    for key, text in _strings(value):
        if key not in _TECHNICAL and _SAYING.search(text) and not _OF_WORD.fullmatch(text):
            yield text
    if holder is not None:
        names = (*holder.keys(), *(f"/{name_of(one)}" for one in holder.values() if isinstance(one, pikepdf.Name)))
        yield from (name[1:] for name in names if _LONG_NUMBER.search(name))


def _within(thing: object, outgoing: set[Key]) -> Iterator[object]:
    """The object and the containers that stand directly in it; references out of it are collected."""
    waiting = [thing]
    while waiting:
        value = waiting.pop()
        yield value
        for child in _children(value):
            if not isinstance(child, pikepdf.Object):
                continue
            if child.is_indirect:
                outgoing.add(child.objgen)
            elif isinstance(child, pikepdf.Dictionary | pikepdf.Array):
                waiting.append(child)


def _children(value: object) -> Iterator[object]:
    holder = container(value)
    if holder is not None:
        yield from (one for _, one in holder.items())
    elif isinstance(value, pikepdf.Array):
        yield from value


def _note(value: object, found: Survey) -> None:
    holder = container(value)
    if holder is None:
        return
    kind = name_of(holder.get("/Type"))
    if "/JS" in holder:
        found.scripts.append(text_of(holder.get("/JS")))
    if name_of(holder.get("/S")) in ("URI", "Launch", "SubmitForm", "ImportData", "GoToR"):
        found.targets += [text_of(holder.get(key)) for key in ("/URI", "/F", "/Win")]
    if "/EF" in holder:
        found.files.append(holder)
    if "/ActualText" in holder and "/S" not in holder and isinstance(holder, pikepdf.Dictionary):
        found.substitutes.append(holder)
    if isinstance(holder, pikepdf.Stream) and (name_of(holder.get("/Subtype")) == "Form" or "/PatternType" in holder):
        found.drawings.append(holder)
    found.alternatives += [text_of(holder.get(key)) for key in ("/Alt", "/ActualText", "/E") if key in holder]
    if kind == "OCG":
        found.layers.append(text_of(holder.get("/Name")))
    if (kind == "Metadata" or name_of(holder.get("/Subtype")) == "XML") and isinstance(holder, pikepdf.Stream):
        found.metadata.append(holder)
    if "/PieceInfo" in holder and _holds_a_stream(holder.get("/PieceInfo")):
        found.private_data = True


def _holds_a_stream(private: object) -> bool:
    """Whether an editor's private data is more than a few settings."""
    owners = [one for _, one in private.items()] if isinstance(private, pikepdf.Dictionary) else []
    data = [entry(owner, "/Private") for owner in owners]
    return any(isinstance(one, pikepdf.Stream) for level in data for one in (level, *_children(level)))


def _reached(pdf: pikepdf.Pdf, references: dict[Key, set[Key]]) -> set[Key]:
    reached: set[Key] = set()
    waiting: set[Key] = set()
    for _ in _within(pdf.trailer, waiting):
        continue
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting |= references.get(key, set()) - reached
    return reached


def _is_orphan(thing: object, reached: set[Key]) -> bool:
    return (
        identity(thing) not in reached
        and name_of(entry(thing, "/Type")) not in _INFRASTRUCTURE
        and entry(thing, "/Linearized") is None
    )
