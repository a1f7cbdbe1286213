"""Ordinary Office files with everything that Word, Excel, PowerPoint and WPS add to them of their own accord."""

from __future__ import annotations

import base64
import json

from builders_ooxml import pack

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'mc:Ignorable="w14 w15"'
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'

WPS = "WPS Office_12.1.0.16120_F1E327BC-269C-435d-A152-05C5408002CA"
WPS_RECORD = base64.b64encode(
    json.dumps({"hdid": "0b1c2d3e4f5061728394a5b6c7d8e9f0", "userId": "1400000001"}).encode()
).decode()


def relations(*entries: tuple[str, str], base: str = _OFFICE) -> str:
    """A .rels part: kind (or whole type) and target of each relationship."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else f"{base}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def types(**overrides: str) -> str:
    """[Content_Types].xml; keys are part names with "__" for "/" and "_xml" for ".xml"."""
    rows = "".join(
        f'<Override PartName="/{name.replace("__", "/").replace("_xml", ".xml")}" ContentType="{kind}"/>'
        for name, kind in overrides.items()
    )
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"),
            ("jpeg", "image/jpeg"),
        )
    )
    return f'{HEAD}<Types xmlns="{_TYPES}">{defaults}{rows}</Types>'


ROOT = relations(
    ("officeDocument", "{main}"),
    (f"{_PACKAGE}/metadata/core-properties", "docProps/core.xml"),
    ("extended-properties", "docProps/app.xml"),
)
WPS_ROOT = ROOT.replace("</Relationships>", "") + (
    f'<Relationship Id="rId4" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
)


def core(creator: str, editor: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title></dc:title><dc:subject></dc:subject><dc:creator>{creator}</dc:creator><cp:keywords></cp:keywords>"
        f"<dc:description></dc:description><cp:lastModifiedBy>{editor}</cp:lastModifiedBy><cp:revision>12</cp:revision>"
        "<cp:lastPrinted>2026-11-02T08:15:00Z</cp:lastPrinted>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-02T01:12:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-02T09:30:00Z</dcterms:modified></cp:coreProperties>'
    )


def app(program: str, template: str = "", titles: str = "") -> str:
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"<Template>{template}</Template><TotalTime>1234567</TotalTime><Pages>1</Pages><Words>120</Words>"
        f"<Characters>690</Characters><Application>{program}</Application><DocSecurity>0</DocSecurity>"
        f"<Lines>5</Lines><Paragraphs>1</Paragraphs><ScaleCrop>false</ScaleCrop>{titles}<Company></Company>"
        "<LinksUpToDate>false</LinksUpToDate><CharactersWithSpaces>809</CharactersWithSpaces>"
        "<SharedDoc>false</SharedDoc><HyperlinksChanged>false</HyperlinksChanged><AppVersion>16.0000</AppVersion>"
        "</Properties>"
    )


SHEET_TITLES = (
    '<HeadingPairs><vt:vector size="4" baseType="variant"><vt:variant><vt:lpstr>工作表</vt:lpstr></vt:variant>'
    "<vt:variant><vt:i4>1</vt:i4></vt:variant><vt:variant><vt:lpstr>命名范围</vt:lpstr></vt:variant>"
    '<vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="2" '
    'baseType="lpstr"><vt:lpstr>Sheet1</vt:lpstr><vt:lpstr>Sheet1!Print_Area</vt:lpstr></vt:vector></TitlesOfParts>'
)
SLIDE_TITLES = (
    '<HeadingPairs><vt:vector size="6" baseType="variant"><vt:variant><vt:lpstr>已用的字体</vt:lpstr></vt:variant>'
    "<vt:variant><vt:i4>3</vt:i4></vt:variant><vt:variant><vt:lpstr>主题</vt:lpstr></vt:variant><vt:variant>"
    "<vt:i4>1</vt:i4></vt:variant><vt:variant><vt:lpstr>幻灯片标题</vt:lpstr></vt:variant><vt:variant><vt:i4>1"
    '</vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="5" baseType="lpstr">'
    "<vt:lpstr>等线</vt:lpstr><vt:lpstr>等线 Light</vt:lpstr><vt:lpstr>Arial</vt:lpstr><vt:lpstr>Office 主题\u200b\u200b</vt:lpstr>"
    "<vt:lpstr>PowerPoint 演示文稿</vt:lpstr></vt:vector></TitlesOfParts>"
)
WPS_CUSTOM = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-12.1.0.16120</vt:lpwstr></property>"
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="ICV">'
    "<vt:lpwstr>7A1F4C2E5B6D48903E21AC77D0F5B816_13</vt:lpwstr></property>"
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="4" name="KSOTemplateDocerSaveRecord">'
    f"<vt:lpwstr>{WPS_RECORD}</vt:lpwstr></property></Properties>"
)
THEME = (
    f'{HEAD}<a:theme {_A} name="Office 主题\u200b\u200b"><a:themeElements><a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:accent1><a:srgbClr val="4472C4"/></a:accent1>'
    '</a:clrScheme><a:fontScheme name="Office"><a:majorFont><a:latin typeface="等线 Light" '
    'panose="020F0302020204030204"/><a:ea typeface=""/><a:font script="Jpan" typeface="游ゴシック Light"/>'
    '<a:font script="Hang" typeface="맑은 고딕"/><a:font script="Hans" typeface="等线 Light"/>'
    '<a:font script="Hant" typeface="新細明體"/></a:majorFont></a:fontScheme><a:fmtScheme name="Office">'
    "<a:fillStyleLst/></a:fmtScheme></a:themeElements><a:extLst><a:ext "
    'uri="{05A4C25C-085E-4340-85A3-A5531E510DB2}"><thm15:themeFamily '
    'xmlns:thm15="http://schemas.microsoft.com/office/thememl/2012/main" name="Office Theme" '
    'id="{62F939B6-93AF-4DB8-9C6B-D6C7DFDC589F}" vid="{4A3C46E8-61CC-4603-A589-7422A47A8E4A}"/></a:ext></a:extLst>'
    "</a:theme>"
)
FONTS = (
    f"{HEAD}<w:fonts {_W}>"
    '<w:font w:name="等线"><w:altName w:val="DengXian"/><w:panose1 w:val="02010600030101010101"/><w:charset '
    'w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/><w:sig w:usb0="A00002BF" w:usb1="38CF7CFA" '
    'w:usb2="00000016" w:usb3="00000000" w:csb0="0004000F" w:csb1="00000000"/></w:font>'
    '<w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:sig '
    'w:usb0="20007A87" w:usb1="80000000" w:usb2="00000008" w:usb3="00000000" w:csb0="000001FF" w:csb1="00000000"/>'
    '</w:font><w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/><w:panose1 w:val="02010609030101010101"/>'
    '<w:charset w:val="86"/></w:font><w:font w:name="方正小标宋简体"><w:panose1 w:val="03000509000000000000"/>'
    '<w:sig w:usb0="00000001" w:usb1="080E0000" w:usb2="00000010" w:usb3="00000000" w:csb0="00040000" '
    'w:csb1="00000000"/></w:font></w:fonts>'
)
STYLES = (
    f'{HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" '
    'w:eastAsiaTheme="minorEastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:latentStyles w:defLockedState="0" w:count="376"><w:lsdException '
    'w:name="Normal" w:uiPriority="0" w:qFormat="1"/></w:latentStyles><w:style w:type="paragraph" w:default="1" '
    'w:styleId="a"><w:name w:val="Normal"/><w:rsid w:val="00A77B3E"/></w:style><w:style w:type="paragraph" '
    'w:customStyle="1" w:styleId="公文正文"><w:name w:val="公文正文"/><w:link w:val="公文正文字符"/></w:style></w:styles>'
)


def settings(variables: str = "") -> str:
    return (
        f'{HEAD}<w:settings {_W} xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main">'
        '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:defaultTabStop w:val="420"/>'
        '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:noLineBreaksAfter w:lang="zh-CN" w:val="([{·‘“〈《「『【〔〖（．［｛￡￥"/>'
        '<w:noLineBreaksBefore w:lang="zh-CN" w:val="!),.:;?]}¨·ˇˉ―‖’”…∶、。〃々〉》」』】〕〗！＂＇），．：；？］｀｜｝～￠"/>'
        '<w:hdrShapeDefaults><o:shapedefaults v:ext="edit" spidmax="2049"/></w:hdrShapeDefaults>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat>{variables}<w:rsids><w:rsidRoot w:val="00172A27"/><w:rsid w:val="00105190"/>'
        '<w:rsid w:val="12345678"/><w:rsid w:val="20230415"/></w:rsids><m:mathPr><m:mathFont m:val="Cambria Math"/>'
        '</m:mathPr><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:clrSchemeMapping w:bg1="light1" '
        'w:t1="dark1"/><w:shapeDefaults><o:shapedefaults v:ext="edit" spidmax="1026"/><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout></w:shapeDefaults><w:decimalSymbol w:val="."/><w:listSeparator '
        'w:val=","/><w14:docId w14:val="41920517"/><w15:docId w15:val="{7C0B1A8E-23F4-4D56-9E0A-1B2C3D4E5F60}"/>'
        "</w:settings>"
    )


def body(*texts: str, sdt: str = "") -> str:
    paragraphs = "".join(
        f'<w:p w14:paraId="{0x12345670 + n:08X}" w14:textId="77777777" w:rsidR="00105190" w:rsidRDefault="00105190">'
        f'<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr><w:r w:rsidRPr="20230415"><w:rPr><w:rFonts '
        f'w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        f"</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        for n, text in enumerate(texts)
    )
    return (
        f"{HEAD}<w:document {_W}><w:body>{sdt}{paragraphs}<w:p><w:bookmarkStart "
        'w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:bookmarkStart w:id="1" w:name="_Toc189123456"/>'
        '<w:bookmarkEnd w:id="1"/></w:p><w:sectPr w:rsidR="00105190"><w:footerReference w:type="default" r:id="rId9"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr></w:body></w:document>'
    )


FOOTER = (
    f'{HEAD}<w:ftr {_W}><w:p><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText>PAGE   \\* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar "
    'w:fldCharType="separate"/></w:r><w:r><w:rPr><w:lang w:val="zh-CN"/></w:rPr><w:t>1</w:t></w:r><w:r><w:fldChar '
    'w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
WEB = (
    f'{HEAD}<w:webSettings {_W}><w:divs><w:div w:id="1234567890"><w:bodyDiv w:val="1"/></w:div></w:divs>'
    "<w:optimizeForBrowser/><w:allowPNG/></w:webSettings>"
)
SOURCES = (
    f'{HEAD}<b:Sources SelectedStyle="\\APASixthEditionOfficeOnline.xsl" StyleName="APA" Version="6" '
    'xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"></b:Sources>'
)
SOURCES_PROPERTIES = (
    f'{HEAD}<ds:datastoreItem ds:itemID="{{5B8A1D2C-7A0E-4C4B-9B2F-0D1E2F3A4B5C}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef '
    'ds:uri="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"/></ds:schemaRefs></ds:datastoreItem>'
)
WPS_DATA = (
    f'{HEAD}<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" '
    'xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"><customSectProps><customSectPr/></customSectProps>'
    '<customShpExts><customShpInfo spid="_x0000_s2049"/></customShpExts></s:customData>'
)
# A drop-down list in a form, for the start of a document's body.
CHOICE = (
    '<w:sdt><w:sdtPr><w:alias w:val="密级"/><w:dropDownList><w:listItem w:displayText="请选择" w:value=""/><w:listItem '
    'w:displayText="公开" w:value="公开"/></w:dropDownList></w:sdtPr><w:sdtContent><w:p><w:r><w:t>公开</w:t></w:r></w:p>'
    "</w:sdtContent></w:sdt>"
)
_DOCUMENT_RELATIONS = (
    ("styles", "styles.xml"),
    ("settings", "settings.xml"),
    ("webSettings", "webSettings.xml"),
    ("fontTable", "fontTable.xml"),
    ("theme", "theme/theme1.xml"),
    ("customXml", "../customXml/item1.xml"),
    ("endnotes", "endnotes.xml"),
    ("footnotes", "footnotes.xml"),
    ("footer", "footer1.xml"),
)
_NOTES = (
    '{head}<w:{kind}s {w}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    '<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>'
    "</w:{kind}s>"
)


def word_docx(*texts: str, sdt: str = "") -> bytes:
    """A .docx as Word 2016 saves it."""
    return pack(word_docx_parts(*texts, sdt=sdt))


def word_docx_parts(*texts: str, sdt: str = "") -> dict[str, str | bytes]:
    return _word(body(*texts, sdt=sdt))


def _word(document: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": types(
            word__document_xml=_WORD_TYPE + "document.main+xml",
            word__styles_xml=_WORD_TYPE + "styles+xml",
            word__settings_xml=_WORD_TYPE + "settings+xml",
            word__webSettings_xml=_WORD_TYPE + "webSettings+xml",
            word__fontTable_xml=_WORD_TYPE + "fontTable+xml",
            word__footer1_xml=_WORD_TYPE + "footer+xml",
            word__footnotes_xml=_WORD_TYPE + "footnotes+xml",
            word__endnotes_xml=_WORD_TYPE + "endnotes+xml",
            word__theme__theme1_xml="application/vnd.openxmlformats-officedocument.theme+xml",
            docProps__core_xml="application/vnd.openxmlformats-package.core-properties+xml",
            docProps__app_xml="application/vnd.openxmlformats-officedocument.extended-properties+xml",
            customXml__itemProps1_xml="application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        ),
        "_rels/.rels": ROOT.replace("{main}", "word/document.xml"),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relations(*_DOCUMENT_RELATIONS),
        "word/footnotes.xml": _NOTES.format(head=HEAD, kind="footnote", w=_W),
        "word/endnotes.xml": _NOTES.format(head=HEAD, kind="endnote", w=_W),
        "word/footer1.xml": FOOTER,
        "word/theme/theme1.xml": THEME,
        "word/settings.xml": settings(),
        "customXml/item1.xml": SOURCES,
        "customXml/itemProps1.xml": SOURCES_PROPERTIES,
        "customXml/_rels/item1.xml.rels": relations(("customXmlProps", "itemProps1.xml")),
        "word/styles.xml": STYLES,
        "word/webSettings.xml": WEB,
        "word/fontTable.xml": FONTS,
        "docProps/core.xml": core("Administrator", "lenovo"),
        "docProps/app.xml": app("Microsoft Office Word", "Normal.dotm"),
    }


def wps_docx(*texts: str) -> bytes:
    """A .docx as WPS Writer saves it."""
    return pack(wps_docx_parts(*texts))


def wps_docx_parts(*texts: str) -> dict[str, str | bytes]:
    variables = f'<w:docVars><w:docVar w:name="commondata" w:val="{WPS_RECORD}"/></w:docVars>'
    return _word(body(*texts)) | {
        "_rels/.rels": WPS_ROOT.replace("{main}", "word/document.xml"),
        "word/settings.xml": settings(variables),
        "customXml/item1.xml": WPS_DATA,
        "docProps/core.xml": core("WPS_1620000001", "WPS_1620000001"),
        "docProps/app.xml": app(WPS, "Normal.dotm"),
        "docProps/custom.xml": WPS_CUSTOM,
    }


# --- workbooks ------------------------------------------------------------------------------------------------

_S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" mc:Ignorable="x14ac xr"'
)
_SHEET_STYLES = (
    f'{HEAD}<styleSheet {_S}><numFmts count="2"><numFmt numFmtId="43" formatCode="_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * '
    '&quot;-&quot;??_ ;_ @_ "/><numFmt numFmtId="176" formatCode="0.00_ "/></numFmts><fonts count="1" '
    'x14ac:knownFonts="1"><font><sz val="11"/><color theme="1"/><name val="等线"/><family val="2"/><charset '
    'val="134"/><scheme val="minor"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="2">'
    '<cellStyle name="常规" xfId="0" builtinId="0"/><cellStyle name="20% - 着色 1" xfId="0" builtinId="30"/></cellStyles>'
    '<dxfs count="0"/><tableStyles count="1" defaultTableStyle="TableStyleMedium2" '
    'defaultPivotStyle="PivotStyleLight16"><tableStyle name="TableStylePreset3_Accent1" pivot="0" count="7" '
    'xr9:uid="{59DB682C-5494-4EDE-A608-00C9E5F0F923}" '
    'xmlns:xr9="http://schemas.microsoft.com/office/spreadsheetml/2016/revision9"/></tableStyles>'
    '<extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:slicerStyles '
    'defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>'
)
# A condition with a word in it, and a list to choose from, for a sheet.
RULES = (
    '<conditionalFormatting sqref="B1:B9"><cfRule type="containsText" priority="2" operator="containsText" text="不合格">'
    '<formula>NOT(ISERROR(SEARCH("不合格",B1)))</formula></cfRule></conditionalFormatting><dataValidations><dataValidation '
    'type="list" promptTitle="提示" prompt="请选择" sqref="B2:B20"><formula1>"男,女"</formula1></dataValidation>'
    "</dataValidations>"
)
# As the printer's driver writes it: the printer's name, then its settings.
PRINTER = "\\\\PRINTSRV01\\HP LaserJet 1020".encode("utf-16-le").ljust(64, b"\0") + bytes(range(256)) * 6


def excel_xlsx(*rows: tuple[str, ...], wps: bool = False) -> bytes:
    """A .xlsx as Excel 2016 or WPS Spreadsheets saves it."""
    return pack(excel_xlsx_parts(*rows) | (_WPS_BOOK if wps else {}))


def excel_xlsx_parts(*rows: tuple[str, ...]) -> dict[str, str | bytes]:
    strings = [text for row in rows for text in row]
    cells, index = "", 0
    for number, row in enumerate(rows, 1):
        cells += f'<row r="{number}" spans="1:{len(row)}" x14ac:dyDescent="0.2">'
        for column, _ in enumerate(row):
            cells += f'<c r="{chr(65 + column)}{number}" t="s"><v>{index}</v></c>'
            index += 1
        cells += "</row>"
    return {
        "[Content_Types].xml": types(
            xl__workbook_xml=_EXCEL_TYPE + "sheet.main+xml",
            xl__worksheets__sheet1_xml=_EXCEL_TYPE + "worksheet+xml",
            xl__styles_xml=_EXCEL_TYPE + "styles+xml",
            xl__sharedStrings_xml=_EXCEL_TYPE + "sharedStrings+xml",
            xl__calcChain_xml=_EXCEL_TYPE + "calcChain+xml",
            xl__theme__theme1_xml="application/vnd.openxmlformats-officedocument.theme+xml",
            docProps__core_xml="application/vnd.openxmlformats-package.core-properties+xml",
            docProps__app_xml="application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
        "_rels/.rels": ROOT.replace("{main}", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{HEAD}<workbook {_S}><fileVersion appName="xl" lastEdited="7" lowestEdited="4" rupBuild="22228"/>'
            '<workbookPr codeName="ThisWorkbook" defaultThemeVersion="124226"/><mc:AlternateContent><mc:Choice '
            'Requires="x15"><x15ac:absPath url="C:\\Users\\Administrator\\Desktop\\公示\\"/></mc:Choice>'
            '</mc:AlternateContent><xr:revisionPtr revIDLastSave="0" '
            'documentId="13_ncr:1_{3F1A2B4C-5D6E-4F70-8192-A3B4C5D6E7F8}" xr6:coauthVersionLast="47" '
            'xmlns:xr6="http://schemas.microsoft.com/office/spreadsheetml/2016/revision6"/><bookViews><workbookView '
            'xWindow="-120" windowWidth="29040" xr2:uid="{00000000-000D-0000-FFFF-FFFF00000000}" '
            'xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"/></bookViews><sheets><sheet '
            'name="Sheet1" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" '
            'localSheetId="0" hidden="1">Sheet1!$A$1:$C$20</definedName><definedName name="_xlnm.Print_Area" '
            'localSheetId="0">Sheet1!$A$1:$C$20</definedName><definedName name="_xlnm.Print_Titles" '
            'localSheetId="0">Sheet1!$1:$2</definedName></definedNames><calcPr calcId="191029"/></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("theme", "theme/theme1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": (
            f'{HEAD}<worksheet {_S} xr:uid="{{00000000-0001-0000-0000-000000000000}}"><dimension ref="A1:C20"/>'
            '<sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="B5" sqref="B5"/></sheetView>'
            '</sheetViews><sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/><cols><col min="1" max="1" '
            f'width="12.625" customWidth="1"/></cols><sheetData>{cells}</sheetData><autoFilter ref="A1:C20" '
            'xr:uid="{00000000-0009-0000-0000-000000000000}"/><phoneticPr fontId="1" type="noConversion"/><pageMargins '
            'left="0.70866141732283472" right="0.70866141732283472" top="0.74803149606299213" '
            'bottom="0.74803149606299213" header="0.31496062992125984" footer="0.31496062992125984"/><pageSetup '
            'paperSize="9" orientation="portrait" horizontalDpi="4294967293" verticalDpi="4294967292" r:id="rId1"/>'
            "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("printerSettings", "../printerSettings/printerSettings1.bin")
        ),
        "xl/printerSettings/printerSettings1.bin": PRINTER,
        "xl/theme/theme1.xml": THEME,
        "xl/styles.xml": _SHEET_STYLES,
        "xl/sharedStrings.xml": (
            f'{HEAD}<sst {_S} count="{len(strings)}" uniqueCount="{len(strings)}">'
            + "".join(f'<si><t>{text}</t><phoneticPr fontId="1" type="noConversion"/></si>' for text in strings)
            + "</sst>"
        ),
        "xl/calcChain.xml": f'{HEAD}<calcChain {_S}><c r="C1234567" i="1"/></calcChain>',
        "docProps/core.xml": core("张三", "Administrator"),
        "docProps/app.xml": app("Microsoft Excel", titles=SHEET_TITLES),
    }


_WPS_BOOK: dict[str, str | bytes] = {
    "_rels/.rels": WPS_ROOT.replace("{main}", "xl/workbook.xml"),
    "docProps/app.xml": app(WPS, titles=SHEET_TITLES),
    "docProps/custom.xml": WPS_CUSTOM,
}


# --- presentations --------------------------------------------------------------------------------------------

_P = (
    f'{_A} xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml."
_TREE = (
    '<p:cSld{name}><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    '{shapes}</p:spTree><p:extLst><p:ext uri="{{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}}"><p14:creationId '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" val="2381234567"/></p:ext></p:extLst></p:cSld>'
)


def _shape(number: int, name: str, kind: str, *texts: str, more: str = "") -> str:
    paragraphs = "".join(
        f'<a:p><a:r><a:rPr lang="zh-CN" altLang="en-US"/><a:t>{text}</a:t></a:r></a:p>' for text in texts
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"><a:extLst><a:ext '
        'uri="{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}"><a16:creationId '
        'xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main" '
        'id="{2E7C6A15-6C1B-4B2E-8D3A-112233445566}"/></a:ext></a:extLst></p:cNvPr><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{kind}"/>{more}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="1524000" '
        f'y="1122363"/><a:ext cx="9144000" cy="2387600"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}'
        "</p:txBody></p:sp>"
    )


def _page(kind: str, *shapes: str, name: str = "", after: str = "") -> str:
    tree = _TREE.format(name=f' name="{name}"' if name else "", shapes="".join(shapes))
    return f"{HEAD}<p:{kind} {_P}>{tree}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>{after}</p:{kind}>"


_FIELD = (
    '<p:sp><p:nvSpPr><p:cNvPr id="6" name="灯片编号占位符 5"/><p:cNvSpPr/><p:nvPr><p:ph type="sldNum" idx="12"/></p:nvPr>'
    '</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:fld id="{565CE74E-AB26-4998-AD42-012C4C1AD076}" '
    'type="slidenum"><a:rPr lang="zh-CN"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>'
    '<p:sp><p:nvSpPr><p:cNvPr id="4" name="日期占位符 3"/><p:cNvSpPr/><p:nvPr><p:ph type="dt" idx="10"/></p:nvPr>'
    '</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:fld id="{760FBDFE-C587-4B4C-A407-44438C67B59E}" '
    'type="datetimeFigureOut"><a:rPr lang="zh-CN"/><a:t>2026/11/2</a:t></a:fld></a:p></p:txBody></p:sp>'
)
_PROMPTS = ("编辑母版文本样式", "第二级", "第三级", "第四级", "第五级")
TAGS = (
    f"{HEAD}<p:tagLst {_P}>"
    + "".join(
        f'<p:tag name="{name}" val="{value}"/>'
        for name, value in (
            ("KSO_WM_UNIT_ISCONTENTSTITLE", "0"),
            ("KSO_WM_UNIT_PRESET_TEXT", "单击此处添加标题"),
            ("KSO_WM_TEMPLATE_CATEGORY", "custom"),
            ("KSO_WM_TEMPLATE_INDEX", "20238510"),
            ("KSO_WM_UNIT_ID", "custom20238510_1*a*1"),
            ("KSO_WM_UNIT_LAYERLEVEL", "1"),
            ("KSO_WM_TAG_VERSION", "3.0"),
            ("KSO_WM_BEAUTIFY_FLAG", "#wm#"),
            ("KSO_WM_UNIT_TYPE", "a"),
        )
    )
    + "</p:tagLst>"
)
DECK_TAGS = (
    f'{HEAD}<p:tagLst {_P}><p:tag name="COMMONDATA" val="{WPS_RECORD}"/><p:tag name="KSO_WPP_MARK_KEY" '
    'val="7d0f2b1c-5a6e-4b3d-8c9f-0a1b2c3d4e5f"/><p:tag name="RESOURCE_RECORD_KEY" '
    'val="{&quot;13&quot;:[4364980,20238510],&quot;29&quot;:[&quot;20238510&quot;]}"/></p:tagLst>'
)


def powerpoint_pptx(*titles: str, wps: bool = False) -> bytes:
    """A .pptx as PowerPoint 2016 or WPS Presentation saves it."""
    return pack(powerpoint_pptx_parts(*titles, wps=wps))


def powerpoint_pptx_parts(*titles: str, wps: bool = False) -> dict[str, str | bytes]:
    slides: dict[str, str | bytes] = {}
    for number, title in enumerate(titles, 1):
        more = '<p:custDataLst><p:tags r:id="rId2"/></p:custDataLst>' if wps else ""
        slides[f"ppt/slides/slide{number}.xml"] = _page("sld", _shape(2, "标题 1", "ctrTitle", title, more=more))
        links = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        links += [("tags", "../tags/tag1.xml")] if wps else []
        slides[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(*links)
    return _deck(len(titles), wps=wps) | slides | (_WPS_DECK if wps else {})


_WPS_DECK: dict[str, str | bytes] = {
    "_rels/.rels": WPS_ROOT.replace("{main}", "ppt/presentation.xml"),
    "docProps/app.xml": app(WPS, titles=SLIDE_TITLES),
    "docProps/custom.xml": WPS_CUSTOM,
    "ppt/tags/tag1.xml": TAGS,
    "ppt/tags/tag2.xml": DECK_TAGS,
}


def _deck(count: int, *, wps: bool) -> dict[str, str | bytes]:
    links = [("slideMaster", "slideMasters/slideMaster1.xml")]
    links += [("slide", f"slides/slide{number}.xml") for number in range(1, count + 1)]
    links += [("presProps", "presProps.xml"), ("viewProps", "viewProps.xml"), ("theme", "theme/theme1.xml")]
    links += [("tableStyles", "tableStyles.xml")]
    links += [("tags", "tags/tag2.xml")] if wps else []
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="rId{1 + number}"/>' for number in range(1, count + 1))
    tags = f'<p:custDataLst><p:tags r:id="rId{len(links)}"/></p:custDataLst>' if wps else ""
    overrides = {f"ppt__slides__slide{n}_xml": _TYPE + "slide+xml" for n in range(1, count + 1)}
    return {
        "[Content_Types].xml": types(
            ppt__presentation_xml=_TYPE + "presentation.main+xml",
            ppt__slideMasters__slideMaster1_xml=_TYPE + "slideMaster+xml",
            ppt__slideLayouts__slideLayout1_xml=_TYPE + "slideLayout+xml",
            ppt__tags__tag1_xml=_TYPE + "tags+xml",
            ppt__tags__tag2_xml=_TYPE + "tags+xml",
            ppt__presProps_xml=_TYPE + "presProps+xml",
            ppt__viewProps_xml=_TYPE + "viewProps+xml",
            ppt__tableStyles_xml=_TYPE + "tableStyles+xml",
            **overrides,
        ),
        "_rels/.rels": ROOT.replace("{main}", "ppt/presentation.xml"),
        "ppt/presentation.xml": (
            f'{HEAD}<p:presentation {_P} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" '
            f'r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/>'
            f'<p:notesSz cx="6858000" cy="9144000"/>{tags}<p:defaultTextStyle><a:defPPr><a:defRPr lang="zh-CN"/>'
            '</a:defPPr></p:defaultTextStyle><p:extLst><p:ext uri="{EFAFB233-063F-42B5-8137-9DF3F51BA10A}">'
            '<p15:sldGuideLst xmlns:p15="http://schemas.microsoft.com/office/powerpoint/2012/main"><p15:guide id="1" '
            'orient="horz" pos="2160" userDrawn="1"/></p15:sldGuideLst></p:ext></p:extLst></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": relations(*links),
        "ppt/slideMasters/slideMaster1.xml": _page(
            "sldMaster",
            _shape(2, "标题占位符 1", "title", "单击此处编辑母版标题样式"),
            _shape(3, "文本占位符 2", "body", *_PROMPTS),
            _FIELD,
            after='<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>',
        ),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")
        ),
        "ppt/slideLayouts/slideLayout1.xml": _page(
            "sldLayout",
            _shape(2, "标题 1", "ctrTitle", "单击此处编辑母版标题样式"),
            _shape(3, "副标题 2", "subTitle", "单击此处编辑母版副标题样式"),
            _FIELD,
            name="标题幻灯片",
        ),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(("slideMaster", "../slideMasters/slideMaster1.xml")),
        "ppt/presProps.xml": (
            f'{HEAD}<p:presentationPr {_P}><p:extLst><p:ext uri="{{E76CE94A-603C-4142-B9EB-6D1370010A27}}">'
            '<p14:discardImageEditData xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" val="0"/>'
            "</p:ext></p:extLst></p:presentationPr>"
        ),
        "ppt/viewProps.xml": (
            f'{HEAD}<p:viewPr {_P}><p:normalViewPr><p:restoredLeft sz="15620" autoAdjust="0"/></p:normalViewPr>'
            '<p:gridSpacing cx="76200" cy="76200"/></p:viewPr>'
        ),
        "ppt/tableStyles.xml": f'{HEAD}<a:tblStyleLst {_A} def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>',
        "ppt/theme/theme1.xml": THEME,
        "docProps/core.xml": core("Administrator", "Administrator"),
        "docProps/app.xml": app("Microsoft Office PowerPoint", "Office 主题\u200b\u200b", titles=SLIDE_TITLES),
    }


# --- RTF ------------------------------------------------------------------------------------------------------


def _letters(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


def word_rtf(*texts: str) -> bytes:
    """An .rtf as Word 2016 saves it, with the properties that WPS adds."""
    theme = pack({"[Content_Types].xml": types(), "theme/theme/theme1.xml": THEME}).hex()
    body = "".join(rf"{{\insrsid12345678\charrsid1540 \dbch\af31505 {_letters(text)}\par }}" for text in texts)
    return (
        r"{\rtf1\adeflang1025\ansi\ansicpg936\uc2\deff0\deflang1033\deflangfe2052\themelangfe2052{\fonttbl"
        r"{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}{\f13\fnil\fcharset134\fprq2"
        rf"{{\*\panose 02010600030101010101}}{_letters('宋体')}{{\*\falt SimSun}};}}}}{{\colortbl;\red0\green0\blue0;}}"
        r"{\*\defchp \fs21\kerning2}{\*\defpap \ql}{\stylesheet{\qj \snext0 Normal;}{\*\cs10 Default Paragraph Font;}}"
        r"{\*\rsidtbl \rsid1540\rsid12345678\rsid20230415}{\mmathPr\mmathFont34\mdispDef1}{\info{\author Administrator}"
        r"{\operator lenovo}{\creatim\yr2026\mo11\dy2}{\nofpages1}{\nofchars25}{\vern57435}}"
        r"{\*\userprops {\propname ICV}\proptype30{\staticval 7A1F4C2E5B6D48903E21AC77D0F5B816_13}}"
        r"{\*\xmlnstbl {\xmlns1 http://schemas.microsoft.com/office/word/2003/wordml}}{\*\wgrffmtfilter 2450}"
        r"{\*\ftnsep \pard\plain {\chftnsep \par }}{\*\pnseclvl1\pnucrm\pnstart1{\pntxta .}}\sectd \sectrsid1540"
        r"{\footer \pard\qc {\field{\*\fldinst {PAGE   \\* MERGEFORMAT}}{\fldrslt 1}}\par }\pard\plain \qj "
        rf"{body}{{\*\themedata {theme}}}{{\*\colorschememapping 3c3f786d6c3f3e}}"
        r"{\*\latentstyles\lsdstimax376{\lsdlockedexcept \lsdqformat1 Normal;}}}"
    ).encode("ascii")
