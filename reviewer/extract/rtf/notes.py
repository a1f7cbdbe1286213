"""Flows beside the body of an RTF document: headers, footers, notes, comments."""

from __future__ import annotations

from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.flow import Flow
from reviewer.terms import Part

_MARGINS = {
    "header": ("页眉", Part.HEADER),
    "headerl": ("页眉（左页）", Part.HEADER),
    "headerr": ("页眉（右页）", Part.HEADER),
    "headerf": ("页眉（首页）", Part.HEADER),
    "footer": ("页脚", Part.FOOTER),
    "footerl": ("页脚（左页）", Part.FOOTER),
    "footerr": ("页脚（右页）", Part.FOOTER),
    "footerf": ("页脚（首页）", Part.FOOTER),
}
MARGINS = tuple(_MARGINS)


def begin_margin(desk: Desk, destination: Destination) -> None:
    label, part = _MARGINS[destination.word]
    number = desk.number(label)
    _begin(desk, destination, label if number == 1 else f"{label}{number}", part)


def begin_note(desk: Desk, destination: Destination) -> None:
    r"""`\footnote`; `\ftnalt` inside makes it an endnote when it ends."""
    _begin(desk, destination, f"脚注{desk.number('脚注')}", Part.FOOTNOTE)


def becomes_endnote(desk: Desk, destination: Destination) -> None:
    flow = destination.flow
    if destination.owns and destination.word == "footnote" and flow.part is Part.FOOTNOTE:
        desk.counts["脚注"] -= 1
        flow.label, flow.part = f"尾注{desk.number('尾注')}", Part.ENDNOTE


def begin_comment(desk: Desk, destination: Destination) -> None:
    _begin(desk, destination, f"批注{desk.number('批注')}", Part.COMMENT, hidden=True)


def _begin(desk: Desk, destination: Destination, label: str, part: Part, *, hidden: bool = False) -> None:
    destination.flow = Flow(
        destination.lines.append,
        desk.scribe.reserve_tables,
        label=label,
        part=part,
        hidden=hidden or destination.flow.hidden,
        ground=desk.paper,
    )
