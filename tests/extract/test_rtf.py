"""Every place in an RTF document where text can be, one planted mark a row."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from builders_ooxml import png
from builders_rtf import ansi, row, rtf, wide
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.rtf import read
from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import sniff
from reviewer.terms import Part

MARK = "青石标记七三九一"
A = ansi(MARK)
U = wide(MARK)


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def shown(body: str, header: str = r"\ansi\ansicpg936\deff0") -> list[str]:
    """The texts that a reader of a document with this body sees."""
    return [segment.text for segment in read(rtf(body, header=header)).segments if not segment.hidden]


def packed(name: str, text: str) -> str:
    """A zip with one member, in hexadecimal."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue().hex()


def shape(colour: int, text: str, copy: str) -> str:
    """A text box, and what old readers show in its place."""
    inner = rf"{{\sp{{\sn fillColor}}{{\sv {colour}}}}}{{\shptxt\pard\f1 {text}\par}}"
    old = rf"{{\shprslt{{\*\do{{\dptxbxtext\pard\f1 {copy}\par}}}}}}"
    return rf"{{\shp{{\*\shpinst\shpleft1{inner}}}{old}}}"


BODY, HIDDEN = [("¶1", Part.BODY, False)], [("¶1 隐藏文字", Part.BODY, True)]

CASES = [
    ("font of its own", rf"\f1 {A}\par", BODY),
    ("Unicode", rf"{U}\par", BODY),
    ("no end of paragraph", U, BODY),
    ("over runs", rf"\f1 {{\b {A[:24]}}}{{\i {A[24:]}}}\par", BODY),
    ("character cut by a run", rf"\f1 {{\b {A[:4]}}}{{\i {A[4:]}}}\par", BODY),
    ("character cut by a line end", "\\f1 " + A[:4] + "\r\n" + A[4:], BODY),
    ("footnote", rf"\f1 x{{\footnote\pard {A}}}\par", [("脚注1", Part.FOOTNOTE, False)]),
    ("endnote", rf"\f1 x{{\footnote\ftnalt\pard {A}}}\par", [("尾注1", Part.ENDNOTE, False)]),
    ("header", rf"{{\header\f1 {A}\par}}x\par", [("页眉", Part.HEADER, False)]),
    ("footer of the first page", rf"{{\footerf\f1 {A}\par}}x\par", [("页脚（首页）", Part.FOOTER, False)]),
    ("comment", rf"x{{\*\annotation\f1 {A}}}\par", [("批注1", Part.COMMENT, True)]),
    ("comment's author", rf"{{\*\atnauthor {U}}}x\par", [("修订和批注作者", Part.PROPERTY, True)]),
    ("author of changes", rf"{{\*\revtbl{{Unknown;}}{{\f1 {A};}}}}", [("修订和批注作者", Part.PROPERTY, True)]),
    ("hidden", rf"{{\v\f1 {A}}}\par", HIDDEN),
    ("hidden ends", rf"{{\v x\v0\f1 {A}}}\par", BODY),
    ("tiny", rf"{{\fs2\f1 {A}}}\par", HIDDEN),
    ("white", rf"{{\cf2\f1 {A}}}\par", HIDDEN),
    ("white on red", rf"{{\cf2\chcbpat3\f1 {A}}}\par", BODY),
    ("red on red", rf"{{\cf3\highlight3\f1 {A}}}\par", HIDDEN),
    ("white in a red cell", row(rf"\cf2 {A}", definition=r"\clcbpat3\cellx1"), [("表1 第1行第1列", Part.TABLE, False)]),
    ("deleted", rf"{{\deleted\f1 {A}}}\par", [("¶1 修订删除", Part.DELETION, True)]),
    ("inserted", rf"{{\revised\f1 {A}}}\par", [*BODY, ("¶1 修订插入", Part.INSERTION, True)]),
    ("cell", row("x", A), [("表1 第1行第2列", Part.TABLE, False)]),
    ("covered cell", row(A, definition=r"\clvmrg\cellx1"), [("表1 第1行第1列", Part.TABLE, True)]),
    ("row without an end", rf"\trowd\cellx1\intbl\f1 {A}\cell", [("表1 第1行第1列", Part.TABLE, False)]),
    (
        "table in a cell",
        r"\trowd\cellx1\pard\intbl x\par\itap2\f1 "
        + A
        + r"\nestcell{\*\nesttableprops\trowd\cellx5\nestrow}{\nonesttables\par}\pard\intbl\itap1 y\cell\row",
        [("表2 第1行第1列", Part.TABLE, False)],
    ),
    ("field's result", rf"{{\field{{\*\fldinst X}}{{\fldrslt\f1 {A}}}}}\par", BODY),
    ("field's code", rf"{{\field{{\*\fldinst LINK {U}}}{{\fldrslt x}}}}\par", [("¶1 域代码", Part.FIELD_CODE, True)]),
    ("bookmark", rf"{{\*\bkmkstart {U}}}x\par", [("¶1 书签", Part.DEFINED_NAME, True)]),
    ("index entry", rf"{{\xe {U}}}x\par", [("¶1 索引项", Part.FIELD_CODE, True)]),
    ("author", rf"{{\info{{\author\f1 {A}}}}}", [("属性/作者", Part.PROPERTY, True)]),
    ("company", rf"{{\info{{\*\company {U}}}}}", [("属性/单位", Part.PROPERTY, True)]),
    (
        "property of its own",
        rf"{{\*\userprops{{\propname {wide('密级')}}}\proptype30{{\staticval {U}}}}}",
        [("属性/密级", Part.PROPERTY, True)],
    ),
    ("variable", rf"{{\*\docvar{{name}}{{{U}}}}}", [("属性/docvar", Part.PROPERTY, True)]),
    ("template", rf"{{\*\template C:\\{U}.dot}}", [("属性/template", Part.PROPERTY, True)]),
    ("style", rf"{{\stylesheet{{\s0 Normal;}}{{\*\cs15 {U};}}}}", [("样式表", Part.PROPERTY, True)]),
    ("text box", shape(255, A, A), [("文本框1", Part.TEXT_BOX, False)]),
    ("old text box", rf"{{\*\do{{\dptxbxtext\pard\f1 {A}\par}}}}", [("文本框1", Part.TEXT_BOX, False)]),
    ("white in a red box", shape(255, rf"\cf2 {A}", ""), [("文本框1", Part.TEXT_BOX, False)]),
    ("copy says more", shape(255, "x", A), [("¶1 替代内容", Part.TEXT_BOX, True)]),
    (
        "description",
        rf"{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {U}}}}}}}}}",
        [("¶1 替代文字", Part.ALT_TEXT, True)],
    ),
    (
        "watermark",
        rf"{{\header{{\shp{{\*\shpinst{{\sp{{\sn gtextUNICODE}}{{\sv {U}}}}}}}}}}}",
        [("页眉 水印", Part.TEXT_BOX, False)],
    ),
    ("list sign", rf"{{\listtext\f1 {A}\tab}}x\par", BODY),
    ("form field", rf"{{\*\formfield{{\*\ffdeftext {U}}}}}x\par", [("¶1 窗体域", Part.FORM_VALUE, True)]),
    ("unknown", rf"{{\*\whatever {U}}}x\par", [("¶1 未显示的内容（whatever）", Part.ATTRIBUTE, True)]),
    ("unknown in hexadecimal", rf"{{\*\what {(MARK * 2).encode().hex()}}}", [("¶1 what!¶1", Part.EMBEDDED, True)]),
    (
        "theme",
        rf"{{\*\themedata {packed('theme1.xml', '<a>' + MARK + '</a>')}}}",
        [("¶1 themedata", Part.ATTRIBUTE, True)],
    ),
    (
        "custom XML",
        rf"{{\*\datastore 0105{('<x>' + MARK + '</x>').encode().hex()}00}}",
        [("¶1 自定义 XML", Part.PROPERTY, True)],
    ),
    ("two halves", rf"{{\upr{{x}}{{\*\ud{{{U}}}}}}}\par", BODY),
    ("fallback says it", rf"\uc2 {''.join(wide('x', ansi(c)) for c in MARK)}\par", [("¶1 替代字符", Part.BODY, True)]),
    (
        "bytes in the text",
        "x\\bin16 " + MARK.encode("gb18030").decode("latin-1") + r"y\par",
        [("¶1 bin!¶1", Part.EMBEDDED, True)],
    ),
    ("brace too many", "x}" + "y " + MARK.encode().decode("latin-1"), [("文档结尾之后!¶1", Part.EMBEDDED, True)]),
    ("raw bytes", "\\f1 " + MARK.encode("gb18030").decode("latin-1") + r"\par", BODY),
    ("font that says nothing", rf"\f0 {A}\par", BODY),
]


@pytest.mark.parametrize(("body", "places"), [pytest.param(body, places, id=name) for name, body, places in CASES])
def test_where_the_mark_is_read(body, places):
    assert found(read(rtf(body))) == places


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rf"\f2 {ansi('機密', 'cp950')}", "機密"),
        (rf"\f5 {ansi('東京', 'cp932')}", "東京"),
        (wide("𠮷𐌲"), "𠮷𐌲"),
        (r"\uc0\u26426 \u23494\uc1", "机密"),
        pytest.param(rf"{{\uc2 \u26426{ansi('机')}}}\u23494?", "机密", id="fallback of two, given back"),
        pytest.param(r"\u-246?", "\uff0a", id="negative"),
        pytest.param(r"\f4\u61489?\u61490?", "12", id="symbol font"),
        (r"a\~b\_c\emdash d\ldblquote e\rdblquote\tab f\line g\{\}\\", "a\u00a0b-c—d“e”\tf\ng{}\\"),
        ("a\\\nb", "a"),
        pytest.param(rf"\f0 R{ansi('é', 'cp1252')}sum{ansi('é', 'cp1252')}", "Résumé", id="Western"),
    ],
)
def test_characters(body, text):
    assert shown(body)[0] == text


def test_code_page_of_the_document_stands_in_for_the_font():
    assert shown(rf"\f0 {ansi('公示名單', 'cp950')}", r"\ansi\ansicpg950") == ["公示名單"]
    assert shown(rf"\f0 {ansi('公示名单')}", r"\ansi") == ["公示名单"]
    assert shown(rf"\f0 {ansi('公示名单')}", r"\ansi\ansicpg93") == ["公示名单"]


def test_table_rows_follow_each_other_and_text_ends_the_table():
    body = row("a", "b") + row("c", "d") + r"\pard e\par" + row("f") + r"\pard g"
    cells = [(s.text, s.cell and (s.cell.table, s.cell.row, s.cell.column)) for s in read(rtf(body)).segments]
    assert cells == [
        ("a", (0, 0, 0)),
        ("b", (0, 0, 1)),
        ("c", (0, 1, 0)),
        ("d", (0, 1, 1)),
        ("e", None),
        ("f", (1, 0, 0)),
        ("g", None),
    ]
    assert read(rtf(body)).text == "a\tb\nc\td\ne\nf\ng\n"


@pytest.mark.parametrize("blip", ["pngblip", "jpegblip", "wmetafile8"])
def test_a_picture_is_told_once(blip):
    picture = rf"{{\pict\{blip}\picw9\pich9 {png(200, 100).hex()}}}"
    extracted = read(rtf(rf"{{\*\shppict{picture}}}{{\nonshppict{{\pict\wmetafile8 0100090000}}}}\par"))
    assert [gap.place for gap in extracted.gaps] == ["图片1（¶1 附近）"]


def test_an_icon_is_no_gap():
    assert read(rtf(rf"{{\pict\pngblip {png(16, 16).hex()}}}x\par")).gaps == ()


def test_a_picture_in_binary_is_read_over_its_braces():
    body = rtf(r"{\pict\pngblip\bin7 @}x\par").replace(b"@", b"}}{{\\ab")
    assert [s.text for s in read(body).segments if "读取说明" not in s.place] == ["}}{{\\ab", "x"]


def test_an_object_is_a_gap():
    (gap,) = read(rtf(r"{\object\objemb{\*\objclass Package}{\*\objdata 0105000002}{\result x}}\par")).gaps
    assert gap.place.startswith("嵌入对象1（¶1 附近）")


def test_page_behind_the_text_is_told_where_it_says_more():
    body = rf"{{\*\htmltag64 <p title='{U}'>}}" + r"\htmlrtf {\htmlrtf0 abc\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}"
    extracted = read(rtf(body, header=r"\ansi\ansicpg936\fromhtml1\deff0"))
    assert [s.text for s in extracted.segments if not s.hidden] == ["abc"]
    ((place, _, hidden),) = found(extracted)
    assert place.startswith("HTML!") and hidden


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(r"{\*\generator Riched20 10.0}{\stylesheet{\s0 Normal;}{\s1 heading 1;}}", id="ordinary tables"),
        pytest.param(r"{\*\rsidtbl\rsid12345678}{\*\blipuid 0123456789abcdef0123456789abcdef}", id="ids"),
        pytest.param(r"{\info{\creatim\yr2026\mo1\dy1}{\nofpages1}}{\*\bkmkstart _Toc1234567}", id="counts"),
        pytest.param(r"{\field{\*\fldinst PAGE}{\fldrslt 1}}", id="page number"),
    ],
)
def test_nothing_is_said_of_nothing(body):
    assert [s.text for s in read(rtf(body)).segments if s.hidden] == []


@pytest.mark.parametrize(
    "data", [pytest.param(rtf(U)[:-1], id="brace missing"), pytest.param(rtf(rf"{{\header{{{U}"), id="groups open")]
)
def test_a_document_cut_short_is_read_and_told(data):
    extracted = read(data)
    assert found(extracted)
    assert extracted.gaps[-1].place == "文末"


def test_a_million_braces():
    assert read(b"{\\rtf1" + b"{" * 1_000_000 + b"x").segments[0].text == "x"
    assert found(read(rtf(r"{\footnote" * 5000 + U + "}" * 5000)))


def test_lost_characters_are_a_gap():
    (gap,) = read(rtf(r"\f1 \'b9\'ab\'ff\'ff\par")).gaps
    assert "无法解码" in gap.reason


@pytest.mark.parametrize("start", [b"", b"\r\n ", b"\xef\xbb\xbf"])
def test_sniffed_and_read_through_the_door(start):
    data = start + rtf(rf"\f1 {A}\par")
    assert sniff(data, "a.doc") == "application/rtf"
    document = extract(Source(path="a.rtf", name="a.rtf", data=data))
    assert [s.text for s in document.segments] == [MARK, "a.rtf"]


WRITTEN = st.lists(
    st.tuples(
        st.text("张三的公示abc,.(){}\\'—“”𠮷", min_size=1, max_size=12),
        st.sampled_from(["ansi", "wide", "bold", "hidden"]),
    ),
    max_size=12,
)


@given(pieces=WRITTEN)
@settings(deadline=None, max_examples=150)
def test_what_was_written_is_read(pieces):
    body = ""
    for text, manner in pieces:
        coded = wide(text) if manner == "wide" else ansi(text)
        look = {"bold": r"\b", "hidden": r"\v"}.get(manner, "")
        body += rf"{{\f1{look} {coded}}}"
    extracted = read(rtf(body + r"\par"))
    assert extracted.gaps == ()
    seen = "".join(s.text for s in extracted.segments if not s.hidden)
    assert seen == "".join(text for text, manner in pieces if manner != "hidden") or not seen.strip()
    hidden = "".join(s.text for s in extracted.segments if s.hidden)
    assert hidden == "".join(text for text, manner in pieces if manner == "hidden")


def mutants(data: bytes, count: int, seed: int) -> list[bytes]:
    """Cut, doubled, changed: copies of a file as accidents make them."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        at, size = chance.randrange(len(data)), chance.randrange(1, 9)
        piece = chance.choice(
            [b"", b"{", b"}", b"\\", b"\\u", b"\\bin99999999 ", b"\\*", b"\\'", chance.randbytes(size)]
        )
        made.append(data[:at] + piece + data[at + chance.choice([0, size]) :])
        made.append(data[:at])
    return made


def everything() -> bytes:
    """One document with all of the cases."""
    return rtf("".join(body for name, body, _ in CASES if name not in ("brace too many",)))


def test_damage_is_survived():
    for mutant in mutants(everything(), 150, seed=7):
        read(mutant)
