"""Headers and footers of a Word document; those that no page shows are read too, as hidden."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.docx.story import Desk, Setting, Story
from reviewer.extract.ooxml.markup import on, relation_id
from reviewer.extract.package.xml import attr, child, found, local
from reviewer.terms import Part
from reviewer.value import dataclass

_LABELS = {"header": ("页眉", Part.HEADER), "footer": ("页脚", Part.FOOTER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Margin:
    """One kind of header or footer in one section."""

    kind: str
    pages: str
    target: str


def read_margins(desk: Desk, main: str, body: etree._Element, settings: etree._Element | None) -> None:
    """Write down every header and footer part once, in the order of the sections that use them."""
    shown = _shown(desk, main, body, on(child(settings, "evenAndOddHeaders")))
    for kind, (label, part) in _LABELS.items():
        sources = list(dict.fromkeys(desk.package.related(main, kind)))
        sources.sort(key=lambda source: shown.index(source) if source in shown else len(shown))
        for number, source in enumerate(sources, 1):
            root = desk.open(source)
            if root is None:
                continue
            place = label if len(sources) == 1 else f"{label}{number}"
            hidden = source not in shown
            setting = Setting(
                source=source,
                label=f"{place}（未启用）" if hidden else place,
                part=part,
                hidden=hidden,
                ground=desk.paper,
            )
            Story(desk, setting).write(root)


def _shown(desk: Desk, main: str, body: etree._Element, even_and_odd: bool) -> list[str]:
    """The parts that some page shows; a section without one of its own takes over that of the section before."""
    current: dict[tuple[str, str], str] = {}
    shown: list[str] = []
    for section in found(body, "sectPr"):
        for margin in _margins(desk, main, section):
            current[margin.kind, margin.pages] = margin.target
        pages = {"default"} | ({"first"} if on(child(section, "titlePg")) else set())
        pages |= {"even"} if even_and_odd else set()
        shown += [target for (_, page), target in current.items() if page in pages and target not in shown]
    return shown


def _margins(desk: Desk, main: str, section: etree._Element) -> list[_Margin]:
    margins = []
    for entry in section:
        kind = local(entry).removesuffix("Reference")
        relation = desk.package.relation(main, relation_id(entry)) if kind in _LABELS else None
        if relation is not None and not relation.external:
            margins.append(_Margin(kind=kind, pages=attr(entry, "type") or "default", target=relation.target))
    return margins
