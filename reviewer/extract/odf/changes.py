"""Tracked changes of an OpenDocument text: what was inserted, deleted, and by whom (OpenDocument 1.3 part 3, 5.5)."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.odf.desk import Desk
from reviewer.extract.odf.facts import text_of
from reviewer.extract.package.xml import attr, child, found, local, take
from reviewer.terms import Part

_KINDS = ("insertion", "deletion", "format-change")


def learn_changes(desk: Desk, body: etree._Element) -> None:
    """Take the regions out of the tree; deletions are written down where they stood."""
    from reviewer.extract.odf.paragraph import Change

    for region in found(body, "changed-region"):
        identity = attr(region, "id") or ""
        for entry in region:
            kind = local(entry)
            if kind not in _KINDS:
                continue
            _who(desk, entry)
            text = text_of(entry) if kind == "deletion" else ""
            take(entry)
            desk.changes[identity] = Change(kind=kind, text=text)


def write_lost_changes(desk: Desk) -> None:
    """Deletions whose place is nowhere in the text."""
    for identity, change in desk.changes.items():
        if change.kind == "deletion" and identity not in desk.met:
            desk.shared.archive.scribe.add(change.text, "修订删除", part=Part.DELETION, hidden=True)


def _who(desk: Desk, entry: etree._Element) -> None:
    info = child(entry, "change-info")
    if info is None:
        return
    for inner in list(info):
        if local(inner) == "creator":
            desk.shared.editors.setdefault(take(inner).strip())
        elif local(inner) == "date":
            take(inner)
    comment = text_of(info).strip()
    take(info)
    desk.shared.archive.scribe.add(comment, "修订说明", part=Part.COMMENT, hidden=True)
