"""Word documents: an official paper's styles, with header, watermark, comments and tracked changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from drafts.package import MADE, OFFICE, RELATIONSHIPS, XML, escape, package, quoteattr, relations
from drafts.texts import Block, blocks, picture, title

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{RELATIONSHIPS}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EMU_PER_CM = 360000
_TABLE_TWIPS = 8845  # the type area of an official paper, 156 mm
# CriticMarkup: {++inserted++}, {--deleted--}, {>>comment<<}
_CRITIC = re.compile(r"\{\+\+(?P<ins>.*?)\+\+\}|\{--(?P<del>.*?)--\}|\{>>(?P<comment>.*?)<<\}")

# style id: name, font, size in half points, paragraph properties
_STYLES = {
    "Title": ("Title", "方正小标宋简体", 44, '<w:spacing w:before="240" w:after="360"/><w:jc w:val="center"/>'),
    "Heading1": ("heading 1", "黑体", 32, '<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    "Heading2": ("heading 2", "楷体_GB2312", 32, '<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    "Text": ("公文正文", "仿宋_GB2312", 32, '<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    "Mark": ("眉首标注", "黑体", 32, ""),
    "Left": ("主送机关", "仿宋_GB2312", 32, ""),
    "Centre": ("发文字号", "仿宋_GB2312", 32, '<w:jc w:val="center"/>'),
    "Right": ("署名", "仿宋_GB2312", 32, '<w:ind w:right="640"/><w:jc w:val="right"/>'),
    "Cell": ("表格文字", "宋体", 21, '<w:spacing w:line="320" w:lineRule="exact"/><w:jc w:val="center"/>'),
    "Picture": ("图片", "宋体", 21, '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>'),
    "Header": ("header", "宋体", 18, ""),
    "Footer": ("footer", "宋体", 28, '<w:jc w:val="center"/>'),
}
_STYLE_OF = {
    "title": "Title",
    "heading": "Heading1",
    "subheading": "Heading2",
    "paragraph": "Text",
    "bullet": "Text",
    "centred": "Centre",
    "left": "Left",
    "right": "Right",
}


@dataclass(slots=True)
class _Manuscript:
    """What accumulates while the body is written."""

    reviser: str
    comments: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    changes: int = 0


def word(
    name: str,
    *,
    marks: tuple[str, ...] = (),
    header: str = "",
    watermark: str = "",
    reviser: str = "",
    landscape: bool = False,
    extra: Mapping[str, str] | None = None,
    residue: str = "",
) -> bytes:
    """The text `texts/<name>` as a docx.

    `marks` stand at the top left of the first page, one a line; `reviser` signs tracked changes and comments;
    `residue` is the title of the document that this one was made from, left in the properties.
    """
    found = blocks(name, extra)
    manuscript = _Manuscript(reviser)
    lines = [_paragraph("Mark", _run(mark)) for mark in marks]
    lines += [_block(block, manuscript) for block in found]
    return _package("".join(lines), manuscript, residue or title(found), header, watermark, landscape)


def _block(block: Block, manuscript: _Manuscript) -> str:
    if block.kind == "table":
        return _table(block.rows, manuscript)
    if block.kind == "picture":
        return _picture(block.text, manuscript)
    return _paragraph(_STYLE_OF[block.kind], _inline(block.text, manuscript))


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str, element: str = "t") -> str:
    return f'<w:r><w:{element} xml:space="preserve">{escape(text)}</w:{element}></w:r>' if text else ""


def _inline(text: str, manuscript: _Manuscript) -> str:
    written, done = "", 0
    for match in _CRITIC.finditer(text):
        written += _run(text[done : match.start()])
        kind = match.lastgroup or ""
        content = match[kind]
        written += _comment(content, manuscript) if kind == "comment" else _change(kind, content, manuscript)
        done = match.end()
    return written + _run(text[done:])


def _change(kind: str, text: str, manuscript: _Manuscript) -> str:
    manuscript.changes += 1
    run = _run(text, "delText" if kind == "del" else "t")
    return (
        f'<w:{kind} w:id="{900 + manuscript.changes}" w:author={quoteattr(manuscript.reviser)}'
        f' w:date="{MADE}">{run}</w:{kind}>'
    )


def _comment(text: str, manuscript: _Manuscript) -> str:
    key = len(manuscript.comments)
    manuscript.comments.append(
        f'<w:comment w:id="{key}" w:author={quoteattr(manuscript.reviser)} w:date="{MADE}"'
        f' w:initials="{manuscript.reviser[:1]}">{_paragraph("Cell", _run(text))}</w:comment>'
    )
    return f'<w:r><w:commentReference w:id="{key}"/></w:r>'


def _table(rows: tuple[tuple[str, ...], ...], manuscript: _Manuscript) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    widths = _widths(rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if ordinal == 0 else ''}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph('Cell', _inline(cell, manuscript))}</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for ordinal, row in enumerate(rows)
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
        + _paragraph("Left", "")
    )


def _widths(rows: tuple[tuple[str, ...], ...]) -> list[int]:
    """Column widths in twentieths of a point: by the longest cell, but no cell makes its column hog the page."""
    needs = [min(max(map(_length, column)), 36) + 5 for column in zip(*rows, strict=True)]
    return [_TABLE_TWIPS * need // sum(needs) for need in needs]


def _length(text: str) -> int:
    """How wide a text is, a Latin letter being 1 and a Chinese character 2."""
    return sum(1 if char < "\u2000" else 2 for char in text)


def _picture(name: str, manuscript: _Manuscript) -> str:
    """An inline picture 14 cm wide that keeps its proportions."""
    manuscript.pictures.append(name)
    ordinal = len(manuscript.pictures)
    header = picture(name)[16:24]  # a PNG's width and height
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")
    extent = f'cx="{14 * _EMU_PER_CM}" cy="{14 * _EMU_PER_CM * height // width}"'
    drawing = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{ordinal}" name="图片 {ordinal}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{ordinal}" name="image{ordinal}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="rIdPicture{ordinal}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return _paragraph("Picture", drawing)


def _package(body: str, manuscript: _Manuscript, name: str, header: str, watermark: str, landscape: bool) -> bytes:
    parts: dict[str, str | bytes] = {
        "word/document.xml": _document(body, landscape),
        "word/styles.xml": _styles(),
        "word/header1.xml": _header(header, watermark),
        "word/footer1.xml": _footer(),
    }
    types = {
        "word/document.xml": f"{_TYPE}.document.main+xml",
        "word/styles.xml": f"{_TYPE}.styles+xml",
        "word/header1.xml": f"{_TYPE}.header+xml",
        "word/footer1.xml": f"{_TYPE}.footer+xml",
    }
    links = [
        ("rIdStyles", f"{RELATIONSHIPS}/styles", "styles.xml"),
        ("rIdHeader", f"{RELATIONSHIPS}/header", "header1.xml"),
        ("rIdFooter", f"{RELATIONSHIPS}/footer", "footer1.xml"),
    ]
    if manuscript.comments:
        comments = "".join(manuscript.comments)
        parts["word/comments.xml"] = f"{XML}<w:comments {_NAMESPACES}>{comments}</w:comments>"
        types["word/comments.xml"] = f"{_TYPE}.comments+xml"
        links.append(("rIdComments", f"{RELATIONSHIPS}/comments", "comments.xml"))
    for ordinal, image in enumerate(manuscript.pictures, 1):
        parts[f"word/media/image{ordinal}.png"] = picture(image)
        links.append((f"rIdPicture{ordinal}", f"{OFFICE}/relationships/image", f"media/image{ordinal}.png"))
    parts["word/_rels/document.xml.rels"] = relations(links)
    return package(parts, types, name, "Microsoft Office Word", "word/document.xml")


def _document(body: str, landscape: bool) -> str:
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        f'<w:footerReference w:type="default" r:id="rIdFooter"/>{size}'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1400"'
        ' w:gutter="0"/></w:sectPr>'
    )
    return f"{XML}<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"


def _styles() -> str:
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f'<w:pPr>{properties}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
        f' w:eastAsia="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for key, (name, font, size, properties) in _STYLES.items()
    )
    return (
        f'{XML}<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"'
        ' w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f"{rows}</w:styles>"
    )


def _header(text: str, watermark: str) -> str:
    content = _run(text) + (_watermark(watermark) if watermark else "")
    return f"{XML}<w:hdr {_NAMESPACES}>{_paragraph('Header', content)}</w:hdr>"


def _watermark(text: str) -> str:
    """Word's own kind of watermark: WordArt behind the text, anchored in the header."""
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="position:absolute;margin-left:0;'
        "margin-top:0;width:380pt;height:160pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver"'
        f' stroked="f"><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string={quoteattr(text)}/>'
        "</v:shape></w:pict></w:r>"
    )


def _footer() -> str:
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return f"{XML}<w:ftr {_NAMESPACES}>{_paragraph('Footer', _run('— ') + number + _run(' —'))}</w:ftr>"
