"""PowerPoint presentations: one master, one layout, titled slides and, where given, speaker notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafts.package import RELATIONSHIPS, XML, escape, package, quoteattr, relations
from drafts.texts import blocks

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NAMESPACES = (
    f'xmlns:a="{_A}" xmlns:r="{RELATIONSHIPS}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_COLOURS = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3"'
    ' accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
_TITLE_BOX = (838200, 365125, 10515600, 1325563)  # left, top, width, height in EMU on a 16:9 slide
_BODY_BOX = (838200, 1825625, 10515600, 4351338)
_NOTES_BOX = (685800, 4400550, 5486400, 3600450)


@dataclass(slots=True)
class _Slide:
    """One slide as its source gives it."""

    title: str
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def slides(name: str) -> bytes:
    """The text `texts/<name>` as a pptx: a title begins a slide, what stands to the right is said, not shown."""
    found: list[_Slide] = []
    for block in blocks(name):
        if block.kind == "title":
            found.append(_Slide(block.text))
        elif block.kind == "right":
            found[-1].notes.append(block.text)
        else:
            found[-1].lines.append(block.text)
    return _package(found)


def _package(found: list[_Slide]) -> bytes:
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": _presentation(len(found)),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideLayouts/slideLayout1.xml": _layout(),
        "ppt/notesMasters/notesMaster1.xml": _notes_master(),
        "ppt/theme/theme1.xml": _theme(),
        "ppt/theme/theme2.xml": _theme(),
    }
    types = {
        "ppt/presentation.xml": f"{_TYPE}.presentation.main+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{_TYPE}.slideMaster+xml",
        "ppt/slideLayouts/slideLayout1.xml": f"{_TYPE}.slideLayout+xml",
        "ppt/notesMasters/notesMaster1.xml": f"{_TYPE}.notesMaster+xml",
        "ppt/theme/theme1.xml": _THEME_TYPE,
        "ppt/theme/theme2.xml": _THEME_TYPE,
    }
    links = [("rIdMaster", f"{RELATIONSHIPS}/slideMaster", "slideMasters/slideMaster1.xml")]
    links.append(("rIdNotes", f"{RELATIONSHIPS}/notesMaster", "notesMasters/notesMaster1.xml"))
    for ordinal, slide in enumerate(found, 1):
        parts |= _slide_parts(ordinal, slide)
        types[f"ppt/slides/slide{ordinal}.xml"] = f"{_TYPE}.slide+xml"
        if slide.notes:
            types[f"ppt/notesSlides/notesSlide{ordinal}.xml"] = f"{_TYPE}.notesSlide+xml"
        links.append((f"rIdSlide{ordinal}", f"{RELATIONSHIPS}/slide", f"slides/slide{ordinal}.xml"))
    parts |= _links(links)
    return package(parts, types, found[0].title, "Microsoft Office PowerPoint", "ppt/presentation.xml")


def _links(presentation: list[tuple[str, str, str]]) -> dict[str, str]:
    """The relationship parts that do not depend on the slides, and the presentation's own."""
    layout = ("rId1", f"{RELATIONSHIPS}/slideLayout", "../slideLayouts/slideLayout1.xml")
    master = ("rId1", f"{RELATIONSHIPS}/slideMaster", "../slideMasters/slideMaster1.xml")
    return {
        "ppt/_rels/presentation.xml.rels": relations(presentation),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            [layout, ("rId2", f"{RELATIONSHIPS}/theme", "../theme/theme1.xml")]
        ),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations([master]),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relations(
            [("rId1", f"{RELATIONSHIPS}/theme", "../theme/theme2.xml")]
        ),
    }


def _slide_parts(ordinal: int, slide: _Slide) -> dict[str, str]:
    links = [("rId1", f"{RELATIONSHIPS}/slideLayout", "../slideLayouts/slideLayout1.xml")]
    shapes = _shape(2, "标题", '<p:ph type="title"/>', [slide.title])
    shapes += _shape(3, "内容", '<p:ph idx="1"/>', slide.lines)
    override = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    parts = {f"ppt/slides/slide{ordinal}.xml": _part("sld", _tree(shapes) + override)}
    if slide.notes:
        links.append(("rId2", f"{RELATIONSHIPS}/notesSlide", f"../notesSlides/notesSlide{ordinal}.xml"))
        notes = _shape(2, "备注", '<p:ph type="body" idx="1"/>', slide.notes)
        parts[f"ppt/notesSlides/notesSlide{ordinal}.xml"] = _part("notes", _tree(notes) + override)
        parts[f"ppt/notesSlides/_rels/notesSlide{ordinal}.xml.rels"] = relations(
            [
                ("rId1", f"{RELATIONSHIPS}/notesMaster", "../notesMasters/notesMaster1.xml"),
                ("rId2", f"{RELATIONSHIPS}/slide", f"../slides/slide{ordinal}.xml"),
            ]
        )
    parts[f"ppt/slides/_rels/slide{ordinal}.xml.rels"] = relations(links)
    return parts


def _part(element: str, content: str, attributes: str = "") -> str:
    return f"{XML}<p:{element} {_NAMESPACES}{attributes}>{content}</p:{element}>"


def _tree(shapes: str, name: str = "") -> str:
    label = f" name={quoteattr(name)}" if name else ""
    return (
        f'<p:cSld{label}><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree></p:cSld>'
    )


def _shape(
    key: int, name: str, placeholder: str, lines: list[str], box: tuple[int, int, int, int] | None = None
) -> str:
    place = "<p:spPr/>"
    if box:
        place = (
            f'<p:spPr><a:xfrm><a:off x="{box[0]}" y="{box[1]}"/><a:ext cx="{box[2]}" cy="{box[3]}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        )
    paragraphs = "".join(f'<a:p><a:r><a:rPr lang="zh-CN"/><a:t>{escape(line)}</a:t></a:r></a:p>' for line in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{key}" name="{name} {key - 1}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>{place}<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr>"
        f"<a:lstStyle/>{paragraphs or '<a:p/>'}</p:txBody></p:sp>"
    )


def _presentation(count: int) -> str:
    rows = "".join(f'<p:sldId id="{255 + ordinal}" r:id="rIdSlide{ordinal}"/>' for ordinal in range(1, count + 1))
    return _part(
        "presentation",
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rIdMaster"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rIdNotes"/></p:notesMasterIdLst>'
        f'<p:sldIdLst>{rows}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/>',
    )


def _master() -> str:
    shapes = _shape(2, "标题占位符", '<p:ph type="title"/>', ["单击此处编辑母版标题样式"], _TITLE_BOX)
    shapes += _shape(3, "文本占位符", '<p:ph type="body" idx="1"/>', ["单击此处编辑母版文本样式"], _BODY_BOX)
    font = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
    styles = (
        f'<p:titleStyle><a:lvl1pPr algn="l"><a:defRPr sz="4000" b="1">{font}</a:defRPr></a:lvl1pPr></p:titleStyle>'
        '<p:bodyStyle><a:lvl1pPr marL="342900" indent="-342900"><a:spcBef><a:spcPts val="800"/></a:spcBef>'
        f'<a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="2400">{font}</a:defRPr></a:lvl1pPr>'
        f'</p:bodyStyle><p:otherStyle><a:lvl1pPr><a:defRPr sz="1800">{font}</a:defRPr></a:lvl1pPr></p:otherStyle>'
    )
    layouts = '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
    return _part("sldMaster", _tree(shapes) + _COLOURS + layouts + f"<p:txStyles>{styles}</p:txStyles>")


def _layout() -> str:
    shapes = _shape(2, "标题", '<p:ph type="title"/>', ["单击此处编辑母版标题样式"])
    shapes += _shape(3, "内容占位符", '<p:ph idx="1"/>', ["单击此处编辑母版文本样式"])
    override = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    return _part("sldLayout", _tree(shapes, "标题和内容") + override, ' type="obj" preserve="1"')


def _notes_master() -> str:
    shapes = _shape(2, "备注占位符", '<p:ph type="body" idx="1"/>', ["单击此处编辑母版文本样式"], _NOTES_BOX)
    return _part("notesMaster", _tree(shapes) + _COLOURS)


def _theme() -> str:
    """The plain office theme: every list that the schema wants, with as little in it as it allows."""
    colours = {
        "dk2": "44546A",
        "lt2": "E7E6E6",
        "accent1": "C00000",
        "accent2": "ED7D31",
        "accent3": "A5A5A5",
        "accent4": "FFC000",
        "accent5": "4472C4",
        "accent6": "70AD47",
        "hlink": "0563C1",
        "folHlink": "954F72",
    }
    scheme = '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    scheme += '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    scheme += "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    font = '<a:latin typeface="等线"/><a:ea typeface="等线"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{XML}<a:theme xmlns:a="{_A}" name="Office 主题"><a:themeElements>'
        f'<a:clrScheme name="Office">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Office"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
