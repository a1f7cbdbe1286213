"""Headers and footers of an OpenDocument; those that no page shows are read too, as hidden."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.odf.desk import Desk, Setting
from reviewer.extract.odf.story import Story
from reviewer.extract.package.xml import attr, found, local
from reviewer.terms import Part

_KINDS = {"header": ("页眉", Part.HEADER), "footer": ("页脚", Part.FOOTER)}
_USUAL = frozenset({"Standard", "Default", "Default_20_Page_20_Style"})


def read_margins(desk: Desk, masters: etree._Element, prefix: str, used: frozenset[str], *, hidden: bool) -> None:
    """Write down every header and footer with the name of its page style."""
    for master in found(masters, "master-page"):
        name = attr(master, "name") or ""
        for entry in list(master):
            kind, _, pages = local(entry).partition("-")
            if kind not in _KINDS:
                continue
            label, part = _KINDS[kind]
            unseen = attr(entry, "display") == "false" or not (name in used or name in _USUAL)
            which = {"left": "（左页）", "first": "（首页）"}.get(pages, "")
            shown = attr(master, "display-name") or name
            place = f"{prefix}{label}{which} {shown}" if name not in _USUAL else f"{prefix}{label}{which}"
            setting = Setting(
                label=f"{place}（未启用）" if unseen else place,
                part=part,
                hidden=hidden or unseen,
                ground=desk.paper,
            )
            Story(desk, setting).write(entry)
