"""Redacts OpenDocument (odt, ods, odp; packed or flat): what is hidden goes, the rest is edited in its paragraphs."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from reviewer.extract.package.xml import attr, found, local, parse, whole
from reviewer.extract.workbook.grid import column_name
from reviewer.redact.burning import Burning, burned
from reviewer.redact.edit import Copy, Edit, Piece, Tally, pieces, unplaced
from reviewer.redact.lines import Line, TreeLine, drop, write_all
from reviewer.redact.package import Parts
from reviewer.redact.pictures import stripped
from reviewer.redact.values import Values, chosen_lines, empty_attributes, mask_values, telling
from reviewer.terms import Document, Part, Segment

_UNSEEN = {
    **dict.fromkeys(("tracked-changes", "change", "change-start", "change-end"), "修订痕迹"),
    **dict.fromkeys(("annotation", "annotation-end"), "批注"),
    **dict.fromkeys(("notes", "script", "scripts", "event-listeners", "forms"), "备注、脚本和表单"),
    **dict.fromkeys(("scenario", "data-pilot-tables", "database-ranges", "named-expressions"), "方案、透视表和名称"),
    **dict.fromkeys(("content-validations", "dde-links", "label-ranges", "consolidation"), "方案、透视表和名称"),
    **dict.fromkeys(("hidden-text", "hidden-paragraph", "user-field-decls", "variable-decls"), "隐藏文字和变量"),
}
_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_APART = frozenset({"note", "frame", "annotation", "ruby-text", "p", "h", "custom-shape", "table"})
_KEPT = frozenset({"mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"})
VALUES = ("value", "date-value", "time-value", "boolean-value", "string-value", "formula", "currency", "value-type")
CELLS = frozenset({"table-cell", "covered-table-cell"})
_MOST_REPEATED = 100_000


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The document with its places masked; styles, tables, pictures stay."""
    tally = Tally()
    changes = pieces(document, edits)
    if not data.startswith(b"PK"):
        root = parse(data)
        _clean(root, tally)
        burning = _burned_flat(root, document, changes)
        _edit([root], document, burning.rest, tally)
        return Copy(data=written_flat(root), cleaned=tally.cleaned(), burned=burning.burned, method="odf, flat")
    parts = Parts(data, tally)
    inner = [name for name in parts.names if name.rpartition("/")[2] in ("content.xml", "styles.xml")]
    for name in inner:
        _clean(parts.tree(name), tally)
    _drop_unshown(parts, inner)
    trees = [parts.tree(name) for name in ("content.xml", "styles.xml") if parts.has(name)]
    trees += [parts.tree(name) for name in inner if "/" in name and parts.has(name)]
    if parts.has("meta.xml"):
        trees.append(parts.tree("meta.xml"))
        _clean(trees[-1], tally)
    parts.clean_pictures()
    _edit(trees, document, parts.burn(document, changes), tally)
    return Copy(data=parts.saved(), cleaned=tally.cleaned(), burned=parts.burned, method="odf")


def _burned_flat(root: etree._Element, document: Document, changes: Mapping[int, Sequence[Piece]]) -> Burning:
    """The pictures that a flat file holds as base64, without what is found in them."""
    coded = {f"binary-data {number}": one for number, one in enumerate(found(root, "binary-data"), 1)}
    pictures = {name: stripped(_decoded(one)) for name, one in coded.items()}
    burning = burned(pictures, document, changes)
    for name, one in coded.items():
        one.text = base64.b64encode(burning.pictures.get(name, pictures[name])).decode()
    return burning


def _decoded(element: etree._Element) -> bytes:
    return base64.b64decode("".join("".join(map(str, element.itertext())).split()))


def written_flat(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _drop_unshown(parts: Parts, inner: Sequence[str]) -> None:
    """Parts that no page shows: settings, thumbnails, macros, versions, signatures, whatever nothing refers to."""
    shown = {
        (attr(element, "href") or "").removeprefix("./").rstrip("/")
        for name in inner
        for element in parts.tree(name).iter("{*}*")
        if attr(element, "href")
    }
    gone = [
        name
        for name in parts.names
        if name not in _KEPT and name not in shown and not any(name.startswith(f"{one}/") for one in shown if one)
    ]
    parts.drop(gone, "没有显示的部件")
    if parts.has("META-INF/manifest.xml"):
        for entry in list(found(parts.tree("META-INF/manifest.xml"), "file-entry")):
            path = attr(entry, "full-path") or ""
            if path != "/" and not parts.has(path) and not any(name.startswith(path) for name in parts.names):
                drop(entry)


def _edit(
    trees: Sequence[etree._Element], document: Document, changes: Mapping[int, Sequence[Piece]], tally: Tally
) -> None:
    hidden = {
        index: [Piece(0, len(segment.text), "")]
        for index, segment in enumerate(document.segments)
        if segment.hidden and segment.part in (Part.BODY, Part.TABLE, Part.TEXT_BOX) and "!" not in segment.place[-9:]
    }
    _empty_hidden_cells(trees, document, tally)
    before = [_shown(root) for root in trees]
    lines: list[Line] = [line for root in trees for line in _lines(root)]
    seen = {index: change for index, change in changes.items() if not document.segments[index].hidden}
    lost = set(write_all(document, {**seen, **hidden}, lines, _belongs))
    lost -= {document.segments[index].place for index in hidden}
    if lost:
        raise unplaced(document, sorted(lost))
    tally.add("隐藏文字", len(hidden))
    unseen = [document.segments[i].text[p.start : p.end] for i, c in changes.items() for p in c if i not in seen]
    masks = telling(document, changes)
    values = {**dict.fromkeys(unseen, ""), **masks}
    mask_values(lines, masks, chosen_lines(document, changes, masks))
    search = Values(value for value in values if len(value) >= 3)
    for shown, root in zip(before, trees, strict=True):
        _settle_cells(shown, root, search, tally)
        tally.add("属性里的内容", empty_attributes(root, search))


def _belongs(segment: Segment) -> bool:
    return segment.part in (Part.BODY, Part.TABLE, Part.TEXT_BOX) or not segment.hidden


def _clean(root: etree._Element, tally: Tally) -> None:
    unseen = _unseen_styles(root)
    for element in list(root.iter("{*}*")):
        name = local(element)
        if name in _UNSEEN:
            drop(element)
            tally.add(_UNSEEN[name])
        elif name == "meta" and "office" in str(element.tag):
            tally.add("属性", len(element))
            for inner in list(element):
                element.remove(inner)
        elif name == "settings":
            drop(element)
        elif name == "frame":
            tally.add("嵌入对象的旧图", _drop_old_pictures(element))
        elif name in ("span", "p", "h") and attr(element, "style-name") in unseen:
            tally.add("隐藏文字和变量")
            for inner in list(element):
                element.remove(inner)
            element.text = None


def _drop_old_pictures(frame: etree._Element) -> int:
    """What an embedded chart looked like when it was saved: programs draw it anew from the object itself."""
    if not any(local(inner) == "object" for inner in frame):
        return 0
    old = [inner for inner in frame if local(inner) == "image"]
    for picture in old:
        drop(picture)
    return len(old)


def _unseen_styles(root: etree._Element) -> frozenset[str | None]:
    return frozenset(
        attr(style, "name")
        for style in found(root, "style")
        if any(attr(properties, "display") == "none" for properties in found(style, "text-properties"))
    )


def _lines(root: etree._Element) -> Iterator[TreeLine]:
    for paragraph in found(root, "p", "h"):
        line = TreeLine()
        _collect(paragraph, line)
        yield line


def _collect(element: etree._Element, line: TreeLine) -> None:
    line.add(element)
    for inner in element:
        name = local(inner)
        if name == "s":
            line.add(inner, sign=" " * min(whole(attr(inner, "c"), 1), 1000))
        elif name in _SIGNS:
            line.add(inner, sign=_SIGNS[name])
        elif name not in _APART:
            _collect(inner, line)
        line.add(inner, tail=True)


def _sheet_cells(root: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    """Each cell of a spreadsheet: sheet, reference of the first place it stands at, element."""
    book = next(found(root, "spreadsheet"), None)
    for sheet in [table for table in book if local(table) == "table"] if book is not None else ():
        row_number = 0
        for row in found(sheet, "table-row"):
            column = 0
            for cell in [inner for inner in row if local(inner) in CELLS]:
                yield attr(sheet, "name") or "", f"{column_name(column)}{row_number + 1}", cell
                column += min(max(whole(attr(cell, "number-columns-repeated"), 1), 1), _MOST_REPEATED)
            row_number += max(whole(attr(row, "number-rows-repeated"), 1), 1)


def _empty_hidden_cells(trees: Sequence[etree._Element], document: Document, tally: Tally) -> None:
    gone = {(s.cell.sheet, s.cell.ref) for s in document.segments if s.hidden and s.cell is not None and s.cell.ref}
    if not gone:
        return
    for root in trees:
        for sheet, ref, cell in _sheet_cells(root):
            if (sheet, ref) in gone:
                for inner in list(cell):
                    cell.remove(inner)
                _forget_value(cell)
                tally.add("隐藏的单元格")


def _shown(root: etree._Element) -> list[tuple[etree._Element, str]]:
    cells = found(root, *CELLS)
    return [(cell, "".join("".join(map(str, p.itertext())) for p in found(cell, "p"))) for cell in cells]


def _settle_cells(
    before: Sequence[tuple[etree._Element, str]], root: etree._Element, search: Values, tally: Tally
) -> None:
    """Formulas go; a cell whose text has changed, or that shows what is gone elsewhere, loses its stored value."""
    for (cell, was), (_, now) in zip(before, _shown(root), strict=True):
        if attr(cell, "formula"):
            tally.add("公式（留下结果）")
        keep = was == now and not search.stand_in(now)
        if not keep or attr(cell, "formula"):
            _forget_value(cell, keep=keep)


def _forget_value(cell: etree._Element, *, keep: bool = False) -> None:
    for key in list(cell.attrib):
        name = str(key).rpartition("}")[2]
        if name == "formula" or (name in VALUES and not keep):
            del cell.attrib[key]
    if not keep and len(cell):
        office = next((ns for ns in cell.nsmap.values() if ns and ns.endswith(":office:1.0")), None)
        if office is not None:
            cell.set(f"{{{office}}}value-type", "string")
