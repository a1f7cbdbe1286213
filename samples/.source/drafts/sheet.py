"""Excel workbooks: a merged title, a bold header row, borders, hidden columns and formulas, and a note below."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.package import RELATIONSHIPS, XML, escape, package, quoteattr, relations

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# places in the table of cell formats of `_styles`
_PLAIN, _TITLE, _HEAD, _TEXT, _NUMBER, _NOTE = range(6)


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that shows `value` and holds `=text`; `{row}` stands for its own row."""

    text: str
    value: str


Value = str | int | float | Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, its width in characters, and whether it is hidden."""

    heading: str
    width: int = 14
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One worksheet as a clerk lays it out."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    subtitle: str = ""
    notes: tuple[str, ...] = ()


def workbook(*sheets: Sheet) -> bytes:
    """The sheets as an xlsx; text goes into the shared strings, as Excel itself writes it."""
    strings: dict[str, int] = {}
    parts: dict[str, str | bytes] = {}
    for ordinal, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{ordinal}.xml"] = _worksheet(sheet, strings)
    types = dict.fromkeys(parts, f"{_TYPE}.worksheet+xml")
    links = [
        (f"rId{ordinal}", f"{RELATIONSHIPS}/worksheet", f"worksheets/sheet{ordinal}.xml")
        for ordinal in range(1, len(sheets) + 1)
    ]
    parts |= {
        "xl/workbook.xml": _workbook(sheets),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": _shared_strings(strings),
        "xl/_rels/workbook.xml.rels": relations(
            [
                *links,
                ("rIdStyles", f"{RELATIONSHIPS}/styles", "styles.xml"),
                ("rIdStrings", f"{RELATIONSHIPS}/sharedStrings", "sharedStrings.xml"),
            ]
        ),
    }
    types |= {
        "xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "xl/styles.xml": f"{_TYPE}.styles+xml",
        "xl/sharedStrings.xml": f"{_TYPE}.sharedStrings+xml",
    }
    return package(parts, types, sheets[0].title, "Microsoft Excel", "xl/workbook.xml")


def column_letter(ordinal: int) -> str:
    """The letter of a column, counted from 0; 26 are enough for every draft here."""
    return chr(ord("A") + ordinal)


def _worksheet(sheet: Sheet, strings: dict[str, int]) -> str:
    width = len(sheet.columns)
    lines: list[tuple[int, tuple[Value, ...]]] = [(_TITLE, (sheet.title,))]
    if sheet.subtitle:
        lines.append((_NOTE, (sheet.subtitle,)))
    merged = list(range(1, len(lines) + 1))
    lines.append((_HEAD, tuple(column.heading for column in sheet.columns)))
    lines += [(_TEXT, row) for row in sheet.rows]
    merged += range(len(lines) + 1, len(lines) + 1 + len(sheet.notes))
    lines += [(_NOTE, (note,)) for note in sheet.notes]
    data = "".join(
        f'<row r="{number}"{_height(style)}>'
        + "".join(_cell(column, number, value, style, strings) for column, value in enumerate(row))
        + "</row>"
        for number, (style, row) in enumerate(lines, 1)
    )
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"{_hidden(column)}/>'
        for number, column in enumerate(sheet.columns, 1)
    )
    last = column_letter(width - 1)
    merges = "".join(f'<mergeCell ref="A{number}:{last}{number}"/>' for number in merged)
    return (
        f'{XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{len(lines)}"/><sheetFormatPr'
        f' defaultRowHeight="18"/><cols>{columns}</cols><sheetData>{data}</sheetData>'
        f'<mergeCells count="{len(merged)}">{merges}</mergeCells><pageMargins left="0.7" right="0.7"'
        ' top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _hidden(column: Column) -> str:
    return ' hidden="1"' if column.hidden else ""


def _height(style: int) -> str:
    return ' ht="32" customHeight="1"' if style == _TITLE else ""


def _cell(column: int, row: int, value: Value, style: int, strings: dict[str, int]) -> str:
    place = f'r="{column_letter(column)}{row}"'
    if isinstance(value, Formula):
        formula = escape(value.text.replace("{row}", str(row)))
        return f'<c {place} s="{style}" t="str"><f>{formula}</f><v>{escape(value.value)}</v></c>'
    if isinstance(value, str):
        return f'<c {place} s="{style}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    return f'<c {place} s="{_NUMBER if style == _TEXT else style}"><v>{value}</v></c>'


def _workbook(sheets: tuple[Sheet, ...]) -> str:
    rows = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{ordinal}" r:id="rId{ordinal}"/>'
        for ordinal, sheet in enumerate(sheets, 1)
    )
    return (
        f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{RELATIONSHIPS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{rows}</sheets></workbook>"
    )


def _shared_strings(strings: dict[str, int]) -> str:
    rows = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'{XML}<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{rows}</sst>'


def _styles() -> str:
    fonts = (
        '<font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="18"/><name val="宋体"/></font>'
        '<font><b/><sz val="11"/><name val="宋体"/></font>'
    )
    edges = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    centre = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    formats = (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1">{centre}</xf>'
        f'<xf numFmtId="0" fontId="2" fillId="0" borderId="1" xfId="0" applyAlignment="1">{centre}</xf>'
        f'<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1">{centre}</xf>'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1">{centre}</xf>'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
        '<alignment horizontal="left" vertical="center" wrapText="1"/></xf>'
    )
    return (
        f'{XML}<styleSheet xmlns="{_MAIN}"><fonts count="3">{fonts}</fonts><fills count="2"><fill><patternFill'
        ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f'<border>{edges}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0"'
        f' fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">{formats}</cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
