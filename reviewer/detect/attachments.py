"""Attachments as rules tell of them: what a lone draft announces, what no text lists, lists that do not add up.

What a package lacks is no finding but a gap (see `packet`): nobody has read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum

from reviewer.detect.packet import Notice, shown
from reviewer.detect.reading import Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import DetectorKind, Finding, Part, Rule
from reviewer.value import dataclass

_TOLD = 6


class Matter(Enum):
    """Which of the three things a rule is about."""

    UNSEEN = "unseen"
    UNLISTED = "unlisted"
    NUMBERING = "numbering"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """The form of a rule about attachments."""

    matter: Matter


def decode_attachments(table: Table) -> Attachments:
    return Attachments(matter=table.choice("attachments", Matter))


def attachment_findings(rule: Rule, match: Attachments, reading: Reading) -> Iterator[Finding]:
    """At most one finding for each text, where its note stands."""
    for notice in reading.notices:
        note = _NOTES[match.matter](notice)
        if note:
            start, end = _place(notice, reading)
            yield reading.finding_at(rule, start, end, note=note)


def package_findings(reading: Reading) -> Iterator[Finding]:
    """What the rules say of a container as a package; its members are judged apart."""
    for rule in reading.ruleset.by_kind.get(DetectorKind.AGGREGATE, ()):
        if isinstance(rule.match, Attachments):
            yield from attachment_findings(rule, rule.match, reading)


def _place(notice: Notice, reading: Reading) -> tuple[int, int]:
    if notice.said is not None:
        return notice.said.start, notice.said.end
    segments = reading.document.segments
    name = next((segment for segment in reversed(segments) if segment.part is Part.FILE_NAME), segments[0])
    return name.start, name.end


def _unseen(notice: Notice) -> str:
    if notice.is_package or not notice.missing:
        return ""
    names = _listed([shown(item) for item in notice.missing])
    return tr(f"未一并筛查：{names}", f"not screened with it: {names}")


def _unlisted(notice: Notice) -> str:
    if not notice.unlisted:
        return ""
    names = _listed(notice.unlisted)
    return tr(f"文中未列出：{names}", f"not listed in the text: {names}")


def _numbering(notice: Notice) -> str:
    said = notice.said
    told: list[str] = []
    if said is not None and said.empty:
        told.append(tr("“附件：”后面没有内容", "“附件：” lists nothing"))
    if said is not None and said.skipped:
        numbers = "、".join(map(str, said.skipped))
        told.append(tr(f"编号不连续，缺 {numbers}", f"numbers missing from the list: {numbers}"))
    if said is not None and said.beyond:
        numbers = "、".join(map(str, said.beyond))
        told.append(tr(f"文中提到附件 {numbers}，清单没有列出", f"mentioned but not listed: {numbers}"))
    told += [
        tr(
            f"{shown(pair.item)}与文件“{pair.file.name}”编号相同、名称不同",
            f"{shown(pair.item)} and the file “{pair.file.name}” have one number and two titles",
        )
        for pair in notice.discordant[:_TOLD]
    ]
    return "；".join(told)


_NOTES: Mapping[Matter, Callable[[Notice], str]] = {
    Matter.UNSEEN: _unseen,
    Matter.UNLISTED: _unlisted,
    Matter.NUMBERING: _numbering,
}


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _TOLD
    return "、".join(names[:_TOLD]) + (tr(f" 等 {len(names)} 件", f" … {len(names)} in all") if more > 0 else "")
