"""Redacts spreadsheets: formulas become their values, what is hidden is dropped, cells are edited by reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from reviewer.errors import RedactionError
from reviewer.extract.package.xml import attr, child, found, local, whole
from reviewer.language import tr
from reviewer.redact.edit import Copy, Edit, Piece, Tally, pieces, unplaced, written
from reviewer.redact.lines import Line, TreeLine, drop, write_all
from reviewer.redact.ooxml import Office, chart_lines, diagram_lines, drop_fallbacks, drop_hidden_shapes
from reviewer.redact.ooxml.book import clean_book, clean_sheet, clean_strings, clean_tables, visible_sheets
from reviewer.redact.ooxml.sheet_names import renamed_sheets
from reviewer.redact.ooxml.vml import vml_lines
from reviewer.redact.values import telling
from reviewer.terms import Document, Segment


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The workbook with its cells masked; widths, formats, merged areas and the places of all rows stay."""
    tally = Tally()
    office = Office(data, tally)
    main = office.main()
    changes: Mapping[int, Sequence[Piece]] = pieces(document, edits)
    changes = office.burn(document, changes)
    new = _cells(document, changes)
    sheets = visible_sheets(office, main)
    if not sheets:
        raise RedactionError(
            tr(
                f"{document.path}：所有工作表都是隐藏的，没有可以公开的内容；请先取消隐藏要公开的表",
                f"{document.path}: every sheet is hidden: show the ones that are to be published first",
            )
        )
    strings = next(iter(office.related(main, "sharedStrings")), None)
    used: set[int] = set()
    for name, source in sheets.items():
        sheet = _SheetEditor(office, name, source, document.path)
        sheet.edit(new.get(name, {}))
        clean_sheet(office, source)
        clean_tables(office, source, new.get(name, {}))
        used |= sheet.strings
    if strings is not None:
        clean_strings(office, strings, used)
    clean_book(office, main)
    office.clean()
    changes = renamed_sheets(office, main, document, changes)
    _edit_beside(office, document, changes, [source for source in sheets.values() if office.has(source)])
    office.sweep(telling(document, pieces(document, edits)))
    return Copy(data=office.saved(), cleaned=tally.cleaned(), burned=office.burned, method="ooxml")


def _cells(document: Document, changes: Mapping[int, Sequence[Piece]]) -> Mapping[str, Mapping[str, str]]:
    """The new text of each cell that changes or that nobody sees, by sheet and reference."""
    new: dict[str, dict[str, str]] = {}
    for index, segment in enumerate(document.segments):
        cell = segment.cell
        if cell is None or cell.sheet is None or cell.ref is None:
            continue
        if segment.hidden:
            new.setdefault(cell.sheet, {})[cell.ref] = ""
        elif index in changes:
            new.setdefault(cell.sheet, {})[cell.ref] = written(segment.text, changes[index])
    return new


class _SheetEditor:
    """Walks the cells of one sheet; `strings` are the shared texts that its cells still use."""

    def __init__(self, office: Office, name: str, source: str, path: str) -> None:
        self._office, self._name, self._path = office, name, path
        self._root = office.tree(source)
        self.strings: set[int] = set()

    def edit(self, new: Mapping[str, str]) -> None:
        row_number = 0
        formulas = 0
        data = child(self._root, "sheetData")
        for row in data if data is not None else ():
            row_number = whole(row.get("r"), row_number + 1)
            column = -1
            for cell in [inner for inner in row if local(inner) == "c"]:
                column, ref = _position(cell, column, row_number)
                if ref in new:
                    _put(cell, new[ref])
                else:
                    formulas += self._settle(cell, ref)
                if cell.get("t") == "s" and (value := child(cell, "v")) is not None:
                    self.strings.add(whole(value.text, -1))
            for stray in [inner for inner in row if local(inner) != "c"]:
                drop(stray)
        self._office.tally.add("公式（留下结果）", formulas)

    def _settle(self, cell: etree._Element, ref: str) -> int:
        """The cell without its formula; of several values the first stays."""
        formula, seen = 0, False
        for inner in list(cell):
            name = local(inner)
            if name == "f":
                if child(cell, "v") is None:
                    raise RedactionError(
                        tr(
                            f"{self._path}：{self._name}!{ref} 的公式没有保存结果；请用表格软件打开并保存后再试",
                            f"{self._path}: {self._name}!{ref}: a formula without a result; open and save the file",
                        )
                    )
                cell.remove(inner)
                formula = 1
            elif name in ("v", "is"):
                if seen:
                    cell.remove(inner)
                seen = True
                for reading in list(found(inner, "rPh", "phoneticPr")):
                    drop(reading)
            else:
                cell.remove(inner)
        return formula


def _position(cell: etree._Element, before: int, row: int) -> tuple[int, str]:
    from reviewer.extract.workbook.grid import column_index, column_name

    ref = cell.get("r") or ""
    column = column_index(ref.rstrip("0123456789"))
    if column >= 0:
        return column, ref
    return before + 1, f"{column_name(before + 1)}{row}"


def _put(cell: etree._Element, text: str) -> None:
    """The cell keeps its style; its content is this text, or nothing."""
    for inner in list(cell):
        cell.remove(inner)
    for key in ("t", "vm"):
        if key in cell.attrib:
            del cell.attrib[key]
    if text:
        cell.set("t", "inlineStr")
        namespace = str(cell.tag).rpartition("}")[0].lstrip("{")
        inline = etree.SubElement(cell, f"{{{namespace}}}is")
        letters = etree.SubElement(inline, f"{{{namespace}}}t")
        letters.text = text
        letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _edit_beside(
    office: Office,
    document: Document,
    changes: Mapping[int, Sequence[Piece]],
    sources: Sequence[str],
) -> None:
    """Text that stands in no cell: print headers, shapes, charts; links to what was removed."""
    lines: list[Line] = []
    for source in sources:
        root = office.tree(source)
        margins = child(root, "headerFooter")
        for margin in margins if margins is not None else ():
            line = TreeLine()
            line.add(margin)
            lines.append(line)
        removed = {document.segments[index].text for index in changes}
        office.cut(source, [r for r in office.relations(source) if (attr(r, "Target") or "") in removed], "链接")
    for name in office.names:
        if "/drawings/" in name and name.endswith(".xml"):
            drop_fallbacks(office.tree(name))
            office.tally.add("隐藏的图形", drop_hidden_shapes(office.tree(name)))
    lines += [*diagram_lines(office), *chart_lines(office), *vml_lines(office)]
    lost = write_all(document, changes, lines, _belongs)
    if lost:
        raise unplaced(document, lost)


def _belongs(segment: Segment) -> bool:
    return not segment.hidden and segment.cell is None
