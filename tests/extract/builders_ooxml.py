"""Office documents made in memory: ordinary ones by the usual libraries, and odd ones part by part."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": WORD,
        "r": _OFFICE,
        "a": DRAWING,
        "p": SLIDE,
        "x": SHEET,
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relationship of a main part."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A part to add to a document: its name below the main folder, its content, how the main part refers to it."""

    name: str
    content: str | bytes
    kind: str = ""
    content_type: str = ""
    relations: Sequence[Relation] = field(default=())


def pack(parts: Mapping[str, str | bytes], *, comment: bytes = b"", stored: bool = False) -> bytes:
    """A zip of these members in this order."""
    return pack_pairs(parts.items(), comment=comment, stored=stored)


def pack_pairs(members: Iterable[tuple[str, str | bytes]], *, comment: bytes = b"", stored: bool = False) -> bytes:
    """A zip in which a name may come twice."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, content.encode() if isinstance(content, str) else content)
        archive.comment = comment
    return buffer.getvalue()


def relations_part(relations: Iterable[Relation]) -> str:
    """The XML of a .rels part."""
    entries = "".join(
        f'<Relationship Id="{r.id}" Type="{_OFFICE}/{r.kind}" Target="{r.target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if r.external else ''}/>"
        for r in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def content_types(overrides: Mapping[str, str]) -> str:
    """The XML of [Content_Types].xml."""
    entries = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def _assemble(
    main: str, main_type: str, content: str, relations: Sequence[Relation], extras: Sequence[Extra]
) -> dict[str, str | bytes]:
    folder, _, file = main.partition("/")
    named = [Relation(id=f"auto{i}", kind=e.kind, target=e.name) for i, e in enumerate(extras) if e.kind]
    types = {main: main_type} | {f"{folder}/{e.name}": e.content_type for e in extras if e.content_type}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relations_part([Relation(id="rId1", kind="officeDocument", target=main)]),
        main: content,
        f"{folder}/_rels/{file}.rels": relations_part([*relations, *named]),
    }
    for extra in extras:
        path = f"{folder}/{extra.name}"
        parts[path] = extra.content
        if extra.relations:
            above, _, name = path.rpartition("/")
            parts[f"{above}/_rels/{name}.rels"] = relations_part(extra.relations)
    return parts


# --- Word -------------------------------------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """A Word run."""
    format_ = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{format_}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inline: str, properties: str = "") -> str:
    """A Word paragraph of runs."""
    format_ = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{format_}{''.join(inline)}</w:p>"


def word_part(root: str, inner: str) -> str:
    """A WordprocessingML part with all namespaces."""
    return f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def docx_parts(
    body: str, *, relations: Sequence[Relation] = (), extras: Sequence[Extra] = (), strict: bool = False
) -> dict[str, str | bytes]:
    """The parts of a Word document with this body."""
    content = word_part("document", f"<w:body>{body}</w:body>")
    return _assemble(
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        content.replace(WORD, _STRICT_WORD) if strict else content,
        relations,
        extras,
    )


def docx(body: str, *, relations: Sequence[Relation] = (), extras: Sequence[Extra] = (), strict: bool = False) -> bytes:
    """A Word document with this body."""
    return pack(docx_parts(body, relations=relations, extras=extras, strict=strict))


def word_table(*rows: Sequence[str]) -> str:
    """A Word table; each cell is the XML inside `w:tc`."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows) + "</w:tbl>"


# --- Excel ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One worksheet: the XML of its rows, what stands before and after them, its parts and its state."""

    rows: str
    name: str = "名单"
    before: str = ""
    after: str = ""
    state: str = "visible"
    relations: Sequence[Relation] = field(default=())


def cell(ref: str, text: str, style: int = 0) -> str:
    """A cell with its text inside."""
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of cells."""
    return f'<row r="{number}" {attributes}>{"".join(cells)}</row>'


def xlsx_parts(
    *sheets: Sheet, workbook: str = "", relations: Sequence[Relation] = (), extras: Sequence[Extra] = ()
) -> dict[str, str | bytes]:
    """The parts of a workbook; `workbook` stands after the list of sheets."""
    entries = "".join(
        f'<sheet name="{s.name}" sheetId="{i}" r:id="sheet{i}" state="{s.state}"/>' for i, s in enumerate(sheets, 1)
    )
    content = f'<workbook xmlns="{SHEET}" {NAMESPACES}><sheets>{entries}</sheets>{workbook}</workbook>'
    pages = [
        Extra(
            name=f"worksheets/sheet{i}.xml",
            content=f'<worksheet xmlns="{SHEET}" {NAMESPACES}>{s.before}'
            f"<sheetData>{s.rows}</sheetData>{s.after}</worksheet>",
            relations=s.relations,
        )
        for i, s in enumerate(sheets, 1)
    ]
    own = [
        Relation(id=f"sheet{i}", kind="worksheet", target=f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)
    ]
    return _assemble(
        "xl/workbook.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        content,
        [*own, *relations],
        [*pages, *extras],
    )


def xlsx(*sheets: Sheet, workbook: str = "", relations: Sequence[Relation] = (), extras: Sequence[Extra] = ()) -> bytes:
    """A workbook of these sheets."""
    return pack(xlsx_parts(*sheets, workbook=workbook, relations=relations, extras=extras))


def styles(*, formats: Sequence[str] = (), fonts: Sequence[str] = (), fills: Sequence[str] = ()) -> Extra:
    """Cell styles: style 0 is plain, style n uses the n-th format, font and fill as far as there are any."""
    codes = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    count = max(len(formats), len(fonts), len(fills))
    uses = "".join(
        f'<xf numFmtId="{164 + i if i < len(formats) else 0}" fontId="{i + 1 if i < len(fonts) else 0}" '
        f'fillId="{i + 1 if i < len(fills) else 0}"/>'
        for i in range(count)
    )
    content = (
        f'<styleSheet xmlns="{SHEET}"><numFmts>{codes}</numFmts><fonts><font/>{"".join(fonts)}</fonts>'
        f"<fills><fill/>{''.join(fills)}</fills><cellXfs><xf/>{uses}</cellXfs></styleSheet>"
    )
    return Extra(name="styles.xml", content=content, kind="styles")


def shared_strings(*entries: str) -> Extra:
    """The shared strings; each entry is the XML inside `si`."""
    items = "".join(f"<si>{entry}</si>" for entry in entries)
    return Extra(name="sharedStrings.xml", content=f'<sst xmlns="{SHEET}">{items}</sst>', kind="sharedStrings")


# --- PowerPoint -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide: the XML of its shapes, attributes of its root, its relationships."""

    shapes: str
    attributes: str = ""
    relations: Sequence[Relation] = field(default=())


def shape(text: str, *, own: str = "", place: str = "", placeholder: str = "") -> str:
    """A shape with one paragraph; `own` are attributes of its cNvPr, `place` the XML of its transform."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="文本框 1" {own}/><p:cNvSpPr/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide_part(root: str, shapes: str, attributes: str = "") -> str:
    """A slide, layout, master or notes part."""
    return f"<p:{root} {NAMESPACES} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{root}>"


def pptx(
    *slides: Slide, presentation: str = "", relations: Sequence[Relation] = (), extras: Sequence[Extra] = ()
) -> bytes:
    """A presentation of these slides, 9144000 by 6858000 EMU."""
    entries = "".join(f'<p:sldId id="{255 + i}" r:id="slide{i}"/>' for i in range(1, len(slides) + 1))
    content = (
        f"<p:presentation {NAMESPACES}><p:sldIdLst>{entries}</p:sldIdLst>"
        f'<p:sldSz cx="9144000" cy="6858000"/>{presentation}</p:presentation>'
    )
    pages = [
        Extra(name=f"slides/slide{i}.xml", content=slide_part("sld", s.shapes, s.attributes), relations=s.relations)
        for i, s in enumerate(slides, 1)
    ]
    own = [Relation(id=f"slide{i}", kind="slide", target=f"slides/slide{i}.xml") for i in range(1, len(slides) + 1)]
    return pack(
        _assemble(
            "ppt/presentation.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            content,
            [*own, *relations],
            [*pages, *extras],
        )
    )


# --- pictures and ordinary documents ----------------------------------------------------------------


def png(width: int, height: int, shade: int = 128) -> bytes:
    """A picture of stripes, white and of the shade."""
    raw = b"".join(b"\0" + bytes(shade if x % 16 < 8 else 255 for x in range(width)) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def picture(relation_id: str) -> str:
    """A Word run with a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{relation_id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def ordinary_docx(*paragraphs: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A document as python-docx writes it."""
    import docx as library

    document = library.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for i, texts in enumerate(table):
            for j, text in enumerate(texts):
                grid.cell(i, j).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def ordinary_xlsx(rows: Sequence[Sequence[object]], *, name: str = "名单") -> bytes:
    """A workbook as openpyxl writes it."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = name
    for values in rows:
        page.append(list(values))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ordinary_pptx(*titles: str) -> bytes:
    """A presentation as python-pptx writes it: one slide a title."""
    import pptx as library

    deck = library.Presentation()
    for title in titles:
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()
