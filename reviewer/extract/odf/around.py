"""What a spreadsheet or text holds around its cells and lines: names, ranges, choices, links, old values, forms."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reviewer.extract.odf.desk import Desk, Setting
from reviewer.extract.odf.facts import text_of
from reviewer.extract.odf.story import Story
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import attr, found, local, take, take_all
from reviewer.extract.telling import telling
from reviewer.terms import Part

_FORM_TEXTS = ("label", "value", "current-value", "title", "help-text", "current-state", "text")
_MOST_CACHED = 200_000


def read_around(desk: Desk, body: etree._Element, prefix: str, *, hidden: bool) -> None:
    """Write down everything in the content that is neither a line nor a cell."""
    if local(body) == "spreadsheet":
        _sheet_shapes(desk, body, prefix, hidden=hidden)
    for place, text, part in (
        *_names(body),
        *_validations(body),
        *_links(body),
        *_scenarios(body),
        *_pivots(body),
        *_forms(body),
    ):
        desk.shared.archive.scribe.add(text.strip(), f"{prefix}{place}", part=part, hidden=True)
    _old_values(desk, body, prefix)


def _sheet_shapes(desk: Desk, body: etree._Element, prefix: str, *, hidden: bool) -> None:
    """Drawings that lie on a sheet, not in a cell; the sheets' names have been written down with them."""
    for table in (entry for entry in body if local(entry) == "table"):
        name = take_attribute(table, "name")
        unseen = hidden or desk.styles.look("table", attr(table, "style-name")).displayed is False
        label = f"{prefix}{name} 图形".strip()
        setting = Setting(label=label, part=Part.TEXT_BOX, hidden=unseen, ground=desk.paper)
        for shapes in (entry for entry in table if local(entry) == "shapes"):
            Story(desk, setting).write(shapes)


def _names(body: etree._Element) -> Iterator[tuple[str, str, Part]]:
    for entry in found(body, "named-range", "named-expression"):
        name = take_attribute(entry, "name")
        code = take_attribute(entry, "expression") or take_attribute(entry, "cell-range-address")
        yield f"名称 {name}", f"{name}={code}", Part.DEFINED_NAME
    for entry in found(body, "database-range"):
        name = take_attribute(entry, "name")
        if telling(name):
            yield "数据区域", name, Part.DEFINED_NAME
        for source in entry:
            for key in ("database-name", "database-table-name", "table-name", "query-name", "sql-statement", "href"):
                yield "数据区域 来源", take_attribute(source, key), Part.PROPERTY
        for condition in found(entry, "filter-condition", "filter-set-item"):
            yield "筛选条件", take_attribute(condition, "value"), Part.PROPERTY


def _validations(body: etree._Element) -> Iterator[tuple[str, str, Part]]:
    for entry in found(body, "content-validation"):
        place = f"数据验证 {attr(entry, 'base-cell-address') or ''}".strip()
        condition = take_attribute(entry, "condition")
        if '"' in condition:
            yield place, condition, Part.FORM_VALUE
        for message in found(entry, "help-message", "error-message"):
            yield place, take_attribute(message, "title"), Part.FORM_VALUE
            yield place, text_of(message), Part.FORM_VALUE
            take(message)


def _links(body: etree._Element) -> Iterator[tuple[str, str, Part]]:
    """Other files and programs that values come from, with the values that were last read from them."""
    for entry in found(body, "dde-source"):
        keys = ("dde-application", "dde-topic", "dde-item")
        yield "动态链接", " ".join(filter(None, (take_attribute(entry, key) for key in keys))), Part.PROPERTY
    for entry in found(body, "dde-link"):
        values = [text_of(cell) or attr(cell, "string-value") or attr(cell, "value") or "" for cell in _cells(entry)]
        yield "动态链接 缓存", "\n".join(filter(None, values)), Part.EMBEDDED
        take_all(entry)
    for entry in found(body, "table-source", "cell-range-source", "source-service"):
        for key in ("href", "table-name", "name", "filter-name"):
            text = take_attribute(entry, key)
            if key == "href" or telling(text):
                yield "外部链接", text, Part.PROPERTY


def _cells(entry: etree._Element) -> list[etree._Element]:
    return list(found(entry, "table-cell"))[:_MOST_CACHED]


def _scenarios(body: etree._Element) -> Iterator[tuple[str, str, Part]]:
    for entry in found(body, "scenario"):
        yield "方案", take_attribute(entry, "comment"), Part.PROPERTY


def _pivots(body: etree._Element) -> Iterator[tuple[str, str, Part]]:
    """Pivot tables keep the names of all members they ever saw."""
    for entry in found(body, "data-pilot-table"):
        members = (take_attribute(member, "name") for member in found(entry, "data-pilot-member"))
        text = "\n".join(dict.fromkeys(filter(None, members)))
        yield f"透视表 {attr(entry, 'name') or ''}".strip(), text, Part.EMBEDDED


def _forms(body: etree._Element) -> Iterator[tuple[str, str, Part]]:
    """Form controls: labels, values, choices; their names only when they say something."""
    for forms in found(body, "forms"):
        for entry in forms.iter():
            texts = [take_attribute(entry, key) for key in _FORM_TEXTS]
            name = take_attribute(entry, "name")
            if telling(name):
                texts.append(name)
            for key in ("href", "datasource", "command"):
                texts.append(take_attribute(entry, key))
            if local(entry) in ("p", "h"):
                texts.append(take(entry))
            for text in dict.fromkeys(filter(None, texts)):
                yield "窗体控件", text, Part.FORM_VALUE


def _old_values(desk: Desk, body: etree._Element, prefix: str) -> None:
    """Tracked changes of cells: what stood there before, and who changed it."""
    for tracked in found(body, "tracked-changes"):
        for info in found(tracked, "change-info"):
            for inner in list(info):
                if local(inner) == "creator":
                    desk.shared.editors.setdefault(take(inner).strip())
                elif local(inner) == "date":
                    take(inner)
            comment = text_of(info).strip()
            take(info)
            desk.shared.archive.scribe.add(comment, f"{prefix}修订说明", part=Part.COMMENT, hidden=True)
        for cell in found(tracked, "change-track-table-cell"):
            text = text_of(cell).strip() or attr(cell, "string-value") or attr(cell, "value") or ""
            desk.shared.archive.scribe.add(text, f"{prefix}修订前的值", part=Part.DELETION, hidden=True)
            formula = take_attribute(cell, "formula")
            if '"' in formula:
                desk.shared.archive.scribe.add(formula, f"{prefix}修订前的公式", part=Part.DELETION, hidden=True)
            take(cell)
