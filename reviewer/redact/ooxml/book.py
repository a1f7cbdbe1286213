"""Takes out of a workbook what no reader of its sheets sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from reviewer.extract.ooxml.markup import flag, relation_id
from reviewer.extract.package.xml import attr, child, found, local, plain, whole
from reviewer.extract.workbook.grid import column_index, column_name
from reviewer.redact.lines import drop
from reviewer.redact.ooxml import Office
from reviewer.redact.ooxml.vml import clean_vml

_UNSEEN = {
    **dict.fromkeys(("dataValidations", "dataValidation"), "数据验证"),
    **dict.fromkeys(("scenarios", "customSheetViews", "protectedRanges", "sheetProtection"), "方案、视图和保护"),
    **dict.fromkeys(("oleObjects", "controls", "webPublishItems", "customProperties"), "批注和对象"),
    **dict.fromkeys(("filterColumn", "sortState", "smartTags", "cellWatches"), "筛选条件"),
}
_OF_BOOK = (
    *("externalReferences", "customWorkbookViews", "fileSharing", "workbookProtection", "webPublishing"),
    *("fileRecoveryPr", "webPublishObjects", "functionGroups", "pivotCaches", "smartTagTypes"),
)
_PRINT = frozenset({"_xlnm.Print_Area", "_xlnm.Print_Titles"})
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_PAGES = {"even": "differentOddEven", "first": "differentFirst"}
_TELLING_FORMULA = re.compile(r'"[^"]+"|\d{6}')


def visible_sheets(office: Office, main: str) -> Mapping[str, str]:
    """Names and parts of the sheets that are shown; the others are dropped from the book."""
    root = office.tree(main)
    by_id = {attr(relation, "Id"): relation for relation in office.relations(main)}
    shown: dict[str, str] = {}
    gone: list[etree._Element] = []
    positions: dict[int, int] = {}
    for position, entry in enumerate(list(found(root, "sheet"))):
        relation = by_id.get(relation_id(entry))
        if relation is None:
            continue
        source = office.target(main, relation)
        if (attr(entry, "state") or "visible") != "visible":
            gone.append(relation)
        elif source is not None:
            positions[position] = len(positions)
            shown[attr(entry, "name") or ""] = source
    if shown:
        office.cut(main, gone, "隐藏的工作表")
    _settle_names(office, root, positions if shown and gone else {n: n for n in range(10_000)})
    return shown


def _settle_names(office: Office, root: etree._Element, positions: Mapping[int, int]) -> None:
    """Of the names only print areas and titles stay, counted anew."""
    for name in list(found(root, "definedName")):
        sheet = whole(attr(name, "localSheetId"), -1)
        if attr(name, "name") not in _PRINT or sheet not in positions:
            drop(name)
            office.tally.add("定义的名称")
        else:
            name.set("localSheetId", str(positions[sheet]))
    for view in found(root, "workbookView"):
        for key in ("activeTab", "firstSheet"):
            if key in view.attrib:
                del view.attrib[key]


def clean_book(office: Office, main: str) -> None:
    for one in list(found(office.tree(main), *_OF_BOOK)):
        drop(one)
        office.tally.add("外部引用和设置")


def clean_sheet(office: Office, source: str) -> None:
    """What a sheet carries beside its cells."""
    root = office.tree(source)
    clean_vml(office, source)
    for one in list(found(root, *_UNSEEN)):
        drop(one)
        office.tally.add(_UNSEEN[local(one)])
    for one in list(found(root, "conditionalFormatting")):
        rules = list(found(one, "cfRule"))
        said = [attr(rule, "text") or "" for rule in rules] + [plain(f) for f in found(one, "formula", "f")]
        if any(_TELLING_FORMULA.search(text) or text[:1] >= "\u4e00" for text in said):
            drop(one)
            office.tally.add("带文字的条件格式")
    for link in found(root, "hyperlink"):
        for key in ("tooltip", "display"):
            if key in link.attrib:
                del link.attrib[key]
                office.tally.add("链接提示")
    margins = child(root, "headerFooter")
    for margin in list(margins) if margins is not None else []:
        pages = next((pages for pages in _PAGES if local(margin).startswith(pages)), "")
        if pages and margins is not None and not flag(margins, _PAGES[pages]):
            drop(margin)
            office.tally.add("未启用的页眉页脚")


def clean_tables(office: Office, source: str, new: Mapping[str, str]) -> None:
    """Tables repeat the headings of their columns: those of changed cells get a neutral name."""
    for part in office.related(source, "table"):
        root = office.tree(part)
        area = _AREA.match(attr(root, "ref") or "")
        for one in list(found(root, "sortState", "filterColumn", "calculatedColumnFormula", "totalsRowFormula")):
            drop(one)
        for one in list(found(root, "xmlColumnPr")):
            drop(one)
        if area is None:
            continue
        first = column_index(area[1])
        for number, column in enumerate(found(root, "tableColumn")):
            if f"{column_name(first + number)}{area[2]}" in new:
                column.set("name", f"列{number + 1}")
                column.set("totalsRowLabel", "")


def clean_strings(office: Office, part: str, used: set[int]) -> None:
    """Shared texts that no cell uses any more are emptied; phonetic readings go."""
    root = office.tree(part)
    for number, entry in enumerate(list(found(root, "si"))):
        for reading in list(found(entry, "rPh", "phoneticPr")):
            drop(reading)
            office.tally.add("拼音")
        if number in used:
            continue
        if any((text.text or "").strip() for text in found(entry, "t")):
            office.tally.add("单元格不再使用的文字")
        for inner in list(entry):
            entry.remove(inner)
        etree.SubElement(entry, str(entry.tag)[:-2] + "t")
