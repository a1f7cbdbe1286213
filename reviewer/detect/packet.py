"""A document in its package: what it says comes with it, against the files that lie beside it or within it.

What is missing is a gap only where the files were presented as one package; a draft on its own, or one of a
folder of unrelated drafts, may mention what it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from reviewer.detect.pairing import Pair, Present, Tie, paired
from reviewer.language import tr
from reviewer.terms import Action, Document, Finding, Gap, Part, Segment
from reviewer.text.attachment_note import TABLE, Announced, Line
from reviewer.text.attachments import Announcement, announcement
from reviewer.text.fold import fold
from reviewer.text.lazy import lazy
from reviewer.text.titles import comparable, file_title
from reviewer.value import dataclass

_SPEAKS = lazy(r"附\s*(?:件|表|图)|附[:：]|\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar)\b", 2)
_TEXTS = frozenset({Part.BODY, Part.TEXT_BOX, Part.EMBEDDED})
MOST_BESIDE = 100
"""A folder, or an archive, with more files than this is no package: nothing is said to lie beside its files."""

_MOST_RIVALS = 24  # other drafts in one folder: with more it is no package but an archive
_NEVER_NOTICES = lazy(r"\.(?:xlsx?|et|csv|tsv|jpe?g|png|gif|bmp|tiff?|zip|rar|7z)$", 2)
_LONGEST_SHOWN = 40
_REDUCED = "work-secret/attribute-reduced"
_HEADED = 3  # lines at the top in which a file says its title


def _no_rival(_: str) -> Announcement | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lies beside a document: the files, and whether they are one package because a person said so.

    `rival` reads what another of the files announces; it is asked only where that decides something.
    """

    files: tuple[Present, ...] = ()
    whole: bool = False
    rival: Callable[[str], Announcement | None] = _no_rival


ALONE = Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one text of a document announces, and what of it is there.

    `label` stands before the places of a document inside a container. `is_package`: there is evidence that the
    files belong together. `unlisted` are names of attachments that the text does not list.
    """

    label: str
    said: Announcement | None
    is_package: bool
    missing: tuple[Announced, ...]
    pairs: tuple[Pair, ...]
    unlisted: tuple[str, ...]

    @property
    def discordant(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.tie is Tie.DISCORD)

    @property
    def withheld(self) -> tuple[Pair, ...]:
        """Files that are there although the text says that they are not published."""
        return tuple(
            pair
            for pair in self.pairs
            if pair.tie in (Tie.TITLE, Tie.NUMBER) and any(word in pair.item.withheld for word in _NOT_PUBLIC)
        )


_NOT_PUBLIC = ("公开", "内部", "涉密", "上网", "登报", "对外")


def packet(document: Document, beside: Beside = ALONE) -> tuple[Notice, ...]:
    """A notice for each text of the document that announces attachments (several in a container)."""
    said = {label: found for label, lines in _texts(document) if (found := announcement(lines, document.name))}
    if not said:
        strays = _strays(document, beside)
        return () if not strays else (_stray_notice(strays),)
    return tuple(_notice(label, one, said, members(document), beside) for label, one in said.items())


def announced(document: Document) -> Announcement | None:
    """What the document itself announces, containers aside: for the question who announces a file."""
    found = (announcement(lines, document.name) for label, lines in _texts(document) if not label)
    return next((one for one in found if one is not None), None)


def stands_alone(document: Document) -> bool:
    """Whether what lies beside it cannot change what is said of it (files of a folder, not a whole package)."""
    return all(announcement(lines, document.name) is None for _, lines in _texts(document))


def present(document: Document) -> Present:
    """The document as one of the files of a package, under the titles that it bears itself."""
    heads = [segment.text for segment in document.segments if segment.part is not Part.FILE_NAME and not segment.hidden]
    heads = [comparable(line) for text in heads[:_HEADED] for line in text.splitlines()[:_HEADED]]
    titles = (*heads, "".join(heads[:2]))
    return Present(
        name=document.name,
        titles=tuple(title for title in titles if 4 <= len(title) <= 90),
        announces=announced(document) is not None,
    )


def members(document: Document) -> tuple[Present, ...]:
    """The files inside: of an archive, of a mail, of a PDF. The document's own name is its last segment."""
    return tuple(
        Present(name=segment.text)
        for segment in document.segments[:-1]
        if segment.part is Part.FILE_NAME and not segment.place.endswith("部件名")
    )


def packet_gaps(notices: Iterable[Notice], findings: Sequence[Finding], *, whole: bool) -> tuple[Gap, ...]:
    """A gap for each attachment that the package lacks, and for each that it should not hold.

    In a whole package also for a text that is to be published only in part: no machine knows which part.
    Titles are left out where the document is to be blocked, or where a finding stands in the note itself.
    """
    blocked = any(finding.action is Action.BLOCK for finding in findings)
    asking = [finding.span for finding in findings if finding.action is not Action.NOTE]
    made: list[Gap] = []
    for notice in notices:
        bare = blocked or any(
            notice.said and span.start < notice.said.end and notice.said.start < span.end for span in asking
        )
        if notice.is_package:
            made += [Gap(place=_place(notice, item, bare), reason=_missing(item)) for item in notice.missing]
            made += [Gap(place=_place(notice, pair.item, bare), reason=_not_public()) for pair in notice.withheld]
    if whole and any(finding.rule.id == _REDUCED for finding in findings):
        made.append(Gap(place=tr("附注", "the note at the foot"), reason=_in_part()))
    return tuple(made)


def _in_part() -> str:
    return tr(
        "写明删减后公开：由审核人核对送审的就是删减后的版本，并注明",
        "says “published in part”: have the reviewer make sure that this is the reduced version, and say so",
    )


def _missing(item: Announced) -> str:
    if item.listed:
        return tr(
            "文中列出，未见送审：一并送审，或由审核人注明",
            "listed in the text, not presented: present it too, or have the reviewer say why not",
        )
    return tr(
        "文中提到，未见送审：一并送审，或由审核人注明",
        "mentioned in the text, not presented: present it too, or have the reviewer say why not",
    )


def _not_public() -> str:
    return tr(
        "文中注明不公开，却在送审材料中：撤出，或由审核人核对并注明",
        "the text says that it is not published, yet it is here: take it out, or have the reviewer look and say why",
    )


def _place(notice: Notice, item: Announced, bare: bool) -> str:
    called = f"附件{item.number or ''}" if bare else shown(item)
    return f"{notice.label}!{called}" if notice.label else called


def shown(item: Announced) -> str:
    """附件2《名单》, cut where it is very long."""
    title = item.title if len(item.title) <= _LONGEST_SHOWN else item.title[: _LONGEST_SHOWN - 1] + "…"
    return f"附件{item.number or ''}" + (f"《{title}》" if title else "")


def _notice(
    label: str, said: Announcement, all_said: dict[str, Announcement], within: tuple[Present, ...], beside: Beside
) -> Notice:
    others = tuple(file for file in within if not label.endswith(file.name)) if len(within) <= MOST_BESIDE else ()
    files = (*others, *(beside.files if not label or beside.whole else ()))
    looked_for = tuple(item for item in said.items if item.listed or beside.whole)
    pairs = paired((*looked_for, *said.contained), files, whole=beside.whole)
    missing = tuple(item for item in looked_for if not item.withheld and all(pair.item is not item for pair in pairs))
    unlisted = _unlisted(files, pairs, whole=beside.whole)
    package = beside.whole or (
        said.is_listed
        and bool(missing or unlisted or any(pair.item.withheld for pair in pairs))
        and _belongs_together(label, said, all_said, pairs, files, beside)
    )
    return Notice(
        label=label,
        said=said,
        is_package=package,
        missing=missing,
        pairs=pairs,
        unlisted=unlisted if package else (),
    )


def _belongs_together(
    label: str,
    said: Announcement,
    all_said: dict[str, Announcement],
    pairs: Sequence[Pair],
    files: Sequence[Present],
    beside: Beside,
) -> bool:
    """Whether a file is this text's attachment and no other text's, or calls itself one where nobody else has any."""
    evidence = [pair for pair in pairs if pair.tie in (Tie.TITLE, Tie.NUMBER)]
    called = [file for file in files if file_title(file.name).is_attachment]
    if not evidence and not called:
        return False
    others = [other for name, other in all_said.items() if name != label]
    candidates = [] if label else [file for file in files if _may_be_a_notice(file, pairs)]
    if len(candidates) + len(others) > _MOST_RIVALS:
        return False
    others += [other for file in candidates if (other := beside.rival(file.name)) is not None]
    if any(not _claimed(pair.file, others) for pair in evidence):
        return True
    return bool(called) and not others


def _claimed(file: Present, others: Iterable[Announcement]) -> bool:
    return any(
        pair.tie in (Tie.TITLE, Tie.NUMBER)
        for other in others
        for pair in paired((*other.items, *other.contained), (file,), whole=False)
    )


def _may_be_a_notice(file: Present, pairs: Sequence[Pair]) -> bool:
    if any(pair.file is file for pair in pairs) or _NEVER_NOTICES.search(file.name):
        return False
    return not file_title(file.name).is_attachment


def _unlisted(files: Sequence[Present], pairs: Sequence[Pair], *, whole: bool) -> tuple[str, ...]:
    """In a package everything that is no notice itself; in a folder only what calls itself an attachment."""
    left = [file for file in files if all(pair.file is not file for pair in pairs)]
    return tuple(file.name for file in left if (whole and not file.announces) or file_title(file.name).is_attachment)


def _strays(document: Document, beside: Beside) -> tuple[str, ...]:
    """Attachments of a package in which nobody announces any; told by the one document that is none itself."""
    if not beside.whole or file_title(document.name).is_attachment or any(file.announces for file in beside.files):
        return ()
    named = [file.name for file in beside.files if file_title(file.name).is_attachment]
    return tuple(named) if len(named) == len(beside.files) else ()


def _stray_notice(names: tuple[str, ...]) -> Notice:
    return Notice(label="", said=None, is_package=True, missing=(), pairs=(), unlisted=names)


def _texts(document: Document) -> Iterator[tuple[str, list[Line]]]:
    """The lines that a reader sees, for each text of its own: the outer one and those of members."""
    if not _SPEAKS.search(document.text):
        return
    lines: dict[str, list[Line]] = {}
    for segment in document.segments:
        mine = lines.setdefault(segment.place.rpartition("!")[0], [])
        if segment.part in _TEXTS and not segment.hidden:
            mine.extend(_lines(segment))
        elif segment.part is Part.TABLE and mine and mine[-1].text != TABLE:
            mine.append(Line(text=TABLE, start=segment.start, end=segment.start))
    yield from lines.items()


def _lines(segment: Segment) -> Iterator[Line]:
    at = 0
    for text in segment.text.splitlines(keepends=True):
        if text.strip():
            start = segment.start + at
            yield Line(text=fold(text.rstrip("\r\n")).text, start=start, end=start + len(text.rstrip("\r\n")))
        at += len(text)
