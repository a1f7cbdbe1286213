"""Cuts columns out of a redacted workbook (formulas are values already); whatever names a column moves along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from reviewer.extract.ooxml.markup import relation_id
from reviewer.extract.package.xml import attr, child, found, local, plain, whole
from reviewer.extract.workbook.grid import column_index, column_name
from reviewer.language import tr
from reviewer.redact.columns import Column, Shift, Uncut
from reviewer.redact.edit import Tally
from reviewer.redact.lines import drop
from reviewer.redact.ooxml import Office

# A reference with or without its sheet: Sheet1!$A$1:$B$2, $A:$B, A1; a word followed by "(" is a function.
_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[\w.]+)!)?"
    r"(?:(?P<a>\$?)(?P<left>[A-Z]{1,3})(?P<top>\$?\d+)?)(?P<to>:\$?(?P<right>[A-Z]{1,3})(?P<bottom>\$?\d+)?)?(?![\w(!.])",
)
_MOVELESS = frozenset(
    {
        *("sheetPr", "sheetFormatPr", "sheetCalcPr", "sheetProtection", "printOptions", "pageMargins", "pageSetup"),
        *(
            "headerFooter",
            "rowBreaks",
            "drawing",
            "drawingHF",
            "legacyDrawingHF",
            "picture",
            "tableParts",
            "phoneticPr",
        ),
    }
)
_DROPPED = frozenset({"extLst", "ignoredErrors"})  # hints of newer programs: no cell says more or less without them


def cut(data: bytes, columns: Iterable[Column]) -> bytes:
    office = Office(data, Tally())
    main = office.main()
    gone: dict[str, list[int]] = {}
    for one in columns:
        gone.setdefault(one.sheet or "", []).append(one.column)
    sources = _sources(office, main)
    for name, places in gone.items():
        if name not in sources:
            raise Uncut(tr("找不到该工作表", "the sheet is not found again"))
        shift = Shift(places)
        for other, source in sources.items():
            if other != name:
                _refuse_references(office.tree(source), name)
        _Sheet(office, sources[name], name, shift).cut()
        _move_names(office.tree(main), name, shift)
        _move_charts(office, name, shift)
    return office.saved()


def _sources(office: Office, main: str) -> Mapping[str, str]:
    by_id = {attr(relation, "Id"): relation for relation in office.relations(main)}
    found_at = ((entry, by_id.get(relation_id(entry))) for entry in found(office.tree(main), "sheet"))
    targets = ((attr(entry, "name") or "", office.target(main, one)) for entry, one in found_at if one is not None)
    return {name: target for name, target in targets if target is not None}


class _Sheet:
    """One sheet part, each of whose elements is moved, dropped, or known to name no column."""

    def __init__(self, office: Office, source: str, name: str, shift: Shift) -> None:
        self._office, self._source, self._name, self._shift = office, source, name, shift
        self._root = office.tree(source)

    def cut(self) -> None:
        steps: Mapping[str, Callable[[etree._Element], None]] = {
            "dimension": self._area_of("ref"), "sheetViews": self._views, "cols": self._widths,
            "sheetData": self._cells, "mergeCells": self._merges, "conditionalFormatting": self._condition,
            "hyperlinks": self._links, "autoFilter": self._area_of("ref"), "colBreaks": self._breaks,
        }  # fmt: skip
        for element in list(self._root):
            name = local(element)
            if name in _DROPPED:
                drop(element)
            elif name in steps:
                steps[name](element)
            elif name not in _MOVELESS:
                raise Uncut(tr(f"工作表里有 {name}", f"the sheet has {name}"))
        for part in self._office.related(self._source, "table"):
            self._table(self._office.tree(part))
        for part in self._office.related(self._source, "drawing"):
            self._anchors(self._office.tree(part))

    def _area_of(self, key: str) -> Callable[[etree._Element], None]:
        def move(element: etree._Element) -> None:
            self._move(element, key)

        return move

    def _move(self, element: etree._Element, key: str) -> None:
        """References in an attribute, divided by blanks; the element goes when none of them stays."""
        areas = [self.moved(one) for one in (attr(element, key) or "").split()]
        left = [one for one in areas if one]
        if left:
            element.set(key, " ".join(left))
        else:
            drop(element)

    def moved(self, text: str) -> str | None:
        """A reference after the columns have gone; None if it is gone with them."""
        return moved_references(text, self._name, self._shift)

    def _views(self, views: etree._Element) -> None:
        for pane in list(found(views, "pane")):
            if attr(pane, "state") not in ("frozen", "frozenSplit"):
                drop(pane)  # measured in points: a split of the window, which is no part of the sheet
                continue
            if attr(pane, "xSplit"):
                pane.set("xSplit", str(self._shift.before(whole(attr(pane, "xSplit"), 0))))
            corner = self.moved(attr(pane, "topLeftCell") or "")
            if corner:
                pane.set("topLeftCell", corner)
            else:
                _forget(pane, "topLeftCell")
            if attr(pane, "xSplit") == "0" and not attr(pane, "ySplit"):
                drop(pane)
        for view in found(views, "sheetView"):
            _forget(view, "topLeftCell")
        for selection in list(found(views, "selection")):
            drop(selection)

    def _widths(self, cols: etree._Element) -> None:
        for one in list(cols):
            area = self._shift.area(whole(attr(one, "min"), 1) - 1, whole(attr(one, "max"), 1) - 1)
            if area is None:
                drop(one)
            else:
                one.set("min", str(area[0] + 1))
                one.set("max", str(area[1] + 1))
        if not len(cols):
            drop(cols)

    def _cells(self, data: etree._Element) -> None:
        number = 0
        for row in data:
            number = whole(row.get("r"), number + 1)
            _forget(row, "spans")
            column = -1
            for cell in list(row):
                known = column_index((cell.get("r") or "").rstrip("0123456789"))
                column = known if known >= 0 else column + 1
                new = self._shift.column(column)
                if new is not None:
                    cell.set("r", f"{column_name(new)}{number}")
                elif any(plain(inner).strip() for inner in cell):
                    raise Uncut(tr("该列还有内容", "the column still holds something"))
                else:
                    drop(cell)

    def _merges(self, merges: etree._Element) -> None:
        for one in list(merges):
            self._move(one, "ref")
            corners = (attr(one, "ref") or "").split(":")
            if one.getparent() is not None and (len(corners) < 2 or corners[0] == corners[1]):
                drop(one)
        merges.set("count", str(len(merges)))
        if not len(merges):
            drop(merges)

    def _condition(self, element: etree._Element) -> None:
        for formula in found(element, "formula"):
            text = self.moved(plain(formula))
            if text is None:
                drop(element)  # it looked at a column that is gone: the cells are shown without it
                return
            formula.text = text
        self._move(element, "sqref")

    def _links(self, links: etree._Element) -> None:
        for link in list(links):
            self._move(link, "ref")
            _forget(link, "location")
        if not len(links):
            drop(links)

    def _breaks(self, breaks: etree._Element) -> None:
        for one in list(breaks):
            one.set("id", str(self._shift.before(whole(attr(one, "id"), 0))))

    def _table(self, root: etree._Element) -> None:
        left = column_index((attr(root, "ref") or "").partition(":")[0].strip("$").rstrip("0123456789$"))
        listed = child(root, "tableColumns")
        if left < 0 or listed is None:
            raise Uncut(tr("表对象没有写明范围", "a table does not state its area"))
        for at, column in enumerate(list(listed)):
            if self._shift.column(left + at) is None:
                drop(column)
        if not len(listed):
            raise Uncut(tr("整个表对象都要删去", "nothing of a table would stay"))
        listed.set("count", str(len(listed)))
        for element in (root, *found(root, "autoFilter")):
            self._move(element, "ref")

    def _anchors(self, root: etree._Element) -> None:
        """A picture that hung on a column that is gone hangs on the edge where it was."""
        for end in found(root, "from", "to"):
            column = child(end, "col")
            if column is None:
                continue
            at = whole(plain(column), 0)
            if at in self._shift.gone and (offset := child(end, "colOff")) is not None:
                offset.text = "0"
            column.text = str(self._shift.before(at))


def _forget(element: etree._Element, key: str) -> None:
    if key in element.attrib:
        del element.attrib[key]


def moved_references(text: str, sheet: str, shift: Shift) -> str | None:
    """A formula, or references, in which those to columns of `sheet`, or to none, are moved; None where one is gone."""
    gone = False

    def move(match: re.Match[str]) -> str:
        nonlocal gone
        named = (match["sheet"] or "").rstrip("!")
        bare = named[1:-1].replace("''", "'") if named.startswith("'") else named
        if named and bare != sheet:
            return match[0]
        if match["top"] is None and match["to"] is None:
            return match[0]  # a name, not a reference
        left = column_index(match["left"])
        right = column_index(match["right"]) if match["to"] else left
        area = shift.area(left, right)
        if area is None:
            gone = True
            return match[0]
        second = match["to"] or ""
        dollar = "$" if second.startswith(":$") else ""
        end = f":{dollar}{column_name(area[1])}{match['bottom'] or ''}" if second else ""
        return f"{match['sheet'] or ''}{match['a']}{column_name(area[0])}{match['top'] or ''}{end}"

    outside = re.split(r'("(?:[^"]|"")*")', text)  # what stands in quotes is text
    new = "".join(one if at % 2 else _REFERENCE.sub(move, one) for at, one in enumerate(outside))
    return None if gone else new


def _move_names(book: etree._Element, sheet: str, shift: Shift) -> None:
    """Print areas and titles; each of several areas by itself."""
    for name in list(found(book, "definedName")):
        areas = [moved_references(one, sheet, shift) for one in plain(name).split(",")]
        left = [one for one in areas if one]
        if left:
            name.text = ",".join(left)
        else:
            drop(name)


def _move_charts(office: Office, sheet: str, shift: Shift) -> None:
    for part in office.names:
        if "/charts/" not in part or not part.endswith(".xml"):
            continue
        for formula in found(office.tree(part), "f"):
            text = moved_references(plain(formula), sheet, shift)
            if text is None:
                raise Uncut(tr("图表引用该列", "a chart refers to the column"))
            formula.text = text


def _refuse_references(root: etree._Element, sheet: str) -> None:
    """Conditional formats of another sheet that look at this one."""
    if any("!" in plain(one) for one in found(root, "formula", "f")):
        raise Uncut(tr(f"其他工作表的条件格式引用 {sheet}", f"a conditional format refers to {sheet}"))
